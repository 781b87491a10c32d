//! The tables `quota` and `room_asked`: how full accounts are on their servers, as those said last, and when they were
//! asked.

use std::collections::HashMap;

use rusqlite::{Row, params};
use waxwing_model::{AccountId, Change, Quota, Timestamp};

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// Of the accounts whose servers tell.
    pub fn quotas(&self) -> Result<HashMap<AccountId, Quota>, StoreError> {
        let quotas = self.all(
            "reading how full the accounts are",
            "SELECT used, allowed, account_id FROM quota",
            [],
            |row| Ok((AccountId(row.get(2)?), quota_from(row)?)),
        )?;
        Ok(quotas.into_iter().collect())
    }

    pub fn quota(&self, account: AccountId) -> Result<Option<Quota>, StoreError> {
        self.one(
            "reading how full an account is",
            "SELECT used, allowed FROM quota WHERE account_id = ?1",
            [account.0],
            quota_from,
        )
    }

    pub fn room_asked_at(&self, account: AccountId) -> Result<Option<Timestamp>, StoreError> {
        self.one(
            "reading when a server was asked how full it is",
            "SELECT asked_at FROM room_asked WHERE account_id = ?1",
            [account.0],
            |row| row.get(0),
        )
    }
}

impl Writing<'_> {
    pub fn set_room_asked(&mut self, account: AccountId, asked_at: Timestamp) -> Result<(), StoreError> {
        self.run(
            "noting when a server was asked how full it is",
            "INSERT INTO room_asked (account_id, asked_at) VALUES (?1, ?2)
             ON CONFLICT (account_id) DO UPDATE SET asked_at = excluded.asked_at",
            params![account.0, asked_at],
        )?;
        Ok(())
    }

    /// `None`: there is no bound, or the server does not tell any more.
    pub fn set_quota(&mut self, account: AccountId, quota: Option<Quota>) -> Result<(), StoreError> {
        if self.quota(account)? == quota {
            return Ok(());
        }
        let doing = "noting how full an account is";
        match quota {
            Some(quota) => self.run(
                doing,
                "INSERT INTO quota (account_id, used, allowed) VALUES (?1, ?2, ?3)
                 ON CONFLICT (account_id) DO UPDATE SET used = excluded.used, allowed = excluded.allowed",
                params![account.0, bytes(quota.used), bytes(quota.limit)],
            )?,
            None => self.run(doing, "DELETE FROM quota WHERE account_id = ?1", [account.0])?,
        };
        self.note(Change::Accounts);
        Ok(())
    }
}

/// SQLite's numbers have a sign. No mailbox comes near the end of them; a server's answer may.
pub(crate) fn bytes(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

fn quota_from(row: &Row<'_>) -> rusqlite::Result<Quota> {
    let (used, limit): (i64, i64) = (row.get(0)?, row.get(1)?);
    Ok(Quota {
        used: used.unsigned_abs(),
        limit: limit.unsigned_abs(),
    })
}
