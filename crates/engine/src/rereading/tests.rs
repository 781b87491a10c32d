//! A store in which letters stand as an older version of the reader has read them, and what becomes of it after the update.

use waxwing_model::{Body, Keywords, MailboxId};
use waxwing_store::{BodyFacts, FileFact, FileSource, FilesOrder};

use super::*;
use crate::letters::ingest::{Circumstances, from_whole};
#[cfg(unix)]
use crate::silent_disk::SilentDisk;
use crate::without_keyring::{engine, inbox};

/// A letter that shows its only picture, and nobody's but the older reader's file.
fn with_a_picture(number: usize) -> Vec<u8> {
    format!(
        "From: Amara <amara@nordlicht.example>\r\nSubject: the boat {number}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/html\r\n\r\n<p>See there: <img src=\"cid:boat\"></p>\r\n\
         --b\r\nContent-Type: image/gif; name=\"boat.gif\"\r\nContent-ID: <boat>\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==\r\n--b--\r\n"
    )
    .into_bytes()
}

/// So many letters as the older version has read them: each picture a file.
async fn read_by_the_older(engine: &Engine, count: usize) -> (MailboxId, Vec<EmailId>) {
    let letters = (0..count).map(with_a_picture).collect();
    let file = FileFact {
        name: "boat.gif".to_owned(),
        kinds: "image gif".to_owned(),
        readable: false,
    };
    stored(engine, letters, move |facts| facts.files = vec![file.clone()]).await
}

/// Letters with files, of which an older version has found something else.
async fn stored(
    engine: &Engine,
    raw: Vec<Vec<u8>>,
    found: impl Fn(&mut BodyFacts) + Send + 'static,
) -> (MailboxId, Vec<EmailId>) {
    let (account, mailbox) = inbox(engine).await;
    let put = engine.write(move |writing| {
        let mut letters = Vec::new();
        for raw in raw {
            let circumstances = Circumstances {
                received_at: 1_700_000_000_000,
                keywords: Keywords::none(),
                uid: None,
            };
            let (mut email, facts) = from_whole(account, mailbox, &raw, circumstances);
            let mut older = facts;
            found(&mut older);
            older.read_by = 0;
            older.has_attachment = true;
            email.has_attachment = true;
            email.preview.clone_from(&older.preview);
            let id = writing.insert_email(&email)?;
            writing.put_body(id, &raw, &older)?;
            letters.push(id);
        }
        Ok((mailbox, letters))
    });
    let put = put.await.expect("the letters stand");
    engine.index_now().await.expect("they are found");
    put
}

async fn with_files(engine: &Engine, letters: &[EmailId]) -> usize {
    let emails = engine.emails(letters.to_vec()).await.expect("they are here");
    emails.iter().filter(|email| email.has_attachment).count()
}

async fn so_far(engine: &Engine) -> ReadAnew {
    let so_far = engine.read(|reading| reading.read_anew(READING)).await;
    so_far.expect("it is noted")
}

async fn found(engine: &Engine, query: &str) -> u32 {
    let query = query.to_owned();
    let count = engine.read(move |reading| reading.search_count(&query));
    count.await.expect("it is searched")
}

#[tokio::test]
async fn after_an_update_paper_clips_files_and_searches_become_right_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let (mailbox, letters) = read_by_the_older(&engine, 3).await;
    assert_eq!(with_files(&engine, &letters).await, 3, "as it was read then");
    assert_eq!(found(&engine, "type:image").await, 3);
    engine.read_anew_now().await.unwrap();
    assert_eq!(with_files(&engine, &letters).await, 0, "they show their pictures");
    assert_eq!(found(&engine, "type:image").await, 0);
    assert_eq!(found(&engine, "has:attachment").await, 0);
    assert_eq!(
        found(&engine, "filename:boat").await,
        3,
        "still found by the name"
    );
    let inside = FileSource::Mailboxes(vec![mailbox]);
    let page = engine.files(inside, FilesOrder::Newest, "", None, 100);
    assert_eq!(page.await.unwrap().files, [], "what was listed as a file is none");
    for (number, email) in letters.iter().copied().enumerate() {
        let raw = engine.read(move |reading| reading.raw(email)).await.unwrap();
        assert_eq!(raw, Some(with_a_picture(number)), "every octet is as it came");
        let body = engine.emails(vec![email]).await.unwrap().remove(0).body;
        assert_eq!(body, Body::Complete);
    }
    assert_eq!(so_far(&engine).await, ReadAnew::Done);
    engine.stop().await;
}

/// An attribute of a wrapper of Outlook's (MS-OXTNEF, section 2.1.3.2).
fn attribute(level: u8, name: u32, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    [&[level][..], &name.to_le_bytes(), &length, data, &[0, 0]].concat()
}

/// A letter whose text and files are in a winmail.dat alone.
fn wrapped() -> Vec<u8> {
    let winmail = [
        &b"\x78\x9f\x3e\x22\x01\0"[..],
        &attribute(1, 0x0002_800c, b"The dredger comes on Monday.\0"),
        &attribute(2, 0x0006_9002, &[0; 14]),
        &attribute(2, 0x0001_8010, b"plan.docx\0"),
        &attribute(2, 0x0006_800f, b"no package"),
        &attribute(2, 0x0006_9002, &[0; 14]),
        &attribute(2, 0x0001_8010, b"notes.txt\0"),
        &attribute(2, 0x0006_800f, b"the keeper of the lantern"),
    ]
    .concat();
    let octets: String = winmail.iter().map(|octet| format!("={octet:02X}=\r\n")).collect();
    format!(
        "From: Amara <amara@nordlicht.example>\r\nSubject: as Outlook sends it\r\nMIME-Version: 1.0\r\n\
         Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{octets}\r\n"
    )
    .into_bytes()
}

#[tokio::test]
async fn what_outlook_has_wrapped_is_found_and_previewed_also_in_letters_that_were_here_before() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let (_, letters) = stored(&engine, vec![wrapped()], |facts| {
        *facts = BodyFacts {
            files: vec![FileFact {
                name: "winmail.dat".to_owned(),
                kinds: "dat".to_owned(),
                readable: false,
            }],
            ..BodyFacts::default()
        };
    })
    .await;
    let preview = async || engine.emails(letters.clone()).await.unwrap().remove(0).preview;
    let queries = ["filename:plan", "type:document", "dredger", "lantern"];
    for query in queries {
        assert_eq!(found(&engine, query).await, 0, "{query}, as it was read then");
    }
    assert_eq!(preview().await, "");
    engine.read_anew_now().await.unwrap();
    engine.index_now().await.unwrap();
    for query in queries {
        assert_eq!(found(&engine, query).await, 1, "{query}");
    }
    assert_eq!(preview().await, "The dredger comes on Monday.");
    assert_eq!(found(&engine, "filename:winmail").await, 0, "nobody sees that");
    engine.stop().await;
}

#[tokio::test]
async fn a_file_that_can_be_read_now_is_read_beside_one_that_always_could() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let part = |name: &str, octets: &str| {
        format!("--b\r\nContent-Type: application/octet-stream; name={name}\r\n\r\n{octets}\r\n")
    };
    let raw = format!(
        "From: Amara <amara@nordlicht.example>\r\nSubject: two files\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n{}{}--b--\r\n",
        part("notes.txt", "the keeper of the lantern"),
        part(
            "fwd.eml",
            "Subject: forwarded\r\n\r\nThe dredger comes on Monday."
        ),
    );
    stored(&engine, vec![raw.into_bytes()], |facts| {
        let letter = facts.files.iter_mut().find(|file| file.name == "fwd.eml");
        letter.expect("it is a file").readable = false;
    })
    .await;
    let waits = async || {
        let backlog = engine.search_waiting().await.unwrap();
        (backlog.letters, backlog.files)
    };
    assert_eq!(waits().await, (0, 0));
    engine.read_anew_now().await.unwrap();
    assert_ne!(waits().await, (0, 0), "its files are read once more");
    engine.index_now().await.unwrap();
    for query in ["lantern", "dredger"] {
        assert_eq!(found(&engine, query).await, 1, "{query}");
    }
    engine.stop().await;
}

#[tokio::test]
async fn what_was_read_anew_stays_so_when_the_program_ends_and_the_rest_is_read_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = engine(folder.path()).await;
    let count = usize::try_from(LETTERS).unwrap() + 5;
    let (_, letters) = read_by_the_older(&first, count).await;
    let more = first.read_some_anew(Instant::now()).await.unwrap();
    assert_eq!(more, Portion::Done, "there is more");
    let left = with_files(&first, &letters).await;
    assert!((5..count).contains(&left), "a portion of {count} leaves {left}");
    assert_eq!(
        with_files(&first, &letters[..left]).await,
        left,
        "the newest came first"
    );
    first.stop().await;
    drop(first);
    let next = engine(folder.path()).await;
    assert_eq!(with_files(&next, &letters).await, left);
    next.read_anew_now().await.unwrap();
    assert_eq!(with_files(&next, &letters).await, 0);
    assert_eq!(
        next.read_some_anew(Instant::now()).await.unwrap(),
        Portion::AllDone
    );
    next.stop().await;
}

#[tokio::test]
async fn while_letters_wait_for_the_index_none_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let (_, letters) = read_by_the_older(&engine, 2).await;
    engine
        .write(|writing| writing.leave_all_to_be_indexed())
        .await
        .unwrap();
    assert_eq!(engine.read_a_little_anew().await.unwrap(), Portion::OthersFirst);
    engine.index_now().await.unwrap();
    assert_eq!(engine.read_a_little_anew().await.unwrap(), Portion::Done);
    assert_eq!(with_files(&engine, &letters).await, 0);
    engine.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn letters_that_could_not_be_read_are_read_once_they_can_be_and_not_before_their_time() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let (_, letters) = read_by_the_older(&engine, 3).await;
    let disk = SilentDisk::of(folder.path());
    let email = letters[0];
    let read = engine.read(move |reading| reading.stored(email)).await;
    assert!(read.is_err(), "{read:?}");
    engine.read_anew_now().await.unwrap();
    assert_eq!(
        with_files(&engine, &letters).await,
        3,
        "they stay as they were read"
    );
    assert_ne!(so_far(&engine).await, ReadAnew::Done);
    disk.answers();
    let waits = engine.read_some_anew(Instant::now()).await.unwrap();
    assert!(matches!(waits, Portion::NothingFor(_)), "{waits:?}");
    let later = Instant::now() + NOTHING;
    assert_eq!(engine.read_some_anew(later).await.unwrap(), Portion::Done);
    assert_eq!(with_files(&engine, &letters).await, 0);
    engine.read_anew_now().await.unwrap();
    assert_eq!(so_far(&engine).await, ReadAnew::Done);
    engine.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn of_very_many_letters_that_could_not_be_read_all_are_read_once_they_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let count = 3 * crate::set_aside::MOST;
    let (_, letters) = read_by_the_older(&engine, count).await;
    let disk = SilentDisk::of(folder.path());
    engine.read_anew_now().await.unwrap();
    assert_eq!(with_files(&engine, &letters).await, count, "none could be read");
    assert_eq!(
        engine.inner.read_anew_later.passed().each.len(),
        crate::set_aside::MOST,
        "few are known by name"
    );
    disk.answers();
    let later = Instant::now() + NOTHING;
    while engine.read_some_anew(later).await.unwrap() == Portion::Done {}
    assert_eq!(with_files(&engine, &letters).await, 0);
    assert_eq!(so_far(&engine).await, ReadAnew::Done);
    engine.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn letters_that_could_not_be_read_in_one_run_are_read_in_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let first = engine(folder.path()).await;
    let (_, letters) = read_by_the_older(&first, 3).await;
    let disk = SilentDisk::of(folder.path());
    first.read_anew_now().await.unwrap();
    first.stop().await;
    drop(first);
    disk.answers();
    let next = engine(folder.path()).await;
    next.read_anew_now().await.unwrap();
    assert_eq!(with_files(&next, &letters).await, 0);
    assert_eq!(so_far(&next).await, ReadAnew::Done);
    next.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn letters_that_can_never_be_read_are_looked_at_again_and_again_and_keep_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    read_by_the_older(&engine, 3).await;
    let _disk = SilentDisk::of(folder.path());
    engine.read_anew_now().await.unwrap();
    let mut now = Instant::now();
    let commits = engine.inner.store.commits();
    for _ in 0..5 {
        now += NOTHING * 10;
        assert_eq!(engine.read_some_anew(now).await.unwrap(), Portion::Done, "once");
        let rest = engine.read_some_anew(now).await.unwrap();
        assert!(
            matches!(rest, Portion::NothingFor(_)),
            "and not at once again: {rest:?}"
        );
    }
    assert_eq!(engine.inner.store.commits(), commits, "nothing is written");
    engine.stop().await;
}

/// A letter that came back, as Postfix says so.
fn came_back(returned: &str) -> Vec<u8> {
    format!(
        "From: MAILER-DAEMON@waxwing.test\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Description: Notification\r\n\r\nIt did not get there.\r\n\
         --b\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mail.waxwing.test\r\n\r\nFinal-Recipient: rfc822; ghost@waxwing.test\r\n\
         Action: failed\r\nStatus: 5.1.1\r\n\r\n\
         --b\r\nContent-Type: {returned}\r\n\r\nMessage-ID: <1@waxwing.test>\r\nSubject: dredger\r\n\r\n--b--\r\n"
    )
    .into_bytes()
}

#[tokio::test]
async fn reports_that_were_here_before_lose_the_files_that_only_programs_read() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let letters = vec![came_back("text/rfc822-headers"), came_back("message/rfc822")];
    let (mailbox, letters) = stored(&engine, letters, |facts| {
        for file in &mut facts.files {
            file.kinds = "letter".to_owned();
        }
    })
    .await;
    assert_eq!(with_files(&engine, &letters).await, 2, "as they were read then");
    engine.read_anew_now().await.unwrap();
    engine.index_now().await.unwrap();
    assert_eq!(
        with_files(&engine, &letters).await,
        1,
        "the letter that came back is a file"
    );
    assert_eq!(found(&engine, "has:attachment").await, 1);
    assert_eq!(
        found(&engine, "dredger").await,
        2,
        "what stands in it is found all the same"
    );
    let inside = FileSource::Mailboxes(vec![mailbox]);
    let page = engine
        .files(inside, FilesOrder::Newest, "", None, 100)
        .await
        .unwrap();
    let names: Vec<&str> = page.files.iter().map(|one| one.file.name.as_str()).collect();
    assert_eq!(names, ["dredger.eml"]);
    for (email, expected) in letters.into_iter().zip([&[][..], &["3"]]) {
        let body = engine.body(email, crate::Look::default()).await.unwrap();
        let parts: Vec<&str> = body.attachments.iter().map(|file| file.part.as_str()).collect();
        assert_eq!(parts, expected, "what is shown as a file");
        let told = body.reporting.expect("it is a report");
        assert_eq!(told.lines.len(), 1, "and it is told in words");
    }
    engine.stop().await;
}
