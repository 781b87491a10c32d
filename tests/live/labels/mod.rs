//! Accounts on servers that keep one letter in several mailboxes: Gmail with its labels, and servers that give letters
//! names (OBJECTID, RFC 8474). Dovecot 2.3 is neither, so the server is testkit's own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod acting;
mod copies;
mod deleting;
mod drafts;
mod sending;
mod syncing;

use journeys::{Person, form_for};
use waxwing_engine::SyncScope;
use waxwing_model::{Account, ActionId, Email, Mailbox, Protocol, Role};
use waxwing_testkit::LabelServer;
use waxwing_testkit::labels::Semantics;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const LENA: &str = "lena@waxwing.test";
const ALL: &str = "[Gmail]/All Mail";
const TRASH: &str = "[Gmail]/Trash";
const SENT: &str = "[Gmail]/Sent Mail";

/// Lena, her account, and its server.
struct Scene {
    server: LabelServer,
    lena: Person,
    account: Account,
}

impl Scene {
    async fn new(semantics: Semantics) -> Self {
        let server = LabelServer::start(semantics).await.expect("the server starts");
        let lena = Person::new().await;
        let form = form_for("lena", Protocol::Imap, server.imaps(), 9, server.ca_pem());
        let account = lena.add_quietly(form).await;
        Self {
            server,
            lena,
            account,
        }
    }

    fn deliver(&self, mailboxes: &[&str], subject: &str) -> u64 {
        let thread = subject.bytes().map(u64::from).sum();
        self.server.deliver(mailboxes, thread, &written(subject))
    }

    async fn sync(&self) {
        let report = self
            .lena
            .engine
            .sync_once(&self.account, SyncScope::Everything)
            .await;
        assert_eq!(report.errors, Vec::<String>::new(), "nothing went wrong");
    }

    async fn folder(&self, name: &str) -> Mailbox {
        let found = self.lena.folder_named(name).await;
        found.unwrap_or_else(|| panic!("there is a folder “{name}”"))
    }

    /// The one letter with this subject, wherever it is shown.
    async fn letter(&self, subject: &str) -> Email {
        let mut found = self.letters(subject).await;
        assert_eq!(found.len(), 1, "“{subject}” is one letter: {found:?}");
        found.remove(0)
    }

    async fn letters(&self, subject: &str) -> Vec<Email> {
        let mut found: Vec<Email> = Vec::new();
        for mailbox in self
            .lena
            .engine
            .mailboxes()
            .await
            .expect("the folders can be read")
        {
            for email in self.lena.letters(&mailbox).await {
                if email.subject == subject && found.iter().all(|other| other.id != email.id) {
                    found.push(email);
                }
            }
        }
        found
    }

    /// The names of the folders that show a letter, in the order of the alphabet.
    async fn shown(&self, subject: &str) -> Vec<String> {
        let letter = self.letter(subject).await;
        let mailboxes = self
            .lena
            .engine
            .mailboxes()
            .await
            .expect("the folders can be read");
        let mut names: Vec<String> = mailboxes
            .into_iter()
            .filter(|mailbox| letter.mailboxes.contains(&mailbox.id))
            .map(|mailbox| mailbox.name)
            .collect();
        names.sort();
        names
    }

    /// The same of the server, by the names that people see.
    fn there(&self, letter: u64) -> Vec<String> {
        let mut names: Vec<String> = self
            .server
            .places(letter)
            .into_iter()
            .map(|path| match path.as_str() {
                "INBOX" => "Inbox".to_owned(),
                path => path.rsplit('/').next().unwrap_or(path).to_owned(),
            })
            .collect();
        names.sort();
        names
    }

    /// A letter is shown where the server has it, and that is here.
    async fn stands(&self, subject: &str, letter: u64, folders: &[&str]) {
        assert_eq!(self.there(letter), folders, "“{subject}” on the server");
        assert_eq!(self.shown(subject).await, folders, "“{subject}” here");
    }

    /// Nothing is out of step in any folder.
    async fn assert_in_step(&self) {
        let report = self.lena.engine.audit(&self.account, None).await;
        let report = report.expect("it can be audited");
        assert_eq!(report.errors, Vec::<String>::new());
        for mailbox in report.mailboxes {
            assert!(mailbox.complete && mailbox.is_in_step(), "{mailbox}");
        }
    }

    async fn role(&self, role: Role) -> Mailbox {
        self.lena.mailbox(role).await
    }

    async fn undo(&self, action: Option<ActionId>) {
        let action = action.expect("it can be undone");
        self.lena.engine.undo(action).await.expect("it is undone");
    }

    /// The mailboxes in which something was expunged, in the order in which it was.
    fn expunged_in(&self) -> Vec<String> {
        let mut open = String::new();
        let mut found = Vec::new();
        for command in self.server.heard() {
            if let Some(rest) = command.strip_prefix("SELECT \"") {
                open = rest.split('"').next().unwrap_or_default().to_owned();
            } else if command.starts_with("UID EXPUNGE") {
                found.push(open.clone());
            }
        }
        found
    }

    fn heard(&self, beginning: &str) -> Vec<String> {
        let mut heard = self.server.heard();
        heard.retain(|command| command.starts_with(beginning));
        heard
    }
}

fn written(subject: &str) -> Vec<u8> {
    waxwing_testkit::letters::simple("amara@waxwing.test", LENA, subject, "Good morning.")
}
