//! Letters that are written anew, each as a line of its own, as where they go to another account: any number of them, in portions there
//! and back.

use std::collections::BTreeSet;
use std::time::Duration;

use waxwing_model::{
    AccountId, ActionId, Change, EmailId, LongWork, MailboxId, NewAccount, Operation, Protocol, Role,
};

use super::{AT_ONCE, LETTERS, Stage, a_run, letter};
use crate::changes::Subscription;
use crate::lena;
use crate::operations::{Action, copies, transact};

/// Two more accounts, whose servers nobody has told of anything yet.
struct Others {
    amara: Place,
    jonas: Place,
}

#[derive(Clone, Copy)]
struct Place {
    account: AccountId,
    inbox: MailboxId,
}

impl Stage {
    async fn others(&self) -> Others {
        Others {
            amara: self.place("amara@kustwerk.example").await,
            jonas: self.place("jonas@nordlicht.example").await,
        }
    }

    async fn place(&self, email: &'static str) -> Place {
        let put = self.engine.write(move |writing| {
            let account = writing.insert_account(&NewAccount {
                email: email.into(),
                ..lena::account(Protocol::Imap)
            })?;
            let inbox = writing.insert_mailbox(&lena::mailbox(account, "Inbox", Role::Inbox))?;
            Ok(Place { account, inbox })
        });
        put.await.unwrap()
    }

    /// All that this mailbox has, to another account.
    async fn move_all(&self, from: MailboxId, to: MailboxId) -> ActionId {
        let emails = Vec::new();
        let moved = self
            .engine
            .perform_listed(self.all_of(from), Action::Move { emails, to }, a_run())
            .await
            .unwrap();
        assert_eq!((moved.performed.affected as usize, moved.left), (LETTERS, 0));
        moved.performed.undo.expect("it can be undone")
    }

    /// How many lines that are open concern letters of this account.
    async fn open(&self, account: AccountId) -> usize {
        let lines = self
            .engine
            .read(move |reading| reading.operations_touching(account));
        lines.await.unwrap().len()
    }

    /// How far it is told to be that an action is taken back, which is over.
    async fn last_progress(&self, told: &mut Subscription, undo: ActionId) -> (usize, usize) {
        let of = |change: &Change| match change {
            Change::Progress {
                of: LongWork::Undo(action),
                done,
                total,
            } if *action == undo => Some((*done as usize, *total as usize)),
            _ => None,
        };
        let last = async {
            loop {
                if let Some(last) = told.next().await.iter().filter_map(of).next_back() {
                    return last;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), last).await.unwrap()
    }

    fn all(&self) -> BTreeSet<EmailId> {
        self.letters.iter().copied().collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_list_is_copied_in_portions_and_the_copies_go_again() {
    let stage = Stage::new().await;
    let action = Action::Copy {
        emails: Vec::new(),
        to: stage.trash,
    };
    let copied = stage
        .engine
        .perform_listed(stage.all_of(stage.inbox), action, a_run())
        .await
        .unwrap();
    assert_eq!((copied.performed.affected as usize, copied.left), (LETTERS, 0));
    assert_eq!(stage.in_mailbox(stage.trash).await.len(), LETTERS);
    let action = copied.performed.undo.unwrap();
    let lines = stage
        .engine
        .read(move |reading| reading.lines_of(action))
        .await
        .unwrap();
    let steps = crate::operations::undo::steps(lines);
    assert!(steps.iter().all(|step| step.len() <= AT_ONCE), "in portions too");
    stage.engine.undo(action).await.unwrap();
    assert_eq!(stage.in_mailbox(stage.trash).await, BTreeSet::new());
    assert_eq!(stage.in_mailbox(stage.inbox).await, stage.all());
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_no_server_has_heard_of_come_back_from_another_account() {
    let stage = Stage::new().await;
    let Others { amara, .. } = stage.others().await;
    let undo = stage.move_all(stage.inbox, amara.inbox).await;
    assert_eq!(stage.in_mailbox(stage.inbox).await, BTreeSet::new());
    assert_eq!(stage.in_mailbox(amara.inbox).await.len(), LETTERS);
    stage.engine.undo(undo).await.unwrap();
    assert_eq!(stage.in_mailbox(stage.inbox).await, stage.all());
    assert_eq!(stage.in_mailbox(amara.inbox).await, BTreeSet::new());
    assert_eq!(stage.open(amara.account).await, 0, "its server hears of none");
    stage.engine.check_store().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_was_made_for_them_is_not_counted_among_letters_that_come_back() {
    let stage = Stage::new().await;
    let action = Action::MoveToRole {
        emails: Vec::new(),
        role: Role::Archive,
    };
    let archived = stage
        .engine
        .perform_listed(stage.all_of(stage.inbox), action, a_run())
        .await
        .unwrap();
    let undo = archived.performed.undo.expect("it can be undone");
    let mut told = stage.engine.changes();
    stage.engine.undo(undo).await.unwrap();
    let (done, total) = stage.last_progress(&mut told, undo).await;
    assert_eq!((done, total), (LETTERS, LETTERS), "letters, and nothing else");
    assert_eq!(stage.in_mailbox(stage.inbox).await, stage.all());
}

/// The lines with which the originals go are written after all others, so they stand in other steps than the copies.
#[tokio::test(flavor = "multi_thread")]
async fn originals_that_would_have_gone_next_stay() {
    let stage = Stage::new().await;
    let Others { amara, jonas } = stage.others().await;
    let put = stage.engine.write(move |writing| {
        let new: Vec<_> = (0..LETTERS)
            .map(|number| letter(jonas.account, jonas.inbox, number))
            .collect();
        writing.insert_emails(jonas.inbox, &new)
    });
    let originals: BTreeSet<EmailId> = put.await.unwrap().into_iter().collect();
    let undo = stage.move_all(jonas.inbox, amara.inbox).await;
    transact(&stage.engine.inner.store, |writing| {
        for line in writing.lines_of(undo)? {
            let entry = writing.operation(line.id)?.unwrap();
            assert_eq!(copies::arrived(writing, &entry)?, Some(jonas.account));
        }
        Ok(())
    })
    .unwrap();
    let mut told = stage.engine.changes();
    stage.engine.undo(undo).await.unwrap();
    let (done, total) = stage.last_progress(&mut told, undo).await;
    assert_eq!((done, total), (LETTERS, LETTERS), "each letter is counted once");
    assert_eq!(stage.in_mailbox(jonas.inbox).await, originals, "the same letters");
    assert_eq!(stage.open(jonas.account).await, 0, "and none of them goes");
    assert_eq!(stage.in_mailbox(amara.inbox).await, BTreeSet::new());
    assert_eq!(
        stage.open(amara.account).await,
        LETTERS,
        "the copies go from their server"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_come_back_keeps_no_other_from_it() {
    let stage = Stage::new().await;
    let Others { amara, jonas } = stage.others().await;
    let undo = stage.move_all(stage.inbox, amara.inbox).await;
    let on: Vec<EmailId> = stage
        .in_mailbox(amara.inbox)
        .await
        .into_iter()
        .skip(AT_ONCE)
        .take(1)
        .collect();
    stage
        .engine
        .perform(Action::Move {
            emails: on,
            to: jonas.inbox,
        })
        .await
        .unwrap();
    let said = stage.engine.undo(undo).await.unwrap_err().to_string();
    assert!(said.contains("on its way to yet another account"), "{said}");
    assert_eq!(stage.in_mailbox(stage.inbox).await.len(), LETTERS - 1);
    assert_eq!(
        stage.in_mailbox(jonas.inbox).await.len(),
        1,
        "it is where it was moved last"
    );
    assert_eq!(stage.in_mailbox(amara.inbox).await, BTreeSet::new());
}

/// The text of a letter that comes back may be on the server that it comes back from, and nowhere else.
#[tokio::test(flavor = "multi_thread")]
async fn the_account_that_brings_the_text_is_told_when_letters_come_back() {
    let stage = Stage::new().await;
    let Others { amara, jonas } = stage.others().await;
    let put = stage
        .engine
        .write(move |writing| writing.insert_email(&letter(jonas.account, jonas.inbox, 0)));
    let emails = vec![put.await.unwrap()];
    let moved = stage
        .engine
        .perform(Action::Move {
            emails,
            to: amara.inbox,
        })
        .await
        .unwrap();
    let undo = moved.undo.unwrap();
    let touched = transact(&stage.engine.inner.store, |writing| {
        let [line] = writing.lines_of(undo)?[..] else {
            panic!("it is one letter");
        };
        let entry = writing.operation(line.id)?.unwrap();
        copies::arrived(writing, &entry)?;
        // The original has gone from its server.
        for parting in writing.action(undo)?.into_iter().skip(1) {
            let Operation::Destroy { emails, .. } = &parting.operation else {
                panic!("the original goes, and nothing else");
            };
            for email in emails {
                writing.remove_email(*email)?;
            }
            writing.set_operation_state(parting.id, waxwing_store::OperationState::Done, None)?;
        }
        let entry = writing.operation(line.id)?.unwrap();
        let undoing = writing.new_action()?;
        copies::undo_copy(writing, undoing, &entry)
    })
    .unwrap();
    let touched: BTreeSet<AccountId> = touched.into_iter().collect();
    assert_eq!(touched, BTreeSet::from([amara.account, jonas.account]));
    assert_eq!(stage.in_mailbox(jonas.inbox).await.len(), 1);
}
