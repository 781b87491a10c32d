//! Letters that came before their files were listed are read behind everything else, in small portions, the newest first. While
//! somebody looks at a list of files that is not whole yet, it goes on without a rest.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use waxwing_model::EmailId;
use waxwing_store::{ListedFile, Reading, StoreError, Unindexed};

use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::listed_files::listed_files;

/// Letters of a portion, octets of them at about the most, and how long one is read at about the longest.
const LETTERS: u32 = 256;
const OCTETS: usize = 4 << 20;
const LONG: Duration = Duration::from_millis(200);
/// How long the rest behind a portion is, in times of what it took, and at least.
const REST: u32 = 4;
const SHORTEST_REST: Duration = Duration::from_millis(100);
/// The program has other things to do when it starts.
const FIRST: Duration = Duration::from_secs(20);
/// While others are busy it is looked again after so long, and when there was nothing to do.
const LOOK: Duration = Duration::from_secs(5);
const NOTHING: Duration = Duration::from_secs(600);
/// Whoever sees a list that is not whole asks again sooner than that.
const SEEN: Duration = Duration::from_secs(5);
/// After an error of the store, such as a full disk.
const AFTER_AN_ERROR: Duration = Duration::from_secs(30);

impl Engine {
    /// Lists the files of letters of which they are not listed, for as long as the program runs.
    pub(crate) async fn keep_listing_files(self, end: Arc<Notify>) {
        let mut pause = FIRST;
        let mut seen_until = Instant::now();
        loop {
            tokio::select! {
                biased;
                () = end.notified() => return,
                () = self.inner.file_lists.asked() => seen_until = Instant::now() + SEEN,
                () = tokio::time::sleep(pause) => {}
            }
            let begun = Instant::now();
            let is_seen = begun < seen_until;
            pause = match self.list_a_little(is_seen).await {
                Ok(Some(true)) if is_seen => Duration::ZERO,
                Ok(Some(true)) => (begun.elapsed() * REST).max(SHORTEST_REST),
                Ok(Some(false)) => NOTHING,
                Ok(None) => LOOK,
                Err(error) => {
                    tracing::warn!(%error, "files of stored letters could not be listed");
                    AFTER_AN_ERROR
                }
            };
        }
    }

    /// `None`: others have something to do, and nobody sees what is missing.
    async fn list_a_little(&self, is_seen: bool) -> Result<Option<bool>> {
        let is_busy = |reading: &Reading<'_>| reading.has_unindexed(Unindexed::All);
        if !is_seen && (self.is_fetching() || self.read(is_busy).await?) {
            return Ok(None);
        }
        self.list_some_files().await.map(Some)
    }

    /// Lists the files of some letters. `false`: there are none left.
    async fn list_some_files(&self) -> Result<bool> {
        let waiting = self.read(|reading| reading.unlisted(LETTERS)).await?;
        let begun = Instant::now();
        let mut listed = Vec::new();
        let mut octets = 0;
        for email in waiting {
            let (files, size) = self.files_to_list(email).await?;
            octets += size;
            listed.push((email, files));
            if octets > OCTETS || begun.elapsed() > LONG {
                break;
            }
        }
        let is_more = !listed.is_empty();
        if is_more {
            self.write_soon(move |writing| {
                // What came meanwhile is listed already.
                listed
                    .iter()
                    .try_for_each(|(email, files)| writing.list_waiting_files(*email, files))
            })
            .await?;
        }
        Ok(is_more)
    }

    /// The files of a letter, and how many octets were read. None of a letter that cannot be read.
    async fn files_to_list(&self, email: EmailId) -> Result<(Vec<ListedFile>, usize)> {
        let stored = self.read(move |reading| match reading.stored(email) {
            // The file that it stands in is damaged, or is not to be read: the others can still be.
            Err(error @ StoreError::Io { .. }) => {
                tracing::warn!(%email, %error, "a stored letter could not be read");
                Ok(None)
            }
            stored => stored,
        });
        let Some(stored) = stored.await? else {
            return Ok((Vec::new(), 0));
        };
        let size = stored.raw.len();
        let absent: BTreeMap<String, u32> = stored.absent;
        let files = blocking(move || listed_files(&stored.raw, &absent)).await;
        Ok((files.unwrap_or_default(), size))
    }

    /// Lists all files that are to be, now.
    pub async fn list_files_now(&self) -> Result<()> {
        while self.list_some_files().await? {}
        Ok(())
    }
}
