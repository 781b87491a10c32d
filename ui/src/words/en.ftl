# The words of the window, the list, the letters, and what is shared by all. A letter is what a person reads and writes; a message
# is what a server has of it, and counts.

app-name = Waxwing

## Times and sizes
time-yesterday = Yesterday
size-bytes = { $size ->
    [one] 1 byte
   *[other] { $size } bytes
}
size-kilobytes = { $size } KB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB
left-seconds = about { $n } s left
left-minutes = about { $n } min left
left-hours = about { $n } h left

## Shared
cancel = Cancel
close = Close
undo = Undo
try-again = Try again
loading = Loading…
password-show = Show password
password-hide = Hide password
toast-region = Notifications
trouble-unknown = Something went wrong, and no reason was given.
opening-failed = Your accounts could not be read
trouble-start = Waxwing could not start its engine.
undone = Undone
undone-what = Undone: { $sentence }
chosen-meanwhile = Not done: the selection changed before it could be
nothing-to-undo = There is nothing to undo
more = More

## What was done
rows-conversations = { $n ->
    [one] 1 conversation
   *[other] { $n } conversations
}
rows-messages = { $n ->
    [one] 1 letter
   *[other] { $n } letters
}
done-archived = Archived { $rows }
done-junked = Moved { $rows } to Junk
done-deleted = Deleted { $rows }
done-deleted-rows-for-good = Deleted { $rows } for good
done-in-trash-already = { $n ->
    [one] It is in Trash already. Open Trash to delete it for good.
   *[other] All of them are in Trash. Open Trash to delete them for good.
}
delete-for-good-title = Delete { $rows } for good?
done-moved = Moved { $rows } to { $folder }
done-copied = Copied { $rows } to { $folder }
done-read = Marked { $rows } as read
done-unread = Marked { $rows } as unread
done-starred = Put a star on { $rows }
done-unstarred = Removed the star of { $rows }
done-muted = Muted { $n ->
    [one] 1 conversation. What comes to it counts as read.
   *[other] { $n } conversations. What comes to them counts as read.
}
done-unmuted = Unmuted { $n ->
    [one] 1 conversation
   *[other] { $n } conversations
}
done-united = Joined { $n } conversations into one
done-taken-out = { $n ->
    [one] The letter and its answers are a conversation of their own
   *[other] { $n } letters and their answers are a conversation of their own
  }
unite-several = Choose the conversations that you want to join first
conversation-muted = Muted
row-muted = Muted
windows-far-too-many = Only { $n } at once are opened in windows of their own
windows-too-many = Only the first { $n } were opened: each has a window of its own
done-paused = Paused. Nothing is fetched by itself until you resume.
done-resumed = Resumed. New mail is fetched again.
done-folder-made = Made the folder { $folder }
done-folder-renamed = Renamed the folder to { $folder }
done-folder-moved = Moved { $folder } into { $into }
done-folder-hidden = { $folder } is hidden. It is at the foot of its account’s folders.
done-folder-shown = { $folder } is among the folders again
done-folder-deleted = Deleted the folder { $folder }
done-folder-emptied = What was in { $folder } is deleted. That cannot be undone.
done-saved = Saved to { $path }

## Commands, as tooltips, menus and the list of keys say them
command-compose = Compose
command-reply = Reply
command-replyAll = Reply all
command-forward = Forward
command-archive = Archive
command-junk = Junk
command-delete = Delete
command-star = Star
command-toggleRead = Mark as read or unread
command-markRead = Mark as read
command-markUnread = Mark as unread
command-unstar = Remove the star
command-move = Move to a folder
command-copy = Copy to a folder
command-openWindow = Open in a window of its own
command-mute = Mute the conversation
command-unmute = Unmute the conversation
command-unite = Join into one conversation
command-takeOut = Take the letter out of its conversation
command-drag = Pick up, to drag with the keys
command-dragCopy = Pick up a copy, to drag with the keys
command-nextUnread = Next unread conversation
command-onward = Read on: the next screen, then the next unread conversation
command-back = Back one screen
command-nextLetter = Next letter of the conversation
command-previousLetter = Previous letter of the conversation
command-unfoldAll = Open or fold all letters of the conversation
unread-none = Nothing else here is unread.
command-next = Next in the list
command-previous = Previous in the list
command-selectAll = Select all
command-filterUnread = Show only what is unread
command-filterStarred = Show only what has a star
command-filterAttachment = Show only what has an attachment
command-filterToMe = Show only what is addressed to me
command-look = How the list looks
command-turnRound = Reverse the order
command-grouping = Single letters instead of conversations
command-table = In columns, letters below
command-everywhere = Let all folders look like this
command-goToDate = Go to a date
command-search = Search
command-searchForm = Search form
command-emptyFolder = Empty Trash or Junk
command-undo = Undo
command-checkMail = Check for new mail
command-pause = Pause or resume fetching
command-keys = Keyboard shortcuts
command-settings = Settings
command-addAccount = Add an account
command-themeSystem = Theme of the system
command-themeLight = Light theme
command-themeDark = Dark theme

## The top bar
bar-menu = Waxwing menu
bar-themes = Theme

## The folder tree
folders = Accounts and folders
place-all-inboxes = All inboxes
place-starred = Starred
place-outbox = Outbox
place-results = Results
place-search = Results for “{ $query }”
protocol-imap = IMAP
protocol-pop3 = POP3
protocol-local = Local
folder-unread = { $n } unread
folder-count = { $n ->
    [one] 1 letter
   *[other] { $n } letters
}
folders-hidden = { $n ->
    [one] 1 hidden folder
   *[other] { $n } hidden folders
}
folder-menu = Folder menu
account-menu = Account menu
folder-new = New folder
folder-new-inside = New folder inside
folder-rename = Rename
folder-read = Mark all as read
folder-hide = Hide from this list
folder-show = Show in this list
folder-delete = Delete folder
folder-empty = Empty { $folder }…
folder-empty-title = Empty { $folder } of { $account }?
folder-empty-letters = { $letters ->
    [one] 1 letter
   *[other] { $count } letters
}
folder-empty-folders = { $folders ->
    [one] 1 folder that was thrown away
   *[other] { $folders } folders that were thrown away
}
folder-empty-with-folders = { $letters } and { $folders }
folder-empty-elsewhere = { $letters ->
    [one] 1 letter is shown in another folder too, and stays there.
   *[other] { $count } letters are shown in other folders too, and stay there.
}
folder-empty-asking = Counting…
folder-empty-imap = { $what } will be deleted for good, here and on { $server }.
folder-empty-pop3 = { $what } will be deleted for good here. What { $server } still has is deleted there at the next check.
folder-empty-pop3-keep = { $what } will be deleted for good here. What { $server } still has stays there.
folder-empty-local = { $what } will be deleted for good. There is no copy anywhere else.
folder-empty-no-undo = This cannot be undone.
folder-empty-busy = Deleting…
folder-empty-confirm = Delete for good
folder-empty-keep = { $n ->
    [one] Keep it
   *[other] Keep them
}
folder-empty-which = Open the Trash or Junk that you want to empty.
folder-empty-nothing = { $folder } is empty.
folder-drag = Drag { $folder }
folder-name = Name
folder-make = Make folder
folder-new-title = New folder
folder-new-title-in = New folder in { $parent }
folder-rename-title = Rename { $folder }
account-check = Check for new mail
account-paused = paused
account-pause = Pause fetching
account-resume = Resume fetching
account-up = Move up
account-down = Move down
account-remove = Remove account
account-compose = Write from this address
drag-letters = Move { $rows }
drag-letters-to = Move { $rows } to { $folder }
drag-copy-letters = Copy { $rows }
drag-copy-letters-to = Copy { $rows } to { $folder }
drag-join = Join with “{ $subject }”
drag-join-not = Conversations of two accounts cannot be joined
drag-account = Move { $account }
drag-account-to = Move { $account } to the place of { $place }
drag-folder = Move { $folder }
drag-folder-to = Move { $folder } into { $into }

## The list
list-label = { $grouping ->
    [messages] Letters
   *[conversations] Conversations
  } in { $place }
list-unread = Unread
list-unread-on = Show only what is unread
list-unread-off = Show all letters
list-shut-inbox = The server of { $account } does not open its inbox, so letters of it may be missing here: { $reply }
list-shut-inboxes = The servers of { $accounts } do not open their inboxes, so letters of them may be missing here.
list-shut-more = More
list-shut-less = Less
list-shut = The server does not open this folder, so it may have letters that are not shown: { $reply }
list-found-count = { $n }
list-found = { $n ->
    [one] 1 conversation was found
   *[other] { $n } conversations were found
  }
list-found-letters = { $n ->
    [one] 1 letter was found
   *[other] { $n } letters were found
  }
list-best = Best
list-best-on = The best matches come first. Press for the order of this list.
list-order = Sorted by { $order ->
    [newest] date, newest first
    [oldest] date, oldest first
    [sender] name
    [senderReversed] name, from the end
    [subject] subject
    [subjectReversed] subject, from the end
    [size] size, largest first
    [sizeReversed] size, smallest first
    [unread] unread, unread ones first
    [unreadReversed] unread, unread ones last
    [starred] star, starred ones first
    [starredReversed] star, starred ones last
    [attachment] attachment, those with one first
   *[attachmentReversed] attachment, those with one last
}
list-in-order = { $order ->
    [newest] Newest
    [oldest] Oldest
    [sender] Name A–Z
    [senderReversed] Name Z–A
    [subject] Subject A–Z
    [subjectReversed] Subject Z–A
    [size] Largest
    [sizeReversed] Smallest
    [unread] Unread first
    [unreadReversed] Unread last
    [starred] Stars first
    [starredReversed] Stars last
    [attachment] Attachments first
   *[attachmentReversed] Attachments last
}
list-columns = Columns
list-sort-by = Sort by { $by }
list-by-date = Date
list-by-sender = Name
list-by-subject = Subject
list-by-size = Size
list-by-unread = Unread
list-by-starred = Star
list-by-attachment = Attachment
list-where-folder = Folder
list-where-account = Account
list-filter = Show only some
list-filtered = Showing only: { $kinds }
list-filters = Filters that are on
list-only-off = Remove the filter “{ $kind }”
list-only-starred = With a star
list-only-attachment = With an attachment
list-only-toMe = To me
list-orders = Order
list-densities = Rows
list-density-roomy = Roomy rows
list-density-normal = Usual rows
list-density-dense = Compact rows
list-everywhere-done = All folders look like this one now
list-date-other = Only a list sorted by date can go to a day. Sort this one by date first.
date-title = Go to a date
date-day = Day
date-calendar = Calendar
date-go = Go there
date-choose = Choose a day
date-none = Remove the day: { $label }
date-odd = This is no whole day yet: a day, a month and a year from 1970 on.
date-year-before = A year back
date-month-before = A month back
date-month-after = A month on
date-year-after = A year on
list-drag = Drag what is selected with the keys
list-too-many = Only the first { $n } could be selected
list-one-range = More than { $n } are selected as one range: what was selected before it no longer is
named-too-many = That can be done to { $n } at once at most
row-menu = { $grouping ->
    [messages] Letter menu
   *[conversations] Conversation menu
  }
row-unread = Unread
row-starred = starred
row-attachment = has an attachment
row-letters = letters
row-oneself = me
row-where = in { $where }
row-found-in-file = In { $name }:{" "}
row-found-file = Attached: { $name }
row-found-file-and-text = Attached: { $name } ·{" "}
row-found-in-some-file = In one of its files
row-found-elsewhere = In what is not on this computer yet
no-sender = (no sender)
no-subject = (no subject)
empty-inbox = Nothing here
empty-inbox-more = New letters show here as they arrive.
empty-folder = This folder is empty
empty-folder-more = Drop conversations on its name to put them here.
empty-shut = Nothing of this folder is here
empty-shut-more = What is in it comes when the server opens it.
empty-filter = Nothing that matches the filter
empty-filter-more = { $place } has letters that the filter hides.
empty-unread = Everything is read
empty-unread-more = There is no unread letter in { $place }.
empty-unread-show = Show all
empty-starred = No stars yet
empty-starred-more = Press S to put a star on what you want to find again.
empty-search = Nothing found
empty-search-yet = Nothing found yet
empty-search-odd = What is odd about this search stands above.
empty-search-more = No letter has all of these words. Try fewer, or another spelling.
failed-list = The list could not be read

## The letters
reading = { $grouping ->
    [messages] Letter
   *[conversations] Conversation
  }
reading-back = Back to the list
reading-none = No conversation selected
reading-none-more = Choose one from the list, or press J for the first.
reading-many = { $rows } selected
reading-no-letter = No letter selected
reading-failed = { $grouping ->
    [messages] This letter could not be read
   *[conversations] This conversation could not be read
  }
tools = { $grouping ->
    [messages] What to do with the letter
   *[conversations] What to do with the conversation
  }
letter-to = to { $people }
letter-cc = copy to { $people }
letter-bcc = hidden copy to { $people }
letter-unread = , unread
letter-open = Open the letter from
letters-hidden = { $n ->
    [one] 1 more letter
   *[other] { $n } more letters
}
head-addresses = All addresses
head-from = From
head-sender = Sent by
head-reply-to = Answers go to
head-to = To
head-cc = Copy to
head-bcc = Hidden copy to
head-sent = Written
head-sent-at = Written { $time }
head-sent-title = Its sender says that it was written { $time }.
head-came = Received
head-came-title = Received { $time }
head-others = { $n ->
    [one] {" "}and 1 other
   *[other] {" "}and { $n } others
}
head-also = { $n ->
    [one] and 1 more sender
   *[other] and { $n } more senders
}
head-sent-by = sent by { $address }
head-person = What to do with { $address }
head-write = Write to { $address }
head-copy = Copy the address
head-copied = { $address } is copied.
head-subject = Its own subject: { $subject }
letter-fold = Fold the letter from { $name }
letter-body = Letter from { $name }
letter-menu = More for this letter
letter-source = Show the source
letter-failed = This letter could not be fetched
letter-loading = Fetching the letter…
letter-draft = Draft
letter-draft-edit = Go on writing
letter-source-title = Source of the letter
letter-undisclosed = undisclosed recipients
shield-images = { $n ->
    [one] 1 remote image
   *[other] { $n } remote images
}
shield-trackers = { $n ->
    [one] 1 tracker
   *[other] { $n } trackers
}
shield-both = { $images } and { $trackers } blocked.
shield-one = { $what } blocked.
shield-looking = You have allowed these pictures. Waxwing is checking whether the letter is really from whom it says.
shield-held = You have allowed these pictures, but nobody vouches that the letter is from whom it says.
shield-once-only = You can show them in this letter, but not always: nothing proves that it is from { $name }.
shield-show = Show images
shield-shown = Images are shown this once.
shield-hide = Hide them again
shield-always = Always from { $name }
shield-more = More
attachments = Attachments
attachment-open = Open
attachment-unopened = No program on this computer opens “{ $name }”.
attachment-unopened-save = Save it
attachment-save = Save { $name }
attachment-found = found in this file
attachment-on-server = about { $size }, on the server
attachment-fetching = Fetching about { $size }…
reply-everyone = Reply to everyone…
reply-one = Reply to { $name }…
link-open = Open the link?

## The folder picker
move-title = Move { $rows } to
copy-title = Copy { $rows } to
move-find = Find a folder
move-none = No folder has these words in its name.

## The keys
keys-title = Keyboard shortcuts
keys-arrows = Move in the list; with Shift select, with Ctrl only move
keys-open = Go into the conversation
keys-back = Back to the list, or out of the search
keys-rename = Rename the folder (in the folder tree)
keys-menu = Menu of the folder or the conversation
keys-panes = Resize a pane (on the line between two)
keys-search = In the search
keys-search-phrase = “two words” beside each other
keys-search-not = without a word
keys-search-or = one or the other
keys-search-group = what belongs together

## Panes
pane-folders = Width of the folder pane
pane-list = Width of the list
pane-table = Height of the list

## The status line
status = Status
status-connecting = { $email }: connecting…
status-syncing = { $email }: { $done } of { $total } messages
status-deleting = { $left ->
    [one] { $email }: 1 letter is left to delete on the server
   *[other] { $email }: { $count } letters are left to delete on the server
}
status-up-to-date = { $shut ->
    [0] { $email }: up to date, checked { $time }
    [one] { $email }: up to date but for 1 folder that its server does not open, checked { $time }
   *[other] { $email }: up to date but for { $shut } folders that its server does not open, checked { $time }
}
status-all-up-to-date = { $shut ->
    [0] All accounts up to date, checked { $time }
    [one] All accounts up to date but for 1 folder that its server does not open, checked { $time }
   *[other] All accounts up to date but for { $shut } folders that their servers do not open, checked { $time }
}
status-paused = { $waiting ->
    [0] { $email }: paused
    [one] { $email }: paused, 1 message is still on the server
   *[other] { $email }: paused, { $count } messages are still on the server
}
status-resume = Resume
status-more = { $n ->
    [one] 1 more account
   *[other] { $n } more accounts
}
status-each = What each account is doing
status-offline = { $email }: offline since { $time }
status-waiting = { $email }: { $sentence } Next try at { $time }.
status-all-offline = Offline since { $time }. What you do is kept and goes out later.
status-failed = { $email }: { $sentence }
status-idle = { $email }
status-demo = Demo mailbox, nothing leaves this computer
status-full = { $email } is almost full: { $used } of { $limit } used
status-meter = Progress of { $email }
status-sending = { $n ->
    [one] 1 letter is going out
   *[other] { $n } letters are going out
}

## Passwords that are locked at the start
unlock-title = Your passwords are locked
unlock-more = Letters that are on this computer can be read without them; new ones cannot be fetched.
unlock-later = Not now
unlock-keyring = Your passwords are in this computer’s keyring, which does not open ({ $reason }).
unlock-anew = Type them again…
unlock-forgotten = I have forgotten it…
unlock-forgotten-title = Begin with new passwords?
unlock-forgotten-text = Nobody can open what the passphrase locked. The password of each account has to be typed once more; your letters stay as they are.
unlock-forgotten-do = Begin anew
unlock-forgotten-not = Try once more
