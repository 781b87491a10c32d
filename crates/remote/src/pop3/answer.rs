//! One status line (RFC 1939, section 3) and the codes in brackets that say why it is a refusal (RFC 2449 section 8,
//! RFC 3206).
//!
//! What is not here: reading it from the wire.

use crate::{RemoteError, Wait, lines::words};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Ok(String),
    Refused(Refusal),
    /// "+ " and a challenge, while signing in (RFC 5034, section 4).
    Challenge(String),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// In upper case and without its brackets: `AUTH`, `IN-USE`, `LOGIN-DELAY`, `SYS/TEMP`, `SYS/PERM`.
    pub(super) code: Option<String>,
    /// The whole text, code included, as the server wrote it.
    pub(super) text: String,
    /// Seconds that the server wants between two sessions, where that is known.
    delay: Option<u32>,
}

impl Answer {
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let text = words(line);
        if let Some(rest) = keyword(&text, "+OK") {
            return Some(Self::Ok(rest.to_owned()));
        }
        if let Some(rest) = keyword(&text, "-ERR") {
            return Some(Self::Refused(Refusal {
                code: code(rest),
                text: rest.to_owned(),
                delay: None,
            }));
        }
        // A challenge is for a mechanism and not for a window, so it is not shortened.
        let text = String::from_utf8_lossy(line);
        keyword(text.trim_end(), "+").map(|rest| Self::Challenge(rest.to_owned()))
    }
}

/// What follows `word`, if the line begins with it. Servers differ in case.
fn keyword<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = line.split_at_checked(word.len())?;
    let ends = rest.is_empty() || rest.starts_with([' ', '\t']);
    (head.eq_ignore_ascii_case(word) && ends).then(|| rest.trim())
}

fn code(text: &str) -> Option<String> {
    let (code, _) = text.strip_prefix('[')?.split_once(']')?;
    Some(code.trim().to_ascii_uppercase())
}

impl Refusal {
    fn has(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }

    /// Whether the same command may work later.
    fn is_temporary(&self) -> bool {
        ["IN-USE", "LOGIN-DELAY", "SYS/TEMP"]
            .iter()
            .any(|code| self.has(code))
    }

    /// Whether the message that was asked for is not there (any more). There is no code for it, only words.
    pub(super) fn means_gone(&self) -> bool {
        let text = self.text.to_ascii_lowercase();
        self.code.is_none()
            && [
                "no such message",
                "no message",
                "already deleted",
                "is deleted",
                "marked as deleted",
                "was deleted",
            ]
            .iter()
            .any(|words| text.contains(words))
    }

    /// Makes known how long has to lie between two sessions, where this refusal is about that.
    pub(super) fn with_delay(mut self, seconds: Option<u32>) -> Self {
        self.delay = seconds;
        self
    }

    fn wait(&self) -> Wait {
        if self.has("IN-USE") {
            Wait::InUse
        } else if self.has("LOGIN-DELAY") {
            Wait::LoginDelay { seconds: self.delay }
        } else {
            Wait::AWhile
        }
    }

    pub(super) fn into_error(self, doing: &'static str) -> RemoteError {
        if self.is_temporary() {
            let wait = self.wait();
            RemoteError::waits(doing, self.text, wait)
        } else {
            RemoteError::refused(doing, self.text)
        }
    }

    /// What a refusal means while signing in. `coded`: the server promises to mark a wrong password with `[AUTH]`
    /// (RFC 3206, section 6), so that an unmarked refusal is about something else.
    pub(super) fn into_sign_in_error(self, coded: bool, doing: &'static str) -> RemoteError {
        if self.has("AUTH") {
            return RemoteError::authentication_failed(self.text);
        }
        if self.code.is_some() || coded {
            return self.into_error(doing);
        }
        // RFC 1939, section 7: PASS may also fail because another session holds the maildrop. Servers without codes
        // say so in words, and asking the person for a new password would be wrong.
        let text = self.text.to_ascii_lowercase();
        let maildrop = ["maildrop", "mailbox", "mail drop", "mail box"]
            .iter()
            .any(|word| text.contains(word));
        if maildrop && ["lock", "in use", "busy"].iter().any(|word| text.contains(word)) {
            return RemoteError::waits(doing, self.text, Wait::InUse);
        }
        RemoteError::authentication_failed(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(line: &str) -> Refusal {
        match Answer::parse(line.as_bytes()) {
            Some(Answer::Refused(refusal)) => refusal,
            other => panic!("{line} gave {other:?}"),
        }
    }

    #[test]
    fn status_lines_are_read_with_and_without_words() {
        assert_eq!(Answer::parse(b"+OK"), Some(Answer::Ok(String::new())));
        assert_eq!(
            Answer::parse(b"+ok 3 letters"),
            Some(Answer::Ok("3 letters".into()))
        );
        assert_eq!(Answer::parse(b"+ "), Some(Answer::Challenge(String::new())));
        assert_eq!(Answer::parse(b"+ PDE+"), Some(Answer::Challenge("PDE+".into())));
        let long = format!("+ {}", "x".repeat(2_000));
        assert_eq!(
            Answer::parse(long.as_bytes()),
            Some(Answer::Challenge("x".repeat(2_000))),
            "all of it"
        );
        for garbage in [
            &b""[..],
            b"OK",
            b"+OKAY",
            b"220 mail ESMTP",
            b"* OK IMAP",
            b"-ERROR",
            b"\xff\xfe",
        ] {
            assert_eq!(Answer::parse(garbage), None, "{garbage:?} is no status line");
        }
    }

    #[test]
    fn control_characters_of_a_reply_are_not_shown() {
        let refusal = refusal("-ERR \u{1b}[31mno\u{202e}w\u{7}");
        assert_eq!(refusal.text, "[31mnow");
    }

    #[test]
    fn codes_say_what_a_refusal_means() {
        let doing = "signing in";
        let error = |line: &str, coded| refusal(line).into_sign_in_error(coded, doing);
        assert!(matches!(
            error("-ERR [AUTH] wrong", true),
            RemoteError::AuthenticationFailed { .. }
        ));
        assert!(matches!(
            error("-ERR wrong", false),
            RemoteError::AuthenticationFailed { .. }
        ));
        assert!(
            matches!(error("-ERR expired", true), RemoteError::Refused { .. }),
            "AUTH-RESP-CODE and no [AUTH]"
        );
        assert!(matches!(
            error("-ERR [in-use] busy", false),
            RemoteError::Temporary { .. }
        ));
        assert!(matches!(
            error("-ERR [LOGIN-DELAY] wait", false),
            RemoteError::Temporary { .. }
        ));
        assert!(matches!(
            error("-ERR [SYS/TEMP] later", true),
            RemoteError::Temporary { .. }
        ));
        assert!(matches!(
            error("-ERR [SYS/PERM] never", true),
            RemoteError::Refused { .. }
        ));
        assert!(matches!(
            error("-ERR maildrop already locked", false),
            RemoteError::Temporary { .. }
        ));
    }

    #[test]
    fn what_has_to_pass_first_is_said() {
        let error = |line: &str| {
            refusal(line)
                .with_delay(Some(900))
                .into_sign_in_error(true, "signing in")
        };
        let sentence = |line: &str| error(line).trouble().sentence;
        assert!(
            sentence("-ERR [IN-USE] no").contains("has this mailbox open"),
            "somebody else"
        );
        assert!(
            sentence("-ERR [LOGIN-DELAY] no").contains("15 minutes"),
            "as CAPA says"
        );
        assert!(
            sentence("-ERR [SYS/TEMP] no").contains("at the moment"),
            "no more is known"
        );
        let locked = refusal("-ERR maildrop already locked").into_sign_in_error(false, "signing in");
        assert!(
            locked.trouble().sentence.contains("has this mailbox open"),
            "{locked} in words alone"
        );
    }

    #[test]
    fn a_message_that_is_not_there_is_told_from_other_refusals() {
        assert!(refusal("-ERR no such message, only 2 in maildrop").means_gone());
        assert!(refusal("-ERR message 2 already deleted").means_gone());
        assert!(!refusal("-ERR [SYS/TEMP] no such message for now").means_gone());
        assert!(!refusal("-ERR cannot open it").means_gone());
    }
}
