//! Trash that is emptied while something goes wrong: the connection is cut within the second portion, the server refuses one, and the
//! program is killed. What is deleted is what was in Trash, and what the server still has is shown.

use journeys::cuts;
use journeys::mishaps::kill;
use journeys::{Lone, Person, Room, eventually, form};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Account, Activity, Protocol, Role};
use waxwing_testkit::proxy::{self, Proxy, Rule, When};
use waxwing_testkit::{Stage, address};

use super::emptying::{put, standing};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const EXPUNGE: &str = "UID EXPUNGE";

async fn account(stage: &Stage, proxy: &Proxy, person: &Person) -> Account {
    let mut wanted = form(stage, "lena", Protocol::Imap);
    wanted.incoming.port = proxy.port();
    person.add_quietly(wanted).await
}

/// The first portion goes as it should, and the second one meets this.
fn at_the_second_portion(proxy: &Proxy, action: proxy::Action) {
    proxy.clear();
    for action in [proxy::Action::Before(Vec::new()), action] {
        proxy.add(Rule::to_server(When::line(EXPUNGE), action));
    }
}

async fn empty(person: &Person) -> Result<u32, Box<dyn std::error::Error>> {
    let mailbox = person.mailbox(Role::Trash).await.id;
    person.engine.emptied_with(mailbox).await?;
    Ok(person.engine.perform(Action::Empty { mailbox }).await?.affected)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptying_in_portions_is_cut_refused_and_killed_between_them_and_tells_how_many_are_left()
-> Outcome {
    let stage = Stage::start()?;
    let user = address("lena");
    // It may be there already.
    let _ = stage
        .dovecot
        .doveadm(&["mailbox", "create", "-u", &user, "Trash"]);
    put(&stage, "INBOX", "kept")?;
    for number in 0..1_100 {
        put(&stage, "Trash", &format!("letter {number}"))?;
    }
    let proxy = cuts::proxy(&stage.dovecot).await?;
    let profile = tempfile::tempdir()?;
    let lena = Person::at(profile.path()).await;
    let account = account(&stage, &proxy, &lena).await;
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(empty(&lena).await?, 1_100);
    let left = |person: &Person| person.engine.activity(account.id);

    at_the_second_portion(&proxy, proxy::Action::Cut);
    lena.engine
        .push_once(&account)
        .await
        .expect_err("it is cut within the second portion");
    assert_eq!(
        left(&lena),
        Activity::Deleting { left: 600 },
        "one portion is done"
    );
    assert_eq!(standing(&stage).len(), 601, "and is gone from the server");
    assert!(lena.subjects(Role::Trash).await.is_empty(), "all are gone here");

    // What the server keeps is shown where it is; the portion behind it goes.
    proxy.clear();
    proxy.add(Rule::to_server(
        When::line(EXPUNGE),
        proxy::Action::answer("{tag} NO not these"),
    ));
    lena.engine.push_once(&account).await?;
    assert_eq!(
        left(&lena),
        Activity::Deleting { left: 100 },
        "of three portions the last"
    );
    assert_eq!(
        lena.subjects(Role::Trash).await.len(),
        500,
        "they are shown again"
    );
    assert_eq!(standing(&stage).len(), 501);
    proxy.clear();
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(
        lena.subjects(Role::Trash).await.len(),
        500,
        "as the server has them"
    );
    for number in 0..100 {
        put(&stage, "Trash", &format!("more {number}"))?;
    }
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(empty(&lena).await?, 600);
    lena.engine.stop().await;
    drop(lena);

    // Killed with the second portion on its way: the server does what it was told, and nobody hears of it.
    let mut lone = Lone::start(
        env!("CARGO_BIN_EXE_lone-engine"),
        profile.path(),
        Room::OnThisDisk,
    );
    let victim = lone.id();
    at_the_second_portion(&proxy, proxy::Action::first(move || kill(victim)));
    let told = tokio::task::spawn_blocking(move || lone.try_ask("sync"));
    assert_eq!(told.await?, None, "it was killed before it had done");
    proxy.clear();
    eventually("the server to have done it", || async {
        (standing(&stage) == ["INBOX kept"]).then_some(())
    })
    .await;
    let lena = Person::at(profile.path()).await;
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert!(lena.subjects(Role::Trash).await.is_empty());
    assert_eq!(lena.subjects(Role::Inbox).await, ["kept"]);
    assert!(
        !lena.engine.has_pending_operations(account.id).await?,
        "nothing is left to do"
    );
    Ok(())
}
