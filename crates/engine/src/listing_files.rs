//! Letters that came before their files were listed are read behind everything else, in small portions, the newest first. While
//! somebody looks at a list of files that is not whole yet, it goes on without a rest. One that cannot be read just now is tried again
//! later, and is not said to be waited for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use waxwing_model::EmailId;
use waxwing_store::{ListedFile, Reading, Unindexed};

use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::listed_files::listed_files;
use crate::portions::{Pace, Portion, in_portions};

/// Letters of a portion, octets of them at about the most, and how long one is read at about the longest.
const LETTERS: u32 = 256;
const OCTETS: usize = 4 << 20;
const LONG: Duration = Duration::from_millis(200);
/// When there was nothing to do.
const NOTHING: Duration = Duration::from_secs(600);

impl Engine {
    /// Lists the files of letters of which they are not listed, for as long as the program runs.
    pub(crate) async fn keep_listing_files(self, end: Arc<Notify>) {
        in_portions(
            Pace::BEHIND_EVERYTHING,
            end,
            "files of stored letters could not be listed",
            || self.inner.file_lists.asked(),
            |is_seen| self.list_a_little(is_seen),
        )
        .await;
    }

    async fn list_a_little(&self, is_seen: bool) -> Result<Portion> {
        let is_busy = |reading: &Reading<'_>| reading.has_unindexed(Unindexed::All);
        if !is_seen && (self.is_fetching() || self.read(is_busy).await?) {
            return Ok(Portion::OthersFirst);
        }
        self.list_some_files(Instant::now()).await
    }

    /// Lists the files of some letters.
    pub(crate) async fn list_some_files(&self, now: Instant) -> Result<Portion> {
        let aside = &self.inner.file_lists.aside;
        aside.lets_others_go(now);
        let mut waiting = aside.due(now, LETTERS);
        if waiting.is_empty() {
            let but = aside.passed();
            waiting = self.read(move |reading| reading.unlisted(&but, LETTERS)).await?;
        }
        if waiting.is_empty() {
            return Ok(Portion::NothingFor(aside.wait(now, NOTHING)));
        }
        let begun = Instant::now();
        let mut listed = Vec::new();
        let mut octets = 0;
        for email in waiting {
            if let Some((files, size)) = self.files_to_list(email, now).await? {
                octets += size;
                listed.push((email, files));
            }
            if octets > OCTETS || begun.elapsed() > LONG {
                break;
            }
        }
        if !listed.is_empty() {
            self.write_soon(move |writing| {
                // What came meanwhile is listed already.
                listed
                    .iter()
                    .try_for_each(|(email, files)| writing.list_waiting_files(*email, files))
            })
            .await?;
        }
        Ok(Portion::Done)
    }

    /// The files of a letter, and how many octets were read. None of a letter that is not here, or damaged. `None`: it cannot be read
    /// just now.
    async fn files_to_list(&self, email: EmailId, now: Instant) -> Result<Option<(Vec<ListedFile>, usize)>> {
        let aside = &self.inner.file_lists.aside;
        let Some(stored) = self.stored_unless_aside(email, aside, now).await? else {
            return Ok((!aside.has(email)).then(Default::default));
        };
        let size = stored.raw.len();
        let absent: BTreeMap<String, u32> = stored.absent;
        let files = blocking(move || listed_files(&stored.raw, &absent)).await;
        Ok(Some((files.unwrap_or_default(), size)))
    }

    /// Lists all files that are to be, now.
    pub async fn list_files_now(&self) -> Result<()> {
        while self.list_some_files(Instant::now()).await? == Portion::Done {}
        Ok(())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
