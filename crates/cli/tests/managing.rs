//! An account that is there, by the command line: another password, another server with a certificate that nobody vouches
//! for, switched off and on.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use waxwing_testkit::{CertificateKind, DovecotOptions, PASSWORD, PostfixOptions, Stage, address};

/// Runs the program with a line on its standard input.
fn run(profile: &Path, words: &[&str], line: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"))
        .arg("--json")
        .arg("--profile")
        .arg(profile)
        .args(words)
        .env("WAXWING_KEYRING", "none")
        .env("WAXWING_PASSPHRASE", "a passphrase for tests")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("it reads");
    // Where nothing is asked for, nobody listens.
    let _ = writeln!(input, "{line}");
    drop(input);
    child.wait_with_output().expect("it ends")
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}

#[test]
fn passwords_and_servers_are_tried_first_and_a_certificate_is_taken_by_its_fingerprint() {
    let stage = Stage::start().expect("servers");
    let own = Stage::start_with(
        &DovecotOptions {
            certificate: CertificateKind::SelfSigned,
            ..DovecotOptions::default()
        },
        &PostfixOptions::default(),
    )
    .expect("a server with a certificate of its own making");
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path();
    let ca = profile.join("ca.pem");
    std::fs::write(&ca, stage.ca_pem()).expect("the authority");
    let lena = address("lena");
    let added = run(
        profile,
        &[
            "account",
            "add",
            "--email",
            &lena,
            "--protocol",
            "imap",
            "--incoming",
            &format!("localhost:{}:tls", stage.dovecot.imaps()),
            "--outgoing",
            &format!("localhost:{}:tls", stage.postfix.submissions()),
            "--ca",
            ca.to_str().expect("a path"),
        ],
        PASSWORD,
    );
    assert!(added.status.success(), "{added:?}");

    let wrong = run(profile, &["account", "password", &lena], "wrong horse");
    assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
    let told = lines(&wrong);
    assert_eq!(told.len(), 2, "tried at both: {told:?}");
    assert_eq!(told[0]["trouble"]["kind"], "wrongPassword", "{told:?}");
    let right = run(profile, &["account", "password", &lena], PASSWORD);
    assert!(right.status.success(), "{right:?}");
    assert!(
        !format!("{wrong:?}{right:?}").contains("horse"),
        "no password is printed"
    );

    let there = format!("localhost:{}:tls", own.dovecot.imaps());
    let refused = run(profile, &["account", "servers", &lena, "--incoming", &there], "");
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let shown = &lines(&refused)[0]["trouble"]["certificate"];
    assert_eq!(shown["flaw"], "selfSigned", "{shown}");
    let fingerprint = shown["certificate"]["fingerprint"]
        .as_str()
        .expect("a fingerprint");
    let moved = run(
        profile,
        &[
            "account",
            "servers",
            &lena,
            "--incoming",
            &there,
            "--accept",
            fingerprint,
        ],
        "",
    );
    assert!(moved.status.success(), "{moved:?}");
    assert_eq!(lines(&moved)[0]["by_exception"], true, "{moved:?}");
    let kept = lines(&run(profile, &["account", "certificates", &lena], ""));
    assert_eq!(kept[0]["port"], own.dovecot.imaps(), "{kept:?}");
    assert_eq!(kept.len(), 1, "{kept:?}");
    let synced = run(profile, &["sync"], "");
    assert!(synced.status.success(), "{synced:?}");

    let forget = format!("localhost:{}", own.dovecot.imaps());
    let left = lines(&run(
        profile,
        &["account", "certificates", &lena, "--forget", &forget],
        "",
    ));
    assert!(left.is_empty(), "{left:?}");
    let synced = run(profile, &["sync"], "");
    assert_eq!(
        synced.status.code(),
        Some(1),
        "it is judged as any other now: {synced:?}"
    );
}

#[test]
fn an_account_is_named_ordered_and_switched_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path();
    for person in ["lena", "jonas"] {
        let added = run(
            profile,
            &[
                "account",
                "add",
                "--email",
                &address(person),
                "--protocol",
                "pop3",
                "--incoming",
                "localhost:9:tls",
                "--outgoing",
                "localhost:9:tls",
                "--no-check",
            ],
            PASSWORD,
        );
        assert!(added.status.success(), "{added:?}");
    }
    let (lena, jonas) = (address("lena"), address("jonas"));
    for words in [
        &["account", "order", &jonas, &lena][..],
        &["account", "look", &jonas, "--label", "Harbour", "--colour", "3"],
        &["account", "every", &jonas, "15"],
        &["account", "disable", &jonas],
    ] {
        let done = run(profile, words, "");
        assert!(done.status.success(), "{words:?}: {done:?}");
    }
    let accounts = lines(&run(profile, &["account", "list"], ""));
    let first = &accounts[0];
    assert_eq!(
        (
            &first["email"],
            &first["label"],
            &first["check_minutes"],
            &first["disabled"]
        ),
        (&jonas.into(), &"Harbour".into(), &15.into(), &true.into())
    );
    let synced = run(profile, &["sync", "--account", "jonas@waxwing.test"], "");
    let said = String::from_utf8_lossy(&synced.stdout).into_owned();
    assert!(said.contains("Harbour is switched off"), "{synced:?}");
    let nonsense = run(profile, &["account", "every", &lena, "often"], "");
    assert_eq!(nonsense.status.code(), Some(2), "{nonsense:?}");
}

#[test]
fn trash_is_emptied_only_by_somebody_who_says_yes() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = run(folder.path(), &["account", "add-local"], "");
    assert!(made.status.success(), "{made:?}");
    let told = run(folder.path(), &["mailbox", "empty", "trash", "--dry-run"], "");
    let [line] = lines(&told).try_into().expect("one line");
    assert_eq!(line.get("letters"), Some(&Value::from(0)), "{line}");
    let unsaid = run(folder.path(), &["mailbox", "empty", "trash"], "");
    assert_eq!(unsaid.status.code(), Some(2), "{unsaid:?}");
    let words = String::from_utf8_lossy(&unsaid.stderr).into_owned();
    assert!(words.contains("there is no undo; say so with --yes"), "{words}");
    let emptied = run(folder.path(), &["mailbox", "empty", "trash", "--yes"], "");
    assert!(emptied.status.success(), "{emptied:?}");
    let inbox = run(folder.path(), &["mailbox", "empty", "inbox", "--yes"], "");
    assert_eq!(
        inbox.status.code(),
        Some(1),
        "no other folder is emptied: {inbox:?}"
    );
}
