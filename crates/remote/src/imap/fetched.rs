//! The data of FETCH (msg-att, RFC 9051, section 7.5.2), as far as we ask for them.
//!
//! Whatever else a server adds is passed over. Not here: the commands that ask (`fetch`).

use std::borrow::Cow;

use waxwing_model::{Keyword, Keywords, ObjectIds};

use super::grammar::Cursor;
use super::identity::{gmail_id, object_id};
use super::outline::OutlinedPart;
use super::parts::Sections;
use super::response::Data;

/// The flags of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    pub uid: u32,
    pub keywords: Keywords,
    /// It is marked `\Deleted`: on its way out, and not to be shown (RFC 8621, section 4.1.1).
    pub deleted: bool,
}

#[derive(Debug, Default)]
pub(super) struct Fetched<'a> {
    pub(super) uid: Option<u32>,
    pub(super) flags: Option<Vec<&'a [u8]>>,
    pub(super) internal_date: Option<Cow<'a, [u8]>>,
    pub(super) size: Option<u64>,
    /// EMAILID (RFC 8474) or X-GM-MSGID, and the conversation's name beside it.
    pub(super) email_id: Option<String>,
    pub(super) thread_id: Option<String>,
    /// The section that was asked for: `Some(None)` when the server has sent NIL for it.
    pub(super) section: Option<Option<Cow<'a, [u8]>>>,
    /// Every section by its name, where several were asked for.
    pub(super) sections: Sections<'a>,
    /// How the message is built, where that was asked for and can be understood.
    pub(super) outline: Option<Vec<OutlinedPart>>,
    /// The rest could not be read. What stands here was read before.
    pub(super) malformed: bool,
}

impl<'a> Fetched<'a> {
    /// `None` when this is no FETCH.
    pub(super) fn read(data: &Data<'a>) -> Option<Self> {
        if !data.is("FETCH") {
            return None;
        }
        let mut fetched = Self::default();
        fetched.malformed = fetched.read_all(data.rest).is_none();
        Some(fetched)
    }

    fn read_all(&mut self, mut cursor: Cursor<'a>) -> Option<()> {
        cursor.eat(b'(')?;
        loop {
            cursor.spaces();
            if cursor.eat(b')').is_some() {
                return Some(());
            }
            let name = cursor.until(|byte| byte <= b' ' || matches!(byte, b'(' | b')' | b'['))?;
            let is = |expected: &str| name.eq_ignore_ascii_case(expected.as_bytes());
            let has_section = cursor.peek() == Some(b'[');
            let section: &[u8] = if has_section {
                pass_section(&mut cursor)?
            } else {
                &[]
            };
            cursor.spaces();
            // Yandex leaves values out altogether.
            let has_value = cursor.peek() != Some(b')');
            if has_section && is("BODY") {
                let value = if has_value { cursor.nstring()? } else { None };
                self.sections.push((section, value.clone()));
                self.section = Some(value);
            } else if !has_value {
                continue;
            } else if is("UID") {
                self.uid = Some(cursor.number()?);
            } else if is("FLAGS") {
                self.flags = Some(cursor.atoms()?);
            } else if is("INTERNALDATE") {
                self.internal_date = cursor.nstring()?;
            } else if is("RFC822.SIZE") {
                let mut ahead = cursor;
                self.size = ahead.number();
                cursor.skip_value()?;
            } else if is("BODYSTRUCTURE") {
                let mut ahead = cursor;
                self.outline = OutlinedPart::read_all(&mut ahead);
                cursor.skip_value()?;
            } else if is("EMAILID") {
                self.email_id = object_id(&mut cursor)?;
            } else if is("THREADID") {
                self.thread_id = object_id(&mut cursor)?;
            } else if is("X-GM-MSGID") {
                self.email_id = gmail_id(&mut cursor)?;
            } else if is("X-GM-THRID") {
                self.thread_id = gmail_id(&mut cursor)?;
            } else {
                cursor.skip_value()?;
            }
        }
    }

    /// The octets of a section, taken out; `None` where the server does not give them.
    pub(super) fn take_section(&mut self, name: &str) -> Option<Vec<u8>> {
        let at = self
            .sections
            .iter()
            .position(|(section, _)| section.eq_ignore_ascii_case(name.as_bytes()))?;
        self.sections.swap_remove(at).1.map(Cow::into_owned)
    }

    pub(super) fn object_ids(&self) -> Option<ObjectIds> {
        Some(ObjectIds {
            email: self.email_id.clone()?,
            thread: self.thread_id.clone(),
        })
    }

    /// `\Deleted` is on its way out and not a property (RFC 8621, section 4.1.1): such a message is not shown.
    pub(super) fn is_deleted(&self) -> bool {
        self.flags
            .iter()
            .flatten()
            .any(|flag| flag.eq_ignore_ascii_case(b"\\Deleted"))
    }

    /// `None` where the message or its flags are not told.
    pub(super) fn marks(&self) -> Option<Marks> {
        self.flags.as_ref()?;
        Some(Marks {
            uid: self.uid?,
            keywords: self.keywords(),
            deleted: self.is_deleted(),
        })
    }

    pub(super) fn keywords(&self) -> Keywords {
        self.flags
            .iter()
            .flatten()
            .filter_map(|flag| Keyword::from_imap(std::str::from_utf8(flag).ok()?))
            .collect()
    }
}

impl Marks {
    /// Ascending by UID. A message that changed meanwhile is told a second time, and the later word counts.
    pub(super) fn latest(mut marks: Vec<Self>) -> Vec<Self> {
        marks.reverse();
        // The sort is stable, so that the last stands first.
        marks.sort_by_key(|marks| marks.uid);
        marks.dedup_by_key(|marks| marks.uid);
        marks
    }
}

/// `[HEADER.FIELDS ("To")]<0>`, up to the value. Gives what stands within the brackets.
fn pass_section<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    cursor.eat(b'[')?;
    let section = cursor.until(|byte| byte == b']').unwrap_or_default();
    cursor.eat(b']')?;
    if cursor.peek() == Some(b'<') {
        let _ = cursor.until(|byte| byte == b'>');
        cursor.eat(b'>')?;
    }
    Some(section)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imap::response::Response;

    fn with(frame: &[u8], check: impl FnOnce(Fetched<'_>)) {
        match Response::read(frame) {
            Some(Response::Data(data)) => check(Fetched::read(&data).expect("it is a FETCH")),
            other => panic!("{other:?} is no data"),
        }
    }

    #[test]
    fn attributes_come_in_any_order_with_strangers_among_them() {
        let frame =
            b"* 7 FETCH (MODSEQ (9.3736e+06) X-GM-LABELS (\"\\\\Inbox\" a) FLAGS (\\Seen $Forwarded) \
            BODY[HEADER.FIELDS (\"From\" To)]<0> {6}\r\nTo: x\n RFC822.SIZE 12 ENVELOPE (NIL (((NIL)))) \
            INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" UID 5 )\r\n";
        with(frame, |fetched| {
            assert!(!fetched.malformed, "all of it can be read");
            assert_eq!((fetched.uid, fetched.size), (Some(5), Some(12)));
            assert_eq!(
                fetched.section.as_ref().unwrap().as_deref(),
                Some(&b"To: x\n"[..])
            );
            assert!(fetched.keywords().has("$seen") && fetched.keywords().has("$forwarded"));
        });
    }

    #[test]
    fn what_real_servers_leave_out_is_left_out_here() {
        with(b"* 0 FETCH (UID 5 BODY[] )\r\n", |fetched| {
            assert!(
                matches!(fetched.section, Some(None)) && !fetched.malformed,
                "Courier's zero, Yandex's nothing"
            );
        });
        with(
            b"* 1 FETCH (UID 5 BODY[] NIL INTERNALDATE NIL RFC822.SIZE -1 MODSEQ (-1))\r\n",
            |fetched| {
                assert!(
                    matches!(fetched.section, Some(None)) && !fetched.malformed,
                    "NIL is an answer"
                );
                assert_eq!(fetched.size, None, "a negative size is none");
            },
        );
        with(b"* 1 FETCH (UID 5 FLAGS (\\Deleted))\r\n", |fetched| {
            assert!(fetched.is_deleted())
        });
    }

    #[test]
    fn names_of_letters_and_conversations_are_read_and_what_is_none_is_none() {
        let read = |attributes: &str| {
            let frame = format!("* 1 FETCH (UID 5 {attributes} FLAGS (\\Seen))\r\n");
            let mut found = None;
            with(frame.as_bytes(), |fetched| {
                assert!(
                    !fetched.malformed && fetched.flags.is_some(),
                    "{frame} is read to its end"
                );
                found = Some((fetched.email_id.clone(), fetched.thread_id.clone()));
            });
            found.unwrap()
        };
        let named = |email: &str, thread: Option<&str>| (Some(email.to_owned()), thread.map(str::to_owned));
        assert_eq!(read("EMAILID (M123) THREADID NIL"), named("M123", None));
        assert_eq!(
            read("EMAILID ( M_1-x ) THREADID (T64)"),
            named("M_1-x", Some("T64"))
        );
        assert_eq!(
            read("emailid M123 THREADID \"T1\""),
            named("M123", Some("T1")),
            "without the parentheses it is clear as well"
        );
        assert_eq!(
            read("X-GM-THRID 1266894439832287888 X-GM-MSGID 18446744073709551615"),
            named("18446744073709551615", Some("1266894439832287888")),
            "all 64 bits of it"
        );
        for none in [
            "EMAILID NIL",
            "EMAILID ()",
            "EMAILID (a b)",
            "EMAILID (\"a b\")",
            "X-GM-MSGID 18446744073709551616",
            "X-GM-MSGID -1",
            "X-GM-MSGID NIL",
        ] {
            assert_eq!(read(none), (None, None), "{none}");
        }
    }

    #[test]
    fn what_was_read_before_the_garbage_is_kept() {
        with(
            b"* 1 FETCH (UID 5 FLAGS (\\Seen) ENVELOPE \"open\r\n",
            |fetched| {
                assert!(fetched.malformed, "it is told");
                assert_eq!(fetched.uid, Some(5), "and the message is known to exist");
            },
        );
    }
}
