//! Two marker passwords go through everything that signs in: account added, refused, typed again, on other servers and by the
//! other protocol. Then they are looked for, in every spelling that a protocol gives them, in
//! what was logged at the most talkative, in what was printed, and in every file of the profile.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

mod marker;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use marker::{base64, files, holds, spellings};
use waxwing_testkit::{Stage, address};

const RIGHT: &str = "Zq7heronRIGHTmarker4417";
const WRONG: &str = "Xk2heronWRONGmarker9053";
const PASSPHRASE: &str = "Vw5heronPHRASEmarker6628";

/// Runs the program with a line on its standard input and everything logged that can be.
fn run(profile: &Path, words: &[&str], line: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"))
        .args(["--json", "--profile"])
        .arg(profile)
        .args(words)
        .env("WAXWING_LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .env("WAXWING_KEYRING", "none")
        .env("WAXWING_PASSPHRASE", PASSPHRASE)
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

#[test]
fn a_password_is_in_no_log_no_output_and_no_file() {
    assert_eq!(base64(b"lena"), b"bGVuYQ", "RFC 4648");
    for before in [
        "",
        "\0lena\0",
        "\0lena@waxwing.test\0",
        "n,a=lena,\u{1}auth=Bearer ",
    ] {
        let encoded = base64(format!("{before}{RIGHT}").as_bytes());
        assert!(
            spellings(RIGHT).iter().any(|one| holds(&encoded, one)),
            "this test would see it behind {before:?}"
        );
    }
    let stage = Stage::start().expect("servers");
    stage.dovecot.set_password("lena", RIGHT).expect("a password");
    stage.postfix.restart().expect("it asks the new Dovecot");
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("another folder");
    let ca = elsewhere.path().join("ca.pem");
    fs::write(&ca, stage.ca_pem()).expect("the authority");
    let lena = address("lena");
    let imap = format!("localhost:{}:tls", stage.dovecot.imaps());
    let starttls = format!("localhost:{}:starttls", stage.dovecot.imap());
    let pop3 = format!("localhost:{}:tls", stage.dovecot.pop3s());
    let outgoing = format!("localhost:{}:tls", stage.postfix.submissions());
    let ca = ca.to_str().expect("a path");
    let add = [
        "account",
        "add",
        "--email",
        &lena,
        "--protocol",
        "imap",
        "--incoming",
        &imap,
        "--outgoing",
        &outgoing,
        "--ca",
        ca,
    ];
    let steps: [(&[&str], &str, bool); 9] = [
        (&add, WRONG, false),
        (&add, RIGHT, true),
        (&["account", "password", &lena], WRONG, false),
        (&["account", "password", &lena], RIGHT, true),
        (&["account", "servers", &lena, "--incoming", &starttls], "", true),
        (&["sync", "--account", &lena], "", true),
        (
            &[
                "account",
                "change-protocol",
                &lena,
                "--to",
                "pop3",
                "--server",
                &pop3,
                "--keep-here",
            ],
            "",
            true,
        ),
        (&["sync", "--account", &lena], "", true),
        (
            &["account", "servers", &lena, "--outgoing", "localhost:9:tls"],
            "",
            false,
        ),
    ];
    let mut logged = 0;
    for (words, line, goes_well) in steps {
        let output = run(folder.path(), words, line);
        let said = [output.stdout.as_slice(), &output.stderr].concat();
        assert_eq!(
            output.status.success(),
            goes_well,
            "{words:?}: {}",
            String::from_utf8_lossy(&said)
        );
        logged += said.len();
        for secret in [RIGHT, WRONG, PASSPHRASE] {
            for spelling in spellings(secret) {
                assert!(
                    !holds(&said, &spelling),
                    "{words:?} said {}",
                    String::from_utf8_lossy(&spelling)
                );
            }
        }
    }
    assert!(logged > 10_000, "everything was logged: {logged} octets");
    let kept = files(folder.path());
    assert!(
        kept.iter().any(|(name, _)| name.ends_with("waxwing.db")),
        "the profile was looked through"
    );
    for (name, bytes) in kept {
        for secret in [RIGHT, WRONG, PASSPHRASE] {
            for spelling in spellings(secret) {
                assert!(!holds(&bytes, &spelling), "{name} holds a password");
            }
        }
    }
}
