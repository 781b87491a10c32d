//! Lists that had to be gathered or put in order, kept for those who ask again. A page, how many rows there are and where
//! one stands are three questions about one list.
//!
//! What was gathered by a search is kept as long as nothing is written. The order of mailboxes is kept through what is
//! written, since each transaction says what it touched: only that is read again. Whoever asks for a list that somebody is
//! making waits for it, and an order that nobody has asked for during some minutes is let go.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use waxwing_model::{EmailId, Listing};

use crate::StoreError;
use crate::kept_orders::{Making, Orders};
use crate::listing::Group;
use crate::order::Order;
use crate::touched::Touched;
use crate::turns::Turns;

/// Lists that are kept: the one that is looked at, and the one before, to which Escape goes back.
pub(crate) const KEPT: usize = 2;

type Kept = (Listing, u64, Arc<Vec<Group>>);

#[derive(Default)]
pub(crate) struct Gathered {
    /// Counts the beginning and the end of each commit, so it is odd while one is under way. What servers have found counts as
    /// a commit too.
    commits: AtomicU64,
    kept: Mutex<VecDeque<Kept>>,
    orders: Mutex<Orders>,
    turns: Turns,
    /// What servers have found for the query that was asked last, of letters whose text is not here.
    beside: Mutex<(String, Vec<EmailId>)>,
    /// Somebody has met a volume of the index that makes no sense.
    damage: AtomicBool,
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
        self.turns.take(listing, Some(commits), || {
            self.get_in_turn(listing, commits, gather)
        })
    }

    fn get_in_turn(
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

    /// Lists of this query have these letters too, whether its last word is whole or the beginning of one. Whoever is gathering one without them gathers it for himself alone, as
    /// if something had been written; orders are of mailboxes, and stay.
    pub fn set_beside(&self, query: &str, letters: Vec<EmailId>) {
        *locked(&self.beside) = (query.trim().to_owned(), letters);
        self.forget();
    }

    /// Whoever mends the index hears of it.
    pub fn note_damage(&self) {
        self.damage.store(true, Ordering::Release);
    }

    /// Whether that was noted since this was asked last.
    pub fn takes_damage(&self) -> bool {
        self.damage.swap(false, Ordering::AcqRel)
    }

    /// What was gathered until now is nothing to go by any more.
    pub fn forget(&self) {
        let mut orders = locked(&self.orders);
        // Before the end of a commit that is under way.
        let now = self.commits();
        orders.remember(now - now % 2 + 2, Touched::default());
        self.commits.fetch_add(2, Ordering::AcqRel);
        drop(orders);
        locked(&self.kept).clear();
    }

    pub fn beside(&self, query: &str) -> Vec<EmailId> {
        let beside = locked(&self.beside);
        match beside.0 == query.trim() {
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
        // What a commit that was under way touched is told with its end, and then read once more.
        let state = commits - commits % 2;
        let _making = Making::begin(&self.orders, state);
        self.turns.take(listing, None, || {
            let known = locked(&self.orders).known(listing, state);
            let order = match &known {
                Some((order, touched)) => renew(Some(order), touched)?,
                None => renew(None, &Touched::default())?,
            };
            let mut orders = locked(&self.orders);
            // Under the lock, so that no commit can end unremembered in between.
            let now = self.commits();
            orders.keep(listing, state, now - now % 2, &order);
            orders.let_go(Instant::now());
            Ok(order)
        })
    }

    /// Whether no commit has begun since.
    pub fn is_still(&self, commits: u64) -> bool {
        commits.is_multiple_of(2) && self.commits() == commits
    }
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use waxwing_model::{ListingFilter, ListingGrouping, ListingOrder, ListingSource};

    use super::*;
    use crate::kept_orders::ASKED_LATELY;

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
    fn what_was_gathered_before_another_day_began_is_gathered_anew() {
        let gathered = Gathered::default();
        let search = listing(ListingSource::Search {
            query: "newer:1d".to_owned(),
        });
        let before = gathered.commits();
        gathered.get(&search, before, || Ok(Vec::new())).unwrap();
        assert!(gathered.has(&search, before));
        gathered.forget();
        assert!(!gathered.has(&search, gathered.commits()));
        assert!(
            !gathered.has(&search, before),
            "also for whoever began to look before"
        );
        gathered.get(&search, before, || Ok(Vec::new())).unwrap();
        assert!(
            !gathered.has(&search, gathered.commits()),
            "nor is what they find kept"
        );
    }

    fn empty() -> Arc<Order> {
        let order = Order::new(Vec::new(), Vec::new(), ListingOrder::NEWEST, Vec::new());
        Arc::new(order)
    }

    #[test]
    fn what_five_ask_for_at_once_is_made_once() {
        let gathered = Gathered::default();
        let starred = listing(ListingSource::Starred);
        let (orders, lists) = (AtomicU64::new(0), AtomicU64::new(0));
        let all_here = std::sync::Barrier::new(5);
        std::thread::scope(|threads| {
            for _ in 0..5 {
                threads.spawn(|| {
                    all_here.wait();
                    gathered
                        .order(&starred, 0, |kept, _| {
                            if let Some(kept) = kept {
                                return Ok(Arc::clone(kept));
                            }
                            orders.fetch_add(1, Ordering::AcqRel);
                            std::thread::sleep(Duration::from_millis(20));
                            Ok(empty())
                        })
                        .unwrap();
                    gathered
                        .get(&starred, 0, || {
                            lists.fetch_add(1, Ordering::AcqRel);
                            std::thread::sleep(Duration::from_millis(20));
                            Ok(Vec::new())
                        })
                        .unwrap();
                });
            }
        });
        assert_eq!(orders.into_inner(), 1, "the order of a list");
        assert_eq!(lists.into_inner(), 1, "what was gathered");
    }

    #[test]
    fn an_order_that_is_made_while_something_is_written_is_kept_and_put_right_next_time() {
        let gathered = Gathered::default();
        let starred = listing(ListingSource::Starred);
        let write = |id| {
            gathered.commit_begins();
            gathered.commit_ended(Touched {
                emails: vec![EmailId(id)],
                ..Touched::default()
            });
        };
        let before = gathered.commits();
        let making = |_: Option<&Arc<Order>>, _: &Touched| {
            write(1);
            Ok(empty())
        };
        gathered.order(&starred, before, making).unwrap();
        gathered
            .order(&starred, gathered.commits(), |kept, touched| {
                assert!(kept.is_some(), "mail that comes all the time does not hinder it");
                assert_eq!(touched.emails, [EmailId(1)]);
                Ok(empty())
            })
            .unwrap();
        gathered
            .order(&starred, before, |kept, _| {
                assert!(
                    kept.is_none(),
                    "who sees the store as it was before that letter makes it for himself"
                );
                Ok(empty())
            })
            .unwrap();
        gathered
            .order(&starred, gathered.commits(), |kept, touched| {
                assert!(
                    kept.is_some() && touched.emails.is_empty(),
                    "and the newer one stays"
                );
                Ok(empty())
            })
            .unwrap();
    }

    #[test]
    fn an_order_that_nobody_asks_for_is_let_go_with_all_that_was_remembered_for_it() {
        let gathered = Gathered::default();
        let starred = listing(ListingSource::Starred);
        gathered.order(&starred, 0, |_, _| Ok(empty())).unwrap();
        gathered.commit_begins();
        gathered.commit_ended(Touched {
            emails: vec![EmailId(1)],
            ..Touched::default()
        });
        let mut orders = locked(&gathered.orders);
        assert!(orders.making.is_empty());
        orders.let_go(Instant::now() + ASKED_LATELY / 2);
        assert_eq!((orders.kept.len(), orders.remembered), (1, 1));
        orders.let_go(Instant::now() + ASKED_LATELY);
        assert_eq!((orders.kept.len(), orders.touched.len()), (0, 0));
    }

    #[test]
    fn an_order_outlives_what_servers_find_also_while_something_is_written() {
        let gathered = Gathered::default();
        let starred = listing(ListingSource::Starred);
        let made = |kept: Option<&Arc<Order>>| kept.map_or_else(empty, Arc::clone);
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
