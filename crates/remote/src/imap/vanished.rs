//! `VANISHED` (RFC 7162, section 3.2.10): UIDs that a mailbox no longer has.
//!
//! It decides over deletions, so it is read strictly: what is not exactly a set of UIDs is nothing. Not here: what is
//! removed because of it.

use super::grammar::Cursor;
use super::uid_set::UidSet;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Vanished {
    /// It answers our question about what happened before (`EARLIER`); else it tells what happens now.
    pub(super) earlier: bool,
    pub(super) uids: UidSet,
}

impl Vanished {
    /// From what follows the name. `None`: it cannot be read, or it says less or more than a set of UIDs.
    pub(super) fn read(mut cursor: Cursor<'_>) -> Option<Self> {
        let earlier = cursor.peek() == Some(b'(');
        if earlier {
            let words = cursor.atoms()?;
            words
                .iter()
                .all(|word| word.eq_ignore_ascii_case(b"EARLIER"))
                .then_some(())?;
            cursor.spaces();
        }
        let set = std::str::from_utf8(cursor.atom()?).ok()?;
        cursor.spaces();
        // `*` stands for a message that is there, which is no way to name one that is not.
        if !cursor.at_end() || set.contains('*') {
            return None;
        }
        let uids: UidSet = set.parse().ok()?;
        (!uids.is_empty()).then_some(Self { earlier, uids })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(bool, String)> {
        Vanished::read(Cursor::new(text.as_bytes()))
            .map(|vanished| (vanished.earlier, vanished.uids.to_string()))
    }

    #[test]
    fn both_kinds_are_told_apart() {
        assert_eq!(read("(EARLIER) 41,43:116\r\n"), Some((true, "41,43:116".into())));
        assert_eq!(read("405,407 \r\n"), Some((false, "405,407".into())));
    }

    #[test]
    fn what_is_no_set_removes_nothing() {
        for garbled in [
            "\r\n",
            "(EARLIER)\r\n",
            "(EARLIER) \r\n",
            "(EARLIER) 1:*\r\n",
            "(EARLIER) 1 2\r\n",
            "(EARLIER) 1,,2\r\n",
            "(EARLIER) (1)\r\n",
            "(EARLIER 1:5\r\n",
            "(LATER) 1:5\r\n",
            "-1\r\n",
            "0\r\n",
        ] {
            assert_eq!(read(garbled), None, "{garbled:?}");
        }
    }
}
