### Adding an account.

setup-title = Add your email account
setup-intro = Type your address and password. Waxwing finds the servers.
setup-name = Your name
setup-email = Email address
setup-password = Password

setup-searching = Looking for the servers of { $domain }…
setup-found-catalogue = Found in the list of known providers ({ $provider })
setup-found-probing = Found by trying the usual names at { $domain }
setup-found-nothing = No mail servers were found for { $domain }. Your provider’s help pages name them; type them below.
setup-search-failed = The search for servers failed: { $reason }
setup-search-again = Search again
setup-encrypted = Encrypted connection, certificate valid
setup-not-encrypted = No encrypted connection was found

setup-protocol = Where should your mail be kept?
setup-imap = IMAP, keep mail on the server
setup-imap-explained = Read and organise from any device. Folders, flags and drafts stay in step everywhere.
setup-pop3 = POP3, keep mail on this computer
setup-pop3-explained = Download to this device only. You choose when the server's copy is deleted.
setup-sending = Sending through SMTP
setup-server-line = { $host } · { $port } · { $security }
setup-usual-ports = usual ports { $ports }
setup-no-server = not found yet
setup-what-is-this = What is this?

setup-retention = When is the copy on the server deleted?
setup-retention-keep = Never. Other devices can download it too.
setup-retention-remove-when-trashed = When I delete the message here.
setup-retention-remove-when-deleted = When the message leaves Trash here.
setup-retention-remove-after-days = Some days after it was downloaded:
setup-retention-remove-after-download = At once, after it is safe on this computer. It will then exist only here.
setup-retention-days = Days
setup-retention-days-unit = days

setup-edit = Edit settings
setup-edit-done = Hide settings
setup-demo = Look around with a demo mailbox
setup-local = Local folders only
setup-back = Back
setup-add = Add account
setup-adding = Signing in…
setup-finding = Looking…
setup-progress-checking = Signing in to { $incoming } and { $outgoing }…
setup-progress-saving = Both servers agree. Saving the account…
setup-progress-demo = Preparing the demo mailbox…
setup-added = { $email } was added. The newest messages come first.

setup-incoming = Incoming mail
setup-outgoing = Outgoing mail
setup-host = Server
setup-port = Port
setup-port-choices = Usual ports
setup-security = Encryption
setup-security-tls = TLS
setup-security-starttls = STARTTLS
setup-security-plain = None, anyone can read along
setup-security-plain-short = not encrypted
setup-port-choice = { $port } · { $security }
setup-username = User name
setup-username-hint = Empty: the email address
setup-method = Sign-in method
setup-method-auto = Best that the server offers
setup-method-plain = Password (PLAIN)
setup-method-login = Password (LOGIN)
setup-method-cram-md5 = Challenge (CRAM-MD5)
setup-method-scram-sha-256 = Proof of the password (SCRAM-SHA-256)
setup-method-oauthbearer = Access token as password (OAUTHBEARER)
setup-method-xoauth2 = Access token as password (XOAUTH2)
setup-method-apop = Old proof of the password (APOP)
setup-method-none = No sign-in
setup-separate = Sending needs another password
setup-outgoing-password = Password for sending

setup-problem-email = Type a whole address, such as lena@nordlicht.example.
setup-problem-password = Type the password.
setup-problem-days = Type a number of days between 1 and 3650.
setup-problem-host = Type the server’s name, such as mail.nordlicht.example.
setup-problem-port = Type a port between 1 and 65535.

setup-check-incoming-ok = Signed in to { $server } for incoming mail
setup-check-outgoing-ok = Signed in to { $server } for outgoing mail

plain-title = Send your password without protection?
plain-text = Without encryption, everybody between this computer and { $server } can read your password and all your mail: the café’s network, your internet provider, and whoever listens there. They can change your letters too.
plain-advice = Nearly every provider offers an encrypted connection. Ask yours before you go on.
plain-understood = I understand that my password and my mail can be read and changed by strangers.
plain-accept = Connect without encryption
plain-refuse = Stay encrypted

vault-title = Where should your password be kept?
vault-unavailable = This computer offers no place for passwords ({ $reason }). Waxwing can keep them itself, locked with a passphrase that you choose.
vault-locked = Your passwords are locked. Type the passphrase that you chose for Waxwing.
vault-passphrase = Passphrase
vault-passphrase-again = Passphrase, once more
vault-passphrase-hint = At least 8 characters. Nobody can recover it for you.
vault-problem-short = Use at least 8 characters.
vault-problem-differs = The two are not the same.
vault-problem-wrong = This passphrase does not open it.
vault-use = Use this passphrase
vault-unlock = Unlock
vault-this-run = Only until I close Waxwing

what-title = IMAP, POP3 and SMTP
what-intro = Three ways in which mail programs talk to mail servers. You choose between the first two; the third is always needed.
what-imap-title = IMAP: the mail stays on the server
what-imap = Waxwing shows what is on the server and keeps a copy here, so that it also works offline. What you read, star, move or delete looks the same on your phone, on another computer and in the browser. Choose this if you are not sure.
what-pop3-title = POP3: the mail comes to this computer
what-pop3 = Waxwing downloads new mail and keeps it here. Folders and stars exist on this computer only. You decide whether the server keeps its copy. Choose this if the server has little room, or if you want your mail in your own hands. Then make backups.
what-smtp-title = SMTP: the mail that you send
what-smtp = Letters leave through this server, whichever of the two you chose. Most providers use the same user name and password for it.
what-ports-title = Ports and encryption
what-ports = A port is a numbered door of a server. TLS means that the connection is encrypted from its first byte (993, 995, 465); STARTTLS that it becomes encrypted before anything private is said (143, 110, 587, 25).
what-close = Close
