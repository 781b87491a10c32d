//! What searches find in letters that are written as nobody would want them, one query a line. The letters come from their bytes, so
//! that what is tried is the way from there to the index and back. docs/search.md is the same for people.

use std::collections::HashMap;

use waxwing_model::{AccountId, EmailId, Keywords, MailboxId, Role};
use waxwing_store::{NewMailbox, Writing};

use crate::engine::Engine;
use crate::lena;
use crate::letters::ingest::{Circumstances, insert_whole};
use crate::without_keyring::{account, engine};
use table::TABLE;

mod table;

/// Header fields, and what follows them.
type Written = (&'static str, &'static str);

const ACCENTS: Written = (
    "From: =?utf-8?q?Zo=C3=AB_M=C3=BCller?= <zoe.mueller+news@kust-werk.example>\r\n\
     To: Crew: amara@kust.example, Jonas Brandt <jonas@kust.example>;\r\n\
     Cc: undisclosed-recipients:;\r\n\
     Subject: =?utf-8?b?R3LDtsOf?= =?utf-8?b?ZSBkZXIg?=\r\n =?utf-8?q?Laterne?= (Re: OR)\r\n\
     List-Id: \"Harbour crew\" <crew-list.kust.example>",
    "Call +49 30 1234-567 or 030/7654321 about INV_2026/117-3, C-4711.b, to:day or not.\r\n\
     See https://kustwerk.example/a/b?c=d_e&f=1#g (and fill(colour)).",
);
const COMMA: Written = (
    "From: \"Okafor, Amara (harbour)\" <amara@kust.example>\r\nSender: robot@tickets.example\r\n\
     Reply-To: Desk <desk@tickets.example>\r\nTo: \"Lena's desk\" <lena@nordlicht.example>\r\n\
     Cc: =?iso-8859-1?Q?Ren=E9e?= <renee@kust.example>\r\nSubject: =?iso-8859-1?Q?Caf=E9?= plan\r\n\
     MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b",
    "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
     <p>A pic&shy;ture: <img src=\"cid:boat@k\" alt=\"a schooner\"></p><p>Donau&shy;dampfschifffahrtsgesellschaft, na<b>ïve</b>.</p>\r\n\
     --b\r\nContent-Type: image/png; name=\"boat.png\"\r\nContent-ID: <boat@k>\r\nContent-Disposition: inline\r\n\
     Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--",
);
const FILES: Written = (
    "From: jonas@kust.example\r\nTo: lena@nordlicht.example\r\nSubject: the papers\r\nMIME-Version: 1.0\r\n\
     Content-Type: multipart/mixed; boundary=b",
    "--b\r\nContent-Type: text/plain\r\n\r\nSee all of them, Amara.\r\n\
     --b\r\nContent-Type: application/octet-stream\r\n\
     Content-Disposition: attachment; filename*=utf-8''Baupl%C3%A4ne%20f%C3%BCr%20M%C3%A4rz.PDF\r\n\r\nx\r\n\
     --b\r\nContent-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document; name=\"final report_v2.docx\"\r\n\
     Content-Disposition: attachment\r\n\r\nx\r\n\
     --b\r\nContent-Type: application/octet-stream; name=\"=?utf-8?b?5p2x5LqsIOizh+aWmS54bHN4?=\"\r\n\
     Content-Disposition: attachment\r\n\r\nx\r\n\
     --b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"IMG_4711.jpeg\"\r\n\r\nx\r\n--b--",
);
const EAST: Written = (
    "From: =?utf-8?b?55Sw5Lit5aSq6YOO?= <tanaka@kust.example>\r\nTo: lena@nordlicht.example\r\n\
     Subject: =?utf-8?b?5Lya6K2w44Gu6K2w5LqL6Yyy?=\r\nContent-Type: text/plain; charset=utf-8",
    "東京都で会います。สวัสดีครับ 회의록을 ﾄｳｷｮｳ שלום עולם مَرْحَبًا 🎉👩‍👩‍👧",
);
const LONG: Written = (
    "From: Amara <amara@kust.example>\r\nTo: lena@nordlicht.example\r\nSubject: the a of and or not\r\nContent-Type: text/plain; charset=utf-8",
    "To be or not to be. The Dampfschiff sails at 12:30. Lampenraum; red boat; boat that is red.",
);

/// What the letters are called in the table: by their place among them, and where they stand.
const NAMES: [&str; 5] = ["accents", "comma", "files", "east", "long"];

struct Stage {
    engine: Engine,
    names: HashMap<EmailId, &'static str>,
    _profile: tempfile::TempDir,
}

async fn stage() -> Stage {
    let profile = tempfile::tempdir().unwrap();
    let engine = engine(profile.path()).await;
    let (work, inbox) = account(&engine, "lena@nordlicht.example", false).await;
    let (home, other) = account(&engine, "home@harbour.example", false).await;
    let put = engine.write(move |writing| {
        let folder = |writing: &mut Writing<'_>, account, parent, name: &str, role| {
            writing.insert_mailbox(&NewMailbox {
                parent,
                role,
                ..lena::mailbox(account, name, Role::Inbox)
            })
        };
        let projects = folder(writing, work, None, "Projects", None)?;
        let house = folder(writing, work, Some(projects), "Leuchtturm & Straße", None)?;
        let old = folder(writing, home, None, "Archive", Some(Role::Archive))?;
        let trash = folder(writing, work, None, "Papierkorb", Some(Role::Trash))?;
        let day = 86_400_000;
        let starred = || Keywords::only("$flagged").with("$label1").with("Harbour-Trust");
        let read = || Keywords::only("$seen").with("$answered").with("$forwarded");
        let all: [(AccountId, MailboxId, Written, Keywords, i64); 5] = [
            (work, inbox, ACCENTS, Keywords::none(), 4 * day),
            (work, house, COMMA, starred(), 3 * day),
            (home, old, FILES, read(), 2 * day),
            (home, other, EAST, Keywords::none(), day),
            (work, trash, LONG, Keywords::only("$seen"), 0),
        ];
        all.into_iter()
            .zip(NAMES)
            .map(|((account, mailbox, (head, body), keywords, before), name)| {
                // One is larger than a thousand octets.
                let filler = "X-Filler: a line\r\n".repeat(if name == "files" { 60 } else { 0 });
                let raw = format!("{filler}{head}\r\nMessage-ID: <{name}+1@kust.example>\r\n\r\n{body}\r\n");
                let circumstances = Circumstances {
                    // Noon of 27 November 2026 in Greenwich, and days before: the same day from Hawaii to the east of Australia.
                    received_at: 1_795_780_800_000 - before,
                    keywords,
                    uid: None,
                };
                let id = insert_whole(writing, account, mailbox, raw.as_bytes(), circumstances)?;
                Ok((id, name))
            })
            .collect::<Result<HashMap<_, _>, _>>()
    });
    let names = put.await.unwrap();
    engine.index_now().await.unwrap();
    Stage {
        engine,
        names,
        _profile: profile,
    }
}

impl Stage {
    /// What a query finds that is typed to its end.
    async fn found(&self, query: &str) -> Vec<&'static str> {
        let found = self.engine.search(query, 50).await;
        let found = found.unwrap_or_else(|error| panic!("{query:?} is no error: {error}"));
        let mut names: Vec<_> = found.iter().map(|letter| self.names[&letter.id]).collect();
        names.sort_unstable();
        names
    }
}

#[tokio::test]
async fn queries_of_every_kind_find_what_they_say() {
    let stage = stage().await;
    let mut wrong = Vec::new();
    for (query, expected) in TABLE {
        // A query that somebody types at its end finds at least as much.
        let found = stage.found(&format!("{query} ")).await;
        if found != *expected {
            wrong.push(format!("{query:?} finds {found:?} and not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_is_too_much_to_ask_is_asked_as_far_as_it_goes_and_told() {
    let stage = stage().await;
    for (query, expected) in [
        ("laterne ".repeat(1_000), vec!["accents"]),
        (format!("laterne {}", "x".repeat(10_000)), vec![]),
        (format!("laterne {}", "東".repeat(10_000)), vec![]),
        (format!("{}laterne", "(".repeat(1_000)), vec![]),
        (
            format!("{}laterne", "-".repeat(1_000)),
            vec!["comma", "east", "files", "long"],
        ),
        (format!("laterne {}", "-nothing ".repeat(1_000)), vec!["accents"]),
        (
            format!("laterne {}", "OR nothing ".repeat(1_000)),
            vec!["accents"],
        ),
        (format!("\"laterne {}\"", "nothing ".repeat(1_000)), vec![]),
    ] {
        let start: String = query.chars().take(30).collect();
        assert_eq!(stage.found(&format!("{query} ")).await, expected, "{start}…");
        let faults = stage.engine.query_faults(&query).await.unwrap();
        let dashes = query.starts_with("--");
        assert!(dashes || !faults.is_empty(), "{start}… is told to be too much");
    }
}

#[tokio::test]
async fn what_is_odd_is_told_in_the_words_of_whoever_typed_it() {
    let stage = stage().await;
    for (query, piece) in [
        ("in:nowhere ", "in:nowhere"),
        ("in:home/nowhere ", "in:home/nowhere"),
        ("account：nobody ", "account：nobody"),
        ("on:3/4/2026 ", "on:3/4/2026"),
        ("larger:5x ", "larger:5x"),
        ("“red boat ", "“red boat"),
        ("from： ", "from："),
        ("（red ", "("),
        ("OR ", "OR"),
        ("AND NOT red ", "AND"),
        ("red AND ", "AND"),
        ("red OR ", "OR"),
        ("red NOT ", "NOT"),
        ("red (boat OR) x ", "OR"),
    ] {
        let faults = stage.engine.query_faults(query).await.unwrap();
        let pieces: Vec<_> = faults.iter().map(|fault| fault.piece.as_str()).collect();
        assert_eq!(pieces, [piece], "{query}");
    }
    for (query, _) in TABLE.iter().filter(|(_, found)| !found.is_empty()) {
        let odd = [
            "\"red boat",
            "(laterne OR (cafe",
            "laterne ) größe",
            "subject:\"laterne",
            "AND NOT laterne",
            "OR laterne",
            "AND laterne",
            "laterne AND",
            "laterne OR",
            "laterne NOT",
            "laterne OR AND cafe",
            "(laterne AND) größe",
        ];
        let faults = stage.engine.query_faults(&format!("{query} ")).await.unwrap();
        assert_eq!(
            faults.is_empty(),
            !odd.contains(query) && !query.starts_with("from:\"\""),
            "{query}: {faults:?}"
        );
    }
}
