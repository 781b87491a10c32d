### Writing a letter.

compose-new = New letter
compose-from = From
compose-to = To
compose-cc = Cc
compose-bcc = Bcc
compose-add-cc = Add Cc
compose-add-bcc = Add Bcc
compose-subject = Subject
compose-body = Letter
compose-recipients-hint = Type a name or an address. Enter or a comma adds it; Backspace removes the last one.
compose-recipient-remove = Remove { $name }
compose-recipient-invalid = { $name } is not a whole address
compose-recipient-list = Recipients in { $field }
compose-suggestions = Suggested addresses

compose-state-unsaved = Not saved yet
compose-state-saved = Draft saved { $time }
compose-state-failed = Draft not saved
compose-state-failed-why = The draft could not be saved: { $reason }
compose-save-again = Save again

compose-send = Send
compose-send-later = Send later
compose-later-hour = In one hour
compose-later-tomorrow = Tomorrow morning, { $time }
compose-later-monday = Monday morning, { $time }
compose-later-at = At another time…
compose-later-title = Send later
compose-later-when = Date and time
compose-later-past = Choose a time that is still to come.
compose-asks = Options
compose-asks-receipt = Ask for a read receipt
compose-asks-notices = Ask for delivery reports
compose-asks-encryption = Encrypted all the way or not at all
compose-tools = Formatting
compose-bold = Bold
compose-italic = Italic
compose-underline = Underline
compose-link = Link
compose-bullets = Bulleted list
compose-numbers = Numbered list
compose-quote = Quote
compose-attach = Attach
compose-discard = Discard draft
compose-minimise = Minimise
compose-close = Close and keep the draft
compose-open-drafts = Letters being written
compose-restore = Go on writing { $subject }

compose-link-title = Link
compose-link-address = Address
compose-link-set = Set link
compose-link-remove = Remove link
compose-link-problem = Type a web address or an email address.

compose-attachments = Attachments
compose-detach = Remove { $name }
compose-attach-failed = { $name } could not be attached: { $reason }
compose-drop = Drop to attach

compose-doubt-noSubject = This letter has no subject.
compose-doubt-forgottenAttachment = You write of an attachment, but nothing is attached.
compose-doubt-mend-noSubject = Add a subject
compose-doubt-mend-forgottenAttachment = Attach a file
compose-send-anyway = Send anyway
compose-problem-nobody = Add at least one recipient.
compose-problem-invalid = { $name } is not a whole address.
compose-send-failed = The letter was not sent, the draft is kept: { $reason }

compose-toast-sending = Sending…
compose-toast-later = Will be sent { $time }. The outbox tells who keeps it until then.
compose-toast-kept = Kept in Drafts
compose-toast-open = Open
compose-toast-discarded = Draft discarded
compose-toast-too-late = Too late to undo: the letter has left.
compose-pasted-picture = picture.png
