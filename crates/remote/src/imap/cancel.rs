//! Giving up a sign-in half way. async-imap's authenticator can only answer, so it and the stream beneath share this.
//!
//! Not here: when it is given up (`sign_in`), and how that is said (`tap`).

use std::sync::{Arc, Mutex, PoisonError};

use crate::RemoteError;

#[derive(Debug, Clone, Default)]
pub(super) struct Cancel(Arc<Mutex<State>>);

#[derive(Debug, Default)]
enum State {
    #[default]
    Unneeded,
    /// The next line takes the sign-in back.
    Due(Option<RemoteError>),
    Said(Option<RemoteError>),
}

impl Cancel {
    /// The next line takes the sign-in back. `why` is told rather than what the server says to that.
    pub(super) fn ask(&self, why: Option<RemoteError>) {
        self.with(|state| *state = State::Due(why));
    }

    /// Whether the line that is about to leave has to be the one that takes it back. It is then said.
    pub(super) fn is_due(&self) -> bool {
        self.with(|state| match state {
            State::Due(why) => {
                *state = State::Said(why.take());
                true
            }
            _ => false,
        })
    }

    pub(super) fn was_said(&self) -> bool {
        self.with(|state| matches!(state, State::Said(_)))
    }

    pub(super) fn take_why(&self) -> Option<RemoteError> {
        self.with(|state| match state {
            State::Due(why) | State::Said(why) => why.take(),
            State::Unneeded => None,
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        // Nothing in here panics; a state that was left half way could not exist.
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
