//! A marker password is looked for in the memory of a program that has signed in with it: with a password that came on standard
//! input, and with one that was opened from the store. The program is stopped while it is looked at. The first is held where it
//! has done all of its work. The second goes on for as long as it is let, and a connection that is just made has the password: what
//! is left in memory by mistake stays, so it is looked at until there is none. Nothing depends on how fast it is.
//!
//! Only Linux shows a program's memory as a file.
#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, PipeReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use waxwing_testkit::{Stage, address};

const PASSWORD: &str = "Zq7heronMEMORYmarker4417";
/// It is in the environment of the program, where it may be found: that is the test of the search itself.
const PASSPHRASE: &str = "Vw5heronPHRASEmarker6628";

const PAGE: usize = 4096;

const PATIENCE: Duration = Duration::from_secs(120);

fn command(profile: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"));
    command
        .args(["--json", "--profile"])
        .arg(profile)
        .args(words)
        .env("WAXWING_LOG", "off")
        .env("WAXWING_KEYRING", "none")
        .env("WAXWING_PASSPHRASE", PASSPHRASE)
        .stdin(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// RFC 4648, section 4, wherever in a message it begins, without its ends, which hold bits of what stands beside it.
fn spellings(secret: &str) -> Vec<Vec<u8>> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut all = vec![secret.as_bytes().to_vec()];
    for before in 0..3 {
        let padded = [&vec![0; before], secret.as_bytes()].concat();
        let text: Vec<u8> = padded
            .chunks_exact(3)
            .flat_map(|three| {
                let bits = three
                    .iter()
                    .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
                [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift) as usize & 63])
            })
            .collect();
        all.push(text[4..].to_vec());
    }
    all
}

/// How often each of these stands in what the program may write to: its heap, its stacks, and all that it has mapped for itself.
fn found(child: &Child, wanted: &[Vec<u8>]) -> Vec<usize> {
    let folder = Path::new("/proc").join(child.id().to_string());
    let maps = fs::read_to_string(folder.join("maps")).expect("what it has mapped");
    let mut memory = File::open(folder.join("mem")).expect("its memory, as its parent may read it");
    let mut counts = vec![0; wanted.len()];
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line
            .split_once(' ')
            .and_then(|(range, _)| range.split_once('-'))
            .expect("a range");
        let (from, to) = (
            u64::from_str_radix(from, 16).expect("a number"),
            u64::from_str_radix(to, 16).expect("a number"),
        );
        let bytes = read(&mut memory, from, to);
        for (count, secret) in counts.iter_mut().zip(wanted) {
            *count += bytes
                .windows(secret.len())
                .filter(|window| window == secret)
                .count();
        }
    }
    counts
}

/// Page by page: some of what is mapped is never there, and what stands beside it is.
fn read(memory: &mut File, from: u64, to: u64) -> Vec<u8> {
    let mut bytes = vec![0; usize::try_from(to - from).expect("it fits")];
    for (at, page) in (from..).step_by(PAGE).zip(bytes.chunks_mut(PAGE)) {
        memory.seek(SeekFrom::Start(at)).expect("it can be read anywhere");
        if memory.read_exact(page).is_err() {
            page.fill(0);
        }
    }
    bytes
}

/// Sends the program a signal.
fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(sent.expect("kill(1) runs").success(), "{signal}");
}

/// Looks at the program while it stands still, each of its threads.
fn standing_still<T>(child: &Child, look: impl FnOnce() -> T) -> T {
    send(child, "-STOP");
    let tasks = Path::new("/proc").join(child.id().to_string()).join("task");
    let until = Instant::now() + PATIENCE;
    // The state stands behind the name, which is in brackets (proc_pid_stat(5)).
    let moves = |stat: &str| !stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T'));
    while fs::read_dir(&tasks)
        .into_iter()
        .flatten()
        .flatten()
        .any(|task| fs::read_to_string(task.path().join("stat")).is_ok_and(|stat| moves(&stat)))
    {
        assert!(Instant::now() < until, "it does not stop");
        std::thread::sleep(Duration::from_millis(5));
    }
    let seen = look();
    send(child, "-CONT");
    seen
}

/// A pipe that nothing more fits into.
fn full_pipe() -> (PipeReader, std::io::PipeWriter) {
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    // As many octets as a pipe of Linux holds (pipe(7), "Pipe capacity").
    writer.write_all(&[b' '; 65_536]).expect("there is room");
    (reader, writer)
}

/// Waits until the program wants to say what came of it, which it cannot.
fn wait_until_it_speaks(child: &mut Child) {
    let tasks = Path::new("/proc").join(child.id().to_string()).join("task");
    let until = Instant::now() + PATIENCE;
    loop {
        assert!(child.try_wait().expect("it can be asked").is_none(), "it ended");
        let speaks = fs::read_dir(&tasks).into_iter().flatten().flatten().any(|task| {
            let call = fs::read_to_string(task.path().join("syscall")).unwrap_or_default();
            // write(2), of most processors and of x86-64, to standard output.
            call.starts_with("1 0x1 ") || call.starts_with("64 0x1 ")
        });
        if speaks {
            return;
        }
        assert!(Instant::now() < until, "it says nothing");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// How often the password stands in the memory: as it is, and in Base64 at three places.
fn passwords_in(child: &Child) -> Vec<usize> {
    let mut wanted = spellings(PASSWORD);
    wanted.push(PASSPHRASE.as_bytes().to_vec());
    let mut counts = standing_still(child, || found(child, &wanted));
    let environment = counts.pop().unwrap_or_default();
    assert!(environment > 0, "the search would find what is there");
    counts
}

fn require_no_core_file(child: &Child) {
    let limits = Path::new("/proc").join(child.id().to_string()).join("limits");
    let limits = fs::read_to_string(limits).expect("its limits");
    let core = limits.lines().find(|line| line.starts_with("Max core file size"));
    let soft = core.and_then(|line| line.split_whitespace().nth(4));
    assert_eq!(soft, Some("0"), "it asks for no core file");
}

#[test]
fn a_password_is_not_in_the_memory_of_a_program_that_has_signed_in_with_it() {
    let stage = Stage::start().expect("servers");
    stage.dovecot.set_password("lena", PASSWORD).expect("a password");
    stage.postfix.restart().expect("it asks the new Dovecot");
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("another folder");
    let ca = elsewhere.path().join("ca.pem");
    fs::write(&ca, stage.ca_pem()).expect("the authority");
    let lena = address("lena");
    let incoming = format!("localhost:{}:tls", stage.dovecot.imaps());
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

    let (reader, writer) = full_pipe();
    let mut child = command(folder.path(), &add)
        .stdout(writer)
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("it reads");
    writeln!(input, "{PASSWORD}").expect("it listens");
    drop(input);
    wait_until_it_speaks(&mut child);
    assert_eq!(passwords_in(&child), [0; 4], "typed, and nowhere any more");
    require_no_core_file(&child);
    let said = std::thread::spawn(move || {
        let mut text = String::new();
        let mut reader = reader;
        reader.read_to_string(&mut text).map(|_| text)
    });
    assert!(child.wait().expect("it ends").success(), "the account was added");
    assert!(
        said.join().expect("it reads").expect("text").contains(&lena),
        "and told"
    );

    let mut child = command(folder.path(), &["watch"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut lines = BufReader::new(child.stdout.take().expect("it speaks")).lines();
    let settled = lines
        .by_ref()
        .map_while(Result::ok)
        .any(|line| line.contains("upToDate"));
    assert!(settled, "it has signed in and waits for news");
    let until = Instant::now() + PATIENCE;
    while passwords_in(&child) != [0; 4] {
        assert!(
            Instant::now() < until,
            "opened from the store, it stays in the memory"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
}
