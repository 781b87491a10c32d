//! How long the browser of files takes: `files LETTERS` makes a folder of so many letters in a profile that goes at the end, each with a
//! file of some kilobytes that nobody has looked into, as after an update. Then it is measured how long it takes to look into all of
//! them, which is what each order but the newest took before files were listed; how long the first page takes in each order and by
//! words; how long the page behind it takes, and the first once more, where nothing has changed. Run it with `--release`.
//!
//! What is not here: the interface, and any server.
#![expect(
    clippy::print_stdout,
    reason = "it is a measurement, and prints one line of JSON for each"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use waxwing_engine::{Engine, EngineOptions, FileSource, FilesOrder, KeyringUse};
use waxwing_model::{
    AccountId, Address, Keeping, Keywords, MailboxId, NewAccount, Protocol, Retention, Role,
};
use waxwing_store::{BodyFacts, Durability, NewEmail, NewMailbox, Store};

/// Letters of one transaction.
const BATCH: u32 = 500;
/// Lines of an encoded file, and so about 76 octets each.
const LINES: usize = 120;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = std::env::args().nth(1).ok_or("how many letters?")?.parse()?;
    let profile = tempfile::tempdir()?;
    let inbox = fill(profile.path(), count)?;
    let engine = Engine::open(EngineOptions {
        profile: profile.path().to_owned(),
        keyring: KeyringUse::Never,
        passphrase: None,
    })
    .await?;
    let begun = Instant::now();
    engine.list_files_now().await?;
    tell("look into all letters", begun);
    for (what, order, words) in [
        ("newest", FilesOrder::Newest, ""),
        ("name", FilesOrder::Name, ""),
        ("size", FilesOrder::Size, ""),
        ("sender", FilesOrder::Sender, ""),
        ("kind", FilesOrder::Kind, ""),
        ("words", FilesOrder::Newest, "jonas 77"),
    ] {
        let source = || FileSource::Mailboxes(vec![inbox]);
        let begun = Instant::now();
        let first = engine.files(source(), order, words, None, 100).await?;
        tell(&format!("{what}: the first page of {}", first.total), begun);
        let begun = Instant::now();
        engine.files(source(), order, words, first.next, 100).await?;
        tell(&format!("{what}: the page behind it"), begun);
        let begun = Instant::now();
        engine.files(source(), order, words, None, 100).await?;
        tell(&format!("{what}: the first page once more"), begun);
    }
    engine.stop().await;
    Ok(())
}

fn tell(what: &str, begun: Instant) {
    let ms = begun.elapsed().as_secs_f64() * 1_000.0;
    println!(r#"{{"what":"{what}","ms":{ms:.1}}}"#);
}

fn fill(profile: &Path, count: u32) -> Result<MailboxId, Box<dyn Error>> {
    let store = Store::open(&profile.join("waxwing.db"), Box::new(|_| {}))?;
    let (account, inbox) = store.write(|writing| {
        let account = writing.insert_account(&lena())?;
        let inbox = writing.insert_mailbox(&folder(account))?;
        Ok((account, inbox))
    })?;
    let facts = BodyFacts {
        read_by: waxwing_mime::READING,
        has_attachment: true,
        ..BodyFacts::default()
    };
    for first in (0..count).step_by(BATCH as usize) {
        let numbers = first..count.min(first + BATCH);
        store.write_with(Durability::Soon, |writing| {
            for number in numbers.clone() {
                let id = writing.insert_email(&letter(account, inbox, number))?;
                writing.put_body(id, raw(number).as_bytes(), &facts)?;
            }
            Ok(())
        })?;
    }
    Ok(inbox)
}

fn lena() -> NewAccount {
    NewAccount {
        email: "lena@nordlicht.example".into(),
        name: "Lena".into(),
        protocol: Protocol::Local,
        incoming: None,
        outgoing: None,
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: None,
        demo: false,
    }
}

fn folder(account: AccountId) -> NewMailbox {
    NewMailbox {
        account,
        parent: None,
        name: "Inbox".into(),
        role: Some(Role::Inbox),
        selectable: true,
        path: None,
        delimiter: None,
    }
}

fn raw(number: u32) -> String {
    let mut raw = format!(
        "From: Jonas <jonas@kustwerk.example>\r\nSubject: Plan {number}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere is the plan.\r\n\
         --b\r\nContent-Type: application/pdf; name=\"plan {number}.pdf\"\r\n\
         Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    );
    for line in 0..LINES + number as usize % 7 {
        // It is never drawn; what counts is that it is decoded.
        let _written = write!(raw, "{:0>76}\r\n", line);
    }
    raw.push_str("--b--\r\n");
    raw
}

fn letter(account: AccountId, mailbox: MailboxId, number: u32) -> NewEmail {
    NewEmail {
        account,
        mailbox,
        uid: None,
        message_id: Some(format!("{number}@waxwing.test")),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        subject: format!("Plan {number}"),
        from: vec![Address {
            name: Some(format!("Jonas {}", number % 500)),
            email: "jonas@kustwerk.example".into(),
        }],
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        sent_by: None,
        sent_at: None,
        received_at: i64::from(number) * 60_000,
        size: 10_000,
        keywords: Keywords::none(),
        has_attachment: true,
        preview: String::new(),
    }
}
