//! An account that changes its protocol by the command line, against a real Dovecot.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use waxwing_testkit::{Dovecot, DovecotOptions, PASSWORD, letters};

fn run(profile: &Path, words: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"))
        .arg("--profile")
        .arg(profile)
        .args(words)
        .env("WAXWING_PASSPHRASE", "a passphrase for tests")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("its input");
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]]
        .iter()
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect()
}

#[test]
fn an_account_is_looked_at_and_then_changed_and_the_choice_is_asked_for() {
    let dovecot = Dovecot::start(&DovecotOptions::default()).expect("a server");
    let user = "lena@waxwing.test";
    for subject in ["both", "here"] {
        let raw = letters::simple("amara@waxwing.test", user, subject, "Good morning.");
        dovecot.deliver("lena", "INBOX", &raw).expect("it is delivered");
    }
    let profile = tempfile::tempdir().expect("a folder");
    let profile = profile.path();
    let (pop3, imap) = (
        format!("localhost:{}:tls", dovecot.pop3s()),
        format!("localhost:{}:tls", dovecot.imaps()),
    );
    let ca = dovecot.ca_file();
    let ca = ca.to_str().expect("a path");
    let mut add = vec![
        "account",
        "add",
        "--email",
        user,
        "--protocol",
        "pop3",
        "--no-check",
    ];
    add.extend(["--incoming", &pop3, "--outgoing", "localhost:9:tls", "--ca", ca]);
    let added = run(profile, &add, PASSWORD);
    assert!(added.status.success(), "{}", said(&added));
    let synced = run(profile, &["sync"], "");
    assert!(synced.status.success(), "{}", said(&synced));
    dovecot
        .doveadm(&["expunge", "-u", user, "mailbox", "INBOX", "subject", "here"])
        .expect("it goes from the server");
    let mut change = vec!["--json", "account", "change-protocol", user, "--to", "imap"];
    change.extend(["--server", &imap]);
    let with = |word: &'static str| [change.as_slice(), &[word]].concat();

    let looked = run(profile, &with("--dry-run"), "");
    assert!(looked.status.success(), "{}", said(&looked));
    for part in [
        r#""changed":false"#,
        r#""both":1"#,
        r#""only_here":[{"folder":"Inbox","letters":1}]"#,
    ] {
        assert!(said(&looked).contains(part), "{part} in {}", said(&looked));
    }
    let unsaid = run(profile, &change, "");
    assert_eq!(unsaid.status.code(), Some(2), "{}", said(&unsaid));
    assert!(
        said(&unsaid).contains("--upload or --keep-here"),
        "{}",
        said(&unsaid)
    );

    let changed = run(profile, &with("--upload"), "");
    assert!(changed.status.success(), "{}", said(&changed));
    for part in [r#""changed":true"#, r#""uploaded":1"#, r#""waiting":0"#] {
        assert!(said(&changed).contains(part), "{part} in {}", said(&changed));
    }
    assert_eq!(
        dovecot.letters("lena", "INBOX").expect("they can be read").len(),
        2,
        "both are on the server"
    );
    let again = run(profile, &with("--upload"), "");
    assert_eq!(again.status.code(), Some(1), "{}", said(&again));
    assert!(
        said(&again).contains("is an IMAP account already"),
        "{}",
        said(&again)
    );
    let accounts = run(profile, &["account", "list"], "");
    assert!(said(&accounts).contains("Imap"), "{}", said(&accounts));
}
