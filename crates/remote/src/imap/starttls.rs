//! STARTTLS (RFC 9051, section 6.2.1), and nothing without it.
//!
//! The capabilities are not asked for before it, since nobody could be believed: a server that has no STARTTLS
//! says so when it is asked for it, and so does whoever strips it on the way. Not here: TLS itself.

use crate::cleartext::Cleartext;
use crate::{RemoteError, Trust, Wire};

const DOING: &str = "asking for encryption";

/// How many untagged lines are heard before the answer.
const PATIENCE: usize = 100;

pub(super) async fn starttls(mut clear: Cleartext, trust: &Trust) -> Result<Wire, RemoteError> {
    let greeting = clear.read_line().await?;
    match state(&greeting) {
        Some("OK") => {}
        // Signed in already, by whom? Commands would go out in clear (RFC 8314, section 3.2).
        Some("PREAUTH") => {
            return Err(RemoteError::tls_refused(
                clear.host(),
                "it wants to begin without encryption",
            ));
        }
        Some("BYE") => return Err(hung_up(&greeting)),
        _ => return Err(RemoteError::protocol("connecting", greeting)),
    }
    clear.write_line("W0 STARTTLS").await?;
    for _ in 0..PATIENCE {
        let line = clear.read_line().await?;
        if state(&line) == Some("BYE") {
            return Err(hung_up(&line));
        }
        if line.starts_with("* ") {
            continue;
        }
        let answer = line
            .strip_prefix("W0 ")
            .map(|rest| rest.split(' ').next().unwrap_or(rest));
        return match answer {
            Some(word) if word.eq_ignore_ascii_case("OK") => clear.upgrade(trust).await,
            Some(_) => Err(RemoteError::tls_refused(
                clear.host(),
                line.trim_start_matches("W0 "),
            )),
            None => Err(RemoteError::protocol(DOING, line)),
        };
    }
    Err(RemoteError::protocol(
        DOING,
        "the server talks on and does not answer",
    ))
}

/// The state in an untagged condition.
fn state(line: &str) -> Option<&'static str> {
    let word = line.strip_prefix("* ")?.split(' ').next()?;
    ["OK", "PREAUTH", "BYE"]
        .into_iter()
        .find(|state| word.eq_ignore_ascii_case(state))
}

fn hung_up(line: &str) -> RemoteError {
    let words = crate::error::clean(line.get(5..).unwrap_or_default());
    RemoteError::closed(format!("connecting; it said “{words}”"))
}
