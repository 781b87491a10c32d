//! Fills a store with made letters and measures it: `fill FILE LETTERS [SEED] [--bodies [--short]] [--indexed] [--unmeasured]`.
//!
//! Letters with bodies are indexed; those without where `--indexed` says so. The same seed makes the same letters. Run it with `--release`. What is not here: real letters, and any server.
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use waxwing_model::{
    AccountId, Address, EmailId, Keeping, Keyword, Keywords, Listing, ListingFilter, ListingGrouping,
    ListingOrder, ListingSource, MailboxId, NewAccount, Protocol, Retention, Role,
};
use waxwing_store::{BodyFacts, NewEmail, NewMailbox, Store, StoreError, Unindexed};

/// Letters a transaction, as a synchronisation would bring them.
const BATCH: u32 = 1000;
/// The newest letter's moment: 2026-01-01.
const NEWEST: i64 = 1_767_225_600_000;

const PEOPLE: [(&str, &str); 8] = [
    ("Lena Vogt", "lena@harbour.example"),
    ("Jonas Brandt", "jonas@orchard.example"),
    ("Amara Okafor", "amara@lighthouse.example"),
    ("Harbour office", "office@harbour.example"),
    ("Weekly letter", "news@almanac.example"),
    ("", "no-reply@parcel.example"),
    ("山田 花子", "hanako@niwa.example"),
    ("Zoë Müller", "zoe@atelier.example"),
];

const WORDS: [&str; 40] = [
    "boat", "harbour", "letter", "invoice", "meeting", "tomorrow", "please", "thanks", "draft", "garden",
    "winter", "kettle", "report", "budget", "ticket", "train", "photo", "recipe", "window", "paint", "river",
    "mountain", "signal", "paper", "number", "question", "answer", "weekend", "birthday", "contract",
    "delivery", "street", "museum", "concert", "weather", "holiday", "router", "battery", "library",
    "Straße",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |wanted: &str| arguments.iter().any(|argument| argument == wanted);
    let with_bodies = has("--bodies");
    // Letters of their usual size, or of no more than their text: a million then take 3 GB and not 15.
    let padding = if has("--short") { 0 } else { 14_000 };
    let mut plain = arguments.iter().filter(|argument| !argument.starts_with("--"));
    let usage = "usage: fill FILE LETTERS [SEED] [--bodies [--short]] [--indexed] [--unmeasured]";
    let path = PathBuf::from(plain.next().ok_or(usage)?);
    let letters: u32 = plain.next().ok_or(usage)?.parse()?;
    let mut chance = Chance(plain.next().map_or(Ok(1), |seed| seed.parse())?);

    let store = Store::open(&path, Box::new(|_| {}))?;
    let (account, inbox) = new_account(&store, "lena@harbour.example")?;
    let (other, other_inbox) = new_account(&store, "lena@orchard.example")?;
    let started = Instant::now();
    let mut ids = Vec::new();
    let mut done = 0;
    while done < letters {
        let batch = BATCH.min(letters - done);
        ids.extend(store.write(|w| {
            (done..done + batch)
                .map(|number| w.insert_email(&letter(account, inbox, number, letters, &mut chance)))
                .collect::<Result<Vec<EmailId>, StoreError>>()
        })?);
        done += batch;
    }
    rate("insert_email", letters, started);
    // A second inbox of a tenth the size, so that the list of all inboxes has something to merge.
    store.write(|w| {
        (0..letters / 10).try_for_each(|number| {
            w.insert_email(&letter(other, other_inbox, number * 10, letters, &mut chance))
                .map(drop)
        })
    })?;

    if with_bodies {
        let started = Instant::now();
        for batch in ids.chunks(100) {
            store.write(|w| {
                for &email in batch {
                    let text = sentence(&mut chance, 300);
                    let raw = format!("Subject: made\r\n\r\n{text}{}", "=".repeat(padding));
                    let preview = text.chars().take(120).collect();
                    w.put_body(
                        email,
                        raw.as_bytes(),
                        &BodyFacts {
                            preview,
                            has_attachment: false,
                            text,
                            ..BodyFacts::default()
                        },
                    )?;
                }
                Ok(())
            })?;
        }
        rate("put_body", letters, started);
    }
    if with_bodies || has("--indexed") {
        let started = Instant::now();
        while store.write(|w| w.index_waiting(Unindexed::All, 500))? > 0 {}
        rate("index", letters, started);
        let started = Instant::now();
        while let Some(volume) = store.read(|r| r.loose_volume())? {
            while store.write(|w| w.compact(volume, 256))? {}
        }
        while let Some(volume) = store.read(|r| r.unlisted_volume())? {
            while store.write(|w| w.list_words(volume, 5_000))? {}
        }
        rate("put together", letters, started);
    }
    match has("--unmeasured") {
        true => Ok(()),
        false => measure(&store, inbox, &ids),
    }
}

/// An account with an inbox and two other mailboxes.
fn new_account(store: &Store, email: &str) -> Result<(AccountId, MailboxId), StoreError> {
    store.write(|w| {
        let account = w.insert_account(&NewAccount {
            email: email.to_owned(),
            name: "Lena Vogt".to_owned(),
            protocol: Protocol::Local,
            incoming: None,
            outgoing: None,
            retention: Retention::Keep,
            keeping: Keeping::default(),
            extra_ca: None,
            demo: true,
        })?;
        let mut mailbox = |name: &str, role| {
            w.insert_mailbox(&NewMailbox {
                account,
                parent: None,
                name: name.to_owned(),
                role: Some(role),
                selectable: true,
                path: None,
                delimiter: None,
            })
        };
        let inbox = mailbox("Inbox", Role::Inbox)?;
        mailbox("Sent", Role::Sent)?;
        mailbox("Trash", Role::Trash)?;
        Ok((account, inbox))
    })
}

fn measure(store: &Store, inbox: MailboxId, ids: &[EmailId]) -> Result<(), Box<dyn Error>> {
    const ALL: ListingFilter = ListingFilter::ALL;
    const UNREAD: ListingFilter = ListingFilter::UNREAD;
    use ListingGrouping::{Conversations, Messages};
    let listing = |source: ListingSource, filter, grouping| Listing {
        source,
        filter,
        order: ListingOrder::NEWEST,
        grouping,
    };
    let found = |query: &str| ListingSource::Search {
        query: query.to_owned(),
    };
    let lists = [
        (
            "inbox",
            listing(ListingSource::Mailbox { mailbox: inbox }, ALL, Conversations),
        ),
        (
            "inbox, letters",
            listing(ListingSource::Mailbox { mailbox: inbox }, ALL, Messages),
        ),
        (
            "inbox, unread",
            listing(ListingSource::Mailbox { mailbox: inbox }, UNREAD, Conversations),
        ),
        (
            "all inboxes",
            listing(ListingSource::AllInboxes, ALL, Conversations),
        ),
        ("starred", listing(ListingSource::Starred, ALL, Conversations)),
        ("search boat", listing(found("boat"), ALL, Conversations)),
        (
            "search from:jonas invoice pap",
            listing(found("from:jonas invoice pap"), ALL, Conversations),
        ),
    ];
    for (name, listing) in lists {
        let count = store.read(|r| r.count(&listing))?;
        timed(&format!("count {name} ({count})"), || {
            store.read(|r| r.count(&listing))
        })?;
        for (place, offset) in [
            ("first", 0),
            ("middle", count / 2),
            ("last", count.saturating_sub(50)),
        ] {
            let page = || store.read(|r| r.page(&listing, offset, 50));
            let thread = page()?.first().map(|row| row.thread);
            timed(&format!("page {name}, {place}"), page)?;
            if let Some(thread) = thread {
                timed(&format!("position {name}, {place}"), || {
                    store.read(|r| r.position(&listing, thread))
                })?;
            }
        }
    }
    timed("search boat, 50 letters", || {
        store.read(|r| r.search("boat", 50, 0))
    })?;
    timed("search hanako 花, 50 letters", || {
        store.read(|r| r.search("hanako 花", 50, 0))
    })?;
    timed("search b, 50 letters", || store.read(|r| r.search("b", 50, 0)))?;
    for query in [
        "is:unread",
        "has:attachment",
        "in:inbox boat",
        "boat -from:jonas after:2025-12-01",
        "boat OR kettle",
    ] {
        timed(&format!("search {query}, 50 letters"), || {
            store.read(|r| r.search(query, 50, 0))
        })?;
    }
    keys(store)?;
    timed("mailboxes", || store.read(|r| r.mailboxes(None)))?;
    timed("located", || store.read(|r| r.located(inbox, 1, u32::MAX)))?;
    let mut marks = ids.iter().cycle();
    timed("set_keywords in its own transaction", || {
        let email = marks.next().copied().unwrap_or(EmailId(0));
        store.write(|w| w.set_keywords(email, &Keywords::only(Keyword::ANSWERED)))
    })?;
    let started = Instant::now();
    let many = u32::try_from(ids.len().min(10_000))?;
    store.write(|w| {
        ids.iter()
            .rev()
            .take(10_000)
            .try_for_each(|&email| w.set_keywords(email, &Keywords::only(Keyword::SEEN)))
    })?;
    rate("set_keywords in one transaction", many, started);
    Ok(())
}

/// What a person types, key by key: how long each key takes until the first rows are there.
fn keys(store: &Store) -> Result<(), StoreError> {
    let typed = [
        "boat",
        "harbour letter",
        "w4711",
        "w12345 boat",
        "\"boat harbour\"",
        "from:jonas invoice",
        "to:lena kettle OR router",
        "(invoice OR meeting) -draft",
        "straße is:unread",
        "has:attachment report",
        "is:starred",
        "hanako 花",
    ];
    let mut times = Vec::new();
    for query in typed {
        for (end, character) in query.char_indices() {
            let so_far = query.get(..end + character.len_utf8()).unwrap_or(query);
            let listing = Listing {
                source: ListingSource::Search {
                    query: so_far.to_owned(),
                },
                filter: ListingFilter::ALL,
                order: ListingOrder::NEWEST,
                grouping: ListingGrouping::Conversations,
            };
            let started = Instant::now();
            store.read(|r| match r.first_rows(&listing, 100)? {
                Some(first) => Ok(first.rows.len()),
                None => Ok(r.page(&listing, 0, 100)?.len()),
            })?;
            times.push((started.elapsed(), so_far.to_owned()));
        }
    }
    times.sort_unstable();
    let at = |part: f64| times.get((times.len() as f64 * part) as usize).or(times.last());
    for (name, part) in [("median", 0.5), ("95th percentile", 0.95), ("slowest", 1.0)] {
        if let Some((time, query)) = at(part) {
            println!(
                "{{\"what\":\"a key to its first rows, {name} of {}\",\"query\":{query:?},\"milliseconds\":{:.3}}}",
                times.len(),
                time.as_secs_f64() * 1000.0
            );
        }
    }
    Ok(())
}

/// Prints the median of several runs.
fn timed<T>(name: &str, mut run: impl FnMut() -> Result<T, StoreError>) -> Result<(), StoreError> {
    let mut times = Vec::new();
    for _ in 0..11 {
        let started = Instant::now();
        run()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    println!(
        "{{\"what\":\"{name}\",\"milliseconds\":{:.3}}}",
        median.as_secs_f64() * 1000.0
    );
    Ok(())
}

fn rate(name: &str, count: u32, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    let rate = f64::from(count) / seconds;
    println!("{{\"what\":\"{name}\",\"count\":{count},\"seconds\":{seconds:.2},\"per_second\":{rate:.0}}}");
}

/// The newest letter comes first, as in a real synchronisation. One in three answers a letter near it.
fn letter(account: AccountId, inbox: MailboxId, number: u32, of: u32, chance: &mut Chance) -> NewEmail {
    let (name, address) = chance.pick(&PEOPLE).copied().unwrap_or_default();
    let id = |number: u32| {
        format!(
            "{number}.{:016x}@made.example",
            u64::from(number).wrapping_mul(0x9E37_79B9)
        )
    };
    let mut references = Vec::new();
    let mut parent = number;
    while chance.below(3) == 0 && references.len() < 8 {
        parent = parent.saturating_add(chance.below(40) + 1);
        references.insert(0, id(parent));
    }
    let mut keywords = Keywords::none();
    if chance.below(10) != 0 {
        keywords = keywords.with(Keyword::SEEN);
    }
    if chance.below(50) == 0 {
        keywords = keywords.with(Keyword::FLAGGED);
    }
    NewEmail {
        account,
        mailbox: inbox,
        uid: Some(of - number),
        message_id: Some(id(number)),
        in_reply_to: references.last().cloned().into_iter().collect(),
        references,
        subject: sentence(chance, 5),
        from: vec![Address::new(name, address)],
        to: vec![Address::new("Lena Vogt", "lena@harbour.example")],
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        sent_by: None,
        sent_at: Some(NEWEST - i64::from(number) * 300_000),
        received_at: NEWEST - i64::from(number) * 300_000 + i64::from(chance.below(1000)),
        size: 4000 + chance.below(40_000),
        keywords,
        has_attachment: chance.below(8) == 0,
        preview: sentence(chance, 12),
    }
}

fn sentence(chance: &mut Chance, words: u32) -> String {
    let mut text = String::new();
    for place in 0..words {
        if place > 0 {
            text.push(' ');
        }
        // One word in four is rare, as in real letters.
        if chance.below(4) == 0 {
            text.push_str(&format!("w{}", chance.below(60_000)));
        } else {
            text.push_str(chance.pick(&WORDS).copied().unwrap_or_default());
        }
    }
    text
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.next() % u64::from(bound.max(1))).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let place = self.below(u32::try_from(from.len()).unwrap_or(u32::MAX));
        from.get(usize::try_from(place).unwrap_or(0))
    }
}
