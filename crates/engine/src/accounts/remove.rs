//! An account leaves with everything of it, passwords too, in one transaction; or its letters stay, in the local folders.
//! Both work offline. Letters that were still to be put on its server stand nowhere else, and stay in either case.

use std::collections::HashMap;

use waxwing_model::{
    Account, AccountId, Body, DraftId, Email, EmailId, Mailbox, MailboxId, Operation, Protocol, Role,
};
use waxwing_store::{NewMailbox, Reading, StoreError, Writing};

use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::oauth::known_of;
use crate::operations::copies::like;
use crate::operations::keep_here::keep_refused;
use crate::operations::{Refusal, transact};

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
    /// Removes an account with its letters and passwords, all in one transaction; nothing changes on its servers. What it was granted
    /// in the browser is taken back at the provider (RFC 7009). Letters that wait to be put on its server after a change of protocol
    /// go into the local folders.
    pub async fn remove_account(&self, account: AccountId) -> Result<()> {
        self.require_settled(&self.account(account).await?)?;
        let ran = self.is_running(account);
        self.end_account(account).await;
        self.forget_activity(account);
        // A token may just be made fresh, and that one is the one to be taken back.
        let nobody_else = self.without_renewal(account).await;
        let before = self.granted_before(account).await;
        let doors = self.granted_doors(account).await;
        let store = self.inner.store.clone();
        let noted = doors.clone();
        let kept = blocking(move || {
            transact(&store, |writing| {
                // Letters on their way into it must not go with it, nor hide where they were.
                Self::forsake(writing, account)?;
                let kept = keep_uploads(writing, account)?;
                writing.remove_account(account)?;
                for door in &noted {
                    writing.remove_setting(&known_of((account, *door)))?;
                }
                Ok(kept)
            })
        })
        .await??;
        self.inner.for_this_run.forget(account);
        for door in doors {
            self.forget_tokens((account, door));
        }
        drop(nobody_else);
        self.take_back_what_lost(before).await;
        if kept && ran {
            // Local folders may have been made.
            self.start().await?;
        }
        Ok(())
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
        self.require_empty_outbox(&known).await?;
        let home = self.add_local_folders(local).await?;
        self.end_account(account).await;
        self.write(move |writing| writing.set_disabled(account, true))
            .await?;
        let store = self.inner.store.clone();
        blocking(move || transact(&store, |writing| Self::forsake(writing, account))).await??;
        self.file_drafts_of(account).await?;
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
        // Something may have been sent meanwhile.
        self.require_empty_outbox(&known).await?;
        self.remove_account(account).await?;
        Ok(kept)
    }

    /// What waits in the outbox is no letter of any folder yet.
    async fn require_empty_outbox(&self, known: &Account) -> Result<()> {
        let account = known.id;
        let (unsent, only_there) = self.read(move |reading| reading.counted_outbox(account)).await?;
        let called = known.called();
        match (unsent, only_there) {
            (0, 0) => Ok(()),
            (0, _) => Err(EngineError::Invalid(format!(
                "{called} has sent a letter of which no copy is filed yet; wait until it is in Sent, or clear it from the outbox, \
                 and remove the account after that"
            ))),
            _ => Err(EngineError::Invalid(format!(
                "letters of {called} are still in the outbox; send them or take them back, and remove the account after that"
            ))),
        }
    }

    /// What was typed and is not filed is no letter of any folder either.
    async fn file_drafts_of(&self, account: AccountId) -> Result<()> {
        for draft in self.read(move |reading| due_drafts(reading, account)).await? {
            self.close_draft(draft).await?;
        }
        Ok(())
    }
}

fn due_drafts(reading: &Reading<'_>, account: AccountId) -> Result<Vec<DraftId>, StoreError> {
    let mut due = Vec::new();
    for id in reading.drafts_to_file()? {
        if reading.draft(id)?.is_some_and(|draft| draft.account == account) {
            due.push(id);
        }
    }
    Ok(due)
}

/// Moves to Local Folders what was to be put on the account's server and stands here alone. Gives whether there was any.
fn keep_uploads(writing: &mut Writing<'_>, account: AccountId) -> Result<bool, Refusal> {
    let mut any = false;
    for entry in writing.pending_operations(account)? {
        let Operation::Upload { email, to } = entry.operation else {
            continue;
        };
        // Without its bytes there is nothing to keep.
        if writing
            .email(email)?
            .is_some_and(|letter| letter.body == Body::Complete)
        {
            keep_refused(writing, email, to)?;
            any = true;
        }
    }
    Ok(any)
}

/// Where the letters of an account go.
#[derive(Clone)]
struct Places {
    /// The folder with the account's name, for whatever has no other.
    root: Mailbox,
    folders: HashMap<MailboxId, Mailbox>,
}

/// What became of one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Put {
    Over,
    /// It is shown nowhere, being on its way to another account; or it is not whole.
    Nowhere,
    Spoilt,
}

/// A folder of the local folders for each of the account that has letters, in the same order below each other.
fn places(
    writing: &mut Writing<'_>,
    account: AccountId,
    home: AccountId,
    name: &str,
) -> Result<Places, StoreError> {
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
    Ok(Places {
        root,
        folders: places,
    })
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
fn put(writing: &mut Writing<'_>, email: &Email, places: &Places) -> Result<Put, StoreError> {
    if email.mailboxes.is_empty() || email.body != Body::Complete {
        return Ok(Put::Nowhere);
    }
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
    let mut targets: Vec<&Mailbox> = shown
        .iter()
        .filter_map(|mailbox| places.folders.get(mailbox))
        .collect();
    // Its folder was empty when the places were made, or not there.
    let first = *targets.first().unwrap_or(&&places.root);
    if targets.is_empty() {
        targets.push(first);
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
    // Moved is not deleted: the account may stay after all, and its maildrop must not take it for that.
    writing.hand_uidl_on(email.id, copy)?;
    writing.remove_email(email.id)?;
    Ok(Put::Over)
}

#[cfg(test)]
mod tests {
    use waxwing_model::{Keywords, NewAccount, Retention};

    use super::*;
    use crate::lena;
    use crate::letters::ingest::{Circumstances, insert_whole};

    #[test]
    fn a_letter_without_a_place_goes_under_the_name_of_its_account_and_its_maildrop_does_not_take_it_for_deleted()
     {
        let lena = NewAccount {
            retention: Retention::RemoveWhenDeleted,
            ..lena::account(Protocol::Pop3)
        };
        let here = lena::Home::of(&lena);
        let local = NewAccount {
            email: "Local Folders".into(),
            protocol: Protocol::Local,
            ..lena.clone()
        };
        let account = here.account;
        let outcome = here.store.write(|writing| {
            let home = writing.insert_account(&local)?;
            let empty = folder(writing, account, None, "Odds")?.id;
            let places = places(writing, account, home, "Lena")?;
            // It comes when the places are made already.
            let circumstances = Circumstances {
                received_at: 1,
                keywords: Keywords::default(),
                uid: None,
            };
            let raw = b"Subject: late\r\n\r\nIt is late.\r\n";
            let late = insert_whole(writing, account, empty, raw, circumstances)?;
            writing.remember_uidl(account, "its name there", Some(late), 1)?;
            let letter = writing.email(late)?.expect("the letter");
            assert_eq!(put(writing, &letter, &places)?, Put::Over);
            let copies = writing.whole_letters(home, EmailId(0), 9)?;
            let copy = writing.emails(&copies)?.pop().expect("the letter goes along");
            assert_eq!(copy.mailboxes, [places.root.id], "under the account's name");
            let removable = writing.uidls_to_remove(account, &Retention::RemoveWhenDeleted, 2)?;
            assert_eq!(removable, Vec::<String>::new(), "nothing was deleted");
            Ok(())
        });
        outcome.expect("all of it is written");
    }
}
