# The words of care: who a letter is from, where its links lead, what it would have told, and lists.

## Commands
command-subscriptions = Subscriptions
command-trackers = Trackers
command-who = Who is this
command-leaveList = Leave the mailing list

## Who is this
who-more = Who is this?
who-looking = Whether anybody vouches for it is being looked into.
who-title = Who is this?
who-nowhere = nowhere
who-vouched = From { $domain }, which vouches for it.
who-partly = { $domain } has signed only a part of this letter. The rest may be anybody’s.
who-byOther = It says that it is from { $domain }, but { $other } has sent it.
who-broken = It says that it is from { $domain }, but it was changed after it was signed, or was never signed there.
who-failed = It says that it is from { $domain }, which asks not to believe letters like this one.
who-nobody = Nothing in this letter proves that it comes from { $domain }.
who-otherUnknown = Nothing in this letter proves yet that it comes from { $domain }. Whether somebody else vouches for it could not be found out.
who-unknown = It says that it is from { $domain }. Whether that is true is not known.
who-own = You wrote it.
who-nobodysAddress = It does not say from which address it comes.
who-by-server = Your mail server { $server } says so.
who-by-us = Waxwing has looked at the letter’s signatures and asked for the keys of { $domain } itself.
who-by-nobody = The letter is not whole on this computer, or the keys of its signers could not be asked for, or you do not want them to be.
who-explain = Anybody can write any name and any address on a letter, as on an envelope. A mail server can sign what it sends. Then others can tell that the letter comes from that domain and was not changed. It does not tell whether its writer is honest. Many servers sign nothing, and their letters are no worse for that.
who-name = Name
who-address = Address
who-domain = Domain
note-first = It is the first letter from this address.
note-nameOf = You know { $name } as { $address }.
note-looksLike = The domain looks like { $domain } and is another one.
note-addressInName = The name is written like the address { $address }, which is not the sender’s.
note-siteInName = The name is that of the site { $host }, which is not the sender’s.
note-ownAddress = It bears your own address, which anybody can write on a letter. It is not among those that you have sent.
note-ownAddressWithin = It bears your own address and never left the network of { $domain }: scanners, printers and programs there write so. It is not among those that you have sent.
note-ownAddressSeemingly = It bears your own address and seems to come from the network of { $domain }, where nobody signed in to send it. A scanner or a program there may have written it. Where the mail server does not see who calls, it may be anybody. It is not among those that you have sent.
note-hiddenSigns = The name holds signs that cannot be seen. They are left out here.
note-encodedAddress = The address is written in a way that no address may be.
note-severalFrom = The letter names its sender twice. Programs may show different ones.
note-severalSenders = It names several senders. The first of them need not be the one who sent it.
note-answersTo = Answers would go to { $address }.

## Links
link-title = Look twice before you open this
link-title-plain = Open this page?
link-leads = It leads to
link-title-number = Call this number?
link-title-files = Open these files of a server?
link-calls = It calls
link-call = Call
link-call-anyway = Call anyway
link-copy-number = Copy the number
link-written = Written: { $name }
link-owner = The site of { $owner }
link-otherHost = The text names { $host }, and it leads elsewhere.
link-looksLike = It looks like { $host } and is another site.
link-beginsLike = It begins like { $host } and belongs to somebody else.
link-holds = Its name holds that of { $host } and belongs to somebody else.
link-mixedScripts = Its name mixes letters of several scripts, which is done to imitate others. This is how the network knows it.
link-otherScript = Its name is written in another script. Some of its letters may look like ours.
link-number = It is a number where a name should be.
link-pretends = “{ $name }” stands before it only to be taken for the site.
link-leadsOn = This page may lead on to { $host }.
link-short = It is a short address: whereto it leads on is known to { $host } alone.
link-port = It uses a port of its own ({ $port }).
link-code = It is no number but a code that tells the telephone to do something, as to send all calls elsewhere.
link-otherNumber = The text names { $number }, and another number would be called.
link-longText = It stands under more text than Waxwing has looked through, which may name another site.
link-removed = Left out, since it only tells who follows it: { $names }
link-passed = Passed over, so that it hears nothing of this: { $hosts }
link-open = Open
link-open-anyway = Open anyway
link-open-given = Open as it stands in the letter
link-copy = Copy the address
link-copied = Copied

## Pictures and trackers
shield-host = { $n } from { $host }
shield-hosts-more = { $n ->
    [one] one more host
   *[other] { $n } more hosts
}
shield-trackers-more = { $n ->
    [one] one more
   *[other] { $n } more
}
shield-name-all = Name all
shield-from = Pictures: { $hosts }.
shield-from-one = From { $host }.
shield-by = Tracked by { $names }.
shield-again = Try again
shield-missed = Images are shown this once, but { $n } of { $all } could not be fetched: { $hosts }.
shield-missed-always = { $n } of { $all } pictures could not be fetched: { $hosts }.
shield-missed-all = { $all ->
    [one] The picture could not be fetched: { $hosts }.
   *[other] None of the { $all } pictures could be fetched: { $hosts }.
}
shield-missed-host = { $host } ({ $why })
shield-missed-more = { $n ->
    [one] one more host
   *[other] { $n } more hosts
}
missed-unreachable = not reached, or it broke off
missed-refused = refused
missed-tooLarge = too large, or too many
missed-within = an address that is never asked
missed-noPicture = sent no picture
shield-left-out = Left out: { $what }.
shield-sheets = { $n ->
    [one] 1 style sheet from the network
   *[other] { $n } style sheets from the network
}
shield-scripts = { $n ->
    [one] 1 script
   *[other] { $n } scripts
}
shield-forms = { $n ->
    [one] 1 form
   *[other] { $n } forms
}
shield-allowed-sender = Pictures of { $name } are always shown.
shield-allowed-list = Pictures of the list { $name } are always shown.
shield-allowed-domain = Pictures of everybody at { $name } are always shown.
shield-change = Change
shield-always-list = Always from the list { $name }
shield-always-domain = Always from everybody at { $domain }
trackers-title = Trackers
trackers-more = Who wanted to be told that you opened their letters. Waxwing never loads what is there only to count you. Where you had a letter show its pictures, those made for you alone have told their sender once they were fetched. Only letters that you have opened are counted, and the count stays on this computer.
trackers-told = { $n ->
    [one] was told by the pictures of 1 letter, which you let it show
   *[other] was told by the pictures of { $n } letters, which you let them show
}
trackers-untold = was told nothing
trackers-none = No letter that you have opened has tried to tell on you.
trackers-letters = { $n ->
    [one] 1 letter
   *[other] { $n } letters
}
trackers-by = by { $names }
trackers-pictures = { $n ->
    [one] 1 picture
   *[other] { $n } pictures
}
trackers-links = { $n ->
    [one] 1 link made for you alone
   *[other] { $n } links made for you alone
}
trackers-last = last { $when }
trackers-allowed = Pictures are shown from
trackers-allowed-none = Nobody. They are blocked until you say otherwise.
trackers-allowed-sender = { $name }
trackers-allowed-list = the list { $name }
trackers-allowed-domain = everybody at { $name }
trackers-forbid = No longer show pictures from { $name }

## Lists
list-by = By the list { $name }
list-left = By the list { $name }, which you asked on { $when } to take you off
list-leave = Leave the list
list-leave-again = Leave again
leave-title = Leave { $name }?
leave-none = This letter did not come by a mailing list.
leave-click-more = Waxwing sends one request to { $host }, which says that this is enough. It tells the list nothing else.
leave-click-unsigned = It offers to be left with one request. Waxwing sends none, because nobody has signed that offer: anybody may have written it.
leave-no-other-way = It names no other way. You can move its letters to Junk.
leave-address = It writes to { $address }.
leave-address-asked = It writes to { $address }, and is asked to take that address off.
leave-mail-more = Waxwing writes a letter to the list from { $address }.
leave-mail-unknown = Waxwing writes a letter to the list.
leave-page-more = The list’s page at { $host } opens in your browser, where you can unsubscribe.
leave-letter = To { $to }, with the subject “{ $subject }” and without any words.
leave-letter-words = To { $to }, with the subject “{ $subject }” and these words:
leave-no-way = The list does not say how to leave it. You can move its letters to Junk.
leave-click = Leave now
leave-mail = Leave by mail
leave-page = Open its page
leave-done-click = { $name } was asked to take you off.
leave-done-mail = A letter to { $name } is in the outbox.
leave-done-page = The page of { $name } is open in your browser.
subscriptions-title = Subscriptions
subscriptions-more = Mailing lists and newsletters that letters came by.
subscriptions-find = Find by name
subscriptions-none = No letter here came by a mailing list.
subscriptions-none-found = No list has this in its name.
subscriptions-looking = Older letters are being looked through…
subscriptions-letters = { $n ->
    [one] 1 letter
   *[other] { $n } letters
}
subscriptions-last = last { $when }
subscriptions-to = to { $address }
subscriptions-left-click = Left with one request on { $when }
subscriptions-left-mail = Left by mail on { $when }
subscriptions-left-page = Its page was opened on { $when }
subscriptions-since = { $n ->
    [one] 1 letter came after that
   *[other] { $n } letters came after that
}
subscriptions-leave = Leave
subscriptions-leave-again = Leave again
subscriptions-leave-name = Leave { $name }
subscriptions-leave-of = Leave { $name } with { $address }

## Settings
settings-caution = Safety
settings-keys = Who a letter is from
settings-keys-whenNeeded = Ask for signers’ keys where my mail server is silent
settings-keys-always = Always ask for signers’ keys
settings-keys-never = Ask nobody but my mail server
settings-keys-more = Asking goes through your network’s DNS. A sender whose key is asked for could see that somebody there has opened a letter.
settings-links = Before a link opens
settings-links-odd = Ask where something is odd
settings-links-all = Always show where it leads
settings-cleaning = Links
settings-cleaning-yes = Leave out what only tells who follows them
settings-cleaning-no = Keep them as they are
