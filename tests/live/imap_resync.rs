//! An IMAP account that is looked at again, against a real Dovecot with everything it can, and with less: what
//! happened meanwhile is found, and what did not happen costs next to nothing.

use journeys::{Person, cuts, deliver, form, form_at};
use waxwing_engine::{Action, SyncReport, SyncScope};
use waxwing_model::{Account, Body, Keyword, Keywords, Protocol, Role};
use waxwing_testkit::proxy::{Action as Happening, Rule, When};
use waxwing_testkit::{Dovecot, DovecotOptions, PostfixOptions, Stage};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const LENA: &str = "lena@waxwing.test";

/// What a server offers: everything, and less and less.
const OFFERS: [(&str, Option<&str>); 4] = [
    ("all of it", None),
    (
        "no LIST-STATUS",
        Some(
            "IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE UIDPLUS MOVE SPECIAL-USE LIST-EXTENDED CONDSTORE QRESYNC",
        ),
    ),
    (
        "no QRESYNC",
        Some(
            "IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE UIDPLUS MOVE SPECIAL-USE LIST-EXTENDED LIST-STATUS CONDSTORE",
        ),
    ),
    (
        "no mod-sequences",
        Some("IMAP4rev1 SASL-IR LITERAL+ ID IDLE UIDPLUS MOVE SPECIAL-USE LIST-EXTENDED LIST-STATUS"),
    ),
];

/// A stage whose Dovecot offers only this.
fn stage(capabilities: Option<&str>) -> Result<Stage, Box<dyn std::error::Error>> {
    let options = DovecotOptions {
        capabilities: capabilities.map(str::to_owned),
        ..DovecotOptions::default()
    };
    Ok(Stage::start_with(&options, &PostfixOptions::default())?)
}

async fn sync(lena: &Person, account: &Account) -> SyncReport {
    let report = lena.engine.sync_once(account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new(), "nothing went wrong");
    report
}

/// Another client of lena's: `flags add \\Seen` or `expunge`, and which messages.
fn on_server(dovecot: &Dovecot, verb: &[&str], query: &[&str]) -> Outcome {
    // The user stands before the flag in doveadm's grammar.
    let (command, flag) = match verb {
        [flags, what, flag] => (vec![*flags, *what], Some(*flag)),
        command => (command.to_vec(), None),
    };
    let mut arguments = command;
    arguments.extend(["-u", LENA]);
    arguments.extend(flag);
    arguments.extend(query);
    dovecot.doveadm(&arguments)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_meanwhile_is_found_whatever_the_server_offers() -> Outcome {
    for (offer, capabilities) in OFFERS {
        let stage = stage(capabilities)?;
        for subject in ["stays", "is read", "goes", "is marked deleted", "comes back"] {
            deliver(&stage.dovecot, "lena", subject);
        }
        on_server(
            &stage.dovecot,
            &["flags", "add", "\\Deleted"],
            &["mailbox", "INBOX", "subject", "comes back"],
        )?;
        let lena = Person::new().await;
        let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
        sync(&lena, &account).await;
        assert_eq!(lena.subjects(Role::Inbox).await.len(), 4, "{offer}");

        on_server(
            &stage.dovecot,
            &["flags", "add", "\\Seen"],
            &["mailbox", "INBOX", "subject", "is read"],
        )?;
        on_server(
            &stage.dovecot,
            &["flags", "add", "\\Deleted"],
            &["mailbox", "INBOX", "subject", "is marked deleted"],
        )?;
        on_server(
            &stage.dovecot,
            &["flags", "remove", "\\Deleted"],
            &["mailbox", "INBOX", "subject", "comes back"],
        )?;
        on_server(
            &stage.dovecot,
            &["expunge"],
            &["mailbox", "INBOX", "subject", "goes"],
        )?;
        deliver(&stage.dovecot, "lena", "is new");
        let report = sync(&lena, &account).await;
        let mut subjects = lena.subjects(Role::Inbox).await;
        subjects.sort();
        assert_eq!(subjects, ["comes back", "is new", "is read", "stays"], "{offer}");
        assert_eq!(report.new, 2, "{offer}: nothing that was here came again");
        let read = lena.letter(Role::Inbox, "is read").await.ok_or("it is there")?;
        assert!(read.keywords.has(Keyword::SEEN), "{offer}: it was read elsewhere");

        // And once more, with nothing but a deletion: without QRESYNC it moves no mod-sequence of a message.
        on_server(
            &stage.dovecot,
            &["expunge"],
            &["mailbox", "INBOX", "subject", "stays"],
        )?;
        sync(&lena, &account).await;
        assert_eq!(lena.subjects(Role::Inbox).await.len(), 3, "{offer}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_in_which_nothing_happened_takes_a_handful_of_round_trips() -> Outcome {
    // Five folders with roles and the inbox are there already. Two of the round trips are the sign-in's own: SCRAM
    // takes three where PLAIN takes one.
    for ((offer, capabilities), most) in OFFERS.into_iter().zip([8, 38, 8, 68]) {
        let stage = stage(capabilities)?;
        for number in 0..25 {
            let raw = waxwing_testkit::letters::simple("amara@waxwing.test", LENA, "Kept", "Good morning.");
            stage
                .dovecot
                .deliver("lena", &format!("Projects {number}"), &raw)?;
        }
        deliver(&stage.dovecot, "lena", "Kept");
        let lena = Person::new().await;
        let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
        sync(&lena, &account).await;
        let again = sync(&lena, &account).await;
        assert_eq!((again.mailboxes, again.messages, again.new), (31, 26, 0));
        assert!(
            again.round_trips <= most,
            "{offer}: {} round trips for nothing",
            again.round_trips
        );

        // One changed folder among them is found, and only that one is opened.
        on_server(
            &stage.dovecot,
            &["flags", "add", "\\Flagged"],
            &["mailbox", "Projects 7", "all"],
        )?;
        let once_more = sync(&lena, &account).await;
        let folder = lena.folder_named("Projects 7").await.ok_or("it is there")?;
        let letters = lena.letters(&folder).await;
        assert!(
            letters.iter().all(|letter| letter.keywords.has(Keyword::FLAGGED)),
            "{offer}: the star is here"
        );
        assert!(
            once_more.round_trips <= most + 2,
            "{offer}: {} round trips for one star",
            once_more.round_trips
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_numbered_anew_keeps_its_bodies_and_what_was_done_to_it_meanwhile() -> Outcome {
    for (offer, capabilities) in OFFERS {
        let stage = stage(capabilities)?;
        for subject in [
            "is read here",
            "is moved here",
            "is deleted here",
            "stays",
            "goes",
        ] {
            deliver(&stage.dovecot, "lena", subject);
        }
        // A letter without a Message-ID has only its looks.
        stage.dovecot.deliver(
            "lena",
            "INBOX",
            b"From: amara@waxwing.test\r\nSubject: nameless\r\n\r\nHello.\r\n",
        )?;
        let lena = Person::new().await;
        let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
        sync(&lena, &account).await;
        let letter = async |subject: &str| lena.letter(Role::Inbox, subject).await.ok_or("it is there");
        let (read, moved, deleted) = (
            letter("is read here").await?,
            letter("is moved here").await?,
            letter("is deleted here").await?,
        );
        let kept: Vec<_> = [letter("stays").await?.id, letter("nameless").await?.id].into();

        stage.dovecot.stop();
        lena.engine
            .perform(Action::SetKeywords {
                emails: vec![read.id],
                add: Keywords::only(Keyword::SEEN),
                remove: Keywords::none(),
            })
            .await?;
        for (email, role) in [(moved.id, Role::Archive), (deleted.id, Role::Trash)] {
            let emails = vec![email];
            lena.engine.perform(Action::MoveToRole { emails, role }).await?;
        }
        stage.dovecot.restart()?;
        on_server(
            &stage.dovecot,
            &["expunge"],
            &["mailbox", "INBOX", "subject", "goes"],
        )?;
        stage.dovecot.invalidate("lena", "INBOX")?;
        let report = sync(&lena, &account).await;

        assert_eq!(report.new, 0, "{offer}: nothing was downloaded a second time");
        let mut subjects = lena.subjects(Role::Inbox).await;
        subjects.sort();
        assert_eq!(subjects, ["is read here", "nameless", "stays"], "{offer}");
        assert_eq!(lena.subjects(Role::Archive).await, ["is moved here"], "{offer}");
        assert_eq!(lena.subjects(Role::Trash).await, ["is deleted here"], "{offer}");
        let emails = lena.engine.emails(kept).await?;
        assert!(
            emails.len() == 2 && emails.iter().all(|email| email.body == Body::Complete),
            "{offer}: the same letters, with their bodies"
        );
        let seen = stage
            .dovecot
            .doveadm(&["search", "-u", LENA, "mailbox", "INBOX", "seen"])?;
        assert_eq!(seen.lines().count(), 1, "{offer}: the server heard of the mark");
        for (mailbox, count) in [("INBOX", 3), ("Archive", 1), ("Trash", 1)] {
            let there = stage
                .dovecot
                .doveadm(&["search", "-u", LENA, "mailbox", mailbox, "all"])?;
            assert_eq!(there.lines().count(), count, "{offer}: {mailbox} on the server");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_while_letters_that_lost_their_number_are_looked_for_does_not_pass_for_done() -> Outcome
{
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    for subject in ["first", "second"] {
        deliver(&dovecot, "lena", subject);
    }
    let proxy = cuts::proxy(&dovecot).await?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
    sync(&lena, &account).await;
    let letter = async |subject: &str| lena.letter(Role::Inbox, subject).await.ok_or("it is there");
    let (first, second) = (letter("first").await?.id, letter("second").await?.id);
    let star = |email| Action::SetKeywords {
        emails: vec![email],
        add: Keywords::only(Keyword::FLAGGED),
        remove: Keywords::none(),
    };

    // All numbers are lost, and before any letter is found again the connection breaks.
    dovecot.invalidate("lena", "INBOX")?;
    proxy.add(Rule::to_server(When::line("HEADER.FIELDS"), Happening::Cut));
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert!(!report.errors.is_empty(), "it broke");
    let undo = lena.engine.perform(star(first)).await?.undo.ok_or("an undo")?;

    // While the first is looked for, the person thinks better of it and marks the second.
    let (engine, runtime) = (lena.engine.clone(), tokio::runtime::Handle::current());
    let star_second = star(second);
    let think_better = move || {
        let (engine, star_second) = (engine.clone(), star_second.clone());
        runtime.block_on(async move {
            engine.undo(undo).await.expect("the first is taken back");
            engine.perform(star_second).await.expect("the second is marked");
        });
    };
    let search = When::line(" SEARCH ");
    proxy.add(Rule::to_server(search, Happening::first(think_better)));
    let acted = proxy.acted();
    sync(&lena, &account).await;
    assert!(proxy.acted() > acted, "the first was looked for");
    // What was done in between may need another look.
    sync(&lena, &account).await;
    let flagged = dovecot.doveadm(&["fetch", "-u", LENA, "hdr.subject", "mailbox", "INBOX", "flagged"])?;
    assert_eq!(
        flagged.trim(),
        "hdr.subject: second",
        "the server has heard of that one"
    );
    let second = letter("second").await?;
    assert!(second.keywords.has(Keyword::FLAGGED), "and it is shown so, still");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn many_changes_in_a_large_folder_are_found_in_a_few_round_trips() -> Outcome {
    let stage = Stage::start()?;
    for raw in waxwing_testkit::letters::generate(11, 1_500) {
        stage.dovecot.deliver("lena", "INBOX", &raw)?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    for (verb, uids) in [
        (&["flags", "add", "\\Seen"][..], "1:400"),
        (&["flags", "add", "\\Deleted"][..], "401:450"),
        (&["expunge"][..], "451:600"),
    ] {
        on_server(&stage.dovecot, verb, &["mailbox", "INBOX", "uid", uids])?;
    }
    let report = lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(report.errors, Vec::<String>::new());
    assert_eq!((report.messages, report.new), (1_300, 0));
    assert!(
        report.round_trips <= 8 && report.bytes < 100_000,
        "{} round trips and {} octets for 600 changes",
        report.round_trips,
        report.bytes
    );
    let again = lena.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    assert_eq!(
        (again.messages, again.new),
        (1_300, 0),
        "what is marked as deleted stays out of sight"
    );
    assert!(
        again.round_trips <= 6,
        "and does not make the folder look unknown: {} round trips",
        again.round_trips
    );
    Ok(())
}
