//! Measures what a person does in a store that `fill` has made: `million FILE`. Opening it and its largest folder, jumping to
//! the middle, pages while 10,000 letters are marked, each key of what is typed into the search field, and how much memory the
//! process has at the end. Beside the milliseconds on the clock stand those of the processor, which a busy machine does not
//! make longer. Run it with `--release`. What is not here: the interface, and any server.
#![expect(
    clippy::print_stdout,
    reason = "it is a measurement, and prints one line of JSON for each"
)]

use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use waxwing_model::{
    EmailId, Keyword, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource,
};
use waxwing_store::{Durability, Store, StoreError};

/// Rows that a window asks for at once.
const ROWS: u32 = 100;
/// A screen shows a new picture this often.
const FRAME: Duration = Duration::from_millis(16);
/// Each query is typed so often.
const ROUNDS: usize = 3;

/// What is typed, and which kind of query that is.
const TYPED: [(&str, &[&str]); 8] = [
    ("very common words", &["boat", "harbour letter", "straße"]),
    ("rare words", &["w4711", "w59999", "w12345 w54321"]),
    ("prefixes", &["harb", "birthd", "w123", "mu"]),
    (
        "phrases",
        &["\"boat harbour\"", "\"w4711 letter\"", "\"hanako 花子\""],
    ),
    (
        "from:",
        &["from:jonas", "from:hanako@niwa.example", "from:\"Zoë Müller\""],
    ),
    (
        "combinations",
        &[
            "from:jonas invoice pap",
            "to:lena kettle OR router",
            "(invoice OR meeting) -draft",
            "subject:boat from:amara w12",
            "from:jonas subject:w4711",
        ],
    ),
    (
        "with what a letter is",
        &[
            "boat is:unread",
            "has:attachment report",
            "in:inbox w4711",
            "boat after:2020-01-01 before:2021-01-01",
            "is:starred",
            "is:starred kettle larger:20k",
            "tag:nothing",
            "on:2019-05",
        ],
    ),
    ("two characters", &["花子", "山田"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .map(PathBuf::from)
        .ok_or("usage: million FILE")?;
    let begun = Took::begin();
    let store = Store::open(&path, Box::new(|_| {}))?;
    tell("open the store", &[begun.end()]);
    let mailboxes = store.read(|r| r.mailboxes(None))?;
    let largest = mailboxes
        .iter()
        .max_by_key(|mailbox| mailbox.total)
        .ok_or("there is no mailbox")?;
    let listing = |source| Listing {
        source,
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    };
    let inbox = listing(ListingSource::Mailbox { mailbox: largest.id });
    let page = |offset: u32| store.read(|r| Ok((r.count(&inbox)?, r.page(&inbox, offset, ROWS)?)));
    let begun = Took::begin();
    let (count, newest) = page(0)?;
    tell("open a folder", &[begun.end()]);
    println!(r#"{{"what":"conversations","count":{count}}}"#);
    megabytes("in memory at rest");
    let jumps = (1..10)
        .map(|part| Took::of(|| page(count / 10 * part).map(drop)))
        .collect::<Result<Vec<_>, _>>()?;
    tell("jump to any place", &jumps);
    burst(&store, &inbox, count)?;
    let mut all = Vec::new();
    for (kind, queries) in TYPED {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            for query in queries {
                times.extend(typed(&store, query, &listing)?);
            }
        }
        tell(&format!("a key, {kind}"), &times);
        all.extend(times);
    }
    tell("a key, of any kind", &all);
    let common = listing(ListingSource::Search {
        query: "boat".to_owned(),
    });
    let whole = Took::of(|| store.read(|r| r.gather_while(&common, || true)))?;
    tell("the whole of a very common word, behind the scenes", &[whole]);
    drop(newest);
    megabytes("in memory at the end");
    Ok(())
}

/// Types a query, key by key: how long each takes to its first rows.
fn typed(
    store: &Store,
    query: &str,
    listing: &dyn Fn(ListingSource) -> Listing,
) -> Result<Vec<Took>, StoreError> {
    let mut times = Vec::new();
    for (at, character) in query.char_indices() {
        let so_far = query.get(..at + character.len_utf8()).unwrap_or(query);
        let asked = listing(ListingSource::Search {
            query: so_far.to_owned(),
        });
        let took = Took::of(|| {
            store.read(|r| match r.first_rows(&asked, ROWS)? {
                Some(first) => Ok(first.rows.len()),
                None => Ok(r.page(&asked, 0, ROWS)?.len()),
            })
        })?;
        times.push(took);
        if took.wall > 20.0 || took.processor > 20.0 {
            println!(
                r#"{{"what":"slow","query":{so_far:?},"milliseconds":{:.3},"processor":{:.3}}}"#,
                took.wall, took.processor
            );
        }
    }
    Ok(times)
}

/// Marks 10,000 letters, once as a person does who marks all of them and once as a server tells of it, and asks for a page of
/// the list at each frame meanwhile.
fn burst(store: &Store, inbox: &Listing, count: u32) -> Result<(), Box<dyn Error>> {
    let mut letters: Vec<EmailId> = Vec::new();
    let mut at = 0;
    while letters.len() < 10_000 && at < count {
        let rows = store.read(|r| r.page(inbox, at, 1_000))?;
        letters.extend(rows.iter().map(|row| row.email));
        at += 1_000;
    }
    for (name, batch, durability) in [
        ("all at once", letters.len().max(1), Durability::Now),
        ("by the hundred", 100, Durability::Soon),
    ] {
        let marked = Keywords::only(if batch == 100 {
            Keyword::FLAGGED
        } else {
            Keyword::SEEN
        });
        let over = AtomicBool::new(false);
        let times = std::thread::scope(|threads| {
            let looking = threads.spawn(|| {
                let mut times = Vec::new();
                while !over.load(Ordering::Acquire) {
                    std::thread::sleep(FRAME);
                    let page =
                        |r: &waxwing_store::Reading<'_>| Ok((r.count(inbox)?, r.page(inbox, 0, ROWS)?.len()));
                    times.push(Took::of(|| store.read(page))?);
                }
                Ok::<_, StoreError>(times)
            });
            let begun = Took::begin();
            let written = letters.chunks(batch).try_for_each(|some| {
                store.write_with(durability, |w| {
                    some.iter().try_for_each(|&email| w.set_keywords(email, &marked))
                })
            });
            let took = begun.end();
            over.store(true, Ordering::Release);
            written?;
            tell(&format!("mark {} letters, {name}", letters.len()), &[took]);
            looking.join().unwrap_or_else(|_| Ok(Vec::new()))
        })?;
        tell(&format!("a page while 10,000 are marked, {name}"), &times);
    }
    Ok(())
}

/// Milliseconds.
#[derive(Clone, Copy)]
struct Took {
    wall: f64,
    /// Of this thread.
    processor: f64,
}

struct Begun {
    at: Instant,
    processor: f64,
}

impl Took {
    fn begin() -> Begun {
        Begun {
            processor: processor(),
            at: Instant::now(),
        }
    }

    fn of<T>(work: impl FnOnce() -> Result<T, StoreError>) -> Result<Self, StoreError> {
        let begun = Self::begin();
        work()?;
        Ok(begun.end())
    }
}

impl Begun {
    fn end(self) -> Took {
        Took {
            wall: self.at.elapsed().as_secs_f64() * 1000.0,
            processor: processor() - self.processor,
        }
    }
}

/// What the thread has had of the processor: the first number, in nanoseconds. 0 where the system does not tell.
fn processor() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = told
        .split_whitespace()
        .next()
        .and_then(|number| number.parse::<f64>().ok());
    first.unwrap_or_default() / 1e6
}

fn tell(what: &str, times: &[Took]) {
    let at = |part: f64, of: fn(&Took) -> f64| {
        let mut sorted: Vec<f64> = times.iter().map(of).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let place = (sorted.len() as f64 * part) as usize;
        sorted.get(place).or(sorted.last()).copied().unwrap_or_default()
    };
    let wall = |took: &Took| took.wall;
    println!(
        r#"{{"what":"{what}","times":{},"median":{:.3},"p95":{:.3},"worst":{:.3},"processor":{:.3}}}"#,
        times.len(),
        at(0.5, wall),
        at(0.95, wall),
        at(1.0, wall),
        at(0.95, |took| took.processor),
    );
}

/// What of the process is in memory and in no file that others could read as well (proc(5), `RssAnon`).
fn megabytes(what: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let rest = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = rest.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.unwrap_or_default() / 1024.0
    };
    println!(
        r#"{{"what":"{what}","megabytes":{:.1},"own":{:.1},"most":{:.1}}}"#,
        of("VmRSS:"),
        of("RssAnon:"),
        of("VmHWM:")
    );
}
