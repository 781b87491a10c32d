//! When a letter that is being written is filed in Drafts: as soon as its composer closes, now and then while it is
//! written, and when the program begins. What is typed is safe before that: it stands in the store.

use std::sync::Arc;
use std::time::Duration;

use waxwing_model::{Draft, DraftId};
use waxwing_store::StoreError;

use super::put_together::{Purpose, compose};
use crate::engine::{Engine, blocking, locked};
use crate::error::Result;
use crate::operations::{filing, transact};

/// So often a letter is filed while somebody writes it.
const PAUSE: Duration = Duration::from_secs(60);

impl Engine {
    /// The composer of a draft was closed: what stands in it is filed. One that stood in Drafts, was not written further,
    /// and is gone from there (it was sent from another device, say) is gone here too.
    pub async fn close_draft(&self, draft: DraftId) -> Result<()> {
        self.file_if_due(draft).await?;
        self.write(move |writing| writing.forget_forsaken_drafts(Some(draft)))
            .await
    }

    /// Files what was written and not filed, and forgets drafts that are gone elsewhere: once, where the program begins,
    /// since somebody may have one of them open after that. One that cannot be filed keeps no other from being.
    pub async fn file_drafts(&self) -> Result<()> {
        self.write(|writing| writing.forget_forsaken_drafts(None)).await?;
        let due = self.read(|reading| reading.drafts_to_file()).await?;
        self.file_each(due).await;
        Ok(())
    }

    /// Files those anew whose folder somebody has removed before the server had them.
    pub(crate) async fn file_lost_drafts(&self) -> Result<()> {
        let lost = self.read(|reading| reading.lost_drafts()).await?;
        self.file_each(lost).await;
        Ok(())
    }

    async fn file_each(&self, drafts: Vec<DraftId>) {
        for draft in drafts {
            if let Err(error) = self.file_draft(draft).await {
                tracing::warn!(%error, "a draft could not be filed");
            }
        }
    }

    async fn file_if_due(&self, draft: DraftId) -> Result<()> {
        let due = self.read(|reading| reading.drafts_to_file()).await?;
        match due.contains(&draft) {
            true => self.file_draft(draft).await,
            false => Ok(()),
        }
    }

    async fn file_draft(&self, draft: DraftId) -> Result<()> {
        let Some(draft) = self.read(move |reading| reading.draft(draft)).await? else {
            return Ok(());
        };
        let id = draft.id;
        let never_filed = self.read(move |reading| reading.filed_draft(id)).await?.is_none();
        // A composer that was opened, never touched, and lost with the program.
        if never_filed && is_empty(&draft) {
            return Ok(());
        }
        let account = self.account(draft.account).await?;
        let files = draft.attachments.iter().map(|attachment| attachment.id).collect();
        let files = self.files_of(files).await?;
        let (identity, from) = self.sender(&account, &draft.content).await?;
        let inner = self.inner.clone();
        let touched = blocking(move || {
            let composed = compose(&draft, &identity, from, &files, Purpose::Keeping)?;
            let mut raw = Vec::new();
            composed
                .write(&mut raw)
                .map_err(|error| StoreError::io("putting a draft together", error))?;
            transact(&inner.store, |writing| {
                // It may have been sent or discarded while it was put together, or filed in a later version. What was
                // typed since is filed next.
                let filed = writing.filed_draft(draft.id)?;
                let is_late =
                    filed.is_some_and(|filed| filed.email.is_some() && filed.version >= draft.updated_at);
                if writing.draft(draft.id)?.is_none() || is_late {
                    return Ok(Default::default());
                }
                // Before its place is taken, so that at no moment a list shows a letter of which nobody knows the draft.
                if let Some(before) = filed.and_then(|filed| filed.email) {
                    locked(&inner.filed_as).insert(before, draft.id);
                }
                filing::file(writing, &draft, &raw)
            })
        })
        .await??;
        for account in touched {
            self.wake(account);
        }
        Ok(())
    }

    /// Has a draft filed when it has been written for a while.
    pub(super) fn file_later(&self, draft: DraftId) {
        if !locked(&self.inner.filing).insert(draft) {
            return;
        }
        // The task must not keep a profile open that nobody uses any more.
        let inner = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            let Some(inner) = inner.upgrade() else { return };
            let engine = Engine { inner };
            locked(&engine.inner.filing).remove(&draft);
            if let Err(error) = engine.file_if_due(draft).await {
                tracing::warn!(%error, "a draft could not be filed");
            }
        });
    }
}

fn is_empty(draft: &Draft) -> bool {
    let content = &draft.content;
    [&content.to, &content.cc, &content.bcc]
        .iter()
        .all(|list| list.is_empty())
        && content.subject.trim().is_empty()
        && draft.attachments.is_empty()
        && waxwing_mime::text_from_html(&content.html).trim().is_empty()
        && !content.html.contains("cid:")
}
