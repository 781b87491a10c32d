//! Tries the stage's Dovecot by hand-written IMAP and POP3 lines, with no mail library in between.

#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use waxwing_testkit::{Dovecot, DovecotOptions, PASSWORD};

/// A client that sends lines and reads until one begins as expected.
struct Client {
    reader: BufReader<TcpStream>,
}

impl Client {
    fn connect(host: &str, port: u16) -> Client {
        let stream = TcpStream::connect((host, port)).expect("the server listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time-out can be set");
        Client {
            reader: BufReader::new(stream),
        }
    }

    fn say(&mut self, line: &str, until: &str) -> String {
        if !line.is_empty() {
            self.reader
                .get_mut()
                .write_all(format!("{line}\r\n").as_bytes())
                .expect("the line is sent");
        }
        let mut answer = String::new();
        loop {
            let mut next = String::new();
            let count = self
                .reader
                .read_line(&mut next)
                .expect("the server answers in time");
            assert!(count > 0, "the server hung up after {line:?}: {answer}");
            answer.push_str(&next);
            if next.starts_with(until) {
                return answer;
            }
        }
    }

    fn sign_in(dovecot: &Dovecot, user: &str) -> Client {
        let mut client = Client::connect("127.0.0.1", dovecot.imap());
        client.say("", "* OK");
        let answer = client.say(&format!("a LOGIN {user}@waxwing.test \"{PASSWORD}\""), "a ");
        assert!(
            answer.contains("a OK"),
            "the password of the stage is right: {answer}"
        );
        client
    }
}

fn plain() -> DovecotOptions {
    DovecotOptions {
        plaintext_auth: true,
        ..DovecotOptions::default()
    }
}

const LETTER: &[u8] =
    b"From: jonas@waxwing.test\r\nTo: lena@waxwing.test\r\nSubject: Rain\r\n\r\nIt rains.\r\n";

#[test]
fn a_server_starts_and_shows_a_letter_that_was_put_in_byte_for_byte() {
    let dovecot = Dovecot::start(&plain()).expect("Dovecot starts");
    dovecot
        .deliver("lena", "INBOX", LETTER)
        .expect("a letter can be put in");
    dovecot
        .deliver_with_flags("lena", "Archive", LETTER, "FS")
        .expect("a letter can be put into a folder");

    let mut client = Client::sign_in(&dovecot, "lena");
    let list = client.say("b LIST \"\" *", "b ");
    for folder in ["Drafts", "Sent", "Trash", "Junk", "Archive"] {
        assert!(list.contains(folder), "{folder} is missing in {list}");
    }
    assert!(
        client.say("c SELECT INBOX", "c ").contains("* 1 EXISTS"),
        "the letter is in the inbox"
    );
    let body = client.say("d FETCH 1 BODY[]", "d ");
    assert!(
        body.contains(&format!("{{{}}}", LETTER.len())),
        "the size is exact: {body}"
    );
    assert!(
        body.contains(std::str::from_utf8(LETTER).expect("ASCII")),
        "the bytes are as they were: {body}"
    );
    client.say("e SELECT Archive", "e ");
    let flags = client.say("f FETCH 1 FLAGS", "f ");
    assert!(
        flags.contains("\\Flagged") && flags.contains("\\Seen"),
        "flags are kept: {flags}"
    );
}

#[test]
fn a_client_in_idle_hears_of_a_letter_that_is_put_in() {
    let dovecot = Dovecot::start(&plain()).expect("Dovecot starts");
    let mut client = Client::sign_in(&dovecot, "lena");
    client.say("b SELECT INBOX", "b ");
    client.say("c IDLE", "+ ");
    dovecot
        .deliver("lena", "INBOX", LETTER)
        .expect("a letter can be put in");
    assert!(client.say("", "* ").contains("1 EXISTS"), "IDLE tells of it");
}

#[test]
fn invalidate_changes_the_uidvalidity_and_keeps_the_letters() {
    let dovecot = Dovecot::start(&plain()).expect("Dovecot starts");
    dovecot
        .deliver("lena", "INBOX", LETTER)
        .expect("a letter can be put in");
    let validity = |client: &mut Client| {
        let answer = client.say("b SELECT INBOX", "b ");
        assert!(
            answer.contains("* 1 EXISTS"),
            "the letter is still there: {answer}"
        );
        answer
            .split("UIDVALIDITY ")
            .nth(1)
            .and_then(|rest| rest.split(']').next().map(str::to_owned))
    };
    let mut client = Client::sign_in(&dovecot, "lena");
    let before = validity(&mut client);
    drop(client);
    dovecot
        .invalidate("lena", "INBOX")
        .expect("UIDVALIDITY can be changed");
    let after = validity(&mut Client::sign_in(&dovecot, "lena"));
    assert!(before.is_some() && before != after, "{before:?} became {after:?}");
}

#[test]
fn plain_passwords_are_refused_before_tls_unless_asked_for() {
    let options = DovecotOptions {
        listen: Ipv4Addr::new(127, 0, 0, 2).into(),
        ..DovecotOptions::default()
    };
    let dovecot = Dovecot::start(&options).expect("Dovecot starts");
    let greeting = Client::connect("127.0.0.2", dovecot.imap()).say("", "* OK");
    assert!(
        greeting.contains("LOGINDISABLED"),
        "no sign-in in clear: {greeting}"
    );
    assert!(greeting.contains("STARTTLS"), "TLS is offered: {greeting}");
}

#[test]
fn a_killed_server_comes_back_with_the_same_ports_and_mail() {
    let dovecot = Dovecot::start(&plain()).expect("Dovecot starts");
    dovecot
        .deliver("lena", "INBOX", LETTER)
        .expect("a letter can be put in");
    let port = dovecot.imap();
    dovecot.kill();
    assert!(
        TcpStream::connect(("127.0.0.1", port)).is_err(),
        "nobody listens after a kill"
    );
    dovecot.restart().expect("Dovecot starts again");
    assert_eq!(dovecot.imap(), port, "the port is the same");
    let mut client = Client::sign_in(&dovecot, "lena");
    assert!(
        client.say("c SELECT INBOX", "c ").contains("* 1 EXISTS"),
        "the mail is still there"
    );
}

#[test]
fn pop3_gives_the_same_letter() {
    let dovecot = Dovecot::start(&plain()).expect("Dovecot starts");
    dovecot
        .deliver("lena", "INBOX", LETTER)
        .expect("a letter can be put in");
    let mut client = Client::connect("127.0.0.1", dovecot.pop3());
    client.say("", "+OK");
    client.say("USER lena@waxwing.test", "+OK");
    client.say(&format!("PASS {PASSWORD}"), "+OK");
    assert!(
        client.say("STAT", "+OK").starts_with("+OK 1 "),
        "one letter waits"
    );
}

#[test]
fn options_change_the_separator_the_prefix_and_the_capabilities() {
    let options = DovecotOptions {
        separator: '.',
        prefix: "INBOX.".to_owned(),
        capabilities: Some("IMAP4rev1".to_owned()),
        ..plain()
    };
    let dovecot = Dovecot::start(&options).expect("Dovecot starts");
    dovecot
        .deliver("lena", "INBOX.Work.Plans", LETTER)
        .expect("a letter can be put in");
    let mut client = Client::sign_in(&dovecot, "lena");
    let capabilities = client.say("b CAPABILITY", "b ");
    assert!(
        !capabilities.contains("UIDPLUS"),
        "only what was asked for is announced: {capabilities}"
    );
    assert!(
        client
            .say("c SELECT INBOX.Work.Plans", "c ")
            .contains("* 1 EXISTS"),
        "the folder has its letter"
    );
}

#[test]
fn many_servers_run_side_by_side() {
    let servers: Vec<_> = (0..4)
        .map(|_| std::thread::spawn(|| Dovecot::start(&plain()).expect("Dovecot starts")))
        .map(|thread| thread.join().expect("the thread ends well"))
        .collect();
    for dovecot in &servers {
        Client::sign_in(dovecot, "jonas");
    }
}
