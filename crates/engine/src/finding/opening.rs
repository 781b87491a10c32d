//! Files that hang on letters, opened for the search index behind the scenes: what is in them is the text that
//! `waxwing_mime::papers` finds.

use waxwing_model::EmailId;
use waxwing_store::Papers;

use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::ingest;

/// Letters whose files are put into the index at once.
const BATCH: u32 = 8;

impl Engine {
    /// Reads the files of some letters. `false`: there are none.
    pub(crate) async fn open_some(&self) -> Result<bool> {
        let waiting = self.read(|reading| reading.unopened(BATCH)).await?;
        let mut opened = Vec::with_capacity(waiting.len());
        for email in waiting {
            opened.push((email, self.papers(email).await));
        }
        if opened.is_empty() {
            return Ok(false);
        }
        self.write_soon(move |writing| {
            opened
                .iter()
                .try_for_each(|(email, papers)| writing.put_papers(*email, papers.as_ref()))
        })
        .await?;
        Ok(true)
    }

    /// `None`: the letter cannot be read.
    async fn papers(&self, email: EmailId) -> Option<Papers> {
        let raw = self.read(move |reading| reading.raw(email)).await.ok()??;
        let read = blocking(move || Papers {
            facts: ingest::facts(&raw),
            text: waxwing_mime::papers(&raw),
        })
        .await;
        if read.is_err() {
            tracing::warn!(%email, "the files of a letter could not be read for the search index");
        }
        read.ok()
    }
}
