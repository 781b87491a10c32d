### The outbox: letters on their way.

outbox-title = Outbox
outbox-loading = Looking into the outbox…
outbox-empty-title = Nothing is waiting
outbox-empty = Letters wait here after Send, until their server has accepted them.
outbox-failed-to-load = The outbox could not be read
outbox-to = to { $people }
outbox-untitled = (no subject)
outbox-nobody = nobody
outbox-state-waiting = Waiting
outbox-state-waiting-until = Leaves { $time }
outbox-state-waiting-again = Waiting, { $attempts ->
    [one] tried once
   *[other] tried { $attempts } times
}
outbox-state-held-here = Leaves { $time }, if Waxwing runs then
outbox-state-held-server = With the server, which sends it { $time }
outbox-state-sending = Sending
outbox-state-sending-part = Sending, { $percent } %
outbox-progress = How much of { $subject } is sent
outbox-state-returned = Came back
outbox-state-sent = Sent
outbox-state-sent-filing = Sent, the copy for Sent is still on its way
outbox-state-failed = Failed
outbox-state-failed-for-now = Failed for now
outbox-state-unknown = Not certain
outbox-state-looking = Looking for it in Sent
outbox-looking-why = The connection broke after the letter was handed over. Waxwing looks for it in Sent; it is not sent again by itself.
outbox-unknown-why = The connection broke after the letter was handed over. It may have arrived. Look in Sent, or ask whoever was to get it, before you send it again.
outbox-server-said = The server said: “{ $words }”
outbox-retry = Retry
outbox-send-now = Send now
outbox-send-again = Send again
outbox-edit = Edit
outbox-dismiss = Dismiss
outbox-toast-dismissed = Taken out of the outbox
outbox-count = { $all ->
    [one] 1 letter waiting
   *[other] { $all } letters waiting
}
outbox-count-stuck = { $all ->
    [one] 1 letter
   *[other] { $all } letters
}, { $stuck } not sent
outbox-announce = { $count ->
    [0] The outbox is empty
    [one] One letter in the outbox
   *[other] { $count } letters in the outbox
}

report-failed = { $recipient } did not get it.
report-delayed = It has not reached { $recipient } yet; the server goes on trying.
report-delivered = It reached { $recipient }.
report-relayed = It went on to the server of { $recipient }, which makes no reports.
report-read = { $recipient } says that it was read.
report-read-inReadersName = A receipt in the name of { $recipient } says that it was read.
report-read-other = { $other } says that { $recipient } has read it. The receipt is not from { $recipient }.
report-read-nobody = A receipt that names no sender says that { $recipient } has read it.
report-said = The report says: “{ $words }”
report-stranger = Your letter was not addressed to { $recipient }, as far as is known here: somebody has passed it on, or the report is not true.
report-not-sent = This claims to be a report about a letter that was not sent from here. Do not rely on it.
report-unnamed = This claims to be a report, and does not say about which letter. Whether it is one of yours cannot be told.
report-claim-failed = It says that { $recipient } did not get the letter.
report-claim-delayed = It says that the letter has not reached { $recipient } yet.
report-claim-delivered = It says that the letter reached { $recipient }.
report-claim-relayed = It says that the letter went on to the server of { $recipient }.
report-claim-read = It says that { $recipient } has read the letter.
report-about = A report about your letter “{ $subject }”
receipt-asked = { $name } asks to hear that you have read this.
receipt-give = Send a receipt
receipt-decline = Send none
receipt-toast = The receipt is on its way
