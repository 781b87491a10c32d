//! An account leaves with everything of it, passwords too, in one transaction; or its letters stay, in the local folders.
//! Both work offline.

use std::collections::HashMap;

use waxwing_model::{AccountId, Body, Email, EmailId, Mailbox, MailboxId, Protocol, Role};
use waxwing_store::{NewMailbox, StoreError, Writing};

use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::operations::copies::like;
use crate::operations::transact;

/// Letters that go over in one transaction: a fraction of a second.
const AT_ONCE: usize = 200;

/// What would become of an account's letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Remainder {
    /// They are whole here, and can stay.
    pub whole: u32,
    /// Of these only the header is here, or a part.
    pub elsewhere: u32,
}

impl Engine {
    pub async fn remove_account(&self, account: AccountId) -> Result<()> {
        self.require_settled(&self.account(account).await?)?;
        self.end_account(account).await;
        self.forget_activity(account);
        let store = self.inner.store.clone();
        blocking(move || {
            transact(&store, |writing| {
                // Letters on their way into it must not go with it, nor hide where they were.
                Self::forsake(writing, account)?;
                Ok(writing.remove_account(account)?)
            })
        })
        .await?
    }

    /// How many letters would stay with [`Engine::remove_account_but_letters`].
    pub async fn remainder(&self, account: AccountId) -> Result<Remainder> {
        let (whole, elsewhere) = self.read(move |reading| reading.counted_letters(account)).await?;
        Ok(Remainder { whole, elsewhere })
    }

    /// Removes an account, and puts its letters into the local folders first, into a folder with its name. Those that are
    /// not whole here stay on its server alone. Gives how many went over.
    ///
    /// The account is switched off before and goes last, so that whatever cuts this short loses nothing: what has gone over
    /// has, and the rest is still in the account.
    pub async fn remove_account_but_letters(&self, account: AccountId, local: &str) -> Result<u32> {
        let known = self.account(account).await?;
        if known.protocol == Protocol::Local && !known.demo {
            return Err(EngineError::Invalid(format!(
                "{} are the local folders themselves",
                known.called()
            )));
        }
        self.require_settled(&known)?;
        let home = self.add_local_folders(local).await?;
        self.end_account(account).await;
        self.write(move |writing| writing.set_disabled(account, true))
            .await?;
        let store = self.inner.store.clone();
        blocking(move || transact(&store, |writing| Self::forsake(writing, account))).await??;
        let name = known.called().to_owned();
        let places = self
            .write(move |writing| places(writing, account, home, &name))
            .await?;
        let (mut kept, mut spoilt) = (0_u32, 0_u32);
        let mut after = EmailId(0);
        loop {
            let places = places.clone();
            let (outcomes, last) = self
                .write(move |writing| {
                    let emails = writing.whole_letters(account, after, AT_ONCE)?;
                    let last = emails.last().copied();
                    let mut outcomes = Vec::new();
                    for email in writing.emails(&emails)? {
                        outcomes.push(put(writing, &email, &places)?);
                    }
                    Ok((outcomes, last))
                })
                .await?;
            for outcome in outcomes {
                kept = kept.saturating_add((outcome == Put::Over).into());
                spoilt = spoilt.saturating_add((outcome == Put::Spoilt).into());
            }
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
        if spoilt > 0 {
            return Err(EngineError::Invalid(format!(
                "{spoilt} letters of {} could not be read back, so that the account stays, switched off; \
                 switch it on, and what the server has comes again",
                known.called()
            )));
        }
        self.remove_account(account).await?;
        Ok(kept)
    }
}

/// What became of one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Put {
    Over,
    /// It is shown nowhere, being on its way to another account.
    Nowhere,
    Spoilt,
}

/// A folder of the local folders for each of the account that has letters, in the same order below each other.
fn places(
    writing: &mut Writing<'_>,
    account: AccountId,
    home: AccountId,
    name: &str,
) -> Result<HashMap<MailboxId, Mailbox>, StoreError> {
    let root = folder(writing, home, None, name)?;
    let mut places: HashMap<MailboxId, Mailbox> = HashMap::new();
    // Parents come before their children.
    for mailbox in writing.mailboxes(Some(account))? {
        let above = mailbox.parent.and_then(|parent| places.get(&parent));
        let parent = above.map_or(root.id, |above| above.id);
        let there = folder(writing, home, Some(parent), &mailbox.name)?;
        places.insert(mailbox.id, there);
    }
    // One that nothing will stand in is not worth its line, unless something stands below it.
    let mailboxes = writing.mailboxes(Some(account))?;
    for mailbox in mailboxes.iter().rev() {
        let Some(there) = places.get(&mailbox.id) else {
            continue;
        };
        let id = there.id;
        let in_use = mailbox.total > 0
            || writing.mailbox(id)?.is_some_and(|there| there.total > 0)
            || writing
                .mailboxes(Some(home))?
                .iter()
                .any(|other| other.parent == Some(id));
        if !in_use {
            writing.remove_mailbox(id)?;
            places.remove(&mailbox.id);
        }
    }
    Ok(places)
}

fn folder(
    writing: &mut Writing<'_>,
    account: AccountId,
    parent: Option<MailboxId>,
    name: &str,
) -> Result<Mailbox, StoreError> {
    let id = match writing.mailbox_named(account, parent, name)? {
        Some(there) => return Ok(there),
        None => writing.insert_mailbox(&NewMailbox {
            account,
            parent,
            name: name.to_owned(),
            role: None,
            selectable: true,
            path: None,
            delimiter: None,
        })?,
    };
    writing.mailbox(id)?.ok_or(StoreError::NoSuch {
        what: "mailbox",
        id: id.0,
    })
}

/// Puts one letter where it belongs, reads it back, and only then takes the old one away.
fn put(
    writing: &mut Writing<'_>,
    email: &Email,
    places: &HashMap<MailboxId, Mailbox>,
) -> Result<Put, StoreError> {
    let mut shown = email.mailboxes.clone();
    // "All mail" holds what other folders show too.
    if shown.len() > 1 {
        let mut elsewhere = Vec::new();
        for mailbox in &shown {
            if writing
                .mailbox(*mailbox)?
                .is_some_and(|there| there.role != Some(Role::All))
            {
                elsewhere.push(*mailbox);
            }
        }
        shown = elsewhere;
    }
    let targets: Vec<&Mailbox> = shown.iter().filter_map(|mailbox| places.get(mailbox)).collect();
    let Some(first) = targets.first() else {
        return Ok(Put::Nowhere);
    };
    if email.body != Body::Complete {
        return Ok(Put::Nowhere);
    }
    let copy = writing.insert_email(&like(email, first))?;
    writing.copy_body(email.id, copy)?;
    let all: Vec<MailboxId> = targets.iter().map(|target| target.id).collect();
    writing.set_mailboxes(copy, &all)?;
    if !writing.verify_body(copy)? {
        // The server may have it still, and it stays with the account.
        writing.remove_email(copy)?;
        return Ok(Put::Spoilt);
    }
    writing.remove_email(email.id)?;
    Ok(Put::Over)
}
