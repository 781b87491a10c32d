//! What a server says without being asked (RFC 9051, section 7): it is kept until somebody asks whether the
//! selected mailbox has changed, so that no news is lost between two commands.
//!
//! Not here: what exactly changed. The engine looks.

use super::capabilities::Capabilities;
use super::fetched::Fetched;
use super::response::{Condition, Data};
use super::vanished::Vanished;

#[derive(Debug, Default)]
pub(super) struct News {
    changed: bool,
    exists: u32,
    /// Expunges that we have asked for ourselves and that are therefore no news.
    expected_expunges: u64,
    capabilities: Option<Capabilities>,
    /// The server has said that QRESYNC is enabled (RFC 7162, section 3.2.3), and it has not garbled it since.
    qresync: bool,
}

impl News {
    pub(super) fn hear(&mut self, data: &Data<'_>) {
        if data.is("EXISTS") {
            if let Some(exists) = data.number {
                self.changed |= exists != self.exists;
                self.exists = exists;
            }
        } else if data.is("EXPUNGE") {
            self.hear_gone(1);
        } else if data.is("VANISHED") {
            // With QRESYNC this comes in the place of EXPUNGE (RFC 7162, section 3.2.10.2).
            match Vanished::read(data.rest) {
                Some(vanished) if !vanished.earlier => self.hear_gone(vanished.uids.count()),
                _ => self.changed = true,
            }
        } else if data.is("ENABLED") {
            self.qresync |= data
                .rest
                .rest()
                .split(u8::is_ascii_whitespace)
                .any(|word| word.eq_ignore_ascii_case(b"QRESYNC"));
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

    /// Those that we have expunged ourselves are no news.
    fn hear_gone(&mut self, count: u64) {
        self.exists = self
            .exists
            .saturating_sub(u32::try_from(count).unwrap_or(u32::MAX));
        match self.expected_expunges.checked_sub(count) {
            Some(left) => self.expected_expunges = left,
            None => self.changed = true,
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

    /// Whether the server may be asked what vanished.
    pub(super) fn qresync(&self) -> bool {
        self.qresync
    }

    /// What this server says of vanished messages cannot be used: it is not asked again in this session.
    pub(super) fn distrust_qresync(&mut self) {
        self.qresync = false;
    }

    pub(super) fn take_capabilities(&mut self) -> Option<Capabilities> {
        self.capabilities.take()
    }

    /// What was said before encryption, or before the sign-in, does not count after it.
    pub(super) fn forget_capabilities(&mut self) {
        self.capabilities = None;
    }
}
