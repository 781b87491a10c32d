# The words of the window, the list, the letters, and what is shared by all.

app-name = Waxwing

## Times and sizes
time-yesterday = Yesterday
size-bytes = { $size } bytes
size-kilobytes = { $size } KB
size-megabytes = { $size } MB
left-seconds = about { $n } s left
left-minutes = about { $n } min left
left-hours = about { $n } h left

## Shared
cancel = Cancel
close = Close
undo = Undo
try-again = Try again
loading = Loading…
password-show = Show password
password-hide = Hide password
toast-region = Notifications
trouble-unknown = Something went wrong, and the reason was not told.
trouble-start = Waxwing could not start its engine.
