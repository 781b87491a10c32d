### Accounts after they were added: signed in again, on other servers, named, switched off, and certificates.

signin-title = Sign in again to { $email }
signin-intro = Type the password that the server takes now. It is tried before it replaces the old one.
signin-browser = You sign in at { $provider }, in your browser. What you grant there is tried before it replaces what Waxwing has.
signin-browser-do = Open the browser
signin-password = Password
signin-password-both = Password for { $incoming } and { $outgoing }
signin-password-for = Password for { $host }
signin-separate = Sending has its own way of signing in
signin-at = At { $host } you sign in at { $provider }, in your browser.
signin-at-again = Sign in at { $provider } again
signin-at-browser = Sign in at { $provider } for { $host } instead
signin-browser-for = Sign in to { $host } in the browser
signin-browser-side = For { $host } you sign in at { $provider }, in your browser. What you grant there is tried before it replaces what Waxwing has.
signin-keep-empty = Leave this empty to keep the password that Waxwing has.
signin-do = Sign in
signin-doing = Signing in…
signin-asking = Asking the domain of your address whether you can sign in in the browser…
signin-anyway = Save anyway, I am offline
signin-done = { $email } is signed in again
signin-saved = The password of { $email } is saved. It is tried as soon as the server answers.
signin-again = Sign in again…

servers-title = Servers of { $email }
servers-intro = Both are tried before anything changes. Your letters here stay.
servers-change = Change servers…
servers-browser = You sign in at { $provider }, in your browser, when the servers are tried.
servers-password-known = Leave this empty to keep the password that Waxwing has.
servers-plain = I understand that my password and my mail can be read and changed by strangers.
servers-test = Test
servers-testing = Trying both servers…
servers-save = Save
servers-saving = Trying, then saving…
servers-saved = { $email } is on its new servers

tried-incoming = Incoming mail, { $host }
tried-outgoing = Outgoing mail, { $host }
tried-reached = Reached at port { $port }
tried-not-reached = Nobody answers at port { $port }
tried-encrypted = Encrypted with { $protocol }, certificate of { $issuer }, valid until { $until }
tried-exception = Encrypted with { $protocol }, with the certificate that you accepted
tried-plain = Not encrypted: anyone can read along
tried-signed-in = Signed in
tried-may-send = Letters may be sent from your address
tried-state-ok = done
tried-state-failed = failed

certificate-look = Look at the certificate…
certificate-title = The certificate of { $host }
certificate-title-changed = { $host } shows another certificate
certificate-flaw-expired = It is out of date. Whoever runs the server has to renew it.
certificate-flaw-notYetValid = It is not valid yet. Is this computer’s clock right?
certificate-flaw-wrongHost = It is for other hosts than { $host }. The name may be typed wrongly, or somebody else answers.
certificate-flaw-unknownIssuer = Nobody whom this computer trusts has signed it.
certificate-flaw-selfSigned = The server has signed it itself, so anybody could have made it.
certificate-flaw-revoked = Its issuer has taken it back. It cannot be accepted.
certificate-flaw-changed = It is not the one that you accepted for this server. Somebody may be listening in, or the server has a new one. Ask whoever runs the server for its fingerprint before you go on.
certificate-flaw-other = It cannot be understood.
certificate-server = Server
certificate-place = { $host }, port { $port }
certificate-names = Made for
certificate-names-none = no host
certificate-issuer = Signed by
certificate-issuer-none = nobody who is named
certificate-valid = Valid
certificate-validity = { $from } to { $until }
certificate-fingerprint = SHA-256 fingerprint
certificate-accepted = Accepted so far
certificate-understood = I have compared the fingerprint with the one that I was given by whoever runs the server.
certificate-only = Waxwing takes this certificate at this server and this port alone. If it changes, the account stops and tells you.
certificate-accept = Accept this certificate
certificate-refuse = Do not connect
certificate-kept = Certificates that you accepted
certificate-kept-of = Certificates that you accepted for { $email }
certificate-line = { $host }:{ $port } · valid until { $until }
certificate-remove = No longer accept the certificate of { $host } at port { $port }
certificate-removed = The certificate of { $host } is no longer accepted

account-look = Name and colour…
account-look-title = Name and colour of { $email }
account-label = Name in the folder list
account-label-help = Leave this empty for the address.
account-colour = Colour
account-colour-0 = Teal
account-colour-1 = Copper
account-colour-2 = Plum
account-colour-3 = Blue
account-colour-4 = Ochre
account-colour-5 = Red
account-keep = Keep
account-off = Switched off
account-switch-off = Switch off
account-switch-on = Switch on
account-switched-off = { $email } is switched off. Its letters stay, and what waits goes when it is on again.
account-off-more = It does not connect. Its letters can be read; what you do to them and what is in its outbox waits.
account-place = Move { $email } among the accounts: drag it, or press arrow up or down
account-placed = { $email } is number { $place } of { $count }
account-tools = What can be done with { $email }
account-trouble = Something is wrong: { $sentence }

check-every = Look for mail
check-usual = As usual
check-minutes = { $minutes ->
    [one] Every minute
    [60] Every hour
   *[other] Every { $minutes } minutes
}
check-more-imap = This matters only where the server does not announce new mail by itself.
check-more-pop3 = A server that asks to be looked at less often is looked at less often.

folders-for = Which folder is for what…
folders-for-title = Folders of { $email }
folders-for-intro = The server says which folder is which. What you choose here comes before that.
folders-for-sent = Sent letters
folders-for-drafts = Drafts
folders-for-archive = Archived letters
folders-for-junk = Junk
folders-for-trash = Deleted letters
folders-for-server = As the server says
folders-for-server-now = As the server says ({ $folder })

remove-keep-letters = Remove, keep the letters
remove-keep-text = { $whole ->
    [0] None of its letters is whole on this computer.
    [one] One letter is whole on this computer and can stay in Local Folders.
   *[other] { $wholeCount } letters are whole on this computer and can stay in Local Folders.
}
remove-elsewhere = { $elsewhere ->
    [one] Of one more only the header is here; it stays on the server alone.
   *[other] Of { $elsewhereCount } more only the headers are here; they stay on the server alone.
}
remove-kept = { $n ->
    [one] { $email } was removed. One letter is in Local Folders.
   *[other] { $email } was removed. { $count } letters are in Local Folders.
}
remove-keeping = Moving letters into Local Folders…

thunderbird-found = Found in Thunderbird

### Groups of accounts, whose inboxes are shown together

group-menu = Group of accounts
group-new = New group of accounts…
group-new-title = A group of accounts
group-change = Name and accounts…
group-change-title = The group “{ $name }”
group-name = Name
group-taken = There is a group of this name already.
group-why-name = It needs a name.
group-why-accounts = Choose at least one account.
group-accounts = Whose inboxes it shows
group-make = Make the group
group-dissolve = Dissolve the group
group-dissolved = The group “{ $name }” was dissolved. Its accounts are as they were.
placed = { $name } is number { $place } of { $count }
