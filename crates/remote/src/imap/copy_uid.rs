//! Which message became which (COPYUID, RFC 4315, section 3).

use super::response::Condition;
use super::uid_set::in_order;

/// The target's UIDVALIDITY, and pairs of old and new UID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CopyUid {
    pub(super) uid_validity: u32,
    pub(super) pairs: Vec<(u32, u32)>,
}

impl CopyUid {
    /// `None` when this is none, or one that contradicts itself: then nothing can be concluded from it.
    pub(super) fn read(condition: &Condition) -> Option<Self> {
        if condition.code != "COPYUID" {
            return None;
        }
        let mut words = condition.arguments.split_ascii_whitespace();
        let uid_validity = words.next()?.parse().ok()?;
        let (old, new) = (uids(words.next()?)?, uids(words.next()?)?);
        (old.len() == new.len()).then(|| Self {
            uid_validity,
            pairs: old.into_iter().zip(new).collect(),
        })
    }
}

fn uids(set: &str) -> Option<Vec<u32>> {
    let ranges = in_order(set).ok()?;
    let count: u64 = ranges
        .iter()
        .map(|range| u64::from(range.end() - range.start()) + 1)
        .sum();
    // An absurd range would fill the memory.
    (count < 10_000_000).then(|| ranges.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imap::response::State;

    fn read(arguments: &str) -> Option<CopyUid> {
        CopyUid::read(&Condition {
            state: State::Ok,
            code: "COPYUID".into(),
            arguments: arguments.into(),
            text: String::new(),
        })
    }

    #[test]
    fn each_message_finds_its_copy() {
        let copied = read("38505 304,319:320 3956:3958").unwrap();
        assert_eq!(copied.uid_validity, 38505, "RFC 4315's own example");
        assert_eq!(copied.pairs, [(304, 3956), (319, 3957), (320, 3958)]);
        assert_eq!(
            read("1 9,4 1:2").unwrap().pairs,
            [(9, 1), (4, 2)],
            "the order is the server's"
        );
    }

    #[test]
    fn nothing_is_concluded_from_what_contradicts_itself() {
        for arguments in [
            "",
            "1",
            "1 2",
            "1 1:3 5:6",
            "1 1:* 1:*",
            "x 1 1",
            "1 1:4294967295 1:4294967295",
        ] {
            assert_eq!(read(arguments), None, "{arguments:?}");
        }
    }
}
