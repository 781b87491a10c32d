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
settings-retention-remove-when-deleted = is deleted when the message is deleted here
settings-retention-title = Delete the copies on the server?
settings-retention-ask-remove-after-download = What is safe on this computer is then deleted on the server of { $email }, and exists only here.
settings-retention-ask-remove-after-days = What has been safe on this computer for { $days ->
    [one] one day
   *[other] { $days } days
} is then deleted on the server of { $email }, and exists only here.
settings-retention-confirm = Delete them there
settings-retention-leave = Leave it as it is
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
    [one] One letter is
   *[other] { $count } letters are
} on this computer that you no longer want to keep here. The headers stay, the text comes again when you open one. On the server nothing changes. Drafts and what waits for the server stay whole.
keeping-free-confirm = Free { $size } MB
keeping-free-keep = Keep them here
keeping-freed = Freed { $size } MB
settings-demo = Demo mailbox, on this computer only
settings-remove = Remove { $email }
settings-remove-short = Remove
settings-remove-title = Remove { $email }?
settings-remove-imap = Its messages disappear from this computer. On the server nothing changes. Drafts and waiting letters of this account are lost.
settings-remove-pop3 = Its messages on this computer are deleted for good. What the server no longer has cannot be downloaded again.
settings-remove-confirm = Remove the account
settings-remove-keep = Keep it
settings-removed = { $email } was removed
settings-remove-failed = { $email } could not be removed: { $reason }

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
identity-outgoing = Letters leave by
identity-outgoing-account = The account’s server, { $host }
identity-outgoing-own = A server of its own
identity-password = Password
identity-password-known = Leave this empty to keep the one that is known.
identity-keep = Keep
identity-keeping = Keeping…
