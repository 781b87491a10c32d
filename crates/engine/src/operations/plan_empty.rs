//! Trash or Junk emptied, for good. Only what the person was told of is deleted, in portions, so that it can be told how far it is,
//! and a cut costs one of them. Folders that were thrown away go with Trash, after their letters; those in Junk stay.

use std::collections::HashSet;

use waxwing_model::{EmailId, Mailbox, MailboxId, Operation, Role};
use waxwing_store::{Reading, StoreError, Writing};

use super::perform::Refusal;
use super::plan::Plan;
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// Letters that are deleted in one portion.
const AT_ONCE: usize = 500;

/// How much would go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Emptied {
    /// Letters that are deleted.
    pub letters: u32,
    /// Letters that are shown elsewhere too, and stay there.
    pub elsewhere: u32,
    pub folders: u32,
}

/// What somebody was told of: folders, and the letters in them. A letter that was moved keeps its number, so both count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Asked {
    folders: HashSet<MailboxId>,
    letters: HashSet<(MailboxId, EmailId)>,
}

/// What of one folder goes.
struct Going {
    folder: Mailbox,
    /// Shown in nothing that stays.
    doomed: Vec<EmailId>,
    elsewhere: Vec<EmailId>,
}

/// `asked`: what the person was told of; what came since stays. Without it, all that is here.
pub(super) fn plan_empty(
    writing: &mut Writing<'_>,
    mailbox: MailboxId,
    asked: Option<&Asked>,
) -> std::result::Result<Plan, Refusal> {
    let emptied = writing.mailbox(mailbox)?.ok_or(EngineError::Gone("the folder"))?;
    require_may_be_emptied(&emptied)?;
    let mut letters = Plan::new();
    let mut folders = Plan::new();
    for Going {
        folder,
        doomed,
        elsewhere,
    } in going(writing, &emptied, asked)?
    {
        for portion in doomed.chunks(AT_ONCE) {
            letters.push((
                folder.account,
                Operation::Destroy {
                    emails: portion.to_vec(),
                    only_in: Some(mailbox),
                },
            ));
        }
        for portion in elsewhere.chunks(AT_ONCE) {
            letters.push((
                folder.account,
                Operation::Refile {
                    emails: portion.to_vec(),
                    from: Some(folder.id),
                    to: None,
                },
            ));
        }
        if folder.id != mailbox && asked.is_none_or(|asked| asked.folders.contains(&folder.id)) {
            folders.push((folder.account, Operation::ClearAway { mailbox: folder.id }));
        }
    }
    // Letters first, and then the folders, those within before those around them: parents come before children in the list.
    folders.reverse();
    letters.extend(folders);
    Ok(letters)
}

impl Engine {
    /// What would go with Trash or Junk, before somebody says so. What is told here is what [`super::Action::Empty`] takes next.
    pub async fn emptied_with(&self, mailbox: MailboxId) -> Result<Emptied> {
        let found = self
            .read(move |reading| {
                let Some(emptied) = reading.mailbox(mailbox)? else {
                    return Ok(None);
                };
                if !may_be_emptied(&emptied) {
                    return Ok(Some((emptied, Vec::new())));
                }
                let going = going(reading, &emptied, None)?;
                Ok(Some((emptied, going)))
            })
            .await?;
        let (emptied, going) = found.ok_or(EngineError::Gone("the folder"))?;
        require_may_be_emptied(&emptied)?;
        let mut asked = Asked::default();
        let (mut doomed, mut elsewhere) = (HashSet::new(), HashSet::new());
        for part in going {
            asked.folders.insert(part.folder.id);
            doomed.extend(part.doomed.iter().copied());
            elsewhere.extend(part.elsewhere.iter().copied());
            for email in part.doomed.into_iter().chain(part.elsewhere) {
                asked.letters.insert((part.folder.id, email));
            }
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let told = Emptied {
            letters: count(doomed.len()),
            elsewhere: count(elsewhere.len()),
            folders: count(asked.folders.len().saturating_sub(1)),
        };
        locked(&self.inner.asked).insert(mailbox, asked);
        Ok(told)
    }
}

/// Trash and Junk, and nothing else.
fn may_be_emptied(mailbox: &Mailbox) -> bool {
    matches!(mailbox.role, Some(Role::Trash | Role::Junk))
}

fn require_may_be_emptied(mailbox: &Mailbox) -> Result<()> {
    match may_be_emptied(mailbox) {
        true => Ok(()),
        false => Err(EngineError::Invalid(format!(
            "“{}” is neither Trash nor Junk, and is not emptied",
            mailbox.name
        ))),
    }
}

/// The folder, and what was thrown away with it; not what the account needs, wherever that stands, nor what that holds.
fn within(reading: &Reading<'_>, emptied: &Mailbox) -> std::result::Result<Vec<Mailbox>, StoreError> {
    if emptied.role != Some(Role::Trash) {
        return Ok(vec![emptied.clone()]);
    }
    let mut inside = HashSet::from([emptied.id]);
    let mut all = reading.mailboxes(Some(emptied.account))?;
    // Parents come before children.
    all.retain(|folder| {
        let goes = folder.id == emptied.id
            || folder.role.is_none() && folder.parent.is_some_and(|parent| inside.contains(&parent));
        if goes {
            inside.insert(folder.id);
        }
        goes
    });
    Ok(all)
}

/// A letter that is shown outside too only leaves the folder, and so does one that came into another of the folders since the person was
/// told. One that two of them show goes once.
fn going(
    reading: &Reading<'_>,
    emptied: &Mailbox,
    asked: Option<&Asked>,
) -> std::result::Result<Vec<Going>, StoreError> {
    let folders = within(reading, emptied)?;
    let inside: HashSet<MailboxId> = folders.iter().map(|folder| folder.id).collect();
    let told = |folder: MailboxId, email: EmailId| {
        inside.contains(&folder) && asked.is_none_or(|asked| asked.letters.contains(&(folder, email)))
    };
    let mut taken = HashSet::new();
    let mut parts = Vec::with_capacity(folders.len());
    for folder in folders {
        let (mut doomed, mut elsewhere) = (Vec::new(), Vec::new());
        let mut letters = reading.letters_in(folder.id)?;
        letters.retain(|email| told(folder.id, *email));
        for portion in letters.chunks(AT_ONCE) {
            for email in reading.emails(portion)? {
                if !email.mailboxes.iter().all(|shown| told(*shown, email.id)) {
                    elsewhere.push(email.id);
                } else if taken.insert(email.id) {
                    doomed.push(email.id);
                }
            }
        }
        parts.push(Going {
            folder,
            doomed,
            elsewhere,
        });
    }
    Ok(parts)
}
