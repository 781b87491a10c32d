//! What a server says without being asked (RFC 9051, section 7): it is kept until somebody asks whether the
//! selected mailbox has changed, so that no news is lost between two commands.
//!
//! Not here: what exactly changed. The engine looks.

use super::capabilities::Capabilities;
use super::fetched::Fetched;
use super::response::{Condition, Data};

#[derive(Debug, Default)]
pub(super) struct News {
    changed: bool,
    exists: u32,
    /// Expunges that we have asked for ourselves and that are therefore no news.
    expected_expunges: u64,
    capabilities: Option<Capabilities>,
}

impl News {
    pub(super) fn hear(&mut self, data: &Data<'_>) {
        if data.is("EXISTS") {
            if let Some(exists) = data.number {
                self.changed |= exists != self.exists;
                self.exists = exists;
            }
        } else if data.is("EXPUNGE") {
            self.exists = self.exists.saturating_sub(1);
            match self.expected_expunges.checked_sub(1) {
                Some(left) => self.expected_expunges = left,
                None => self.changed = true,
            }
        } else if data.is("VANISHED") {
            self.changed = true;
        } else if data.is("FETCH") {
            // With CONDSTORE a server tells the new MODSEQ of our own silent STORE, and no flags (RFC 7162,
            // section 3.1.3): that is no news.
            self.changed |= Fetched::read(data).is_some_and(|fetched| fetched.flags.is_some());
        } else if data.is("CAPABILITY") {
            self.capabilities = Some(Capabilities::parse(&String::from_utf8_lossy(data.rest.rest())));
        } else if let Some(condition) = data.condition() {
            self.hear_condition(&condition);
        }
    }

    pub(super) fn hear_condition(&mut self, condition: &Condition) {
        if condition.code == "CAPABILITY" {
            self.capabilities = Some(Capabilities::parse(&condition.arguments));
        }
    }

    pub(super) fn has_changed(&self) -> bool {
        self.changed
    }

    /// Whether anything changed since this was last asked.
    pub(super) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    pub(super) fn expect_expunges(&mut self, count: u64) {
        self.expected_expunges = count;
    }

    /// Another mailbox is looked at, with so many messages.
    pub(super) fn begin_mailbox(&mut self, exists: u32) {
        self.exists = exists;
        self.changed = false;
        self.expected_expunges = 0;
    }

    pub(super) fn take_capabilities(&mut self) -> Option<Capabilities> {
        self.capabilities.take()
    }

    /// What was said before encryption, or before the sign-in, does not count after it.
    pub(super) fn forget_capabilities(&mut self) {
        self.capabilities = None;
    }
}
