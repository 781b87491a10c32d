//! News of every mailbox of one's own rather than of the selected one alone (NOTIFY, RFC 5465): the server says STATUS
//! of a mailbox in which something happened, and LIST of one that came, went or has another name.
//!
//! Not here: waiting for them (`idle`), and what is done about them. Mailboxes of others are not asked for.

use std::collections::BTreeSet;

use super::Session;
use super::command::Command;
use super::listed::{Entry, canonical};
use super::path::Names;
use super::response::{Condition, Data, State};
use super::status;
use crate::RemoteError;

/// What was told of mailboxes that are not selected, since it was last taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The paths of mailboxes in which something came, went, or was marked.
    pub mailboxes: BTreeSet<String>,
    /// Mailboxes came, went or were renamed, or something is different that cannot be told in so many words.
    pub folders: bool,
    /// The server has given up: nothing more is told in this session, and some of it may be missing (RFC 5465,
    /// section 5.8).
    pub overflowed: bool,
}

/// More than this is not kept by name.
const MANY: usize = 500;

/// What is asked for, in the words of RFC 5465, section 5. Whoever wants one of the first two wants both, and whoever
/// wants the third wants those.
const EVENTS: [&str; 4] = ["MessageNew", "MessageExpunge", "FlagChange", "MailboxName"];

impl Session {
    /// Has the server tell of every mailbox of one's own from now on, the selected one among them. `false`: it does
    /// not, and only the selected one can be waited for.
    pub async fn notify(&mut self) -> Result<bool, RemoteError> {
        if !self.capabilities.has("NOTIFY") {
            return Ok(false);
        }
        self.exchange.news.mind_elsewhere(true);
        let mut condition = self.ask_to_notify(&EVENTS).await?;
        if condition.state == State::No
            && condition.code == "BADEVENT"
            && let Some(events) = those_known(&condition)
        {
            condition = self.ask_to_notify(&events).await?;
        }
        let agreed = condition.state == State::Ok;
        if !agreed {
            tracing::info!(
                reply = condition.words(),
                "the server tells of the selected folder only"
            );
            self.exchange.news.mind_elsewhere(false);
        }
        Ok(agreed)
    }

    /// What was told of other mailboxes since this was last asked.
    pub fn take_elsewhere(&mut self) -> Elsewhere {
        self.exchange.news.take_elsewhere()
    }

    async fn ask_to_notify(&mut self, events: &[&str]) -> Result<Condition, RemoteError> {
        let of_messages: Vec<&str> = events
            .iter()
            .copied()
            .filter(|event| *event != "MailboxName")
            .collect();
        let text = format!(
            "NOTIFY SET (SELECTED ({})) (PERSONAL ({}))",
            of_messages.join(" "),
            events.join(" ")
        );
        self.exchange
            .attempt(Command::new("asking for news of all folders", &text), &mut |_| {
                false
            })
            .await
    }
}

/// Those of ours that the server names as known to it, where they are of any use (RFC 5465, section 5).
fn those_known(refusal: &Condition) -> Option<Vec<&'static str>> {
    let known: Vec<&str> = refusal
        .arguments
        .split([' ', '(', ')'])
        .filter(|word| !word.is_empty())
        .collect();
    let events: Vec<&'static str> = EVENTS
        .into_iter()
        .filter(|event| known.iter().any(|known| known.eq_ignore_ascii_case(event)))
        .collect();
    let enough = events.starts_with(&["MessageNew", "MessageExpunge"]);
    (enough && events.len() < EVENTS.len()).then_some(events)
}

impl Elsewhere {
    pub fn is_empty(&self) -> bool {
        self.mailboxes.is_empty() && !self.folders && !self.overflowed
    }

    pub(super) fn hear(&mut self, data: &Data<'_>, names: Names) {
        if data.is("LIST") {
            // Which one it is does not matter: the list is read again as a whole.
            self.folders |= Entry::read(data, names).is_some();
            return;
        }
        let name = status::read(data.rest).map(|told| told.name);
        match name.as_deref().map(std::str::from_utf8) {
            Some(Ok(name)) if self.mailboxes.len() < MANY => {
                self.mailboxes.insert(canonical(&names.heard(name)));
            }
            _ => self.folders = true,
        }
    }
}
