//! Messages that are known and that the maildrop does not list, at least not under their names, and how one that it does list
//! is recognised among them. Nothing comes twice because a server has new names, and nothing is missed because it gave
//! an old name to a new message.

use std::collections::HashMap;

use waxwing_model::EmailId;
use waxwing_store::{KnownUidl, Looks, digest};

use crate::engine::Engine;
use crate::error::Result;

/// What stays the same of a message, as digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Face {
    pub(crate) head: Vec<u8>,
    /// Of all of it; `None` where only the header was seen.
    pub(crate) content: Option<Vec<u8>>,
    /// The header says which message it is.
    pub(crate) is_named: bool,
}

impl Face {
    /// Of a header alone.
    pub(crate) fn of_header(raw: &[u8]) -> Self {
        let steady = waxwing_mime::steady(raw);
        Self {
            head: digest(&[&steady.header]),
            content: None,
            is_named: steady.is_named,
        }
    }

    pub(crate) fn of_whole(raw: &[u8]) -> Self {
        let steady = waxwing_mime::steady(raw);
        Self {
            head: digest(&[&steady.header]),
            content: Some(digest(&[&steady.header, b"\n", steady.text])),
            is_named: steady.is_named,
        }
    }

    pub(crate) fn looks(&self, size: u32) -> Looks {
        Looks {
            size,
            head: self.head.clone(),
            content: self.content.clone(),
        }
    }
}

/// Each is given out once, so that of two messages that are alike one is new if only one was known.
#[derive(Debug, Default)]
pub(super) struct Pool {
    rows: Vec<Option<KnownUidl>>,
    heads: HashMap<Vec<u8>, Vec<usize>>,
    contents: HashMap<Vec<u8>, Vec<usize>>,
}

impl Pool {
    pub(super) fn of(rows: Vec<KnownUidl>) -> Self {
        let mut pool = Self::default();
        for (at, row) in rows.iter().enumerate() {
            let Some(looks) = &row.looks else { continue };
            pool.heads.entry(looks.head.clone()).or_default().push(at);
            if let Some(content) = &looks.content {
                pool.contents.entry(content.clone()).or_default().push(at);
            }
        }
        pool.rows = rows.into_iter().map(Some).collect();
        pool
    }

    /// The one with this header and this size, if the header says which message it is. Else only the whole message tells.
    pub(super) fn with_header(&mut self, face: &Face, size: u32) -> Option<KnownUidl> {
        if !face.is_named {
            return None;
        }
        let of_size = |row: &KnownUidl| row.looks.as_ref().is_some_and(|looks| looks.size == size);
        take(&mut self.rows, self.heads.get(&face.head)?, of_size)
    }

    /// The one that is the same from the first to the last byte that matters. One that was deleted here and has another
    /// name is not taken for it on the strength of its text alone: the same words may have been sent again.
    pub(super) fn with_content(&mut self, name: &str, face: &Face) -> Option<KnownUidl> {
        let same = self.contents.get(face.content.as_ref()?)?;
        // Its own first: of two that are alike the deleted one must not pass for the other.
        take(&mut self.rows, same, |row| row.uidl == name)
            .or_else(|| take(&mut self.rows, same, |row| face.is_named || row.email.is_some()))
    }

    /// Those that were not recognised.
    pub(super) fn rest(self) -> Vec<KnownUidl> {
        self.rows.into_iter().flatten().collect()
    }
}

fn take(
    rows: &mut [Option<KnownUidl>],
    places: &[usize],
    fits: impl Fn(&KnownUidl) -> bool,
) -> Option<KnownUidl> {
    places
        .iter()
        .filter_map(|place| rows.get(*place)?.as_ref().filter(|row| fits(row)).map(|_| *place))
        .next()
        .and_then(|place| rows.get_mut(place)?.take())
}

/// Gives rows of an older Waxwing their looks, as far as their letters are here whole.
pub(super) async fn with_looks(engine: &Engine, rows: Vec<KnownUidl>) -> Result<Vec<KnownUidl>> {
    if rows.iter().all(|row| row.looks.is_some()) {
        return Ok(rows);
    }
    engine
        .read(move |reading| {
            let looks = |email: EmailId| -> std::result::Result<Option<Looks>, waxwing_store::StoreError> {
                // A damaged letter is not to be recognised by.
                if !reading.verify_body(email)? {
                    return Ok(None);
                }
                Ok(reading.raw(email)?.map(|raw| {
                    let size = u32::try_from(raw.len()).unwrap_or(u32::MAX);
                    Face::of_whole(&raw).looks(size)
                }))
            };
            let mut described = Vec::with_capacity(rows.len());
            for mut row in rows {
                if let (None, Some(email)) = (&row.looks, row.email) {
                    row.looks = looks(email)?;
                }
                described.push(row);
            }
            Ok(described)
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMED: &[u8] = b"Message-ID: <1@waxwing.test>\r\nSubject: Keys\r\n\r\nUnder the stone.\r\n";
    const NAMELESS: &[u8] = b"Subject: Disk full\r\n\r\nAgain.\r\n";

    fn row(uidl: &str, raw: &[u8], email: Option<i64>) -> KnownUidl {
        KnownUidl {
            uidl: uidl.to_owned(),
            email: email.map(EmailId),
            deleted: email.is_none(),
            seen_at: 0,
            looks: Some(Face::of_whole(raw).looks(77)),
            leaving: false,
            gone_at: None,
        }
    }

    #[test]
    fn each_known_message_is_recognised_once() {
        let mut pool = Pool::of(vec![row("a", NAMED, Some(1))]);
        let face = Face::of_header(NAMED);
        assert_eq!(
            pool.with_header(&face, 78),
            None,
            "another size needs a closer look"
        );
        assert!(pool.with_header(&face, 77).is_some(), "the same header and size");
        assert_eq!(pool.with_header(&face, 77), None, "a second one is a second one");
        assert_eq!(pool.rest(), [], "nobody is missing");
    }

    #[test]
    fn a_header_that_does_not_say_which_message_it_is_is_not_enough() {
        let mut pool = Pool::of(vec![row("a", NAMELESS, Some(1))]);
        assert_eq!(pool.with_header(&Face::of_header(NAMELESS), 77), None);
        assert!(
            pool.with_content("x", &Face::of_whole(NAMELESS)).is_some(),
            "the whole is"
        );
    }

    #[test]
    fn of_two_that_are_alike_each_is_itself_in_whatever_order_they_are_known() {
        let (gone, here) = (row("a", NAMELESS, None), row("b", NAMELESS, Some(1)));
        for rows in [vec![gone.clone(), here.clone()], vec![here, gone]] {
            let mut pool = Pool::of(rows);
            let face = Face::of_whole(NAMELESS);
            let names = ["a", "b"].map(|name| pool.with_content(name, &face).map(|row| row.uidl));
            assert_eq!(
                names,
                [Some("a".to_owned()), Some("b".to_owned())],
                "neither comes twice"
            );
        }
    }

    #[test]
    fn the_same_words_sent_again_after_they_were_deleted_here_are_new() {
        let mut pool = Pool::of(vec![row("a", NAMELESS, None), row("b", NAMED, None)]);
        assert_eq!(pool.with_content("x", &Face::of_whole(NAMELESS)), None);
        assert!(
            pool.with_content("a", &Face::of_whole(NAMELESS)).is_some(),
            "under its own name it is the deleted one"
        );
        assert!(
            pool.with_content("x", &Face::of_whole(NAMED)).is_some(),
            "with a Message-ID it is the deleted one"
        );
    }
}
