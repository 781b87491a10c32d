//! The table `account_wish`: what an account is called, where it stands among the others, whether it connects at all, and
//! how often it is looked after. What follows from that is the engine's.

use rusqlite::params;
use waxwing_model::{AccountId, Change};

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// In the order of [`Reading::accounts`].
    pub fn account_order(&self) -> Result<Vec<AccountId>, StoreError> {
        self.all(
            "reading the order of the accounts",
            "SELECT id FROM account LEFT JOIN account_wish ON account_wish.account_id = account.id
             ORDER BY position IS NULL, position, id",
            [],
            |row| row.get(0).map(AccountId),
        )
    }
}

impl Writing<'_> {
    /// An empty name is none: the account is called by its address again.
    pub fn set_look(&mut self, account: AccountId, label: &str, colour: u8) -> Result<(), StoreError> {
        let doing = "changing how an account looks";
        self.run(
            doing,
            "INSERT INTO account_wish (account_id, label) VALUES (?1, ?2)
             ON CONFLICT (account_id) DO UPDATE SET label = excluded.label",
            params![account.0, label],
        )?;
        self.run(
            doing,
            "UPDATE account SET colour = ?2 WHERE id = ?1",
            params![account.0, colour],
        )?;
        self.note(Change::Accounts);
        Ok(())
    }

    /// The accounts from the first to the last. Those that are not named stand behind.
    pub fn order_accounts(&mut self, accounts: &[AccountId]) -> Result<(), StoreError> {
        let doing = "changing the order of the accounts";
        self.run(doing, "UPDATE account_wish SET position = NULL", [])?;
        for (position, account) in (0_i64..).zip(accounts) {
            self.run(
                doing,
                "INSERT INTO account_wish (account_id, position) VALUES (?1, ?2)
                 ON CONFLICT (account_id) DO UPDATE SET position = excluded.position",
                params![account.0, position],
            )?;
        }
        self.note(Change::Accounts);
        for account in self.account_order()? {
            self.note(Change::Mailboxes { account });
        }
        Ok(())
    }

    pub fn set_disabled(&mut self, account: AccountId, disabled: bool) -> Result<(), StoreError> {
        self.run(
            "keeping whether an account connects",
            "INSERT INTO account_wish (account_id, disabled) VALUES (?1, ?2)
             ON CONFLICT (account_id) DO UPDATE SET disabled = excluded.disabled",
            params![account.0, disabled],
        )?;
        self.note(Change::Accounts);
        Ok(())
    }

    /// `None`: as usual.
    pub fn set_check_minutes(&mut self, account: AccountId, minutes: Option<u16>) -> Result<(), StoreError> {
        self.run(
            "keeping how often an account is looked after",
            "INSERT INTO account_wish (account_id, check_minutes) VALUES (?1, ?2)
             ON CONFLICT (account_id) DO UPDATE SET check_minutes = excluded.check_minutes",
            params![account.0, minutes],
        )?;
        self.note(Change::Accounts);
        Ok(())
    }
}
