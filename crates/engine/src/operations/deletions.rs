//! Deletions of very many letters that move them to Trash, while they do so and a moment longer. A letter of theirs that stands in
//! Trash has come there by them, which nobody has seen yet: a press that meets it there was made where it stood before, and deletes
//! nothing for good. (ADR 75)

use std::sync::Arc;
use std::time::Duration;

use waxwing_model::{Email, EmailId, Role};
use waxwing_store::{Reading, StoreError};

use super::Action;
use super::perform::Refusal;
use super::plan_filed::is_only_in;
use crate::engine::{Engine, Inner, locked};

/// So long a deletion is remembered when it is over: nobody has seen yet that it is, and a press may be on its way.
const UNSEEN: Duration = Duration::from_secs(2);

/// What is being moved to Trash, or was just now.
pub(crate) struct Deletion {
    /// All of it, by ascending id.
    emails: Vec<EmailId>,
}

/// Remembers a deletion until a moment after this is dropped, however it ends.
pub(super) struct Deleting {
    engine: Engine,
    deletion: Arc<Deletion>,
}

impl Deleting {
    /// To be called before the first of it is written. `emails`: by ascending id.
    pub(super) fn begin(engine: &Engine, emails: Vec<EmailId>) -> Self {
        let deletion = Arc::new(Deletion { emails });
        locked(&engine.inner.deletions).push(Arc::clone(&deletion));
        Self {
            engine: engine.clone(),
            deletion,
        }
    }
}

impl Drop for Deleting {
    fn drop(&mut self) {
        let deletion = Arc::clone(&self.deletion);
        let forget =
            move |inner: &Inner| locked(&inner.deletions).retain(|other| !Arc::ptr_eq(other, &deletion));
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                // Whoever waits does not keep an engine that was stopped.
                let inner = Arc::downgrade(&self.engine.inner);
                runtime.spawn(async move {
                    tokio::time::sleep(UNSEEN).await;
                    if let Some(inner) = inner.upgrade() {
                        forget(&inner);
                    }
                });
            }
            Err(_) => forget(&self.engine.inner),
        }
    }
}

impl Engine {
    pub(super) fn deletions(&self) -> Vec<Arc<Deletion>> {
        locked(&self.inner.deletions).clone()
    }
}

/// What is deleted, without letters that stand in Trash by now since another deletion, or this one, has brought them there, or that
/// stood there beside others of this one that did not: nobody has asked for them to be deleted from there.
pub(super) fn without_those_on_their_way(
    reading: &Reading<'_>,
    action: Action,
    deletions: &[Arc<Deletion>],
) -> Result<Action, Refusal> {
    let Action::Delete { emails } = action else {
        return Ok(action);
    };
    let mut left = Vec::with_capacity(emails.len());
    for email in emails {
        let mut all = deletions.iter();
        let is_on_its_way = all.any(|deletion| deletion.emails.binary_search(&email).is_ok());
        if !(is_on_its_way && is_in_trash(reading, email)?) {
            left.push(email);
        }
    }
    Ok(Action::Delete { emails: left })
}

/// What is deleted for good, without what somebody has taken out of Trash meanwhile, who wants to keep it.
pub(super) fn only_those_in_trash(reading: &Reading<'_>, action: Action) -> Result<Action, Refusal> {
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
