//! The table `mailbox`: folders as they are shown. Their counts follow `memberships`.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, Row, params};
use waxwing_model::{AccountId, Change, EmailId, Mailbox, MailboxId, Role};

use crate::column::{from_word_of, word};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// A mailbox that is not in the store yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMailbox {
    pub account: AccountId,
    pub parent: Option<MailboxId>,
    pub name: String,
    pub role: Option<Role>,
    pub selectable: bool,
    /// As the server writes it; `None` while it is not created there, and for local ones.
    pub path: Option<String>,
    pub delimiter: Option<char>,
}

const COLUMNS: &str = "id, account_id, parent_id, name, role, selectable, total, unread,
    NOT EXISTS (SELECT 1 FROM unsubscribed WHERE mailbox_id = mailbox.id)";

impl Reading<'_> {
    /// The mailboxes of one account or of all: each followed by its children; those with a role first, in the
    /// usual order, then by name.
    pub fn mailboxes(&self, account: Option<AccountId>) -> Result<Vec<Mailbox>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mailbox WHERE ?1 IS NULL OR account_id = ?1 ORDER BY id");
        let all = self.all(
            "reading the mailboxes",
            &sql,
            [account.map(|id| id.0)],
            mailbox_from,
        )?;
        Ok(in_tree_order(all, &self.account_order()?))
    }

    pub fn mailbox(&self, mailbox: MailboxId) -> Result<Option<Mailbox>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mailbox WHERE id = ?1");
        self.one("reading a mailbox", &sql, [mailbox.0], mailbox_from)
    }

    /// The mailbox that has a role. Where a server gives it twice, the one that was known first.
    pub fn mailbox_with_role(&self, account: AccountId, role: Role) -> Result<Option<Mailbox>, StoreError> {
        let doing = "looking for a mailbox by its role";
        let sql = format!("SELECT {COLUMNS} FROM mailbox WHERE account_id = ?1 AND role = ?2 ORDER BY id");
        self.one(
            doing,
            &sql,
            params![account.0, word(&role).doing(doing)?],
            mailbox_from,
        )
    }

    pub fn mailbox_named(
        &self,
        account: AccountId,
        parent: Option<MailboxId>,
        name: &str,
    ) -> Result<Option<Mailbox>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM mailbox WHERE account_id = ?1 AND parent_id IS ?2 AND name = ?3 ORDER BY id"
        );
        let params = params![account.0, parent.map(|id| id.0), name];
        self.one("looking for a mailbox by its name", &sql, params, mailbox_from)
    }

    pub(crate) fn account_of_mailbox(&self, mailbox: MailboxId) -> Result<AccountId, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT account_id FROM mailbox WHERE id = ?1")
            .doing("reading a mailbox")?;
        let found = statement
            .query_row([mailbox.0], |row| row.get(0))
            .optional()
            .doing("reading a mailbox")?;
        found.map(AccountId).ok_or(StoreError::NoSuch {
            what: "mailbox",
            id: mailbox.0,
        })
    }
}

impl Writing<'_> {
    pub fn insert_mailbox(&mut self, new: &NewMailbox) -> Result<MailboxId, StoreError> {
        let doing = "adding a mailbox";
        let role = new.role.as_ref().map(word).transpose().doing(doing)?;
        let id = self.insert(
            doing,
            "INSERT INTO mailbox (account_id, parent_id, name, role, selectable) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                new.account.0,
                new.parent.map(|id| id.0),
                new.name,
                role,
                new.selectable
            ],
        )?;
        self.run(
            doing,
            "INSERT INTO remote_mailbox (mailbox_id, path, delimiter) VALUES (?1, ?2, ?3)",
            params![id, new.path, new.delimiter.map(String::from)],
        )?;
        self.note(Change::Mailboxes { account: new.account });
        Ok(MailboxId(id))
    }

    /// Gives a mailbox another name, another parent, or both. The server's path is changed by `set_path`.
    pub fn rename_mailbox(
        &mut self,
        mailbox: MailboxId,
        parent: Option<MailboxId>,
        name: &str,
    ) -> Result<(), StoreError> {
        let account = self.account_of_mailbox(mailbox)?;
        self.run(
            "renaming a mailbox",
            "UPDATE mailbox SET parent_id = ?2, name = ?3 WHERE id = ?1",
            params![mailbox.0, parent.map(|id| id.0), name],
        )?;
        self.note(Change::Mailboxes { account });
        Ok(())
    }

    /// Keeps what the server says about a mailbox.
    pub fn update_mailbox_facts(
        &mut self,
        mailbox: MailboxId,
        role: Option<Role>,
        selectable: bool,
    ) -> Result<(), StoreError> {
        let doing = "changing a mailbox";
        let account = self.account_of_mailbox(mailbox)?;
        let role = role.as_ref().map(word).transpose().doing(doing)?;
        let changed = self.run(
            doing,
            "UPDATE mailbox SET role = ?2, selectable = ?3
             WHERE id = ?1 AND (role IS NOT ?2 OR selectable IS NOT ?3)",
            params![mailbox.0, role, selectable],
        )?;
        if changed > 0 {
            // The inboxes together, and the stars, are gathered by role; whom a row is about depends on it.
            self.touched.all = true;
            self.note(Change::Listing { mailbox });
            self.note(Change::Mailboxes { account });
        }
        Ok(())
    }

    /// Keeps whether a mailbox is subscribed. One that is added is.
    pub fn set_subscribed(&mut self, mailbox: MailboxId, subscribed: bool) -> Result<(), StoreError> {
        let account = self.account_of_mailbox(mailbox)?;
        let sql = match subscribed {
            true => "DELETE FROM unsubscribed WHERE mailbox_id = ?1",
            false => "INSERT INTO unsubscribed (mailbox_id) VALUES (?1) ON CONFLICT DO NOTHING",
        };
        if self.run("keeping whether a mailbox is subscribed", sql, [mailbox.0])? > 0 {
            self.note(Change::Mailboxes { account });
        }
        Ok(())
    }

    /// Removes a mailbox and those in it, with the letters that no other mailbox shows.
    pub fn remove_mailbox(&mut self, mailbox: MailboxId) -> Result<(), StoreError> {
        let doing = "removing a mailbox";
        let account = self.account_of_mailbox(mailbox)?;
        let only_here: Vec<EmailId> = self.all(
            doing,
            "WITH RECURSIVE doomed (id) AS (
               SELECT ?1 UNION SELECT mailbox.id FROM mailbox JOIN doomed ON mailbox.parent_id = doomed.id)
             SELECT DISTINCT email_id FROM membership AS here WHERE mailbox_id IN doomed AND NOT EXISTS (
               SELECT 1 FROM membership WHERE email_id = here.email_id AND mailbox_id NOT IN doomed)",
            [mailbox.0],
            |row| row.get(0).map(EmailId),
        )?;
        for email in only_here {
            self.remove_email(email)?;
        }
        self.run(doing, "DELETE FROM mailbox WHERE id = ?1", [mailbox.0])?;
        self.touched.all = true;
        self.note(Change::Mailboxes { account });
        Ok(())
    }
}

fn mailbox_from(row: &Row<'_>) -> rusqlite::Result<Mailbox> {
    Ok(Mailbox {
        id: MailboxId(row.get(0)?),
        account: AccountId(row.get(1)?),
        parent: row.get::<_, Option<i64>>(2)?.map(MailboxId),
        name: row.get(3)?,
        role: from_word_of(row, 4)?,
        selectable: row.get(5)?,
        total: row.get(6)?,
        unread: row.get(7)?,
        subscribed: row.get(8)?,
    })
}

/// Accounts in their order, then each mailbox directly before its children.
fn in_tree_order(mut all: Vec<Mailbox>, accounts: &[AccountId]) -> Vec<Mailbox> {
    let place: HashMap<AccountId, usize> = accounts.iter().copied().zip(0..).collect();
    all.sort_by_cached_key(|mailbox| {
        (
            place.get(&mailbox.account).copied(),
            mailbox.role.is_none(),
            mailbox.role,
            mailbox.name.to_lowercase(),
            mailbox.id,
        )
    });
    let known: HashSet<MailboxId> = all.iter().map(|mailbox| mailbox.id).collect();
    let mut roots = Vec::new();
    let mut children: HashMap<MailboxId, Vec<Mailbox>> = HashMap::new();
    for mailbox in all {
        match mailbox.parent.filter(|parent| known.contains(parent)) {
            Some(parent) => children.entry(parent).or_default().push(mailbox),
            None => roots.push(mailbox),
        }
    }
    // A stack rather than recursion: a server may nest as deep as it likes.
    let mut waiting: Vec<Mailbox> = roots.into_iter().rev().collect();
    let mut ordered = Vec::new();
    while let Some(mailbox) = waiting.pop() {
        waiting.extend(children.remove(&mailbox.id).unwrap_or_default().into_iter().rev());
        ordered.push(mailbox);
    }
    ordered
}
