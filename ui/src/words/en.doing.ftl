## What is being done to very many letters, and what came of it

doing-moved = Moving { $rows } to { $folder }
doing-copied = Copying { $rows } to { $folder }
doing-deleted-rows-for-good = Deleting { $rows } for good
doing-read = Marking { $rows } as read
doing-unread = Marking { $rows } as unread
doing-starred = Putting a star on { $rows }
doing-unstarred = Removing the star of { $rows }
doing-undo = Undoing
doing-undo-what = Undoing “{ $sentence }”
doing-so-far = { $doing }: { $done } done
doing-stop = Stop
doing-stop-what = Stop: { $doing }
doing-stopping = Stopping…
doing-stopping-what = Stopping… { $doing }
rows-of-folder = all letters of { $folder }
to-archive = Archive
to-junk = Junk
to-trash = Trash
done-in-part = { $done }. { $left ->
    [one] 1 letter is as it was.
   *[other] { $left } letters are as they were.
}
done-stopped-first = Stopped before anything was done
done-nothing = There was nothing to do: it is so already
