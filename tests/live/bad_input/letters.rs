//! Messages as they should not be, from a real Dovecot through synchronisation, the lists and the reading pane: cut off,
//! answering each other in a circle, nested a hundred thousand deep, and two hundred megabytes large.

use journeys::{Lone, Person, Room, form, on_server};
use waxwing_engine::{Look, SyncScope};
use waxwing_model::{
    Body, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, Protocol, Role,
};
use waxwing_testkit::Stage;

use super::Outcome;

const DEEP: usize = 100_000;

#[tokio::test(flavor = "multi_thread")]
async fn odd_letters_are_listed_opened_and_explained_whatever_they_are() -> Outcome {
    let stage = Stage::start()?;
    let odd = odd_letters();
    for letter in &odd {
        stage.dovecot.deliver("lena", "INBOX", &letter.raw)?;
    }
    for protocol in [Protocol::Imap, Protocol::Pop3] {
        let lena = Person::new().await;
        let account = lena.add_quietly(form(&stage, "lena", protocol)).await;
        let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
        assert_eq!(
            report.errors,
            Vec::<String>::new(),
            "{protocol:?}: nothing stops it"
        );
        let inbox = lena.mailbox(Role::Inbox).await;
        let here = lena.letters(&inbox).await;
        assert_eq!(here.len(), odd.len(), "{protocol:?}: every one is listed");
        for letter in &odd {
            let name = letter.name;
            let found: Vec<_> = here
                .iter()
                .filter(|email| email.subject == letter.subject)
                .collect();
            let [email] = found.as_slice() else {
                return Err(format!("{protocol:?}: “{name}” is there {} times", found.len()).into());
            };
            assert_eq!(email.body, Body::Complete, "{protocol:?}: “{name}” came whole");
            let raw = lena.engine.raw(email.id).await?;
            assert!(raw == letter.raw, "{protocol:?}: “{name}” has every byte it had");
            let shown = lena.engine.body(email.id, Look::default()).await?;
            assert!(
                shown.document.contains("Content-Security-Policy"),
                "{protocol:?}: “{name}” is shown in its frame"
            );
            assert!(
                shown.document.contains(letter.shows),
                "{protocol:?}: “{name}” shows what can be read: {}",
                shown.document.chars().take(3_000).collect::<String>()
            );
            if letter.explained {
                assert!(!shown.oddities.is_empty(), "{protocol:?}: “{name}” is explained");
                for oddity in &shown.oddities {
                    assert!(super::sentence::is_a_sentence(oddity), "{oddity}");
                }
            }
        }
        lena.engine.check_store().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_answer_each_other_in_a_circle_are_one_conversation() -> Outcome {
    let stage = Stage::start()?;
    // A answers B answers C answers A; D answers itself; and each comes more than once, by different ways.
    for (subject, id, answers) in [
        ("Circle A", "a@x.test", "<b@x.test>"),
        ("Circle B", "b@x.test", "<c@x.test> <a@x.test>"),
        ("Circle C", "c@x.test", "<a@x.test> <b@x.test> <c@x.test>"),
        ("Alone D", "d@x.test", "<d@x.test>"),
    ] {
        let raw = format!(
            "From: amara@waxwing.test\r\nTo: lena@waxwing.test\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n\
             In-Reply-To: {answers}\r\nReferences: {answers}\r\nDate: Tue, 3 Nov 2026 10:00:00 +0000\r\n\r\nHello.\r\n"
        );
        stage.dovecot.deliver("lena", "INBOX", raw.as_bytes())?;
    }
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new());
    let inbox = lena.mailbox(Role::Inbox).await;
    let letters = lena.letters(&inbox).await;
    assert_eq!(letters.len(), 4, "each is there once");
    let mut threads: Vec<_> = letters
        .iter()
        .filter(|email| email.subject.starts_with("Circle"))
        .map(|email| email.thread)
        .collect();
    threads.dedup();
    assert_eq!(threads.len(), 1, "the circle is one conversation");
    let listing = Listing {
        source: ListingSource::Mailbox { mailbox: inbox.id },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    };
    let (_, rows) = lena.engine.page(listing, 0, 100).await?;
    assert_eq!(
        rows.len(),
        2,
        "the circle is one row, the one that answers itself another"
    );
    Ok(())
}

/// The most memory that two hundred megabytes may take on their way to the reading pane, in kilobytes. 850,000 were
/// measured, by either way. Whatever keeps such a letter in memory a few times more than now would pass this.
const MOST_MEMORY: u64 = 1_300_000;

#[test]
fn a_letter_of_two_hundred_megabytes_comes_whole_by_both_ways_and_memory_stays_bounded() -> Outcome {
    let stage = Stage::start()?;
    let (raw, attached) = huge();
    assert!(raw.len() > 200_000_000, "{} octets", raw.len());
    stage.dovecot.deliver("lena", "INBOX", &raw)?;
    drop(raw);
    for protocol in ["imap", "pop3"] {
        let folder = tempfile::tempdir()?;
        let mut lone = Lone::start(env!("CARGO_BIN_EXE_lone-engine"), folder.path(), Room::OnThisDisk);
        let incoming = match protocol {
            "pop3" => stage.dovecot.pop3s(),
            _ => stage.dovecot.imaps(),
        };
        lone.ask(&format!(
            "account {protocol} {incoming} {} {}",
            stage.postfix.submissions(),
            journeys::authorities(&stage).display()
        ));
        assert_eq!(lone.ask("sync"), Vec::<String>::new(), "{protocol}: it comes");
        let read = lone.ask("read Two hundred megabytes").concat();
        let (document, files) = read
            .split_once(' ')
            .ok_or_else(|| format!("{protocol}: {read}"))?;
        assert!(
            document.parse::<usize>()? < 1_000_000,
            "{protocol}: its text is shown"
        );
        assert_eq!(files, attached.to_string(), "{protocol}: its file is whole");
        assert_eq!(lone.ask("bodies"), ["1 0"], "{protocol}: every byte is here");
        let peak: u64 = lone.ask("peak").concat().parse()?;
        assert!(
            peak < MOST_MEMORY,
            "{protocol}: it took {peak} kB of memory, more than {MOST_MEMORY}"
        );
        assert_eq!(
            lone.ask("sync"),
            Vec::<String>::new(),
            "{protocol}: a second look"
        );
        assert_eq!(
            lone.ask("bodies"),
            ["1 0"],
            "{protocol}: brings it no second time"
        );
        assert_eq!(lone.ask("check"), ["whole"]);
    }
    assert_eq!(
        on_server(&stage.dovecot, "lena").len(),
        1,
        "and it is still on the server"
    );
    Ok(())
}

struct Odd {
    name: &'static str,
    subject: &'static str,
    raw: Vec<u8>,
    /// What the frame has to show of it.
    shows: &'static str,
    /// Whether the person is told that something is odd about it.
    explained: bool,
}

fn odd(name: &'static str, subject: &'static str, rest: &str, shows: &'static str, explained: bool) -> Odd {
    let raw = format!(
        "From: amara@waxwing.test\r\nTo: lena@waxwing.test\r\nSubject: {subject}\r\n\
         Message-ID: <{}@odd.test>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n{rest}",
        name.replace(' ', "-")
    );
    Odd {
        name,
        subject,
        raw: raw.into_bytes(),
        shows,
        explained,
    }
}

fn odd_letters() -> Vec<Odd> {
    let mut letters = vec![
        odd(
            "cut in an attachment",
            "Cut one",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe plan is below.\r\n\
             --b\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQKJ\r\n",
            "The plan is below.",
            true,
        ),
        odd(
            "cut in a part's header",
            "Cut two",
            "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHalf is here.\r\n\
             --b\r\nContent-Typ\r\n",
            "Half is here.",
            true,
        ),
        odd(
            "cut in the header",
            "Cut three",
            "Content-Type: multipart/mix\r\n",
            "<",
            false,
        ),
        odd(
            "a boundary that never comes",
            "Cut four",
            "Content-Type: multipart/mixed; boundary=never\r\n\r\nOnly this line.\r\n",
            "Only this line.",
            true,
        ),
        odd(
            "a letter within itself",
            "Mirror",
            "Content-Type: message/rfc822\r\n\r\nSubject: Mirror\r\nMessage-ID: <a-letter-within-itself@odd.test>\r\n\
             Content-Type: message/rfc822\r\n\r\nSubject: Mirror\r\nMessage-ID: <a-letter-within-itself@odd.test>\r\n\r\nEnd.\r\n",
            "<",
            false,
        ),
    ];
    let mut multiparts = String::new();
    for level in 0..DEEP {
        multiparts.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
        ));
    }
    multiparts.push_str("Content-Type: text/plain\r\n\r\nThe innermost words.\r\n");
    letters.push(odd("deep multiparts", "Deep one", &multiparts, "<", true));
    let messages = "Content-Type: message/rfc822\r\n\r\n".repeat(DEEP);
    letters.push(odd("deep messages", "Deep two", &messages, "<", false));
    let html = format!(
        "Content-Type: text/html\r\n\r\n{}Down here.{}\r\n",
        "<div>".repeat(DEEP),
        "</div>".repeat(DEEP)
    );
    letters.push(odd("deep HTML", "Deep three", &html, "Down here.", false));
    let comments = format!(
        "X-Comment: {}{}\r\nContent-Type: text/plain\r\n\r\nBehind the comment.\r\n",
        "(".repeat(DEEP),
        ")".repeat(DEEP)
    );
    letters.push(odd(
        "deep comments",
        "Deep four",
        &comments,
        "Behind the comment.",
        false,
    ));
    letters
}

/// A letter with one file of 150 MB, which is 205 MB in base64 (RFC 2045, section 6.8), and the file's size.
fn huge() -> (Vec<u8>, usize) {
    const LINE: &[u8] = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n";
    const LINES: usize = 2_630_000;
    let mut raw = Vec::with_capacity(LINES * LINE.len() + 1_000);
    raw.extend_from_slice(
        b"From: amara@waxwing.test\r\nTo: lena@waxwing.test\r\nSubject: Two hundred megabytes\r\n\
          Message-ID: <huge@odd.test>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
          Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe film of the launch.\r\n\
          --b\r\nContent-Type: application/octet-stream; name=film\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    );
    for _ in 0..LINES {
        raw.extend_from_slice(LINE);
    }
    raw.extend_from_slice(b"--b--\r\n");
    (raw, LINES * 57)
}
