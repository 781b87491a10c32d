//! The table `search`: a full-text index over the letters, kept in the transactions that change them. What a
//! query means stands in `search/query.rs` and `search/operator.rs`, what the index is asked in `search/expression.rs`,
//! what the other tables are asked in `search/condition.rs`, how letters are made equal in `search/fold.rs`, how scripts without
//! spaces are cut in `search/cut.rs`, and in which volume of the index a letter stands in `search/volumes.rs`. With what a search
//! begins stands in `search/few.rs` and `search/source.rs`, which volumes it leaves out in `search/lexicon.rs`. How lines are
//! written stands in `search/lines.rs`, `search/ready.rs` and `search/filling.rs`.

mod beginnings;
mod choice;
mod compact;
mod comparing;
mod condition;
mod cut;
mod day;
mod excerpt;
mod expression;
mod few;
mod filling;
mod fold;
mod found_in;
mod letters;
mod lexicon;
mod lines;
mod listed;
mod marks;
mod mending;
mod named;
mod octets;
mod operator;
mod query;
#[cfg(test)]
mod query_tests;
mod ready;
mod record;
mod repair;
mod size;
mod sought;
mod source;
mod token;
mod volumes;
#[cfg(test)]
mod volumes_tests;
mod walk;
mod way;
mod within;
mod words;

use waxwing_model::{AccountId, Address, EmailId, ThreadId, Timestamp};

pub use self::comparing::StillToCompare;
pub use self::excerpt::{Piece, WordSet};
pub(crate) use self::fold::folded;
pub use self::found_in::FoundIn;
pub(crate) use self::lines::{Former, Line, Lines};
pub use self::marks::{Shown, ShownPart};
use self::operator::Asked;
pub use self::operator::Wrong;
pub use self::query::{Fault, FaultKind};
pub use self::ready::Ready;
pub use self::record::FileFact;
use self::record::beginning;
pub(crate) use self::record::{Record, Rest};
pub use self::repair::Repairs;
pub use self::sought::Unfetched;
use crate::{BodyFacts, Papers, Reading, StoreError, Unindexed, Writing};

/// Letters that are read at a time when the index is built again.
const BATCH: u32 = 500;

/// What of a letter is indexed.
pub(crate) struct Indexed<'a> {
    pub subject: &'a str,
    pub from: &'a [Address],
    pub reply_to: &'a [Address],
    pub sent_by: Option<&'a Address>,
    pub to: &'a [Address],
    pub cc: &'a [Address],
    pub bcc: &'a [Address],
    /// What was found in its body.
    pub record: &'a str,
}

/// A letter that was found, as far as a list must know it to put it in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub email: EmailId,
    pub thread: ThreadId,
    pub received_at: Timestamp,
    /// Settles the order of letters of one moment.
    pub arrival: i64,
    pub unread: bool,
    /// How well it matches, less being better, where that was asked.
    pub rank: Option<f64>,
}

impl Hit {
    /// From the columns of a membership: letter, conversation, moment, arrival and whether it is unread. It has no rank.
    pub fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            email: EmailId(row.get(0)?),
            thread: ThreadId(row.get(1)?),
            received_at: row.get(2)?,
            arrival: row.get(3)?,
            unread: row.get(4)?,
            rank: None,
        })
    }

    /// By what it stands among others, unless how well they match decides.
    fn standing(&self) -> (Timestamp, i64, EmailId) {
        (self.received_at, self.arrival, self.email)
    }
}

impl Reading<'_> {
    /// The letters that match, in the order in which they are shown. A query that is no query is taken as the words it has.
    pub fn search(&self, query: &str, limit: u32, offset: u32) -> Result<Vec<EmailId>, StoreError> {
        let [limit, offset] = [limit, offset].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
        let enough = offset.saturating_add(limit);
        let found = self.walk(query, &mut |hits, _| hits.len() < enough)?;
        let page = found.hits.into_iter().skip(offset).take(limit);
        Ok(page.map(|hit| hit.email).collect())
    }

    /// How many letters match.
    pub fn search_count(&self, query: &str) -> Result<u32, StoreError> {
        Ok(u32::try_from(self.hits(query)?.len()).unwrap_or(u32::MAX))
    }

    /// In how many conversations letters match, and how many of these have one that was not read.
    pub fn search_conversations(&self, query: &str) -> Result<(u32, u32), StoreError> {
        let hits = self.hits(query)?;
        let count = |threads: &mut dyn Iterator<Item = ThreadId>| {
            let threads: std::collections::HashSet<ThreadId> = threads.collect();
            u32::try_from(threads.len()).unwrap_or(u32::MAX)
        };
        let all = count(&mut hits.iter().map(|hit| hit.thread));
        let unread = count(&mut hits.iter().filter(|hit| hit.unread).map(|hit| hit.thread));
        Ok((all, unread))
    }

    /// The day that it is where the person is, as `2026-11-27`: the one that searches count from.
    pub fn today(&self) -> Result<String, StoreError> {
        let sql = "SELECT date('now', 'localtime')";
        let today = self.one("looking what day it is", sql, [], |row| row.get(0))?;
        Ok(today.unwrap_or_default())
    }

    /// What is odd about a query, though it can be asked.
    pub fn query_faults(&self, query: &str) -> Result<Vec<Fault>, StoreError> {
        let query::Query {
            mut faults, named, ..
        } = query::parse(query);
        if named.is_empty() {
            return Ok(faults);
        }
        let (mailboxes, accounts) = (self.mailboxes(None)?, self.accounts()?);
        for (piece, asked) in named {
            if !named::is_known(&asked, &mailboxes, &accounts) {
                let wrong = match asked {
                    Asked::Account(_) => Wrong::Account,
                    _ => Wrong::Folder,
                };
                let kind = FaultKind::Value(wrong);
                faults.push(Fault { piece, kind });
            }
        }
        Ok(faults)
    }

    /// All that match and are shown anywhere, in the order in which they are shown.
    pub(crate) fn hits(&self, query: &str) -> Result<Vec<Hit>, StoreError> {
        Ok(self.walk(query, &mut |_, _| true)?.hits)
    }
}

impl Writing<'_> {
    /// Builds the index again from what the store has.
    pub fn rebuild_search(&mut self) -> Result<(), StoreError> {
        self.leave_all_to_be_indexed()?;
        while self.index_waiting(Unindexed::All, BATCH)? > 0 {}
        Ok(())
    }

    /// Empties the index and has all of it written again behind the scenes.
    pub fn leave_all_to_be_indexed(&mut self) -> Result<(), StoreError> {
        let doing = "building the search index again";
        self.settle_lines()?;
        self.empty_volumes()?;
        self.run(doing, "DELETE FROM unindexed", [])?;
        self.run(doing, "DELETE FROM unopened", [])?;
        self.run(
            doing,
            "INSERT INTO unindexed (email_id, volume, whole) SELECT id, NULL, has_body FROM email",
            [],
        )?;
        Ok(())
    }

    /// Takes the letters of an account out of the index, which has no foreign keys.
    pub(crate) fn unindex_account(&mut self, account: AccountId) -> Result<(), StoreError> {
        for volume in self.volumes()? {
            let sql = format!(
                "DELETE FROM {} WHERE rowid IN (SELECT id FROM email WHERE account_id = ?1)",
                volumes::table(volume.id)
            );
            self.run("taking an account out of the index", &sql, [account.0])?;
        }
        Ok(())
    }
}

impl Line {
    pub(crate) fn of(what: &Indexed<'_>) -> Self {
        let record = Record::read(what.record);
        Self {
            subject: what.subject.to_owned(),
            sender: people(
                what.from
                    .iter()
                    .chain(others(what.reply_to, what.from))
                    .chain(what.sent_by),
            ),
            recipients: people(what.to.iter().chain(what.bcc)),
            copies: people(what.cc),
            body: record.text.to_owned(),
            files: record.files.to_owned(),
            kinds: record.kinds.to_owned(),
            list: record.list.to_owned(),
            papers: String::new(),
            rest: record.rest,
        }
    }

    /// With what stands in the letter's files, and with what they are where the letter's record is of the time before that was told.
    pub(crate) fn with_papers(mut self, papers: Papers) -> Self {
        if self.rest == Rest::Untold {
            let record = BodyFacts {
                text: String::new(),
                ..papers.facts
            }
            .record();
            let told = Record::read(&record);
            self.list = told.list.to_owned();
            self.files = told.files.to_owned();
            self.kinds = told.kinds.to_owned();
        }
        self.papers = beginning(&papers.text).to_owned();
        self.rest = Rest::Nothing;
        self
    }
}

/// Whom answers go to, where that is somebody else than who wrote (RFC 5322, section 3.6.2). Forms of web sites and shops write from
/// an address that nobody reads, and name the person there.
fn others<'a>(reply_to: &'a [Address], from: &'a [Address]) -> impl Iterator<Item = &'a Address> {
    reply_to.iter().filter(|one| {
        !from.iter().any(|writer| {
            let same_name = one.name.is_none() || writer.name == one.name;
            same_name && writer.email.eq_ignore_ascii_case(&one.email)
        })
    })
}

fn people<'a>(addresses: impl IntoIterator<Item = &'a Address>) -> String {
    let mut text = String::new();
    for address in addresses {
        text.push_str(address.name.as_deref().unwrap_or_default());
        text.push(' ');
        text.push_str(&address.email);
        text.push('\n');
    }
    text
}
