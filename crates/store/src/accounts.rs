//! The table `account`: who one is, and on which servers.

use rusqlite::{Row, params};
use waxwing_model::{Account, AccountId, Change, Keeping, NewAccount, NewIdentity};

use crate::column::{from_json, from_json_of, from_word, json, json_of, word};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

const ACCOUNT: &str =
    "SELECT id, email, name, protocol, incoming, outgoing, retention, extra_ca, demo, colour,
    keep, large, paused, label, disabled, check_minutes FROM account
    LEFT JOIN keeping ON keeping.account_id = account.id
    LEFT JOIN account_wish ON account_wish.account_id = account.id";

impl Reading<'_> {
    /// In the order that the person gave them; those that came since stand behind, in the order in which they came.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let sql = format!("{ACCOUNT} ORDER BY position IS NULL, position, id");
        self.all("reading the accounts", &sql, [], account_from)
    }

    pub fn account(&self, account: AccountId) -> Result<Option<Account>, StoreError> {
        let sql = format!("{ACCOUNT} WHERE id = ?1");
        self.one("reading an account", &sql, [account.0], account_from)
    }
}

impl Writing<'_> {
    /// Adds an account and gives it the first colour that no other one has.
    pub fn insert_account(&mut self, new: &NewAccount) -> Result<AccountId, StoreError> {
        let doing = "adding an account";
        let taken: Vec<u8> = self.all(doing, "SELECT colour FROM account", [], |row| row.get(0))?;
        let colour = (0..=u8::MAX).find(|colour| !taken.contains(colour)).unwrap_or(0);
        let id = self.insert(
            doing,
            "INSERT INTO account (email, name, protocol, incoming, outgoing, retention, extra_ca, demo, colour)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                new.email,
                new.name,
                word(&new.protocol).doing(doing)?,
                json_of(new.incoming.as_ref()).doing(doing)?,
                json_of(new.outgoing.as_ref()).doing(doing)?,
                json(&new.retention).doing(doing)?,
                new.extra_ca,
                new.demo,
                colour,
            ],
        )?;
        let account = AccountId(id);
        self.put_keeping(account, &new.keeping)?;
        self.insert_identity(
            account,
            &NewIdentity {
                email: new.email.clone(),
                name: new.name.clone(),
                ..NewIdentity::default()
            },
        )?;
        self.note(Change::Accounts);
        Ok(account)
    }

    /// Changes who one is and where. How much is kept, and whether the account is paused, are `keeping`'s;
    /// what it is called, whether it connects and how often are `account_wishes`'.
    pub fn update_account(&mut self, account: &Account) -> Result<(), StoreError> {
        let doing = "changing an account";
        self.change(
            "account",
            account.id.0,
            doing,
            "UPDATE account SET email = ?2, name = ?3, protocol = ?4, incoming = ?5, outgoing = ?6,
               retention = ?7, extra_ca = ?8, demo = ?9, colour = ?10 WHERE id = ?1",
            params![
                account.id.0,
                account.email,
                account.name,
                word(&account.protocol).doing(doing)?,
                json_of(account.incoming.as_ref()).doing(doing)?,
                json_of(account.outgoing.as_ref()).doing(doing)?,
                json(&account.retention).doing(doing)?,
                account.extra_ca,
                account.demo,
                account.colour,
            ],
        )?;
        self.note(Change::Accounts);
        Ok(())
    }

    /// Removes an account with all that is its own: secrets, mailboxes, letters, drafts, outbox, journal.
    pub fn remove_account(&mut self, account: AccountId) -> Result<(), StoreError> {
        let doing = "removing an account";
        for mailbox in self.mailboxes(Some(account))? {
            // Lists that gather from all accounts have fewer letters.
            self.note(Change::Listing { mailbox: mailbox.id });
        }
        self.unindex_account(account)?;
        let steps = [
            // Derived rows first, so that the triggers of each membership find nothing left to keep in step.
            "DELETE FROM conversation WHERE mailbox_id IN (SELECT id FROM mailbox WHERE account_id = ?1)",
            // The rest follows its parents; these go before the threads that letters must not be without.
            "DELETE FROM uidl WHERE account_id = ?1",
            "DELETE FROM email WHERE account_id = ?1",
            "DELETE FROM thread WHERE account_id = ?1",
        ];
        for sql in steps {
            self.run(doing, sql, [account.0])?;
        }
        self.change(
            "account",
            account.0,
            doing,
            "DELETE FROM account WHERE id = ?1",
            [account.0],
        )?;
        self.touched.all = true;
        self.note(Change::Accounts);
        self.note(Change::Drafts);
        self.note(Change::Outbox);
        Ok(())
    }
}

fn account_from(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: AccountId(row.get(0)?),
        email: row.get(1)?,
        name: row.get(2)?,
        protocol: from_word(row, 3)?,
        incoming: from_json_of(row, 4)?,
        outgoing: from_json_of(row, 5)?,
        retention: from_json(row, 6)?,
        extra_ca: row.get(7)?,
        demo: row.get(8)?,
        colour: row.get(9)?,
        keeping: Keeping {
            keep: from_json_of(row, 10)?.unwrap_or_default(),
            large: row.get(11)?,
        },
        paused: row.get::<_, Option<bool>>(12)?.unwrap_or(false),
        label: row.get::<_, Option<String>>(13)?.unwrap_or_default(),
        disabled: row.get::<_, Option<bool>>(14)?.unwrap_or(false),
        check_minutes: row.get(15)?,
    })
}
