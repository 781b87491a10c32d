//! Letters within a letter: one that is attached, and those of an archive. They are read and shown like any other, and stay
//! where they are.

use std::collections::BTreeMap;

use waxwing_model::{Address, EmailId, Timestamp};

use super::body::{LetterBody, Look};
use crate::engine::{Engine, blocking};
use crate::error::Result;

/// Letters of an archive that are listed.
const MOST: usize = 2_000;

/// What a list shows of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterHead {
    /// The way to it, for [`Engine::nested`].
    pub part: String,
    pub subject: String,
    pub from: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NestedLetter {
    pub head: LetterHead,
    pub body: LetterBody,
}

impl Engine {
    /// A letter within a letter. Pictures from the network are for its own sender to be trusted with, which nobody has done.
    pub async fn nested(&self, email: EmailId, part: &str, look: Look) -> Result<NestedLetter> {
        let inside = self.inside(email, part).await?;
        let (engine, way) = (self.clone(), part.to_owned());
        let look = self.wished(look).await?;
        blocking(move || {
            let allowed = look.remote_images;
            let (body, letter, _) =
                engine.rendered(email, &way, &inside.bytes, &BTreeMap::new(), &look, allowed);
            NestedLetter {
                head: head(way, letter.headers),
                body,
            }
        })
        .await
    }

    /// The letters of an archive within a letter, and how many there are.
    pub async fn letters_within(&self, email: EmailId, part: &str) -> Result<(usize, Vec<LetterHead>)> {
        let inside = self.inside(email, part).await?;
        let way = part.to_owned();
        blocking(move || {
            let places = waxwing_mime::letters_of_mbox(&inside.bytes);
            let heads = places.iter().take(MOST).enumerate().map(|(number, place)| {
                let raw = inside.bytes.get(place.clone()).unwrap_or_default();
                head(
                    format!("{way}/#{}", number + 1),
                    waxwing_mime::parse_envelope(raw),
                )
            });
            let heads = heads.collect();
            (places.len(), heads)
        })
        .await
    }
}

fn head(part: String, headers: waxwing_mime::Headers) -> LetterHead {
    LetterHead {
        part,
        subject: headers.subject,
        from: headers.from,
        to: headers.to,
        cc: headers.cc,
        at: headers.date,
    }
}
