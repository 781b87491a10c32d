//! Whether a server and a store hold the same letters: what each has, as lists that can be compared.

use waxwing_model::{Account, Keyword, Mailbox, Role};
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
    /// An account's folders with their paths, as the server names them but with `/` between the names.
    pub async fn folders(&self, account: &Account) -> Vec<(Mailbox, String)> {
        let mut all = self.engine.mailboxes().await.expect("the folders can be read");
        all.retain(|mailbox| mailbox.account == account.id);
        let path = |mailbox: &Mailbox| {
            let mut parts = Vec::new();
            let mut next = Some(mailbox);
            while let Some(part) = next {
                parts.push(match part.role {
                    Some(Role::Inbox) => "INBOX",
                    _ => part.name.as_str(),
                });
                next = all.iter().find(|parent| Some(parent.id) == part.parent);
            }
            parts.reverse();
            parts.join("/")
        };
        all.iter()
            .map(|mailbox| (mailbox.clone(), path(mailbox)))
            .collect()
    }

    /// Every letter of an account as this computer shows it, in the same order.
    pub async fn held(&self, account: &Account) -> Vec<Held> {
        let mut held = Vec::new();
        for (mailbox, folder) in self.folders(account).await {
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
