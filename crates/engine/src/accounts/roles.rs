//! Which folder is for what: sent letters, drafts, what was deleted, spam, what was put aside. The server says it
//! (SPECIAL-USE, RFC 6154), or a folder's name does; what a person chooses stands above both, and stays.

use std::collections::HashMap;

use waxwing_model::{AccountId, MailboxId, Protocol, Role};

use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// The inbox is the server's, and "all mail" is no place to put anything.
const CHOOSABLE: [Role; 5] = [Role::Drafts, Role::Sent, Role::Archive, Role::Junk, Role::Trash];

impl Engine {
    /// The folders that the person has chosen.
    pub async fn chosen_roles(&self, account: AccountId) -> Result<HashMap<Role, MailboxId>> {
        self.read(move |reading| reading.chosen_roles(account)).await
    }

    /// Gives a role to a folder. `None`: it is as the server says again, from the next look at its folders on.
    pub async fn choose_role(
        &self,
        account: AccountId,
        role: Role,
        mailbox: Option<MailboxId>,
    ) -> Result<()> {
        let known = self.account(account).await?;
        if known.protocol != Protocol::Imap {
            return Err(EngineError::Invalid(format!(
                "the folders of {} stand on this computer, and each has its purpose",
                known.called()
            )));
        }
        if !CHOOSABLE.contains(&role) {
            return Err(EngineError::Invalid("this folder cannot be chosen".into()));
        }
        let Some(mailbox) = mailbox else {
            self.write(move |writing| writing.unchoose_role(account, role))
                .await?;
            self.sync_now(Some(account));
            return Ok(());
        };
        let there = self
            .read(move |reading| reading.mailbox(mailbox))
            .await?
            .filter(|there| there.account == account)
            .ok_or(EngineError::Gone("the folder"))?;
        if !there.selectable {
            return Err(EngineError::Invalid(format!(
                "{} holds folders only, and no letters",
                there.name
            )));
        }
        if there.role == Some(Role::Inbox) {
            return Err(EngineError::Invalid(
                "what arrives cannot be kept apart from it in the inbox".into(),
            ));
        }
        self.write(move |writing| writing.choose_role(account, role, mailbox))
            .await?;
        // The folder that was chosen for another role before may have left that without one.
        self.sync_now(Some(account));
        Ok(())
    }
}
