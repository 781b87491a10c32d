## Searching
search-label = Search mail
search-placeholder = Search
search-clear = Clear the search
search-form-open = Search form
search-chips = What the letters must be
search-chip = { $operator }: { $value }
search-chip-not = not { $operator }: { $value }
search-chip-remove = Remove { $chip }
search-hints = Suggestions
search-hints-more = There may be others, who are found as you type on.
search-hint-from = a sender, by name or address
search-hint-to = a recipient, copies too
search-hint-cc = who got a copy
search-hint-subject = words of the subject
search-hint-body = words of the text
search-hint-has = attachment: letters with files
search-hint-filename = the name of a file
search-hint-type = a kind of file: pdf, image, spreadsheet
search-hint-is = unread, read, starred, replied, forwarded
search-hint-in = a folder
search-hint-account = an account
search-hint-tag = a tag
search-hint-list = a mailing list
search-hint-after = since a day: 2026-11-23, 2026-11, yesterday, 7d
search-hint-before = before a day
search-hint-on = a day, a month or a year
search-hint-newer = not older than 7d, 2w, 3m, 1y
search-hint-older = older than that
search-hint-larger = larger than 5M
search-hint-smaller = smaller than 500k
search-hint-id = a Message-ID
search-hint-sort = best: the best matches first
search-hint-OR = one of the two beside it
search-hint-AND = both; the same as without it
search-hint-NOT = letters without what follows, like a minus

search-strip = Where and how to search
search-trash = Trash
search-junk = Junk
search-with = Letters in { $folder } are searched too. Press to leave them out.
search-without = Letters in { $folder } are left out. Press to search them too.
search-best = Best first
search-best-on = The best matches come first. Press for the newest first.
search-best-off = The newest come first. Press for the best matches first.
search-save = Save
search-save-title = Save this search as a folder
search-save-name = Name
search-save-verb = Save
search-rename-title = Rename “{ $name }”
search-rename = Rename
search-forget = Remove
search-menu = Saved search
search-saved = { $name }, { $n ->
    [one] 1 conversation with unread letters
   *[other] { $n } conversations with unread letters
  }
search-forgotten = The search “{ $name }” was removed

search-fault-day = “{ $piece }”: this is not a day. Try 2026-11-23, 2026-11, yesterday or 7d.
search-fault-size = “{ $piece }”: this is not a size. Try 500k or 5M.
search-fault-word = “{ $piece }”: this means nothing special here, so it is looked for as it stands.
search-fault-folder = “{ $piece }”: there is no folder of this name.
search-fault-account = “{ $piece }”: there is no account of this name.
search-fault-noWord = “{ $piece }”: signs by themselves are not looked for.
search-fault-noValue = “{ $piece }”: nothing follows it.
search-fault-oneSided = “{ $piece }”: there is nothing on one side of it, so it is left out. In quotes it is looked for as a word.
search-fault-parenthesis = “{ $piece }”: this parenthesis has no other half.
search-fault-quote = “{ $piece }”: the quotes are not closed.
search-fault-tooMuch = “{ $piece }”: this is more than can be looked for at once. The rest is left out.

search-there-asking = Asking the server for letters that are not on this computer…
search-there = The server has found { $n ->
    [one] 1 more letter whose text is not on this computer. It is marked
   *[other] { $n } more letters whose text is not on this computer. They are marked
  } in the list.
search-there-unknown = { $n ->
    [one] 1 more letter that matches has
   *[other] { $n } more letters that match have
  } not come to this computer at all yet.
search-there-failed = { $account } could not be asked: { $sentence }
row-on-server = on the server only

search-form = Search
search-form-words = Has the words
search-form-not = Does not have
search-form-from = From
search-form-to = To
search-form-cc = Copy to
search-form-list = Mailing list
search-form-subject = Subject
search-form-body = In the text
search-form-filename = Name of a file
search-form-folder = Folder
search-form-account = Account
search-form-anywhere = Anywhere
search-form-all-accounts = All accounts
search-form-kind = Files
search-form-kind-any = With or without
search-form-kind-some = With files
search-form-kind-pdf = With a PDF
search-form-kind-image = With a picture
search-form-kind-document = With a document
search-form-kind-spreadsheet = With a spreadsheet
search-form-kind-presentation = With slides
search-form-kind-archive = With an archive
search-form-state = State
search-form-state-any = Read or unread
search-form-after = Since
search-form-before = Before
search-form-on = On the day
search-form-order = What comes first
search-form-order-list = As the list is sorted
search-form-order-best = The best matches
search-form-tag = Tag
search-form-larger = Larger than
search-form-smaller = Smaller than
search-form-size-help = 500k, 5M
search-form-verb = Search
search-form-clear = Empty the form
search-index = { $letters ->
    [0] { $files ->
        [0] The search index is up to date.
        [one] The files of 1 letter are still being read for the search index.
       *[other] The files of { $files } letters are still being read for the search index.
      }
    [one] 1 letter is still being put into the search index.
   *[other] { $letters } letters are still being put into the search index.
  }
search-indexing = Still being indexed: { $percent } %. Not everything is found yet.
search-index-rebuild = Build the index again
search-index-rebuilding = The search index is built again behind the scenes. Until then not everything is found.
