//! The first rows of a search, while the rest is still being gathered: a common word is in half of all letters, and whoever
//! types wants to see the newest of them with each key.

use std::collections::HashSet;

use waxwing_model::{Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, Row, ThreadId};

use crate::listing::{Group, grouped};
use crate::search::Hit;
use crate::{Reading, StoreError};

/// After so many volumes of the index what was found is shown, though a window has room for more: what is rare and stands in all of
/// them would ask a hundred for one key. The others come with the whole list. Tests have few volumes.
const PATIENCE: usize = if cfg!(test) { 8 } else { 40 };

/// The beginning of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstRows {
    pub rows: Vec<Row>,
    /// So many rows are known; there are more.
    pub known: u32,
}

impl Reading<'_> {
    /// The first rows of a search whose list is longer than that and not at hand. `None`: the list itself is as quick, or has to be
    /// known whole.
    /// Rows of conversations have the newest of their letters, and maybe not yet all.
    pub fn first_rows(&self, listing: &Listing, limit: u32) -> Result<Option<FirstRows>, StoreError> {
        let ListingSource::Search { query } = &listing.source else {
            return Ok(None);
        };
        // What else a list may be sorted by or narrowed to is read of all that is found.
        let comes_as_it_is_found = listing.order == ListingOrder::NEWEST
            && [ListingFilter::ALL, ListingFilter::UNREAD].contains(&listing.filter);
        if !comes_as_it_is_found {
            return Ok(None);
        }
        let Some((gathered, commits)) = self.gathered() else {
            return Ok(None);
        };
        if gathered.has(listing, commits) {
            return Ok(None);
        }
        let enough = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut rows = Counted::default();
        let found = self.walk(query, &mut |hits, asked| {
            let known = rows.count(hits, listing);
            known <= enough && (known == 0 || asked < PATIENCE)
        })?;
        if found.whole {
            self.gathered_by(listing, || Ok(found.hits))?;
            return Ok(None);
        }
        let groups = grouped(found.hits, listing);
        let wanted: Vec<&Group> = groups.iter().take(enough).collect();
        Ok(Some(FirstRows {
            rows: self.rows_of_groups(&wanted, listing)?,
            known: u32::try_from(groups.len()).unwrap_or(u32::MAX),
        }))
    }

    /// Gathers a search, so that its length and its pages are at hand, for as long as that is wanted.
    pub fn gather_while(&self, listing: &Listing, wanted: impl Fn() -> bool) -> Result<(), StoreError> {
        let ListingSource::Search { query } = &listing.source else {
            return Ok(());
        };
        if let Some((gathered, commits)) = self.gathered()
            && !gathered.has(listing, commits)
        {
            let found = self.walk(query, &mut |_, _| wanted())?;
            if found.whole {
                self.gathered_by(listing, || Ok(found.hits))?;
            }
        }
        Ok(())
    }
}

/// How many rows letters make that come a few at a time.
#[derive(Default)]
struct Counted {
    threads: HashSet<ThreadId>,
    rows: usize,
    letters: usize,
}

impl Counted {
    fn count(&mut self, hits: &[Hit], listing: &Listing) -> usize {
        for hit in hits.iter().skip(self.letters) {
            if listing.filter.unread && !hit.unread {
                continue;
            }
            let is_new = listing.grouping == ListingGrouping::Messages || self.threads.insert(hit.thread);
            self.rows += usize::from(is_new);
        }
        self.letters = hits.len();
        self.rows
    }
}
