//! Who makes a list makes it for all that ask for the same one meanwhile: they wait for their turn, and find it made.

use std::sync::{Arc, Mutex, PoisonError};

use waxwing_model::Listing;

/// A list, and in which state of the store where that matters.
type What = (Listing, Option<u64>);

#[derive(Default)]
pub(crate) struct Turns(Mutex<Vec<(What, Arc<Mutex<()>>)>>);

impl Turns {
    /// Waits until nobody else is at this list, and does something with it.
    pub fn take<T>(&self, listing: &Listing, state: Option<u64>, make: impl FnOnce() -> T) -> T {
        let turn = self.of(listing, state);
        let _mine = turn.lock().unwrap_or_else(PoisonError::into_inner);
        make()
    }

    fn of(&self, listing: &Listing, state: Option<u64>) -> Arc<Mutex<()>> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|(_, turn)| Arc::strong_count(turn) > 1);
        let known = turns
            .iter()
            .find(|((other, when), _)| other == listing && *when == state);
        if let Some((_, turn)) = known {
            return Arc::clone(turn);
        }
        let turn = Arc::default();
        turns.push(((listing.clone(), state), Arc::clone(&turn)));
        turn
    }
}
