//! What is shown to which server when an account moves, and what stays with the one that sends.

use secrecy::ExposeSecret;
use serde_json::json;
use waxwing_model::{NewAccount, Security};

use super::*;
use crate::accounts::for_this_run::Counts;
use crate::lena;
use crate::without_keyring::opened;

fn server(host: &str, authentication: Authentication) -> ServerSettings {
    ServerSettings {
        host: host.into(),
        port: 9,
        security: Security::Tls,
        username: "lena".into(),
        authentication,
    }
}

fn granted(provider: &str, hosts: &[&str]) -> Grant {
    let text = json!({
        "provider": provider, "token": "https://login.test/token", "client": "ours", "own_client": false,
        "hosts": hosts, "refresh": format!("refresh of {provider}"), "access": format!("access of {provider}"),
    });
    Grant::from_text(&text.to_string().into()).expect("it is one")
}

/// Reads and sends at Nordlicht.
fn add(engine: &Engine, authentication: Authentication, opens: &Shown) -> Account {
    let account = NewAccount {
        email: "lena@nordlicht.test".into(),
        incoming: Some(server("imap.nordlicht.test", Authentication::Auto)),
        outgoing: Some(server("smtp.nordlicht.test", authentication)),
        ..lena::account(Protocol::Imap)
    };
    write_sealing(&engine.inner, |writing, seal| {
        let account = writing.insert_account(&account)?;
        match opens {
            Shown::Password(password) => seal.keep(writing, account, Door::Incoming.into(), password)?,
            Shown::Grant(grant) => seal_grant(writing, seal, (account, Door::Incoming), grant)?,
            Shown::Kept(_) => {}
        }
        Ok(writing.account(account)?.expect("it was written"))
    })
    .expect("she is there")
}

fn nordlicht() -> Shown {
    let hosts = [
        "imap.nordlicht.test",
        "smtp.nordlicht.test",
        "mail.nordlicht.test",
    ];
    Shown::Grant(Arc::new(granted("Nordlicht", &hosts)))
}

fn typed(incoming: &str, outgoing: &str) -> ServersForm {
    ServersForm {
        incoming: server(incoming, Authentication::Auto),
        outgoing: server(outgoing, Authentication::Auto),
        password: Some("of the fjord".into()),
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        accepted: Vec::new(),
        allow_plain: false,
    }
}

#[tokio::test]
async fn a_password_of_another_provider_is_not_shown_where_sending_goes_on_by_a_sign_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let lena = opened(folder.path(), None).await;
    lena.keep_secrets_this_run();
    let account = add(&lena, Authentication::Auto, &nordlicht());
    let shown_to_sending = async |incoming: &str, outgoing: &str| {
        let keys = lena.keys_of(&account, &typed(incoming, outgoing)).await;
        let keys = keys.expect("they are known");
        assert!(
            matches!(keys.incoming, Some(Shown::Password(_))),
            "it is for reading"
        );
        keys.outgoing.is_some()
    };
    assert!(
        !shown_to_sending("imap.fjord.test", "smtp.nordlicht.test").await,
        "it is a password of the fjord's, and sending stays where it is"
    );
    assert!(
        shown_to_sending("imap.fjord.test", "smtp.fjord.test").await,
        "both move, and what was granted is for neither"
    );
    assert!(
        shown_to_sending("mail.nordlicht.test", "smtp.nordlicht.test").await,
        "it is the provider's own, for both"
    );
    let left = lena
        .shared_with_sending(account.id, account.outgoing.as_ref())
        .await;
    assert!(
        left.expect("it can be read").is_some(),
        "what was granted stays with sending"
    );
}

#[tokio::test]
async fn nothing_is_left_to_a_server_that_asks_nobody_who_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let lena = opened(folder.path(), None).await;
    lena.keep_secrets_this_run();
    let opens = Shown::Password("the old one".into());
    for (authentication, keeps) in [(Authentication::None, false), (Authentication::Plain, true)] {
        let account = add(&lena, authentication, &opens);
        let left = lena
            .shared_with_sending(account.id, account.outgoing.as_ref())
            .await;
        assert_eq!(
            left.expect("it can be read").is_some(),
            keeps,
            "{authentication:?}"
        );
    }
}

#[test]
fn where_one_sign_in_is_for_both_each_server_takes_it() {
    let settled = |outgoing: Authentication| {
        let mut form = typed("imap.nordlicht.test", "smtp.nordlicht.test");
        form.incoming.authentication = Authentication::CramMd5;
        form.outgoing.authentication = outgoing;
        let keys = Keys {
            incoming: Some(nordlicht()),
            outgoing: Some(nordlicht()),
        };
        keys.settle_methods(&mut form);
        (form.incoming.authentication, form.outgoing.authentication)
    };
    for outgoing in [Authentication::Plain, Authentication::CramMd5] {
        assert_eq!(settled(outgoing), (Authentication::Auto, Authentication::Auto));
    }
    assert_eq!(settled(Authentication::None).1, Authentication::None);
}

#[tokio::test]
async fn what_opened_both_stays_for_sending_when_a_sign_in_of_this_run_takes_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = opened(folder.path(), Some("a passphrase")).await;
    let account = add(
        &first,
        Authentication::Auto,
        &Shown::Password("the old one".into()),
    );
    first.stop().await;
    drop(first);

    let lena = opened(folder.path(), None).await;
    lena.keep_secrets_this_run();
    let fjord = granted("Fjord", &["imap.nordlicht.test"]);
    write_sealing(&lena.inner, |writing, seal| {
        seal_grant(writing, seal, (account.id, Door::Incoming), &fjord)?;
        seal.forget(writing, account.id, Door::Incoming.into())
    })
    .expect("it is set aside");
    assert_eq!(lena.typed_for_this_run(), [account.id], "nothing was replaced");
    lena.unlock_vault("a passphrase".into()).await.expect("it opens");
    lena.settle_typed(account.id, Counts::Typed)
        .await
        .expect("it is kept");

    let place = lena
        .grant_place(account.id, Door::Incoming)
        .await
        .expect("it is known");
    assert_eq!(
        place,
        Some((account.id, Door::Incoming)),
        "one reads by the sign-in"
    );
    let outgoing = account.outgoing.expect("a server");
    let sends = lena
        .known_credentials(account.id, &outgoing, Door::Outgoing)
        .await;
    let sends = sends.expect("sending has something");
    assert_eq!(sends.password.expose_secret(), "the old one");
    lena.stop().await;
}
