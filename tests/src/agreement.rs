//! Whether a server and a store hold the same letters: what each has, as lists that can be compared.

use waxwing_model::{Account, Keyword, Role};
use waxwing_testkit::{Dovecot, address};

use crate::Person;

/// A letter in a folder, as far as both sides know it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// As the server names it.
    pub folder: String,
    pub subject: String,
    pub flagged: bool,
}

/// Every letter of a person on the server, in the order of folder and subject.
pub fn on_server(dovecot: &Dovecot, person: &str) -> Vec<Held> {
    let user = address(person);
    let listed = dovecot
        .doveadm(&[
            "-f",
            "tab",
            "fetch",
            "-u",
            &user,
            "mailbox hdr.subject flags",
            "all",
        ])
        .expect("the server's letters can be listed");
    let mut held: Vec<Held> = listed
        .lines()
        .skip(1)
        .map(|line| {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default().to_owned();
            Held {
                folder: next(),
                subject: next(),
                flagged: next().contains("\\Flagged"),
            }
        })
        .collect();
    held.sort();
    held
}

impl Person {
    /// Every letter of an account as this computer shows it, in the same order.
    pub async fn held(&self, account: &Account) -> Vec<Held> {
        let mut held = Vec::new();
        for mailbox in self.engine.mailboxes().await.expect("the folders can be read") {
            if mailbox.account != account.id {
                continue;
            }
            let folder = match mailbox.role {
                Some(Role::Inbox) => "INBOX".to_owned(),
                _ => mailbox.name.clone(),
            };
            for email in self.letters(&mailbox).await {
                held.push(Held {
                    folder: folder.clone(),
                    subject: email.subject,
                    flagged: email.keywords.has(Keyword::FLAGGED),
                });
            }
        }
        held.sort();
        held
    }
}
