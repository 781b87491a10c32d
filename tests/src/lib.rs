//! What the journeys share: one person with an engine of their own, on a stage with real servers.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "everything here is a part of tests, and this is how a test fails"
)]

mod agreement;
mod chance;
pub mod cuts;
mod lone;
pub mod matrix;
pub mod mishaps;

pub use agreement::{Held, on_server};
pub use chance::Chance;
pub use lone::{Lone, Room, authorities};

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use tempfile::TempDir;
use waxwing_engine::{AccountForm, Engine, EngineOptions, KeyringUse};
use waxwing_model::{
    Account, AccountId, Authentication, Email, Keeping, Listing, Mailbox, Protocol, Retention, Role,
    Security, ServerSettings,
};
use waxwing_testkit::{Dovecot, PASSWORD, Stage, address};

/// How long something that happens by itself may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A person with a profile and an open engine.
pub struct Person {
    pub engine: Engine,
    profile: Profile,
}

enum Profile {
    Own(TempDir),
    At(PathBuf),
}

impl Person {
    /// A new profile; it goes with the person.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the profile");
        let engine = open(folder.path()).await;
        Self {
            engine,
            profile: Profile::Own(folder),
        }
    }

    /// A profile that stays.
    pub async fn at(folder: &Path) -> Self {
        Self {
            engine: open(folder).await,
            profile: Profile::At(folder.to_owned()),
        }
    }

    pub fn folder(&self) -> &Path {
        match &self.profile {
            Profile::Own(folder) => folder.path(),
            Profile::At(folder) => folder,
        }
    }

    /// Closes the program and opens it again.
    pub async fn restart(self) -> Self {
        self.engine.stop().await;
        let Self { engine, profile } = self;
        drop(engine);
        let engine = match &profile {
            Profile::Own(folder) => open(folder.path()).await,
            Profile::At(folder) => open(folder).await,
        };
        Self { engine, profile }
    }

    pub async fn add(&self, form: AccountForm) -> Account {
        let id = self
            .engine
            .add_account(form)
            .await
            .unwrap_or_else(|trouble| panic!("the account is added: {trouble}"));
        self.account(id).await
    }

    /// Adds the account without asking its servers, so that nothing runs but what the test calls.
    pub async fn add_quietly(&self, form: AccountForm) -> Account {
        let added = self.engine.add_account_unchecked(form).await;
        let id = added.unwrap_or_else(|trouble| panic!("the account is added: {trouble}"));
        self.account(id).await
    }

    pub async fn account(&self, id: AccountId) -> Account {
        self.engine.account(id).await.expect("the account is there")
    }

    pub async fn mailbox(&self, role: Role) -> Mailbox {
        let mailboxes = self.engine.mailboxes().await.expect("the folders can be read");
        mailboxes
            .into_iter()
            .find(|mailbox| mailbox.role == Some(role))
            .unwrap_or_else(|| panic!("there is a {role:?}"))
    }

    pub async fn folder_named(&self, name: &str) -> Option<Mailbox> {
        let mailboxes = self.engine.mailboxes().await.expect("the folders can be read");
        mailboxes.into_iter().find(|mailbox| mailbox.name == name)
    }

    /// The letters of a folder, newest first.
    pub async fn letters(&self, mailbox: &Mailbox) -> Vec<Email> {
        let listing = Listing::letters_of(mailbox.id);
        let (_, rows) = self
            .engine
            .page(listing, 0, 10_000)
            .await
            .expect("the list can be read");
        let ids = rows.iter().map(|row| row.email).collect();
        self.engine.emails(ids).await.expect("the letters can be read")
    }

    pub async fn subjects(&self, role: Role) -> Vec<String> {
        let mailboxes = self.engine.mailboxes().await.expect("the folders can be read");
        match mailboxes.into_iter().find(|mailbox| mailbox.role == Some(role)) {
            Some(mailbox) => self
                .letters(&mailbox)
                .await
                .into_iter()
                .map(|email| email.subject)
                .collect(),
            None => Vec::new(),
        }
    }

    pub async fn letter(&self, role: Role, subject: &str) -> Option<Email> {
        let mailboxes = self.engine.mailboxes().await.expect("the folders can be read");
        let mailbox = mailboxes.into_iter().find(|mailbox| mailbox.role == Some(role))?;
        self.letters(&mailbox)
            .await
            .into_iter()
            .find(|email| email.subject == subject)
    }
}

async fn open(profile: &Path) -> Engine {
    let options = EngineOptions {
        profile: profile.to_owned(),
        keyring: KeyringUse::Never,
        passphrase: Some(SecretString::from("a passphrase for tests")),
    };
    Engine::open(options).await.expect("the engine opens")
}

/// Waits until something is there, and says what it waited for when it never comes.
pub async fn eventually<T, F>(what: &str, mut look: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let started = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The form that a person of the stage would fill in.
pub fn form(stage: &Stage, person: &str, protocol: Protocol) -> AccountForm {
    let incoming = match protocol {
        Protocol::Pop3 => stage.dovecot.pop3s(),
        _ => stage.dovecot.imaps(),
    };
    form_for(
        person,
        protocol,
        incoming,
        stage.postfix.submissions(),
        stage.ca_pem(),
    )
}

/// The same for servers at other ports.
pub fn form_for(person: &str, protocol: Protocol, incoming: u16, outgoing: u16, ca_pem: &str) -> AccountForm {
    AccountForm {
        name: person.to_owned(),
        email: address(person),
        password: SecretString::from(PASSWORD),
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        protocol,
        incoming: server(incoming, Security::Tls, person),
        outgoing: server(outgoing, Security::Tls, person),
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: Some(ca_pem.to_owned()),
        accepted: Vec::new(),
        allow_plain: false,
    }
}

pub fn server(port: u16, security: Security, person: &str) -> ServerSettings {
    ServerSettings {
        host: "localhost".into(),
        port,
        security,
        username: address(person),
        authentication: Authentication::Auto,
    }
}

/// The form for a person whose IMAP server is reached by another port, such as a proxy's.
pub fn form_at(dovecot: &Dovecot, person: &str, port: u16) -> AccountForm {
    AccountForm {
        name: person.to_owned(),
        email: address(person),
        password: SecretString::from(PASSWORD),
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        protocol: Protocol::Imap,
        incoming: server(port, Security::Tls, person),
        // Nothing is sent.
        outgoing: server(9, Security::Tls, person),
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: Some(dovecot.ca_pem().to_owned()),
        accepted: Vec::new(),
        allow_plain: false,
    }
}

/// How many letters with this subject a folder holds on the disk of the server, and how many letters in all.
pub fn on_disk(dovecot: &Dovecot, person: &str, mailbox: &str, subject: &str) -> (usize, usize) {
    let letters = dovecot.letters(person, mailbox).expect("the folder can be read");
    // Dovecot writes what it is given by IMAP with line ends of its own.
    let line = format!("Subject: {subject}\n");
    let with_it = letters
        .iter()
        .filter(|raw| String::from_utf8_lossy(raw).replace("\r\n", "\n").contains(&line))
        .count();
    (with_it, letters.len())
}

/// A letter that was there before.
pub fn deliver(dovecot: &Dovecot, person: &str, subject: &str) {
    let raw =
        waxwing_testkit::letters::simple("amara@waxwing.test", &address(person), subject, "Good morning.");
    dovecot
        .deliver(person, "INBOX", &raw)
        .expect("the letter is delivered");
}
