//! The table `first_try`: what the target of a move or a copy was like before it was tried for the first time.

use rusqlite::{Row, params};
use waxwing_model::{EmailId, MailboxId, OperationId};

use crate::{Reading, StoreError, Writing};

/// Written before the server is told, so that a copy which an interrupted try has made is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstTry {
    /// The mailbox that the messages go into.
    pub target: MailboxId,
    /// The letter that is put there, where it is one.
    pub copy: Option<EmailId>,
    pub uid_validity: u32,
    /// Whatever was put there since has this UID or a higher one (RFC 9051, section 2.3.1.1).
    pub uid_next: u32,
}

const COLUMNS: &str = "target_id, copy_id, uid_validity, uid_next";

impl Reading<'_> {
    /// What was noted for the messages of one mailbox. `None` as source: for bytes that come from here.
    pub fn first_try(
        &self,
        operation: OperationId,
        source: Option<MailboxId>,
    ) -> Result<Option<FirstTry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM first_try WHERE operation_id = ?1 AND source_id = ?2");
        self.one(
            "reading what was tried",
            &sql,
            [operation.0, source.map_or(0, |mailbox| mailbox.0)],
            first_try_from,
        )
    }

    /// What was noted for a copy that may stand on the server without anybody knowing where.
    pub fn first_try_of(&self, copy: EmailId) -> Result<Option<FirstTry>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM first_try WHERE copy_id = ?1 ORDER BY operation_id DESC LIMIT 1");
        self.one("reading what was tried", &sql, [copy.0], first_try_from)
    }
}

impl Writing<'_> {
    /// Notes it once; what was noted before an earlier try stays.
    pub fn note_first_try(
        &mut self,
        operation: OperationId,
        source: Option<MailboxId>,
        tried: &FirstTry,
    ) -> Result<(), StoreError> {
        self.run(
            "noting what is tried",
            "INSERT INTO first_try (operation_id, source_id, target_id, copy_id, uid_validity, uid_next)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            params![
                operation.0,
                source.map_or(0, |mailbox| mailbox.0),
                tried.target.0,
                tried.copy.map(|copy| copy.0),
                tried.uid_validity,
                tried.uid_next,
            ],
        )?;
        Ok(())
    }

    pub(crate) fn forget_first_tries(&mut self, operation: OperationId) -> Result<(), StoreError> {
        self.run(
            "forgetting what was tried",
            "DELETE FROM first_try WHERE operation_id = ?1",
            [operation.0],
        )?;
        Ok(())
    }
}

fn first_try_from(row: &Row<'_>) -> rusqlite::Result<FirstTry> {
    Ok(FirstTry {
        target: MailboxId(row.get(0)?),
        copy: row.get::<_, Option<i64>>(1)?.map(EmailId),
        uid_validity: row.get(2)?,
        uid_next: row.get(3)?,
    })
}
