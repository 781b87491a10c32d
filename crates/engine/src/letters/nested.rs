//! Letters within a letter: one that is attached, and those of an archive. They are read and shown like any other, and stay
//! where they are. What is done with one that is named (`letter_ref`), printing or answering it, stands where it is done with any other.

use std::collections::BTreeMap;

use waxwing_model::{Address, EmailId, Timestamp};

use super::archives::Archive;
use super::body::{LetterBody, Look, Occasion};
use super::invitation::{self, Standing};
use super::told;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// Letters of an archive that are listed at once.
const PAGE: usize = 500;

/// What a list shows of a letter, and the reader of one within another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterHead {
    /// The way to it, for [`Engine::nested`].
    pub part: String,
    pub subject: String,
    pub from: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    pub at: Option<Timestamp>,
}

/// A letter within a letter, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NestedLetter {
    pub head: LetterHead,
    pub body: LetterBody,
}

/// Some letters of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivePage {
    /// How many there are.
    pub total: usize,
    pub letters: Vec<LetterHead>,
    /// Letters are told apart in it. Else the file is none of the kind, and all of it is read as one letter.
    pub is_divided: bool,
}

impl Engine {
    /// A letter within a letter. Pictures from the network are for its own sender to be trusted with, which nobody has done; an
    /// invitation in it is one that was passed on.
    pub async fn nested(&self, email: EmailId, part: &str, look: Look) -> Result<NestedLetter> {
        let inside = self.inside(email, part).await?;
        let (engine, way) = (self.clone(), part.to_owned());
        let look = self.wished(look).await?;
        let (body, letter, meetings, reporting) = blocking(move || {
            let allowed = look.remote_images;
            let (body, letter, details) =
                engine.rendered(email, &way, &inside.bytes, &BTreeMap::new(), &look, allowed);
            engine.remember_links(&details);
            let meetings = invitation::all_of(&inside.bytes, &letter);
            let reporting = match &letter.report {
                // Nobody vouches for whom a letter within another shows.
                Some(report) => Some(engine.inner.store.read(|reading| {
                    let sender = letter.headers.from.first().map(|from| from.email.as_str());
                    told::reporting(reading, email, report.clone(), sender)
                })?),
                None => None,
            };
            Ok::<_, EngineError>((body, letter, meetings, reporting))
        })
        .await??;
        let invitation = self
            .known_of(
                email,
                &letter.headers,
                meetings,
                Standing::PassedOn,
                Occasion::Opened,
            )
            .await?;
        Ok(NestedLetter {
            head: head(part.to_owned(), letter.headers),
            body: LetterBody {
                reporting,
                invitation,
                ..body
            },
        })
    }

    /// Some letters of an archive within a letter, in their order: `from` are passed over.
    pub async fn letters_within(&self, email: EmailId, part: &str, from: usize) -> Result<ArchivePage> {
        let archive = self.archive(email, part).await?;
        let way = part.to_owned();
        blocking(move || ArchivePage {
            total: archive.count(),
            letters: page(&archive, &way, from),
            is_divided: archive.is_divided(),
        })
        .await
    }
}

/// Some letters of an archive, those from this one on.
fn page(archive: &Archive, way: &str, from: usize) -> Vec<LetterHead> {
    let numbers = (1..=archive.count()).skip(from).take(PAGE);
    let heads = numbers.filter_map(|number| {
        let headers = waxwing_mime::parse_envelope(archive.stored(number)?);
        Some(head(format!("{way}/#{number}"), headers))
    });
    heads.collect()
}

fn head(part: String, headers: waxwing_mime::Headers) -> LetterHead {
    LetterHead {
        part,
        subject: headers.subject,
        from: headers.from,
        to: headers.to,
        cc: headers.cc,
        bcc: headers.bcc,
        reply_to: headers.reply_to,
        at: headers.date,
    }
}

#[cfg(test)]
mod tests;
