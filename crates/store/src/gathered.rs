//! The last lists that had to be gathered and sorted, kept as long as nothing is written. A page of a search, how many
//! rows it has and where a conversation stands in it are three questions about one list, and a common word is in half of
//! all letters.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use waxwing_model::{EmailId, Listing};

use crate::StoreError;
use crate::listing::Group;

/// Lists that are kept: the one that is looked at, and the one before, to which Escape goes back.
const KEPT: usize = 2;

type Kept = (Listing, u64, Arc<Vec<Group>>);

#[derive(Default)]
pub(crate) struct Gathered {
    /// Counts the beginning and the end of each commit, so it is odd while one is under way.
    commits: AtomicU64,
    kept: Mutex<VecDeque<Kept>>,
    /// What servers have found for the query that was asked last, of letters whose text is not here.
    beside: Mutex<(String, Vec<EmailId>)>,
}

impl Gathered {
    /// A commit is about to begin: from now on nobody can tell which snapshot a reader has.
    pub fn commit_begins(&self) {
        self.commits.fetch_add(1, Ordering::AcqRel);
    }

    pub fn commit_ended(&self) {
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
        let here = self
            .kept()
            .iter()
            .find(|(kept, when, _)| kept == listing && *when == commits)
            .map(|(_, _, groups)| Arc::clone(groups));
        if let Some(groups) = here {
            return Ok(groups);
        }
        let groups = Arc::new(gather()?);
        if !commits.is_multiple_of(2) || self.commits() != commits {
            return Ok(groups);
        }
        let mut kept = self.kept();
        kept.retain(|(other, when, _)| other != listing && *when == commits);
        kept.truncate(KEPT - 1);
        kept.push_front((listing.clone(), commits, Arc::clone(&groups)));
        Ok(groups)
    }

    /// Lists of this query have these letters too.
    pub fn set_beside(&self, query: &str, letters: Vec<EmailId>) {
        *self.beside.lock().unwrap_or_else(PoisonError::into_inner) = (query.to_owned(), letters);
        self.kept().clear();
    }

    pub fn beside(&self, query: &str) -> Vec<EmailId> {
        let beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        match beside.0 == query {
            true => beside.1.clone(),
            false => Vec::new(),
        }
    }

    /// Whether the list is at hand.
    pub fn has(&self, listing: &Listing, commits: u64) -> bool {
        self.kept()
            .iter()
            .any(|(kept, when, _)| kept == listing && *when == commits)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, VecDeque<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
