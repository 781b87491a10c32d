//! Stored letters that could not be read when it was their turn, as where a disk did not answer: the others go on, and these are tried
//! again in this run of the program, later each time, and anew in the next. What is damaged for good is none of them: it reads as not
//! here.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use waxwing_model::EmailId;
use waxwing_store::{StoreError, Stored};

use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// When one is tried again first; each time it is twice as long, and this at the most.
const FIRST: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(3_600);

/// Those of one task.
#[derive(Default)]
pub(crate) struct SetAside(Mutex<HashMap<EmailId, Aside>>);

#[derive(Debug, Clone, Copy)]
struct Aside {
    wait: Duration,
    until: Instant,
}

impl SetAside {
    /// It could not be read, maybe once more.
    fn put(&self, email: EmailId, now: Instant) {
        let mut letters = locked(&self.0);
        let wait = match letters.get(&email) {
            Some(aside) => (aside.wait * 2).min(LONGEST),
            None => FIRST,
        };
        let until = now + wait;
        letters.insert(email, Aside { wait, until });
    }

    /// It was read, or is not here any more.
    fn take(&self, email: EmailId) {
        locked(&self.0).remove(&email);
    }

    pub(crate) fn has(&self, email: EmailId) -> bool {
        locked(&self.0).contains_key(&email)
    }

    pub(crate) fn is_empty(&self) -> bool {
        locked(&self.0).is_empty()
    }

    /// All of them.
    pub(crate) fn letters(&self) -> Vec<EmailId> {
        locked(&self.0).keys().copied().collect()
    }

    /// Those whose time has come, the newest first, so many at the most.
    pub(crate) fn due(&self, now: Instant, most: u32) -> Vec<EmailId> {
        let letters = locked(&self.0);
        let due = letters.iter().filter(|(_, aside)| aside.until <= now);
        let mut due: Vec<EmailId> = due.map(|(email, _)| *email).collect();
        due.sort_unstable_by(|one, other| other.cmp(one));
        due.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        due
    }

    /// How long it is until the time of one of them comes, and this at the most.
    pub(crate) fn wait(&self, now: Instant, most: Duration) -> Duration {
        let letters = locked(&self.0);
        let next = letters.values().map(|aside| aside.until).min();
        next.map_or(most, |next| next.saturating_duration_since(now).min(most))
    }
}

impl Engine {
    /// A letter as it stands in the store. `None`: it is not here, or damaged; or it cannot be read just now, and is set aside.
    pub(crate) async fn stored_unless_aside(
        &self,
        email: EmailId,
        aside: &SetAside,
        now: Instant,
    ) -> Result<Option<Stored>> {
        let error = match self.read(move |reading| reading.stored(email)).await {
            Ok(stored) => {
                aside.take(email);
                return Ok(stored);
            }
            // Of this letter alone: what is wrong with the whole store is met by whoever looks which letters wait.
            Err(EngineError::Store(
                error @ (StoreError::Io { .. } | StoreError::Sqlite { .. } | StoreError::Damaged(_)),
            )) => error,
            Err(error) => return Err(error),
        };
        tracing::warn!(%email, %error, "a stored letter could not be read, and is tried again later");
        aside.put(email, now);
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_cannot_be_read_is_tried_again_later_each_time() {
        let aside = SetAside::default();
        let start = Instant::now();
        let letter = EmailId(7);
        assert_eq!(aside.wait(start, LONGEST), LONGEST, "there is none");
        aside.put(letter, start);
        assert!(aside.due(start, 10).is_empty(), "not at once");
        assert_eq!(aside.wait(start, LONGEST), FIRST);
        let (mut now, mut waited) = (start, Vec::new());
        for _ in 0..10 {
            let wait = aside.wait(now, LONGEST * 2);
            waited.push(wait);
            now += wait;
            assert_eq!(aside.due(now, 10), [letter]);
            aside.put(letter, now);
        }
        assert!(
            waited.is_sorted() && waited.ends_with(&[LONGEST, LONGEST]),
            "{waited:?}"
        );
        aside.take(letter);
        assert!(aside.is_empty() && aside.due(now + LONGEST, 10).is_empty());
    }

    #[test]
    fn the_newest_of_those_whose_time_has_come_is_tried_first() {
        let aside = SetAside::default();
        let start = Instant::now();
        for number in [3, 9, 5] {
            aside.put(EmailId(number), start);
        }
        aside.put(EmailId(12), start + FIRST);
        assert_eq!(aside.due(start + FIRST, 2), [EmailId(9), EmailId(5)]);
    }
}
