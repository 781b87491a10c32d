//! How a mailbox stands, without selecting it (STATUS, RFC 9051, section 6.3.11): asked for one, or told beside the
//! list of all (`list`).

use std::borrow::Cow;

use super::Session;
use super::command::Command;
use super::grammar::Cursor;
use super::identity::object_id;
use crate::RemoteError;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    pub messages: u32,
    pub unseen: u32,
    /// 0 where the server does not say.
    pub uid_next: u32,
    /// 0 where the server does not say.
    pub uid_validity: u32,
    /// `None` where it is not asked for or not told (STATUS=SIZE, RFC 8438).
    pub size: Option<u64>,
    /// `None` where modification sequences are not kept or not asked for (RFC 7162, section 3.1.7).
    pub highest_modseq: Option<u64>,
}

impl Session {
    pub async fn status(&mut self, path: &str) -> Result<Status, RemoteError> {
        const DOING: &str = "asking about a folder";
        let command = Command::new(DOING, "STATUS")
            .path(path, self.exchange.news.names())?
            .text(" (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)");
        let mut status = None;
        self.exchange
            .run(command, &mut |data| {
                let ours = data.is("STATUS");
                if ours {
                    status = read(data.rest).map(|told| told.status);
                }
                ours
            })
            .await?;
        status.ok_or_else(|| RemoteError::protocol(DOING, "the server says nothing about it"))
    }
}

/// A mod-sequence as it may be used: positive, whole, and of 63 bits (RFC 7162, section 7). Zero means that none is
/// kept; servers have been seen to write -1 and fractions.
pub(super) fn modseq(text: &str) -> Option<u64> {
    text.parse()
        .ok()
        .filter(|modseq| (1..=i64::MAX as u64).contains(modseq))
}

/// What one STATUS response says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told<'a> {
    pub(super) name: Cow<'a, [u8]>,
    pub(super) status: Status,
    /// MAILBOXID (RFC 8474, section 4.3).
    pub(super) identity: Option<String>,
}

/// The name of the mailbox and its numbers, from what follows STATUS.
pub(super) fn read(mut cursor: Cursor<'_>) -> Option<Told<'_>> {
    let name = cursor.astring()?;
    cursor.spaces();
    cursor.eat(b'(')?;
    let mut status = Status::default();
    let mut identity = None;
    loop {
        cursor.spaces();
        if cursor.eat(b')').is_some() {
            return Some(Told {
                name,
                status,
                identity,
            });
        }
        let item = cursor.atom()?;
        cursor.spaces();
        let mut value = cursor;
        let number: u32 = value.number().unwrap_or(0);
        match item.to_ascii_uppercase().as_slice() {
            b"MESSAGES" => status.messages = number,
            b"UNSEEN" => status.unseen = number,
            b"UIDNEXT" => status.uid_next = number,
            b"UIDVALIDITY" => status.uid_validity = number,
            b"MAILBOXID" => identity = object_id(&mut cursor.clone())?,
            b"SIZE" => {
                let mut value = cursor;
                status.size = value.number();
            }
            b"HIGHESTMODSEQ" => {
                let mut value = cursor;
                let text = value.atom().and_then(|atom| std::str::from_utf8(atom).ok());
                status.highest_modseq = text.and_then(modseq);
            }
            _ => {}
        }
        cursor.skip_value()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_any_order_and_some_not_at_all() {
        let answer =
            b"\"a (b\" (UIDNEXT 7 MAILBOXID (F1) SIZE 5000000000 HIGHESTMODSEQ 9.3e6 MESSAGES 3 )\r\n";
        let told = read(Cursor::new(answer)).unwrap();
        assert_eq!(&*told.name, b"a (b");
        assert_eq!(told.identity.as_deref(), Some("F1"));
        let expected = Status {
            messages: 3,
            uid_next: 7,
            size: Some(5_000_000_000),
            ..Status::default()
        };
        assert_eq!(told.status, expected, "a fraction is no mod-sequence");
    }

    #[test]
    fn a_mod_sequence_is_a_positive_whole_number_or_none() {
        assert_eq!(modseq("715194045007"), Some(715_194_045_007));
        for none in ["0", "-1", "9.3736e+06", "", "9223372036854775808"] {
            assert_eq!(modseq(none), None, "{none:?}");
        }
    }
}
