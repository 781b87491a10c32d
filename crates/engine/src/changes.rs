//! Changes on their way to whoever listens, coalesced in the queue itself, so that a listener that is slow
//! gets fewer and never too many.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use waxwing_model::Change;

/// How long a listener waits for more after the first change.
const GATHER: Duration = Duration::from_millis(40);

/// Where changes are handed in.
#[derive(Default)]
pub(crate) struct Changes {
    listeners: Mutex<Vec<Weak<Queue>>>,
}

/// One listener's end.
pub struct Subscription {
    queue: Arc<Queue>,
}

#[derive(Default)]
struct Queue {
    pending: Mutex<Vec<Change>>,
    filled: Notify,
}

impl Changes {
    pub(crate) fn publish(&self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        let mut listeners = locked(&self.listeners);
        listeners.retain(|listener| {
            let Some(queue) = listener.upgrade() else {
                return false;
            };
            let mut pending = locked(&queue.pending);
            for change in &changes {
                merge(&mut pending, change.clone());
            }
            drop(pending);
            queue.filled.notify_one();
            true
        });
    }

    pub(crate) fn subscribe(&self) -> Subscription {
        let queue = Arc::new(Queue::default());
        locked(&self.listeners).push(Arc::downgrade(&queue));
        Subscription { queue }
    }
}

impl Subscription {
    /// The next changes, gathered over a moment; each thing is named once.
    pub async fn next(&mut self) -> Vec<Change> {
        loop {
            self.queue.filled.notified().await;
            tokio::time::sleep(GATHER).await;
            let gathered = std::mem::take(&mut *locked(&self.queue.pending));
            if !gathered.is_empty() {
                return gathered;
            }
        }
    }
}

/// Adds a change to those that wait, or lets it replace or extend one of them.
fn merge(pending: &mut Vec<Change>, change: Change) {
    match change {
        Change::Emails { emails } => {
            if let Some(known) = pending.iter_mut().find_map(|waiting| match waiting {
                Change::Emails { emails } => Some(emails),
                _ => None,
            }) {
                known.extend(emails);
                known.sort_unstable();
                known.dedup();
            } else {
                pending.push(Change::Emails { emails });
            }
        }
        Change::Arrived { account, emails } => {
            if let Some(known) = pending.iter_mut().find_map(|waiting| match waiting {
                Change::Arrived {
                    account: same,
                    emails,
                } if *same == account => Some(emails),
                _ => None,
            }) {
                known.extend(emails);
            } else {
                pending.push(Change::Arrived { account, emails });
            }
        }
        Change::Activity { account, .. } => {
            pending.retain(
                |waiting| !matches!(waiting, Change::Activity { account: same, .. } if *same == account),
            );
            pending.push(change);
        }
        Change::Progress { ref of, .. } => {
            pending.retain(|waiting| !matches!(waiting, Change::Progress { of: same, .. } if same == of));
            pending.push(change);
        }
        // The same failure of several letters is one sentence, though a server may count milliseconds in each answer.
        Change::Trouble { account, ref trouble } => {
            let told = pending.iter().any(|waiting| {
                matches!(waiting, Change::Trouble { account: same, trouble: known }
                    if *same == account && known.kind == trouble.kind && known.sentence == trouble.sentence)
            });
            if !told {
                pending.push(change);
            }
        }
        other => {
            if !pending.contains(&other) {
                pending.push(other);
            }
        }
    }
}

/// A lock whose holder panicked still guards a whole value here: each change is one push.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use waxwing_model::{AccountId, Activity, EmailId, MailboxId};

    use super::*;

    #[tokio::test]
    async fn a_slow_listener_gets_each_thing_once() {
        let changes = Changes::default();
        let mut lena = changes.subscribe();
        for number in 0..1_000 {
            changes.publish(vec![
                Change::Listing {
                    mailbox: MailboxId(1),
                },
                Change::Emails {
                    emails: vec![EmailId(number % 3)],
                },
                Change::Activity {
                    account: AccountId(1),
                    activity: Activity::Syncing {
                        done: number as u32,
                        total: 1_000,
                        seconds_left: None,
                    },
                },
            ]);
        }
        let gathered = lena.next().await;
        assert_eq!(
            gathered.len(),
            3,
            "a thousand changes to the same things are three: {gathered:?}"
        );
        assert!(
            gathered.contains(&Change::Emails {
                emails: vec![EmailId(0), EmailId(1), EmailId(2)]
            }),
            "letters are named once"
        );
        assert!(
            gathered.iter().any(|change| matches!(
                change,
                Change::Activity {
                    activity: Activity::Syncing { done: 999, .. },
                    ..
                }
            )),
            "of an account's activity only the last counts"
        );
    }

    #[tokio::test]
    async fn nothing_is_kept_for_a_listener_that_left() {
        let changes = Changes::default();
        drop(changes.subscribe());
        changes.publish(vec![Change::Outbox]);
        assert!(locked(&changes.listeners).is_empty(), "its queue is gone with it");
    }
}
