//! A server of either kind, with all that it offers or without some of it, and another mail program to look at it with.

use journeys::{Person, form_for};
use waxwing_engine::AccountForm;
use waxwing_model::{Account, Protocol};
use waxwing_testkit::{
    Cyrus, CyrusOptions, Dovecot, DovecotOptions, OnServer, OtherClient, StageError, address, letters,
};

/// What Dovecot offers of what we use.
const DOVECOTS_OWN: &str = "IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE UIDPLUS MOVE UNSELECT NAMESPACE SPECIAL-USE LIST-EXTENDED \
                            LIST-STATUS STATUS=SIZE CONDSTORE QRESYNC NOTIFY";

/// Which server, and the capabilities that it does not announce: none, what finds changes, and all that makes
/// synchronising cheap.
pub const HOUSES: [(Kind, &str); 6] = [
    (Kind::Dovecot, ""),
    (Kind::Dovecot, "QRESYNC"),
    (Kind::Dovecot, "QRESYNC CONDSTORE LIST-STATUS"),
    (Kind::Cyrus, ""),
    (Kind::Cyrus, "QRESYNC"),
    (Kind::Cyrus, "QRESYNC CONDSTORE LIST-STATUS"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Dovecot,
    Cyrus,
}

/// One IMAP server.
pub struct House {
    pub name: String,
    pub server: Server,
}

pub enum Server {
    Dovecot(Dovecot),
    Cyrus(Cyrus),
}

impl House {
    pub fn open((kind, without): (Kind, &str)) -> Result<House, StageError> {
        let server = match kind {
            Kind::Dovecot => {
                let left: Vec<&str> = DOVECOTS_OWN
                    .split(' ')
                    .filter(|name| !without.split(' ').any(|without| without == *name))
                    .collect();
                Server::Dovecot(Dovecot::start(&DovecotOptions {
                    capabilities: (!without.is_empty()).then(|| left.join(" ")),
                    ..DovecotOptions::default()
                })?)
            }
            Kind::Cyrus => Server::Cyrus(Cyrus::start(&CyrusOptions {
                without: without.to_owned(),
                ..CyrusOptions::default()
            })?),
        };
        Ok(House {
            name: format!("{kind:?} without [{without}]"),
            server,
        })
    }

    pub fn other(&self) -> OtherClient {
        match &self.server {
            Server::Dovecot(dovecot) => dovecot.other_client(),
            Server::Cyrus(cyrus) => cyrus.other_client(),
        }
    }

    /// Whether a copy is the same letter to it (OBJECTID, RFC 8474).
    pub fn calls_copies_the_same(&self) -> bool {
        matches!(self.server, Server::Cyrus(_))
    }

    /// The form of somebody who sends through this server, which these authorities stand for.
    pub fn form(&self, submission: u16, authorities: &str) -> AccountForm {
        let (port, authority) = match &self.server {
            Server::Dovecot(dovecot) => (dovecot.imaps(), dovecot.ca_pem()),
            Server::Cyrus(cyrus) => (cyrus.imaps(), cyrus.ca_pem()),
        };
        let authorities = format!("{authorities}\n{authority}");
        form_for("lena", Protocol::Imap, port, submission, &authorities)
    }

    /// lena, whose program does what it is told and sends nothing.
    pub async fn lena(&self) -> (Person, Account) {
        let lena = Person::new().await;
        let account = lena.add_quietly(self.form(9, "")).await;
        (lena, account)
    }

    pub fn deliver(&self, mailbox: &str, subject: &str) -> Result<(), StageError> {
        let raw = letters::simple(&address("amara"), &address("lena"), subject, "Good morning.");
        self.other().deliver("lena", mailbox, &raw)
    }

    /// The subjects in a folder on the server.
    pub fn subjects(&self, mailbox: &str) -> Result<Vec<String>, StageError> {
        let letters = self.other().letters("lena", mailbox)?;
        Ok(letters.into_iter().map(|letter| letter.subject).collect())
    }
}

/// A letter as it should stand on the server.
pub fn marked(subject: &str, flags: &[&str]) -> OnServer {
    OnServer {
        subject: subject.to_owned(),
        flags: flags.iter().map(|flag| (*flag).to_owned()).collect(),
    }
}
