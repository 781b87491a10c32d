//! What a server says without being asked (RFC 9051, section 7): it is kept until somebody asks whether the
//! selected mailbox has changed, so that no news is lost between two commands.
//!
//! Not here: what exactly changed. The engine looks.

use super::capabilities::Capabilities;
use super::fetched::Fetched;
use super::notify::Elsewhere;
use super::path::Names;
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
    /// How it and we write names of mailboxes.
    names: Names,
    /// The server has said that it takes UTF-8 (RFC 6855, section 3).
    utf8_accepted: bool,
    /// The server has said that IMAP4rev2 is enabled (RFC 9051, section 6.3.1).
    rev2: bool,
    /// What was told of other mailboxes, while the server was asked to (NOTIFY).
    elsewhere: Option<Elsewhere>,
    /// Something was refused because the account is full (RFC 5530, section 3).
    over_quota: bool,
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
            for word in data.rest.rest().split(u8::is_ascii_whitespace) {
                self.qresync |= word.eq_ignore_ascii_case(b"QRESYNC");
                self.rev2 |= word.eq_ignore_ascii_case(b"IMAP4rev2");
                self.utf8_accepted |= word.eq_ignore_ascii_case(b"UTF8=ACCEPT");
            }
            if self.utf8_accepted || self.rev2 {
                self.names = Names::Utf8;
            }
        } else if data.is("STATUS") || data.is("LIST") {
            if let Some(elsewhere) = &mut self.elsewhere {
                elsewhere.hear(data, self.names);
            }
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
        match condition.code.as_str() {
            "CAPABILITY" => self.capabilities = Some(Capabilities::parse(&condition.arguments)),
            "OVERQUOTA" => self.over_quota = true,
            "NOTIFICATIONOVERFLOW" => {
                if let Some(elsewhere) = &mut self.elsewhere {
                    elsewhere.overflowed = true;
                }
            }
            _ => {}
        }
    }

    pub(super) fn names(&self) -> Names {
        self.names
    }

    pub(super) fn speak_utf8(&mut self) {
        self.names = Names::Utf8;
    }

    pub(super) fn utf8_accepted(&self) -> bool {
        self.utf8_accepted
    }

    pub(super) fn rev2(&self) -> bool {
        self.rev2
    }

    /// Whether the account was found full since this was last asked.
    pub(super) fn take_over_quota(&mut self) -> bool {
        std::mem::take(&mut self.over_quota)
    }

    /// From now on what is told of other mailboxes is kept, or is not.
    pub(super) fn mind_elsewhere(&mut self, mind: bool) {
        self.elsewhere = mind.then(Elsewhere::default);
    }

    /// Whether anything was told of other mailboxes.
    pub(super) fn has_elsewhere(&self) -> bool {
        self.elsewhere
            .as_ref()
            .is_some_and(|elsewhere| !elsewhere.is_empty())
    }

    pub(super) fn take_elsewhere(&mut self) -> Elsewhere {
        self.elsewhere.as_mut().map(std::mem::take).unwrap_or_default()
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
