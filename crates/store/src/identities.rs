//! The tables `email_identity`, `thread_identity` and `mailbox_identity`: what a server calls its letters, conversations
//! and mailboxes, where it calls them anything (OBJECTID, RFC 8474; Gmail's X-GM-EXT-1). A name is of one account.

use rusqlite::params;
use waxwing_model::{AccountId, EmailId, MailboxId, ObjectIds, ThreadId};

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// The letter that the server calls so.
    pub fn email_identified(
        &self,
        account: AccountId,
        identity: &str,
    ) -> Result<Option<EmailId>, StoreError> {
        self.one(
            "looking for a letter by the server's name for it",
            "SELECT email_id FROM email_identity WHERE account_id = ?1 AND identity = ?2",
            params![account.0, identity],
            |row| row.get(0).map(EmailId),
        )
    }

    /// What the server calls a letter; `None` where it was not heard.
    pub fn identity_of(&self, email: EmailId) -> Result<Option<String>, StoreError> {
        self.one(
            "reading the server's name for a letter",
            "SELECT identity FROM email_identity WHERE email_id = ?1",
            [email.0],
            |row| row.get(0),
        )
    }

    /// Letters that the server has in a mailbox and whose name was not heard, with their numbers there, ascending.
    pub fn unidentified(&self, mailbox: MailboxId) -> Result<Vec<(u32, EmailId)>, StoreError> {
        self.all(
            "looking for letters without the server's name for them",
            "SELECT uid, email_id FROM location WHERE mailbox_id = ?1
               AND NOT EXISTS (SELECT 1 FROM email_identity WHERE email_identity.email_id = location.email_id)
             ORDER BY uid",
            [mailbox.0],
            |row| Ok((row.get(0)?, EmailId(row.get(1)?))),
        )
    }

    /// How many letters the server has in a mailbox. It may have copies of one there.
    pub fn letters_located(&self, mailbox: MailboxId) -> Result<u32, StoreError> {
        let count = self.number(
            "counting the letters of a mailbox",
            "SELECT count(DISTINCT email_id) FROM location WHERE mailbox_id = ?1",
            [mailbox.0],
        )?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The mailboxes of an account that the server has named.
    pub fn mailbox_identities(&self, account: AccountId) -> Result<Vec<(MailboxId, String)>, StoreError> {
        self.all(
            "reading the server's names for mailboxes",
            "SELECT mailbox_id, identity FROM mailbox_identity
             WHERE mailbox_id IN (SELECT id FROM mailbox WHERE account_id = ?1) ORDER BY mailbox_id",
            [account.0],
            |row| Ok((MailboxId(row.get(0)?), row.get(1)?)),
        )
    }
}

impl Writing<'_> {
    /// Keeps what the server calls a letter, and makes it one conversation with all that the server puts into the same.
    /// A name that is another letter's stays that one's: see [`Writing::merge_emails`].
    pub fn set_identity(&mut self, email: EmailId, identity: &ObjectIds) -> Result<(), StoreError> {
        let doing = "keeping the server's name for a letter";
        let sql = "SELECT account_id, thread_id FROM email WHERE id = ?1";
        let (account, thread): (i64, i64) = self
            .one(doing, sql, [email.0], |row| Ok((row.get(0)?, row.get(1)?)))?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        self.run(
            doing,
            "DELETE FROM email_identity WHERE email_id = ?1 AND identity <> ?2",
            params![email.0, identity.email],
        )?;
        self.run(
            doing,
            "INSERT INTO email_identity (account_id, identity, email_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![account, identity.email, email.0],
        )?;
        match &identity.thread {
            Some(name) => self.join_identified(AccountId(account), ThreadId(thread), name),
            None => Ok(()),
        }
    }

    fn join_identified(
        &mut self,
        account: AccountId,
        own: ThreadId,
        identity: &str,
    ) -> Result<(), StoreError> {
        let doing = "keeping the server's name for a conversation";
        let known = self.one(
            doing,
            "SELECT thread_id FROM thread_identity WHERE account_id = ?1 AND identity = ?2",
            params![account.0, identity],
            |row| row.get(0).map(ThreadId),
        )?;
        match known {
            Some(other) if other == own => Ok(()),
            // The person has taken it out of what the server thinks it belongs to.
            _ if self.is_apart(own)? => Ok(()),
            Some(other) if self.is_apart(other)? => {
                let sql = "UPDATE thread_identity SET thread_id = ?3 WHERE account_id = ?1 AND identity = ?2";
                self.run(doing, sql, params![account.0, identity, own.0])?;
                Ok(())
            }
            Some(other) => self.join_as_said(own, other),
            None => {
                self.run(
                    doing,
                    "INSERT INTO thread_identity (account_id, identity, thread_id) VALUES (?1, ?2, ?3)",
                    params![account.0, identity, own.0],
                )?;
                Ok(())
            }
        }
    }

    /// Removes letters of which the server once told the name, that it has nowhere, that are shown nowhere, and of which
    /// there is nothing more to hear.
    pub fn remove_adrift(&mut self, account: AccountId) -> Result<(), StoreError> {
        let adrift: Vec<EmailId> = self.all(
            "looking for letters that are nowhere",
            "SELECT email_id FROM email_identity AS named WHERE account_id = ?1
               AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.email_id = named.email_id)
               AND NOT EXISTS (SELECT 1 FROM location WHERE location.email_id = named.email_id)
               AND NOT EXISTS (SELECT 1 FROM displaced WHERE displaced.email_id = named.email_id)
               AND NOT EXISTS (SELECT 1 FROM operation_email WHERE operation_email.email_id = named.email_id)
             ORDER BY email_id",
            [account.0],
            |row| row.get(0).map(EmailId),
        )?;
        for email in adrift {
            self.remove_email(email)?;
        }
        Ok(())
    }

    pub fn set_mailbox_identity(&mut self, mailbox: MailboxId, identity: &str) -> Result<(), StoreError> {
        self.run(
            "keeping the server's name for a mailbox",
            "INSERT INTO mailbox_identity (mailbox_id, identity) VALUES (?1, ?2)
             ON CONFLICT (mailbox_id) DO UPDATE SET identity = excluded.identity
             WHERE identity <> excluded.identity",
            params![mailbox.0, identity],
        )?;
        Ok(())
    }
}
