//! What is done to all of a list is done in portions, is undone as one, and is whole however it ends.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tempfile::TempDir;
use waxwing_model::{
    AccountId, ActionId, Change, EmailId, Keyword, Keywords, Listed, Listing, MailboxId, Role, RowId, RunId,
};
use waxwing_store::{NewEmail, StoreError};

mod elsewhere;
mod ends;
mod stopping;

use super::AT_ONCE;
use crate::engine::{Engine, EngineOptions, KeyringUse};
use crate::error::EngineError;
use crate::lena;
use crate::operations::Action;
use crate::without_keyring;

/// More than five portions.
const LETTERS: usize = 5 * AT_ONCE + 7;

struct Stage {
    engine: Engine,
    account: AccountId,
    inbox: MailboxId,
    trash: MailboxId,
    letters: Vec<EmailId>,
    folder: TempDir,
}

impl Stage {
    /// An inbox in which every second letter is read.
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = without_keyring::engine(folder.path()).await;
        let (account, inbox) = without_keyring::inbox(&engine).await;
        let put = engine.write(move |writing| {
            let trash = writing.insert_mailbox(&lena::mailbox(account, "Trash", Role::Trash))?;
            let new: Vec<NewEmail> = (0..LETTERS)
                .map(|number| letter(account, inbox, number))
                .collect();
            Ok((trash, writing.insert_emails(inbox, &new)?))
        });
        let (trash, letters) = put.await.unwrap();
        Self {
            engine,
            account,
            inbox,
            trash,
            letters,
            folder,
        }
    }

    fn all_of(&self, mailbox: MailboxId) -> Listed {
        Listed::all_of(Listing::letters_of(mailbox))
    }

    async fn in_mailbox(&self, mailbox: MailboxId) -> BTreeSet<EmailId> {
        let letters = self.engine.read(move |reading| reading.letters_in(mailbox)).await;
        letters.unwrap().into_iter().collect()
    }

    async fn unread(&self) -> usize {
        let inbox = self.inbox;
        let mailbox = self.engine.read(move |reading| reading.mailbox(inbox)).await;
        mailbox.unwrap().unwrap().unread as usize
    }

    /// A deletion of all that the inbox has, begun and seen to be under way.
    async fn begin_deleting(&self) -> (RunId, tokio::task::JoinHandle<super::PerformedListed>) {
        let mut told = self.engine.changes();
        let (engine, all) = (self.engine.clone(), self.all_of(self.inbox));
        let run = a_run();
        let name = run.clone();
        let deletion = tokio::spawn(async move { engine.perform_listed(all, DELETE, name).await.unwrap() });
        let begun = async { while !told.next().await.iter().any(is_progress) {} };
        tokio::time::timeout(Duration::from_secs(60), begun)
            .await
            .unwrap();
        (run, deletion)
    }
}

/// A name that no other has.
fn a_run() -> RunId {
    static NUMBERS: AtomicU32 = AtomicU32::new(0);
    RunId(NUMBERS.fetch_add(1, Ordering::Relaxed).to_string())
}

const DELETE: Action = Action::Delete { emails: Vec::new() };

fn letter(account: AccountId, mailbox: MailboxId, number: usize) -> NewEmail {
    NewEmail {
        message_id: Some(format!("{number}@waxwing.test")),
        received_at: 1_700_000_000_000 + i64::try_from(number).unwrap(),
        keywords: match number % 2 {
            0 => Keywords::only(Keyword::SEEN),
            _ => Keywords::none(),
        },
        ..lena::letter(account, mailbox, &format!("Letter {number}"))
    }
}

fn is_progress(change: &Change) -> bool {
    matches!(change, Change::Progress { done: 1.., .. })
}

fn read() -> Action {
    Action::SetKeywords {
        emails: Vec::new(),
        add: Keywords::only(Keyword::SEEN),
        remove: Keywords::none(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_but_one_are_marked_in_portions_and_taken_back_as_one() {
    let stage = Stage::new().await;
    let unread = stage.unread().await;
    let spared = stage.letters[1];
    let mut all = stage.all_of(stage.inbox);
    all.except.push(RowId(spared.0));
    let marks = stage.engine.listed_marks(all.clone()).await.unwrap();
    assert!(marks.unread && !marks.starred);
    let done = stage.engine.perform_listed(all, read(), a_run()).await.unwrap();
    assert_eq!((done.left, done.failure.is_none()), (0, true));
    assert_eq!(
        done.performed.affected as usize,
        unread - 1,
        "read ones are no work"
    );
    assert_eq!(stage.unread().await, 1, "that one is unread still");
    let action = done.performed.undo.expect("it can be undone");
    let lines = stage
        .engine
        .read(move |reading| reading.lines_of(action))
        .await
        .unwrap();
    assert!(lines.len() > 1 && lines.iter().all(|line| line.letters as usize <= AT_ONCE));
    let told: u32 = lines.iter().map(|line| line.letters).sum();
    assert_eq!(told, done.performed.affected, "nothing else is told to a server");

    let mut changes = stage.engine.changes();
    stage.engine.undo(action).await.unwrap();
    assert_eq!(stage.unread().await, unread, "as before");
    assert!(
        changes.next().await.iter().any(is_progress),
        "it is told how far it is"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_it_was_asked_for_stays() {
    let stage = Stage::new().await;
    let (_, deletion) = stage.begin_deleting().await;
    let (account, inbox) = (stage.account, stage.inbox);
    let put = stage
        .engine
        .write(move |writing| writing.insert_email(&letter(account, inbox, LETTERS)));
    let late = put.await.unwrap();
    let done = deletion.await.unwrap();
    assert_eq!(done.performed.affected as usize, LETTERS);
    assert_eq!(stage.in_mailbox(stage.inbox).await, BTreeSet::from([late]));
    stage.engine.undo(done.performed.undo.unwrap()).await.unwrap();
    assert_eq!(stage.in_mailbox(stage.inbox).await.len(), LETTERS + 1);
    assert_eq!(stage.in_mailbox(stage.trash).await, BTreeSet::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_when_somebody_says_so_and_the_part_can_be_undone() {
    let stage = Stage::new().await;
    let (run, deletion) = stage.begin_deleting().await;
    stage.engine.stop_listed(&run);
    let done = deletion.await.unwrap();
    let deleted = stage.in_mailbox(stage.trash).await.len();
    assert_eq!(done.performed.affected as usize, deleted);
    assert_eq!(
        done.left as usize,
        LETTERS - deleted,
        "the others are as they were"
    );
    stage.engine.undo(done.performed.undo.unwrap()).await.unwrap();
    assert_eq!(stage.in_mailbox(stage.inbox).await.len(), LETTERS);
    let whole = stage
        .engine
        .perform_listed(stage.all_of(stage.inbox), DELETE, a_run())
        .await;
    assert_eq!(whole.unwrap().left, 0, "the next one is not stopped");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_its_way_to_trash_is_not_deleted_from_there() {
    let stage = Stage::new().await;
    let (_, deletion) = stage.begin_deleting().await;
    // Whoever presses the key once more sees the letters in the list still.
    let emails = stage.letters.clone();
    stage.engine.perform(Action::Delete { emails }).await.unwrap();
    deletion.await.unwrap();
    let all: BTreeSet<EmailId> = stage.letters.iter().copied().collect();
    assert_eq!(stage.in_mailbox(stage.trash).await, all, "none is lost");

    let again = stage
        .engine
        .perform_listed(stage.all_of(stage.trash), DELETE, a_run())
        .await
        .unwrap();
    assert_eq!(again.performed.undo, None, "out of Trash it is for good");
    assert_eq!(stage.in_mailbox(stage.trash).await, BTreeSet::new());
}

/// What is given up leaves the portion that is being written to a thread, which has the store until that is written.
async fn opened_once_free(profile: &Path) -> Engine {
    loop {
        let options = EngineOptions {
            profile: profile.to_owned(),
            keyring: KeyringUse::Never,
            passphrase: None,
        };
        match Engine::open(options).await {
            Err(EngineError::Store(StoreError::InUse)) => tokio::time::sleep(Duration::from_millis(10)).await,
            opened => return opened.expect("the engine opens"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_in_the_midst_leaves_each_letter_with_its_line_or_as_it_was() {
    let stage = Stage::new().await;
    let (_, deletion) = stage.begin_deleting().await;
    deletion.abort();
    let _ended = deletion.await;
    stage.engine.stop().await;
    let Stage {
        engine,
        folder,
        inbox,
        trash,
        ..
    } = stage;
    drop(engine);
    let engine = opened_once_free(folder.path()).await;
    let found = engine
        .read(move |reading| {
            let lines = reading.lines_of(ActionId(1))?;
            Ok((
                lines,
                reading.letters_in(trash)?.len(),
                reading.letters_in(inbox)?.len(),
            ))
        })
        .await;
    let (lines, deleted, left) = found.unwrap();
    let told: u32 = lines.iter().map(|line| line.letters).sum();
    assert_eq!(told as usize, deleted, "the journal says what was done");
    assert_eq!(deleted + left, LETTERS, "no letter is lost");
    engine.undo(ActionId(1)).await.unwrap();
    let back = engine
        .read(move |reading| reading.letters_in(inbox))
        .await
        .unwrap();
    assert_eq!(back.len(), LETTERS, "and all of it can be taken back");
    engine.check_store().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_to_few_by_name_is_not_done_to_a_list() {
    let stage = Stage::new().await;
    let unnamed = Action::TakeOut { emails: Vec::new() };
    let refused = stage
        .engine
        .perform_listed(stage.all_of(stage.inbox), unnamed, a_run())
        .await;
    assert!(refused.is_err(), "that is done to letters that are named");
    assert_eq!(
        stage.in_mailbox(stage.inbox).await.len(),
        LETTERS,
        "nothing was done"
    );
}
