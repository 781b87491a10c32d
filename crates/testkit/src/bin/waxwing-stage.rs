//! A stage for tests that are not written in Rust: starts Dovecot and Postfix, prints where they are as one line of
//! JSON, and stops both when its standard input ends, so that nobody can forget them.
//!
//! The only argument is the certificate that both show: `good` (the default), `expired`, `wrong-host` or
//! `self-signed`. Nothing is decided here that `Stage` could decide.

use std::io::{self, Read, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_else(|| "good".to_owned());
    match play(&wanted) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr().lock(), "The stage could not be set up: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(unix)]
fn play(wanted: &str) -> Result<(), Box<dyn std::error::Error>> {
    use waxwing_testkit::{CertificateKind, DovecotOptions, PostfixOptions, Stage};

    let certificate = match wanted {
        "good" => CertificateKind::Good,
        "expired" => CertificateKind::Expired,
        "wrong-host" => CertificateKind::WrongHost,
        "self-signed" => CertificateKind::SelfSigned,
        other => return Err(format!("there is no certificate called {other}").into()),
    };
    let dovecot = DovecotOptions {
        certificate,
        ..DovecotOptions::default()
    };
    let postfix = PostfixOptions {
        certificate,
        ..PostfixOptions::default()
    };
    let stage = Stage::start_with(&dovecot, &postfix)?;
    writeln!(io::stdout().lock(), "{}", programme(&stage))?;
    // Whoever started us holds the other end. Its end, be it by a kill, is the end of the play.
    io::stdin().lock().read_to_end(&mut Vec::new())?;
    drop(stage);
    Ok(())
}

#[cfg(not(unix))]
fn play(_: &str) -> Result<(), Box<dyn std::error::Error>> {
    Err("Dovecot and Postfix run on Unix only".into())
}

/// Where everything is, and who may come in.
#[cfg(unix)]
fn programme(stage: &waxwing_testkit::Stage) -> serde_json::Value {
    use waxwing_testkit::{PASSWORD, PEOPLE, address};

    let (dovecot, postfix) = (&stage.dovecot, &stage.postfix);
    let people: serde_json::Map<String, serde_json::Value> = PEOPLE
        .iter()
        .map(|person| {
            let about = serde_json::json!({
                "email": address(person),
                "password": PASSWORD,
                "maildir": dovecot.maildir(person),
            });
            ((*person).to_owned(), about)
        })
        .collect();
    serde_json::json!({
        // One authority signs for both servers.
        "ca": dovecot.ca_file(),
        "ports": {
            "imap": dovecot.imap(),
            "imaps": dovecot.imaps(),
            "pop3": dovecot.pop3(),
            "pop3s": dovecot.pop3s(),
            "lmtp": dovecot.lmtp(),
            "submission": postfix.submission(),
            "submissions": postfix.submissions(),
            "smtp": postfix.smtp(),
        },
        "people": people,
    })
}
