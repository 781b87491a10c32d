//! The program panics with a marker password in its hands, one that was typed or that the vault gave and that a server has just
//! taken, and what it says then is searched for it.
//!
//! Nothing in the program is made to panic for this test. Where the system gives it no further thread for what blocks, the runtime
//! panics. The proxy holds the server's word that the password was right until the threads that idle have gone and no room is left
//! for a new one's stack; what comes next is to keep the password.
#![cfg(target_os = "linux")]
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

mod marker;

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use marker::{files, holds, spellings};
use waxwing_testkit::proxy::{Action, Proxy, ProxyTls, Rule, When};
use waxwing_testkit::{Certificates, Stage, address};

const PASSWORD: &str = "Zq7heronPANICmarker4417";
const PASSPHRASE: &str = "Vw5heronPHRASEmarker6628";

const PATIENCE: Duration = Duration::from_secs(120);
/// For what is small. The stack of a thread is two megabytes.
const SPARE: u64 = 1 << 20;
/// As Dovecot says that somebody is signed in.
const SIGNED_IN: &str = "Logged in";
const PANIC: &str = "OS can't spawn worker thread";

fn start(profile: &Path, words: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_waxwing-cli"))
        .args(["--json", "--profile"])
        .arg(profile)
        .args(words)
        .env("WAXWING_LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .env("WAXWING_KEYRING", "none")
        .env("WAXWING_PASSPHRASE", PASSPHRASE)
        // So that the others of its kind are known to be those that idle.
        .env("TOKIO_WORKER_THREADS", "1")
        // A stack that was given back is room for the next thread otherwise.
        .env("GLIBC_TUNABLES", "glibc.pthread.stack_cache_size=0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs")
}

/// Waits until its runtime has its one worker and no other thread, and leaves it no room for another.
fn leave_no_room(process: u32) {
    let folder = Path::new("/proc").join(process.to_string());
    let threads = || {
        let tasks = fs::read_dir(folder.join("task")).expect("its threads");
        let names = tasks
            .flatten()
            .map(|task| fs::read_to_string(task.path().join("comm")));
        names
            .flatten()
            .filter(|name| name.trim_end() == "tokio-rt-worker")
            .count()
    };
    let until = Instant::now() + PATIENCE;
    while threads() != 1 {
        assert!(Instant::now() < until, "its threads do not idle");
        thread::sleep(Duration::from_millis(20));
    }
    let status = fs::read_to_string(folder.join("status")).expect("its status");
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kilobytes = size.and_then(|size| size.trim().strip_suffix(" kB"));
    let octets = kilobytes
        .and_then(|text| text.parse::<u64>().ok())
        .expect("a size")
        * 1024;
    let done = Command::new("prlimit")
        .args(["--pid", &process.to_string()])
        .arg(format!("--as={}", octets + SPARE))
        .status()
        .expect("prlimit is installed (package util-linux)");
    assert!(done.success(), "it has a limit now");
}

/// What comes of a pipe, as it comes.
fn overheard(mut pipe: impl Read + Send + 'static) -> Arc<Mutex<Vec<u8>>> {
    let said = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&said);
    thread::spawn(move || {
        let mut some = [0; 4096];
        while let Ok(count @ 1..) = pipe.read(&mut some) {
            let some = some.get(..count).unwrap_or_default();
            all.lock().expect("nobody panics here").extend_from_slice(some);
        }
    });
    said
}

/// Runs the program until it has panicked behind its sign-in, and gives all that it said.
fn panics(proxy: &Proxy, profile: &Path, words: &[&str], line: &str) -> Vec<u8> {
    let mut child = start(profile, words);
    let process = child.id();
    let rule = Rule::to_client(
        When::line(SIGNED_IN),
        Action::first(move || leave_no_room(process)),
    );
    proxy.add(rule);
    let said = [
        overheard(child.stderr.take().expect("a pipe")),
        overheard(child.stdout.take().expect("a pipe")),
    ];
    let mut input = child.stdin.take().expect("it reads");
    // Where nothing is asked for, nobody listens.
    let _ = writeln!(input, "{line}");
    drop(input);
    let heard = || {
        said.each_ref()
            .map(|one| one.lock().expect("nobody panics here").clone())
            .concat()
    };
    let until = Instant::now() + PATIENCE;
    while !holds(&heard(), PANIC.as_bytes()) {
        let text = heard();
        let tail = String::from_utf8_lossy(text.get(text.len().saturating_sub(4_000)..).unwrap_or_default());
        let ended = child.try_wait().expect("it can be asked");
        let has_panicked = holds(&heard(), PANIC.as_bytes());
        assert!(
            has_panicked || (ended.is_none() && Instant::now() < until),
            "{words:?} did not panic, and ended with {ended:?}: …{tail}"
        );
        thread::sleep(Duration::from_millis(50));
    }
    // What stands behind the first line comes with it, and a program whose work has ended so may go on with the rest.
    let until = Instant::now() + Duration::from_secs(3);
    while child.try_wait().expect("it can be asked").is_none() && Instant::now() < until {
        thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    child.wait().expect("it ends");
    proxy.clear();
    heard()
}

fn expect_no_marker(place: &str, bytes: &[u8]) {
    for secret in [PASSWORD, PASSPHRASE] {
        for spelling in spellings(secret) {
            assert!(
                !holds(bytes, &spelling),
                "{place} holds {}",
                String::from_utf8_lossy(&spelling)
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_panics_with_a_password_in_its_hands_does_not_tell_it() {
    let stage = Stage::start().expect("servers");
    stage.dovecot.set_password("lena", PASSWORD).expect("a password");
    stage.postfix.restart().expect("it asks the new Dovecot");
    let certificates = Certificates::new();
    let door = SocketAddr::from((Ipv4Addr::LOCALHOST, stage.dovecot.imaps()));
    let tls = ProxyTls::Both(certificates.good(), stage.ca_pem().to_owned());
    let proxy = Proxy::start(door, tls).await.expect("a proxy");
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("another folder");
    let ca = elsewhere.path().join("ca.pem");
    fs::write(&ca, [stage.ca_pem(), &certificates.ca_pem].concat()).expect("the authorities");
    let lena = address("lena");
    let incoming = format!("localhost:{}:tls", proxy.port());
    let outgoing = format!("localhost:{}:tls", stage.postfix.submissions());
    let add = [
        "account",
        "add",
        "--email",
        &lena,
        "--protocol",
        "imap",
        "--incoming",
        &incoming,
        "--outgoing",
        &outgoing,
        "--ca",
        ca.to_str().expect("a path"),
    ];
    let said = panics(&proxy, folder.path(), &add, PASSWORD);

    // Where it panicked the account may stand already.
    let another = tempfile::tempdir().expect("a folder");
    let mut child = start(another.path(), &add);
    writeln!(child.stdin.take().expect("it reads"), "{PASSWORD}").expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "with room enough the same goes well");

    // The same password as the vault gives it, which was opened with the passphrase a moment before.
    let again = [
        "account",
        "servers",
        &lena,
        "--incoming",
        &incoming,
        "--outgoing",
        &outgoing,
    ];
    let opened = panics(&proxy, another.path(), &again, "");

    for (when, said) in [("as it was typed", said), ("as it was opened", opened)] {
        let text = String::from_utf8_lossy(&said);
        assert!(
            text.contains("panicked at"),
            "it is the program's own word: {text}"
        );
        assert!(text.contains("stack backtrace"), "and where it was: {text}");
        expect_no_marker(when, &said);
    }
    for profile in [folder, another] {
        let kept = files(profile.path());
        assert!(
            kept.iter().any(|(name, _)| name.ends_with("waxwing.db")),
            "the profile was looked through"
        );
        for (name, bytes) in kept {
            expect_no_marker(&name, &bytes);
        }
    }
}
