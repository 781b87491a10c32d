//! Stored letters that an older version of the reader has read are read anew after an update, so that paper clips, the browser of
//! files and searches become right by themselves. It is done behind everything else and in small portions, the newest first; between
//! two of them stands a rest that is several times as long. What was done stays done when the program ends. One that cannot be read
//! just now is tried again later; as long as there is such a one, the next run looks through all of them again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use waxwing_mime::READING;
use waxwing_model::EmailId;
use waxwing_store::{ReadAnew, Reading, Reread, Unindexed};

use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::ingest;
use crate::portions::{Pace, Portion, in_portions};

/// Letters of a portion, octets of them at about the most, and how long one is read at about the longest.
const LETTERS: u32 = 128;
const OCTETS: usize = 1 << 20;
const LONG: Duration = Duration::from_millis(100);
/// While some are set aside it is looked at least so often.
const NOTHING: Duration = Duration::from_secs(600);

impl Engine {
    /// Reads anew what is to be, until there is nothing left: what comes from then on is read by this version.
    pub(crate) async fn keep_reading_anew(self, end: Arc<Notify>) {
        in_portions(
            Pace::BEHIND_EVERYTHING,
            end,
            "stored letters could not be read anew",
            std::future::pending,
            |_| self.read_a_little_anew(),
        )
        .await;
    }

    async fn read_a_little_anew(&self) -> Result<Portion> {
        let is_busy = |reading: &Reading<'_>| {
            Ok(reading.has_unindexed(Unindexed::All)? || !reading.unopened(1)?.is_empty())
        };
        if self.is_fetching() || self.read(is_busy).await? {
            return Ok(Portion::OthersFirst);
        }
        self.read_some_anew(Instant::now()).await
    }

    /// Reads some letters anew.
    async fn read_some_anew(&self, now: Instant) -> Result<Portion> {
        let aside = &self.inner.read_anew_later;
        let (so_far, waiting) = self
            .read(|reading| {
                Ok((
                    reading.read_anew(READING)?,
                    reading.read_by_older(READING, LETTERS)?,
                ))
            })
            .await?;
        let ReadAnew::Before { again, .. } = so_far else {
            return Ok(Portion::AllDone);
        };
        let due = aside.due(now, LETTERS);
        if !due.is_empty() {
            let (anew, _) = self.read_these_anew(due, now).await?;
            return self.put_anew(anew, so_far).await;
        }
        if !waiting.is_empty() {
            let (anew, last) = self.read_these_anew(waiting, now).await?;
            let so_far = match last {
                Some(email) => ReadAnew::Before {
                    email,
                    again: again || !aside.is_empty(),
                },
                None => so_far,
            };
            return self.put_anew(anew, so_far).await;
        }
        match (again, aside.is_empty()) {
            (false, _) => self.put_anew(Vec::new(), ReadAnew::Done).await,
            // All that were passed by may be read by now; an earlier run may have passed by others.
            (true, true) => self.put_anew(Vec::new(), ReadAnew::NOTHING).await,
            (true, false) if aside.lets_others_go(now) => self.put_anew(Vec::new(), ReadAnew::NOTHING).await,
            (true, false) => Ok(Portion::NothingFor(aside.wait(now, NOTHING))),
        }
    }

    async fn put_anew(&self, anew: Vec<Reread>, so_far: ReadAnew) -> Result<Portion> {
        let anew = Arc::new(anew);
        let found = Arc::clone(&anew);
        // As where none could be read just now: nobody else has to wait for a commit of nothing.
        if self
            .read(move |reading| reading.has_rereadings(READING, &found, so_far))
            .await?
        {
            return Ok(Portion::Done);
        }
        // It is on the disk at once: a letter that now stands elsewhere in a pack may be the only one there is.
        self.write(move |writing| writing.put_rereadings(READING, &anew, so_far))
            .await?;
        Ok(Portion::Done)
    }

    /// As many of these as one portion is, and the last that was looked at.
    async fn read_these_anew(
        &self,
        letters: Vec<EmailId>,
        now: Instant,
    ) -> Result<(Vec<Reread>, Option<EmailId>)> {
        let begun = Instant::now();
        let (mut anew, mut last) = (Vec::new(), None);
        let mut octets = 0;
        for email in letters {
            if let Some(reread) = self.read_one_anew(email, now).await? {
                octets += reread.stored.raw.len();
                anew.push(reread);
            }
            last = Some(email);
            if octets > OCTETS || begun.elapsed() > LONG {
                break;
            }
        }
        Ok((anew, last))
    }

    /// `None`: it went meanwhile, or cannot be read, or not just now.
    async fn read_one_anew(&self, email: EmailId, now: Instant) -> Result<Option<Reread>> {
        let aside = &self.inner.read_anew_later;
        let Some(stored) = self.stored_unless_aside(email, aside, now).await? else {
            return Ok(None);
        };
        let read = blocking(move || Reread {
            facts: ingest::facts_of_part(&stored.raw, &stored.absent),
            stored,
        });
        let read = read.await;
        if read.is_err() {
            tracing::warn!(%email, "a stored letter could not be read anew");
        }
        Ok(read.ok())
    }

    /// Reads all letters anew that are to be, now.
    pub async fn read_anew_now(&self) -> Result<()> {
        while self.read_some_anew(Instant::now()).await? == Portion::Done {}
        Ok(())
    }
}

#[cfg(test)]
mod tests;
