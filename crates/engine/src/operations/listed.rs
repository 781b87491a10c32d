//! What is done to the rows of a list that are not named one by one, which may be a million: the letters are found once, as of
//! the moment in which it is asked for, and then it is done to one portion of them after the other. Each portion is a transaction
//! with its lines of the journal, so that nobody waits long for the writer and a kill leaves each letter either done, with its
//! line, or as it was. All portions are one action, which is undone as one. (ADR 75)

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use waxwing_model::{
    AccountId, ActionId, Change, Email, EmailId, Keyword, Keywords, Listed, ListingSource, MailboxId, Marks,
    Role,
};
use waxwing_store::{Reading, StoreError};

use super::perform::{Refusal, journaled, transact};
use super::plan_filed::is_only_in;
use super::{Action, Performed, plan};
use crate::engine::{Engine, Inner, blocking, locked};
use crate::error::{EngineError, Result};

/// Letters that are written in one transaction, and told to a server in one command.
pub(super) const AT_ONCE: usize = if cfg!(test) { 50 } else { 500 };
/// As many letters are copied at once, or go to another account: each is written anew and has to be brought whole.
const MOST_COPIED: usize = if cfg!(test) { 200 } else { 10_000 };
/// Between two portions or two steps of undoing, so that whoever else waits for the writer comes before the next one.
pub(super) const BREATH: Duration = Duration::from_millis(2);

/// So long a deletion is remembered when it is over: nobody has seen yet that it is, and a press may be on its way.
const UNSEEN: Duration = Duration::from_secs(2);

/// What came of it. Letters that are left are as they were: somebody has stopped it, or it failed there.
#[derive(Debug)]
pub struct PerformedListed {
    pub performed: Performed,
    pub left: u32,
    pub failure: Option<EngineError>,
}

/// Something that is under way.
pub(crate) struct Run {
    stopped: AtomicBool,
    /// Set before the first of it is written.
    deleting: OnceLock<Deleting>,
}

/// What is being deleted. What of it comes to Trash meanwhile has come there by this, and is not deleted for good.
struct Deleting {
    /// All of it, by ascending id.
    emails: Vec<EmailId>,
    /// It is a list of Trash, and all of it stood there alone when it began. Else nothing of it goes for good.
    for_good: bool,
}

impl Deleting {
    fn brings_to_trash(&self, email: EmailId) -> bool {
        !self.for_good && self.emails.binary_search(&email).is_ok()
    }
}

/// Takes the run off the list of those that are under way, however it ends.
struct Running {
    engine: Engine,
    run: Arc<Run>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let run = Arc::clone(&self.run);
        let forget = move |inner: &Inner| locked(&inner.runs).retain(|other| !Arc::ptr_eq(other, &run));
        let has_moved = self.run.deleting.get().is_some_and(|one| !one.for_good);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) if has_moved => {
                // Whoever waits does not keep an engine that was stopped.
                let inner = Arc::downgrade(&self.engine.inner);
                runtime.spawn(async move {
                    tokio::time::sleep(UNSEEN).await;
                    if let Some(inner) = inner.upgrade() {
                        forget(&inner);
                    }
                });
            }
            _ => forget(&self.engine.inner),
        }
    }
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
    /// Does it to what is listed now. `action` says what, and names no letters.
    pub async fn perform_listed(&self, listed: Listed, action: Action) -> Result<PerformedListed> {
        // It can be stopped while the letters are still looked for.
        let running = self.begin_run();
        let (emails, deleting) = self.meant(listed, &action).await?;
        if let Some(deleting) = deleting {
            running.run.deleting.get_or_init(|| deleting);
        }
        let for_good = running.run.deleting.get().is_some_and(|one| one.for_good);
        let total = emails.len();
        let mut all: Option<Portion> = None;
        let (mut done, mut failure) = (0, None);
        for portion in emails.chunks(AT_ONCE) {
            if running.run.stopped.load(Ordering::Relaxed) {
                break;
            }
            if all.is_some() {
                tokio::time::sleep(BREATH).await;
            }
            let number = all.as_ref().map(|all| all.action);
            match self
                .perform_portion(&action, portion.to_vec(), (number, for_good))
                .await
            {
                Ok(portion) => all = Some(joined(all, portion)),
                // What was done before is done, and can be undone.
                Err(error) if all.is_some() => {
                    failure = Some(error);
                    break;
                }
                Err(error) => return Err(error),
            }
            done += portion.len();
            self.tell_progress(done, total);
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

    /// What is done to very many letters ends with the portion that is being written.
    pub fn stop_listed(&self) {
        for run in locked(&self.inner.runs).iter() {
            run.stopped.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn tell_progress(&self, done: usize, total: usize) {
        if total > AT_ONCE {
            let (done, total) = (count(done), count(total));
            self.inner.changes.publish(vec![Change::Progress { done, total }]);
        }
    }

    fn begin_run(&self) -> Running {
        let run = Arc::new(Run {
            stopped: AtomicBool::new(false),
            deleting: OnceLock::new(),
        });
        locked(&self.inner.runs).push(Arc::clone(&run));
        Running {
            engine: self.clone(),
            run,
        }
    }

    /// The letters that are meant, from one snapshot, with what must be known to delete them.
    async fn meant(&self, listed: Listed, action: &Action) -> Result<(Vec<EmailId>, Option<Deleting>)> {
        if action.on(Vec::new()).is_none() {
            return Err(EngineError::Invalid(
                "this is done to letters that are named".into(),
            ));
        }
        let action = action.clone();
        let (emails, deleting, copied) = self
            .read(move |reading| {
                let Some(emails) = reading.listed(&listed)? else {
                    return Ok(None);
                };
                let deleting = match action {
                    Action::Delete { .. } => Some(deleting(reading, &listed.listing.source, &emails)?),
                    _ => None,
                };
                let copied = copied(reading, &action, &emails)?;
                Ok(Some((emails, deleting, copied)))
            })
            .await?
            .ok_or(EngineError::Gone("a row that was chosen"))?;
        if copied > MOST_COPIED {
            return Err(EngineError::Invalid(format!(
                "no more than {MOST_COPIED} letters at once can be copied, or moved to another account"
            )));
        }
        Ok((emails, deleting))
    }

    async fn perform_portion(
        &self,
        action: &Action,
        emails: Vec<EmailId>,
        (number, for_good): (Option<ActionId>, bool),
    ) -> Result<Portion> {
        let Some(portion) = action.on(emails.clone()) else {
            return Err(EngineError::Invalid(
                "this is done to letters that are named".into(),
            ));
        };
        self.bring_first(&portion).await?;
        let store = self.inner.store.clone();
        let engine = self.clone();
        let portion = blocking(move || {
            transact(&store, |writing| {
                let runs = engine.runs();
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
                    other => without_those_on_their_way(writing, other, &runs)?,
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
        Ok(portion)
    }

    pub(super) fn runs(&self) -> Vec<Arc<Run>> {
        locked(&self.inner.runs).clone()
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
fn deleting(
    reading: &Reading<'_>,
    source: &ListingSource,
    emails: &[EmailId],
) -> Result<Deleting, StoreError> {
    let mut emails = emails.to_vec();
    emails.sort_unstable();
    let mut trashes = Vec::new();
    for mailbox in reading.mailboxes(None)? {
        let trash = reading.mailbox_with_role(mailbox.account, Role::Trash)?;
        if trash.is_some_and(|trash| plan::is_inside(reading, mailbox.id, trash.id)) {
            trashes.push(mailbox.id);
        }
    }
    let in_trash = reading.letters_only_in(&trashes)?;
    let is_trash = matches!(source, ListingSource::Mailbox { mailbox } if trashes.contains(mailbox));
    let for_good = is_trash && emails.iter().all(|email| in_trash.binary_search(email).is_ok());
    Ok(Deleting { emails, for_good })
}

/// How many letters an action would write anew, as far as that matters.
fn copied(reading: &Reading<'_>, action: &Action, emails: &[EmailId]) -> Result<usize, StoreError> {
    let to: MailboxId = match action {
        Action::Copy { .. } => return Ok(emails.len()),
        Action::Move { to, .. } | Action::MoveFrom { to, .. } => *to,
        _ => return Ok(0),
    };
    match reading.mailbox(to)? {
        Some(to) => reading.letters_of_others(emails, to.account, MOST_COPIED + 1),
        None => Ok(0),
    }
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

/// What is deleted, without letters that stand in Trash by now since another deletion, or this one, has brought them there, or that
/// stood there beside others of this one that did not: nobody has asked for them to be deleted from there.
pub(super) fn without_those_on_their_way(
    reading: &Reading<'_>,
    action: Action,
    runs: &[Arc<Run>],
) -> Result<Action, Refusal> {
    let Action::Delete { emails } = action else {
        return Ok(action);
    };
    let mut left = Vec::with_capacity(emails.len());
    for email in emails {
        let deletions = runs.iter().filter_map(|run| run.deleting.get());
        let is_on_its_way = deletions
            .into_iter()
            .any(|deleting| deleting.brings_to_trash(email));
        if !(is_on_its_way && is_in_trash(reading, email)?) {
            left.push(email);
        }
    }
    Ok(Action::Delete { emails: left })
}

/// What is deleted for good, without what somebody has taken out of Trash meanwhile, who wants to keep it.
fn only_those_in_trash(reading: &Reading<'_>, action: Action) -> Result<Action, Refusal> {
    let Action::Delete { emails } = action else {
        return Ok(action);
    };
    let mut in_trash = Vec::with_capacity(emails.len());
    for email in emails {
        if is_in_trash(reading, email)? {
            in_trash.push(email);
        }
    }
    Ok(Action::Delete { emails: in_trash })
}

fn is_in_trash(reading: &Reading<'_>, email: EmailId) -> Result<bool, StoreError> {
    match reading.email(email)? {
        Some(email) => stands_in_trash(reading, &email),
        None => Ok(false),
    }
}

/// Whether a letter is in its account's Trash, or what stands there, and nowhere else.
pub(super) fn stands_in_trash(reading: &Reading<'_>, email: &Email) -> Result<bool, StoreError> {
    let trash = reading.mailbox_with_role(email.account, Role::Trash)?;
    Ok(trash.is_some_and(|trash| is_only_in(reading, email, trash.id)))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
