//! A letter with a file of 25 MB, from the file on the disk to the copy in Sent and into the other person's inbox: what it
//! takes of memory. The rest of a program's memory is not looked at, so there is one test here, in a process of its own.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops where it fails, and tells what it has measured"
)]

use std::fmt::Write;
use std::path::Path;

use journeys::{Person, form};
use waxwing_engine::SyncScope;
use waxwing_model::{Account, Address, DraftContent, Protocol, Role, SubmissionState};
use waxwing_testkit::{DovecotOptions, PostfixOptions, Stage, address};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const FILE: u64 = 25_000_000;
/// Times its size.
const BOUND: f64 = 3.0;

/// Kilobytes, by a name of proc(5).
fn status(name: &str) -> u64 {
    let all = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = all.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    number.expect("a number")
}

/// The most that the process has taken, beyond what it had at the beginning.
struct Gauge {
    rest: u64,
    told: String,
}

impl Gauge {
    fn new() -> Self {
        std::fs::write("/proc/self/clear_refs", "5").expect("the peak is forgotten");
        Self {
            rest: status("VmRSS:"),
            told: String::new(),
        }
    }

    fn note(&mut self, step: &str) {
        let _ = write!(self.told, "{step}: {:.2}; ", self.times());
    }

    /// The size of the file.
    fn times(&self) -> f64 {
        let kilobytes = status("VmHWM:").saturating_sub(self.rest);
        kilobytes as f64 * 1024.0 / FILE as f64
    }

    fn check(self, what: &str) {
        eprintln!("{what}: {}", self.told);
        let times = self.times();
        assert!(
            times <= BOUND,
            "{what} took {times:.2} times the file ({})",
            self.told
        );
    }
}

async fn send(person: &Person, account: &Account, to: &str, file: &Path, gauge: &mut Gauge) -> Outcome {
    let content = DraftContent {
        to: vec![Address::new("", address(to))],
        subject: "Drawings".to_owned(),
        html: "<p>As agreed.</p>".to_owned(),
        ..DraftContent::default()
    };
    let engine = &person.engine;
    let draft = engine.new_draft(Some(account.id), content).await?;
    let (name, media_type) = ("drawings.pdf".to_owned(), "application/pdf".to_owned());
    engine
        .attach_file(draft.id, name, media_type, file.to_owned())
        .await?;
    gauge.note("attached");
    let id = engine.send(draft.id, 0).await?;
    gauge.note("in the outbox");
    let sent = engine.deliver_now(account, id).await?;
    assert!(
        matches!(sent.state, SubmissionState::Sent { .. }),
        "{:?}",
        sent.state
    );
    gauge.note("handed over");
    sync(person, account).await;
    gauge.note("in Sent");
    Ok(())
}

async fn sync(person: &Person, account: &Account) {
    let report = person.engine.sync_once(account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new());
}

/// Waits until the server has so many letters for somebody.
async fn arrived(stage: &Stage, person: &str, count: usize) {
    journeys::eventually("the letter to arrive", || async {
        let folder = stage.dovecot.mailbox_dir(person, "INBOX");
        let there: usize = ["new", "cur"]
            .iter()
            .filter_map(|name| std::fs::read_dir(folder.join(name)).ok())
            .map(Iterator::count)
            .sum();
        (there >= count).then_some(())
    })
    .await;
}

async fn check_file(person: &Person, role: Role, expected: &[u8]) {
    let letters = person.letters(&person.mailbox(role).await).await;
    let letter = letters.first().expect("the letter is there");
    let raw = person.engine.raw(letter.id).await.expect("all of it");
    let inside = waxwing_engine::letters::inspect::inspect(&raw);
    let part = &inside.attachments.first().expect("the file is in it").part;
    let (_, data) = person
        .engine
        .attachment(letter.id, part)
        .await
        .expect("it comes out");
    assert!(data == expected, "every byte of it, in {role:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_25_mb_takes_no_more_than_three_times_its_size_on_any_of_its_ways() -> Outcome {
    let postfix = PostfixOptions {
        size: 50_000_000,
        ..PostfixOptions::default()
    };
    let stage = Stage::start_with(&DovecotOptions::default(), &postfix)?;
    let folder = tempfile::tempdir()?;
    let (small, large) = (folder.path().join("small"), folder.path().join("large"));
    std::fs::write(&small, b"a few bytes")?;
    let drawings: Vec<u8> = (0..FILE).map(|at| (at * at % 251) as u8).collect();
    std::fs::write(&large, &drawings)?;
    drop(drawings);

    let (lena, jonas, mira) = (Person::new().await, Person::new().await, Person::new().await);
    let by_imap = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    let by_pop3 = jonas.add_quietly(form(&stage, "jonas", Protocol::Pop3)).await;
    let also_imap = mira.add_quietly(form(&stage, "mira", Protocol::Imap)).await;
    // Whatever is needed once is there afterwards.
    let mut gauge = Gauge::new();
    sync(&lena, &by_imap).await;
    send(&lena, &by_imap, "jonas", &small, &mut gauge).await?;
    arrived(&stage, "jonas", 1).await;
    sync(&jonas, &by_pop3).await;
    send(&jonas, &by_pop3, "mira", &small, &mut gauge).await?;
    arrived(&stage, "mira", 1).await;
    sync(&mira, &also_imap).await;

    let mut gauge = Gauge::new();
    send(&lena, &by_imap, "jonas", &large, &mut gauge).await?;
    gauge.check("sent with IMAP");
    arrived(&stage, "jonas", 2).await;
    let mut gauge = Gauge::new();
    sync(&jonas, &by_pop3).await;
    gauge.note("received");
    gauge.check("received with POP3");
    let mut gauge = Gauge::new();
    send(&jonas, &by_pop3, "mira", &large, &mut gauge).await?;
    gauge.check("sent with POP3");
    arrived(&stage, "mira", 2).await;
    let mut gauge = Gauge::new();
    sync(&mira, &also_imap).await;
    gauge.note("received");
    gauge.check("received with IMAP");

    let drawings = std::fs::read(&large)?;
    check_file(&lena, Role::Sent, &drawings).await;
    check_file(&jonas, Role::Inbox, &drawings).await;
    check_file(&jonas, Role::Sent, &drawings).await;
    check_file(&mira, Role::Inbox, &drawings).await;
    Ok(())
}
