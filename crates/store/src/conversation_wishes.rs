//! The table `conversation_wish`: what the person has said of conversations by hand, by the names of letters rather than by
//! their rows, so that it holds when letters are fetched again. What follows from it is in `threads` and `arranging`.

use rusqlite::params;
use sha2::{Digest, Sha256};
use waxwing_model::{AccountId, Address, ConversationWish, EmailId, ThreadId, Timestamp};

use crate::column::from_json;
use crate::threads::usable;
use crate::{Reading, StoreError, Writing};

/// A letter as conversations see it.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub email: EmailId,
    pub account: AccountId,
    pub thread: ThreadId,
    pub name: String,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
}

const MEMBER: &str = "SELECT id, account_id, thread_id, message_id, in_reply_to, reference_ids, coalesce(sent_at, received_at),
    from_addresses, subject FROM email";

/// What a letter without a Message-ID is known by. The first octet stands in no Message-ID (RFC 5322, section 3.6.4).
pub(crate) fn looks(at: Timestamp, from: &[Address], subject: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(at.to_le_bytes());
    for person in from {
        hash.update(person.email.to_lowercase().as_bytes());
        hash.update([0]);
    }
    hash.update(subject.as_bytes());
    let digest: String = hash
        .finalize()
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect();
    format!(" {digest}")
}

impl Reading<'_> {
    /// Whether anything was said of any conversation of an account: most never hear of this table.
    pub(crate) fn has_wishes(&self, account: AccountId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM conversation_wish WHERE account_id = ?1)";
        Ok(self.number("looking for what was said of conversations", sql, [account.0])? != 0)
    }

    /// What was said of a letter; nothing, where nothing was.
    pub fn conversation_wish(&self, account: AccountId, name: &str) -> Result<ConversationWish, StoreError> {
        let found = self.one(
            "reading what was said of a letter's conversation",
            "SELECT apart, bond, muted FROM conversation_wish WHERE account_id = ?1 AND name = ?2",
            params![account.0, name],
            |row| {
                Ok(ConversationWish {
                    name: name.to_owned(),
                    apart: row.get(0)?,
                    bond: row.get(1)?,
                    muted: row.get(2)?,
                })
            },
        )?;
        Ok(found.unwrap_or_else(|| ConversationWish {
            name: name.to_owned(),
            apart: false,
            bond: None,
            muted: false,
        }))
    }

    /// Names of letters that are of one bond.
    pub(crate) fn bonded(&self, account: AccountId, bond: i64) -> Result<Vec<String>, StoreError> {
        self.all(
            "reading what was joined by hand",
            "SELECT name FROM conversation_wish WHERE account_id = ?1 AND bond = ?2 ORDER BY name",
            [account.0, bond],
            |row| row.get(0),
        )
    }

    /// Whether anything was said of a letter.
    pub(crate) fn is_said(&self, account: AccountId, name: &str) -> Result<bool, StoreError> {
        let wish = self.conversation_wish(account, name)?;
        Ok(wish.apart || wish.bond.is_some() || wish.muted)
    }

    /// Whether a bond holds what was taken out of a conversation.
    pub(crate) fn is_bond_apart(&self, account: AccountId, bond: i64) -> Result<bool, StoreError> {
        let found = self.number(
            "reading what was taken out of a conversation",
            "SELECT EXISTS (SELECT 1 FROM conversation_wish WHERE account_id = ?1 AND bond = ?2 AND apart = 1)",
            [account.0, bond],
        )?;
        Ok(found != 0)
    }

    /// The conversations of a bond: one, as soon as its letters have met.
    pub(crate) fn threads_bonded(&self, account: AccountId, bond: i64) -> Result<Vec<ThreadId>, StoreError> {
        self.all(
            "reading what was joined by hand",
            "SELECT DISTINCT thread_id FROM conversation_wish CROSS JOIN thread_reference
               ON thread_reference.account_id = conversation_wish.account_id AND message_id = name
             WHERE conversation_wish.account_id = ?1 AND bond = ?2",
            [account.0, bond],
            |row| row.get(0).map(ThreadId),
        )
    }

    /// A number for a new bond.
    pub(crate) fn new_bond(&self, account: AccountId) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(bond), 0) + 1 FROM conversation_wish WHERE account_id = ?1";
        self.number("joining conversations by hand", sql, [account.0])
    }

    /// The letters of a conversation, shown or not, oldest first.
    pub(crate) fn members(&self, thread: ThreadId) -> Result<Vec<Member>, StoreError> {
        let sql = format!("{MEMBER} WHERE thread_id = ?1 ORDER BY received_at, id");
        self.all("reading a conversation", &sql, [thread.0], member_from)
    }

    pub(crate) fn member(&self, email: EmailId) -> Result<Option<Member>, StoreError> {
        let sql = format!("{MEMBER} WHERE id = ?1");
        self.one("reading a conversation", &sql, [email.0], member_from)
    }
}

impl Writing<'_> {
    /// Notes what is said of a letter, in the place of what was.
    pub(crate) fn wish(&mut self, account: AccountId, wish: &ConversationWish) -> Result<(), StoreError> {
        let doing = "noting what was said of a letter's conversation";
        if !wish.apart && wish.bond.is_none() && !wish.muted {
            let sql = "DELETE FROM conversation_wish WHERE account_id = ?1 AND name = ?2";
            self.run(doing, sql, params![account.0, wish.name])?;
            return Ok(());
        }
        self.run(
            doing,
            "INSERT INTO conversation_wish (account_id, name, apart, bond, muted) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account_id, name) DO UPDATE SET
               apart = excluded.apart, bond = excluded.bond, muted = excluded.muted",
            params![account.0, wish.name, wish.apart, wish.bond, wish.muted],
        )?;
        Ok(())
    }
}

fn member_from(row: &rusqlite::Row<'_>) -> rusqlite::Result<Member> {
    let message_id: Option<String> = row.get(3)?;
    let name = match message_id.as_deref().map(str::trim).filter(|name| usable(name)) {
        Some(name) => name.to_owned(),
        None => looks(
            row.get(6)?,
            &from_json::<Vec<Address>>(row, 7)?,
            &row.get::<_, String>(8)?,
        ),
    };
    Ok(Member {
        email: EmailId(row.get(0)?),
        account: AccountId(row.get(1)?),
        thread: ThreadId(row.get(2)?),
        name,
        in_reply_to: from_json(row, 4)?,
        references: from_json(row, 5)?,
    })
}
