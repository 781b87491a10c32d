//! Tries the stage's Postfix by hand-written SMTP lines, with no mail library in between.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use waxwing_testkit::{DovecotOptions, Postfix, PostfixOptions, Stage};

/// `PLAIN` for lena (RFC 4616): NUL, user, NUL, password, in base64.
const LENA: &str = "AGxlbmFAd2F4d2luZy50ZXN0AGNvcnJlY3QgaG9yc2U=";

struct Client {
    reader: BufReader<TcpStream>,
}

impl Client {
    fn connect(port: u16) -> Client {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time-out can be set");
        let mut client = Client {
            reader: BufReader::new(stream),
        };
        assert!(client.answer().starts_with("220 "), "the server greets");
        client
    }

    /// Sends one line and gives the whole reply (RFC 5321 section 4.2.1: the last line has no hyphen).
    fn say(&mut self, line: &str) -> String {
        self.reader
            .get_mut()
            .write_all(format!("{line}\r\n").as_bytes())
            .expect("the line is sent");
        self.answer()
    }

    fn answer(&mut self) -> String {
        let mut answer = String::new();
        loop {
            let mut line = String::new();
            let count = self
                .reader
                .read_line(&mut line)
                .expect("the server answers in time");
            assert!(count > 0, "the server hung up: {answer}");
            answer.push_str(&line);
            if line.as_bytes().get(3) != Some(&b'-') {
                return answer;
            }
        }
    }
}

fn open_stage() -> Stage {
    let postfix = PostfixOptions {
        plaintext_auth: true,
        ..PostfixOptions::default()
    };
    Stage::start_with(&DovecotOptions::default(), &postfix).expect("the stage starts")
}

fn wait_for_letter(stage: &Stage, user: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let letters = stage
            .dovecot
            .letters(user, "INBOX")
            .expect("the mailbox can be read");
        if let Some(letter) = letters.into_iter().next() {
            return String::from_utf8_lossy(&letter).into_owned();
        }
        assert!(
            Instant::now() < deadline,
            "no letter came; Postfix says:\n{}",
            stage.postfix.log()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn send(postfix: &Postfix, from: &str, to: &str) -> String {
    let mut client = Client::connect(postfix.submission());
    client.say("EHLO localhost");
    let answer = client.say(&format!("AUTH PLAIN {LENA}"));
    assert!(
        answer.starts_with("235"),
        "the password of the stage is right: {answer}"
    );
    client.say(&format!("MAIL FROM:<{from}>"));
    let answer = client.say(&format!("RCPT TO:<{to}>"));
    if !answer.starts_with("250") {
        return answer;
    }
    client.say("DATA");
    client.say(&format!(
        "From: {from}\r\nTo: {to}\r\nSubject: Rain\r\n\r\nIt rains.\r\n."
    ))
}

#[test]
fn a_letter_that_is_sent_arrives_in_the_other_mailbox() {
    let stage = open_stage();
    let answer = send(&stage.postfix, "lena@waxwing.test", "jonas@waxwing.test");
    assert!(answer.starts_with("250"), "the letter is taken: {answer}");
    assert!(
        wait_for_letter(&stage, "jonas").contains("It rains."),
        "the letter is whole"
    );
}

#[test]
fn strangers_unknown_people_and_wrong_passwords_are_refused() {
    let stage = open_stage();
    let unknown = send(&stage.postfix, "lena@waxwing.test", "nobody@waxwing.test");
    assert!(
        unknown.starts_with("550"),
        "nobody of that name lives here: {unknown}"
    );
    let mut client = Client::connect(stage.postfix.submission());
    client.say("EHLO localhost");
    client.say("MAIL FROM:<lena@waxwing.test>");
    let stranger = client.say("RCPT TO:<jonas@waxwing.test>");
    assert!(
        stranger.starts_with('5'),
        "nobody sends without a password: {stranger}"
    );
    client.say("RSET");
    let wrong = client.say("AUTH PLAIN AGxlbmFAd2F4d2luZy50ZXN0AHdyb25n");
    assert!(wrong.starts_with("535"), "a wrong password is refused: {wrong}");
}

#[test]
fn tls_is_offered_and_asked_for_before_a_password() {
    let stage = Stage::start().expect("the stage starts");
    let mut client = Client::connect(stage.postfix.submission());
    let greeting = client.say("EHLO localhost");
    assert!(
        greeting.contains("STARTTLS") && !greeting.contains("AUTH"),
        "first TLS: {greeting}"
    );
    assert!(
        client.say("MAIL FROM:<lena@waxwing.test>").starts_with("530"),
        "nothing goes in clear"
    );
}

#[test]
fn what_is_queued_while_dovecot_is_away_arrives_later() {
    let stage = open_stage();
    let mut client = Client::connect(stage.postfix.submission());
    client.say("EHLO localhost");
    client.say(&format!("AUTH PLAIN {LENA}"));
    stage.dovecot.kill();
    client.say("MAIL FROM:<lena@waxwing.test>");
    client.say("RCPT TO:<jonas@waxwing.test>");
    client.say("DATA");
    client.say("Subject: Later\r\n\r\nIt rained.\r\n.");
    stage.postfix.kill();
    stage.dovecot.restart().expect("Dovecot starts again");
    stage.postfix.restart().expect("Postfix starts again");
    assert!(
        wait_for_letter(&stage, "jonas").contains("It rained."),
        "the queue outlives a kill"
    );
}
