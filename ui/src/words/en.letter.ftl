# The words of looking at letters: otherwise, at their source, at their files, at letters within them, at invitations.

## Commands
command-find = Find in the conversation
command-nextFound = Next place that was found, or next unread conversation
command-previousFound = Previous place that was found
command-findNext = Find next
command-findPrevious = Find previous
command-print = Print, or save as PDF
command-source = Show the source
command-asText = Show as text
command-original = Show in the sender’s colours
command-images = Show its pictures this once, or hide them
command-charset = Character set
command-attachments = Go to its attachments
command-saveAttachments = Save all its attachments
command-files = Attachments of the folder
command-invitation = To the answers of its invitation
attachments-none = This letter has no attachments.
invitation-none = This letter has no invitation to answer.
command-larger = Letters larger
command-smaller = Letters smaller
command-usualSize = Letters in their usual size
letter-as-text = Show as text
letter-original = In the sender’s colours
letter-charset = Character set
letter-read-as = It is read in another character set than it says, as you chose: { $charset }.
letter-print = Print, or save as PDF…
letter-files-of = Files from { $name }
letter-save = Save the letter as a file
letter-odd = Something is odd about this letter:


## Letters that lie in Trash or Junk
letters-aside = { $n ->
    [one] 1 letter of this conversation is in { $folder }
   *[other] { $n } letters of this conversation are in { $folder }
  }
letter-in = in { $folder }
letter-delete-for-good = Delete for good
done-deleted-letter = Deleted the letter
done-deleted-for-good = Deleted the letter for good

## Finding
find-label = { $grouping ->
    [messages] Find in the letter
   *[conversations] Find in the conversation
  }
find-none = Not found
find-looking = Looking…
find-further = { $n ->
    [one] 1 letter not looked through
   *[other] { $n } letters not looked through
  }: look further
find-count = { $at } of { $n }
find-next = Next place
found-marked = What was searched for
found-count = { $n ->
    [one] 1 place in the text is marked
   *[other] { $n } places in the text are marked
  }
found-unmark = Remove the marks
find-previous = Previous place

## The source
source-side = What is shown
source-fields = Header, explained
source-bytes = Every byte
source-save = Save as a file
source-cut = The letter is long; this is its beginning. The file has all of it.
header-from = Who wrote it, by their own account
header-sender = Who handed it over for the writer
header-to = Whom it is for
header-cc = Who gets a copy
header-bcc = Who gets a copy that the others do not know of
header-reply-to = Where answers are to go
header-date = When it was written, by the writer’s clock
header-subject = What it is about
header-message-id = Its name, by which answers refer to it
header-in-reply-to = The letter that it answers
header-references = The conversation that it belongs to
header-received = A server that it came by; the newest stands first
header-return-path = Where it goes back to if it cannot be delivered
header-delivered-to = The mailbox that it was put into
header-mime-version = It may have several parts and any script
header-content-type = What it consists of
header-content-transfer-encoding = How its text was made fit for the way
header-content-disposition = Whether it is shown or attached
header-dkim-signature = The seal of a server that sent it
header-arc-seal = The seal of a server that passed it on
header-arc-message-signature = The seal of a server that passed it on
header-arc-authentication-results = What a server that passed it on found out about it
header-authentication-results = What a server found out about where it comes from
header-received-spf = Whether the server that sent it was allowed to
header-list-id = The mailing list that it came by
header-list-unsubscribe = How to leave the mailing list
header-list-unsubscribe-post = It can be left with one request
header-list-post = How to write to the mailing list
header-list-archive = Where the letters of the mailing list are kept
header-list-help = Where the mailing list is explained
header-precedence = Whether it went to many
header-auto-submitted = Whether a program wrote it
header-user-agent = The program that it was written with
header-x-mailer = The program that it was written with
header-x-originating-ip = The computer that it was written on
header-x-spam-status = What a junk filter thought of it
header-x-spam-score = How much it looks like junk to a filter
header-x-spam-flag = Whether a filter takes it for junk
header-disposition-notification-to = Who would like to hear that it was read
header-importance = How important its writer finds it
header-x-priority = How urgent its writer finds it
header-priority = How urgent its writer finds it
header-thread-topic = What its conversation is about, in Outlook’s way
header-thread-index = Its place in the conversation, in Outlook’s way
header-autocrypt = The writer’s key for letters that others cannot read
header-organization = Where its writer works
header-errors-to = Where failures are to be told
header-x-original-to = The address that it was sent to at first
header-feedback-id = A mark by which its sender counts complaints

## Character sets
charset-label = Read it in
charset-more = For letters whose text is full of wrong signs because they name the wrong character set.
charset-own = What the letter says
charset-utf-8 = Unicode (UTF-8)
charset-windows-1252 = Western European (Windows-1252)
charset-windows-1250 = Central European (Windows-1250)
charset-iso-8859-2 = Central European (ISO 8859-2)
charset-windows-1251 = Cyrillic (Windows-1251)
charset-koi8-r = Cyrillic (KOI8-R)
charset-ibm866 = Cyrillic (DOS 866)
charset-windows-1253 = Greek (Windows-1253)
charset-windows-1254 = Turkish (Windows-1254)
charset-windows-1255 = Hebrew (Windows-1255)
charset-windows-1256 = Arabic (Windows-1256)
charset-windows-1257 = Baltic (Windows-1257)
charset-windows-1258 = Vietnamese (Windows-1258)
charset-windows-874 = Thai (Windows-874)
charset-shift-jis = Japanese (Shift JIS)
charset-euc-jp = Japanese (EUC-JP)
charset-iso-2022-jp = Japanese (ISO 2022-JP)
charset-gb18030 = Chinese, simplified (GB 18030)
charset-big5 = Chinese, traditional (Big5)
charset-euc-kr = Korean (EUC-KR)
charset-macintosh = Western European (Macintosh)

## Files
attachments-save-all = Save all { $n } files
done-saved-all = Saved { $n ->
    [one] 1 file
   *[other] { $n } files
} to { $folder }
preview-previous = Previous file
preview-next = Next file
preview-place = { $at } of { $n }
preview-open = Open with a program
preview-cut = The text is long; this is its beginning.
preview-nothing = This file cannot be shown here.
preview-empty = This file is empty.
preview-words = Text only: what this file looks like, its tables and its pictures are shown by the program for it.
preview-undrawn = Pictures of this kind cannot be shown here. A program on this computer may show it.
preview-lost = The file did not come whole. Open it here once more.
preview-coming = { $size } of { $all }
archive-files = What is in it
archive-empty = There is no file in it.
archive-unknown = What is in this archive cannot be listed here.
archive-count = { $n ->
    [one] 1 file
   *[other] { $n } files
}
archive-more = { $n } files in all. The first are listed, and those that may do harm.
archive-locked = encrypted
show-saved = Show in folder
show-saved-nobody = No program that shows folders has answered. The file is here: { $path }
show-saved-copy = Copy path
show-saved-copied = { $path } is copied.
show-saved-of = Show { $name } in its folder
files-select = Select { $name }
files-save = { $n ->
    [one] Save 1 file
   *[other] Save { $n } files
}
files-select-none = Select none
files-order = Order
files-order-newest = As their letters came
files-order-name = By name
files-order-size = Largest first
files-order-sender = By sender
files-order-kind = By kind
preview-broken = This picture is broken and cannot be shown. A program may be able to open it.
preview-size = Size
preview-fits = Fits
pages-tools = Pages
pages-place = Page { $at } of { $n }
pages-previous = Previous page
pages-next = Next page
pages-smaller = Smaller
pages-larger = Larger
pages-locked = This file asks for a password. Open it with a program.
pages-endless = This page takes too long to be drawn, and was given up. A program may be able to show it.
pages-broken = This file is broken and cannot be shown. A program may be able to open it.
preview-cannot = This kind cannot be played here. Another program may play it.
files-folder = Files in { $name }
files-person = Files from { $name }
files-found = Files found by { $name }
files-find = Find by name, sender or subject
files-where = Go to a folder, to all inboxes, to the starred or to a search first: the files of its letters are shown together.
files-none = No file here. Files of letters that were never on this computer are not listed.
files-none-found = No file has these words. Files of letters that were never on this computer are not listed.
files-count = { $n ->
    [one] 1 file.
   *[other] { $n } files.
}
files-unread = { $n ->
    [one] 1 older letter is still being looked into, and may bring more.
   *[other] { $n } older letters are still being looked into, and may bring more.
}
files-more = Show more files
files-letter = Open the letter that brought { $name }
folder-files = Files of this folder
danger-title = This file may do harm
danger-title-unknown = Nobody knows what is in this file
danger-program = It is a program.
danger-macros = It is of a kind that can bring programs along (macros).
danger-page = It is a page that opens in the browser. Pages in letters often ask for passwords in somebody else’s name.
danger-disk = It is a disk in a file. What is in it is not checked by the system when it is opened.
danger-disguised = Its name is made to look like that of another kind of file.
danger-contradicted = It is said to be one kind of file, and its name says another.
danger-hiddenProgram = It begins like a program, and its name says something else.
danger-packed = { $n ->
    [one] In it is a file that may do harm: { $names }
   *[other] In it are files that may do harm: { $names }
}
danger-locked = What is in it is encrypted, and cannot be looked into. Nobody on its way has checked it either.
danger-closed = It is an archive that Waxwing cannot look into, or not wholly. What is in it is not known.
danger-short-program = a program
danger-short-macros = may hold macros
danger-short-page = a page
danger-short-disk = a disk
danger-short-disguised = a disguised name
danger-short-contradicted = two kinds at once
danger-short-hiddenProgram = a hidden program
danger-short-packed = holds what may do harm
danger-short-locked = encrypted
danger-short-closed = cannot be looked into
danger-never = Waxwing does not start programs from letters. You can save it if you trust its sender and expected it.
danger-ask = Open it only if you trust its sender and expected it.
danger-drag = It is saved where you let it go. Take it only if you trust its sender and expected it.
danger-drag-out = Drag it anyway
drag-out-again = Now it can be dragged out
drag-out-wait = { $name } is being made ready. Drag it again in a moment.
danger-open = Open anyway
danger-save = Save

## Letters within letters
nested-back = Back
nested-none = There is no letter in this file.
nested-undivided = This file is not an archive of letters (mbox), or it is packed. All of it is read as one letter; another program may know it.
nested-many = { $n ->
    [one] 1 letter
   *[other] { $n } letters
}
nested-some = { $n } letters, of which the first { $shown } are listed
nested-more = List more

## Invitations
invitation = Invitation
invitation-nameless = A meeting
invitation-cancelled = This meeting does not take place.
invitation-cancelled-further = It is said not to take place.
invitation-doubted = In the name of { $sender } this meeting is called off, but nobody vouches that the letter is from there. It stands among yours for now.
invitation-doubted-byAgent = { $sender } calls this meeting off and writes for { $name }, by what the letter says. It stands among yours for now.
invitation-doubted-inAgentsName = In the name of { $sender }, who writes for { $name } by what the letter says, this meeting is called off, but nobody vouches that the letter is from there. It stands among yours for now.
invitation-said-inTheirName = In the name of { $name } the letter says, and nobody vouches that it is from there: “{ $what }”
invitation-said-byAgent = The letter is from { $sender }, who writes for { $name } by what it says: “{ $what }”
invitation-said-inAgentsName = The letter shows { $sender } as its sender, for which nobody vouches, and writes for { $name } by what it says: “{ $what }”
invitation-said-byOther = The letter is from { $sender }, and says in the name of { $name }: “{ $what }”
invitation-other = { $sender } is somebody else than { $name }. Anybody can write such a file in another’s name; ask there before you rely on it.
invitation-stands = It stands among yours: only whoever invited can call it off.
invitation-off = It is called off among yours.
invitation-believe = Believe it, and call it off
invitation-believe-agent = Believe it…
invitation-agent-question = Do you know that { $sender } may call meetings off for { $name }? Anybody can write that they do. If you are not sure, ask { $name } in a letter of your own.
invitation-agent-elsewhere = The letter is from { $agents }; whoever invited writes from { $theirs }.
invitation-agent-believed = Yes, call it off
invitation-believing = Calling it off…
invitation-changed = This meeting was changed since you answered.
invitation-outdated = A later version of this invitation has been answered, and this one is over.
invitation-counter = { $name } proposes another time.
invitation-declineCounter = What you proposed instead is declined, and the meeting stays as it was.
invitation-refresh = { $name } asks to be told of this meeting again.
invitation-reply-open = { $name } has not decided.
invitation-reply-accepted = { $name } comes.
invitation-reply-tentative = { $name } perhaps comes.
invitation-reply-declined = { $name } does not come.
invitation-reply-delegated = { $name } sends somebody else.
invitation-single = One day of a meeting that repeats.
invitation-where = Where: { $place }
invitation-by = From { $name }
invitation-by-claim = In the name of { $name }
invitation-people = { $n ->
    [one] 1 person is asked
   *[other] { $n } people are asked
}
invitation-description = What it is about
invitation-further = { $n ->
    [one] 1 more meeting in the same file
   *[other] { $n } more meetings in the same file
}
invitation-answer = Answer the invitation
invitation-accept = Accept
invitation-tentative = Perhaps
invitation-decline = Decline
invitation-as = You answer as { $name }.
invitation-answered-accept = You have accepted.
invitation-answered-tentative = You have answered “perhaps”.
invitation-answered-decline = You have declined.
invitation-sent-accept = Your answer goes out: you come.
invitation-sent-tentative = Your answer goes out: perhaps you come.
invitation-sent-decline = Your answer goes out: you do not come.
invitation-elsewhere = The letter is from { $sender }, but an answer goes to { $organizer }.
invitation-passed-on = This invitation stands in a letter that was passed on to you. An answer goes to { $organizer }.
invitation-asks-others = This invitation was passed on to you and asks others: none of your addresses is among them. You can answer whoever passed it on.
invitation-around = To the letter around it
invitation-elsewhere-send = Answer to { $organizer }
invitation-when-unknown = The time is not told.
attendance-open = has not answered
attendance-accepted = comes
attendance-tentative = perhaps
attendance-declined = does not come
attendance-delegated = sends somebody else
attendance-optional = optional
span-day = { $day }, the whole day
span-days = { $first } – { $last }, whole days
span-moment = { $day }, { $from }
span-hours = { $day }, { $from }–{ $to }
span-long = { $first }, { $from } – { $last }, { $to }
zone-there = ({ $time } in { $zone })
zone-unknown = (time of { $zone })
repeats-daily = { $n ->
    [one] Every day
   *[other] Every { $n } days
}
repeats-weekly = { $n ->
    [one] Every week
   *[other] Every { $n } weeks
}
repeats-monthly = { $n ->
    [one] Every month
   *[other] Every { $n } months
}
repeats-yearly = { $n ->
    [one] Every year
   *[other] Every { $n } years
}
repeats-often = It repeats within a day
repeats-on = on { $days }
repeats-nth = the { $nth } { $day }
repeats-day = on day { $days }
repeats-in = in { $months }
repeats-until = , until { $day }
repeats-times = , { $n ->
    [one] once
   *[other] { $n } times
}
repeats-further = , by further rules
nth-1 = first
nth-2 = second
nth-3 = third
nth-4 = fourth
nth-5 = fifth
nth-last = last
nth-from-end = { $nth } to last
conflict-more = , and { $n ->
    [one] 1 more time
   *[other] { $n } more times
} within a year
conflict-accepted = At the same time: { $summary }, { $time }{ $more }, which you have accepted.
conflict-tentative = At the same time: { $summary }, { $time }{ $more }, to which you have answered “perhaps”.
letter-take-out = Take out of the conversation
