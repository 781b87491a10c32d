//! The table `keeping`: how much of an account's mail stands here, and which bodies may go because of it. When they go
//! is the engine's to say, after a person was asked.

use rusqlite::{Params, params};
use waxwing_model::{AccountId, Change, EmailId, Keeping, Timestamp};

use crate::column::json;
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// What could be given up without losing anything, since the server has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Droppable {
    pub letters: u32,
    pub octets: u64,
}

/// Letters of an account (?1) that came before a moment (?2) or are larger than so much (?3), that are whole here, and
/// that the server is known to have. Not those of which it has still to hear something, nor drafts, nor those whose
/// number it has taken away.
const DROPPABLE: &str = "FROM email JOIN body ON body.email_id = email.id
    WHERE email.account_id = ?1 AND email.has_body = 1 AND (email.received_at < ?2 OR email.size > ?3)
      AND (SELECT protocol FROM account WHERE account.id = email.account_id) = 'imap'
      AND EXISTS (SELECT 1 FROM location WHERE location.email_id = email.id)
      AND NOT EXISTS (SELECT 1 FROM operation_email WHERE operation_email.email_id = email.id)
      AND NOT EXISTS (SELECT 1 FROM displaced WHERE displaced.email_id = email.id)
      AND NOT EXISTS (SELECT 1 FROM json_each(email.keywords) WHERE json_each.value = '$draft')
      AND NOT EXISTS (SELECT 1 FROM membership JOIN mailbox ON mailbox.id = membership.mailbox_id
        WHERE membership.email_id = email.id AND mailbox.role = 'drafts')";

impl Reading<'_> {
    /// What these wishes would leave on the server and is here all the same.
    pub fn droppable(
        &self,
        account: AccountId,
        keeping: &Keeping,
        now: Timestamp,
    ) -> Result<Droppable, StoreError> {
        let sql = format!("SELECT count(*), coalesce(sum(body.size), 0) {DROPPABLE}");
        let found = self.one(
            "looking for letters that need not be here",
            &sql,
            outside(account, keeping, now),
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )?;
        let (letters, octets) = found.unwrap_or_default();
        Ok(Droppable {
            letters: u32::try_from(letters).unwrap_or(u32::MAX),
            octets: u64::try_from(octets).unwrap_or(0),
        })
    }
}

impl Writing<'_> {
    pub fn put_keeping(&mut self, account: AccountId, keeping: &Keeping) -> Result<(), StoreError> {
        let doing = "keeping how much of an account stands here";
        self.run(
            doing,
            "INSERT INTO keeping (account_id, keep, large) VALUES (?1, ?2, ?3)
             ON CONFLICT (account_id) DO UPDATE SET keep = excluded.keep, large = excluded.large",
            params![account.0, json(&keeping.keep).doing(doing)?, keeping.large],
        )?;
        self.note(Change::Accounts);
        Ok(())
    }

    pub fn set_paused(&mut self, account: AccountId, paused: bool) -> Result<(), StoreError> {
        let doing = "keeping whether an account is paused";
        let keep = json(&Keeping::default().keep).doing(doing)?;
        self.run(
            doing,
            "INSERT INTO keeping (account_id, keep, paused) VALUES (?1, ?2, ?3)
             ON CONFLICT (account_id) DO UPDATE SET paused = excluded.paused",
            params![account.0, keep, paused],
        )?;
        self.note(Change::Accounts);
        Ok(())
    }

    /// Gives up some of the bodies that these wishes leave on the server, so many at most. What lists show of the
    /// letters stays; words that stand only in their text are found no more. Gives how many bodies went.
    pub fn drop_bodies(
        &mut self,
        account: AccountId,
        keeping: &Keeping,
        now: Timestamp,
        limit: u32,
    ) -> Result<u32, StoreError> {
        let doing = "giving up bodies that the server has";
        let sql = format!("SELECT email.id {DROPPABLE} LIMIT {limit}");
        let gone = self.all(doing, &sql, outside(account, keeping, now), |row| {
            row.get(0).map(EmailId)
        })?;
        for email in &gone {
            self.run(doing, "UPDATE email SET has_body = 0 WHERE id = ?1", [email.0])?;
            self.run(doing, "DELETE FROM body WHERE email_id = ?1", [email.0])?;
            self.files_leave(*email)?;
            self.index_again(*email, "");
        }
        let count = u32::try_from(gone.len()).unwrap_or(u32::MAX);
        if count > 0 {
            self.note(Change::Emails { emails: gone });
        }
        Ok(count)
    }
}

fn outside(account: AccountId, keeping: &Keeping, now: Timestamp) -> impl Params {
    // Where no letter is kept whole, each of them came too early.
    let since = keeping.since(now).unwrap_or(Timestamp::MAX);
    (account.0, since, keeping.largest())
}
