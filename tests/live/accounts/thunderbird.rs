//! An account that Thunderbird has on this computer is found, and added with nothing but its password.

use journeys::{Person, form};
use waxwing_model::Protocol;
use waxwing_testkit::{Stage, address};

use super::{Outcome, in_step};

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_thunderbirds_needs_its_password_alone_and_is_offered_once() -> Outcome {
    let stage = Stage::start()?;
    let folder = tempfile::tempdir()?;
    let profile = folder.path().join("xyz.default-release");
    std::fs::create_dir_all(&profile)?;
    std::fs::write(
        folder.path().join("profiles.ini"),
        "[Profile0]\nName=default-release\nIsRelative=1\nPath=xyz.default-release\nDefault=1\n",
    )?;
    let lines = [
        ("mail.accountmanager.accounts", "\"account1\"".to_owned()),
        ("mail.account.account1.server", "\"server1\"".to_owned()),
        ("mail.account.account1.identities", "\"id1\"".to_owned()),
        ("mail.identity.id1.useremail", format!("\"{}\"", address("lena"))),
        ("mail.identity.id1.fullName", "\"Lena Brandt\"".to_owned()),
        ("mail.identity.id1.smtpServer", "\"smtp1\"".to_owned()),
        ("mail.server.server1.type", "\"imap\"".to_owned()),
        ("mail.server.server1.hostname", "\"localhost\"".to_owned()),
        ("mail.server.server1.userName", format!("\"{}\"", address("lena"))),
        ("mail.server.server1.socketType", "3".to_owned()),
        ("mail.server.server1.port", stage.dovecot.imaps().to_string()),
        ("mail.smtpserver.smtp1.hostname", "\"localhost\"".to_owned()),
        (
            "mail.smtpserver.smtp1.username",
            format!("\"{}\"", address("lena")),
        ),
        ("mail.smtpserver.smtp1.try_ssl", "3".to_owned()),
        (
            "mail.smtpserver.smtp1.port",
            stage.postfix.submissions().to_string(),
        ),
    ];
    let prefs: String = lines
        .iter()
        .map(|(name, value)| format!("user_pref(\"{name}\", {value});\n"))
        .collect();
    std::fs::write(profile.join("prefs.js"), prefs)?;

    let lena = Person::new().await;
    let homes = || vec![folder.path().to_owned(), folder.path().join("missing")];
    let found = lena.engine.accounts_of_thunderbird_in(homes()).await?;
    let [there] = found.as_slice() else {
        return Err(format!("one account: {found:?}").into());
    };
    assert_eq!(
        (there.name.as_str(), there.protocol),
        ("Lena Brandt", Protocol::Imap)
    );
    let mut filled = form(&stage, "lena", Protocol::Imap);
    filled.name = there.name.clone();
    filled.email = there.email.clone();
    filled.incoming = there.incoming.clone();
    filled.outgoing = there.outgoing.clone().ok_or("a server for sending")?;
    let account = lena.add(filled).await;
    in_step(&lena, &account).await;
    assert!(
        lena.engine.accounts_of_thunderbird_in(homes()).await?.is_empty(),
        "what is here is not offered again"
    );
    lena.engine.stop().await;
    Ok(())
}
