//! The engine as one value: opened on a profile's folder, started, and closed.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use futures::future::join_all;
use secrecy::SecretString;
use tokio::runtime::Handle;
use tokio::sync::watch as signal;
use tokio::task::JoinHandle;
use waxwing_model::{Account, AccountId, Activity, Change, DraftId, EmailId, MailboxId, Trouble};
use waxwing_store::{Durability, Parcel, Reading, Store, StoreError, Writing};
use waxwing_vault::{Vault, VaultState};

use crate::accounts::Searching;
use crate::accounts::for_this_run::ForThisRun;
use crate::accounts::keeper::open_vault;
use crate::caution::{KeptAcquaintances, Learned};
use crate::changes::{Changes, Subscription};
use crate::error::{EngineError, Result};
use crate::finding::Finding;
use crate::indexing::Indexing;
use crate::letters::archives::Archives;
use crate::letters::behind::Behind;
use crate::letters::files::FileLists;
use crate::letters::pictures::Pictures;
use crate::oauth::OAuth;
use crate::operations::{Asked, Deletion, Runs};
use crate::outgoing::awaited::Awaited;
use crate::outgoing::under_way::UnderWay;
use crate::runner::{Pulse, Runner};
use crate::set_aside::SetAside;

/// Whether the operating system's keyring may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyringUse {
    #[default]
    System,
    /// A passphrase or nothing: for servers without a desktop, and for tests.
    Never,
}

/// How an engine is opened.
#[derive(Default)]
pub struct EngineOptions {
    /// The folder that holds everything of this person.
    pub profile: PathBuf,
    pub keyring: KeyringUse,
    /// Opens the vault where there is no keyring.
    pub passphrase: Option<SecretString>,
}

/// Cheap to clone; all clones are the same engine.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) changes: Arc<Changes>,
    pub(crate) pictures: Pictures,
    pub(crate) archives: Archives,
    /// What is still to be kept of letters that were opened.
    pub(crate) behind: Behind,
    /// Which servers write of every letter where it comes from.
    pub(crate) learned: Learned,
    pub(crate) acquaintances: KeptAcquaintances,
    /// Copies of sent letters that a server is to file by itself.
    pub(crate) awaited: Mutex<Awaited>,
    /// What people were told would go with a folder that is emptied, until they say so.
    pub(crate) asked: Mutex<HashMap<MailboxId, Asked>>,
    /// Letters that a server is told to delete for good at this moment.
    pub(crate) destroying: Mutex<HashSet<EmailId>>,
    /// What is done to very many letters at this moment, and can be stopped.
    pub(crate) runs: Mutex<Runs>,
    /// What is moved to Trash at this moment, or was just now, so that nobody has seen it there yet.
    pub(crate) deletions: Mutex<Vec<Arc<Deletion>>>,
    pub(crate) under_way: Mutex<UnderWay>,
    activities: Mutex<HashMap<AccountId, Activity>>,
    /// Accounts whose protocol is being changed: nothing else begins to work on them.
    pub(crate) changing: Mutex<HashSet<AccountId>>,
    /// Held by whoever has a session with an account's maildrop.
    pub(crate) maildrops: Mutex<HashMap<AccountId, Arc<tokio::sync::Mutex<()>>>>,
    /// Held by whoever writes what can be fetched again: the others wait here, where waiting costs no thread and keeps
    /// nobody from writing what a person did.
    pub(crate) fetched: tokio::sync::Mutex<()>,
    /// The folder that was looked at last, and when.
    pub(crate) visited: Mutex<Option<(MailboxId, Instant)>>,
    pub(crate) runners: Mutex<HashMap<AccountId, Runner>>,
    /// What keeps the search index up to date, once the engine has been started.
    indexing: Mutex<Option<Indexing>>,
    /// Where work goes on by itself; `None`: wherever it is begun.
    threads: OnceLock<Handle>,
    /// Something happened to the network, or the computer slept.
    pub(crate) network: signal::Sender<Pulse>,
    /// What looks after that.
    pub(crate) watching: Mutex<Option<JoinHandle<()>>>,
    /// Drafts that are filed when they have been written for a while.
    pub(crate) filing: Mutex<HashSet<DraftId>>,
    /// Letters that drafts were filed as in this run, for whoever still shows one.
    pub(crate) filed_as: Mutex<HashMap<EmailId, DraftId>>,
    pub(crate) searching: Searching,
    pub(crate) finding: Finding,
    /// Lists of files that were made.
    pub(crate) file_lists: FileLists,
    /// Letters that could not be read anew just then.
    pub(crate) read_anew_later: SetAside,
    pub(crate) oauth: OAuth,
    /// What was typed while the key of what is kept is set aside.
    pub(crate) for_this_run: ForThisRun,
}

impl Inner {
    fn of(store: Store, vault: Vault, changes: Arc<Changes>) -> Self {
        Self {
            store,
            vault,
            changes,
            pictures: Pictures::default(),
            archives: Archives::default(),
            behind: Behind::default(),
            learned: Learned::default(),
            acquaintances: KeptAcquaintances::default(),
            awaited: Mutex::default(),
            asked: Mutex::default(),
            destroying: Mutex::default(),
            runs: Mutex::default(),
            deletions: Mutex::default(),
            under_way: Mutex::default(),
            activities: Mutex::default(),
            changing: Mutex::default(),
            maildrops: Mutex::default(),
            fetched: tokio::sync::Mutex::default(),
            visited: Mutex::default(),
            runners: Mutex::default(),
            indexing: Mutex::default(),
            threads: OnceLock::new(),
            network: signal::Sender::new(Pulse::default()),
            watching: Mutex::default(),
            filing: Mutex::default(),
            filed_as: Mutex::default(),
            searching: Searching::default(),
            finding: Finding::default(),
            file_lists: FileLists::default(),
            read_anew_later: SetAside::default(),
            oauth: OAuth::default(),
            for_this_run: ForThisRun::default(),
        }
    }
}

/// The file of a profile that the store is in.
const STORE: &str = "waxwing.db";
/// How soon an opened vault is noticed.
const VAULT_LOOK: Duration = Duration::from_millis(250);

impl Engine {
    /// Opens the profile. Nothing runs and no server is contacted before [`Engine::start`].
    pub async fn open(options: EngineOptions) -> Result<Self> {
        let changes = Arc::new(Changes::default());
        let inner = blocking(move || {
            let publish = changes.clone();
            let store = Store::open(
                &options.profile.join(STORE),
                Box::new(move |committed| publish.publish(committed)),
            )?;
            let vault = open_vault(&store, &options)?;
            Ok::<_, EngineError>(Inner::of(store, vault, changes))
        })
        .await??;
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Opens the profile in this folder to read in it, beside whoever else has it open: no password can be read, and what writes
    /// is refused. It is for a program that has nothing else to do meanwhile: what is read is read where it is waited for, and no
    /// thread is begun. `None`: there is nothing yet that could be read, or it has to be opened with [`Engine::open`] first.
    pub fn open_beside(profile: &Path) -> Result<Option<Self>> {
        let store = Store::open_beside(&profile.join(STORE))?;
        Ok(store.map(|store| Self {
            inner: Arc::new(Inner::of(store, Vault::without_keyring(None), Arc::default())),
        }))
    }

    /// Has what goes on by itself, synchronising and indexing, done by these threads. Sending is not: somebody waits for it.
    pub fn work_on(&self, threads: Handle) {
        // Whoever came first is at work there already.
        let _came_first = self.inner.threads.set(threads);
    }

    /// Begins work that goes on by itself.
    pub(crate) fn begin<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        match self.inner.threads.get() {
            Some(threads) => threads.spawn(work),
            None => tokio::spawn(work),
        }
    }

    /// Begins to keep every account in step, in the background.
    pub async fn start(&self) -> Result<()> {
        for account in self
            .accounts()
            .await?
            .into_iter()
            .filter(|account| !account.disabled)
        {
            self.run_account(account.id);
        }
        Ok(())
    }

    /// Begins to bring the search index up to date by itself.
    pub(crate) fn start_indexing(&self) {
        locked(&self.inner.indexing).get_or_insert_with(|| Indexing::start(self));
    }

    /// Stops all background work. What was acknowledged is in the store already.
    pub async fn stop(&self) {
        let runners: Vec<Runner> = locked(&self.inner.runners)
            .drain()
            .map(|(_, runner)| runner)
            .collect();
        // All at once: a server that does not answer keeps no other from being waited for.
        join_all(runners.into_iter().map(Runner::stop)).await;
        self.await_tokens().await;
        self.all_kept().await;
        let watching = locked(&self.inner.watching).take();
        let indexing = locked(&self.inner.indexing).take();
        if let Some(indexing) = indexing {
            indexing.end().await;
        }
        if let Some(task) = watching {
            task.abort();
            let _ = task.await;
        }
    }

    /// What changes from now on. Nothing that came before is told.
    pub fn changes(&self) -> Subscription {
        self.inner.changes.subscribe()
    }

    /// What an account is doing at this moment; idle where nobody knows it.
    pub fn activity(&self, account: AccountId) -> Activity {
        locked(&self.inner.activities)
            .get(&account)
            .cloned()
            .unwrap_or(Activity::Idle)
    }

    /// Whether letters of some account are on their way.
    pub(crate) fn is_fetching(&self) -> bool {
        let activities = locked(&self.inner.activities);
        activities
            .values()
            .any(|activity| matches!(activity, Activity::Syncing { .. }))
    }

    /// Waits until passwords can be read. It looks now and then, since a keyring may open the vault by itself.
    pub(crate) async fn vault_open(&self) {
        while !self.is_vault_open().await {
            tokio::time::sleep(VAULT_LOOK).await;
        }
    }

    /// Away from the tasks that must not block: an unlocking holds the vault for a good part of a second.
    pub(crate) async fn is_vault_open(&self) -> bool {
        let vault = self.inner.vault.clone();
        let state = blocking(move || vault.state()).await;
        matches!(state, Ok(VaultState::Open(_)))
    }

    /// A word that the interface has kept, by its name; `None`: it has not.
    pub async fn setting(&self, key: &str) -> Result<Option<String>> {
        let key = key.to_owned();
        self.read(move |reading| reading.setting(&key)).await
    }

    /// Keeps a word for the interface, in place of the one before.
    pub async fn put_setting(&self, key: &str, value: &str) -> Result<()> {
        let (key, value) = (key.to_owned(), value.to_owned());
        self.write(move |writing| writing.put_setting(&key, &value)).await
    }

    /// Whether the store is whole.
    pub async fn check_store(&self) -> Result<()> {
        let store = self.inner.store.clone();
        Ok(blocking(move || store.check()).await??)
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Reading<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T> {
        let store = self.inner.store.clone();
        if store.only_reads() {
            return Ok(store.read(work)?);
        }
        Ok(blocking(move || store.read(work)).await??)
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T> {
        let store = self.inner.store.clone();
        Ok(blocking(move || store.write(work)).await??)
    }

    /// [`Engine::write`] for what can be fetched again, and so need not be on the disk at once.
    pub(crate) async fn write_soon<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T> {
        let _turn = self.inner.fetched.lock().await;
        let store = self.inner.store.clone();
        Ok(blocking(move || store.write_with(Durability::Soon, work)).await??)
    }

    /// Takes in bytes that may be many, as pieces.
    pub(crate) async fn pack(
        &self,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send + 'static,
    ) -> Result<Parcel> {
        let store = self.inner.store.clone();
        Ok(blocking(move || store.pack(write)).await??)
    }

    pub(crate) fn set_activity(&self, account: AccountId, activity: Activity) {
        let mut activities = locked(&self.inner.activities);
        if activities.get(&account) == Some(&activity) {
            return;
        }
        activities.insert(account, activity.clone());
        drop(activities);
        self.inner
            .changes
            .publish(vec![Change::Activity { account, activity }]);
    }

    /// Whether the account is being changed to another protocol.
    pub(crate) fn is_changing(&self, account: AccountId) -> bool {
        locked(&self.inner.changing).contains(&account)
    }

    /// Whoever changes more than the look of an account waits until it has the protocol that it will have.
    pub(crate) fn require_settled(&self, account: &Account) -> Result<()> {
        match self.is_changing(account.id) {
            true => Err(EngineError::Invalid(format!(
                "{} is being changed to another protocol; wait until that is done",
                account.email
            ))),
            false => Ok(()),
        }
    }

    pub(crate) fn forget_activity(&self, account: AccountId) {
        locked(&self.inner.activities).remove(&account);
    }

    pub(crate) fn tell(&self, account: Option<AccountId>, trouble: Trouble) {
        self.inner
            .changes
            .publish(vec![Change::Trouble { account, trouble }]);
    }
}

/// Runs what blocks away from the tasks that must not.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| EngineError::Closing)
}

/// A lock whose holder panicked guards maps here that are whole after every step.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Two profiles must not share an entry of the keyring: the entry carries the folder's whole path.
pub(crate) fn profile_name(profile: &std::path::Path) -> String {
    std::fs::canonicalize(profile)
        .unwrap_or_else(|_| profile.to_owned())
        .to_string_lossy()
        .into_owned()
}
