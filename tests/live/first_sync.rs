//! A long first synchronisation over a slow line: what the person looks at comes first, a kill leaves no gap, and bodies
//! are counted as they come.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use journeys::{Held, Lone, Person, Room, authorities, deliver, eventually, form_at, on_server};
use waxwing_engine::SyncScope;
use waxwing_model::{Activity, Role};
use waxwing_testkit::proxy::{Action, ProxyTls, Rule, When};
use waxwing_testkit::{Dovecot, DovecotOptions, Proxy, Stage, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_looked_at_comes_before_the_older_letters_of_the_inbox() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    for raw in letters::generate(3, 3_300) {
        dovecot.deliver("lena", "INBOX", &raw)?;
    }
    for raw in letters::generate(4, 1_100) {
        dovecot.deliver("lena", "Projects", &raw)?;
    }
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, dovecot.imaps()));
    let tls = ProxyTls::Both(dovecot.certificates().good(), dovecot.ca_pem().to_owned());
    let proxy = Proxy::start(server, tls).await?;
    // A slow line: each window of headers takes its time.
    proxy.add(
        Rule::to_server(
            When::line("HEADER.FIELDS"),
            Action::Delay(Duration::from_millis(400)),
        )
        .forever(),
    );
    let lena = Person::new().await;
    lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
    lena.engine.start().await?;
    let projects = eventually("the first rows of both folders", || async {
        let projects = lena.folder_named("Projects").await?;
        (projects.total >= 50).then_some(projects)
    })
    .await;
    lena.engine.visit(projects.id).await?;
    eventually("all of the folder that is looked at", || async {
        let projects = lena.folder_named("Projects").await?;
        (projects.total == 1_100).then_some(())
    })
    .await;
    let inbox = lena.mailbox(Role::Inbox).await.total;
    assert!(inbox < 3_300, "the inbox waits with {inbox} letters");
    eventually("the rest of the inbox", || async {
        (lena.mailbox(Role::Inbox).await.total == 3_300).then_some(())
    })
    .await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_at_any_window_of_a_long_first_synchronisation_leaves_no_gap() -> Outcome {
    let stage = Stage::start()?;
    for number in 0..2_600 {
        deliver(&stage.dovecot, "lena", &format!("letter {number}"));
    }
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, stage.dovecot.imaps()));
    let tls = ProxyTls::Both(stage.dovecot.certificates().good(), stage.ca_pem().to_owned());
    let proxy = Proxy::start(server, tls).await?;
    let program = env!("CARGO_BIN_EXE_lone-engine");
    let account = format!(
        "account imap {} {} {}",
        proxy.port(),
        stage.postfix.submissions(),
        authorities(&stage).display()
    );
    let there = on_server(&stage.dovecot, "lena");
    // The first rows, then a thousand at a time.
    for window in 0..4 {
        let folder = tempfile::tempdir()?;
        let mut lone = Lone::start(program, folder.path(), Room::OnThisDisk);
        lone.ask(&account);
        let victim = lone.id().to_string();
        proxy.clear();
        let headers = || When::line("HEADER.FIELDS");
        proxy.add(Rule::to_server(headers(), Action::Delay(Duration::ZERO)).times(window));
        proxy.add(Rule::to_server(
            headers(),
            Action::first(move || {
                let killed = std::process::Command::new("kill").args(["-9", &victim]).status();
                assert!(
                    killed.is_ok_and(|status| status.success()),
                    "the engine is killed"
                );
            }),
        ));
        lone.ask("sync");
        drop(lone);
        proxy.clear();

        let mut lone = Lone::start(program, folder.path(), Room::OnThisDisk);
        assert_eq!(
            lone.ask("sync"),
            Vec::<String>::new(),
            "it goes on after window {window}"
        );
        let here: Vec<Held> = lone
            .ask("held")
            .iter()
            .filter_map(|line| {
                let mut columns = line.split('\t');
                Some(Held {
                    folder: columns.next()?.to_owned(),
                    subject: columns.next()?.to_owned(),
                    flagged: columns.next()? == "true",
                })
            })
            .collect();
        assert_eq!(here.len(), there.len(), "after a kill at window {window}");
        assert!(here == there, "each letter is here once after window {window}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_counted_while_they_come() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    for raw in letters::generate(9, 400) {
        dovecot.deliver("lena", "INBOX", &raw)?;
    }
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, dovecot.imaps()));
    let tls = ProxyTls::Both(dovecot.certificates().good(), dovecot.ca_pem().to_owned());
    let proxy = Proxy::start(server, tls).await?;
    proxy.add(
        Rule::to_server(
            When::line("BODY.PEEK[])"),
            Action::Delay(Duration::from_millis(300)),
        )
        .forever(),
    );
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    lena.engine.start().await?;
    eventually("the bodies to be counted", || async {
        match lena.engine.activity(account.id) {
            Activity::Syncing { done, total: 400, .. } if done > 0 => Some(()),
            _ => None,
        }
    })
    .await;
    eventually("all of them", || async {
        matches!(lena.engine.activity(account.id), Activity::UpToDate { .. }).then_some(())
    })
    .await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_bytes_are_not_what_they_were_is_fetched_again_when_it_is_opened() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    let profile = tempfile::tempdir()?;
    let sent = letters::simple("amara@waxwing.test", "lena@waxwing.test", "Boat", "It floats.");
    dovecot.deliver("lena", "INBOX", &sent)?;
    let lena = Person::at(profile.path()).await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let letter = lena.letter(Role::Inbox, "Boat").await.ok_or("the letter")?;
    let before = lena.engine.raw(letter.id).await?;

    let pack = profile.path().join("waxwing.db.letters/000001.pack");
    let octets = std::fs::metadata(&pack)?.len();
    std::fs::write(&pack, vec![0; usize::try_from(octets)?])?;
    assert_eq!(lena.engine.raw(letter.id).await?, before, "the server has it");
    dovecot.stop();
    assert_eq!(lena.engine.raw(letter.id).await?, before, "and it is here again");
    Ok(())
}
