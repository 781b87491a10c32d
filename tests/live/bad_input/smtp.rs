//! An SMTP server that refuses, talks nonsense, hangs up or falls silent at each step of a letter. Before the final dot the
//! letter has not gone and goes later; after it, nobody knows, so it is not sent again without a person's word.

use journeys::{Person, form, server};
use waxwing_model::{Account, Authentication, Protocol, Role, Security, SubmissionState};
use waxwing_testkit::script::{Answer, Script, ScriptedServer, SmtpFault};
use waxwing_testkit::{Stage, address, letters};

use super::Outcome;
use super::sentence::is_a_sentence;

/// The steps of handing a letter over, by what the server hears; an empty text means its greeting.
pub const STEPS: [(&str, &str); 7] = [
    ("the greeting", ""),
    ("the hello", "EHLO"),
    ("the sign-in", "AUTH"),
    ("the sender", "MAIL FROM"),
    ("the recipient", "RCPT TO"),
    ("the letter's announcement", "DATA"),
    ("the end of the letter", "."),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misbehaviour {
    /// 554: never.
    Never,
    /// 451: later.
    Later,
    /// 421: the server is closing (RFC 5321, section 3.8).
    Closing,
    Garbage,
    HangUp,
    /// It takes its time and is in `silence.rs`.
    Nothing,
}

const MISBEHAVIOURS: [Misbehaviour; 5] = [
    Misbehaviour::Never,
    Misbehaviour::Later,
    Misbehaviour::Closing,
    Misbehaviour::Garbage,
    Misbehaviour::HangUp,
];

/// What the person should find in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Tried again by itself.
    Retried,
    /// Waits for the person, with a sentence.
    Refused,
    /// Nobody knows whether it went.
    Unknown,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_never_sent_twice_by_itself_and_never_forgotten() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    for (step, heard) in STEPS {
        for misbehaviour in MISBEHAVIOURS {
            sending(&lena, &stage, step, heard, misbehaviour).await?;
        }
    }
    lena.engine.check_store().await?;
    Ok(())
}

/// A letter whose server goes wrong at one step, and does as it should the next time.
pub async fn sending(
    lena: &Person,
    stage: &Stage,
    step: &str,
    heard: &str,
    misbehaviour: Misbehaviour,
) -> Outcome {
    let case = format!("{misbehaviour:?} at {step}");
    let bad = script(heard, misbehaviour);
    let smtp = ScriptedServer::start(vec![bad, Script::smtp(&SmtpFault::None)]).await?;
    let account = account(lena, stage, smtp.port()).await;
    let raw = letters::simple(&address("lena"), &address("jonas"), "Harbour dues", "Please pay.");
    let submission = lena.engine.send_message(&account, raw).await?;
    let first = lena.engine.submission(submission).await?;
    let outcome = lena.engine.deliver_now(&account, submission).await?;
    let expected = expected(heard, misbehaviour);
    let found = match &outcome.state {
        SubmissionState::Failed { permanent, trouble } => {
            assert!(is_a_sentence(&trouble.sentence), "{case}: {trouble}");
            let words = trouble.detail.as_deref().unwrap_or_default();
            let said = match misbehaviour {
                Misbehaviour::Never => "554 5.7.1 Not from you",
                Misbehaviour::Later => "451 4.3.0 Come back later",
                Misbehaviour::Closing => "421 4.3.2 Down",
                _ => "",
            };
            assert!(
                words.contains(said)
                    && !trouble.sentence.contains(" 4.")
                    && !trouble.sentence.contains(" 5."),
                "{case}: the server's words stand apart: {trouble:?}"
            );
            if *permanent {
                Expected::Refused
            } else {
                Expected::Retried
            }
        }
        SubmissionState::Unknown => Expected::Unknown,
        other => return Err(format!("{case}: {other:?}").into()),
    };
    assert_eq!(found, expected, "{case}: {:?}", outcome.state);
    let taken = whole_letters(&smtp);

    // By itself only what has surely not gone is tried again, and not at once.
    assert_eq!(
        expected == Expected::Retried,
        outcome.send_at > first.send_at,
        "{case}: the next try has a time of its own"
    );
    let again = lena.engine.deliver_now(&account, submission).await?;
    if expected != Expected::Retried {
        assert_eq!(again.state, outcome.state, "{case}: it waits for the person");
        assert_eq!(whole_letters(&smtp), taken, "{case}: nothing was sent");
        lena.engine.retry_submission(submission).await?;
        lena.engine.deliver_now(&account, submission).await?;
    }
    let sent = lena.engine.submission(submission).await?;
    assert!(
        matches!(sent.state, SubmissionState::Sent { .. }),
        "{case}: {sent:?}"
    );
    assert_eq!(whole_letters(&smtp), taken + 1, "{case}: it went out once more");
    assert_eq!(sent.message_id, first.message_id, "{case}: under its own name");
    assert_eq!(
        lena.subjects(Role::Sent).await,
        ["Harbour dues"],
        "{case}: with one copy here"
    );
    lena.engine.remove_account(account.id).await?;
    Ok(())
}

fn expected(heard: &str, misbehaviour: Misbehaviour) -> Expected {
    match (heard, misbehaviour) {
        // The dot is on its way: only an answer tells.
        (".", Misbehaviour::Garbage | Misbehaviour::HangUp | Misbehaviour::Nothing) => Expected::Unknown,
        // A web page where a server should introduce itself: somebody stands in between, for a while.
        ("" | "EHLO", Misbehaviour::Garbage) => Expected::Retried,
        (_, Misbehaviour::Never | Misbehaviour::Garbage) => Expected::Refused,
        _ => Expected::Retried,
    }
}

/// How often the server got a letter up to its final dot.
fn whole_letters(smtp: &ScriptedServer) -> usize {
    smtp.heard().iter().filter(|line| *line == ".").count()
}

async fn account(lena: &Person, stage: &Stage, port: u16) -> Account {
    // POP3, so that the letter's copy is made on this computer and nothing else is asked.
    let mut form = form(stage, "lena", Protocol::Pop3);
    form.outgoing = server(port, Security::Plain, "lena");
    form.outgoing.authentication = Authentication::Plain;
    form.allow_plain = true;
    lena.add_quietly(form).await
}

/// A server that does all as it should up to this step.
fn script(at: &str, misbehaviour: Misbehaviour) -> Script {
    let spoiled = match misbehaviour {
        Misbehaviour::Never => Answer::say("554 5.7.1 Not from you"),
        Misbehaviour::Later => Answer::say("451 4.3.0 Come back later"),
        Misbehaviour::Closing => Answer::Last("421 4.3.2 Down for maintenance".to_owned()),
        Misbehaviour::Garbage => Answer::say("<html>502 Bad Gateway</html>"),
        Misbehaviour::HangUp => Answer::HangUp,
        Misbehaviour::Nothing => Answer::Nothing,
    };
    if at.is_empty() {
        let script = Script::new();
        return match spoiled {
            Answer::Say(text) => script.say(&text).serve([("QUIT", Answer::HangUp)]),
            Answer::Last(text) => script.say(&text).hang_up(),
            Answer::Nothing => script.silence(),
            _ => script.hang_up(),
        };
    }
    let good = [
        ("EHLO", "250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"),
        ("HELO", "250 localhost"),
        ("AUTH", "235 2.7.0 Welcome"),
        ("MAIL FROM", "250 2.1.0 OK"),
        ("RCPT TO", "250 2.1.5 OK"),
        ("QUIT", "221 2.0.0 Bye"),
        ("RSET", "250 2.0.0 OK"),
    ];
    let mut answers: Vec<(String, Answer)> = Vec::new();
    match at {
        "." => answers.push(("DATA".to_owned(), Answer::data("354 Go on", spoiled))),
        at => answers.push((at.to_owned(), spoiled)),
    }
    answers.push((
        "DATA".to_owned(),
        Answer::data("354 Go on", Answer::say("250 2.0.0 Taken")),
    ));
    for (heard, answer) in good {
        answers.push((heard.to_owned(), Answer::say(answer)));
    }
    Script::new().say("220 localhost ESMTP").serve(answers)
}
