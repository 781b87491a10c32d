//! Ready scripts for a submission server (RFC 6409) that fails at a given point. Everything before that point
//! works, any password is right, and nothing is kept.

use super::{Answer, Script};

/// Where the server fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmtpFault {
    /// Nowhere.
    None,
    /// The password is wrong.
    Password,
    /// This recipient is unknown (550); the others are taken.
    Recipient(String),
    /// It hangs up when the letter is announced, before a byte of it.
    CutBeforeData,
    /// It hangs up after the final dot without a word: nobody knows whether the letter was taken.
    CutAfterData,
    /// It never answers after the final dot.
    SilenceAfterData,
    /// It says 451 after the final dot: later, please (RFC 5321 section 4.2.1).
    LaterAfterData,
    /// It says 554 after the final dot: never.
    NeverAfterData,
}

impl Script {
    /// A submission server in clear (put it inside TLS with `start_tls`) that fails in one way.
    pub fn smtp(fault: &SmtpFault) -> Script {
        let ok = Answer::say("250 2.0.0 OK");
        let mut answers = vec![
            (
                "EHLO".to_owned(),
                Answer::say("250-localhost\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"),
            ),
            ("HELO".to_owned(), ok.clone()),
            (
                "AUTH".to_owned(),
                match fault {
                    SmtpFault::Password => Answer::say("535 5.7.8 Wrong user name or password"),
                    _ => Answer::say("235 2.7.0 Welcome"),
                },
            ),
            ("MAIL FROM".to_owned(), ok.clone()),
        ];
        if let SmtpFault::Recipient(address) = fault {
            answers.push((
                format!("RCPT TO:<{address}>"),
                Answer::say("550 5.1.1 Nobody of that name lives here"),
            ));
        }
        answers.push(("RCPT TO".to_owned(), ok.clone()));
        let after = match fault {
            SmtpFault::CutAfterData => Answer::HangUp,
            SmtpFault::SilenceAfterData => Answer::Nothing,
            SmtpFault::LaterAfterData => Answer::say("451 4.3.0 Come back later"),
            SmtpFault::NeverAfterData => Answer::say("554 5.6.0 Not this letter"),
            _ => Answer::say("250 2.0.0 Taken"),
        };
        answers.push((
            "DATA".to_owned(),
            match fault {
                SmtpFault::CutBeforeData => Answer::HangUp,
                _ => Answer::data("354 Go on", after),
            },
        ));
        for verb in ["RSET", "NOOP"] {
            answers.push((verb.to_owned(), ok.clone()));
        }
        answers.push(("QUIT".to_owned(), Answer::Last("221 2.0.0 Bye".to_owned())));
        Script::new().say("220 localhost ESMTP").serve(answers)
    }
}
