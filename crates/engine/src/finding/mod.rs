//! Finding letters: searches as one types, searches that are kept, what servers find, and the index itself. What a query
//! means is the store's.

mod backlog;
mod bringing;
mod day;
mod excerpts;
mod gathering;
pub(crate) mod opening;
mod saved;
mod servers;

use std::collections::HashMap;
use std::future::Future;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use waxwing_model::{Keyword, Listing, ListingSource, Row};
use waxwing_store::{Fault, Reading, Repairs, Shown};

pub use self::backlog::Backlog;
use self::backlog::Counted;
use self::bringing::Bringing;
use self::excerpts::Excerpts;
pub use self::excerpts::{Excerpt, MarkedText};
use self::gathering::Gathering;
use self::opening::Opening;
use self::saved::Counting;
pub use self::saved::KeptSearch;
pub use self::servers::FoundThere;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// Whoever types has the next key within this time, and asks for something else then: until it has passed, the processor is left
/// to the window, which draws what was found.
const TYPING: Duration = Duration::from_millis(180);

/// What the engine remembers of searches.
#[derive(Default)]
pub(crate) struct Finding {
    gathering: Gathering,
    /// How much each kept search has found, and when that was counted.
    counts: Mutex<HashMap<String, (u32, u32)>>,
    counted: Mutex<Option<Instant>>,
    counting: Mutex<Counting>,
    counted_backlog: Counted,
    /// Which search servers were asked for last.
    asked: AtomicU64,
    excerpts: Excerpts,
    bringing: Bringing,
    /// Held while the files of letters are opened.
    opening: tokio::sync::Mutex<Opening>,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Rows of the list, as far as they are known.
    pub total: u32,
    /// There are more, and rows of conversations may get more letters: the list is still being gathered.
    pub more: bool,
}

impl Engine {
    /// Some rows of a list, as soon as they can be had: the first rows of a search come while the others are being gathered.
    pub async fn page_soon(&self, listing: Listing, offset: u32, limit: u32) -> Result<Page> {
        if let ListingSource::Search { query } = &listing.source {
            self.inner.finding.excerpts.end_but_for(query);
            self.inner.finding.bringing.end_but_for(query);
        }
        let asked = listing.clone();
        let page = self
            .read(move |reading| {
                let first = match offset {
                    0 => reading.first_rows(&asked, limit)?,
                    _ => None,
                };
                Ok(match first {
                    Some(first) => Page {
                        rows: first.rows,
                        total: first.known,
                        more: true,
                    },
                    None => Page {
                        total: reading.count(&asked)?,
                        rows: reading.page(&asked, offset, limit)?,
                        more: false,
                    },
                })
            })
            .await?;
        if page.more {
            self.gather(listing);
        }
        Ok(page)
    }

    /// [`Engine::page_soon`] for somebody who looks at it. The top of a folder is looked at by whoever goes there: its server is put
    /// before the others, for which rows neither wait nor fail. A folder that is gone is an error.
    pub async fn page_looked_at(&self, listing: Listing, offset: u32, limit: u32) -> Result<Page> {
        let visited = match listing.source {
            ListingSource::Mailbox { mailbox } if offset == 0 => Some(mailbox),
            _ => None,
        };
        let rows = self.page_soon(listing, offset, limit);
        let Some(mailbox) = visited else {
            return rows.await;
        };
        let engine = self.clone();
        let visit = self.begin(async move { engine.visit_once(mailbox).await });
        let visit = async { visit.await.unwrap_or(Err(EngineError::Closing)) };
        rows_first(rows, visit).await
    }

    /// Gathers a search behind the scenes in a moment, unless that is under way, and ends with the one before.
    fn gather(&self, listing: Listing) {
        let Some(turn) = self.inner.finding.gathering.begin(&listing) else {
            return;
        };
        let engine = self.clone();
        self.begin(async move {
            tokio::time::sleep(TYPING).await;
            let mine = turn.clone();
            let gathered = match turn.is_mine() {
                true => {
                    engine
                        .read(move |reading| reading.gather_while(&listing, || mine.is_mine()))
                        .await
                }
                false => Ok(()),
            };
            if let Err(error) = gathered {
                tracing::warn!(%error, "a search could not be gathered");
            }
            engine.inner.finding.gathering.end(&turn);
        });
    }

    /// What is odd about a query. It can be asked all the same.
    pub async fn query_faults(&self, query: &str) -> Result<Vec<Fault>> {
        let query = query.to_owned();
        self.read(move |reading| reading.query_faults(&query)).await
    }

    /// The tags that some letter has, for whoever looks for one.
    pub async fn tags(&self) -> Result<Vec<Keyword>> {
        self.read(|reading| reading.tags()).await
    }

    /// Which octets of each text the words of a query are.
    pub async fn marks(&self, query: &str, shown: Vec<Shown>) -> Result<Vec<Vec<Range<usize>>>> {
        let query = query.to_owned();
        Ok(blocking(move || Reading::marks(&query, &shown)).await??)
    }

    /// How many letters match.
    pub async fn search_count(&self, query: &str) -> Result<u32> {
        let query = query.to_owned();
        self.read(move |reading| reading.search_count(&query)).await
    }

    /// Empties the search index; it is written again behind the scenes.
    pub async fn rebuild_search(&self) -> Result<()> {
        self.write(|writing| writing.leave_all_to_be_indexed()).await
    }

    /// Compares the search index with the letters, and has what differs put right behind the scenes.
    pub async fn repair_search(&self) -> Result<Repairs> {
        let store = self.inner.store.clone();
        Ok(blocking(move || store.repair_search()).await??)
    }
}

/// Rows as soon as they are there. Where there are none, the folder may be gone, and whoever goes there hears of that.
async fn rows_first(
    rows: impl Future<Output = Result<Page>>,
    visit: impl Future<Output = Result<()>>,
) -> Result<Page> {
    let page = rows.await?;
    match page.total {
        0 => match visit.await {
            Err(error @ EngineError::Gone(_)) => Err(error),
            _ => Ok(page),
        },
        _ => Ok(page),
    }
}

#[cfg(test)]
mod adversarial;
#[cfg(test)]
mod tests;
