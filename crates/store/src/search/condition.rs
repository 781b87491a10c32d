//! What the index does not know, as conditions on the tables. `m` is the membership that shows a letter, `e` its email.

use rusqlite::types::Value;
use waxwing_model::{Keyword, Mailbox};

use super::expression::phrase;
use super::operator::{Asked, Day};
use super::query::{Choice, Term, What};
use crate::column::word;

/// Conditions with their parameters, as they grow.
#[derive(Default)]
pub(crate) struct Conditions {
    pub sql: Vec<String>,
    pub parameters: Vec<Value>,
    /// Some of them ask the table `email`, which is wide and would slow down the others.
    pub of_email: bool,
    /// The rows are those of some folders already.
    narrowed: bool,
}

impl Conditions {
    /// A parameter, and how it is written.
    pub fn parameter(&mut self, value: impl Into<Value>) -> String {
        self.parameters.push(value.into());
        format!("?{}", self.parameters.len())
    }

    /// One of the terms must hold.
    pub fn require(&mut self, choice: &Choice, mailboxes: &[Mailbox]) {
        // The first folder that is asked for is read from its own index; a letter in two of them has a row in each.
        let folder = match choice.as_slice() {
            [term] if !term.negative && !self.narrowed => match &term.what {
                What::Asked(Asked::Folder(name)) => Some(folders(mailboxes, name, false)),
                What::Asked(Asked::FolderLike(name)) => Some(folders(mailboxes, name, true)),
                _ => None,
            },
            _ => None,
        };
        if let Some(folder) = folder {
            self.narrowed = true;
            self.sql.push(format!("m.mailbox_id IN ({})", ids(&folder)));
            return;
        }
        let terms: Vec<String> = choice.iter().map(|term| self.term(term, mailboxes)).collect();
        self.sql.push(format!("({})", terms.join(" OR ")));
    }

    fn term(&mut self, term: &Term, mailboxes: &[Mailbox]) -> String {
        let sql = match &term.what {
            What::Words(words) => {
                let expression = self.parameter(phrase(words));
                format!("m.email_id IN (SELECT rowid FROM search WHERE search MATCH {expression})")
            }
            What::Asked(asked) => self.asked(asked, mailboxes),
        };
        if term.negative {
            format!("NOT ({sql})")
        } else {
            sql
        }
    }

    fn asked(&mut self, asked: &Asked, mailboxes: &[Mailbox]) -> String {
        match asked {
            Asked::Attachment => self.email("e.has_attachment = 1".into()),
            Asked::Seen(seen) => format!("m.unread = {}", i64::from(!seen)),
            Asked::Starred => "m.starred = 1".into(),
            Asked::Answered => self.email(format!("instr(e.keywords, '\"{}\"') > 0", Keyword::ANSWERED)),
            Asked::Folder(name) => within(&folders(mailboxes, name, false)),
            Asked::FolderLike(name) => within(&folders(mailboxes, name, true)),
            Asked::Since(day) => {
                let moment = self.moment(day);
                format!("m.received_at >= {moment}")
            }
            Asked::Before(day) => {
                let moment = self.moment(day);
                format!("m.received_at < {moment}")
            }
            Asked::Larger(size) => {
                let size = self.parameter(*size);
                self.email(format!("e.size > {size}"))
            }
            Asked::Smaller(size) => {
                let size = self.parameter(*size);
                self.email(format!("e.size < {size}"))
            }
        }
    }

    fn email(&mut self, sql: String) -> String {
        self.of_email = true;
        sql
    }

    /// The beginning of a day in the system's zone. SQLite knows the zone, with its summer time.
    fn moment(&mut self, day: &Day) -> String {
        match day {
            Day::On(date) => {
                let date = self.parameter(date.clone());
                format!("unixepoch({date}, 'utc') * 1000")
            }
            Day::Ago(days) => {
                let back = self.parameter(format!("-{days} days"));
                format!("unixepoch('now', 'localtime', 'start of day', {back}, 'utc') * 1000")
            }
        }
    }
}

fn within(mailboxes: &[i64]) -> String {
    // Not by the row at hand: a letter that two folders show is in both of them, whichever is looked at.
    format!(
        "m.email_id IN (SELECT email_id FROM membership WHERE mailbox_id IN ({}))",
        ids(mailboxes)
    )
}

fn ids(mailboxes: &[i64]) -> String {
    let ids: Vec<String> = mailboxes.iter().map(i64::to_string).collect();
    ids.join(", ")
}

/// The mailboxes that have this name or this role; those that begin so, where there is none and it may still be typed.
fn folders(mailboxes: &[Mailbox], name: &str, typing: bool) -> Vec<i64> {
    let name = name.to_lowercase();
    let exact = chosen(mailboxes, |candidate| candidate == name);
    if exact.is_empty() && typing {
        chosen(mailboxes, |candidate| candidate.starts_with(&name))
    } else {
        exact
    }
}

fn chosen(mailboxes: &[Mailbox], wanted: impl Fn(&str) -> bool) -> Vec<i64> {
    mailboxes
        .iter()
        .filter(|mailbox| {
            let role = mailbox.role.and_then(|role| word(&role).ok());
            wanted(&mailbox.name.to_lowercase()) || role.is_some_and(|role| wanted(&role.to_lowercase()))
        })
        .map(|mailbox| mailbox.id.0)
        .collect()
}
