//! Which search is being gathered. Another one ends it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use waxwing_model::Listing;

use crate::engine::locked;

/// The search that is being gathered, and which one in a row that is.
#[derive(Default)]
pub(super) struct Gathering {
    listing: Mutex<Option<Listing>>,
    latest: Arc<AtomicU64>,
}

/// Whoever gathers a search, for as long as nobody asks for another one.
#[derive(Clone)]
pub(super) struct Turn {
    latest: Arc<AtomicU64>,
    mine: u64,
}

impl Turn {
    pub(super) fn is_mine(&self) -> bool {
        self.latest.load(Ordering::Acquire) == self.mine
    }
}

impl Gathering {
    /// The turn to gather a search, which ends that of the one before. `None`: it is being gathered.
    pub(super) fn begin(&self, listing: &Listing) -> Option<Turn> {
        let mut gathered = locked(&self.listing);
        if gathered.as_ref() == Some(listing) {
            return None;
        }
        *gathered = Some(listing.clone());
        let mine = self.latest.fetch_add(1, Ordering::AcqRel) + 1;
        let latest = Arc::clone(&self.latest);
        Some(Turn { latest, mine })
    }

    /// Nothing is gathered any more, unless another turn has begun, be it for the same search.
    pub(super) fn end(&self, turn: &Turn) {
        let mut gathered = locked(&self.listing);
        if turn.is_mine() {
            *gathered = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use waxwing_model::{ListingFilter, ListingGrouping, ListingOrder, ListingSource};

    use super::*;

    fn search(query: &str) -> Listing {
        Listing {
            source: ListingSource::Search {
                query: query.to_owned(),
            },
            filter: ListingFilter::ALL,
            order: ListingOrder::NEWEST,
            grouping: ListingGrouping::Messages,
        }
    }

    #[test]
    fn a_search_that_was_left_does_not_end_the_same_one_that_was_come_back_to() {
        let gathering = Gathering::default();
        let first = gathering.begin(&search("kettle")).expect("nothing is gathered");
        assert!(gathering.begin(&search("kettle")).is_none(), "it is under way");
        let other = gathering.begin(&search("lamp")).expect("another one");
        let again = gathering.begin(&search("kettle")).expect("it was ended");
        assert!(!first.is_mine() && !other.is_mine() && again.is_mine());
        gathering.end(&first);
        gathering.end(&other);
        assert!(
            gathering.begin(&search("kettle")).is_none(),
            "it is still under way"
        );
        gathering.end(&again);
        assert!(gathering.begin(&search("kettle")).is_some(), "it has ended");
    }
}
