### The outbox: letters on their way.

outbox-title = Outbox
outbox-loading = Looking into the outbox…
outbox-empty-title = Nothing is waiting
outbox-empty = Letters stand here from Send until their server has taken them.
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
outbox-state-sending = Sending
outbox-state-sent = Sent
outbox-state-sent-filing = Sent, the copy for Sent is still on its way
outbox-state-failed = Failed
outbox-state-failed-for-now = Failed for now
outbox-state-unknown = Not certain
outbox-unknown-why = The connection broke after the letter was handed over. It may have arrived. Look into Sent, or ask, before you send it again.
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
