//! Fills a profile and a Maildir with the same made letters and searches the profile: `finding FOLDER LETTERS [SEED]`. Prints
//! one line of JSON each: what it takes to parse, keep and index them, how large the index is, and for each kind of query what
//! it asks, how many letters it finds and how long its first rows take. Words are as frequent as in a language (Zipf), and
//! one letter in eight has HTML, one in twelve a file. Run it with `--release`.
//! What is not here: another program that is to find the same; see scripts/bench/search.mjs.
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

mod writer;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use waxwing_mime::Glance;
use waxwing_model::{
    AccountId, Keeping, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource,
    MailboxId, NewAccount, Protocol, Retention, Role,
};
use waxwing_store::{
    BodyFacts, Durability, FileFact, NewEmail, NewMailbox, Papers, Store, StoreError, Unindexed,
};
use writer::{Writer, address, moment};

/// Letters of one transaction.
const BATCH: usize = 500;
/// Rows that are asked for at once, here and by whoever is compared.
const ROWS: u32 = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: finding FOLDER LETTERS [SEED]";
    let folder = arguments.next().ok_or(usage)?;
    let folder = Path::new(&folder);
    let count: usize = arguments.next().ok_or(usage)?.parse()?;
    let seed: u64 = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let mail = folder.join("mail/cur");
    fs::create_dir_all(&mail)?;
    fs::create_dir_all(folder.join("mail/new"))?;
    fs::create_dir_all(folder.join("mail/tmp"))?;
    let mut writer = Writer::new(seed);
    let mut octets = 0;
    for number in 0..count {
        let letter = writer.letter(number);
        octets += letter.len();
        fs::write(mail.join(format!("{number:07}:2,S")), letter)?;
    }
    println!(r#"{{"what":"letters","count":{count},"octets":{octets},"rows":{ROWS}}}"#);
    let profile = folder.join("profile");
    fs::create_dir_all(&profile)?;
    let path = profile.join("waxwing.db");
    let store = Store::open(&path, Box::new(|_| {}))?;
    let (account, inbox) = new_account(&store)?;
    let begun = Instant::now();
    // The newest come first, as from a server.
    let numbers: Vec<usize> = (0..count).rev().collect();
    for batch in numbers.chunks(BATCH) {
        let mut read = Vec::with_capacity(batch.len());
        for number in batch {
            let raw = fs::read(mail.join(format!("{number:07}:2,S")))?;
            let (email, facts) = parsed(account, inbox, &raw, *number);
            read.push((raw, email, facts));
        }
        store.write_with(Durability::Soon, |w| {
            read.iter().try_for_each(|(raw, email, facts)| {
                let id = w.insert_email(email)?;
                w.put_body(id, raw, facts)
            })
        })?;
    }
    tell("parse and keep", begun);
    let indexing = Instant::now();
    while store.write_with(Durability::Soon, |w| w.index_waiting(Unindexed::All, 500))? > 0 {}
    tell("index", indexing);
    let opening = Instant::now();
    while let Some(email) = store.read(|r| r.unopened(1))?.pop() {
        let raw = store.read(|r| r.raw(email))?.unwrap_or_default();
        let papers = Papers {
            facts: facts(&raw),
            text: waxwing_mime::papers(&raw),
        };
        store.write_with(Durability::Soon, |w| w.put_papers(email, Some(&papers)))?;
    }
    while let Some(volume) = store.read(|r| r.loose_volume())? {
        while store.write_with(Durability::Soon, |w| w.compact(volume, 256))? {}
    }
    while let Some(volume) = store.read(|r| r.unlisted_volume())? {
        while store.write_with(Durability::Soon, |w| w.list_words(volume, 5_000))? {}
    }
    tell("files, and putting volumes together", opening);
    // It counts when it is on the disk.
    drop(store);
    fs::File::open(&path)?.sync_all()?;
    tell("all of it", begun);
    let store = Store::open(&path, Box::new(|_| {}))?;
    println!(
        r#"{{"what":"size","octets":{}}}"#,
        store.read(|r| r.search_octets())?
    );
    for (kind, query, other) in queries(&writer) {
        search(&store, kind, &query, &other)?;
    }
    Ok(())
}

/// Kinds of queries: in our words, and in notmuch's.
fn queries(writer: &Writer) -> Vec<(&'static str, String, String)> {
    let word = |rank: usize| writer.words.get(rank).cloned().unwrap_or_default();
    let person = |number: usize| address(&writer.words, number);
    let same = |kind, query: String| (kind, query.clone(), query);
    let two = |kind, ours: String, theirs: String| (kind, ours, theirs);
    let (common, often, seldom, rare) = (word(120), word(1_500), word(20_000), word(120_000));
    let beginning: String = word(30_000).chars().take(4).collect();
    let of_two: String = rare.chars().take(2).collect();
    vec![
        same("a word in nearly all letters", format!("\"{}\"", word(3))),
        same("a word in four of ten", format!("\"{common}\"")),
        same("a word in one of thirty", format!("\"{often}\"")),
        same("a rare word", format!("\"{rare}\"")),
        same("a word that is nowhere", "qqxyzzy".to_owned()),
        ("a beginning", beginning.clone(), format!("{beginning}*")),
        ("a short beginning", of_two.clone(), format!("{of_two}*")),
        same("a phrase of common words", format!("\"{} {}\"", word(3), word(5))),
        same("a phrase of rare words", format!("\"{seldom} {rare}\"")),
        same("from somebody", format!("from:{}", person(7))),
        same("from, with a word", format!("from:{} \"{common}\"", person(7))),
        same("two common words", format!("\"{common}\" \"{}\"", word(130))),
        same("a common and a rare word", format!("\"{common}\" \"{rare}\"")),
        same("one of two words", format!("\"{often}\" OR \"{seldom}\"")),
        (
            "a word without another",
            format!("\"{common}\" -\"{often}\""),
            format!("\"{common}\" and not \"{often}\""),
        ),
        // Without quotes notmuch looks for the stem.
        two(
            "in the subject",
            format!("subject:{often}"),
            format!("subject:\"{often}\""),
        ),
        (
            "with a file",
            format!("has:attachment \"{often}\""),
            format!("tag:attachment and \"{often}\""),
        ),
        (
            "in a month",
            format!("on:2023-03 \"{common}\""),
            format!("date:2023-03..2023-03 and \"{common}\""),
        ),
    ]
}

fn search(store: &Store, kind: &str, query: &str, other: &str) -> Result<(), StoreError> {
    let listing = Listing {
        source: ListingSource::Search {
            query: query.to_owned(),
        },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    };
    let mut times = Vec::new();
    for _ in 0..15 {
        // What was gathered is forgotten by whatever servers find.
        store.show_beside("", Vec::new());
        let begun = Instant::now();
        store.read(|r| match r.first_rows(&listing, ROWS)? {
            Some(first) => Ok(first.rows.len()),
            None => Ok(r.page(&listing, 0, ROWS)?.len()),
        })?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    let found = store.read(|r| r.search_count(query))?;
    println!(
        r#"{{"what":"query","kind":"{kind}","ours":{query:?},"theirs":{other:?},"found":{found},"milliseconds":{median:.3}}}"#
    );
    Ok(())
}

fn tell(what: &str, begun: Instant) {
    println!(
        r#"{{"what":"{what}","seconds":{:.2}}}"#,
        begun.elapsed().as_secs_f64()
    );
}

fn new_account(store: &Store) -> Result<(AccountId, MailboxId), StoreError> {
    store.write(|w| {
        let account = w.insert_account(&NewAccount {
            email: "lena@harbour.example".to_owned(),
            name: "Lena Vogt".to_owned(),
            protocol: Protocol::Local,
            incoming: None,
            outgoing: None,
            retention: Retention::Keep,
            keeping: Keeping::default(),
            extra_ca: None,
            demo: true,
        })?;
        let inbox = w.insert_mailbox(&NewMailbox {
            account,
            parent: None,
            name: "Inbox".to_owned(),
            role: Some(Role::Inbox),
            selectable: true,
            path: None,
            delimiter: None,
        })?;
        Ok((account, inbox))
    })
}

/// As a synchronisation makes rows of letters.
fn parsed(account: AccountId, inbox: MailboxId, raw: &[u8], number: usize) -> (NewEmail, BodyFacts) {
    let headers = waxwing_mime::parse_envelope(raw);
    let (facts, received_at) = (facts(raw), moment(number) * 1000);
    let sent_by = headers.sent_by().cloned();
    let email = NewEmail {
        account,
        mailbox: inbox,
        uid: None,
        message_id: headers.message_id,
        in_reply_to: headers.in_reply_to,
        references: headers.references,
        subject: headers.subject,
        from: headers.from,
        to: headers.to,
        cc: headers.cc,
        bcc: headers.bcc,
        reply_to: headers.reply_to,
        sent_by,
        sent_at: headers.date,
        received_at,
        size: u32::try_from(raw.len()).unwrap_or(u32::MAX),
        keywords: Keywords::none(),
        has_attachment: facts.has_attachment,
        preview: facts.preview.clone(),
    };
    (email, facts)
}

fn facts(raw: &[u8]) -> BodyFacts {
    let Glance {
        preview,
        has_attachment,
        text,
        list,
        files,
        ..
    } = waxwing_mime::glance(raw);
    let files = files.into_iter().map(|file| FileFact {
        name: file.name,
        kinds: file.kinds,
        readable: file.readable,
    });
    BodyFacts {
        preview,
        has_attachment,
        text,
        list,
        files: files.collect(),
        ..BodyFacts::default()
    }
}
