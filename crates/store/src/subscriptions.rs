//! The tables `subscription` and `subscription_letter`: by which lists letters came, and which of them were left. What a
//! letter says of its list is read elsewhere.

use rusqlite::{Row, params};
use waxwing_model::{AccountId, Change, EmailId, SubmissionId, SubmissionState, Timestamp};

use crate::{Reading, StoreError, Writing};

/// Up to which letter the ones of before are still to be looked through.
const TO_LOOK_THROUGH: &str = "lists.to_look_through";

/// Which list is left once a letter of the outbox has gone.
const LEAVING: &str = "lists.left_by_letter.";

/// The list that a letter came by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFact {
    pub id: String,
    pub name: String,
}

/// A list as its letters know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownList {
    pub id: i64,
    pub list: String,
    pub left_at: Option<Timestamp>,
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: i64,
    pub account: AccountId,
    pub list: String,
    pub name: String,
    pub letters: u32,
    /// Those that came after the person had left.
    pub letters_since: u32,
    pub last_email: EmailId,
    pub last_at: Timestamp,
    pub left_at: Option<Timestamp>,
    /// `click`, `mail` or `page`.
    pub left_by: Option<String>,
}

/// Days pass before a list has done what it was asked; a letter within them breaks no word.
const GRACE: i64 = 2 * 24 * 60 * 60 * 1_000;

const SUBSCRIPTION: &str = "SELECT subscription.id, subscription.account_id, list, name, left_at, left_by, count(*),
    sum(left_at IS NOT NULL AND email.received_at > left_at + ?1), email.id, max(email.received_at)
  FROM subscription JOIN subscription_letter ON subscription_id = subscription.id JOIN email ON email.id = email_id";

impl Reading<'_> {
    /// All that have letters here, those that wrote last first.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        let sql = format!("{SUBSCRIPTION} GROUP BY subscription.id ORDER BY max(email.received_at) DESC");
        self.all("reading the subscriptions", &sql, [GRACE], subscription_from)
    }

    pub fn subscription(&self, id: i64) -> Result<Option<Subscription>, StoreError> {
        let sql = format!("{SUBSCRIPTION} WHERE subscription.id = ?2 GROUP BY subscription.id");
        self.one("reading a subscription", &sql, [GRACE, id], subscription_from)
    }

    /// The list that a letter came by. Nothing is counted, since whoever opens a letter asks.
    pub fn list_of(&self, email: EmailId) -> Result<Option<KnownList>, StoreError> {
        self.one(
            "looking for a letter's list",
            "SELECT subscription.id, list, left_at FROM subscription_letter
             JOIN subscription ON subscription.id = subscription_id WHERE email_id = ?1",
            [email.0],
            |row| {
                Ok(KnownList {
                    id: row.get(0)?,
                    list: row.get(1)?,
                    left_at: row.get(2)?,
                })
            },
        )
    }

    /// Letters of the time before lists were known, the newest first. Empty: all have been looked through.
    pub fn not_looked_through(&self, limit: u32) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for letters of lists",
            "SELECT body.email_id FROM body
             WHERE body.email_id <= (SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?1)
             ORDER BY body.email_id DESC LIMIT ?2",
            params![TO_LOOK_THROUGH, limit],
            |row| row.get(0).map(EmailId),
        )
    }
}

impl Writing<'_> {
    /// Notes by which list a letter came.
    pub fn put_list(&mut self, email: EmailId, list: &ListFact) -> Result<(), StoreError> {
        let doing = "keeping a letter's list";
        self.run(
            doing,
            "INSERT INTO subscription (account_id, list, name) SELECT account_id, ?2, ?3 FROM email WHERE id = ?1
             ON CONFLICT (account_id, list) DO UPDATE SET name = excluded.name WHERE name <> excluded.name",
            params![email.0, list.id, list.name],
        )?;
        self.run(
            doing,
            "INSERT INTO subscription_letter (email_id, subscription_id)
             SELECT email.id, subscription.id FROM email JOIN subscription ON subscription.account_id = email.account_id
             WHERE email.id = ?1 AND list = ?2
             ON CONFLICT (email_id) DO UPDATE SET subscription_id = excluded.subscription_id",
            params![email.0, list.id],
        )?;
        Ok(())
    }

    /// A copy of a letter in the same account came by the same list.
    pub(crate) fn copy_list(&mut self, from: EmailId, to: EmailId) -> Result<(), StoreError> {
        self.run(
            "keeping a letter's list",
            "INSERT INTO subscription_letter (email_id, subscription_id)
             SELECT copy.id, subscription_id FROM subscription_letter
             JOIN email AS original ON original.id = email_id
             JOIN email AS copy ON copy.account_id = original.account_id AND copy.id = ?2
             WHERE email_id = ?1 ON CONFLICT DO NOTHING",
            [from.0, to.0],
        )?;
        Ok(())
    }

    /// Letters from this one on have been looked through.
    pub fn looked_through(&mut self, down_to: EmailId) -> Result<(), StoreError> {
        self.put_setting(TO_LOOK_THROUGH, &(down_to.0 - 1).to_string())
    }

    /// Notes that the person has asked to be let go.
    pub fn leave(&mut self, subscription: i64, at: Timestamp, by: &str) -> Result<(), StoreError> {
        let doing = "leaving a list";
        self.change(
            "subscription",
            subscription,
            doing,
            "UPDATE subscription SET left_at = ?2, left_by = ?3 WHERE id = ?1",
            params![subscription, at, by],
        )?;
        let sql = "SELECT account_id, list FROM subscription WHERE id = ?1";
        let left = self.one(doing, sql, [subscription], |row| {
            Ok(Change::ListLeft {
                account: AccountId(row.get(0)?),
                list: row.get(1)?,
            })
        })?;
        if let Some(left) = left {
            self.note(left);
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// The list is left by this letter of the outbox. It counts as left when that has gone, which may be already, and not if it
    /// never goes.
    pub fn leave_when_sent(&mut self, subscription: i64, letter: SubmissionId) -> Result<(), StoreError> {
        let Some(state) = self.submission(letter)?.map(|letter| letter.state) else {
            return Ok(());
        };
        self.put_setting(&format!("{LEAVING}{letter}"), &subscription.to_string())?;
        match state {
            SubmissionState::Sent { .. } => self.letter_has_gone(letter),
            _ => Ok(()),
        }
    }

    /// A letter of the outbox has gone: a list that it was to leave is left.
    pub(crate) fn letter_has_gone(&mut self, letter: SubmissionId) -> Result<(), StoreError> {
        let name = format!("{LEAVING}{letter}");
        let Some(list) = self.setting(&name)?.and_then(|list| list.parse::<i64>().ok()) else {
            return Ok(());
        };
        // The list may have gone meanwhile, with the last of its letters.
        if self.subscription(list)?.is_some() {
            self.leave(list, crate::query::now(), "mail")?;
        }
        self.remove_setting(&name)
    }

    /// A letter was taken out of the outbox.
    pub(crate) fn letter_has_not_gone(&mut self, letter: SubmissionId) -> Result<(), StoreError> {
        self.remove_setting(&format!("{LEAVING}{letter}"))
    }
}

fn subscription_from(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    Ok(Subscription {
        id: row.get(0)?,
        account: AccountId(row.get(1)?),
        list: row.get(2)?,
        name: row.get(3)?,
        left_at: row.get(4)?,
        left_by: row.get(5)?,
        letters: row.get(6)?,
        letters_since: row.get(7)?,
        // Of a group with max(), SQLite gives the other columns from the row that has it.
        last_email: EmailId(row.get(8)?),
        last_at: row.get(9)?,
    })
}
