//! A process that deletes all of a folder in portions, and takes that back in steps, is killed again and again. Each letter is where the
//! journal says, so that the server will hear of what was done and of nothing else, and what was done can be taken back (I1, I2, I6).

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use waxwing_engine::{Action, Engine, EngineOptions, KeyringUse};
use waxwing_model::{
    AccountId, ActionId, Change, EmailId, Keeping, Keywords, Listed, Listing, ListingGrouping, MailboxId,
    NewAccount, Operation, Protocol, Retention, Role, RunId,
};
use waxwing_store::{NewEmail, NewMailbox, Store};

const ROUNDS: u64 = 12;
/// Four portions.
const LETTERS: u32 = 1_600;
/// Where the process that is to be killed finds its profile.
const PROFILE: &str = "WAXWING_KILLED_PROFILE";
const PROGRESS: &str = "a portion is written";

fn store(profile: &Path) -> Store {
    Store::open(&profile.join("waxwing.db"), Box::new(|_| {})).unwrap()
}

async fn engine(profile: &Path) -> Engine {
    let options = EngineOptions {
        profile: profile.to_owned(),
        keyring: KeyringUse::Never,
        passphrase: None,
    };
    Engine::open(options).await.unwrap()
}

/// This is the process that is killed; as a test by itself it has nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn deletes_all_and_takes_it_back_until_it_is_killed() {
    let Some(profile) = std::env::var_os(PROFILE) else {
        return;
    };
    let engine = engine(profile.as_ref()).await;
    let mut changes = engine.changes();
    tokio::spawn(async move {
        loop {
            let is_progress = |change: &Change| matches!(change, Change::Progress { done: 1.., .. });
            if changes.next().await.iter().any(is_progress) {
                let mut out = std::io::stdout().lock();
                out.write_all(format!("\n{PROGRESS}\n").as_bytes()).unwrap();
                out.flush().unwrap();
            }
        }
    });
    let mailboxes = engine.mailboxes().await.unwrap();
    let inbox = mailboxes
        .iter()
        .find(|mailbox| mailbox.role == Some(Role::Inbox))
        .unwrap();
    let delete = Action::Delete { emails: Vec::new() };
    loop {
        let done = engine
            .perform_listed(all_of(inbox.id), delete.clone(), RunId("all".into()))
            .await
            .unwrap();
        assert_eq!(done.left, 0);
        engine.undo(done.performed.undo.unwrap()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_letter_is_where_the_journal_says_after_a_kill_at_any_instant() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path();
    let scene = Scene::new(profile);
    let mut in_the_midst = 0;
    for round in 0..ROUNDS {
        // After so many portions of a deletion or steps of its undoing, and a little later.
        work_until_killed(
            profile,
            1 + round * 5 % 7,
            Duration::from_millis(round * 37 % 150),
        );
        let (deleted, actions) = scene.look(profile);
        in_the_midst += u32::from(0 < deleted && deleted < LETTERS as usize);
        let engine = engine(profile).await;
        for action in actions {
            engine.undo(action).await.unwrap();
        }
        engine.stop().await;
        drop(engine);
        let (deleted, actions) = scene.look(profile);
        assert_eq!(
            (deleted, actions),
            (0, BTreeSet::new()),
            "all of it was taken back after the kill"
        );
    }
    assert!(in_the_midst > 2, "kills hit the work: {in_the_midst} of {ROUNDS}");
}

fn work_until_killed(profile: &Path, portions: u64, later: Duration) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "killed_listed::deletes_all_and_takes_it_back_until_it_is_killed",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(PROFILE, profile)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines
        .map_while(Result::ok)
        .filter(|line| line == PROGRESS)
        .take(usize::try_from(portions).unwrap());
    assert_eq!(told.count() as u64, portions, "it goes on until it is killed");
    std::thread::sleep(later);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// A folder of letters on a server that is never asked.
struct Scene {
    account: AccountId,
    inbox: MailboxId,
    trash: MailboxId,
}

impl Scene {
    fn new(profile: &Path) -> Self {
        let put = store(profile).write(|writing| {
            let account = writing.insert_account(&lena())?;
            let inbox = writing.insert_mailbox(&mailbox(account, "Inbox", Role::Inbox))?;
            let trash = writing.insert_mailbox(&mailbox(account, "Trash", Role::Trash))?;
            let letters: Vec<NewEmail> = (0..LETTERS)
                .map(|number| letter(account, inbox, number))
                .collect();
            writing.insert_emails(inbox, &letters)?;
            Ok(Self {
                account,
                inbox,
                trash,
            })
        });
        put.unwrap()
    }

    /// Looks whether nothing is by halves. How many letters are in Trash, and which actions have brought them there.
    fn look(&self, profile: &Path) -> (usize, BTreeSet<ActionId>) {
        let store = store(profile);
        store.check().unwrap();
        let read = store.read(|reading| {
            Ok((
                reading.pending_operations(self.account)?,
                reading.letters_in(self.inbox)?,
                reading.letters_in(self.trash)?,
            ))
        });
        let (lines, left, deleted) = read.unwrap();
        let mut told: Vec<EmailId> = Vec::new();
        for line in &lines {
            match &line.operation {
                Operation::Move { emails, to } if *to == self.trash => told.extend(emails),
                other => panic!("nobody has done {other:?}"),
            }
        }
        told.sort_unstable();
        let here: BTreeSet<EmailId> = deleted.iter().copied().collect();
        assert_eq!(
            told,
            here.iter().copied().collect::<Vec<_>>(),
            "the server hears of each letter in Trash, once, and of no other"
        );
        let all: BTreeSet<EmailId> = left.iter().chain(&deleted).copied().collect();
        assert_eq!(
            (all.len(), left.len() + deleted.len()),
            (LETTERS as usize, all.len())
        );
        (deleted.len(), lines.iter().map(|line| line.action).collect())
    }
}

fn all_of(mailbox: MailboxId) -> Listed {
    Listed::all_of(Listing {
        grouping: ListingGrouping::Conversations,
        ..Listing::letters_of(mailbox)
    })
}

fn lena() -> NewAccount {
    NewAccount {
        email: "lena@nordlicht.example".into(),
        name: "Lena".into(),
        protocol: Protocol::Imap,
        incoming: None,
        outgoing: None,
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: None,
        demo: false,
    }
}

fn mailbox(account: AccountId, name: &str, role: Role) -> NewMailbox {
    NewMailbox {
        account,
        parent: None,
        name: name.into(),
        role: Some(role),
        selectable: true,
        path: Some(name.into()),
        delimiter: None,
    }
}

fn letter(account: AccountId, mailbox: MailboxId, number: u32) -> NewEmail {
    NewEmail {
        account,
        mailbox,
        uid: Some(number + 1),
        message_id: Some(format!("{number}@waxwing.test")),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        subject: format!("Letter {number}"),
        from: Vec::new(),
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        sent_by: None,
        sent_at: None,
        received_at: 1_700_000_000_000 + i64::from(number),
        size: 400,
        keywords: Keywords::none(),
        has_attachment: false,
        preview: String::new(),
    }
}
