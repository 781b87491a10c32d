//! A server must not outlive the test that started it, even when the test is killed. This test starts itself
//! again as a child process that holds a Dovecot, and kills the child.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use waxwing_testkit::{Dovecot, DovecotOptions};

const HOLD: &str = "WAXWING_TEST_HOLDS_A_SERVER";

#[test]
fn a_server_ends_and_its_folder_goes_when_the_test_is_killed() {
    if std::env::var_os(HOLD).is_some() {
        let dovecot = Dovecot::start(&DovecotOptions::default()).expect("Dovecot starts");
        eprintln!("HOLDS {} {}", dovecot.imap(), dovecot.ca_file().display());
        std::thread::sleep(Duration::from_secs(600));
        return;
    }
    let mut child = Command::new(std::env::current_exe().expect("a test knows its program"))
        .args([
            "--exact",
            "a_server_ends_and_its_folder_goes_when_the_test_is_killed",
            "--nocapture",
        ])
        .env(HOLD, "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the test starts again");
    let lines = BufReader::new(child.stderr.take().expect("standard error is a pipe")).lines();
    let held = lines
        .map_while(Result::ok)
        .find(|line| line.starts_with("HOLDS "))
        .expect("the child holds a server");
    let mut words = held.split(' ').skip(1);
    let port: u16 = words.next().and_then(|word| word.parse().ok()).expect("a port");
    let file = words.next().expect("a file").to_owned();
    assert!(
        TcpStream::connect(("127.0.0.1", port)).is_ok(),
        "the server listens while the child lives"
    );

    child.kill().expect("the child can be killed");
    child.wait().expect("the child is gone");
    let deadline = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_ok() || Path::new(&file).exists() {
        assert!(
            Instant::now() < deadline,
            "the server or its folder outlived the test that started it"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}
