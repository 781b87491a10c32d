//! Signing in in a browser, by the command line: the address is printed and waited for, and neither a code nor a token is ever
//! written anywhere, however much is logged.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::provider::Decision;
use waxwing_testkit::{DovecotOptions, Internet, PostfixOptions, Provider, ProviderOptions, Stage, address};

/// Starts the program, which says all that it can say of its work.
fn start(profile: &Path, words: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_waxwing-cli"))
        .arg("--json")
        .arg("--profile")
        .arg(profile)
        .args(words)
        .env("WAXWING_KEYRING", "none")
        .env("WAXWING_PASSPHRASE", "a passphrase for tests")
        .env("WAXWING_LOG", "trace")
        .env("RUST_LOG", "trace")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs")
}

/// Plays the browser for a program that prints an address. Gives whether it was content, and all that it wrote.
async fn sign_in(provider: &Provider, mut child: Child, decision: Decision) -> (bool, String) {
    let mut out = BufReader::new(child.stdout.take().expect("it writes"));
    let mut errors = child.stderr.take().expect("it complains");
    let complaints = std::thread::spawn(move || {
        let mut text = String::new();
        errors.read_to_string(&mut text).expect("what it complained of");
        text
    });
    let mut said = String::new();
    out.read_line(&mut said).expect("a line");
    let line: Value = serde_json::from_str(&said).expect("a line of JSON");
    let address = line.get("open").and_then(Value::as_str).expect("an address");
    provider
        .browse(address, decision)
        .await
        .expect("the browser comes back");
    out.read_to_string(&mut said).expect("the rest");
    let content = child.wait().expect("it ends").success();
    said.push_str(&complaints.join().expect("the complaints"));
    (content, said)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_printed_and_nothing_secret_is() {
    let internet = Internet::start().await.expect("an internet");
    let provider = Provider::open(&internet, ProviderOptions::default())
        .await
        .expect("a provider");
    let dovecot = DovecotOptions {
        mechanisms: "plain xoauth2 oauthbearer".to_owned(),
        introspection: Some(provider.introspection()),
        ..DovecotOptions::default()
    };
    let stage = Stage::start_with(&dovecot, &PostfixOptions::default()).expect("servers");
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, file, ca) = (
        folder.path().join("profile"),
        folder.path().join("surroundings.json"),
        folder.path().join("ca.pem"),
    );
    let providers = [provider.file(&["localhost"], None)];
    let surroundings = internet.stage_file_with("", &MailPorts::default(), &[], &providers);
    std::fs::write(&file, surroundings).expect("the surroundings");
    std::fs::write(&ca, stage.ca_pem()).expect("the authority");
    let (file, ca) = (file.display().to_string(), ca.display().to_string());
    let lena = address("lena");
    let incoming = format!("localhost:{}:tls", stage.dovecot.imaps());
    let outgoing = format!("localhost:{}:tls", stage.postfix.submissions());
    let add = [
        "account",
        "add",
        "--oauth",
        "--email",
        &lena,
        "--protocol",
        "imap",
        "--incoming",
        &incoming,
        "--outgoing",
        &outgoing,
        "--ca",
        &ca,
        "--surroundings",
        &file,
    ];
    let (content, denied) = sign_in(&provider, start(&profile, &add), Decision::Deny).await;
    assert!(
        !content && denied.contains("The provider did not let Waxwing in."),
        "{denied}"
    );
    let consent = || Decision::Consent(lena.clone());
    let (content, added) = sign_in(&provider, start(&profile, &add), consent()).await;
    assert!(content, "{added}");
    let again = ["account", "password", &lena, "--oauth", "--surroundings", &file];
    let (content, told) = sign_in(&provider, start(&profile, &again), consent()).await;
    assert!(content && told.contains("\"signed_in\":true"), "{told}");

    let synced = start(&profile, &["sync"]).wait_with_output().expect("it ends");
    assert!(synced.status.success(), "{synced:?}");
    let everything = [
        denied,
        added,
        told,
        String::from_utf8_lossy(&synced.stderr).into_owned(),
    ]
    .concat();
    for secret in provider.secrets() {
        assert!(!everything.contains(&secret), "{secret} was written");
    }
    assert!(provider.secrets().len() >= 6, "there was something to be found");
}
