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

/// Octets of archives that are at hand together, with what is known of them. The one that was opened last is at hand however large it
/// is.
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

    /// Octets that it takes.
    fn size(&self) -> usize {
        self.bytes.len() + size_of_val(self.places.as_slice())
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

impl AtHand {
    fn position(&self, email: EmailId, way: &str) -> Option<usize> {
        self.opened
            .iter()
            .position(|open| open.email == email && open.way == way)
    }

    /// Puts a place behind the others. `true`: somebody has to look when it is needed no more.
    fn put(&mut self, email: EmailId, way: &str, archive: &Place) -> bool {
        self.opened.push_back(Open {
            email,
            way: way.to_owned(),
            archive: Arc::clone(archive),
            needed: Instant::now(),
        });
        !std::mem::replace(&mut self.is_watched, true)
    }
}

impl Archives {
    /// The place of an archive, made where there is none, and whether somebody has to look when it is needed no more.
    fn place(&self, email: EmailId, way: &str) -> (Place, bool) {
        let mut at_hand = locked(&self.0);
        let known = at_hand.position(email, way);
        if let Some(known) = known.and_then(|known| at_hand.opened.get_mut(known)) {
            known.needed = Instant::now();
            return (Arc::clone(&known.archive), false);
        }
        let archive = Place::default();
        let is_first = at_hand.put(email, way, &archive);
        (archive, is_first)
    }

    /// An archive has been gone through: it stands behind the others, and those that stand first are let go of until there is room.
    /// `true`: somebody has to look when it is needed no more.
    fn keep(&self, email: EmailId, way: &str, archive: &Place) -> bool {
        let mut at_hand = locked(&self.0);
        if let Some(known) = at_hand.position(email, way) {
            at_hand.opened.remove(known);
        }
        let is_first = at_hand.put(email, way, archive);
        let octets = |open: &Open| open.archive.get().map_or(0, |archive| archive.size());
        let mut sum: usize = at_hand.opened.iter().map(octets).sum();
        at_hand.opened.retain(|open| {
            // One that is being opened takes no room yet.
            let goes = sum > ROOM && octets(open) > 0 && !Arc::ptr_eq(&open.archive, archive);
            sum -= if goes { octets(open) } else { 0 };
            !goes
        });
        is_first
    }

    /// An archive could not be opened: nothing is at hand of it.
    fn forget(&self, archive: &Place) {
        locked(&self.0)
            .opened
            .retain(|open| !Arc::ptr_eq(&open.archive, archive));
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
        let archives = &self.inner.archives;
        let (place, is_first) = archives.place(email, way);
        if is_first {
            self.close_archives_later();
        }
        if let Some(archive) = place.get() {
            return Ok(Arc::clone(archive));
        }
        // An archive in an archive is reached through that one.
        let opening = Box::pin(async {
            let inside = self.inside(email, way).await?;
            blocking(move || Arc::new(Archive::of(inside.bytes))).await
        });
        let opened = place.get_or_try_init(|| opening).await;
        let opened = opened.inspect_err(|_| archives.forget(&place))?;
        if archives.keep(email, way, &place) {
            self.close_archives_later();
        }
        Ok(Arc::clone(opened))
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
        fill(archives, email, &place, vec![b'a'; octets]);
        place
    }

    fn fill(archives: &Archives, email: i64, place: &Place, bytes: Vec<u8>) {
        let archive = Arc::new(Archive::of(bytes));
        assert!(place.set(archive).is_ok(), "nobody has opened it before");
        archives.keep(EmailId(email), "2", place);
    }

    fn open(archives: &Archives) -> Vec<i64> {
        let at_hand = locked(&archives.0);
        at_hand.opened.iter().map(|open| open.email.0).collect()
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
        let almost_half = ROOM / 2 - 100;
        filled(&archives, 1, almost_half);
        filled(&archives, 2, almost_half);
        assert!(
            archives.place(EmailId(1), "2").0.get().is_some(),
            "both have room"
        );
        filled(&archives, 3, ROOM + 1);
        assert_eq!(open(&archives), [3]);
    }

    #[test]
    fn where_the_letters_of_an_archive_stand_takes_room_as_well() {
        let archives = Archives::default();
        let letter = b"From a@b.example Mon Nov 16 09:00:00 2020\n\n";
        let (place, _) = archives.place(EmailId(1), "2");
        let bytes = letter.repeat(ROOM / 2 / letter.len());
        fill(&archives, 1, &place, bytes);
        let places = place.get().unwrap().count() * size_of::<Range<usize>>();
        assert!(places > ROOM / 10, "many letters: {places}");
        filled(&archives, 2, ROOM / 2 - 100);
        assert_eq!(open(&archives), [2]);
    }

    #[test]
    fn one_that_is_opened_for_long_is_the_last_when_it_has_been_gone_through() {
        let archives = Archives::default();
        let (slow, _) = archives.place(EmailId(1), "2");
        filled(&archives, 2, ROOM);
        assert_eq!(open(&archives), [1, 2]);
        assert!(
            !archives.close_those_of_before(Duration::ZERO),
            "it takes longer than anything is at hand"
        );
        filled(&archives, 3, ROOM);
        fill(&archives, 1, &slow, vec![b'a'; ROOM]);
        assert_eq!(open(&archives), [1]);
    }

    #[tokio::test]
    async fn nothing_is_at_hand_of_an_archive_that_cannot_be_opened() {
        let folder = tempfile::tempdir().unwrap();
        let engine = crate::without_keyring::engine(folder.path()).await;
        engine.add_demo().await.unwrap();
        let opened = engine.archive(EmailId(1), "99").await;
        assert!(
            !matches!(opened, Ok(_) | Err(EngineError::Gone("the letter"))),
            "the letter is there, and has no such part: {opened:?}"
        );
        assert_eq!(open(&engine.inner.archives), Vec::<i64>::new());
        engine.stop().await;
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
