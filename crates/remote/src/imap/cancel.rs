//! Giving up a sign-in half way. async-imap's authenticator can only answer, so it and the stream beneath share this.
//!
//! Not here: when it is given up (`sign_in`), and how that is said (`tap`).

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

#[derive(Debug, Clone, Default)]
pub(super) struct Cancel(Arc<AtomicU8>);

const DUE: u8 = 1;
const SAID: u8 = 2;

impl Cancel {
    /// The next line takes the sign-in back.
    pub(super) fn ask(&self) {
        self.0.store(DUE, Ordering::SeqCst);
    }

    /// Whether the line that is about to leave has to be the one that takes it back. It is then said.
    pub(super) fn is_due(&self) -> bool {
        let taken = self
            .0
            .compare_exchange(DUE, SAID, Ordering::SeqCst, Ordering::SeqCst);
        taken.is_ok()
    }

    pub(super) fn was_said(&self) -> bool {
        self.0.load(Ordering::SeqCst) == SAID
    }
}
