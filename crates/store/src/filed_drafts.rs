//! The table `filed_draft`: as which letter a draft stands among the letters of its account. What is put there, and what
//! becomes of the version before, is the engine's.

use rusqlite::params;
use waxwing_model::{Change, DraftId, EmailId, Timestamp};

use crate::{Reading, StoreError, Writing};

/// How a draft was filed last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiledDraft {
    /// `None`: that letter is gone since.
    pub email: Option<EmailId>,
    /// The draft's `updated_at` at that time.
    pub version: Timestamp,
    /// Whether the server has had it, or there is none that could. One that never came there is nowhere but here.
    pub arrived: bool,
}

impl Reading<'_> {
    pub fn filed_draft(&self, draft: DraftId) -> Result<Option<FiledDraft>, StoreError> {
        self.one(
            "reading where a draft stands",
            "SELECT email_id, version, arrived FROM filed_draft WHERE draft_id = ?1",
            [draft.0],
            |row| {
                Ok(FiledDraft {
                    email: row.get::<_, Option<i64>>(0)?.map(EmailId),
                    version: row.get(1)?,
                    arrived: row.get(2)?,
                })
            },
        )
    }

    /// The draft that a letter is a version of, unless it waits in the outbox.
    pub fn draft_filed_as(&self, email: EmailId) -> Result<Option<DraftId>, StoreError> {
        self.one(
            "looking for the draft of a letter",
            "SELECT draft.id FROM filed_draft JOIN draft ON draft.id = draft_id
             WHERE email_id = ?1 AND held_by IS NULL",
            [email.0],
            |row| row.get(0).map(DraftId),
        )
    }

    /// Drafts whose letter is gone before the server had it: somebody has removed the folder.
    pub fn lost_drafts(&self) -> Result<Vec<DraftId>, StoreError> {
        self.all(
            "looking for drafts to file",
            "SELECT draft.id FROM draft JOIN filed_draft ON draft_id = draft.id
             WHERE held_by IS NULL AND email_id IS NULL AND arrived = 0 ORDER BY draft.id",
            [],
            |row| row.get(0).map(DraftId),
        )
    }

    /// Drafts that were written further since they were filed, were never filed, or were lost before they had arrived.
    pub fn drafts_to_file(&self) -> Result<Vec<DraftId>, StoreError> {
        self.all(
            "looking for drafts to file",
            "SELECT draft.id FROM draft LEFT JOIN filed_draft ON draft_id = draft.id
             WHERE held_by IS NULL AND (version IS NOT updated_at OR (email_id IS NULL AND arrived = 0))
             ORDER BY draft.id",
            [],
            |row| row.get(0).map(DraftId),
        )
    }
}

impl Writing<'_> {
    pub fn note_filed(&mut self, draft: DraftId, filed: &FiledDraft) -> Result<(), StoreError> {
        self.run(
            "noting where a draft stands",
            "INSERT INTO filed_draft (draft_id, email_id, version, arrived) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (draft_id) DO UPDATE SET
               email_id = excluded.email_id, version = excluded.version, arrived = excluded.arrived",
            params![
                draft.0,
                filed.email.map(|email| email.0),
                filed.version,
                filed.arrived
            ],
        )?;
        Ok(())
    }

    /// What a draft was filed as gives its place to a newer version. Who shows the one shows the other from now on.
    pub fn note_refiled(&mut self, before: EmailId, now: EmailId) {
        self.note(Change::Refiled { before, now });
    }

    /// The draft stands in no folder any more, and what there is of it stands here.
    pub fn forget_filed(&mut self, draft: DraftId) -> Result<(), StoreError> {
        self.run(
            "noting where a draft stands",
            "DELETE FROM filed_draft WHERE draft_id = ?1",
            [draft.0],
        )?;
        Ok(())
    }

    /// The server has had this version.
    pub fn note_arrived(&mut self, email: EmailId) -> Result<(), StoreError> {
        self.run(
            "noting where a draft stands",
            "UPDATE filed_draft SET arrived = 1 WHERE email_id = ?1",
            [email.0],
        )?;
        Ok(())
    }

    /// Forgets drafts that were not written further since they stood in a folder, and stand there no more: they were sent,
    /// deleted or written further elsewhere. One of them, or all; nobody must have those open.
    pub fn forget_forsaken_drafts(&mut self, draft: Option<DraftId>) -> Result<(), StoreError> {
        let forgotten = self.run(
            "forgetting drafts that are gone",
            "DELETE FROM draft WHERE held_by IS NULL AND (?1 IS NULL OR id = ?1) AND EXISTS (
               SELECT 1 FROM filed_draft
               WHERE draft_id = draft.id AND email_id IS NULL AND version = updated_at AND arrived = 1)",
            [draft.map(|draft| draft.0)],
        )?;
        if forgotten > 0 {
            self.note(Change::Drafts);
        }
        Ok(())
    }
}
