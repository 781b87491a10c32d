//! Where what is done to all of a list must leave something: letters that are in Trash
//! already, and a folder that others have come into.

use std::collections::BTreeSet;

use waxwing_model::{EmailId, Role};

use super::{DELETE, LETTERS, Stage, a_run, letter};
use crate::operations::Action;

impl Stage {
    /// Some letters that were deleted before.
    async fn deleted_before(&self) -> Vec<EmailId> {
        let before = self.letters[..3].to_vec();
        let emails = before.clone();
        self.engine.perform(Action::Delete { emails }).await.unwrap();
        before
    }

    async fn assert_all_are_in_trash(&self) {
        let all: BTreeSet<EmailId> = self.letters.iter().copied().collect();
        assert_eq!(self.in_mailbox(self.trash).await, all, "none is lost");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_some_stand_elsewhere_none_is_deleted_from_trash_and_all_comes_back() {
    let stage = Stage::new().await;
    let before = stage.deleted_before().await;
    // As in a search, which has both.
    let mut all = stage.all_of(stage.inbox);
    all.also.clone_from(&before);
    let done = stage.engine.perform_listed(all, DELETE, a_run()).await.unwrap();
    assert_eq!(done.performed.affected as usize, LETTERS - before.len());
    stage.assert_all_are_in_trash().await;
    let undo = done.performed.undo.expect("nothing went for good");
    stage.engine.undo(undo).await.unwrap();
    assert_eq!(
        stage.in_mailbox(stage.trash).await,
        before.into_iter().collect(),
        "as it was before"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_anything_but_trash_deletes_nothing_for_good() {
    let stage = Stage::new().await;
    let delete = |mailbox| {
        stage
            .engine
            .perform_listed(stage.all_of(mailbox), DELETE, a_run())
    };
    delete(stage.inbox).await.unwrap();
    // As in a search, which shows them as before: whoever presses the key once more has not looked at Trash.
    let mut all = stage.all_of(stage.inbox);
    all.also.clone_from(&stage.letters);
    let again = stage.engine.perform_listed(all, DELETE, a_run()).await.unwrap();
    assert_eq!((again.performed.undo, again.performed.affected), (None, 0));
    stage.assert_all_are_in_trash().await;
    let in_trash = delete(stage.trash).await.unwrap();
    assert_eq!(in_trash.performed.affected as usize, LETTERS);
    assert_eq!(stage.in_mailbox(stage.trash).await, BTreeSet::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_holds_for_letters_that_are_named() {
    let stage = Stage::new().await;
    let before = stage.deleted_before().await;
    let delete = |emails: &[EmailId]| {
        stage.engine.perform(Action::Delete {
            emails: emails.to_vec(),
        })
    };
    let done = delete(&stage.letters).await.unwrap();
    assert_eq!(done.affected as usize, LETTERS - before.len());
    assert!(done.undo.is_some());
    stage.assert_all_are_in_trash().await;
    let again = delete(&before).await.unwrap();
    assert_eq!(
        (again.undo, again.affected),
        (None, 3),
        "these are meant themselves"
    );
    assert_eq!(stage.in_mailbox(stage.trash).await.len(), LETTERS - before.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_others_have_come_into_stays_and_all_letters_come_back() {
    let stage = Stage::new().await;
    let archive = Action::MoveToRole {
        emails: Vec::new(),
        role: Role::Archive,
    };
    let done = stage
        .engine
        .perform_listed(stage.all_of(stage.inbox), archive, a_run())
        .await;
    let undo = done.unwrap().performed.undo.unwrap();
    let account = stage.account;
    let put = stage.engine.write(move |writing| {
        let archive = writing.mailbox_with_role(account, Role::Archive)?.unwrap().id;
        let late = writing.insert_email(&letter(account, archive, LETTERS))?;
        Ok((archive, late))
    });
    let (archive, late) = put.await.unwrap();
    let said = stage.engine.undo(undo).await.unwrap_err().to_string();
    assert!(said.contains("is not empty and stays"), "{said}");
    assert_eq!(stage.in_mailbox(archive).await, BTreeSet::from([late]));
    assert_eq!(stage.in_mailbox(stage.inbox).await.len(), LETTERS, "all are back");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_out_of_trash_while_all_of_it_is_deleted_for_good_stays_out() {
    let stage = Stage::new().await;
    let delete = |mailbox| {
        stage
            .engine
            .perform_listed(stage.all_of(mailbox), DELETE, a_run())
    };
    delete(stage.inbox).await.unwrap();
    let mut deletion = Box::pin(delete(stage.trash));
    assert!(futures::poll!(&mut deletion).is_pending(), "they are looked for");
    // The oldest, which come last.
    let kept = stage.letters[..3].to_vec();
    let back = Action::Move {
        emails: kept.clone(),
        to: stage.inbox,
    };
    stage.engine.perform(back).await.unwrap();
    deletion.await.unwrap();
    assert_eq!(stage.in_mailbox(stage.inbox).await, kept.into_iter().collect());
    assert_eq!(stage.in_mailbox(stage.trash).await, BTreeSet::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_was_on_its_way_when_a_deletion_ended_deletes_nothing_for_good() {
    let stage = Stage::new().await;
    let done = stage
        .engine
        .perform_listed(stage.all_of(stage.inbox), DELETE, a_run())
        .await;
    let emails = stage.letters[..3].to_vec();
    let press = stage.engine.perform(Action::Delete { emails }).await.unwrap();
    assert_eq!(press.affected, 0);
    stage.assert_all_are_in_trash().await;
    stage
        .engine
        .undo(done.unwrap().performed.undo.unwrap())
        .await
        .unwrap();
    assert_eq!(stage.in_mailbox(stage.inbox).await.len(), LETTERS);
}
