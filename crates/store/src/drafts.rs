//! The tables `draft` and `draft_attachment`: letters being written. One that waits in the outbox is held by its
//! submission and is not seen here until it is given back.

use rusqlite::{Row, params};
use waxwing_model::{
    AccountId, AttachmentId, Change, Draft, DraftAttachment, DraftContent, DraftId, DraftOrigin,
};

use crate::column::{from_json, from_json_of, json, json_of};
use crate::error::Doing;
use crate::parcels::{Owner, Parcel};
use crate::query::now;
use crate::{Reading, StoreError, Writing};

const DRAFT: &str =
    "SELECT id, account_id, content, origin, in_reply_to, reference_ids, updated_at FROM draft
    WHERE held_by IS NULL";

impl Reading<'_> {
    /// The last one touched first.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let sql = format!("{DRAFT} ORDER BY updated_at DESC, id DESC");
        let mut drafts = self.all("reading the drafts", &sql, [], draft_from)?;
        for draft in &mut drafts {
            draft.attachments = self.attachments(draft.id)?;
        }
        Ok(drafts)
    }

    pub fn draft(&self, draft: DraftId) -> Result<Option<Draft>, StoreError> {
        let sql = format!("{DRAFT} AND id = ?1");
        let Some(mut found) = self.one("reading a draft", &sql, [draft.0], draft_from)? else {
            return Ok(None);
        };
        found.attachments = self.attachments(draft)?;
        Ok(Some(found))
    }

    pub fn attachment_data(&self, attachment: AttachmentId) -> Result<Option<Parcel>, StoreError> {
        let sql = "SELECT data FROM draft_attachment WHERE id = ?1";
        let found = self.one(
            "reading a file that hangs on a draft",
            sql,
            [attachment.0],
            |row| row.get(0),
        )?;
        found
            .map(|data| self.parcel(Owner::Attachment(attachment.0), data))
            .transpose()
    }

    /// How the letter's own HTML names the file (RFC 2392), where it is a picture in the text.
    pub fn attachment_content_id(&self, attachment: AttachmentId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT content_id FROM draft_attachment WHERE id = ?1";
        let found = self.one(
            "reading a file that hangs on a draft",
            sql,
            [attachment.0],
            |row| row.get(0),
        )?;
        Ok(found.flatten())
    }

    fn attachments(&self, draft: DraftId) -> Result<Vec<DraftAttachment>, StoreError> {
        self.all(
            "reading the files that hang on a draft",
            "SELECT id, name, media_type, size FROM draft_attachment WHERE draft_id = ?1 ORDER BY id",
            [draft.0],
            |row| {
                Ok(DraftAttachment {
                    id: AttachmentId(row.get(0)?),
                    name: row.get(1)?,
                    media_type: row.get(2)?,
                    size: row.get(3)?,
                })
            },
        )
    }
}

impl Writing<'_> {
    pub fn insert_draft(
        &mut self,
        account: AccountId,
        content: &DraftContent,
        origin: Option<DraftOrigin>,
        in_reply_to: &[String],
        references: &[String],
    ) -> Result<DraftId, StoreError> {
        let doing = "beginning a draft";
        let id = self.insert(
            doing,
            "INSERT INTO draft (account_id, content, origin, in_reply_to, reference_ids, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                account.0,
                json(content).doing(doing)?,
                json_of(origin.as_ref()).doing(doing)?,
                json(in_reply_to).doing(doing)?,
                json(references).doing(doing)?,
                now(),
            ],
        )?;
        self.note(Change::Drafts);
        Ok(DraftId(id))
    }

    /// Keeps what was typed. Each change is a moment of its own, by which versions are told apart. One that is in the outbox or gone is not changed.
    pub fn save_draft(
        &mut self,
        draft: DraftId,
        account: AccountId,
        content: &DraftContent,
    ) -> Result<(), StoreError> {
        let doing = "keeping a draft";
        self.change(
            "draft",
            draft.0,
            doing,
            "UPDATE draft SET account_id = ?2, content = ?3, updated_at = max(?4, updated_at + 1)
             WHERE id = ?1 AND held_by IS NULL",
            params![draft.0, account.0, json(content).doing(doing)?, now()],
        )?;
        self.note(Change::Drafts);
        Ok(())
    }

    /// Hangs a file on a draft.
    pub fn attach(
        &mut self,
        draft: DraftId,
        name: &str,
        media_type: &str,
        data: &Parcel,
        content_id: Option<&str>,
    ) -> Result<AttachmentId, StoreError> {
        let doing = "attaching a file";
        self.touch(draft)?;
        let id = self.insert(
            doing,
            "INSERT INTO draft_attachment (draft_id, name, media_type, content_id, size, data)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                draft.0,
                name,
                media_type,
                content_id,
                u32::try_from(data.size()).unwrap_or(u32::MAX),
                data.in_the_row()
            ],
        )?;
        self.put_parcel(Owner::Attachment(id), data)?;
        Ok(AttachmentId(id))
    }

    pub fn detach(&mut self, attachment: AttachmentId) -> Result<(), StoreError> {
        let doing = "taking a file off a draft";
        let sql = "SELECT draft_id FROM draft_attachment WHERE id = ?1";
        let draft = self
            .one(doing, sql, [attachment.0], |row| row.get(0))?
            .ok_or(StoreError::NoSuch {
                what: "attachment",
                id: attachment.0,
            })?;
        self.touch(DraftId(draft))?;
        self.run(
            doing,
            "DELETE FROM draft_attachment WHERE id = ?1",
            [attachment.0],
        )?;
        Ok(())
    }

    pub fn remove_draft(&mut self, draft: DraftId) -> Result<(), StoreError> {
        let sql = "DELETE FROM draft WHERE id = ?1 AND held_by IS NULL";
        self.change("draft", draft.0, "removing a draft", sql, [draft.0])?;
        self.note(Change::Drafts);
        Ok(())
    }

    fn touch(&mut self, draft: DraftId) -> Result<(), StoreError> {
        let sql = "UPDATE draft SET updated_at = max(?2, updated_at + 1)
             WHERE id = ?1 AND held_by IS NULL";
        self.change("draft", draft.0, "changing a draft", sql, [draft.0, now()])?;
        self.note(Change::Drafts);
        Ok(())
    }
}

fn draft_from(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: DraftId(row.get(0)?),
        account: AccountId(row.get(1)?),
        content: from_json(row, 2)?,
        attachments: Vec::new(),
        origin: from_json_of(row, 3)?,
        in_reply_to: from_json(row, 4)?,
        references: from_json(row, 5)?,
        updated_at: row.get(6)?,
    })
}
