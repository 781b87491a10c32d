//! The table `identity`: as whom a person writes. (What servers call their things is in `identities`.)

use rusqlite::{Row, params};
use waxwing_model::{AccountId, Change, Identity, IdentityId, NewIdentity};

use crate::column::{from_json_of, json_of};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

const IDENTITY: &str = "SELECT id, account_id, email, name, reply_to, signature, outgoing FROM identity";

impl Reading<'_> {
    /// Of all accounts, in the order of the accounts; each account's usual one first.
    pub fn identities(&self) -> Result<Vec<Identity>, StoreError> {
        let sql = format!(
            "{IDENTITY} LEFT JOIN account_wish USING (account_id) ORDER BY position IS NULL, position, account_id, id"
        );
        self.all("reading the identities", &sql, [], identity_from)
    }

    pub fn identity(&self, identity: IdentityId) -> Result<Option<Identity>, StoreError> {
        let sql = format!("{IDENTITY} WHERE id = ?1");
        self.one("reading an identity", &sql, [identity.0], identity_from)
    }

    /// The one that an account writes as, unless the person says otherwise.
    pub fn usual_identity(&self, account: AccountId) -> Result<Option<Identity>, StoreError> {
        let sql = format!("{IDENTITY} WHERE account_id = ?1 ORDER BY id LIMIT 1");
        self.one("reading an identity", &sql, [account.0], identity_from)
    }
}

impl Writing<'_> {
    pub fn insert_identity(
        &mut self,
        account: AccountId,
        new: &NewIdentity,
    ) -> Result<IdentityId, StoreError> {
        let doing = "adding an identity";
        let id = self.insert(
            doing,
            "INSERT INTO identity (account_id, email, name, reply_to, signature, outgoing)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                account.0,
                new.email,
                new.name,
                new.reply_to,
                new.signature,
                json_of(new.outgoing.as_ref()).doing(doing)?,
            ],
        )?;
        self.note(Change::Accounts);
        Ok(IdentityId(id))
    }

    pub fn update_identity(&mut self, identity: IdentityId, new: &NewIdentity) -> Result<(), StoreError> {
        let doing = "changing an identity";
        self.change(
            "identity",
            identity.0,
            doing,
            "UPDATE identity SET email = ?2, name = ?3, reply_to = ?4, signature = ?5, outgoing = ?6
             WHERE id = ?1",
            params![
                identity.0,
                new.email,
                new.name,
                new.reply_to,
                new.signature,
                json_of(new.outgoing.as_ref()).doing(doing)?,
            ],
        )?;
        self.note(Change::Accounts);
        Ok(())
    }

    pub fn remove_identity(&mut self, identity: IdentityId) -> Result<(), StoreError> {
        let sql = "DELETE FROM identity WHERE id = ?1";
        self.change("identity", identity.0, "removing an identity", sql, [identity.0])?;
        self.note(Change::Accounts);
        Ok(())
    }
}

fn identity_from(row: &Row<'_>) -> rusqlite::Result<Identity> {
    Ok(Identity {
        id: IdentityId(row.get(0)?),
        account: AccountId(row.get(1)?),
        email: row.get(2)?,
        name: row.get(3)?,
        reply_to: row.get(4)?,
        signature: row.get(5)?,
        outgoing: from_json_of(row, 6)?,
    })
}
