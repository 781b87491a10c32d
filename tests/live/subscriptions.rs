//! Which folders a person wants to see: hidden and shown here and on the server, whichever way it tells of it, against a
//! real Dovecot and a real Cyrus.

use journeys::{Person, cuts, form_at, form_for};
use waxwing_engine::{AccountForm, Action, SyncScope};
use waxwing_model::{Account, Change, Protocol, Role, TroubleKind, put_away};
use waxwing_testkit::proxy::{Action as Deed, Direction, Rule, When};
use waxwing_testkit::{Cyrus, CyrusOptions, Dovecot, DovecotOptions, OtherClient};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// What Dovecot offers without LIST-EXTENDED: subscriptions are told by LSUB alone.
const WITHOUT_LIST_EXTENDED: &str = "IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE UIDPLUS MOVE UNSELECT NAMESPACE SPECIAL-USE \
                                     CONDSTORE QRESYNC";

/// The folders of the person's own that the server lists as subscribed, sorted.
fn subscribed(other: OtherClient) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let told = other.tell("lena", &["LSUB \"\" \"*\""])?;
    let mut names: Vec<String> = told
        .lines()
        .filter(|line| line.starts_with("* LSUB") && !line.to_lowercase().contains("\\noselect"))
        .filter_map(|line| line.rsplit_once(" \"/\" "))
        .map(|(_, name)| name.trim().trim_matches('"').to_owned())
        .filter(|name| !["INBOX", "Drafts", "Sent", "Trash", "Junk", "Archive"].contains(&name.as_str()))
        .collect();
    names.sort();
    Ok(names)
}

/// The names of the folders that are put away here, sorted.
async fn hidden(lena: &Person) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mailboxes = lena.engine.mailboxes().await?;
    let away = put_away(&mailboxes);
    let mut names: Vec<String> = mailboxes
        .into_iter()
        .filter(|mailbox| away.contains(&mailbox.id))
        .map(|mailbox| mailbox.name)
        .collect();
    names.sort();
    Ok(names)
}

async fn show(lena: &Person, folder: &str, shown: bool) -> Result<Action, Box<dyn std::error::Error>> {
    let mailbox = lena.folder_named(folder).await.ok_or("the folder is there")?.id;
    Ok(Action::ShowMailbox { mailbox, shown })
}

async fn sync(lena: &Person, account: &Account) {
    let report = lena.engine.sync_once(account, SyncScope::HeadersOnly).await;
    assert_eq!(report.errors, Vec::<String>::new(), "the account is in step");
}

/// What happens to a subscription, on one server.
async fn a_life(what: &str, form: AccountForm, other: OtherClient) -> Outcome {
    other.tell(
        "lena",
        &[
            "CREATE Projects",
            "SUBSCRIBE Projects",
            "CREATE Projects/Lighthouse",
            "SUBSCRIBE Projects/Lighthouse",
            "CREATE Ferry",
            "SUBSCRIBE Ferry",
            "CREATE Attic",
        ],
    )?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form).await;
    sync(&lena, &account).await;
    assert_eq!(
        hidden(&lena).await?,
        ["Attic"],
        "{what}: what is not subscribed is put away"
    );

    // Offline: a folder with what it holds, another made, one shown.
    let hide = show(&lena, "Projects", false).await?;
    let done = lena.engine.perform(hide).await?;
    lena.engine.perform(show(&lena, "Attic", true).await?).await?;
    let made = Action::CreateMailbox {
        account: account.id,
        parent: None,
        name: "Harbours".into(),
    };
    lena.engine.perform(made).await?;
    assert_eq!(
        hidden(&lena).await?,
        ["Lighthouse", "Projects"],
        "{what}: at once"
    );
    let lena = lena.restart().await;
    assert_eq!(
        hidden(&lena).await?,
        ["Lighthouse", "Projects"],
        "{what}: after a restart"
    );
    sync(&lena, &account).await;
    assert_eq!(
        subscribed(other)?,
        ["Attic", "Ferry", "Harbours"],
        "{what}: the server has heard"
    );
    assert_eq!(
        hidden(&lena).await?,
        ["Lighthouse", "Projects"],
        "{what}: and says the same"
    );

    lena.engine.undo(done.undo.ok_or("it can be undone")?).await?;
    assert_eq!(
        hidden(&lena).await?,
        Vec::<String>::new(),
        "{what}: undone after a restart"
    );
    sync(&lena, &account).await;
    assert_eq!(
        subscribed(other)?,
        ["Attic", "Ferry", "Harbours", "Projects", "Projects/Lighthouse"],
        "{what}: on the server too"
    );

    // Another program of the person's.
    other.tell("lena", &["UNSUBSCRIBE Ferry"])?;
    sync(&lena, &account).await;
    assert_eq!(
        hidden(&lena).await?,
        ["Ferry"],
        "{what}: what was done elsewhere shows here"
    );

    // A subscription is a name, and goes along with the folder; that of a hidden folder does not begin by it.
    let projects = lena.folder_named("Projects").await.ok_or("Projects")?;
    let ferry = lena.folder_named("Ferry").await.ok_or("Ferry")?;
    for (mailbox, name) in [(projects.id, "Work"), (ferry.id, "Boats")] {
        let name = name.into();
        lena.engine
            .perform(Action::RenameMailbox { mailbox, name })
            .await?;
    }
    sync(&lena, &account).await;
    assert_eq!(
        subscribed(other)?,
        ["Attic", "Harbours", "Work", "Work/Lighthouse"],
        "{what}: the old names are not left behind"
    );
    assert_eq!(
        hidden(&lena).await?,
        ["Boats"],
        "{what}: and the same ones are shown"
    );

    for _ in 0..2 {
        let attic = lena.folder_named("Attic").await.ok_or("Attic")?.id;
        lena.engine
            .perform(Action::DeleteMailbox { mailbox: attic })
            .await?;
        sync(&lena, &account).await;
    }
    assert_eq!(
        subscribed(other)?,
        ["Harbours", "Work", "Work/Lighthouse"],
        "{what}: nothing is subscribed that is gone"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_list_tells_of_subscriptions_they_are_kept_in_step() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    a_life(
        "Dovecot",
        form_at(&dovecot, "lena", dovecot.imaps()),
        dovecot.other_client(),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn where_only_lsub_tells_of_them_it_is_the_same() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions {
        capabilities: Some(WITHOUT_LIST_EXTENDED.to_owned()),
        ..DovecotOptions::default()
    })?;
    a_life(
        "LSUB",
        form_at(&dovecot, "lena", dovecot.imaps()),
        dovecot.other_client(),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn on_cyrus_it_is_the_same() -> Outcome {
    let cyrus = Cyrus::start(&CyrusOptions::default())?;
    let form = form_for("lena", Protocol::Imap, cyrus.imaps(), 9, cyrus.ca_pem());
    a_life("Cyrus", form, cyrus.other_client()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_anywhere_is_followed_by_the_same_subscriptions() -> Outcome {
    let learn = Dovecot::start(&DovecotOptions::default())?;
    for (number, cut) in std::iter::once(None)
        .chain(places(&learn).await?.into_iter().map(Some))
        .enumerate()
    {
        let place = cut.as_ref().map_or("nowhere".to_owned(), |cut| cut.place.clone());
        let dovecot = Dovecot::start(&DovecotOptions::default())?;
        let (proxy, lena, account) = before(&dovecot).await?;
        if let Some(cut) = cut {
            proxy.add(cut.rule);
        }
        let first = lena.engine.push_once(&account).await;
        proxy.clear();
        if first.is_err() {
            lena.engine.push_once(&account).await?;
        }
        assert_eq!(
            subscribed(dovecot.other_client())?,
            ["Ferry"],
            "{number}: cut {place}"
        );
        sync(&lena, &account).await;
        assert_eq!(hidden(&lena).await?, ["Projects"], "{number}: cut {place}");
    }
    Ok(())
}

/// One folder is hidden and one shown, of which the server has still to hear.
async fn before(
    dovecot: &Dovecot,
) -> Result<(waxwing_testkit::Proxy, Person, Account), Box<dyn std::error::Error>> {
    dovecot
        .other_client()
        .tell("lena", &["CREATE Projects", "SUBSCRIBE Projects", "CREATE Ferry"])?;
    let proxy = cuts::proxy(dovecot).await?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(dovecot, "lena", proxy.port())).await;
    sync(&lena, &account).await;
    lena.engine.perform(show(&lena, "Ferry", true).await?).await?;
    lena.engine.perform(show(&lena, "Projects", false).await?).await?;
    Ok((proxy, lena, account))
}

async fn places(dovecot: &Dovecot) -> Result<Vec<cuts::Cut>, Box<dyn std::error::Error>> {
    let (proxy, lena, account) = before(dovecot).await?;
    let mark = cuts::mark(&proxy);
    lena.engine.push_once(&account).await?;
    let all = cuts::everywhere(&proxy, mark);
    // Of those before the two commands others tell.
    Ok(all
        .into_iter()
        .filter(|cut| cut.place.contains("SUBSCRIBE"))
        .collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_is_taken_back_and_told() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    let (proxy, lena, account) = before(&dovecot).await?;
    let refusal = "{tag} NO [NOPERM] not for you";
    proxy.add(Rule::to_server(When::line("UNSUBSCRIBE"), Deed::answer(refusal)));
    let mut changes = lena.engine.changes();
    lena.engine.push_once(&account).await?;
    assert_eq!(
        hidden(&lena).await?,
        Vec::<String>::new(),
        "it is shown as before, and the other one is shown as it was asked for"
    );
    let told = changes.next().await;
    let refused = told.iter().any(|change| {
        matches!(change, Change::Trouble { trouble, .. }
            if trouble.kind == TroubleKind::Refused && format!("{trouble:?}").contains("not for you"))
    });
    assert!(refused, "in the server's words: {told:?}");
    sync(&lena, &account).await;
    assert_eq!(
        subscribed(dovecot.other_client())?,
        ["Ferry", "Projects"],
        "as it is there"
    );

    // Refused, and so already: that is done.
    lena.engine.perform(show(&lena, "Projects", false).await?).await?;
    dovecot.other_client().tell("lena", &["UNSUBSCRIBE Projects"])?;
    proxy.add(Rule::to_server(When::line("UNSUBSCRIBE"), Deed::answer(refusal)));
    lena.engine.push_once(&account).await?;
    assert_eq!(hidden(&lena).await?, ["Projects"], "nothing is taken back");
    Ok(())
}

/// Programs that never ask for a subscription leave none. One to a single folder would hide all others.
#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_subscribes_to_anything_all_is_shown_and_stays_so() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    let other = dovecot.other_client();
    other.tell("lena", &["CREATE Projects", "CREATE Ferry"])?;
    let proxy = cuts::proxy(&dovecot).await?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
    sync(&lena, &account).await;
    assert_eq!(
        hidden(&lena).await?,
        Vec::<String>::new(),
        "the server says nothing of it"
    );
    let made = Action::CreateMailbox {
        account: account.id,
        parent: None,
        name: "Harbours".into(),
    };
    lena.engine.perform(made).await?;
    sync(&lena, &account).await;
    sync(&lena, &account).await;
    assert_eq!(
        hidden(&lena).await?,
        Vec::<String>::new(),
        "a new folder hides none"
    );
    lena.engine.perform(show(&lena, "Ferry", false).await?).await?;
    sync(&lena, &account).await;
    assert_eq!(
        hidden(&lena).await?,
        ["Ferry"],
        "what is hidden here stays hidden"
    );
    lena.engine.perform(show(&lena, "Ferry", true).await?).await?;
    sync(&lena, &account).await;
    sync(&lena, &account).await;
    assert_eq!(
        hidden(&lena).await?,
        Vec::<String>::new(),
        "and comes back without hiding others"
    );
    assert_eq!(
        subscribed(other)?,
        Vec::<String>::new(),
        "for the server it is as it was"
    );
    let said = String::from_utf8_lossy(&proxy.said(Direction::ToServer)).into_owned();
    assert!(said.contains("UNSUBSCRIBE"), "it was told what can do no harm");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_account_needs_cannot_be_hidden() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
    sync(&lena, &account).await;
    let mailbox = lena.mailbox(Role::Sent).await.id;
    let refused = lena
        .engine
        .perform(Action::ShowMailbox {
            mailbox,
            shown: false,
        })
        .await
        .err()
        .ok_or("it was hidden")?;
    let sentence = refused.trouble().sentence;
    assert!(sentence.contains("always shown"), "{sentence}");
    Ok(())
}
