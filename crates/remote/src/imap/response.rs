//! A response (RFC 9051, section 7), as far as it can be told without knowing what was asked: a continuation, the
//! end of a command, or data.
//!
//! Not here: what the data mean. Each file that asks for some reads it.

use super::grammar::Cursor;
use crate::RemoteError;

#[derive(Debug)]
pub(super) enum Response<'a> {
    /// `+ …`: the server wants the rest of the command.
    Continue,
    /// The end of a command. That it is ours has been seen by its tag before.
    Done(Condition),
    Data(Data<'a>),
}

/// An untagged response: `* 5 EXISTS`, `* LIST (…) …`, `* OK …`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Data<'a> {
    /// The number that comes before the name in message data.
    pub(super) number: Option<u32>,
    name: &'a [u8],
    /// What follows the name.
    pub(super) rest: Cursor<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Ok,
    No,
    Bad,
    Bye,
    PreAuth,
}

/// OK, NO, BAD, BYE or PREAUTH, with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) state: State,
    /// The response code in upper case, empty when there is none: `UIDVALIDITY`.
    pub(super) code: String,
    /// What follows it within the brackets.
    pub(super) arguments: String,
    pub(super) text: String,
}

impl<'a> Response<'a> {
    /// `None` when this is no response at all, as when the server speaks another protocol.
    pub(super) fn read(frame: &'a [u8]) -> Option<Self> {
        if frame.starts_with(b"+") {
            return Some(Self::Continue);
        }
        let mut cursor = Cursor::new(frame);
        let tag = cursor.until(|byte| byte <= b' ')?;
        cursor.spaces();
        if tag != b"*" {
            return Some(Self::Done(Condition::read(cursor)?));
        }
        let number = match cursor.peek() {
            Some(b'0'..=b'9') => cursor.number(),
            _ => None,
        };
        cursor.spaces();
        let name = cursor.atom().unwrap_or_default();
        cursor.spaces();
        Some(Self::Data(Data {
            number,
            name,
            rest: cursor,
        }))
    }
}

impl Data<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// OK, NO, BAD, BYE or PREAUTH.
    pub(super) fn condition(&self) -> Option<Condition> {
        let state = State::read(self.name)?;
        Some(Condition::of(state, self.rest.rest()))
    }
}

impl State {
    fn read(name: &[u8]) -> Option<Self> {
        let states = [
            ("OK", Self::Ok),
            ("NO", Self::No),
            ("BAD", Self::Bad),
            ("BYE", Self::Bye),
            ("PREAUTH", Self::PreAuth),
        ];
        states
            .into_iter()
            .find(|(word, _)| name.eq_ignore_ascii_case(word.as_bytes()))
            .map(|(_, state)| state)
    }
}

impl Condition {
    fn read(mut cursor: Cursor<'_>) -> Option<Self> {
        let state = State::read(cursor.until(|byte| byte <= b' ')?)?;
        Some(Self::of(state, cursor.rest()))
    }

    fn of(state: State, words: &[u8]) -> Self {
        let words = String::from_utf8_lossy(words);
        let words = words.trim();
        // `PERMANENTFLAGS` may hold flags with a bracket in them, so its list ends the code rather than the
        // first bracket; in all other codes the first bracket does.
        let coded = words.strip_prefix('[').and_then(|inner| {
            let is_list = inner
                .get(..14)
                .is_some_and(|code| code.eq_ignore_ascii_case("PERMANENTFLAGS"));
            let (before, after) = match inner.find(")]").filter(|_| is_list) {
                Some(at) => (inner.get(..at + 1)?, inner.get(at + 2..)?),
                None => inner.split_once(']')?,
            };
            let (code, arguments) = before.split_once(' ').unwrap_or((before, ""));
            Some((
                code.to_ascii_uppercase(),
                arguments.trim().to_owned(),
                after.trim().to_owned(),
            ))
        });
        let (code, arguments, text) =
            coded.unwrap_or_else(|| (String::new(), String::new(), words.to_owned()));
        Self {
            state,
            code,
            arguments,
            text,
        }
    }

    /// What a NO or BAD means for what we were doing. The codes are those of RFC 5530, section 3, and of providers.
    pub(super) fn failure(&self, doing: &str) -> RemoteError {
        match self.code.as_str() {
            "UNAVAILABLE" | "INUSE" | "IN-USE" | "SYS/TEMP" | "THROTTLED" => {
                RemoteError::temporary(doing, self.words())
            }
            _ => RemoteError::refused(doing, self.words()),
        }
    }

    /// What the server said, as it is shown: the words, with the code where it explains something.
    pub(super) fn words(&self) -> String {
        match (self.code.as_str(), self.text.as_str()) {
            ("", text) => text.to_owned(),
            (code, "") => format!("[{code}]"),
            ("ALERT", text) => text.to_owned(),
            (code, text) => format!("[{code}] {text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(frame: &str) -> Condition {
        match Response::read(frame.as_bytes()) {
            Some(Response::Done(condition)) => condition,
            other => panic!("{frame} is {other:?}"),
        }
    }

    #[test]
    fn a_condition_is_read_with_its_code() {
        let condition = done("A1 NO [AUTHENTICATIONFAILED] Wrong\r\n");
        assert_eq!(
            (condition.state, condition.code.as_str()),
            (State::No, "AUTHENTICATIONFAILED")
        );
        assert_eq!(condition.text, "Wrong");
        let condition = done("A1 OK [COPYUID 7 1:2 5:6] Done\r\n");
        assert_eq!(
            (condition.code.as_str(), condition.arguments.as_str()),
            ("COPYUID", "7 1:2 5:6")
        );
        assert_eq!(done("A1 ok\r\n").text, "", "a server need not say anything");
        assert_eq!(
            done("A1 OK [HIGHESTMODSEQ 5]\r\n").arguments,
            "5",
            "Gmail says nothing behind it"
        );
        assert_eq!(done("A1 OK [x]é\r\n").text, "é", "nor need there be a space");
        assert_eq!(
            done("A1 NO [broken\r\n").text,
            "[broken",
            "a code without an end is text"
        );
        let flags = done("A1 OK [PERMANENTFLAGS (a]b \\*)] Limited\r\n");
        assert_eq!(
            flags.arguments, "(a]b \\*)",
            "a bracket in a flag does not end the list"
        );
    }

    #[test]
    fn another_protocol_is_no_response() {
        for line in [
            "220 mail.example.org ESMTP\r\n",
            "HTTP/1.1 400 Bad Request\r\n",
            "\r\n",
            "+OK ready\r\n",
        ] {
            let response = Response::read(line.as_bytes());
            assert!(
                matches!(response, None | Some(Response::Continue)),
                "{line:?} was taken for {response:?}"
            );
        }
    }

    #[test]
    fn data_are_named_and_numbered() {
        let Some(Response::Data(data)) = Response::read(b"* 12 exists\r\n") else {
            panic!("it is data")
        };
        assert_eq!(data.number, Some(12));
        assert!(data.is("EXISTS"), "names have no case");
        let Some(Response::Data(data)) = Response::read(b"* BYE\r\n") else {
            panic!("it is data")
        };
        assert_eq!(
            data.condition().unwrap().state,
            State::Bye,
            "iCloud leaves out the space"
        );
    }
}
