### The sentences for each kind of trouble, and the buttons that help. One table (state/troubles.ts) chooses among them.

trouble-wrong-password = { $server } does not accept this user name and password. Nothing is wrong with the connection.
trouble-sign-in-ended = { $server } does not take what you granted in the browser. Sign in there once more.
trouble-bad-certificate = { $server } cannot prove that it is the right server: its certificate is not valid. Your password was not sent.
trouble-changed-certificate = { $server } shows another certificate than the one that you accepted. Somebody may be listening in, or the server has a new one. Nothing was sent to it.
trouble-unreachable = { $server } does not answer. The name or the port may be wrong, or this computer is offline.
trouble-wrong-port = Something else answers at this port of { $server } than the settings say: it may want another kind of encryption, or be no mail server.
trouble-method-refused = { $server } does not offer this way of signing in.
trouble-refused = { $server } refused the request.
trouble-bad-answer = { $server } answered with something that Waxwing does not understand.
trouble-disk-full = The disk is full. Nothing was lost, but nothing more can be saved until there is room.
trouble-store = The mail store on this computer could not be read or written.
trouble-vault = The place where passwords are kept is locked or missing.
trouble-gone = This is no longer there.
trouble-invalid = Something in the form is not right yet.
trouble-words = It said: “{ $words }”
trouble-any-server = The server

remedy-retype-password = Type the password again
remedy-sign-in = Sign in again
remedy-check-name = Check the server name
remedy-look-at-certificate = Look at the certificate
remedy-edit-servers = Edit settings
remedy-choose-method = Choose another sign-in method
remedy-try-again = Try again
remedy-open-vault = Unlock passwords
remedy-mend-form = Show what is missing
