//! The bytes of pictures. A letter that brings them is taken apart once for all of them, and those from the network are fetched
//! by one client, once for a letter however often it is drawn: who serves them would count each time as another reading.

use std::collections::{HashSet, VecDeque};
use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use tokio::sync::{OnceCell, Semaphore};
use waxwing_mime::{InlineParts, PartId, Tnef};
use waxwing_model::EmailId;
use waxwing_remote::picture::PictureFetcher;

use super::missed::{MissedPictures, Misses};
use crate::caution::Listener;
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};

/// Pictures of one letter that are fetched, and octets of all of them together. A newsletter has some tens.
const MOST_FETCHED: usize = 300;
const MOST_OCTETS: usize = 50 * 1024 * 1024;
/// Of one letter, and of all, at a time.
const AT_A_TIME: usize = 6;
const ALL_AT_A_TIME: u32 = 6;
const AT_A_TIME_OF_ALL: usize = 24;
/// Pictures that came with letters, taken out of them at a time: each may be as large as the letter.
const TAKEN_OUT_AT_A_TIME: usize = 3;
/// Octets of fetched pictures that are remembered.
const REMEMBERED: usize = 24 * 1024 * 1024;
/// Letters whose bytes are at hand, and how long after they were needed.
const OPENED: usize = 2;
const AT_HAND: Duration = Duration::from_secs(10);

/// A picture from the network that a render may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FromAfar {
    pub(crate) url: String,
    /// Who hears by it that the letter was opened, where its address is this reader's alone.
    pub(crate) listener: Option<Listener>,
}

/// A picture: its media type and its bytes.
pub(super) type Picture = (&'static str, Arc<[u8]>);

pub(super) struct Gallery {
    fetcher: OnceCell<PictureFetcher>,
    fetching: Semaphore,
    taking_out: Semaphore,
    fetched: Mutex<VecDeque<Fetched>>,
    opened: Mutex<AtHand>,
}

/// Letters that are open.
#[derive(Default)]
struct AtHand {
    letters: VecDeque<Open>,
    /// Somebody looks when they are needed no more.
    is_watched: bool,
}

struct Fetched {
    email: EmailId,
    url: String,
    picture: Arc<OnceCell<Picture>>,
}

struct Open {
    email: EmailId,
    way: String,
    letter: Arc<OnceCell<Arc<Opened>>>,
    needed: Instant,
}

/// What one letter may still have fetched.
pub(super) struct Allowance {
    permits: Semaphore,
    octets: AtomicUsize,
    misses: Misses,
    /// Hosts of which it is noted that they have heard of the letter.
    told: Mutex<HashSet<String>>,
    /// A frame has asked for a picture: the letter is drawn by this render, which is not only made.
    asked: AtomicBool,
}

impl Allowance {
    pub(super) fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Whether it has still to be noted that this host has heard of the letter.
    fn is_first_to_tell(&self, listener: &Listener) -> bool {
        locked(&self.told).insert(listener.host.clone())
    }

    /// What could not be fetched, once what was asked for has come or failed: whoever waits for all permits stands behind those
    /// who waited before.
    pub(super) async fn missed(&self) -> Vec<MissedPictures> {
        let _all = self.permits.acquire_many(ALL_AT_A_TIME).await;
        self.misses.told()
    }
}

/// How the HTML of a letter names one of its pictures.
pub(super) enum Named {
    /// By `cid:` (RFC 2392).
    Id(String),
    /// By the address that it had (RFC 2557), which led to this part.
    Part(PartId),
}

/// A letter that was taken apart.
struct Opened {
    raw: Vec<u8>,
    parts: InlineParts,
    /// What Outlook has wrapped into it; looked for when a picture is missed.
    wrapped: OnceLock<Option<Tnef>>,
}

impl Default for Gallery {
    fn default() -> Self {
        Self {
            fetcher: OnceCell::new(),
            fetching: Semaphore::new(AT_A_TIME_OF_ALL),
            taking_out: Semaphore::new(TAKEN_OUT_AT_A_TIME),
            fetched: Mutex::default(),
            opened: Mutex::default(),
        }
    }
}

impl Default for Allowance {
    fn default() -> Self {
        Self {
            permits: Semaphore::new(AT_A_TIME),
            octets: AtomicUsize::new(MOST_OCTETS),
            misses: Misses::default(),
            told: Mutex::default(),
            asked: AtomicBool::new(false),
        }
    }
}

impl Gallery {
    /// The place of a fetched picture, made where there is none.
    fn fetched(&self, email: EmailId, url: &str) -> Arc<OnceCell<Picture>> {
        let mut fetched = locked(&self.fetched);
        if let Some(known) = fetched
            .iter()
            .find(|known| known.email == email && known.url == url)
        {
            return Arc::clone(&known.picture);
        }
        let octets = |known: &Fetched| known.picture.get().map_or(0, |(_, bytes)| bytes.len());
        let mut sum: usize = fetched.iter().map(octets).sum();
        while sum > REMEMBERED || fetched.len() > MOST_FETCHED * 4 {
            sum -= fetched.pop_front().as_ref().map_or(0, octets);
        }
        let picture = Arc::default();
        fetched.push_back(Fetched {
            email,
            url: url.to_owned(),
            picture: Arc::clone(&picture),
        });
        picture
    }

    /// The place of an opened letter, made where there is none, and whether somebody has to look when it is needed no more.
    fn opened(&self, email: EmailId, way: &str) -> (Arc<OnceCell<Arc<Opened>>>, bool) {
        let mut opened = locked(&self.opened);
        let needed = Instant::now();
        if let Some(known) = opened
            .letters
            .iter_mut()
            .find(|known| known.email == email && known.way == way)
        {
            known.needed = needed;
            return (Arc::clone(&known.letter), false);
        }
        if opened.letters.len() >= OPENED {
            opened.letters.pop_front();
        }
        let letter = Arc::default();
        opened.letters.push_back(Open {
            email,
            way: way.to_owned(),
            letter: Arc::clone(&letter),
            needed,
        });
        let is_first = !std::mem::replace(&mut opened.is_watched, true);
        (letter, is_first)
    }

    /// Lets go of a letter that is drawn anew: more of it may be here by now.
    pub(super) fn close(&self, email: EmailId) {
        locked(&self.opened).letters.retain(|open| open.email != email);
    }

    /// Lets go of letters that were not needed for a while. `false`: there are none left, and nobody looks any more.
    fn close_those_of_before(&self) -> bool {
        let mut opened = locked(&self.opened);
        opened.letters.retain(|open| open.needed.elapsed() < AT_HAND);
        opened.is_watched = !opened.letters.is_empty();
        opened.is_watched
    }
}

impl Opened {
    fn of(raw: Vec<u8>) -> Self {
        Self {
            parts: InlineParts::of(&raw),
            wrapped: OnceLock::new(),
            raw,
        }
    }

    /// A picture of the letter, or of what Outlook has wrapped into it.
    fn picture(&self, named: &Named) -> Option<Picture> {
        let content_id = match named {
            Named::Id(content_id) => content_id,
            Named::Part(part) => return picture(self.parts.part(&self.raw, part)?.1),
        };
        let own = self.parts.get(&self.raw, content_id);
        if let Some(found) = own.and_then(|(_, bytes)| picture(bytes)) {
            return Some(found);
        }
        let wrapped = self
            .wrapped
            .get_or_init(|| super::render::wrapped(&self.raw, &waxwing_mime::parse(&self.raw)));
        let files = &wrapped.as_ref()?.files;
        files
            .iter()
            .filter(|file| file.content_id.as_ref() == Some(content_id))
            .find_map(|file| picture(file.data.clone()))
    }
}

/// By its bytes alone; what it is called says little.
pub(super) fn picture(bytes: Vec<u8>) -> Option<Picture> {
    let kind = waxwing_mime::picture_type(&bytes)?;
    Some((kind, bytes.into()))
}

impl Engine {
    /// A picture that came with a letter.
    pub(super) async fn picture_within(
        &self,
        email: EmailId,
        way: &str,
        named: Named,
    ) -> Result<Option<Picture>> {
        let gallery = &self.inner.pictures.gallery;
        // One who asks while the letter is being opened waits for that here.
        let letter = self.letter_at_hand(email, way, self.raw_at(email, way)).await?;
        let _permit = gallery.taking_out.acquire().await;
        blocking(move || letter.picture(&named)).await
    }

    async fn raw_at(&self, email: EmailId, way: &str) -> Result<Vec<u8>> {
        match way {
            "" => match self.readable_here(email).await? {
                Some(readable) => Ok(readable.raw),
                None => Err(EngineError::Gone("the picture")),
            },
            way => Ok(self.inside(email, way).await?.bytes),
        }
    }

    async fn letter_at_hand(
        &self,
        email: EmailId,
        way: &str,
        raw: impl Future<Output = Result<Vec<u8>>>,
    ) -> Result<Arc<Opened>> {
        let (place, is_first) = self.inner.pictures.gallery.opened(email, way);
        if is_first {
            // Whoever looks does not keep an engine that was stopped, and its store.
            let engine = Arc::downgrade(&self.inner);
            tokio::spawn(async move {
                while engine
                    .upgrade()
                    .is_some_and(|inner| inner.pictures.gallery.close_those_of_before())
                {
                    tokio::time::sleep(AT_HAND).await;
                }
            });
        }
        let open = async {
            let raw = raw.await?;
            Ok(Arc::new(blocking(move || Opened::of(raw)).await?))
        };
        place.get_or_try_init(|| open).await.cloned()
    }

    /// A picture from the network that the person has allowed for a letter.
    pub(super) async fn picture_from_afar(
        &self,
        email: EmailId,
        number: usize,
        wanted: &FromAfar,
        allowance: &Allowance,
    ) -> Result<Option<Picture>> {
        allowance.asked.store(true, Ordering::Relaxed);
        let _permit = allowance.permits.acquire().await;
        let outcome = self.fetched_from_afar(email, number, wanted, allowance).await;
        allowance.misses.note(number, &wanted.url, &outcome);
        outcome
    }

    async fn fetched_from_afar(
        &self,
        email: EmailId,
        number: usize,
        wanted: &FromAfar,
        allowance: &Allowance,
    ) -> Result<Option<Picture>> {
        if number >= MOST_FETCHED {
            return Ok(None);
        }
        let gallery = &self.inner.pictures.gallery;
        let place = gallery.fetched(email, &wanted.url);
        let fetch = async {
            let _of_all = gallery.fetching.acquire().await;
            let left = allowance.octets.load(Ordering::Relaxed);
            let fetcher = gallery
                .fetcher
                .get_or_try_init(|| async { PictureFetcher::new(&self.surroundings()) })
                .await?;
            let answer = fetcher.fetch(&wanted.url, left).await;
            if let Some(listener) = wanted.listener.as_ref().filter(|_| answer.was_heard)
                && allowance.is_first_to_tell(listener)
            {
                self.keep_told(email, listener.clone()).await;
            }
            let bytes = answer.bytes?;
            let spent = |left: usize| Some(left.saturating_sub(bytes.len()));
            let _ = allowance
                .octets
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, spent);
            picture(bytes).ok_or(EngineError::Gone("the picture"))
        };
        Ok(Some(place.get_or_try_init(|| fetch).await?.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::pictures::Pictures;
    use crate::without_keyring::engine;

    #[test]
    fn a_letter_that_is_drawn_anew_is_opened_anew() {
        let pictures = Pictures::default();
        let open = |email| pictures.gallery.opened(EmailId(email), "").0;
        let (drawn, other) = (open(1), open(2));
        assert!(Arc::ptr_eq(&drawn, &open(1)), "its pictures share it");
        pictures.remember(Pictures::token(), EmailId(1), String::new(), Vec::new());
        assert!(!Arc::ptr_eq(&drawn, &open(1)), "more of it may be here now");
        assert!(Arc::ptr_eq(&other, &open(2)), "another letter stays as it is");
        assert!(!pictures.gallery.opened(EmailId(1), "").1, "one looks after all");
    }

    #[tokio::test]
    async fn a_letter_at_hand_does_not_keep_an_engine_that_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(folder.path()).await;
        let raw = async { Ok(b"Subject: x\r\n\r\nx".to_vec()) };
        engine.letter_at_hand(EmailId(1), "", raw).await.unwrap();
        // The one who looks has looked once and waits.
        tokio::task::yield_now().await;
        engine.stop().await;
        let inner = Arc::downgrade(&engine.inner);
        drop(engine);
        assert!(inner.upgrade().is_none(), "nothing holds its store open");
    }
}
