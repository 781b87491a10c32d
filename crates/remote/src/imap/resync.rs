//! What happened in a mailbox since it was last looked at, told by its SELECT (QRESYNC, RFC 7162, section 3.2.5).
//!
//! Not here: asking for it (`enable`), what becomes of it in the cache, and how a mailbox is compared where no server tells.

use super::command::SET_BYTES;
use super::fetched::{Fetched, Marks};
use super::response::Data;
use super::vanished::Vanished;
use super::{Selected, Session, UidSet};
use crate::RemoteError;

/// What is known of a mailbox from before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub uid_validity: u32,
    pub modseq: u64,
    /// The UIDs that are known. Only of these is anything told.
    pub uids: UidSet,
}

/// What happened to messages that were known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missed {
    /// UIDs that the mailbox no longer has. Some of them may never have been known.
    pub vanished: UidSet,
    /// What changed, ascending by UID, each with all that it has now.
    pub marks: Vec<Marks>,
}

/// What a SELECT tells of earlier times, while it is read.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    vanished: Vec<UidSet>,
    marks: Vec<Marks>,
    garbled: bool,
}

impl Session {
    /// Whether [`Session::select_since`] is worth its question.
    pub fn qresync(&self) -> bool {
        self.exchange.news.qresync()
    }

    /// From now on this server is not asked what vanished: what it said could not be true.
    pub fn distrust_qresync(&mut self) {
        self.exchange.news.distrust_qresync();
    }

    /// Selects, and hears what happened since. `None` in the place of that: the server does not know, or what it said
    /// cannot be read; then nothing may be concluded but what [`Selected`] says.
    pub async fn select_since(
        &mut self,
        path: &str,
        known: &Known,
    ) -> Result<(Selected, Option<Missed>), RemoteError> {
        if !self.qresync() || known.modseq == 0 || known.uids.is_empty() {
            return Ok((self.select(path).await?, None));
        }
        let mut earlier = Earlier::default();
        let selected = self.select_with(path, &known.parameter(), &mut earlier).await?;
        let Some((selected, understood)) = selected else {
            // BAD: it announced what it does not understand.
            self.distrust_qresync();
            return Ok((self.select(path).await?, None));
        };
        if earlier.garbled {
            tracing::warn!("the server garbles what it says of earlier changes, so it is not asked again");
            self.distrust_qresync();
        }
        // With another UIDVALIDITY the question was void (section 3.2.5.1), and so it is where mod-sequences are
        // not kept (NOMODSEQ) or have gone back, as after a restored backup.
        let answers = understood
            && !earlier.garbled
            && selected.uid_validity == known.uid_validity
            && selected
                .highest_modseq
                .is_some_and(|highest| highest >= known.modseq);
        Ok((selected, answers.then(|| earlier.missed())))
    }
}

impl Known {
    fn parameter(&self) -> String {
        // Scattered UIDs may be too many for a command; then the range that they span says it as well.
        let mut uids = self.uids.to_string();
        if uids.len() > SET_BYTES
            && let (Some(first), Some(last)) = (self.uids.ranges().next(), self.uids.ranges().last())
        {
            uids = UidSet::from_range(*first.start()..=*last.end()).to_string();
        }
        format!(" (QRESYNC ({} {} {uids}))", self.uid_validity, self.modseq)
    }
}

impl Earlier {
    /// Whether this was said of earlier times.
    pub(super) fn hear(&mut self, data: &Data<'_>) -> bool {
        if data.is("VANISHED") {
            match Vanished::read(data.rest) {
                Some(vanished) if vanished.earlier => self.vanished.push(vanished.uids),
                // It happens now, or it belongs to the mailbox that was open before. The number of messages tells
                // whether any is missed by passing over it.
                Some(_) => {}
                None => self.garbled = true,
            }
            return true;
        }
        let Some(fetched) = Fetched::read(data) else {
            return false;
        };
        match fetched.marks() {
            Some(marks) if !fetched.malformed => self.marks.push(marks),
            _ => self.garbled = true,
        }
        true
    }

    /// What was said so far was said of another mailbox.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    fn missed(self) -> Missed {
        Missed {
            vanished: UidSet::from_ranges(self.vanished.iter().flat_map(UidSet::ranges)),
            marks: Marks::latest(self.marks),
        }
    }
}
