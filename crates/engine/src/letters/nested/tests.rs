//! Letters within a letter, from the file that brings them to their answer, in the demo account.

use std::fmt::Write;

use tempfile::TempDir;
use waxwing_model::{Draft, Keywords, ResponseKind, Role};

use super::*;
use crate::letters::ingest::{Circumstances, insert_whole};
use crate::letters::letter_ref::LetterRef;
use crate::without_keyring;

#[test]
fn every_letter_of_a_large_archive_is_on_some_page() {
    let archive = Archive::of(archive_of(12_003).into_bytes());
    assert_eq!(archive.count(), 12_003);
    let mut subjects = Vec::new();
    loop {
        let heads = page(&archive, "2", subjects.len());
        if heads.is_empty() {
            break;
        }
        subjects.extend(heads.into_iter().map(|head| (head.part, head.subject)));
    }
    let expected = (1..=12_003).map(|number| (format!("2/#{number}"), format!("letter {number}")));
    assert_eq!(subjects, expected.collect::<Vec<_>>());
    let last = archive.letter(12_003).expect("the last of them");
    assert_eq!(last, b"Subject: letter 12003\n\nText.\n\n");
}

fn archive_of(count: usize) -> String {
    let mut file = String::new();
    for number in 1..=count {
        let _ = write!(
            file,
            "From a@b.example Mon Nov 16 09:00:00 2020\nSubject: letter {number}\n\nText.\n\n"
        );
    }
    file
}

struct Scene {
    engine: Engine,
    /// The address of the demo's person.
    lena: String,
    _folder: TempDir,
}

impl Scene {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = without_keyring::engine(folder.path()).await;
        engine.add_demo().await.unwrap();
        let lena = engine.identities().await.unwrap()[0].email.clone();
        Self {
            engine,
            lena,
            _folder: folder,
        }
    }

    /// Jonas sends a letter with one file, of this kind and with these octets, which is part 2.
    async fn receive(&self, media_type: &str, file: &str) -> EmailId {
        let raw = format!(
            "From: Jonas <jonas@harbour.example>\r\nTo: {}\r\nSubject: Outer\r\nMessage-ID: <outer@harbour.example>\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n\
             --outer\r\n\r\nOuter words\r\n--outer\r\nContent-Type: {media_type}\r\n\r\n{file}\r\n--outer--\r\n",
            self.lena
        );
        let mailboxes = self.engine.mailboxes().await.unwrap();
        let inbox = mailboxes
            .iter()
            .find(|mailbox| mailbox.role == Some(Role::Inbox))
            .unwrap();
        let (account, inbox) = (inbox.account, inbox.id);
        let circumstances = Circumstances {
            received_at: 1_700_000_000_000,
            keywords: Keywords::default(),
            uid: None,
        };
        self.engine
            .write(move |writing| insert_whole(writing, account, inbox, raw.as_bytes(), circumstances))
            .await
            .unwrap()
    }

    async fn forwarded(&self, inner: &str) -> LetterRef {
        LetterRef {
            email: self.receive("message/rfc822", inner).await,
            within: Some("2".to_owned()),
        }
    }

    async fn answer(&self, letter: &LetterRef, kind: ResponseKind) -> Draft {
        self.engine.respond(letter.clone(), kind).await.unwrap()
    }

    async fn read(&self, letter: &LetterRef) -> NestedLetter {
        let way = letter.within.as_deref().unwrap();
        self.engine
            .nested(letter.email, way, Look::default())
            .await
            .unwrap()
    }
}

const INNER: &str = "From: Amara <amara@kustwerk.example>\r\nTo: Mika <mika@perala.example>\r\n\
    Reply-To: office@kustwerk.example\r\nSubject: Inner\r\nMessage-ID: <inner@kustwerk.example>\r\n\
    References: <first@kustwerk.example>\r\nDate: Mon, 23 Nov 2020 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\n\r\nInner words\r\n--inner\r\n\
    Content-Type: text/csv; name=tides.csv\r\n\r\n1,2\r\n--inner--\r\n";

#[tokio::test]
async fn a_letter_within_a_letter_is_answered_and_passed_on_by_itself() {
    let scene = Scene::new().await;
    let letter = scene.forwarded(INNER).await;
    let reply = scene.answer(&letter, ResponseKind::ReplyAll).await;
    let to: Vec<_> = reply.content.to.iter().map(|one| one.email.as_str()).collect();
    assert_eq!(to, ["office@kustwerk.example", "mika@perala.example"]);
    assert_eq!(reply.content.subject, "Re: Inner");
    assert!(
        reply.content.html.contains("Inner words") && !reply.content.html.contains("Outer words"),
        "it quotes its own words: {}",
        reply.content.html
    );
    assert_eq!(reply.in_reply_to, ["inner@kustwerk.example"]);
    assert_eq!(
        reply.references,
        ["first@kustwerk.example", "inner@kustwerk.example"]
    );
    assert_eq!(
        reply.origin, None,
        "the letter around it was not answered, and is not marked so"
    );
    let forward = scene.answer(&letter, ResponseKind::Forward).await;
    assert_eq!(forward.content.subject, "Fwd: Inner");
    let files: Vec<_> = forward
        .attachments
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(
        files,
        ["tides.csv"],
        "its own files go along, and it is no file itself"
    );
    let outer = scene.answer(&letter.email.into(), ResponseKind::Reply).await;
    assert_eq!(outer.in_reply_to, ["outer@harbour.example"]);
    assert!(outer.origin.is_some(), "one that came is marked");
    scene.engine.stop().await;
}

#[tokio::test]
async fn a_letter_within_a_letter_is_printed_named_and_has_a_source_by_itself() {
    let scene = Scene::new().await;
    let letter = scene.forwarded(INNER).await;
    let paper = scene
        .engine
        .printed(letter.clone(), Look::default(), String::new())
        .await
        .unwrap();
    for told in [
        "Inner",
        "amara@kustwerk.example",
        "mika@perala.example",
        "Inner words",
        "tides.csv",
    ] {
        assert!(paper.contains(told), "“{told}” is on paper: {paper}");
    }
    assert!(!paper.contains("Outer") && !paper.contains("Date"), "{paper}");
    assert_eq!(scene.engine.subject(letter.clone()).await.unwrap(), "Inner");
    assert_eq!(scene.engine.subject(letter.email).await.unwrap(), "Outer");
    let source = scene.engine.source(letter.clone()).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&source).trim_end(), INNER.trim_end());
    let fields = scene.engine.header_fields(letter).await.unwrap();
    assert_eq!(
        fields[0],
        ("From".to_owned(), "Amara <amara@kustwerk.example>".to_owned())
    );
    scene.engine.stop().await;
}

/// An invitation of Amara's that asks this address.
fn invitation(method: &str, asked: &str) -> String {
    format!(
        "From: Amara <amara@kustwerk.example>\r\nSubject: Quay\r\nMessage-ID: <quay@kustwerk.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/calendar; method={method}; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n\
         UID:quay@kustwerk.example\r\nSEQUENCE:0\r\nSUMMARY:Quay\r\nDTSTART:20301124T090000Z\r\nDTEND:20301124T100000Z\r\n\
         ORGANIZER:mailto:amara@kustwerk.example\r\nATTENDEE:mailto:{asked}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[tokio::test]
async fn an_invitation_that_was_passed_on_is_answered_by_those_alone_whom_it_asks() {
    use waxwing_mime::Answer;

    let scene = Scene::new().await;
    let others = scene
        .forwarded(&invitation("REQUEST", "mika@perala.example"))
        .await;
    let shown = scene.read(&others).await.body.invitation.expect("it is told");
    assert_eq!(shown.invitation.summary, "Quay");
    assert!(shown.passed_on);
    assert_eq!(shown.answers_as, None, "somebody else was asked");
    let refused = scene.engine.answer_invitation(others, Answer::Accept).await;
    assert!(refused.is_err(), "{refused:?}");

    let own = scene.forwarded(&invitation("REQUEST", &scene.lena)).await;
    let shown = scene.read(&own).await.body.invitation.expect("it is told");
    assert_eq!(shown.answers_as.map(|lena| lena.email), Some(scene.lena.clone()));
    scene
        .engine
        .answer_invitation(own.clone(), Answer::Accept)
        .await
        .unwrap();
    let answered = scene.read(&own).await.body.invitation.unwrap().answered;
    assert_eq!(answered, Some(Answer::Accept), "it is remembered");

    let off = scene.forwarded(&invitation("CANCEL", &scene.lena)).await;
    let told = scene.read(&off).await.body.invitation.expect("it is told");
    assert!(told.invitation.cancelled, "{told:?}");
    let identity = scene.engine.identities().await.unwrap()[0].account;
    let kept = scene
        .engine
        .read(move |reading| reading.meeting_answer(identity, "quay@kustwerk.example", ""))
        .await
        .unwrap()
        .unwrap();
    assert!(
        kept.starts_at.is_some(),
        "whoever passes a letter on may have written it, and calls nothing off"
    );
    scene.engine.stop().await;
}

#[tokio::test]
async fn a_letter_of_an_archive_is_read_and_answered_and_so_are_its_files() {
    let scene = Scene::new().await;
    let email = scene
        .receive(
            "application/mbox; name=old.mbox",
            &format!(
                "{}From a@b.example Mon Nov 16 09:00:00 2020\n{INNER}",
                archive_of(2)
            ),
        )
        .await;
    let page = scene.engine.letters_within(email, "2", 1).await.unwrap();
    let listed: Vec<_> = page
        .letters
        .iter()
        .map(|head| (head.part.as_str(), head.subject.as_str()))
        .collect();
    assert_eq!((page.total, page.is_divided), (3, true));
    assert_eq!(listed, [("2/#2", "letter 2"), ("2/#3", "Inner")]);
    let letter = LetterRef {
        email,
        within: Some("2/#3".to_owned()),
    };
    let file = scene.read(&letter).await.body.attachments.remove(0);
    assert_eq!(file.part, "2/#3/2");
    assert_eq!(
        scene.engine.attachment(email, &file.part).await.unwrap().1,
        b"1,2"
    );
    let reply = scene.answer(&letter, ResponseKind::Reply).await;
    assert_eq!(reply.content.subject, "Re: Inner");
    assert!(
        scene.engine.letters_within(EmailId(9_999), "2", 0).await.is_err(),
        "no letter, no archive"
    );
    scene.engine.stop().await;
}
