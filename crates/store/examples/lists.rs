//! Measures the lists of a store that `fill` has made: `lists FILE`. For the largest mailbox and each order: the first page
//! when nobody has asked for that order before, the first page afterwards, a page in the middle and the one behind it,
//! where a row stands, and all of it after a letter was marked. What is not here: the interface, and any server.
#![expect(
    clippy::print_stdout,
    reason = "it is a measurement, and prints one line of JSON for each"
)]

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use waxwing_model::{
    Keyword, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, MailboxId,
    OrderBy,
};
use waxwing_store::{Store, StoreError};

const ROWS: u32 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .map(PathBuf::from)
        .ok_or("usage: lists FILE")?;
    let begun = Instant::now();
    let store = Store::open(&path, Box::new(|_| {}))?;
    tell("open the store", "", begun);
    let mailboxes = store.read(|r| r.mailboxes(None))?;
    let largest = mailboxes
        .iter()
        .max_by_key(|mailbox| mailbox.total)
        .ok_or("there is no mailbox")?;
    let all = ListingFilter::ALL;
    for grouping in [ListingGrouping::Conversations, ListingGrouping::Messages] {
        for by in [
            OrderBy::Date,
            OrderBy::Sender,
            OrderBy::Subject,
            OrderBy::Size,
            OrderBy::Unread,
            OrderBy::Starred,
            OrderBy::Attachment,
        ] {
            measure(
                &store,
                largest.id,
                &format!("{grouping:?} by {by:?}"),
                by,
                all,
                grouping,
            )?;
        }
        for (name, filter) in [
            ("unread", ListingFilter::UNREAD),
            ("starred", ListingFilter { starred: true, ..all }),
            (
                "attachment",
                ListingFilter {
                    attachment: true,
                    ..all
                },
            ),
            ("to me", ListingFilter { to_me: true, ..all }),
        ] {
            let name = format!("{grouping:?}, {name}");
            measure(&store, largest.id, &name, OrderBy::Date, filter, grouping)?;
        }
    }
    Ok(())
}

fn measure(
    store: &Store,
    mailbox: MailboxId,
    name: &str,
    by: OrderBy,
    filter: ListingFilter,
    grouping: ListingGrouping,
) -> Result<(), StoreError> {
    let listing = Listing {
        source: ListingSource::Mailbox { mailbox },
        filter,
        order: ListingOrder { by, reversed: false },
        grouping,
    };
    // As the window asks: how many, and some of them, of one state of the store.
    let page = |what: &str, offset: u32| {
        let begun = Instant::now();
        let (count, rows) = store.read(|r| Ok((r.count(&listing)?, r.page(&listing, offset, ROWS)?)))?;
        tell(what, name, begun);
        Ok::<_, StoreError>((count, rows))
    };
    let (count, _) = page("first page, never asked before", 0)?;
    page("first page", 0)?;
    let (_, rows) = page("middle", count / 2)?;
    page("behind the middle", count / 2 + ROWS)?;
    let Some(row) = rows.first() else {
        return Ok(());
    };
    let begun = Instant::now();
    store.read(|r| r.position(&listing, row.thread))?;
    tell("where a row stands", name, begun);
    store.write(|w| w.set_keywords(row.email, &Keywords::only(Keyword::ANSWERED)))?;
    page("middle after a mark", count / 2)?;
    Ok(())
}

fn tell(what: &str, list: &str, begun: Instant) {
    let milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
    let (now, most) = (resident("VmRSS:"), resident("VmHWM:"));
    println!(
        "{{\"what\":\"{what}\",\"list\":\"{list}\",\"milliseconds\":{milliseconds:.3},\"megabytes\":{now},\"most\":{most}}}"
    );
}

/// Megabytes that this process has in memory, now or at most; 0 where the system does not tell.
fn resident(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|each| each.strip_prefix(line));
    found
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes / 1024)
}
