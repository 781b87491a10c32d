### Settings: the accounts, and how much of each stands on this computer.

settings-title = Settings
settings-accounts = Accounts
settings-close = Close
settings-add = Add account
settings-no-accounts = There is no account yet.
settings-incoming = Incoming
settings-outgoing = Outgoing
settings-room = Room on the server
settings-room-used = { $used } of { $limit } used
settings-retention = Copy on the server
settings-retention-keep = is kept
settings-retention-remove-after-download = is deleted after the download
settings-retention-remove-after-days = is deleted after { $days ->
    [one] one day
   *[other] { $days } days
}
settings-retention-remove-when-trashed = is deleted when the letter is deleted here
settings-retention-remove-when-deleted = is deleted when the letter leaves Trash here
settings-retention-more-keep = Other devices can download it too. The server may become full.
settings-retention-more-remove-when-trashed = Letters in your folders keep their copies. What you put into Trash exists only here from the next check on.
settings-retention-more-remove-when-deleted = Letters in your folders and in Trash keep their copies.
settings-retention-more-remove-after-days = Counted from the download. It goes only when the letter is whole on this computer.
settings-retention-more-remove-after-download = Your mail exists only on this computer then. Make backups.
settings-large-header = Above { $size } MB: header first
settings-maildrop = Still on the server…
settings-local = Folders on this computer only
settings-add-local = Add local folders
local-folders = Local Folders
local-folders-added = Local Folders are in the folder list. Drag letters of any account into them.
retention-title = { $n ->
    [one] Remove one message from the server?
   *[other] Remove { $count } messages from the server?
}
retention-text = { $n ->
    [one] It is
   *[other] They are
} safe on this computer, or deleted here, and { $n ->
    [one] takes
   *[other] take
} { $size } there. Other devices can no longer download { $n ->
    [one] it.
   *[other] them.
}
retention-confirm = Remove from the server
retention-keep = Leave everything there
maildrop-title = Still on the server of { $email }
maildrop-list = Messages on the server
maildrop-looking = Looking at the server…
maildrop-empty = Nothing is left on the server.
maildrop-count = { $n ->
    [one] One message, { $size }
   *[other] { $count } messages, { $size }
}
maildrop-expires = { $days ->
    [0] The server removes messages by itself once they have been downloaded, whatever you choose.
    [one] The server removes messages by itself after one day.
   *[other] The server removes messages by itself after { $days } days.
}
maildrop-nobody = Sender unknown
maildrop-here-whole = on this computer
maildrop-here-header = only its header is here
maildrop-here-deleted = deleted here
maildrop-here-no = not on this computer
maildrop-remove = Delete on the server
maildrop-download = Download again
maildrop-removed = { $n ->
    [one] One message was deleted on the server
   *[other] { $count } messages were deleted on the server
}
maildrop-downloaded = { $n ->
    [one] One message was downloaded
   *[other] { $count } messages were downloaded
}
maildrop-lose-title = { $n ->
    [one] One message is not on this computer
   *[other] { $count } messages are not on this computer
}
maildrop-lose-text = What is not on this computer is lost for good once it is deleted on the server.
maildrop-lose-confirm = Delete anyway
settings-keep = Keep on this computer
settings-keep-all = All letters, whole
settings-keep-days = Whole letters of the last { $days ->
    [one] day
   *[other] { $days } days
}
settings-keep-year = Whole letters of the last year
settings-keep-headers = Headers only
settings-keep-more-all = Everything can be read and searched without a network.
settings-keep-more-days = Older letters keep their headers, by which they are found. Their text comes when they are opened.
settings-keep-more-headers = Letters are found by their headers. Their text comes when they are opened.
settings-large = Large letters
settings-large-off = Whole as well
settings-large-megabytes = Above { $size } MB: text first
keeping-free-title = Free { $size } MB?
keeping-free-text = { $n ->
    [one] One letter is on this computer that you no longer want to keep here. Its header stays, its text comes again when you open it.
   *[other] { $count } letters are on this computer that you no longer want to keep here. The headers stay, the text comes again when you open one.
} On the server nothing changes. Drafts and what waits for the server stay whole.
keeping-free-confirm = Free { $size } MB
keeping-free-keep = { $n ->
    [one] Keep it here
   *[other] Keep them here
}
keeping-freed = Freed { $size } MB
settings-demo = Demo mailbox, on this computer only
settings-remove = Remove { $email }
settings-remove-short = Remove
settings-remove-title = Remove { $email }?
settings-remove-imap = Its letters disappear from this computer. On the server nothing changes. Drafts and waiting letters of this account are lost.
settings-remove-pop3 = Its letters on this computer are deleted for good. What the server no longer has cannot be downloaded again.
settings-remove-local = The letters in these folders are deleted for good. They are nowhere else.
settings-remove-confirm = Remove the account
settings-remove-keep = Keep it
settings-removed = { $email } was removed
settings-remove-failed = { $email } could not be removed: { $reason }

settings-appearance = Appearance
settings-theme = Colours
settings-theme-system = As the system has them
settings-theme-light = Light
settings-theme-dark = Dark
settings-size = Size of everything in the windows
settings-size-hundredths = { $size } %
settings-letter-size = Size of letters, on top of that
settings-letter-size-more = Over a letter, Ctrl with +, −, 0 or the wheel does the same, and so does the letter’s menu.
settings-reading = Reading
settings-letters = Letters are shown
settings-letters-written = As they were written
settings-letters-plain = As plain text
settings-letters-more = A letter’s menu, or Shift T, shows that one the other way.
settings-read = A letter counts as read
settings-read-0 = At once
settings-read-700 = After a moment
settings-read-never = Only when I say so
settings-read-seconds = After { $seconds } seconds
settings-after = After archiving or deleting
settings-after-next = Read the next conversation
settings-after-previous = Read the previous conversation
settings-after-list = Go back to the list
settings-sending = Sending
settings-undo = Undo Send
settings-undo-seconds = { $seconds ->
    [0] Not offered, letters leave at once
   *[other] For { $seconds } seconds
}
settings-identities = Addresses to write from
settings-identities-of = Addresses of { $email } to write from
settings-identity-add = Add an address
settings-identity-edit = Change { $email }
settings-identity-remove = Remove { $email } from the addresses

identity-title = Address to write from
identity-title-new = Another address to write from
identity-email = Address
identity-name = Name
identity-reply-to = Answers go to
identity-reply-to-help = Leave this empty for the address itself.
identity-signature = Signature
identity-outgoing = Letters are sent through
identity-outgoing-account = The account’s server, { $host }
identity-outgoing-own = A server of its own
identity-password = Password
identity-password-known = Leave this empty to keep the password that Waxwing has.
identity-keep = Keep
identity-keeping = Keeping…
identity-trying = Trying the server…
