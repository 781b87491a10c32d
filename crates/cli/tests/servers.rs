//! The search for servers from the command line, for an address of the built-in list: nobody is asked.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::process::{Command, Output};

fn run(words: &[&str]) -> Output {
    let profile = tempfile::tempdir().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_waxwing-cli"))
        .arg("--profile")
        .arg(profile.path())
        .args(words)
        .env("WAXWING_KEYRING", "none")
        .env_remove("WAXWING_PASSPHRASE")
        .output()
        .expect("the program runs")
}

#[test]
fn a_known_provider_is_told_with_where_to_let_mail_programs_in() {
    let told = run(&["--json", "servers", "lena@gmx.de"]);
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).expect("it is JSON");
    let text = |place: &str| told.pointer(place).and_then(serde_json::Value::as_str);
    assert_eq!(text("/how"), Some("the list of providers (GMX)"));
    assert_eq!(text("/imap/host"), Some("imap.gmx.net"));
    assert_eq!(text("/imap/username"), Some("lena@gmx.de"));
    assert!(text("/page").is_some_and(|page| page.starts_with("https://hilfe.gmx.net/")));
}

#[test]
fn what_is_no_address_is_refused_in_words() {
    let refused = run(&["servers", "lena"]);
    assert_eq!(refused.status.code(), Some(1), "it is not wrong use");
    assert!(!refused.stderr.is_empty(), "and it is said");
}
