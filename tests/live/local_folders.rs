//! Folders of this computer that belong to no account: they are there without any, and letters go between them, a maildrop
//! and a server, both ways, whole.

use journeys::{Person, deliver, form};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{
    Account, AccountId, Email, Keep, Keeping, Listed, Listing, Mailbox, Protocol, Retention, Role, RunId,
};
use waxwing_testkit::proxy::{self, Direction, Proxy, ProxyTls, Rule, When};
use waxwing_testkit::{Stage, address, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn folder(person: &Person, account: AccountId, role: Role) -> Result<Mailbox, &'static str> {
    let mailboxes = person.engine.mailboxes().await.map_err(|_| "the folders")?;
    mailboxes
        .into_iter()
        .find(|mailbox| mailbox.account == account && mailbox.role == Some(role))
        .ok_or("the folder")
}

async fn letters_in(person: &Person, account: AccountId, role: Role) -> Result<Vec<Email>, &'static str> {
    Ok(person.letters(&folder(person, account, role).await?).await)
}

async fn in_step(person: &Person, account: &Account) {
    let report = person.engine.sync_once(account, SyncScope::Everything).await;
    assert_eq!(
        report.errors,
        Vec::<String>::new(),
        "{} is in step",
        account.email
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_local_folders_without_any_account() -> Outcome {
    let lena = Person::new().await;
    let local = lena.engine.add_local_folders("Local Folders").await?;
    assert_eq!(
        lena.engine.add_local_folders("Others").await?,
        local,
        "there is one set of them"
    );
    let made = lena
        .engine
        .perform(Action::CreateMailbox {
            account: local,
            parent: None,
            name: "Old letters".into(),
        })
        .await?;
    let lena = lena.restart().await;
    assert!(
        lena.folder_named("Old letters").await.is_some(),
        "a folder of one's own stays"
    );
    lena.engine.undo(made.undo.ok_or("it can be undone")?).await?;
    assert!(lena.folder_named("Old letters").await.is_none());
    let account = lena.account(local).await;
    assert!(!account.can_send(), "nothing is sent from here");
    let draft = lena.engine.new_draft(None, Default::default()).await;
    assert!(draft.is_err(), "and there is nobody to write as");
    let raw = letters::simple("amara@waxwing.test", &address("lena"), "Keys", "Good morning.");
    assert!(lena.engine.send_message(&account, raw).await.is_err());
    in_step(&lena, &account).await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_go_between_a_server_a_maildrop_and_this_computer_both_ways() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Lighthouse");
    let person = Person::new().await;
    let local = person.engine.add_local_folders("Local Folders").await?;
    let lena = person.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    let mut pop3 = form(&stage, "jonas", Protocol::Pop3);
    pop3.retention = Retention::RemoveWhenDeleted;
    let jonas = person.add_quietly(pop3).await;
    in_step(&person, &lena).await;
    in_step(&person, &jonas).await;
    let first = letters_in(&person, lena.id, Role::Inbox).await?;
    let raw = person.engine.raw(first.first().ok_or("the letter")?.id).await?;

    let way = [
        (lena.id, Role::Inbox),
        (local, Role::Archive),
        (jonas.id, Role::Inbox),
        (local, Role::Junk),
        (lena.id, Role::Archive),
        (jonas.id, Role::Archive),
        (lena.id, Role::Inbox),
    ];
    for leg in way.windows(2) {
        let &[(from, here), (into, there)] = leg else {
            continue;
        };
        let case = format!("from {from} {here:?} to {into} {there:?}");
        let source = letters_in(&person, from, here).await?;
        let to = folder(&person, into, there).await?.id;
        let emails = source.iter().map(|email| email.id).collect();
        person.engine.perform(Action::Move { emails, to }).await?;
        // The target's journal, then the source's, and a look at what came of it.
        for _ in 0..2 {
            in_step(&person, &lena).await;
            in_step(&person, &jonas).await;
        }
        assert_eq!(
            letters_in(&person, from, here).await?.len(),
            0,
            "{case}: it has left"
        );
        let arrived = letters_in(&person, into, there).await?;
        assert_eq!(arrived.len(), 1, "{case}: it is there once");
        let id = arrived.first().ok_or("the letter")?.id;
        let lines = |raw: &[u8]| String::from_utf8_lossy(raw).replace("\r\n", "\n");
        assert_eq!(lines(&person.engine.raw(id).await?), lines(&raw), "{case}: whole");
        let on_server = stage.dovecot.letters("lena", "INBOX")?.len()
            + stage
                .dovecot
                .letters("lena", "Archive")
                .map_or(0, |letters| letters.len());
        assert_eq!(
            on_server,
            usize::from(into == lena.id),
            "{case}: as the server sees it"
        );
    }
    assert_eq!(
        stage.dovecot.letters("jonas", "INBOX")?.len(),
        0,
        "a maildrop takes nothing"
    );
    person.engine.check_store().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_of_which_only_the_header_is_here_is_brought_before_it_moves() -> Outcome {
    let stage = Stage::start()?;
    let text = "A line of soundings.\n".repeat(60_000);
    let raw = letters::simple("amara@waxwing.test", &address("jonas"), "Charts", &text);
    stage.dovecot.deliver("jonas", "INBOX", &raw)?;
    let person = Person::new().await;
    let local = person.engine.add_local_folders("Local Folders").await?;
    let mut form = form(&stage, "jonas", Protocol::Pop3);
    form.retention = Retention::RemoveWhenDeleted;
    form.keeping = Keeping {
        keep: Keep::All,
        large: Some(1),
    };
    let jonas = person.add_quietly(form).await;
    in_step(&person, &jonas).await;
    let charts = person.letter(Role::Inbox, "Charts").await.ok_or("Charts")?;
    let to = folder(&person, local, Role::Archive).await?.id;
    let emails = vec![charts.id];
    stage.dovecot.stop();
    let refused = person
        .engine
        .perform(Action::Move {
            emails: emails.clone(),
            to,
        })
        .await;
    assert!(refused.is_err(), "without the server it stays where it is");
    assert_eq!(letters_in(&person, jonas.id, Role::Inbox).await?.len(), 1);
    stage.dovecot.restart()?;
    person.engine.perform(Action::Move { emails, to }).await?;
    let moved = letters_in(&person, local, Role::Archive).await?;
    let whole = person.engine.raw(moved.first().ok_or("Charts")?.id).await?;
    assert_eq!(whole.len(), raw.len(), "all of it is here");
    in_step(&person, &jonas).await;
    assert_eq!(
        stage.dovecot.letters("jonas", "INBOX")?.len(),
        1,
        "moved is not deleted"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_is_heard_between_two_letters_that_are_brought_and_all_stay_where_they_are() -> Outcome {
    let stage = Stage::start()?;
    let text = "A line of soundings.\n".repeat(60_000);
    for subject in ["Anchor", "Bights", "Cables", "Deeps"] {
        let raw = letters::simple("amara@waxwing.test", &address("jonas"), subject, &text);
        stage.dovecot.deliver("jonas", "INBOX", &raw)?;
    }
    let tls = ProxyTls::Both(
        stage.dovecot.certificates().good(),
        stage.dovecot.ca_pem().to_owned(),
    );
    let proxy = Proxy::start((stage.dovecot.host(), stage.dovecot.pop3s()).into(), tls).await?;
    let person = Person::new().await;
    let local = person.engine.add_local_folders("Local Folders").await?;
    let mut form = form(&stage, "jonas", Protocol::Pop3);
    form.incoming.port = proxy.port();
    form.keeping = Keeping {
        keep: Keep::All,
        large: Some(1),
    };
    let jonas = person.add_quietly(form).await;
    in_step(&person, &jonas).await;
    let mailbox = folder(&person, jonas.id, Role::Inbox).await?.id;
    let to = folder(&person, local, Role::Archive).await?.id;
    let run = RunId("stopped".to_owned());
    // The first letter comes, and while the second is asked for somebody presses Stop.
    let (engine, stopped) = (person.engine.clone(), run.clone());
    proxy.add(Rule::to_server(
        When::line("RETR"),
        proxy::Action::Before(Vec::new()),
    ));
    let stop = proxy::Action::first(move || assert!(engine.stop_listed(&stopped), "it is under way"));
    proxy.add(Rule::to_server(When::line("RETR"), stop));
    let all = Listed::all_of(Listing::letters_of(mailbox));
    let emails = Vec::new();
    let moved = person
        .engine
        .perform_listed(all, Action::Move { emails, to }, run)
        .await?;
    assert_eq!(proxy.acted(), 2, "Stop was pressed");
    assert_eq!((moved.performed.affected, moved.left), (0, 4));
    assert!(moved.failure.is_none() && moved.performed.undo.is_none());
    let said = proxy.said(Direction::ToServer);
    let asked = said.windows(4).filter(|words| words == b"RETR").count();
    assert_eq!(asked, 2, "no other letter was asked for");
    assert_eq!(letters_in(&person, jonas.id, Role::Inbox).await?.len(), 4);
    assert!(letters_in(&person, local, Role::Archive).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_copy_of_a_letter_that_was_moved_goes_when_the_letter_is_deleted() -> Outcome {
    let stage = Stage::start()?;
    for subject in ["Anchor", "Bights", "Cables"] {
        deliver(&stage.dovecot, "jonas", subject);
    }
    let person = Person::new().await;
    let local = person.engine.add_local_folders("Local Folders").await?;
    let lena = person.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    let mut form = form(&stage, "jonas", Protocol::Pop3);
    form.retention = Retention::RemoveWhenDeleted;
    let jonas = person.add_quietly(form).await;
    in_step(&person, &lena).await;
    in_step(&person, &jonas).await;
    let there = || Ok::<_, Box<dyn std::error::Error>>(stage.dovecot.letters("jonas", "INBOX")?.len());
    for (subject, account) in [("Anchor", local), ("Bights", lena.id)] {
        let letter = person.letter(Role::Inbox, subject).await;
        let letter = match letter {
            Some(letter) => letter,
            None => {
                let all = letters_in(&person, jonas.id, Role::Inbox).await?;
                all.into_iter()
                    .find(|one| one.subject == subject)
                    .ok_or(subject)?
            }
        };
        let to = folder(&person, account, Role::Archive).await?.id;
        let emails = vec![letter.id];
        person.engine.perform(Action::Move { emails, to }).await?;
        for _ in 0..2 {
            in_step(&person, &lena).await;
            in_step(&person, &jonas).await;
        }
        assert_eq!(letters_in(&person, account, Role::Archive).await?.len(), 1);
        assert_eq!(there()?, 3, "{subject} was moved, and is not deleted");
    }
    assert_eq!(
        letters_in(&person, jonas.id, Role::Inbox).await?.len(),
        1,
        "and what was moved does not come again"
    );
    for role in [Role::Archive, Role::Trash] {
        let emails = letters_in(&person, local, role).await?;
        let emails = emails.iter().map(|email| email.id).collect();
        person.engine.perform(Action::Delete { emails }).await?;
    }
    in_step(&person, &jonas).await;
    assert_eq!(there()?, 2, "Anchor is deleted for good on this computer");
    for _ in 0..2 {
        for role in [Role::Archive, Role::Trash] {
            let emails = letters_in(&person, lena.id, role).await?;
            let emails: Vec<_> = emails.iter().map(|email| email.id).collect();
            if !emails.is_empty() {
                person.engine.perform(Action::Delete { emails }).await?;
            }
            in_step(&person, &lena).await;
        }
    }
    in_step(&person, &jonas).await;
    assert_eq!(there()?, 2, "what became of Bights is another server's affair");
    assert_eq!(letters_in(&person, jonas.id, Role::Inbox).await?.len(), 1);
    Ok(())
}
