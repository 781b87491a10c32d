//! The table `chosen_role`: which folder the person has chosen for a role. `mailbox` says which folder has it; what a
//! server says of its folders gives way to what is chosen here.

use std::collections::HashMap;

use rusqlite::params;
use waxwing_model::{AccountId, MailboxId, Role};

use crate::column::{from_word, word};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    pub fn chosen_roles(&self, account: AccountId) -> Result<HashMap<Role, MailboxId>, StoreError> {
        let chosen = self.all(
            "reading which folders were chosen",
            "SELECT role, mailbox_id FROM chosen_role WHERE account_id = ?1",
            [account.0],
            |row| Ok((from_word(row, 0)?, MailboxId(row.get(1)?))),
        )?;
        Ok(chosen.into_iter().collect())
    }
}

impl Writing<'_> {
    /// Gives a role to a folder of the account, and takes it from the one that had it. What the folder was chosen for
    /// before it is no more.
    pub fn choose_role(
        &mut self,
        account: AccountId,
        role: Role,
        mailbox: MailboxId,
    ) -> Result<(), StoreError> {
        let doing = "choosing a folder";
        self.run(
            doing,
            "DELETE FROM chosen_role WHERE account_id = ?1 AND (mailbox_id = ?2 OR role = ?3)",
            params![account.0, mailbox.0, word(&role).doing(doing)?],
        )?;
        self.run(
            doing,
            "INSERT INTO chosen_role (account_id, role, mailbox_id) VALUES (?1, ?2, ?3)",
            params![account.0, word(&role).doing(doing)?, mailbox.0],
        )?;
        for other in self.mailboxes(Some(account))? {
            if other.id == mailbox {
                self.update_mailbox_facts(other.id, Some(role), other.selectable)?;
            } else if other.role == Some(role) {
                self.update_mailbox_facts(other.id, None, other.selectable)?;
            }
        }
        Ok(())
    }

    /// From now on the server says which folder it is. Until it is asked the folder keeps the role, so that there is one.
    pub fn unchoose_role(&mut self, account: AccountId, role: Role) -> Result<(), StoreError> {
        let doing = "choosing a folder no more";
        self.run(
            doing,
            "DELETE FROM chosen_role WHERE account_id = ?1 AND role = ?2",
            params![account.0, word(&role).doing(doing)?],
        )?;
        Ok(())
    }
}
