//! Stored letters that an older version of the reader has read are read anew after an update, so that paper clips, the browser of
//! files and searches become right by themselves. It is done behind everything else and in small portions, the newest first; between
//! two of them stands a rest that is several times as long. What was done stays done when the program ends.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use waxwing_mime::READING;
use waxwing_model::EmailId;
use waxwing_store::{Reread, StoreError, Unindexed};

use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::ingest;

/// Letters of a portion, octets of them at about the most, and how long one is read at about the longest.
const LETTERS: u32 = 128;
const OCTETS: usize = 1 << 20;
const LONG: Duration = Duration::from_millis(100);
/// How long the rest behind a portion is, in times of what it took, and at least.
const REST: u32 = 4;
const SHORTEST_REST: Duration = Duration::from_millis(100);
/// The program has other things to do when it starts.
const FIRST: Duration = Duration::from_secs(20);
/// While others are busy it is looked again after so long.
const LOOK: Duration = Duration::from_secs(5);
/// After an error of the store, such as a full disk.
const AFTER_AN_ERROR: Duration = Duration::from_secs(30);

impl Engine {
    /// Reads anew what is to be, until there is nothing left: what comes from then on is read by this version.
    pub(crate) async fn keep_reading_anew(self, end: Arc<Notify>) {
        let mut pause = FIRST;
        loop {
            tokio::select! {
                biased;
                () = end.notified() => return,
                () = tokio::time::sleep(pause) => {}
            }
            let begun = Instant::now();
            pause = match self.read_a_little_anew().await {
                Ok(Some(true)) => (begun.elapsed() * REST).max(SHORTEST_REST),
                Ok(Some(false)) => return,
                Ok(None) => LOOK,
                Err(error) => {
                    tracing::warn!(%error, "stored letters could not be read anew");
                    AFTER_AN_ERROR
                }
            };
        }
    }

    /// `None`: others have something to do.
    async fn read_a_little_anew(&self) -> Result<Option<bool>> {
        let is_busy = |reading: &waxwing_store::Reading<'_>| {
            Ok(reading.has_unindexed(Unindexed::All)? || !reading.unopened(1)?.is_empty())
        };
        if self.is_fetching() || self.read(is_busy).await? {
            return Ok(None);
        }
        self.read_some_anew().await.map(Some)
    }

    /// Reads some letters anew. `false`: there are none left.
    async fn read_some_anew(&self) -> Result<bool> {
        let (is_done, waiting) = self
            .read(|reading| {
                Ok((
                    reading.is_all_read_by(READING)?,
                    reading.read_by_older(READING, LETTERS)?,
                ))
            })
            .await?;
        if is_done {
            return Ok(false);
        }
        let begun = Instant::now();
        let mut down_to = None;
        let mut anew = Vec::new();
        let mut octets = 0;
        for email in waiting {
            if let Some(reread) = self.read_one_anew(email).await? {
                octets += reread.stored.raw.len();
                anew.push(reread);
            }
            down_to = Some(email);
            if octets > OCTETS || begun.elapsed() > LONG {
                break;
            }
        }
        // It is on the disk at once: a letter that now stands elsewhere in a pack may be the only one there is.
        self.write(move |writing| writing.put_rereadings(READING, &anew, down_to))
            .await?;
        Ok(down_to.is_some())
    }

    /// `None`: it went meanwhile, or cannot be read.
    async fn read_one_anew(&self, email: EmailId) -> Result<Option<Reread>> {
        let stored = self.read(move |reading| match reading.stored(email) {
            // The file that it stands in is damaged, or is not to be read: the others can still be.
            Err(error @ StoreError::Io { .. }) => {
                tracing::warn!(%email, %error, "a stored letter could not be read");
                Ok(None)
            }
            stored => stored,
        });
        let Some(stored) = stored.await? else {
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
        while self.read_some_anew().await? {}
        Ok(())
    }
}

#[cfg(test)]
mod tests;
