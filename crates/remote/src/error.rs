//! What can go wrong between here and a server: what we were doing, and what the server said to it.
//!
//! Not here: whether to try again and when. That is the engine's, which asks [`RemoteError::is_transient`].

use std::io;

use waxwing_model::{RefusedCertificate, Trouble, TroubleKind};

pub use crate::certificate::problem::CertificateProblem;
use crate::oauth::SignInError;
use crate::overheard::Speaks;
use crate::wait::Wait;

/// A failure on the wire. `doing` is a phrase such as "signing in".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RemoteError {
    #[error("cannot reach {host}:{port}")]
    Unreachable {
        host: String,
        port: u16,
        #[source]
        source: io::Error,
    },
    #[error("{doing}: the server stopped answering")]
    TimedOut { doing: String },
    #[error("the certificate of {host} is not acceptable: {problem}")]
    Certificate {
        host: String,
        problem: CertificateProblem,
        /// What the server showed, where it showed one.
        shown: Option<Box<RefusedCertificate>>,
    },
    /// TLS was wanted and the other side would not, or could not, or played tricks before it.
    #[error("{host} does not speak TLS as asked: {detail}")]
    TlsRefused { host: String, detail: String },
    #[error("signing in: the server says {reply:?}")]
    AuthenticationFailed { reply: String },
    /// What answers there is not what the settings say. `place` is a host and a port.
    #[error("{place} answers otherwise than the settings say: {speaks:?}")]
    WrongPort { place: String, speaks: Speaks },
    /// The token that stands for a password is not taken, for this reason.
    #[error("signing in: the server does not take the access token: {reason}")]
    TokenRefused { reason: String },
    /// The server does not prove what it must, so it may not be the one that we mean.
    #[error("signing in: the server is not believed: {detail}")]
    NotBelieved { detail: String },
    /// No way of signing in is common to the settings and the server.
    #[error("signing in: the server takes another method only ({offered})")]
    MethodRefused { offered: String },
    /// NO, BAD, `-ERR` or 5xx.
    #[error("{doing}: the server refused with {reply:?}")]
    Refused { doing: String, reply: String },
    /// `[UNAVAILABLE]`, `[IN-USE]` (RFC 5530), `[SYS/TEMP]` (RFC 3206) or 4xx.
    #[error("{doing}: the server cannot at the moment and says {reply:?}")]
    Temporary {
        doing: String,
        reply: String,
        wait: Wait,
    },
    /// The answer breaks the protocol.
    #[error("{doing}: the server's answer cannot be understood: {detail}")]
    Protocol { doing: String, detail: String },
    /// Something was larger or deeper than we take. Nothing more is read from that connection.
    #[error("the server sent more than is taken: {what}")]
    Limit { what: String },
    /// End of stream, BYE or a reset.
    #[error("{doing}: the server closed the connection")]
    Closed { doing: String },
    /// In the browser, or with what came of it.
    #[error("signing in: {0}")]
    SignIn(#[from] SignInError),
    /// What was asked for is not there any more.
    #[error("what was asked for is no longer there")]
    Gone,
}

impl RemoteError {
    pub fn timed_out(doing: impl Into<String>) -> Self {
        Self::TimedOut { doing: doing.into() }
    }

    pub fn closed(doing: impl Into<String>) -> Self {
        Self::Closed { doing: doing.into() }
    }

    pub fn limit(what: impl Into<String>) -> Self {
        Self::Limit { what: what.into() }
    }

    /// `detail` may hold words of the server; they are cleaned here.
    pub fn protocol(doing: impl Into<String>, detail: impl AsRef<str>) -> Self {
        Self::Protocol {
            doing: doing.into(),
            detail: clean(detail.as_ref()),
        }
    }

    pub fn refused(doing: impl Into<String>, reply: impl AsRef<str>) -> Self {
        Self::Refused {
            doing: doing.into(),
            reply: clean(reply.as_ref()),
        }
    }

    pub fn temporary(doing: impl Into<String>, reply: impl AsRef<str>) -> Self {
        Self::waits(doing, reply, Wait::AWhile)
    }

    pub fn waits(doing: impl Into<String>, reply: impl AsRef<str>, wait: Wait) -> Self {
        Self::Temporary {
            doing: doing.into(),
            reply: clean(reply.as_ref()),
            wait,
        }
    }

    pub fn authentication_failed(reply: impl AsRef<str>) -> Self {
        Self::AuthenticationFailed {
            reply: clean(reply.as_ref()),
        }
    }

    pub fn token_refused(reason: impl AsRef<str>) -> Self {
        Self::TokenRefused {
            reason: clean(reason.as_ref()),
        }
    }

    pub fn not_believed(detail: impl AsRef<str>) -> Self {
        Self::NotBelieved {
            detail: clean(detail.as_ref()),
        }
    }

    pub fn tls_refused(host: &str, detail: impl AsRef<str>) -> Self {
        Self::TlsRefused {
            host: host.to_owned(),
            detail: clean(detail.as_ref()),
        }
    }

    /// What an error of the stream means once the connection stands.
    pub fn from_io(doing: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut => Self::timed_out(doing),
            io::ErrorKind::InvalidData => Self::protocol(doing, error.to_string()),
            _ => Self::closed(doing),
        }
    }

    pub fn kind(&self) -> TroubleKind {
        match self {
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Closed { .. } => {
                TroubleKind::Unreachable
            }
            Self::Certificate {
                problem: CertificateProblem::Changed { .. },
                ..
            } => TroubleKind::ChangedCertificate,
            Self::Certificate { .. } => TroubleKind::BadCertificate,
            Self::WrongPort { .. } | Self::TlsRefused { .. } => TroubleKind::WrongPort,
            Self::MethodRefused { .. } => TroubleKind::MethodRefused,
            Self::AuthenticationFailed { .. } | Self::TokenRefused { .. } => TroubleKind::WrongPassword,
            Self::Refused { .. } | Self::Temporary { .. } => TroubleKind::Refused,
            Self::Protocol { .. } | Self::Limit { .. } | Self::NotBelieved { .. } => TroubleKind::BadAnswer,
            Self::SignIn(error) => error.kind(),
            Self::Gone => TroubleKind::Gone,
        }
    }

    /// The sentence for the person, with the server's own words beside it.
    pub fn trouble(&self) -> Trouble {
        let trouble = Trouble::new(self.kind(), self.sentence());
        let trouble = match self {
            Self::Certificate {
                shown: Some(shown), ..
            } => trouble.with_certificate((**shown).clone()),
            _ => trouble,
        };
        match self.detail() {
            Some(detail) if !detail.is_empty() => trouble.with_detail(detail),
            _ => trouble,
        }
    }

    /// Whether the same thing may succeed later without anybody changing a setting.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Temporary { .. } | Self::Closed { .. }
        )
    }

    /// Whether somebody answered who is not the server, or not as it should be, as the sign-in page of a public network
    /// does. Nothing of worth was said.
    pub fn is_another(&self) -> bool {
        matches!(
            self,
            Self::Certificate { .. } | Self::TlsRefused { .. } | Self::WrongPort { .. }
        )
    }

    /// Whether it may pass by itself, although it is worth telling. No password was judged, so that asking again locks
    /// nobody out.
    pub fn may_pass(&self) -> bool {
        // An alarm waits for the person.
        if self.kind() == TroubleKind::ChangedCertificate {
            return false;
        }
        self.is_transient() || self.is_another() || matches!(self, Self::Protocol { .. } | Self::Limit { .. })
    }

    fn sentence(&self) -> String {
        match self {
            Self::Unreachable { host, port, .. } => {
                format!("{host} cannot be reached at port {port}. Check the name, the port and the network.")
            }
            Self::TimedOut { doing } => format!("The server stopped answering ({doing})."),
            Self::Certificate { host, problem, .. } => problem.sentence(host),
            Self::TlsRefused { host, .. } => {
                format!("{host} does not offer the encryption that was asked for, so nothing was sent to it.")
            }
            Self::WrongPort { place, speaks } => speaks.sentence(place),
            Self::AuthenticationFailed { .. } => {
                "The server does not accept this user name and password.".to_owned()
            }
            Self::TokenRefused { .. } => {
                "The server does not accept the access token; a fresh one is needed.".to_owned()
            }
            Self::NotBelieved { .. } => {
                "The server does not prove that it is the right one, so nothing more was said to it."
                    .to_owned()
            }
            Self::MethodRefused { .. } => "The server does not take this way of signing in.".to_owned(),
            Self::Refused { doing, .. } => format!("The server refused ({doing})."),
            Self::Temporary { doing, wait, .. } => wait.sentence(doing),
            Self::Protocol { doing, .. } => format!("The server's answer cannot be understood ({doing})."),
            Self::Limit { .. } => "The server sent more than Waxwing takes.".to_owned(),
            Self::Closed { doing } => format!("The server closed the connection ({doing})."),
            Self::SignIn(error) => error.sentence(),
            Self::Gone => "It is no longer there.".to_owned(),
        }
    }

    fn detail(&self) -> Option<String> {
        match self {
            Self::Unreachable { source, .. } => Some(source.to_string()),
            Self::Certificate {
                problem: CertificateProblem::Other(detail),
                ..
            }
            | Self::TlsRefused { detail, .. }
            | Self::NotBelieved { detail }
            | Self::Protocol { detail, .. } => Some(detail.clone()),
            Self::TokenRefused { reason } => Some(reason.clone()),
            Self::AuthenticationFailed { reply }
            | Self::Refused { reply, .. }
            | Self::Temporary { reply, .. } => Some(reply.clone()),
            Self::MethodRefused { offered } if offered.is_empty() => Some("It offers none.".to_owned()),
            Self::MethodRefused { offered } => Some(format!("It offers {offered}.")),
            Self::Limit { what } => Some(what.clone()),
            Self::SignIn(error) => error.detail(),
            _ => None,
        }
    }
}

/// Words of a server as they may be shown: one line, no control or bidirectional characters, not endless.
pub fn clean(words: &str) -> String {
    const LONGEST: usize = 500;
    let mut cleaned = String::new();
    for c in words.chars() {
        if cleaned.len() >= LONGEST {
            cleaned.push('…');
            break;
        }
        match c {
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => cleaned.push(' '),
            c => cleaned.push(c),
        }
    }
    cleaned.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use waxwing_model::Fingerprint;

    use super::*;

    #[test]
    fn a_servers_words_cannot_move_the_cursor_turn_the_text_or_fill_the_window() {
        let hostile = format!("no\r\n\u{1b}[2J\u{202e}drow{}", "x".repeat(10_000));
        let shown = clean(&hostile);
        assert!(
            !shown.chars().any(|c| c.is_control() || c == '\u{202e}'),
            "{shown:?} is one plain line"
        );
        assert!(shown.len() < 600, "it ends somewhere");
    }

    #[test]
    fn each_failure_of_the_setup_screen_has_its_own_kind_and_sentence() {
        let failures = [
            RemoteError::authentication_failed("no"),
            RemoteError::Certificate {
                host: "h".into(),
                problem: CertificateProblem::Expired,
                shown: None,
            },
            RemoteError::Certificate {
                host: "h".into(),
                problem: CertificateProblem::Changed {
                    accepted: Fingerprint([0; 32]),
                },
                shown: None,
            },
            RemoteError::Unreachable {
                host: "h".into(),
                port: 1,
                source: io::Error::other("x"),
            },
            RemoteError::MethodRefused {
                offered: "XOAUTH2".into(),
            },
            RemoteError::WrongPort {
                place: "h:1".into(),
                speaks: Speaks::Plain,
            },
        ];
        for (at, one) in failures.iter().enumerate() {
            for other in failures.iter().skip(at + 1) {
                assert_ne!(
                    one.kind(),
                    other.kind(),
                    "{one} and {other} want different buttons"
                );
                assert_ne!(
                    one.trouble().sentence,
                    other.trouble().sentence,
                    "and different sentences"
                );
            }
        }
    }

    #[test]
    fn a_wrong_password_is_not_tried_again_and_a_lost_connection_is() {
        assert!(
            !RemoteError::authentication_failed("no").is_transient(),
            "a person has to type"
        );
        assert!(
            !RemoteError::authentication_failed("no").may_pass()
                && !RemoteError::not_believed("no").may_pass(),
            "nor does it pass by itself"
        );
        let changed = RemoteError::Certificate {
            host: "h".into(),
            problem: CertificateProblem::Changed {
                accepted: Fingerprint([0; 32]),
            },
            shown: None,
        };
        assert!(!changed.may_pass(), "an alarm stands until a person has looked");
        assert!(
            RemoteError::closed("waiting for mail").is_transient(),
            "networks come back"
        );
        assert!(
            RemoteError::temporary("signing in", "[UNAVAILABLE]").is_transient(),
            "servers come back"
        );
    }
}
