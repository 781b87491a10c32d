### An account that changes from POP3 to IMAP, or back.

protocol-change = Change to { $to }…
protocol-change-of = Change to { $to }…, { $email }
protocol-title = Change { $email } to { $to }
protocol-about-imap = With IMAP your mail stays on the server and looks the same on all your devices. What is on this computer already is not downloaded again, and nothing is deleted on the server.
protocol-about-pop3 = With POP3 new mail is brought to this computer, and folders and marks are kept here only. All letters are brought here whole first, and nothing is deleted on the server.
protocol-searching = Looking for the server of { $email }…
protocol-not-found = No { $to } server could be found for this address. If your provider has one, its help pages tell its name.
protocol-password = The password is the one that this account has.
protocol-look = Compare both sides
protocol-looking = Comparing this computer with the server…
protocol-changing = Changing the account…
protocol-back = Back
protocol-confirm = Change to { $to }
protocol-nothing-changed = Nothing was changed.
protocol-letters = { $n ->
    [0] none
    [one] one letter
   *[other] { $count } letters
}
protocol-folder = { $name } { $count }
protocol-both = On both sides
protocol-both-more-imap = { $n ->
    [one] It keeps its text, marks and folder, and is not downloaded again.
   *[other] They keep their text, marks and folders, and are not downloaded again.
}
protocol-both-more-pop3 = { $n ->
    [one] It is not downloaded again.
   *[other] They are not downloaded again.
}
protocol-only-server = Only on the server
protocol-deleted-here = { $n ->
    [one] One of them was deleted here and comes back.
   *[other] { $count } of them were deleted here and come back.
}
protocol-only-here = Only on this computer
protocol-coming = New in the inbox there
protocol-beyond = In other folders
protocol-beyond-more = POP3 sees only the inbox. { $n ->
    [one] This letter stays on the server, and is on this computer too.
   *[other] These letters stay on the server, and are on this computer too.
}
protocol-to-bring = To be brought here first
protocol-choice = { $n ->
    [one] The letter that is only on this computer
   *[other] Letters that are only on this computer
}
protocol-choice-upload = { $n ->
    [one] Put it on the server, into the same folder
   *[other] Put them on the server, into the same folders
}
protocol-choice-keep = { $n ->
    [one] Keep it on this computer, in Local Folders
   *[other] Keep them on this computer, in Local Folders
}
protocol-safe = Nothing is deleted. If the change is interrupted, the account is as it was, or goes on where it stopped.
protocol-done = { $email } is an account with { $to } now.
protocol-kept = { $n ->
    [one] One letter is in Local Folders.
   *[other] { $count } letters are in Local Folders.
}
protocol-uploads = Letters put on the server
protocol-uploading = { $done } of { $count } letters are on the server by now. It goes on when you close this.
protocol-uploaded = { $n ->
    [one] One letter was put on the server.
   *[other] { $count } letters were put on the server.
}
