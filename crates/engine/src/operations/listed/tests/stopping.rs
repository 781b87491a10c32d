//! What is under way is stopped by its own name, and nothing else with it.

use std::sync::mpsc;

use waxwing_model::RunId;

use super::{DELETE, LETTERS, Stage, a_run, read};
use crate::operations::Action;

/// Does this while all that is read and written waits for one thread, which somebody holds until it is let go.
fn while_held<T>(test: impl AsyncFnOnce(Stage, Held) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let stage = Stage::new().await;
        let (let_go, held) = mpsc::channel::<()>();
        let other = tokio::task::spawn_blocking(move || held.recv().is_ok());
        test(stage, Held { let_go, other }).await
    })
}

struct Held {
    let_go: mpsc::Sender<()>,
    other: tokio::task::JoinHandle<bool>,
}

impl Held {
    async fn let_go(self) {
        self.let_go.send(()).unwrap();
        assert!(self.other.await.unwrap());
    }
}

#[test]
fn it_stops_while_the_letters_are_still_looked_for() {
    while_held(async |stage, held| {
        let run = a_run();
        let all = stage.all_of(stage.inbox);
        let mut deletion = Box::pin(stage.engine.perform_listed(all, DELETE, run.clone()));
        assert!(futures::poll!(&mut deletion).is_pending(), "they are looked for");
        assert!(stage.engine.stop_listed(&run));
        held.let_go().await;
        let done = deletion.await.unwrap();
        assert_eq!((done.performed.undo, done.performed.affected), (None, 0));
        assert_eq!((done.left as usize, done.failure.is_none()), (LETTERS, true));
        assert_eq!(stage.in_mailbox(stage.inbox).await.len(), LETTERS);
    });
}

#[test]
fn of_two_that_are_under_way_the_other_goes_on() {
    while_held(async |stage, held| {
        let (one, other) = (a_run(), a_run());
        let perform = |action, run: &RunId| {
            Box::pin(
                stage
                    .engine
                    .perform_listed(stage.all_of(stage.inbox), action, run.clone()),
            )
        };
        let mut deletion = perform(DELETE, &one);
        let mut marking = perform(read(), &other);
        assert!(futures::poll!(&mut deletion).is_pending() && futures::poll!(&mut marking).is_pending());
        assert!(stage.engine.stop_listed(&one));
        held.let_go().await;
        assert_eq!(deletion.await.unwrap().left as usize, LETTERS);
        assert_eq!(marking.await.unwrap().left, 0, "nobody has stopped it");
        assert_eq!(stage.unread().await, 0);
        assert_eq!(stage.in_mailbox(stage.inbox).await.len(), LETTERS);
    });
}

#[test]
fn two_of_one_name_are_not_begun() {
    while_held(async |stage, held| {
        let run = a_run();
        let all = stage.all_of(stage.inbox);
        let mut marking = Box::pin(stage.engine.perform_listed(all.clone(), read(), run.clone()));
        assert!(futures::poll!(&mut marking).is_pending());
        let second = Box::pin(stage.engine.perform_listed(all, DELETE, run.clone()));
        let refused = matches!(futures::poll!(second), std::task::Poll::Ready(Err(_)));
        assert!(refused, "Stop would mean both");
        assert!(stage.engine.stop_listed(&run), "the first is under way as before");
        held.let_go().await;
        assert_eq!(marking.await.unwrap().performed.affected, 0);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_cannot_be_stopped_though_it_is_remembered_for_a_moment() {
    let stage = Stage::new().await;
    let run = a_run();
    let all = stage.all_of(stage.inbox);
    let done = stage.engine.perform_listed(all, DELETE, run.clone()).await;
    assert!(!stage.engine.stop_listed(&run), "it is over");
    assert_eq!(stage.engine.deletions().len(), 1, "nobody has seen it yet");
    stage
        .engine
        .undo(done.unwrap().performed.undo.unwrap())
        .await
        .unwrap();
    let again = stage
        .engine
        .perform_listed(stage.all_of(stage.inbox), DELETE, run)
        .await;
    assert_eq!(again.unwrap().left, 0, "its name is free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_marks_is_not_remembered() {
    let stage = Stage::new().await;
    for action in [
        read(),
        Action::Copy {
            emails: Vec::new(),
            to: stage.trash,
        },
    ] {
        let all = stage.all_of(stage.inbox);
        stage.engine.perform_listed(all, action, a_run()).await.unwrap();
    }
    assert!(stage.engine.deletions().is_empty());
}
