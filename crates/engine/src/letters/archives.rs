//! Archives (mbox) that somebody looks into. One is gone through once, when it is opened: from then on it is known where each of its
//! letters stands, and a page of them, or one of them, costs no more than it is. It is let go of when nobody has looked into it for a
//! while. Not here: how its letters are told apart, which is the business of `waxwing_mime`.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::OnceCell;
use waxwing_model::EmailId;

use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};

/// Octets of archives that are at hand together. The one that was opened last is at hand however large it is.
const ROOM: usize = 64 << 20;
/// How long one is at hand after somebody has looked into it.
const AT_HAND: Duration = Duration::from_secs(5 * 60);

/// An archive, and where each letter in it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Archive {
    bytes: Vec<u8>,
    places: Vec<Range<usize>>,
}

impl Archive {
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        let places = waxwing_mime::letters_of_mbox(&bytes);
        Self { bytes, places }
    }

    /// Whether letters are told apart in it. Else all of it is one, whatever it is.
    pub(super) fn is_divided(&self) -> bool {
        self.places.len() != 1 || waxwing_mime::is_mbox(&self.bytes)
    }

    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    /// A letter as it stands in the archive, by its number, which begins with 1.
    pub(super) fn stored(&self, number: usize) -> Option<&[u8]> {
        let place = self.places.get(number.checked_sub(1)?)?;
        self.bytes.get(place.clone())
    }

    /// The same as it was before it was put there.
    pub(super) fn letter(&self, number: usize) -> Option<Vec<u8>> {
        self.stored(number).map(waxwing_mime::letter_of_mbox)
    }
}

/// Those that are at hand.
#[derive(Default)]
pub(crate) struct Archives(Mutex<AtHand>);

#[derive(Default)]
struct AtHand {
    opened: VecDeque<Open>,
    /// Somebody looks when they are needed no more.
    is_watched: bool,
}

struct Open {
    email: EmailId,
    way: String,
    archive: Place,
    needed: Instant,
}

/// Where an archive is, or will be as soon as it has been gone through.
type Place = Arc<OnceCell<Arc<Archive>>>;

impl Archives {
    /// The place of an archive, made where there is none, and whether somebody has to look when it is needed no more.
    fn place(&self, email: EmailId, way: &str) -> (Place, bool) {
        let mut at_hand = locked(&self.0);
        let needed = Instant::now();
        let known = at_hand
            .opened
            .iter_mut()
            .find(|open| open.email == email && open.way == way);
        if let Some(known) = known {
            known.needed = needed;
            return (Arc::clone(&known.archive), false);
        }
        let archive = Place::default();
        at_hand.opened.push_back(Open {
            email,
            way: way.to_owned(),
            archive: Arc::clone(&archive),
            needed,
        });
        let is_first = !std::mem::replace(&mut at_hand.is_watched, true);
        (archive, is_first)
    }

    /// Lets go of those that were opened first until there is room for the others.
    fn make_room(&self) {
        let mut at_hand = locked(&self.0);
        let octets = |open: &Open| open.archive.get().map_or(0, |archive| archive.bytes.len());
        let mut sum: usize = at_hand.opened.iter().map(octets).sum();
        while sum > ROOM && at_hand.opened.len() > 1 {
            sum -= at_hand.opened.pop_front().as_ref().map_or(0, octets);
        }
    }

    /// Lets go of those that nobody has looked into for so long. `false`: there are none left, and nobody looks any more.
    fn close_those_of_before(&self, after: Duration) -> bool {
        let mut at_hand = locked(&self.0);
        at_hand.opened.retain(|open| open.needed.elapsed() < after);
        at_hand.is_watched = !at_hand.opened.is_empty();
        at_hand.is_watched
    }
}

impl Engine {
    /// The archive at the end of a way into a letter.
    pub(super) async fn archive(&self, email: EmailId, way: &str) -> Result<Arc<Archive>> {
        // What was deleted meanwhile is not read any more, though it is at hand.
        if self.emails(vec![email]).await?.is_empty() {
            return Err(EngineError::Gone("the letter"));
        }
        let (place, is_first) = self.inner.archives.place(email, way);
        if is_first {
            self.close_archives_later();
        }
        // An archive in an archive is reached through that one.
        let opening = Box::pin(async {
            let inside = self.inside(email, way).await?;
            blocking(move || Arc::new(Archive::of(inside.bytes))).await
        });
        let archive = Arc::clone(place.get_or_try_init(|| opening).await?);
        self.inner.archives.make_room();
        Ok(archive)
    }

    fn close_archives_later(&self) {
        let engine = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(AT_HAND).await;
                match engine.upgrade() {
                    Some(inner) if inner.archives.close_those_of_before(AT_HAND) => {}
                    _ => return,
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(archives: &Archives, email: i64, octets: usize) -> Place {
        let (place, _) = archives.place(EmailId(email), "2");
        let archive = Arc::new(Archive::of(vec![b'a'; octets]));
        assert!(place.set(archive).is_ok(), "nobody has opened it before");
        archives.make_room();
        place
    }

    #[test]
    fn a_file_that_is_no_archive_is_one_letter_and_says_so() {
        for (file, is_divided) in [
            ("", true),
            (
                "From a@b.example Mon Nov 16 09:00:00 2020\nSubject: one\n\nhi\n",
                true,
            ),
            ("\u{feff}\nFrom a\nSubject: one\n\nhi\n", true),
            ("Subject: one\n\nhi\n", false),
            ("\u{1f}\u{8b}\u{8}what is packed", false),
        ] {
            let archive = Archive::of(file.into());
            assert_eq!(archive.is_divided(), is_divided, "{file:?}");
        }
    }

    #[test]
    fn an_archive_that_is_at_hand_is_not_gone_through_again() {
        let archives = Archives::default();
        let first = filled(&archives, 1, 10);
        let (again, is_first) = archives.place(EmailId(1), "2");
        assert!(Arc::ptr_eq(&first, &again) && !is_first);
        assert!(again.get().is_some(), "its letters are known");
        let (other, _) = archives.place(EmailId(1), "3");
        assert!(
            other.get().is_none(),
            "another file of the letter is another archive"
        );
    }

    #[test]
    fn those_of_before_make_room_and_the_last_is_at_hand_however_large_it_is() {
        let archives = Archives::default();
        filled(&archives, 1, ROOM / 2);
        filled(&archives, 2, ROOM / 2);
        assert!(
            archives.place(EmailId(1), "2").0.get().is_some(),
            "both have room"
        );
        filled(&archives, 3, ROOM + 1);
        let open = locked(&archives.0)
            .opened
            .iter()
            .map(|open| open.email)
            .collect::<Vec<_>>();
        assert_eq!(open, [EmailId(3)]);
    }

    #[test]
    fn what_nobody_looks_into_is_let_go_of() {
        let archives = Archives::default();
        filled(&archives, 1, 10);
        assert!(
            archives.close_those_of_before(AT_HAND),
            "somebody has just looked"
        );
        assert!(
            !archives.close_those_of_before(Duration::ZERO),
            "nobody needs to look any more"
        );
        assert!(
            archives.place(EmailId(1), "2").1,
            "the next one is looked after again"
        );
    }
}
