//! Lena's account on a real Dovecot, with a hand on the store behind the engine's back.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use tempfile::TempDir;
use waxwing_engine::{AccountForm, Engine, EngineOptions, KeyringUse, SyncReport, SyncScope};
use waxwing_model::{
    Account, Authentication, Email, EmailId, Keeping, Listing, ListingFilter, ListingGrouping, ListingOrder,
    ListingSource, Mailbox, Protocol, Retention, Role, Security, ServerSettings,
};
use waxwing_store::{Store, StoreError, Writing};
use waxwing_testkit::{Dovecot, DovecotOptions, PASSWORD};

pub const LENA: &str = "lena@waxwing.test";

pub struct Scene {
    pub dovecot: Dovecot,
    pub account: Account,
    engine: Option<Engine>,
    folder: TempDir,
}

impl Scene {
    /// The account is saved and nothing of it is fetched yet.
    pub async fn new(options: &DovecotOptions) -> Self {
        let dovecot = Dovecot::start(options).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let engine = open(folder.path().to_owned()).await;
        let form = form(&dovecot);
        let id = engine.add_account_unchecked(form).await.unwrap();
        let account = engine.account(id).await.unwrap();
        Self {
            dovecot,
            account,
            engine: Some(engine),
            folder,
        }
    }

    pub fn engine(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }

    pub async fn sync(&self) -> SyncReport {
        let report = self
            .engine()
            .sync_once(&self.account, SyncScope::Everything)
            .await;
        assert_eq!(report.errors, Vec::<String>::new(), "nothing went wrong");
        report
    }

    /// Changes the store while the engine is closed.
    pub async fn behind<T>(&mut self, change: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>) -> T {
        let engine = self.engine.take().unwrap();
        engine.stop().await;
        drop(engine);
        let path = self.folder.path().join("waxwing.db");
        let store = Store::open(&path, Box::new(|_| ())).unwrap();
        let changed = store.write(change).unwrap();
        drop(store);
        self.engine = Some(open(self.folder.path().to_owned()).await);
        changed
    }

    pub async fn mailbox(&self, role: Role) -> Mailbox {
        let mailboxes = self.engine().mailboxes().await.unwrap();
        mailboxes
            .into_iter()
            .find(|mailbox| mailbox.role == Some(role))
            .unwrap()
    }

    /// The letters of a folder, newest first.
    pub async fn letters(&self, role: Role) -> Vec<Email> {
        let listing = Listing {
            source: ListingSource::Mailbox {
                mailbox: self.mailbox(role).await.id,
            },
            filter: ListingFilter::ALL,
            order: ListingOrder::NEWEST,
            grouping: ListingGrouping::Messages,
        };
        let (_, rows) = self.engine().page(listing, 0, 100_000).await.unwrap();
        let ids: Vec<EmailId> = rows.iter().map(|row| row.email).collect();
        self.engine().emails(ids).await.unwrap()
    }

    pub async fn letter(&self, role: Role, subject: &str) -> Email {
        let letters = self.letters(role).await;
        letters
            .into_iter()
            .find(|email| email.subject == subject)
            .unwrap_or_else(|| panic!("“{subject}” is shown"))
    }
}

async fn open(profile: PathBuf) -> Engine {
    let options = EngineOptions {
        profile,
        keyring: KeyringUse::Never,
        passphrase: Some(SecretString::from("a passphrase for tests")),
    };
    Engine::open(options).await.unwrap()
}

fn form(dovecot: &Dovecot) -> AccountForm {
    let server = ServerSettings {
        host: "localhost".into(),
        port: dovecot.imaps(),
        security: Security::Tls,
        username: LENA.into(),
        authentication: Authentication::Auto,
    };
    AccountForm {
        name: "Lena".into(),
        email: LENA.into(),
        password: SecretString::from(PASSWORD),
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        protocol: Protocol::Imap,
        incoming: server.clone(),
        // Nothing is sent here.
        outgoing: server,
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: Some(dovecot.ca_pem().to_owned()),
        accepted: Vec::new(),
        allow_plain: false,
    }
}

/// Waits for something that happens by itself.
pub async fn eventually<F: Future<Output = bool>>(what: &str, mut look: impl FnMut() -> F) {
    let started = Instant::now();
    while !look().await {
        assert!(
            started.elapsed() < Duration::from_secs(120),
            "waited in vain for {what}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
