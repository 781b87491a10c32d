//! A stage for tests and benchmarks that are not written in Rust: starts Dovecot and Postfix, prints where they are as
//! one line of JSON, and stops both when its standard input ends, so that nobody can forget them.
//!
//! `waxwing-stage [CERTIFICATE] [--no-postfix] [--plain] [--mechanisms M] [--introspection URL] [--separator C] [--prefix P]
//! [--quota Q] [--fill PERSON:COUNT[:SEED]]…`
//!
//! M are the ways of signing in, in Dovecot's words; at URL it asks what a token is worth. CERTIFICATE is what both show: `good`
//! (the default), `expired`, `not-yet-valid`, `wrong-host`, `self-signed` or `unknown-issuer`. Each line on standard input is an order, answered by one line of JSON:
//!
//! - `deliver PERSON MAILBOX FILE`, `fill PERSON MAILBOX COUNT SEED`: letters come in
//! - `letters PERSON MAILBOX`: the letters there
//! - `invalidate PERSON MAILBOX`: the mailbox gets another UIDVALIDITY
//! - `announce [CAPABILITY…]`: Dovecot announces these IMAP capabilities from now on, or its own
//! - `password PERSON PASSWORD`: a person signs in with another password from now on
//! - `certificate CERTIFICATE`: Dovecot shows another certificate from now on
//! - `stop|kill|restart|log dovecot|postfix`

#[cfg(unix)]
#[path = "waxwing-stage/play.rs"]
mod play;

use std::io::{self, Write};
use std::process::ExitCode;

#[cfg(unix)]
use play::play;

fn main() -> ExitCode {
    match play(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(io::stderr().lock(), "The stage could not be set up: {problem}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(unix))]
fn play(_: impl Iterator<Item = String>) -> Result<(), String> {
    Err("Dovecot and Postfix run on Unix only".to_owned())
}
