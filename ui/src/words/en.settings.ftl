### Settings: the accounts.

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
