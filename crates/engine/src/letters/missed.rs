//! Pictures from the network that a letter was to show and that could not be fetched: how many, whose, and why. What is told is of the
//! letter as it was drawn last. Nothing is fetched here.

use std::collections::BTreeMap;
use std::sync::Mutex;

use waxwing_model::EmailId;
use waxwing_remote::RemoteError;
use waxwing_remote::picture::is_within;

use super::gallery::Picture;
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// Why a picture is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyMissed {
    /// There was no connection, or it broke off.
    Unreachable,
    /// The server gave none.
    Refused,
    /// It, or all of the letter's together, are more than is taken.
    TooLarge,
    /// Its address leads into this computer's own network.
    Within,
    /// What came is no picture that is shown.
    NoPicture,
}

/// So many pictures of one host, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedPictures {
    pub host: String,
    pub why: WhyMissed,
    pub count: u32,
}

/// What became of the pictures of one render, by their numbers.
#[derive(Default)]
pub(super) struct Misses(Mutex<BTreeMap<usize, (String, WhyMissed)>>);

impl Misses {
    pub(super) fn note(&self, number: usize, url: &str, outcome: &Result<Option<Picture>>) {
        let why = match outcome {
            Ok(Some(_)) => None,
            // There are more than are fetched for one letter.
            Ok(None) => Some(WhyMissed::TooLarge),
            Err(error) => Some(why(error)),
        };
        let mut missed = locked(&self.0);
        match why {
            Some(why) => missed.insert(number, (host(url), why)),
            None => missed.remove(&number),
        };
    }

    pub(super) fn told(&self) -> Vec<MissedPictures> {
        let mut counted: BTreeMap<(String, WhyMissed), u32> = BTreeMap::new();
        for missed in locked(&self.0).values() {
            *counted.entry(missed.clone()).or_default() += 1;
        }
        let told = counted.into_iter();
        told.map(|((host, why), count)| MissedPictures { host, why, count })
            .collect()
    }
}

fn why(error: &EngineError) -> WhyMissed {
    match error {
        EngineError::Remote(error) if is_within(error) => WhyMissed::Within,
        EngineError::Remote(RemoteError::Limit { .. }) => WhyMissed::TooLarge,
        EngineError::Remote(RemoteError::Refused { .. } | RemoteError::Temporary { .. }) => {
            WhyMissed::Refused
        }
        EngineError::Gone(_) => WhyMissed::NoPicture,
        _ => WhyMissed::Unreachable,
    }
}

/// As it is told of the pictures that a letter wants (`Details::hosts`).
fn host(url: &str) -> String {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let place = rest.get(..end).unwrap_or_default();
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    match place.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host.to_owned(),
        _ => place.to_owned(),
    }
}

impl Engine {
    /// The pictures that could not be fetched for a letter as it was drawn last, or for one within it. What is still on its way is
    /// waited for.
    pub async fn missed_pictures(&self, email: EmailId, way: &str) -> Vec<MissedPictures> {
        match self.inner.pictures.allowance_of(email, way) {
            Some(allowance) => allowance.missed().await,
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(error: RemoteError) -> Result<Option<Picture>> {
        Err(EngineError::Remote(error))
    }

    #[test]
    fn what_could_not_be_fetched_is_counted_by_host_and_reason() {
        let misses = Misses::default();
        let note = |number, url: &str, outcome: Result<Option<Picture>>| misses.note(number, url, &outcome);
        note(0, "https://img.shop.test/a", refused(RemoteError::closed("x")));
        note(
            1,
            "https://img.shop.test:8443/b?x#y",
            refused(RemoteError::timed_out("x")),
        );
        note(
            2,
            "https://img.shop.test/c",
            refused(RemoteError::refused("x", "404")),
        );
        note(
            3,
            "http://u:p@cdn.test/d",
            refused(RemoteError::limit("a picture")),
        );
        note(4, "http://[fd00::1]:80/e", Err(EngineError::Gone("the picture")));
        note(
            5,
            "https://cdn.test/f",
            Ok(Some(("image/png", Vec::new().into()))),
        );
        note(300, "https://cdn.test/g", Ok(None));
        let told: Vec<_> = misses
            .told()
            .into_iter()
            .map(|MissedPictures { host, why, count }| (host, why, count))
            .collect();
        assert_eq!(
            told,
            [
                ("[fd00::1]".to_owned(), WhyMissed::NoPicture, 1),
                ("cdn.test".to_owned(), WhyMissed::TooLarge, 2),
                ("img.shop.test".to_owned(), WhyMissed::Unreachable, 2),
                ("img.shop.test".to_owned(), WhyMissed::Refused, 1),
            ]
        );
        note(
            0,
            "https://img.shop.test/a",
            Ok(Some(("image/png", Vec::new().into()))),
        );
        assert_eq!(
            misses.told().iter().map(|missed| missed.count).sum::<u32>(),
            5,
            "what came at last is not missed"
        );
    }
}
