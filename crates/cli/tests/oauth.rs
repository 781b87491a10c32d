//! Signing in in a browser, by the command line: the address is printed and waited for, and neither a code nor a token is ever
//! written anywhere, however much is logged.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::provider::Decision;
use waxwing_testkit::web::Page;
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

/// An internet in which Nordlicht signs people in, and the file by which a program lives in it.
async fn nordlicht(folder: &Path, known: bool) -> (Internet, Provider, String) {
    let internet = Internet::start().await.expect("an internet");
    let provider = Provider::open(&internet, ProviderOptions::default())
        .await
        .expect("a provider");
    let files = match known {
        true => vec![provider.file(&["localhost"], None)],
        false => Vec::new(),
    };
    let surroundings = internet.stage_file_with("", &MailPorts::default(), &[], &files);
    let file = folder.join("surroundings.json");
    std::fs::write(&file, surroundings).expect("the surroundings");
    (internet, provider, file.display().to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_is_the_issuer_that_the_person_or_the_domain_names_and_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let (internet, provider, file) = nordlicht(folder.path(), false).await;
    let profile = folder.path().join("profile");
    let add = |email: &'static str, host: &str, further: &[&str]| {
        let server = |port: u16| format!("{host}:{port}:tls");
        let words = [
            "account",
            "add",
            "--oauth",
            "--no-check",
            "--protocol",
            "imap",
            "--email",
            email,
        ];
        let mut words: Vec<String> = words.map(str::to_owned).to_vec();
        words.extend([
            "--incoming".to_owned(),
            server(993),
            "--outgoing".to_owned(),
            server(465),
        ]);
        words.extend(["--surroundings".to_owned(), file.clone()]);
        words.extend(further.iter().map(|word| (*word).to_owned()));
        words
    };
    let start = |words: &[String]| start(&profile, &words.iter().map(String::as_str).collect::<Vec<_>>());
    let refused = |words: &[String]| {
        let output = start(words).wait_with_output().expect("it ends");
        assert!(!output.status.success(), "it is refused");
        [output.stdout, output.stderr]
            .map(|said| String::from_utf8_lossy(&said).into_owned())
            .concat()
    };
    let lena = || Decision::Consent("lena@nordlicht.test".to_owned());
    let issuer = Provider::issuer();

    // Nobody is known for these servers, and the domain names nobody.
    let told = refused(&add("lena@nordlicht.test", "mail.nordlicht.test", &[]));
    assert!(
        told.contains("obody is known at whose page one signs in"),
        "{told}"
    );
    // An issuer that a person names gets servers of its own domain alone.
    let told = refused(&add("lena@fjord.test", "mail.fjord.test", &["--issuer", &issuer]));
    assert!(
        told.contains("obody is known at whose page one signs in"),
        "{told}"
    );
    assert_eq!(provider.heard().registrations, 0, "nobody was asked so far");

    let named = add(
        "lena@nordlicht.test",
        "mail.nordlicht.test",
        &["--issuer", &issuer],
    );
    let (content, said) = sign_in(&provider, start(&named), lena()).await;
    assert!(content, "{said}");
    let heard = provider.heard();
    assert_eq!(
        (heard.registrations, heard.exchanges),
        (1, 1),
        "by name: {heard:?}"
    );

    // The domain's own word, as the search for its servers finds it; the client id is known by now.
    let page = format!(
        "<clientConfig><emailProvider id=\"nordlicht.test\"><domain>nordlicht.test</domain>\
         <incomingServer type=\"imap\"><hostname>mail.nordlicht.test</hostname><port>993</port>\
         <socketType>SSL</socketType></incomingServer><outgoingServer type=\"smtp\">\
         <hostname>mail.nordlicht.test</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>\
         </emailProvider><oAuth2><issuer>{issuer}</issuer></oAuth2></clientConfig>"
    );
    internet.publish("autoconfig.nordlicht.test/mail/config-v1.1.xml", Page::Body(page));
    // A server that does not exist is left out, and its issuer with it.
    internet.publish("mail.nordlicht.test/", Page::Status(404));
    let found = add("post@nordlicht.test", "mail.nordlicht.test", &[]);
    let post = || Decision::Consent("post@nordlicht.test".to_owned());
    let (content, stranger) = sign_in(&provider, start(&found), lena()).await;
    assert!(
        !content && stranger.contains("You signed in as lena@nordlicht.test"),
        "{stranger}"
    );
    let (content, said_then) = sign_in(&provider, start(&found), post()).await;
    assert!(content, "{said_then}");
    assert_eq!(provider.heard().registrations, 1, "a client id is asked for once");
    // What is known of it need not be named again.
    let again = [
        "account",
        "password",
        "post@nordlicht.test",
        "--oauth",
        "--surroundings",
        &file,
    ];
    let again: Vec<String> = again.map(str::to_owned).to_vec();
    let (content, untried) = sign_in(&provider, start(&again), post()).await;
    assert!(
        !content && untried.contains("mail.nordlicht.test"),
        "there is no server: {untried}"
    );

    let everything = [told, said, stranger, said_then, untried].concat();
    for secret in provider.secrets() {
        assert!(!everything.contains(&secret), "{secret} was written");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_printed_and_nothing_secret_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_internet, provider, file) = nordlicht(folder.path(), true).await;
    let dovecot = DovecotOptions {
        mechanisms: "plain xoauth2 oauthbearer".to_owned(),
        introspection: Some(provider.introspection()),
        ..DovecotOptions::default()
    };
    let stage = Stage::start_with(&dovecot, &PostfixOptions::default()).expect("servers");
    let (profile, ca) = (folder.path().join("profile"), folder.path().join("ca.pem"));
    std::fs::write(&ca, stage.ca_pem()).expect("the authority");
    let ca = ca.display().to_string();
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
    // The server that sends alone, from then on by itself.
    let sending = [
        "account",
        "password",
        &lena,
        "--oauth",
        "--outgoing",
        "--surroundings",
        &file,
    ];
    let (content, apart) = sign_in(&provider, start(&profile, &sending), consent()).await;
    let tried = |door: &str| apart.contains(&format!("\"door\":\"{door}\""));
    assert!(content && tried("outgoing") && !tried("incoming"), "{apart}");

    let synced = start(&profile, &["sync"]).wait_with_output().expect("it ends");
    assert!(synced.status.success(), "{synced:?}");
    let everything = [
        denied,
        added,
        told,
        apart,
        String::from_utf8_lossy(&synced.stderr).into_owned(),
    ]
    .concat();
    for secret in provider.secrets() {
        assert!(!everything.contains(&secret), "{secret} was written");
    }
    assert!(provider.secrets().len() >= 6, "there was something to be found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_id_of_ones_own_is_typed_once_and_its_secret_is_never_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let internet = Internet::start().await.expect("an internet");
    let options = ProviderOptions {
        registers: false,
        ..ProviderOptions::default()
    };
    let provider = Provider::open(&internet, options).await.expect("a provider");
    let files = [provider.whole_file(&["mail.nordlicht.test"], None)];
    let file = folder.path().join("surroundings.json");
    let surroundings = internet.stage_file_with("", &MailPorts::default(), &[], &files);
    std::fs::write(&file, surroundings).expect("the surroundings");
    let (profile, file) = (folder.path().join("profile"), file.display().to_string());
    let add = [
        "account",
        "add",
        "--oauth",
        "--no-check",
        "--protocol",
        "imap",
        "--email",
        "lena@nordlicht.test",
        "--incoming",
        "mail.nordlicht.test:993:tls",
        "--outgoing",
        "mail.nordlicht.test:465:tls",
        "--surroundings",
        &file,
    ];
    let output = start(&profile, &add).wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && told.contains("no client id"),
        "nobody else has one: {told}"
    );

    provider.knows_client("lenas-own");
    let own = [
        "--client-id",
        "lenas-own",
        "--client-secret",
        "heronCLIENTmarker8812",
    ];
    let consent = || Decision::Consent("lena@nordlicht.test".to_owned());
    let (content, added) = sign_in(
        &provider,
        start(&profile, &[&add[..], &own[..]].concat()),
        consent(),
    )
    .await;
    assert!(content && added.contains("client_id=lenas-own"), "{added}");
    let again = [
        "account",
        "password",
        "lena@nordlicht.test",
        "--oauth",
        "--surroundings",
        &file,
    ];
    let (_, known) = sign_in(&provider, start(&profile, &again), consent()).await;
    assert!(known.contains("client_id=lenas-own"), "it is known: {known}");
    assert_eq!(provider.heard().exchanges, 2);
    let everything = [told, added, known].concat();
    assert!(!everything.contains("heronCLIENTmarker"), "{everything}");
    for secret in provider.secrets() {
        assert!(!everything.contains(&secret), "{secret} was written");
    }
}
