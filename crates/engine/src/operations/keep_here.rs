//! Letters that stand only on this computer and are to go on doing so while their account is with a server now: they are
//! moved to Local Folders, under a folder with the account's name, in the caller's transaction. There they are as safe as
//! before; left in the account, they would be taken for letters that were deleted on its server.

use std::collections::HashMap;

use waxwing_model::{AccountId, Email, EmailId, MailboxId};
use waxwing_store::{NewMailbox, Writing};

use super::copies::like;
use super::filing;
use super::perform::Refusal;
use crate::accounts::add_local::local_folders;
use crate::error::EngineError;

/// What the local folders are called where nobody has named them.
pub(crate) const LOCAL: &str = "Local Folders";

/// Where letters of one account go.
pub(crate) struct Shelter {
    account: AccountId,
    /// What the local folders are called if they have to be made.
    local: String,
    homes: HashMap<Option<MailboxId>, MailboxId>,
}

impl Shelter {
    pub(crate) fn new(account: AccountId, local: &str) -> Self {
        Self {
            account,
            local: local.to_owned(),
            homes: HashMap::new(),
        }
    }

    /// Moves a letter there. Its bytes are not touched: the new row points to them, and the old one goes.
    pub(crate) fn take(&mut self, writing: &mut Writing<'_>, email: &Email) -> Result<EmailId, Refusal> {
        let home = self.home(writing, email.mailboxes.first().copied())?;
        let target = writing.mailbox(home)?.ok_or(EngineError::Gone("the folder"))?;
        let kept = writing.insert_email(&like(email, &target))?;
        if !writing.copy_body(email.id, kept)? {
            return Err(EngineError::Gone("the text of a letter").into());
        }
        writing.remove_email(email.id)?;
        Ok(kept)
    }

    /// The folder for what was in a folder of the account.
    fn home(&mut self, writing: &mut Writing<'_>, from: Option<MailboxId>) -> Result<MailboxId, Refusal> {
        if let Some(home) = self.homes.get(&from) {
            return Ok(*home);
        }
        let local = local_folders(writing, &self.local)?;
        let account = writing
            .account(self.account)?
            .ok_or(EngineError::Gone("the account"))?;
        let mut names = Vec::new();
        let mut above = from;
        while let Some(mailbox) = above {
            let Some(mailbox) = writing.mailbox(mailbox)? else {
                break;
            };
            above = mailbox.parent;
            names.push(mailbox.name);
        }
        names.push(account.email);
        let mut home = None;
        for name in names.into_iter().rev() {
            home = Some(child(writing, local, home, name)?);
        }
        let home = home.ok_or(EngineError::Gone("the folder"))?;
        self.homes.insert(from, home);
        Ok(home)
    }
}

fn child(
    writing: &mut Writing<'_>,
    account: AccountId,
    parent: Option<MailboxId>,
    name: String,
) -> Result<MailboxId, Refusal> {
    if let Some(there) = writing.mailbox_named(account, parent, &name)? {
        return Ok(there.id);
    }
    Ok(writing.insert_mailbox(&NewMailbox {
        account,
        parent,
        name,
        role: None,
        selectable: true,
        path: None,
        delimiter: None,
    })?)
}

/// A letter that the server would not take. One that the person has deleted meanwhile is not brought back. One that is being
/// written waits in Drafts.
pub(crate) fn keep_refused(writing: &mut Writing<'_>, email: EmailId, to: MailboxId) -> Result<(), Refusal> {
    let Some(letter) = writing.email(email)? else {
        return Ok(());
    };
    if letter.mailboxes.is_empty() || !writing.locations(&[email])?.is_empty() {
        return Ok(());
    }
    if filing::is_draft(writing, &letter)? {
        let action = writing.new_action()?;
        return filing::put_draft(writing, action, &letter);
    }
    tracing::info!(%email, mailbox = %to, "a letter could not be put on the server");
    Shelter::new(letter.account, LOCAL).take(writing, &letter)?;
    Ok(())
}
