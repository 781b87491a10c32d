//! What is done to the rows of a list that are not named one by one, which may be a million: the letters are found once, as of
//! the moment in which it is asked for, and then it is done to one portion of them after the other. Each portion is a transaction
//! with its lines of the journal, so that nobody waits long for the writer and a kill leaves each letter either done, with its
//! line, or as it was. All portions are one action, which is undone as one. (ADR 75)

use std::collections::BTreeSet;
use std::time::Duration;

use waxwing_model::{
    AccountId, ActionId, Change, Email, EmailId, Keyword, Keywords, Listed, ListingSource, LongWork, Marks,
    Role, RunId,
};
use waxwing_store::{Reading, StoreError};

use super::deletions::{Deleting, only_those_in_trash, without_those_on_their_way};
use super::perform::{journaled, transact};
use super::runs::Running;
use super::{Action, Performed, plan};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// Letters that are written in one transaction, and told to a server in one command.
pub(super) const AT_ONCE: usize = if cfg!(test) { 50 } else { 500 };
/// Between two portions or two steps of undoing, so that whoever else waits for the writer comes before the next one.
pub(super) const BREATH: Duration = Duration::from_millis(2);

/// What came of it. Letters that are left are as they were: somebody has stopped it, or it failed there.
#[derive(Debug)]
pub struct PerformedListed {
    pub performed: Performed,
    pub left: u32,
    pub failure: Option<EngineError>,
}

/// The letters that are meant.
struct Meant {
    emails: Vec<EmailId>,
    /// It is a list of Trash, and all of it stood there alone when it began. Else nothing of it goes for good.
    for_good: bool,
}

/// What one portion came to.
struct Portion {
    action: ActionId,
    affected: u32,
    lines: bool,
    can_be_undone: bool,
    touched: BTreeSet<AccountId>,
}

impl Engine {
    /// Does it to what is listed now. `action` says what, and names no letters; `run` is the name by which it can be stopped, and by
    /// which it is told how far it is.
    pub async fn perform_listed(
        &self,
        listed: Listed,
        action: Action,
        run: RunId,
    ) -> Result<PerformedListed> {
        // It can be stopped while the letters are still looked for.
        let running = Running::begin(self, run)?;
        let Meant { emails, for_good } = self.meant(listed, &action).await?;
        // Before the first of it is written.
        let _deleting = match &action {
            Action::Delete { .. } if !for_good => Some(Deleting::begin(self, in_order(&emails))),
            _ => None,
        };
        let told = LongWork::Run(running.run().clone());
        let total = emails.len();
        self.tell_progress(&told, 0, total);
        let mut all: Option<Portion> = None;
        let (mut done, mut failure) = (0, None);
        for portion in emails.chunks(AT_ONCE) {
            if running.is_stopped() {
                break;
            }
            if all.is_some() {
                tokio::time::sleep(BREATH).await;
            }
            let number = all.as_ref().map(|all| all.action);
            match self
                .perform_portion(&action, portion.to_vec(), (number, for_good), &running)
                .await
            {
                Ok(Some(portion)) => all = Some(joined(all, portion)),
                Ok(None) => break,
                // What was done before is done, and can be undone.
                Err(error) if all.is_some() => {
                    failure = Some(error);
                    break;
                }
                Err(error) => return Err(error),
            }
            done += portion.len();
            self.tell_progress(&told, done, total);
        }
        Ok(PerformedListed {
            performed: Performed {
                undo: all
                    .as_ref()
                    .filter(|all| all.lines && all.can_be_undone)
                    .map(|all| all.action),
                affected: all.map_or(0, |all| all.affected),
            },
            left: count(total - done),
            failure,
        })
    }

    /// What is true of the rows that are listed now.
    pub async fn listed_marks(&self, listed: Listed) -> Result<Marks> {
        self.read(move |reading| reading.listed_marks(&listed))
            .await?
            .ok_or(EngineError::Gone("a row that was chosen"))
    }

    pub(super) fn tell_progress(&self, of: &LongWork, done: usize, total: usize) {
        if total > AT_ONCE {
            let (of, done, total) = (of.clone(), count(done), count(total));
            self.inner
                .changes
                .publish(vec![Change::Progress { of, done, total }]);
        }
    }

    /// The letters that are meant, from one snapshot, with what must be known to delete them.
    async fn meant(&self, listed: Listed, action: &Action) -> Result<Meant> {
        if action.on(Vec::new()).is_none() {
            return Err(EngineError::Invalid(
                "this is done to letters that are named".into(),
            ));
        }
        let is_deletion = matches!(action, Action::Delete { .. });
        self.read(move |reading| {
            let Some(emails) = reading.listed(&listed)? else {
                return Ok(None);
            };
            let for_good = is_deletion && goes_for_good(reading, &listed.listing.source, &emails)?;
            Ok(Some(Meant { emails, for_good }))
        })
        .await?
        .ok_or(EngineError::Gone("a row that was chosen"))
    }

    /// `None`: somebody has stopped it while its letters were still brought.
    async fn perform_portion(
        &self,
        action: &Action,
        emails: Vec<EmailId>,
        (number, for_good): (Option<ActionId>, bool),
        running: &Running,
    ) -> Result<Option<Portion>> {
        let Some(portion) = action.on(emails.clone()) else {
            return Err(EngineError::Invalid(
                "this is done to letters that are named".into(),
            ));
        };
        if !self.bring_first(&portion, Some(running)).await? {
            return Ok(None);
        }
        let store = self.inner.store.clone();
        let engine = self.clone();
        let portion = blocking(move || {
            transact(&store, |writing| {
                let deletions = engine.deletions();
                let action = match number {
                    Some(number) => number,
                    None => writing.new_action()?,
                };
                let portion = match portion {
                    Action::SetKeywords { add, remove, .. } => Action::SetKeywords {
                        emails: that_change(writing, &emails, &add, &remove)?,
                        add,
                        remove,
                    },
                    other if for_good => only_those_in_trash(writing, other)?,
                    other => without_those_on_their_way(writing, other, &deletions)?,
                };
                let operations = plan::plan(writing, &portion)?;
                let affected = plan::affected(&operations);
                let lines = !operations.is_empty();
                let (can_be_undone, touched) = journaled(writing, action, operations)?;
                Ok(Portion {
                    action,
                    affected,
                    lines,
                    can_be_undone,
                    touched,
                })
            })
        })
        .await??;
        for account in &portion.touched {
            self.wake(*account);
        }
        Ok(Some(portion))
    }
}

fn joined(all: Option<Portion>, portion: Portion) -> Portion {
    let Some(all) = all else { return portion };
    Portion {
        action: all.action,
        affected: all.affected.saturating_add(portion.affected),
        lines: all.lines || portion.lines,
        can_be_undone: all.can_be_undone && portion.can_be_undone,
        touched: BTreeSet::new(),
    }
}

/// Letters go for good where Trash is looked at, and nowhere else: a search that is deleted once more deletes nothing.
fn goes_for_good(
    reading: &Reading<'_>,
    source: &ListingSource,
    emails: &[EmailId],
) -> Result<bool, StoreError> {
    let mut trashes = Vec::new();
    for mailbox in reading.mailboxes(None)? {
        let trash = reading.mailbox_with_role(mailbox.account, Role::Trash)?;
        if trash.is_some_and(|trash| plan::is_inside(reading, mailbox.id, trash.id)) {
            trashes.push(mailbox.id);
        }
    }
    let is_trash = matches!(source, ListingSource::Mailbox { mailbox } if trashes.contains(mailbox));
    let in_trash = match is_trash {
        true => reading.letters_only_in(&trashes)?,
        false => return Ok(false),
    };
    Ok(emails.iter().all(|email| in_trash.binary_search(email).is_ok()))
}

fn in_order(emails: &[EmailId]) -> Vec<EmailId> {
    let mut emails = emails.to_vec();
    emails.sort_unstable();
    emails
}

/// The letters of which a mark would change anything. Of a list of a million most may have it.
fn that_change(
    reading: &Reading<'_>,
    emails: &[EmailId],
    add: &Keywords,
    remove: &Keywords,
) -> Result<Vec<EmailId>, StoreError> {
    let has = |email: &Email, keyword: &Keyword| email.keywords.has(keyword.as_str());
    let changes = |email: &Email| {
        add.iter().any(|keyword| !has(email, keyword)) || remove.iter().any(|keyword| has(email, keyword))
    };
    let letters = reading.emails(emails)?.into_iter();
    Ok(letters.filter(changes).map(|email| email.id).collect())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
