//! The same journeys on two servers that have nothing in common but the protocol: Dovecot and Cyrus. What is asserted is the
//! same for both; a server's own habits may not show.

mod house;

use journeys::{Person, eventually};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Account, Activity, Body, Keyword, Keywords, Role};
use waxwing_testkit::{Cyrus, CyrusOptions, Stage, letters};

use house::{HOUSES, House, Server, marked};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const LENA: &str = "lena@waxwing.test";

async fn sync(lena: &Person, account: &Account, house: &House) -> u32 {
    let report = lena.engine.sync_once(account, SyncScope::Everything).await;
    assert_eq!(
        report.errors,
        Vec::<String>::new(),
        "{}: nothing went wrong",
        house.name
    );
    report.new
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_fetched_and_marks_go_both_ways() -> Outcome {
    for which in HOUSES {
        let house = House::open(which)?;
        let name = &house.name;
        for raw in letters::generate(7, 40) {
            house.other().deliver("lena", "INBOX", &raw)?;
        }
        house.deliver("Archive", "one")?;
        house.deliver("Archive", "two")?;
        let (lena, account) = house.lena().await;
        assert_eq!(
            sync(&lena, &account, &house).await,
            42,
            "{name}: every letter is here"
        );
        assert_eq!(
            sync(&lena, &account, &house).await,
            0,
            "{name}: and none comes twice"
        );
        let inbox = lena.letters(&lena.mailbox(Role::Inbox).await).await;
        assert!(
            inbox.len() == 40 && inbox.iter().all(|letter| letter.body == Body::Complete),
            "{name}: with its body"
        );
        for role in [Role::Drafts, Role::Sent, Role::Junk, Role::Trash] {
            lena.mailbox(role).await;
        }

        let one = lena.letter(Role::Archive, "one").await.ok_or("one")?;
        let mut add = Keywords::only(Keyword::FLAGGED);
        add.insert(Keyword::new("lighthouse"));
        lena.engine
            .perform(Action::SetKeywords {
                emails: vec![one.id],
                add,
                remove: Keywords::none(),
            })
            .await?;
        sync(&lena, &account, &house).await;
        assert_eq!(
            house.other().letters("lena", "Archive")?,
            [marked("one", &["\\Flagged", "lighthouse"]), marked("two", &[])],
            "{name}: the server has the marks"
        );
        house.other().tell(
            "lena",
            &[
                "SELECT Archive",
                "STORE 1 -FLAGS (\\Flagged)",
                "STORE 2 +FLAGS (\\Seen \\Answered)",
            ],
        )?;
        sync(&lena, &account, &house).await;
        let one = lena.letter(Role::Archive, "one").await.ok_or("one")?;
        let two = lena.letter(Role::Archive, "two").await.ok_or("two")?;
        assert!(
            !one.keywords.has(Keyword::FLAGGED),
            "{name}: another client took the star away"
        );
        assert!(
            two.keywords.has(Keyword::SEEN) && two.keywords.has(Keyword::ANSWERED),
            "{name}: and read the other"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_moved_and_deleted_for_good_and_nothing_else_goes() -> Outcome {
    for which in HOUSES {
        let house = House::open(which)?;
        let name = &house.name;
        for subject in ["one", "two", "three"] {
            house.deliver("INBOX", subject)?;
        }
        let (lena, account) = house.lena().await;
        sync(&lena, &account, &house).await;
        let one = lena.letter(Role::Inbox, "one").await.ok_or("one")?;
        let two = lena.letter(Role::Inbox, "two").await.ok_or("two")?;
        let moved = lena
            .engine
            .perform(Action::MoveToRole {
                emails: vec![one.id],
                role: Role::Archive,
            })
            .await?;
        lena.engine
            .perform(Action::Delete { emails: vec![two.id] })
            .await?;
        sync(&lena, &account, &house).await;
        assert_eq!(house.subjects("INBOX")?, ["three"], "{name}");
        assert_eq!(house.subjects("Archive")?, ["one"], "{name}");
        assert_eq!(house.subjects("Trash")?, ["two"], "{name}");

        // Another client has marked a letter of its own as deleted and has not expunged it.
        house.deliver("Trash", "theirs")?;
        house
            .other()
            .tell("lena", &["SELECT Trash", "STORE 2 +FLAGS (\\Deleted)"])?;
        lena.engine
            .perform(Action::Delete { emails: vec![two.id] })
            .await?;
        lena.engine
            .undo(moved.undo.ok_or("a move can be undone")?)
            .await?;
        sync(&lena, &account, &house).await;
        assert_eq!(house.subjects("Trash")?, ["theirs"], "{name}: only ours is gone");
        assert_eq!(
            house.subjects("INBOX")?,
            ["one", "three"],
            "{name}: and the move is undone"
        );
        assert!(house.subjects("Archive")?.is_empty(), "{name}");
        let mut shown = lena.subjects(Role::Inbox).await;
        shown.sort();
        assert_eq!(shown, ["one", "three"], "{name}: it is shown so as well");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_are_made_renamed_and_deleted_on_both_sides() -> Outcome {
    for which in HOUSES {
        let house = House::open(which)?;
        let name = &house.name;
        let (lena, account) = house.lena().await;
        sync(&lena, &account, &house).await;
        lena.engine
            .perform(Action::CreateMailbox {
                account: account.id,
                parent: None,
                name: "Häfen & 船".into(),
            })
            .await?;
        let harbours = lena
            .folder_named("Häfen & 船")
            .await
            .ok_or("it is there at once")?;
        lena.engine
            .perform(Action::CreateMailbox {
                account: account.id,
                parent: Some(harbours.id),
                name: "Boats".into(),
            })
            .await?;
        sync(&lena, &account, &house).await;
        let folders = house.other().folders("lena")?;
        assert!(
            folders.contains(&"H&AOQ-fen &- &gjk-/Boats".to_owned()),
            "{name}: {folders:?}"
        );
        house.deliver("H&AOQ-fen &- &gjk-/Boats", "Rope")?;
        sync(&lena, &account, &house).await;
        let boats = lena.folder_named("Boats").await.ok_or("the folder within")?;
        lena.engine
            .perform(Action::RenameMailbox {
                mailbox: harbours.id,
                name: "Harbours".into(),
            })
            .await?;
        sync(&lena, &account, &house).await;
        assert_eq!(
            house.subjects("Harbours/Boats")?,
            ["Rope"],
            "{name}: what is within goes along"
        );
        let still = lena.folder_named("Boats").await.ok_or("it is still there")?;
        assert_eq!(
            (still.id, still.parent),
            (boats.id, Some(harbours.id)),
            "{name}: the same one"
        );

        house.other().tell("lena", &["RENAME Harbours/Boats Ships"])?;
        sync(&lena, &account, &house).await;
        let ships = lena
            .folder_named("Ships")
            .await
            .ok_or("another client's name for it")?;
        assert_eq!(lena.letters(&ships).await.len(), 1, "{name}: with its letter");
        assert!(lena.folder_named("Boats").await.is_none(), "{name}");
        for _ in 0..2 {
            let ships = lena.folder_named("Ships").await.ok_or("it is there")?;
            lena.engine
                .perform(Action::DeleteMailbox { mailbox: ships.id })
                .await?;
            sync(&lena, &account, &house).await;
        }
        let folders = house.other().folders("lena")?;
        assert!(
            !folders.iter().any(|folder| folder.contains("Ships")),
            "{name}: into Trash, and from there for good: {folders:?}"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_what_is_sent_is_in_sent_once() -> Outcome {
    let stage = Stage::start()?;
    for which in HOUSES {
        let house = House::open(which)?;
        let name = &house.name;
        let lena = Person::new().await;
        let form = house.form(stage.postfix.submissions(), stage.ca_pem());
        let account = lena.add_quietly(form).await;
        sync(&lena, &account, &house).await;
        let raw = letters::simple(LENA, "jonas@waxwing.test", "Off", "Hello.");
        let submission = lena.engine.send_message(&account, raw).await?;
        lena.engine.deliver_now(&account, submission).await?;
        for _ in 0..2 {
            sync(&lena, &account, &house).await;
            assert_eq!(house.subjects("Sent")?, ["Off"], "{name}: the copy is there");
            assert_eq!(
                lena.subjects(Role::Sent).await,
                ["Off"],
                "{name}: and is shown once"
            );
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_while_nobody_looked_is_caught_up_with() -> Outcome {
    for which in HOUSES {
        let house = House::open(which)?;
        let name = &house.name;
        for number in 0..60 {
            house.deliver("INBOX", &format!("letter {number:02}"))?;
        }
        let (lena, account) = house.lena().await;
        sync(&lena, &account, &house).await;
        house.other().tell(
            "lena",
            &[
                "SELECT INBOX",
                "STORE 1:20 +FLAGS (\\Seen)",
                "STORE 21:25 +FLAGS (\\Deleted)",
                "UID EXPUNGE 21:23",
                "UID COPY 1:2 Archive",
            ],
        )?;
        house.deliver("INBOX", "letter 60")?;
        // Where the server says that a copy is the same letter (OBJECTID, RFC 8474), it is no new one.
        let fresh = if house.calls_copies_the_same() { 1 } else { 3 };
        assert_eq!(
            sync(&lena, &account, &house).await,
            fresh,
            "{name}: two copies and a letter are new"
        );
        let archive = lena.mailbox(Role::Archive).await;
        assert_eq!(
            lena.letters(&archive).await.len(),
            2,
            "{name}: both copies are shown"
        );
        let mut inbox = lena.letters(&lena.mailbox(Role::Inbox).await).await;
        inbox.sort_by(|one, other| one.subject.cmp(&other.subject));
        let expected: Vec<String> = (0..=60)
            .filter(|number| !(20..25).contains(number))
            .map(|number| format!("letter {number:02}"))
            .collect();
        let subjects: Vec<&str> = inbox.iter().map(|letter| letter.subject.as_str()).collect();
        assert_eq!(
            subjects, expected,
            "{name}: gone, and on their way out, are not shown"
        );
        assert!(
            inbox
                .iter()
                .enumerate()
                .all(|(at, letter)| letter.keywords.has(Keyword::SEEN) == (at < 20)),
            "{name}: twenty were read"
        );
        house
            .other()
            .tell("lena", &["SELECT INBOX", "UID STORE 24:25 -FLAGS (\\Deleted)"])?;
        sync(&lena, &account, &house).await;
        assert_eq!(
            lena.letters(&lena.mailbox(Role::Inbox).await).await.len(),
            58,
            "{name}: a deletion was taken back"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn new_mail_and_marks_come_by_themselves() -> Outcome {
    for which in HOUSES {
        let house = House::open(which)?;
        let (lena, account) = house.lena().await;
        lena.engine.start().await?;
        eventually(&format!("{}: the first synchronisation", house.name), || async {
            matches!(lena.engine.activity(account.id), Activity::UpToDate { .. }).then_some(())
        })
        .await;
        house.deliver("INBOX", "Lighthouse")?;
        eventually(&format!("{}: a letter that nobody asked for", house.name), || {
            lena.letter(Role::Inbox, "Lighthouse")
        })
        .await;
        house
            .other()
            .tell("lena", &["SELECT INBOX", "STORE 1 +FLAGS (\\Flagged)"])?;
        eventually(
            &format!("{}: the mark that another client set", house.name),
            || async {
                let letter = lena.letter(Role::Inbox, "Lighthouse").await?;
                letter.keywords.has(Keyword::FLAGGED).then_some(())
            },
        )
        .await;
        house
            .other()
            .tell("lena", &["SELECT INBOX", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE"])?;
        eventually(&format!("{}: the letter that went", house.name), || async {
            lena.subjects(Role::Inbox).await.is_empty().then_some(())
        })
        .await;
        lena.engine.stop().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_of_others_and_the_room_there_is_are_known_of_cyrus_too() -> Outcome {
    let house = House {
        name: "Cyrus".into(),
        server: Server::Cyrus(Cyrus::start(&CyrusOptions {
            room: 2_000,
            ..CyrusOptions::default()
        })?),
    };
    house.other().tell(
        "jonas",
        &["CREATE Team", "CREATE Team/Rota", "SETACL Team/Rota lena lrswite"],
    )?;
    house.other().deliver(
        "jonas",
        "Team/Rota",
        &letters::simple(LENA, LENA, "Rota", "Who is on?"),
    )?;
    let (lena, account) = house.lena().await;
    sync(&lena, &account, &house).await;
    let rota = lena.folder_named("Rota").await.ok_or("what jonas shares")?;
    let mailboxes = lena.engine.mailboxes().await?;
    let mut above = Vec::new();
    let mut parent = rota.parent;
    while let Some(mailbox) = mailboxes.iter().find(|mailbox| Some(mailbox.id) == parent) {
        assert!(
            !mailbox.selectable,
            "{}: a heading holds no letters",
            mailbox.name
        );
        above.push(mailbox.name.as_str());
        parent = mailbox.parent;
    }
    assert_eq!(
        above,
        ["Team", "jonas", "Other Users"],
        "it stands under whose it is"
    );
    assert_eq!(lena.letters(&rota).await.len(), 1);
    let quotas = lena.engine.quotas().await?;
    let quota = quotas.get(&account.id).ok_or("the server tells how full it is")?;
    assert_eq!(quota.limit, 2_000 * 1024);
    Ok(())
}
