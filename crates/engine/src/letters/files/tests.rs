//! The files of folders and of people, as the browser lists them, beside what lists and letters say of the same.

use waxwing_model::{Keywords, Mailbox, Role};
use waxwing_store::BodyFacts;

use super::*;
use crate::letters::body::Look;
use crate::letters::ingest::{Circumstances, from_whole, insert_whole};
use crate::without_keyring::{engine, inbox};

mod pages;

const GIF: &str = "GIF89a\u{1}\0\u{1}\0";

/// A letter with a file that is called after it.
fn from(people: &str, subject: &str) -> String {
    format!(
        "From: {people}\r\nSubject: {subject}\r\nMessage-ID: <{subject}@orchard.test>\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere it is.\r\n\
         --b\r\nContent-Type: text/csv; name={subject}.csv\r\n\
         Content-Disposition: attachment; filename={subject}.csv\r\n\r\n1,2\r\n--b--\r\n"
    )
}

async fn all_of(engine: &Engine, source: FileSource) -> Vec<FileWithLetter> {
    let page = engine.files(source, FilesOrder::Newest, "", None, 100);
    page.await.unwrap().files
}

#[tokio::test]
async fn files_from_a_person_are_those_of_letters_that_the_person_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    engine.add_demo().await.unwrap();
    engine.stop().await;
    let mailboxes = engine.mailboxes().await.unwrap();
    let is = |role| move |mailbox: &&Mailbox| mailbox.role == Some(role);
    let junk = mailboxes.iter().find(is(Role::Junk)).unwrap();
    let account = junk.account;
    let mut own = mailboxes.iter().filter(|mailbox| mailbox.account == account);
    let inbox = own.find(is(Role::Inbox)).unwrap();
    for (received_at, (people, subject, mailbox)) in (1..).zip([
        ("Jonas <jonas@orchard.test>", "first", inbox.id),
        ("\"jonas@orchard.test\" <thief@lucky.test>", "pretended", inbox.id),
        ("Lena <lena@orchard.test>", "another", inbox.id),
        (
            "Lena <lena@orchard.test>, J <Jonas@Orchard.test>",
            "together",
            junk.id,
        ),
    ]) {
        let raw = from(people, subject);
        let insert = engine.write(move |writing| {
            let circumstances = Circumstances {
                received_at,
                keywords: Keywords::default(),
                uid: None,
            };
            insert_whole(writing, account, mailbox, raw.as_bytes(), circumstances)
        });
        insert.await.unwrap();
    }
    let page = async |behind, limit| {
        let person = FileSource::Person("jonas@ORCHARD.test".to_owned());
        let page = engine.files(person, FilesOrder::Newest, "", behind, limit);
        let FilesPage { files, next, .. } = page.await.unwrap();
        let files = files.into_iter().map(|each| {
            assert_eq!(each.file.name, format!("{}.csv", each.letter.subject));
            each.letter.subject
        });
        (files.collect::<Vec<_>>(), next)
    };
    let all = vec!["together".to_owned(), "first".to_owned()];
    assert_eq!(
        page(None, 10).await,
        (all, None),
        "in whatever folder, newest first"
    );
    let (first, next) = page(None, 1).await;
    assert_eq!((first, next.is_some()), (vec!["together".to_owned()], true));
    assert_eq!(page(next, 1).await, (vec!["first".to_owned()], None));
    let nothing = next.map(|next| FilesBehind { row: 1, ..next });
    assert_eq!(
        page(nothing, 1).await,
        (vec!["first".to_owned()], None),
        "by the file itself"
    );
    let both = FileSource::Mailboxes(vec![inbox.id, junk.id]);
    let files = all_of(&engine, both).await;
    let count = |subject: &str| files.iter().filter(|each| each.letter.subject == subject).count();
    assert_eq!((count("another"), count("together")), (1, 1), "of both folders");
}

/// A letter of HTML and one other part.
fn letter(subject: &str, html: &str, fields: &str, octets: &str) -> String {
    format!(
        "From: lena@waxwing.test\r\nSubject: {subject}\r\nMessage-ID: <{subject}@waxwing.test>\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n\
         --b\r\n{fields}\r\n\r\n{octets}\r\n--b--\r\n"
    )
}

#[tokio::test]
async fn lists_the_browser_and_the_letter_say_alike_what_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    engine.add_demo().await.unwrap();
    engine.stop().await;
    let mailboxes = engine.mailboxes().await.unwrap();
    let junk = mailboxes
        .iter()
        .find(|mailbox| mailbox.role == Some(Role::Junk))
        .unwrap();
    let (mailbox, account) = (junk.id, junk.account);
    let picture = "Content-Type: image/gif; name=a.gif\r\nContent-Location: a.gif";
    for (subject, raw, files) in [
        ("shown", letter("shown", "<img src=a.gif>", picture, GIF), 0),
        (
            "mentioned",
            letter("mentioned", "<a href=a.gif>x</a>", picture, GIF),
            1,
        ),
        (
            "hover",
            letter(
                "hover",
                "<style>p:hover{background:url(cid:a)}</style><p>x</p>",
                "Content-Type: image/gif; name=a.gif\r\nContent-ID: <a>",
                GIF,
            ),
            1,
        ),
        ("none", letter("none", "<img src=a.gif>", picture, "<html>"), 1),
        (
            "paper",
            letter(
                "paper",
                "<img src=cid:a>",
                "Content-Type: application/pdf; name=a.pdf\r\nContent-ID: <a>",
                "%PDF",
            ),
            1,
        ),
    ] {
        let insert = engine.write(move |writing| {
            let circumstances = Circumstances {
                received_at: 0,
                keywords: Keywords::default(),
                uid: None,
            };
            insert_whole(writing, account, mailbox, raw.as_bytes(), circumstances)
        });
        let email = insert.await.unwrap();
        let letter = engine.emails(vec![email]).await.unwrap().remove(0);
        assert_eq!(letter.has_attachment, files > 0, "the list of {subject}");
        let body = engine.body(email, Look::default()).await.unwrap();
        assert_eq!(body.attachments.len(), files, "the rows of {subject}");
        let browsed = all_of(&engine, FileSource::Mailboxes(vec![mailbox])).await;
        let browsed = browsed.iter().filter(|file| file.letter.id == email);
        assert_eq!(browsed.count(), files, "the browser of {subject}");
    }
}

/// A letter that holds files of all kinds: names, types and octets as they come.
fn of_all_kinds() -> String {
    let part = |kind: &str, name: &str, octets: &str| {
        format!(
            "--b\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{octets}\r\n"
        )
    };
    let parts = [
        part("application/pdf", "plan.pdf", "%PDF-1.4"),
        part("image/gif", "pier.gif", GIF),
        part("application/octet-stream", "run.exe", "MZ"),
        part(
            "application/octet-stream",
            "=?utf-8?q?photo=E2=80=AEgpj.exe?=",
            "MZ",
        ),
        part("text/html", "sign in.html", "<p>x"),
        part("text/plain; charset=utf-16le", "notes.txt", "x"),
        part("application/zip", "all.zip", "PK"),
        part("message/rfc822", "letter.eml", "Subject: within\r\n\r\nx"),
        part("audio/mpeg", "bell.mp3", "ID3"),
        part("image/heic", "IMG_1.HEIC", "x"),
    ];
    format!(
        "From: lena@waxwing.test\r\nSubject: all\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere.\r\n{}--b--\r\n",
        parts.concat()
    )
}

#[tokio::test]
async fn what_is_listed_of_a_file_is_what_its_letter_says() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let (account, mailbox) = inbox(&engine).await;
    let raw = of_all_kinds();
    let put = engine.write(move |writing| {
        let circumstances = Circumstances {
            received_at: 1,
            keywords: Keywords::default(),
            uid: None,
        };
        insert_whole(writing, account, mailbox, raw.as_bytes(), circumstances)
    });
    let email = put.await.unwrap();
    let body = engine.body(email, Look::default()).await.unwrap();
    let source = FileSource::Mailboxes(vec![mailbox]);
    let listed: Vec<Attachment> = all_of(&engine, source.clone())
        .await
        .into_iter()
        .map(|each| each.file)
        .collect();
    assert_eq!(listed.len(), 10);
    assert_eq!(listed, body.attachments);
    let by_kind = engine
        .files(source, FilesOrder::Kind, "", None, 100)
        .await
        .unwrap();
    let names: Vec<&str> = by_kind.files.iter().map(|each| each.file.name.as_str()).collect();
    assert_eq!(names.first(), Some(&"pier.gif"), "pictures first: {names:?}");
    assert_eq!(names.get(1), Some(&"IMG_1.HEIC"), "{names:?}");
    assert_eq!(by_kind.total, 10);
}

#[tokio::test]
async fn files_of_letters_that_came_before_are_listed_behind_the_scenes() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let (account, mailbox) = inbox(&engine).await;
    let put = engine.write(move |writing| {
        let mut letters = Vec::new();
        for number in 0..3 {
            let raw = from("Jonas <jonas@orchard.test>", &format!("old-{number}"));
            let circumstances = Circumstances {
                received_at: number,
                keywords: Keywords::default(),
                uid: None,
            };
            let (email, facts) = from_whole(account, mailbox, raw.as_bytes(), circumstances);
            let id = writing.insert_email(&email)?;
            let unlisted = BodyFacts {
                listed: None,
                ..facts
            };
            writing.put_body(id, raw.as_bytes(), &unlisted)?;
            letters.push(id);
        }
        Ok(letters)
    });
    let letters = put.await.unwrap();
    let source = FileSource::Mailboxes(vec![mailbox]);
    let seen = async || {
        let page = engine
            .files(source.clone(), FilesOrder::Name, "", None, 100)
            .await
            .unwrap();
        let names: Vec<String> = page.files.into_iter().map(|each| each.file.name).collect();
        (names, page.total, page.unread)
    };
    assert_eq!(seen().await, (Vec::new(), 0, 3), "it says that it is not whole");
    let went = letters[0];
    engine
        .write(move |writing| writing.remove_email(went))
        .await
        .unwrap();
    engine.list_files_now().await.unwrap();
    let names = vec!["old-1.csv".to_owned(), "old-2.csv".to_owned()];
    assert_eq!(seen().await, (names, 2, 0));
}
