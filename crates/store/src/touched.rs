//! Which letters a transaction has touched, as far as the place of a row in some list may depend on it, so that an order
//! that is kept can be put right without being made anew.

use waxwing_model::{EmailId, ThreadId};

/// What one transaction touched. A letter may be named several times.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Letters that came, went, moved or became others.
    pub emails: Vec<EmailId>,
    /// Conversations whose letters went or became another's.
    pub threads: Vec<ThreadId>,
    /// Letters of which only the keywords are others.
    pub marked: Vec<EmailId>,
    /// More than can be named.
    pub all: bool,
}

impl Touched {
    pub fn len(&self) -> usize {
        self.emails.len() + self.threads.len() + self.marked.len()
    }

    pub fn add(&mut self, other: &Self) {
        self.emails.extend(&other.emails);
        self.threads.extend(&other.threads);
        self.marked.extend(&other.marked);
        self.all |= other.all;
    }
}
