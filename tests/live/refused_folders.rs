//! Folders that a server lists and does not open.

use std::time::Duration;

use journeys::{Person, cuts, deliver, form_at};
use waxwing_engine::Subscription;
use waxwing_model::{Activity, Change, Role, ShutMailbox};
use waxwing_testkit::proxy::{Action as Deed, Rule, When};
use waxwing_testkit::{Dovecot, DovecotOptions};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// More than a machine under load needs.
const PATIENCE: Duration = Duration::from_secs(90);

/// The sentences that are told until the account is in step, and which folders are shut then, with the server's words.
async fn told_until_in_step(
    changes: &mut Subscription,
) -> Result<(Vec<String>, Vec<ShutMailbox>), Box<dyn std::error::Error>> {
    let mut told = Vec::new();
    loop {
        let news = tokio::time::timeout(PATIENCE, changes.next()).await?;
        let in_step = news.iter().rev().find_map(|change| match change {
            Change::Activity {
                activity: Activity::UpToDate { shut, .. },
                ..
            } => Some(shut.clone()),
            _ => None,
        });
        told.extend(news.into_iter().filter_map(|change| match change {
            Change::Trouble { trouble, .. } => Some(trouble.sentence),
            _ => None,
        }));
        if let Some(shut) = in_step {
            return Ok((told, shut));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn are_told_of_once_in_the_words_of_the_server() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    let proxy = cuts::proxy(&dovecot).await?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
    let refusal = Deed::answer("{tag} NO [SERVERBUG] it broke at 17:01");
    proxy.add(Rule::to_server(When::line("SELECT"), refusal).forever());
    let mut changes = lena.engine.changes();
    lena.engine.start().await?;
    let (told, shut) = told_until_in_step(&mut changes).await?;
    let inbox = lena.mailbox(Role::Inbox).await.id;
    assert!(
        shut.iter()
            .any(|each| each.mailbox == inbox && each.reply.contains("it broke at 17:01")),
        "the account is in step but for its inbox: {shut:?}"
    );
    let [sentence] = told.as_slice() else {
        return Err(format!("one sentence for all folders: {told:?}").into());
    };
    assert!(
        sentence.starts_with("The server does not open “") && sentence.contains("it broke at 17:01"),
        "{sentence}"
    );
    assert!(sentence.contains(" more."), "the others are counted: {sentence}");

    proxy.clear();
    let refusal = Deed::answer("{tag} NO [SERVERBUG] it broke at 17:02");
    proxy.add(Rule::to_server(When::line("SELECT"), refusal).forever());
    lena.engine.sync_now(None);
    let (told, still_shut) = told_until_in_step(&mut changes).await?;
    assert_eq!(told, Vec::<String>::new(), "it is told once");
    assert_eq!(
        still_shut.len(),
        shut.len(),
        "and stays so for as long as it is so"
    );

    // It opens again, and what is in it comes.
    proxy.clear();
    deliver(&dovecot, "lena", "back");
    lena.engine.sync_now(None);
    let until = tokio::time::Instant::now() + PATIENCE;
    while lena.subjects(Role::Inbox).await != ["back"] {
        assert!(tokio::time::Instant::now() < until, "the letter never came");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    while !matches!(lena.engine.activity(account.id), Activity::UpToDate { shut, .. } if shut.is_empty()) {
        assert!(
            tokio::time::Instant::now() < until,
            "what is open was still told to be shut"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    lena.engine.stop().await;
    Ok(())
}
