//! An account that moves to another server, or was on a wrong one: tried first, and nothing of it is lost.

use std::net::{Ipv4Addr, SocketAddr};

use journeys::{Person, deliver, eventually, form, server};
use secrecy::SecretString;
use waxwing_engine::{Action, ServersForm};
use waxwing_model::{Keyword, Keywords, Protocol, Role, Security, TroubleKind};
use waxwing_testkit::proxy::ProxyTls;
use waxwing_testkit::{PASSWORD, Proxy, Stage};

use super::{Outcome, in_step};

fn moved(account: &waxwing_model::Account) -> Result<ServersForm, &'static str> {
    Ok(ServersForm {
        incoming: account.incoming.clone().ok_or("a server")?,
        outgoing: account.outgoing.clone().ok_or("a server")?,
        password: None,
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        accepted: Vec::new(),
        allow_plain: false,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_mail_behind_another_door_keeps_every_letter_and_the_journal() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Before");
    let lena = Person::new().await;
    let proxy = Proxy::start(
        SocketAddr::from((Ipv4Addr::LOCALHOST, stage.dovecot.imaps())),
        ProxyTls::Pass,
    )
    .await?;
    let mut form = form(&stage, "lena", Protocol::Imap);
    form.incoming.port = proxy.port();
    let account = lena.add(form).await;
    in_step(&lena, &account).await;
    let letter = eventually("the letter", || lena.letter(Role::Inbox, "Before")).await;

    // The old place answers no more, and something is done meanwhile.
    proxy.refuse(true);
    proxy.cut();
    lena.engine
        .perform(Action::SetKeywords {
            emails: vec![letter.id],
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        })
        .await?;
    let mut there = moved(&account)?;
    there.incoming = server(stage.dovecot.imap(), Security::StartTls, "lena");
    there.outgoing = server(stage.postfix.submission(), Security::StartTls, "lena");
    let trial = lena.engine.change_servers(account.id, there.clone()).await?;
    assert!(trial.is_ok(), "{trial:?}");
    for tried in [&trial.incoming, &trial.outgoing] {
        let encryption = tried.encryption.as_ref().ok_or("it is encrypted")?;
        assert!(encryption.protocol.starts_with("TLS 1."), "{encryption:?}");
        assert!(
            encryption
                .certificate
                .names
                .iter()
                .any(|name| name == "localhost"),
            "{encryption:?}"
        );
        assert!(
            tried.reached && tried.signed_in && !encryption.by_exception,
            "{tried:?}"
        );
    }
    in_step(&lena, &account).await;
    let now = lena.account(account.id).await;
    assert_eq!(now.incoming, Some(there.incoming), "it lives there now");
    let same = lena.letter(Role::Inbox, "Before").await.ok_or("the letter")?;
    assert_eq!(same.id, letter.id, "the same letter, not fetched again");
    eventually("what was done meanwhile to stand on the server", || async {
        let told = stage
            .dovecot
            .doveadm(&["fetch", "-u", "lena@waxwing.test", "flags", "mailbox", "INBOX"])
            .ok()?;
        told.contains("\\Flagged").then_some(())
    })
    .await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_other_mail_is_refused_and_no_letter_goes() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Only here");
    deliver(&stage.dovecot, "jonas", "Of somebody else");
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    in_step(&lena, &account).await;
    let letter = eventually("the letter", || lena.letter(Role::Inbox, "Only here")).await;

    // The same host, and another person's mailbox behind it.
    let mut others = moved(&account)?;
    others.incoming.username = "jonas@waxwing.test".into();
    others.password = Some(SecretString::from(PASSWORD));
    let Err(error) = lena.engine.change_servers(account.id, others).await else {
        return Err("other mail was taken for the account's own".into());
    };
    assert!(
        error.to_string().contains("other mail"),
        "it says what is wrong: {error}"
    );
    let sign_ins = stage
        .dovecot
        .log()
        .matches("imap-login: Info: Login: user=<jonas@waxwing.test>")
        .count();
    assert_eq!(sign_ins, 1, "the session that was tried is the one that looks");
    in_step(&lena, &account).await;
    assert_eq!(
        lena.account(account.id).await.incoming,
        account.incoming,
        "the account lives where it did"
    );
    let still = lena.letter(Role::Inbox, "Only here").await.ok_or("the letter")?;
    assert_eq!(still.id, letter.id, "and has its letters");
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_work_is_told_at_its_step_and_changes_nothing() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Imap)).await;
    in_step(&lena, &account).await;

    let mut nobody = moved(&account)?;
    nobody.incoming.port = 9;
    let trial = lena.engine.change_servers(account.id, nobody).await?;
    assert!(!trial.incoming.reached && trial.outgoing.is_ok(), "{trial:?}");

    let mut stranger = moved(&account)?;
    stranger.incoming.username = "nobody@waxwing.test".into();
    stranger.password = Some(SecretString::from(PASSWORD));
    let trial = lena.engine.change_servers(account.id, stranger).await?;
    assert!(
        trial.incoming.encryption.is_some() && !trial.incoming.signed_in,
        "encrypted, and no further: {trial:?}"
    );
    assert!(
        matches!(&trial.incoming.outcome, Err(trouble) if trouble.kind == TroubleKind::WrongPassword),
        "{trial:?}"
    );

    let mut plain = moved(&account)?;
    plain.outgoing = server(stage.postfix.submission(), Security::Plain, "lena");
    let Err(error) = lena.engine.change_servers(account.id, plain).await else {
        return Err("no encryption needs an explicit choice".into());
    };
    assert_eq!(error.kind(), TroubleKind::Invalid, "{error}");

    let now = lena.account(account.id).await;
    assert_eq!(
        (now.incoming, now.outgoing),
        (account.incoming.clone(), account.outgoing.clone()),
        "nothing was changed"
    );
    in_step(&lena, &account).await;
    lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_maildrop_behind_another_door_brings_nothing_twice() -> Outcome {
    let stage = Stage::start()?;
    deliver(&stage.dovecot, "lena", "Once");
    let lena = Person::new().await;
    let account = lena.add(form(&stage, "lena", Protocol::Pop3)).await;
    in_step(&lena, &account).await;
    let mut there = moved(&account)?;
    there.incoming = server(stage.dovecot.pop3(), Security::StartTls, "lena");
    let trial = lena.engine.change_servers(account.id, there).await?;
    assert!(trial.is_ok(), "{trial:?}");
    in_step(&lena, &account).await;
    deliver(&stage.dovecot, "lena", "Twice");
    lena.engine.sync_now(Some(account.id));
    eventually("the new letter", || lena.letter(Role::Inbox, "Twice")).await;
    let mut subjects = lena.subjects(Role::Inbox).await;
    subjects.sort();
    assert_eq!(subjects, ["Once", "Twice"]);
    lena.engine.stop().await;
    Ok(())
}
