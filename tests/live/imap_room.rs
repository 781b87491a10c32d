//! How full an account is (QUOTA, RFC 2087) and how large its folders are (STATUS=SIZE, RFC 8438), against a real Dovecot.

use journeys::{Person, eventually, form_at};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Quota, Role};
use waxwing_testkit::{Dovecot, DovecotOptions, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const LENA: &str = "lena@waxwing.test";

fn dovecot(quota: Option<&str>, capabilities: Option<&str>) -> Result<Dovecot, waxwing_testkit::StageError> {
    Dovecot::start(&DovecotOptions {
        quota: quota.map(str::to_owned),
        capabilities: capabilities.map(str::to_owned),
        ..DovecotOptions::default()
    })
}

/// A letter of some kilobytes.
fn large(subject: &str, kilobytes: usize) -> Vec<u8> {
    let line = "All work and no play makes a dull letter of sixty-three octets.\n";
    letters::simple("amara@waxwing.test", LENA, subject, &line.repeat(kilobytes * 16))
}

async fn known(lena: &Person) -> Result<Option<Quota>, Box<dyn std::error::Error>> {
    let quotas = lena.engine.quotas().await?;
    Ok(quotas.values().next().copied())
}

#[tokio::test(flavor = "multi_thread")]
async fn how_full_an_account_is_and_how_large_its_folders_are_is_known_after_a_look() -> Outcome {
    let dovecot = dovecot(Some("200K"), None)?;
    dovecot
        .other_client()
        .deliver("lena", "Archive", &large("Long", 40))?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
    let report = lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(report.errors, Vec::<String>::new());
    let quota = known(&lena).await?.ok_or("the server tells")?;
    assert_eq!(quota.limit, 200 * 1024);
    assert!((40 * 1024..60 * 1024).contains(&quota.used), "{quota:?}");
    let sizes = lena.engine.mailbox_sizes().await?;
    let archive = lena.mailbox(Role::Archive).await;
    let size = sizes.get(&archive.id).copied().unwrap_or_default();
    assert!((40 * 1024..60 * 1024).contains(&size), "{size}");
    assert_eq!(sizes.get(&lena.mailbox(Role::Inbox).await.id), Some(&0));

    dovecot
        .other_client()
        .deliver("lena", "Archive", &large("Longer", 40))?;
    let again = lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(again.new, 1);
    assert_eq!(
        known(&lena).await?,
        Some(quota),
        "a server that has just added it all up is not asked again within the hour"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_server_does_not_tell_nothing_is_shown_and_everything_works() -> Outcome {
    // Without a quota, and without the words in which it and sizes are asked for.
    let plain = "IMAP4rev1 SASL-IR LITERAL+ IDLE UIDPLUS MOVE NAMESPACE SPECIAL-USE LIST-EXTENDED";
    for capabilities in [None, Some(plain)] {
        let dovecot = dovecot(None, capabilities)?;
        let lena = Person::new().await;
        let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
        let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
        assert_eq!(report.errors, Vec::<String>::new());
        assert_eq!(known(&lena).await?, None);
        let sizes = lena.engine.mailbox_sizes().await?;
        assert_eq!(sizes.is_empty(), capabilities.is_some(), "{sizes:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn after_something_was_refused_for_want_of_room_it_is_known_anew() -> Outcome {
    let dovecot = dovecot(Some("100K"), None)?;
    let other = dovecot.other_client();
    other.deliver("lena", "INBOX", &large("Long", 30))?;
    let lena = Person::new().await;
    lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
    lena.engine.start().await?;
    let before = eventually("how full the account is", || async {
        known(&lena).await.ok().flatten()
    })
    .await;
    // Another client fills it meanwhile, of which nobody tells.
    other.deliver("lena", "Archive", &large("Longer", 50))?;
    let letter = eventually("the letter", || lena.letter(Role::Inbox, "Long")).await;
    let drafts = lena.mailbox(Role::Drafts).await;
    lena.engine
        .perform(Action::Copy {
            emails: vec![letter.id],
            to: drafts.id,
        })
        .await?;
    let after = eventually("how full it is now", || async {
        known(&lena).await.ok().flatten().filter(|quota| *quota != before)
    })
    .await;
    assert!(after.used > before.used + 40 * 1024, "{before:?}, {after:?}");
    eventually("the refused copy to be taken back", || async {
        lena.letters(&drafts).await.is_empty().then_some(())
    })
    .await;
    assert!(
        other.letters("lena", "Drafts")?.is_empty(),
        "and the server has none"
    );
    lena.engine.stop().await;
    Ok(())
}
