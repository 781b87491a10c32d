//! The table `uidl`: what a POP3 server calls its messages (RFC 1939, section 7), so that none comes twice and
//! none is removed there before it stands here.

use rusqlite::params;
use waxwing_model::{AccountId, EmailId, Retention, Timestamp};

use crate::{Reading, StoreError, Writing};

const DAY: Timestamp = 24 * 60 * 60 * 1000;

/// A message of the server's that is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownUidl {
    pub uidl: String,
    /// `None` for one that is gone from here, or was never kept.
    pub email: Option<EmailId>,
    pub seen_at: Timestamp,
}

impl Reading<'_> {
    pub fn known_uidls(&self, account: AccountId) -> Result<Vec<KnownUidl>, StoreError> {
        self.all(
            "reading what the server has",
            "SELECT uidl, email_id, seen_at FROM uidl WHERE account_id = ?1 ORDER BY uidl",
            [account.0],
            |row| {
                let email = row.get::<_, Option<i64>>(1)?.map(EmailId);
                Ok(KnownUidl {
                    uidl: row.get(0)?,
                    email,
                    seen_at: row.get(2)?,
                })
            },
        )
    }

    /// The messages that may be removed from the server: their bytes stand here and were read back just now, or
    /// the person deleted them here. One that was never kept here is not among them, whatever the retention.
    pub fn uidls_to_remove(
        &self,
        account: AccountId,
        retention: &Retention,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let seen_before = match retention {
            Retention::Keep => return Ok(Vec::new()),
            Retention::RemoveAfterDownload => Some(Timestamp::MAX),
            Retention::RemoveAfterDays { days } => Some(now.saturating_sub(Timestamp::from(*days) * DAY)),
            Retention::RemoveWhenDeleted => None,
        };
        let candidates: Vec<(String, Option<EmailId>)> = self.all(
            "looking for messages to remove from the server",
            "SELECT uidl, email_id FROM uidl WHERE account_id = ?1
             AND (deleted = 1 OR (email_id IS NOT NULL AND seen_at <= ?2)) ORDER BY seen_at, uidl",
            params![account.0, seen_before.unwrap_or(Timestamp::MIN)],
            |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(EmailId))),
        )?;
        let mut removable = Vec::new();
        for (uidl, email) in candidates {
            let may_go = match email {
                None => true,
                Some(email) => seen_before.is_some() && self.verify_body(email)?,
            };
            if may_go {
                removable.push(uidl);
            }
        }
        Ok(removable)
    }
}

impl Writing<'_> {
    /// Remembers a message, in the transaction that keeps the letter. One that was known keeps the moment at
    /// which it was first seen.
    pub fn remember_uidl(
        &mut self,
        account: AccountId,
        uidl: &str,
        email: Option<EmailId>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            "remembering what the server has",
            "INSERT INTO uidl (account_id, uidl, email_id, seen_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (account_id, uidl) DO UPDATE SET email_id = excluded.email_id, deleted = 0
             WHERE excluded.email_id IS NOT NULL",
            params![account.0, uidl, email.map(|id| id.0), now],
        )?;
        Ok(())
    }

    /// Forgets messages that the server no longer has.
    pub fn forget_uidls(&mut self, account: AccountId, uidls: &[String]) -> Result<(), StoreError> {
        for uidl in uidls {
            self.run(
                "forgetting what the server has no more",
                "DELETE FROM uidl WHERE account_id = ?1 AND uidl = ?2",
                params![account.0, uidl],
            )?;
        }
        Ok(())
    }
}
