//! Files that hang on letters, opened for the search index behind the scenes: what is in them is the text that
//! `waxwing_mime::papers` finds.

use std::time::{Duration, Instant};

use tokio::sync::MutexGuard;
use waxwing_model::EmailId;
use waxwing_store::{Papers, Ready};

use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::ingest;

/// Letters whose files are put into the index in one transaction. FTS5 pays for each transaction, and the letters noted before
/// cost one as well.
const BATCH: u32 = 32;
/// Octets of what was found in files that are written at once, at about the most: who has something else to write waits for it.
const OCTETS: usize = 512 << 10;
/// After this long no more files are opened before those of before are written, so that the program can end.
const LONG: Duration = Duration::from_millis(500);

/// Octets of a letter whose files are opened before its line is written. The line of a larger one is written without them first.
const LARGE: i64 = 4 << 20;

/// What is known of the files that are opened.
#[derive(Default)]
pub(crate) struct Opening {
    /// It was looked for what the program ended at last time.
    looked: bool,
    /// One of these ended it. Each is opened by itself.
    doubtful: Vec<EmailId>,
}

impl Engine {
    /// Leave to open files, once it was looked for what the program ended at. `None`: others are opened just now.
    pub(crate) async fn turn_to_open(&self) -> Result<Option<MutexGuard<'_, Opening>>> {
        let Ok(mut opening) = self.inner.finding.opening.try_lock() else {
            return Ok(None);
        };
        self.look_what_ended(&mut opening).await?;
        Ok(Some(opening))
    }

    /// Opens the files of letters whose lines are about to be written, so that each line is written once. What would hold up the
    /// others is left for later, and so is all of it while some are doubtful. Where something is given back, the letters were
    /// noted: it is held until their lines are written, in a transaction that takes the note back.
    pub(crate) async fn open_beforehand<'e>(
        &self,
        opening: MutexGuard<'e, Opening>,
        ready: &mut Ready,
    ) -> Result<Option<MutexGuard<'e, Opening>>> {
        let waiting = ready.with_files(LARGE);
        if waiting.is_empty() || !opening.doubtful.is_empty() {
            return Ok(None);
        }
        let noted = among_others(&waiting);
        self.write_soon(move |writing| writing.begin_papers(&noted))
            .await?;
        let begun = Instant::now();
        let mut octets = 0;
        for email in waiting {
            if let Some(papers) = self.papers_soon(email).await {
                octets += papers.text.len();
                ready.put_papers(email, papers);
            }
            if octets > OCTETS || begun.elapsed() > LONG {
                break;
            }
        }
        Ok(Some(opening))
    }

    /// Reads the files of some letters. `false`: there are none. The letters are noted before their files are opened: if one of
    /// them ends the program, it does so twice at the most, the second time by itself.
    pub(crate) async fn open_some(&self) -> Result<bool> {
        let mut opening = self.inner.finding.opening.lock().await;
        self.look_what_ended(&mut opening).await?;
        let alone = opening.doubtful.last().copied();
        let waiting = match alone {
            Some(alone) => vec![alone],
            None => self.read(|reading| reading.unopened(BATCH)).await?,
        };
        if waiting.is_empty() {
            return Ok(false);
        }
        let noted = match alone {
            Some(alone) => vec![alone],
            None => among_others(&waiting),
        };
        self.write_soon(move |writing| writing.begin_papers(&noted))
            .await?;
        let begun = Instant::now();
        let mut found = Vec::new();
        let mut octets = 0;
        for email in waiting {
            let papers = self.papers(email).await;
            octets += papers.as_ref().map_or(0, |papers| papers.text.len());
            found.push((email, papers));
            if octets > OCTETS || begun.elapsed() > LONG {
                break;
            }
        }
        self.write_soon(move |writing| {
            for (email, papers) in &found {
                writing.put_papers(*email, papers.as_ref())?;
            }
            writing.end_papers()
        })
        .await?;
        if alone.is_some() {
            opening.doubtful.pop();
        }
        Ok(true)
    }

    async fn look_what_ended(&self, opening: &mut Opening) -> Result<()> {
        if !opening.looked {
            opening.doubtful = self.ended_at().await?;
            opening.looked = true;
        }
        Ok(())
    }

    /// The letters of which one ended the program, where that is not known of one alone: that one is struck.
    async fn ended_at(&self) -> Result<Vec<EmailId>> {
        let mut begun = self.write_soon(|writing| writing.begun_papers()).await?;
        if let [email] = begun.as_slice() {
            tracing::warn!(%email, "the files of a letter were being read when the program ended, and are left out");
            return Ok(Vec::new());
        }
        begun.dedup();
        Ok(begun)
    }

    /// `None`: the letter cannot be read.
    async fn papers(&self, email: EmailId) -> Option<Papers> {
        let raw = self.read(move |reading| reading.raw(email)).await.ok()??;
        let read = blocking(move || Papers {
            facts: ingest::facts_at_a_glance(&raw),
            text: waxwing_mime::papers(&raw),
        })
        .await;
        if read.is_err() {
            tracing::warn!(%email, "the files of a letter could not be read for the search index");
        }
        read.ok()
    }

    /// The same where it is little work; else `None`.
    async fn papers_soon(&self, email: EmailId) -> Option<Papers> {
        let raw = self.read(move |reading| reading.raw(email)).await.ok()??;
        let read = blocking(move || {
            Some(Papers {
                text: waxwing_mime::papers_soon(&raw)?,
                facts: ingest::facts_at_a_glance(&raw),
            })
        });
        read.await.ok()?
    }
}

/// What is noted of letters that are opened for the first time. The note stands until their lines are written, and a power cut
/// meanwhile says nothing of their files: so one that is the only one is not noted as one that was tried by itself.
fn among_others(waiting: &[EmailId]) -> Vec<EmailId> {
    match waiting {
        [only] => vec![*only, *only],
        some => some.to_vec(),
    }
}

#[cfg(test)]
mod tests;
