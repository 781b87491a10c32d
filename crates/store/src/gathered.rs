//! Lists that had to be gathered or put in order, kept for those who ask again. A page, how many rows there are and where
//! one stands are three questions about one list.
//!
//! What was gathered by a search is kept as long as nothing is written. The order of mailboxes is kept through what is
//! written, since each transaction says what it touched: only that is read again.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use waxwing_model::{EmailId, Listing};

use crate::StoreError;
use crate::listing::Group;
use crate::order::Order;
use crate::touched::Touched;

/// Lists that are kept: the one that is looked at, and the one before, to which Escape goes back.
const KEPT: usize = 2;
/// Letters that transactions have touched and that are remembered. To read more of them one by one takes longer than to
/// make an order anew.
const REMEMBERED: usize = 100_000;

type Kept = (Listing, u64, Arc<Vec<Group>>);

#[derive(Default)]
pub(crate) struct Gathered {
    /// Counts the beginning and the end of each commit, so it is odd while one is under way. What servers have found counts as
    /// a commit too.
    commits: AtomicU64,
    kept: Mutex<VecDeque<Kept>>,
    orders: Mutex<Orders>,
    /// What servers have found for the query that was asked last, of letters whose text is not here.
    beside: Mutex<(String, Vec<EmailId>)>,
}

#[derive(Default)]
struct Orders {
    kept: VecDeque<(Listing, u64, Arc<Order>)>,
    /// What each commit touched, under the count with which it ended, ascending and without gaps.
    touched: VecDeque<(u64, Touched)>,
    remembered: usize,
}

impl Gathered {
    /// A commit is about to begin: from now on nobody can tell which snapshot a reader has.
    pub fn commit_begins(&self) {
        self.commits.fetch_add(1, Ordering::AcqRel);
    }

    pub fn commit_ended(&self, touched: Touched) {
        let mut orders = locked(&self.orders);
        orders.remember(self.commits() + 1, touched);
        self.commits.fetch_add(1, Ordering::AcqRel);
    }

    /// To be asked before a snapshot is taken.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// The list as it was gathered from the same state of the store, or gathered now. It is kept only where no commit
    /// has begun since the snapshot was taken.
    pub fn get(
        &self,
        listing: &Listing,
        commits: u64,
        gather: impl FnOnce() -> Result<Vec<Group>, StoreError>,
    ) -> Result<Arc<Vec<Group>>, StoreError> {
        let here = locked(&self.kept)
            .iter()
            .find(|(kept, when, _)| kept == listing && *when == commits)
            .map(|(_, _, groups)| Arc::clone(groups));
        if let Some(groups) = here {
            return Ok(groups);
        }
        let groups = Arc::new(gather()?);
        if !self.is_still(commits) {
            return Ok(groups);
        }
        let mut kept = locked(&self.kept);
        kept.retain(|(other, when, _)| other != listing && *when == commits);
        kept.truncate(KEPT - 1);
        kept.push_front((listing.clone(), commits, Arc::clone(&groups)));
        Ok(groups)
    }

    /// Lists of this query have these letters too. Whoever is gathering one without them gathers it for himself alone, as
    /// if something had been written; orders are of mailboxes, and stay.
    pub fn set_beside(&self, query: &str, letters: Vec<EmailId>) {
        *locked(&self.beside) = (query.to_owned(), letters);
        let mut orders = locked(&self.orders);
        orders.remember(self.commits() + 2, Touched::default());
        self.commits.fetch_add(2, Ordering::AcqRel);
        drop(orders);
        locked(&self.kept).clear();
    }

    pub fn beside(&self, query: &str) -> Vec<EmailId> {
        let beside = locked(&self.beside);
        match beside.0 == query {
            true => beside.1.clone(),
            false => Vec::new(),
        }
    }

    /// Whether the list is at hand.
    pub fn has(&self, listing: &Listing, commits: u64) -> bool {
        locked(&self.kept)
            .iter()
            .any(|(kept, when, _)| kept == listing && *when == commits)
    }

    /// The order of a list, as `renew` makes it from the one that is kept and from what was touched since; without one
    /// where none is kept, or nobody remembers what was touched.
    pub fn order(
        &self,
        listing: &Listing,
        commits: u64,
        renew: impl FnOnce(Option<&Arc<Order>>, &Touched) -> Result<Arc<Order>, StoreError>,
    ) -> Result<Arc<Order>, StoreError> {
        let known = locked(&self.orders).known(listing, commits);
        let order = match &known {
            Some((order, touched)) => renew(Some(order), touched)?,
            None => renew(None, &Touched::default())?,
        };
        let mut orders = locked(&self.orders);
        // Under the lock, so that no commit can end unremembered in between.
        if self.is_still(commits) {
            orders.keep(listing, commits, &order);
        }
        Ok(order)
    }

    fn is_still(&self, commits: u64) -> bool {
        commits.is_multiple_of(2) && self.commits() == commits
    }
}

impl Orders {
    fn known(&self, listing: &Listing, commits: u64) -> Option<(Arc<Order>, Touched)> {
        let (_, when, order) = self.kept.iter().find(|(kept, _, _)| kept == listing)?;
        // While a commit is under way the count is odd, and what it touches is told with its end.
        let since = commits.checked_sub(*when)? / 2;
        let mut touched = Touched::default();
        let mut told = 0;
        for (_, by_one) in self
            .touched
            .iter()
            .filter(|(end, _)| end > when && *end <= commits)
        {
            touched.add(by_one);
            told += 1;
        }
        (told == since).then(|| (Arc::clone(order), touched))
    }

    fn keep(&mut self, listing: &Listing, commits: u64, order: &Arc<Order>) {
        self.kept.retain(|(other, _, _)| other != listing);
        self.kept.truncate(KEPT - 1);
        self.kept
            .push_front((listing.clone(), commits, Arc::clone(order)));
        let oldest = self
            .kept
            .iter()
            .map(|(_, when, _)| *when)
            .min()
            .unwrap_or(commits);
        self.forget(|end| end <= oldest);
    }

    fn remember(&mut self, end: u64, touched: Touched) {
        if self.kept.is_empty() {
            return;
        }
        self.remembered += touched.len();
        self.touched.push_back((end, touched));
        if self.remembered > REMEMBERED {
            // Whoever asks next makes the order anew.
            self.kept.clear();
            self.forget(|_| true);
        }
    }

    fn forget(&mut self, is_old: impl Fn(u64) -> bool) {
        self.touched.retain(|(end, _)| !is_old(*end));
        self.remembered = self.touched.iter().map(|(_, touched)| touched.len()).sum();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use waxwing_model::{ListingFilter, ListingGrouping, ListingOrder, ListingSource};

    use super::*;

    fn listing(source: ListingSource) -> Listing {
        Listing {
            source,
            filter: ListingFilter::ALL,
            order: ListingOrder::NEWEST,
            grouping: ListingGrouping::Conversations,
        }
    }

    #[test]
    fn what_servers_find_while_a_list_is_gathered_is_in_the_next_one() {
        let gathered = Gathered::default();
        let search = listing(ListingSource::Search {
            query: "boat".to_owned(),
        });
        let gather = || {
            gathered.set_beside("boat", vec![EmailId(7)]);
            Ok(Vec::new())
        };
        gathered.get(&search, gathered.commits(), gather).unwrap();
        assert!(
            !gathered.has(&search, gathered.commits()),
            "it was gathered without them"
        );
        assert_eq!(gathered.beside("boat"), [EmailId(7)]);
        gathered
            .get(&search, gathered.commits(), || Ok(Vec::new()))
            .unwrap();
        assert!(
            gathered.has(&search, gathered.commits()),
            "and this one with them"
        );
    }

    #[test]
    fn an_order_outlives_what_servers_find_also_while_something_is_written() {
        let gathered = Gathered::default();
        let starred = listing(ListingSource::Starred);
        let made = |kept: Option<&Arc<Order>>| {
            kept.map_or_else(
                || {
                    Arc::new(Order::new(
                        Vec::new(),
                        Vec::new(),
                        ListingOrder::NEWEST,
                        Vec::new(),
                    ))
                },
                Arc::clone,
            )
        };
        gathered
            .order(&starred, gathered.commits(), |kept, _| Ok(made(kept)))
            .unwrap();
        gathered.commit_begins();
        gathered.set_beside("boat", vec![EmailId(7)]);
        gathered.commit_ended(Touched {
            emails: vec![EmailId(1)],
            ..Touched::default()
        });
        gathered
            .order(&starred, gathered.commits(), |kept, touched| {
                assert!(kept.is_some(), "it is still known");
                assert_eq!(touched.emails, [EmailId(1)], "and what was written since");
                Ok(made(kept))
            })
            .unwrap();
    }
}
