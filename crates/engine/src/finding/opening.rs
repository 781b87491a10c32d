//! Files that hang on letters, opened for the search index behind the scenes: what is in them is the text that
//! `waxwing_mime::papers` finds.

use waxwing_model::EmailId;
use waxwing_store::{Papers, StoreError, Writing};

use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::ingest;

/// Letters whose files are put into the index at once.
const BATCH: u32 = 8;

impl Engine {
    /// Reads the files of some letters. `false`: there are none. Each letter is noted before its files are opened: if they
    /// end the program, they do so once.
    pub(crate) async fn open_some(&self) -> Result<bool> {
        let mut looked = self.inner.finding.opening.lock().await;
        if !*looked {
            let struck = self.write_soon(|writing| writing.strike_begun_papers()).await?;
            if let Some(email) = struck {
                tracing::warn!(%email, "the files of a letter were being read when the program ended, and are left out");
            }
            *looked = true;
        }
        let waiting = self.read(|reading| reading.unopened(BATCH)).await?;
        let mut read = None;
        for email in &waiting {
            let (email, before) = (*email, read.take());
            self.write_soon(move |writing| {
                put(writing, before.as_ref())?;
                writing.begin_papers(email)
            })
            .await?;
            read = Some((email, self.papers(email).await));
        }
        if read.is_some() {
            self.write_soon(move |writing| put(writing, read.as_ref()))
                .await?;
        }
        Ok(!waiting.is_empty())
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

fn put(
    writing: &mut Writing<'_>,
    read: Option<&(EmailId, Option<Papers>)>,
) -> std::result::Result<(), StoreError> {
    read.map_or(Ok(()), |(email, papers)| {
        writing.put_papers(*email, papers.as_ref())
    })
}
