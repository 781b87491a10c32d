//! Letters within a letter: one that is attached, and those of an archive. They are read and shown like any other, and stay
//! where they are.

use std::collections::BTreeMap;

use waxwing_model::{Address, EmailId, Timestamp};

use super::body::{LetterBody, Look};
use super::paper::fields_of;
use crate::engine::{Engine, blocking};
use crate::error::Result;

/// Letters of an archive that are listed at once.
const PAGE: usize = 500;

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

/// A letter within a letter, as it is shown.
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
                body: LetterBody {
                    // The letter that it is about is named there, and looked for by nobody.
                    reporting: letter.report.map(|report| (report.lines, None)),
                    ..body
                },
            }
        })
        .await
    }

    /// The octets of a letter within a letter.
    pub async fn raw_within(&self, email: EmailId, part: &str) -> Result<Vec<u8>> {
        Ok(self.inside(email, part).await?.bytes)
    }

    /// All header fields of a letter within a letter in their order, decoded.
    pub async fn header_fields_within(&self, email: EmailId, part: &str) -> Result<Vec<(String, String)>> {
        let raw = self.raw_within(email, part).await?;
        blocking(move || fields_of(&raw)).await
    }

    /// How many letters an archive within a letter has, and some of them in their order: `from` are passed over.
    pub async fn letters_within(
        &self,
        email: EmailId,
        part: &str,
        from: usize,
    ) -> Result<(usize, Vec<LetterHead>)> {
        let inside = self.inside(email, part).await?;
        let way = part.to_owned();
        blocking(move || page(&inside.bytes, &way, from)).await
    }
}

/// How many letters an archive has, and some of them from this one on.
fn page(archive: &[u8], way: &str, from: usize) -> (usize, Vec<LetterHead>) {
    let places = waxwing_mime::letters_of_mbox(archive);
    let shown = places.iter().enumerate().skip(from).take(PAGE);
    let heads = shown.map(|(number, place)| {
        let raw = archive.get(place.clone()).unwrap_or_default();
        head(
            format!("{way}/#{}", number + 1),
            waxwing_mime::parse_envelope(raw),
        )
    });
    (places.len(), heads.collect())
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

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::letters::attachments::inside;

    #[test]
    fn every_letter_of_a_large_archive_is_on_some_page_and_its_way_leads_to_it() {
        let mut archive = String::new();
        for number in 1..=1_203 {
            let _ = write!(
                archive,
                "From a@b.example Mon Nov 16 09:00:00 2020\nSubject: letter {number}\n\nText.\n\n"
            );
        }
        let mut subjects = Vec::new();
        loop {
            let (total, heads) = page(archive.as_bytes(), "2", subjects.len());
            assert_eq!(total, 1_203, "all are counted on each page");
            if heads.is_empty() {
                break;
            }
            subjects.extend(heads.into_iter().map(|head| (head.part, head.subject)));
        }
        let expected = (1..=1_203).map(|number| (format!("2/#{number}"), format!("letter {number}")));
        assert_eq!(subjects, expected.collect::<Vec<_>>());
        let letter = format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nouter\n--b\n\
             Content-Type: application/x-mbox; name=2020\n\n{archive}--b--\n"
        );
        let last = inside(letter.as_bytes(), "2/#1203").expect("the last of them");
        assert!(last.bytes.starts_with(b"Subject: letter 1203"));
    }
}
