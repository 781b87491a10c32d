//! The tables `uidl` and `maildrop_message`: what a POP3 server calls its messages (RFC 1939, section 7) and what they
//! look like, so that none comes twice and none is removed there before it stands here.

use rusqlite::{Row, params};
use sha2::{Digest, Sha256};
use waxwing_model::{AccountId, EmailId, Retention, Timestamp};

use crate::{Reading, StoreError, Writing};

const DAY: Timestamp = 24 * 60 * 60 * 1000;

/// A message of the server's that is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownUidl {
    pub uidl: String,
    /// `None` for one that is gone from here, or was never kept.
    pub email: Option<EmailId>,
    /// It stood here and the person deleted it.
    pub deleted: bool,
    pub seen_at: Timestamp,
    /// `None` for one that an older Waxwing has brought.
    pub looks: Option<Looks>,
    /// The server was asked to remove it and has not confirmed it.
    pub leaving: bool,
    /// Since when the server does not list it.
    pub gone_at: Option<Timestamp>,
}

/// By what a message is recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    /// As the server says.
    pub size: u32,
    /// The digest of what stays the same of its header.
    pub head: Vec<u8>,
    /// Likewise of all of it, where all of it was seen.
    pub content: Option<Vec<u8>>,
}

/// Messages that stand on the server, as far as is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ServerCopies {
    pub messages: u32,
    pub octets: u64,
}

/// SHA-256 of these pieces in a row.
pub fn digest(pieces: &[&[u8]]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for piece in pieces {
        digest.update(piece);
    }
    digest.finalize().to_vec()
}

/// Messages of an account (?1) that the server lists and that may be due: deleted here, first seen by a moment (?2), or,
/// if that is wanted (?3), shown in Trash and nowhere else.
const DUE: &str = "FROM uidl LEFT JOIN maildrop_message AS looks USING (account_id, uidl)
    WHERE uidl.account_id = ?1 AND looks.gone_at IS NULL AND (deleted = 1 OR (email_id IS NOT NULL AND (seen_at <= ?2 OR ?3
      AND EXISTS (SELECT 1 FROM membership WHERE membership.email_id = uidl.email_id)
      AND NOT EXISTS (SELECT 1 FROM membership JOIN mailbox ON mailbox.id = membership.mailbox_id
        WHERE membership.email_id = uidl.email_id AND mailbox.role IS NOT 'trash'))))";

/// The last two parameters of [`DUE`]; `None` where nothing ever is.
fn due(retention: &Retention, now: Timestamp) -> Option<(Timestamp, bool)> {
    match retention {
        Retention::Keep => None,
        Retention::RemoveAfterDownload => Some((Timestamp::MAX, false)),
        Retention::RemoveAfterDays { days } => {
            Some((now.saturating_sub(Timestamp::from(*days) * DAY), false))
        }
        Retention::RemoveWhenTrashed => Some((Timestamp::MIN, true)),
        Retention::RemoveWhenDeleted => Some((Timestamp::MIN, false)),
    }
}

impl Reading<'_> {
    pub fn known_uidls(&self, account: AccountId) -> Result<Vec<KnownUidl>, StoreError> {
        self.all(
            "reading what the server has",
            "SELECT uidl.uidl, email_id, seen_at, size, head, content, leaving, gone_at, deleted
             FROM uidl LEFT JOIN maildrop_message USING (account_id, uidl)
             WHERE uidl.account_id = ?1 ORDER BY uidl",
            [account.0],
            known,
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
        let Some((seen_by, trashed)) = due(retention, now) else {
            return Ok(Vec::new());
        };
        let candidates: Vec<(String, Option<EmailId>)> = self.all(
            "looking for messages to remove from the server",
            &format!("SELECT uidl.uidl, email_id {DUE} ORDER BY seen_at, uidl.uidl"),
            params![account.0, seen_by, trashed],
            |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(EmailId))),
        )?;
        let mut removable = Vec::new();
        for (uidl, email) in candidates {
            let may_go = match email {
                None => true,
                Some(email) => self.verify_body(email)?,
            };
            if may_go {
                removable.push(uidl);
            }
        }
        Ok(removable)
    }

    /// How many of the server's messages a choice would have removed with the next look, and how much that is. It is a
    /// promise of no more than [`Reading::uidls_to_remove`] allows.
    pub fn copies_to_remove(
        &self,
        account: AccountId,
        retention: &Retention,
        now: Timestamp,
    ) -> Result<ServerCopies, StoreError> {
        let Some((seen_by, trashed)) = due(retention, now) else {
            return Ok(ServerCopies::default());
        };
        let sql = format!(
            "SELECT count(*), coalesce(sum(coalesce(size, (SELECT size FROM email WHERE email.id = email_id), 0)), 0)
             {DUE} AND (deleted = 1 OR EXISTS (SELECT 1 FROM email WHERE email.id = email_id AND has_body = 1))"
        );
        self.copies(&sql, params![account.0, seen_by, trashed])
    }

    /// What stood on the server at the last look.
    pub fn server_copies(&self, account: AccountId) -> Result<ServerCopies, StoreError> {
        self.copies(
            "SELECT count(*), coalesce(sum(coalesce(size, (SELECT size FROM email WHERE email.id = email_id), 0)), 0)
             FROM uidl LEFT JOIN maildrop_message AS looks USING (account_id, uidl)
             WHERE uidl.account_id = ?1 AND looks.gone_at IS NULL",
            [account.0],
        )
    }

    fn copies(&self, sql: &str, params: impl rusqlite::Params) -> Result<ServerCopies, StoreError> {
        let found = self.one("counting what the server has", sql, params, |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        })?;
        let (messages, octets) = found.unwrap_or_default();
        Ok(ServerCopies {
            messages: u32::try_from(messages).unwrap_or(u32::MAX),
            octets: u64::try_from(octets).unwrap_or(0),
        })
    }

    /// Letters of which only the header is here and that are not larger than so much, by the names of their messages.
    pub fn uidls_without_body(
        &self,
        account: AccountId,
        largest: u32,
    ) -> Result<Vec<(String, EmailId)>, StoreError> {
        self.all(
            "looking for letters that are here in part",
            "SELECT uidl.uidl, email.id FROM email JOIN uidl ON uidl.email_id = email.id
             LEFT JOIN maildrop_message AS looks ON looks.account_id = uidl.account_id AND looks.uidl = uidl.uidl
             WHERE email.account_id = ?1 AND email.has_body = 0 AND email.size <= ?2 AND looks.gone_at IS NULL
             ORDER BY email.received_at DESC, email.id DESC",
            params![account.0, largest],
            |row| Ok((row.get(0)?, EmailId(row.get(1)?))),
        )
    }

    /// What the server calls the message of a letter.
    pub fn uidl_of(&self, email: EmailId) -> Result<Option<String>, StoreError> {
        self.one(
            "looking for a letter's message",
            "SELECT uidl FROM uidl WHERE email_id = ?1",
            [email.0],
            |row| row.get(0),
        )
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

    /// A letter goes on as another one of this computer: what the server does with its message depends on that one now.
    pub fn hand_uidl_on(&mut self, from: EmailId, to: EmailId) -> Result<(), StoreError> {
        self.run(
            "remembering where a letter went",
            "UPDATE uidl SET email_id = ?2 WHERE email_id = ?1",
            [from.0, to.0],
        )?;
        Ok(())
    }

    /// A letter goes on at another server. It is not deleted, and is not known to be here: the message stays where it is.
    pub fn let_uidl_be(&mut self, email: EmailId) -> Result<(), StoreError> {
        self.run(
            "remembering where a letter went",
            "UPDATE uidl SET email_id = NULL WHERE email_id = ?1",
            [email.0],
        )?;
        Ok(())
    }

    /// Remembers what a known message looks like. The server lists it, and has not removed it.
    pub fn describe_uidl(&mut self, account: AccountId, uidl: &str, looks: &Looks) -> Result<(), StoreError> {
        self.run(
            "remembering what a message looks like",
            "INSERT INTO maildrop_message (account_id, uidl, size, head, content) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account_id, uidl) DO UPDATE SET size = excluded.size, head = excluded.head,
               content = coalesce(excluded.content, content), leaving = 0, gone_at = NULL",
            params![account.0, uidl, looks.size, looks.head, looks.content],
        )?;
        Ok(())
    }

    /// Writes down what the server is about to be asked to remove.
    pub fn set_uidls_leaving(&mut self, account: AccountId, uidls: &[String]) -> Result<(), StoreError> {
        for uidl in uidls {
            self.run(
                "noting what is to be removed from the server",
                "UPDATE maildrop_message SET leaving = 1 WHERE account_id = ?1 AND uidl = ?2",
                params![account.0, uidl],
            )?;
        }
        Ok(())
    }

    /// The server does not list these any more. What we asked it to remove, or could not recognise, is forgotten; the rest is
    /// kept in mind, since it may come back under the same name or another.
    pub fn set_uidls_gone(
        &mut self,
        account: AccountId,
        uidls: &[String],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for uidl in uidls {
            let kept = self.run(
                "noting what the server has no more",
                "UPDATE maildrop_message SET gone_at = coalesce(gone_at, ?3)
                 WHERE account_id = ?1 AND uidl = ?2 AND leaving = 0",
                params![account.0, uidl, now],
            )?;
            if kept == 0 {
                self.forget_uidls(account, std::slice::from_ref(uidl))?;
            }
        }
        Ok(())
    }

    /// Forgets what the server has not listed since that moment.
    pub fn forget_uidls_gone_before(
        &mut self,
        account: AccountId,
        then: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            "forgetting what the server has had no more for long",
            "DELETE FROM uidl WHERE account_id = ?1 AND uidl IN
               (SELECT uidl FROM maildrop_message WHERE account_id = ?1 AND gone_at < ?2)",
            params![account.0, then],
        )?;
        Ok(())
    }

    /// The server has new names for messages: what is known of each goes to its new one. Names may be exchanged. What was
    /// known under a new name is of another message and is to be told of in `renames` too, or is forgotten.
    pub fn rename_uidls(
        &mut self,
        account: AccountId,
        renames: &[(KnownUidl, String, Looks)],
    ) -> Result<(), StoreError> {
        for (old, new, _) in renames {
            // Unless a new message has got it meanwhile.
            self.run(
                "forgetting a name that the server has taken away",
                "DELETE FROM uidl WHERE account_id = ?1 AND uidl = ?2 AND email_id IS ?3",
                params![account.0, old.uidl, old.email.map(|email| email.0)],
            )?;
            self.forget_uidls(account, std::slice::from_ref(new))?;
        }
        for (old, new, looks) in renames {
            self.run(
                "remembering what the server has",
                "INSERT INTO uidl (account_id, uidl, email_id, deleted, seen_at)
                 SELECT ?1, ?2, (SELECT id FROM email WHERE id = ?3),
                   ?4 OR (?3 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM email WHERE id = ?3)), ?5",
                params![
                    account.0,
                    new,
                    old.email.map(|email| email.0),
                    old.deleted,
                    old.seen_at
                ],
            )?;
            self.describe_uidl(account, new, looks)?;
        }
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

fn known(row: &Row<'_>) -> rusqlite::Result<KnownUidl> {
    let looks = match row.get::<_, Option<u32>>(3)? {
        None => None,
        Some(size) => Some(Looks {
            size,
            head: row.get(4)?,
            content: row.get(5)?,
        }),
    };
    Ok(KnownUidl {
        uidl: row.get(0)?,
        email: row.get::<_, Option<i64>>(1)?.map(EmailId),
        seen_at: row.get(2)?,
        looks,
        leaving: row.get::<_, Option<bool>>(6)?.unwrap_or(false),
        gone_at: row.get(7)?,
        deleted: row.get(8)?,
    })
}
