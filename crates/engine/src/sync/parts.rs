//! Large letters in parts: the text at once, a file when it is clicked. What comes stands apart from whole letters, and
//! is replaced by the letter itself once that is fetched.

use std::collections::BTreeMap;

use waxwing_mime::{PartId, SkeletonPart};
use waxwing_model::EmailId;
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Outline, OutlinedPart};
use waxwing_store::PartialBody;

use super::ImapWorker;
use crate::clock::now;
use crate::engine::blocking;
use crate::error::{EngineError, Result};
use crate::letters::ingest;

/// Text of more octets is a file like the others.
const LONGEST_TEXT: u32 = 1_000_000;

/// How much of a letter somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// What can be read of it: all, but of a large letter the text.
    Text,
    Whole,
    /// One file of a letter whose text is here, by its section.
    Part(String),
}

impl ImapWorker {
    /// Brings what somebody waits for.
    pub(crate) async fn fetch(&mut self, email: EmailId, wanted: Wanted) -> Result<()> {
        match wanted {
            Wanted::Text => {
                if self.is_large(email).await? && self.fetch_text(email).await? {
                    return Ok(());
                }
                self.fetch_body(email).await
            }
            Wanted::Whole => self.fetch_body(email).await,
            Wanted::Part(section) => self.fetch_part(email, section).await,
        }
    }

    /// The text of the newest large letter that has not even that. `false`: there is none.
    pub(super) async fn fetch_large(&mut self) -> Result<bool> {
        let (account, keeping) = (self.account.id, self.account.keeping);
        if keeping.large.is_none() {
            return Ok(false);
        }
        let given_up = self.outstanding.given_up().await;
        let asked = u32::try_from(given_up).unwrap_or(u32::MAX).saturating_add(1);
        let missing = self
            .engine
            .read(move |reading| reading.parts_missing(account, &keeping, now(), asked))
            .await?;
        let Some(email) = self.outstanding.first_hopeful(missing).await else {
            return Ok(false);
        };
        if !self.fetch_text(email).await? {
            // It comes whole when it is opened.
            self.outstanding.give_up([email]).await;
        }
        Ok(true)
    }

    /// Whether a letter is too large to be fetched whole by itself.
    async fn is_large(&self, email: EmailId) -> Result<bool> {
        let largest = self.account.keeping.largest().min(super::outstanding::LARGEST);
        let size = self
            .engine
            .read(move |reading| reading.email(email))
            .await?
            .map_or(0, |email| email.size);
        Ok(size > largest)
    }

    /// Brings the text of a letter, and what is known of its files. `false`: the server does not give it in parts.
    async fn fetch_text(&mut self, email: EmailId) -> Result<bool> {
        match self.text_in_parts(email).await {
            Err(EngineError::Remote(RemoteError::Refused { doing, reply })) => {
                self.complaints
                    .push(format!("The server refused ({doing}). ({reply})"));
                Ok(false)
            }
            outcome => outcome,
        }
    }

    async fn text_in_parts(&mut self, email: EmailId) -> Result<bool> {
        let Some(uid) = self.open_at(email).await? else {
            return Ok(false);
        };
        let Some(outline) = self.session.fetch_outline(uid).await? else {
            return Ok(false);
        };
        if !self.is_the_letter(email, &outline.header).await? {
            return Ok(false);
        }
        let headers = own_headers(&outline);
        let headers = self.session.fetch_sections(uid, &headers).await?;
        let bare = skeleton(&outline, &headers, &BTreeMap::new());
        let read = waxwing_mime::text_sections(&bare);
        let wanted: Vec<String> = outline
            .parts
            .iter()
            .filter(|part| read.contains(&part.section) && part.size <= LONGEST_TEXT)
            .map(|part| part.section.clone())
            .collect();
        let bodies = self.session.fetch_sections(uid, &wanted).await?;
        let absent = outline
            .parts
            .iter()
            .filter(|part| !part.multipart && !bodies.contains_key(&part.section))
            .map(|part| (part.section.clone(), decoded_size(part)))
            .collect();
        let partial = PartialBody {
            skeleton: skeleton(&outline, &headers, &bodies),
            absent,
        };
        self.keep_partial(email, partial).await?;
        Ok(true)
    }

    async fn fetch_part(&mut self, email: EmailId, section: String) -> Result<()> {
        let partial = self
            .engine
            .read(move |reading| reading.partial_body(email))
            .await?;
        let mut partial = partial.ok_or(EngineError::Gone("the attachment"))?;
        if !partial.absent.contains_key(&section) {
            return Ok(());
        }
        let uid = self
            .open_at(email)
            .await?
            .ok_or(EngineError::Gone("the letter"))?;
        let body = self
            .session
            .fetch_sections(uid, std::slice::from_ref(&section))
            .await?
            .remove(&section)
            .ok_or(EngineError::Gone("the attachment"))?;
        let skeleton = partial.skeleton;
        let id = PartId(section.clone());
        partial.skeleton = blocking(move || waxwing_mime::fill(&skeleton, &id, &body))
            .await?
            .ok_or(EngineError::Gone("the attachment"))?;
        partial.absent.remove(&section);
        self.keep_partial(email, partial).await
    }

    /// Selects a folder that has the letter. `None`: there is none.
    async fn open_at(&mut self, email: EmailId) -> Result<Option<u32>> {
        let places = self
            .engine
            .read(move |reading| reading.locations(&[email]))
            .await?;
        for place in places {
            if self.open(place.mailbox).await? {
                return Ok(Some(place.uid));
            }
        }
        Ok(None)
    }

    /// Some servers have been seen to answer with another message.
    async fn is_the_letter(&self, email: EmailId, header: &[u8]) -> Result<bool> {
        let known = self.engine.read(move |reading| reading.email(email)).await?;
        let told = waxwing_mime::parse_headers(header).message_id;
        Ok(known.is_some_and(|known| known.message_id.is_none() || known.message_id == told))
    }

    async fn keep_partial(&self, email: EmailId, partial: PartialBody) -> Result<()> {
        let (partial, facts) = blocking(move || {
            let facts = ingest::facts_of_part(&partial.skeleton, &partial.absent);
            (partial, facts)
        })
        .await?;
        self.engine
            .write(move |writing| match writing.email(email)? {
                // It may have been deleted, or have come whole, while its part was on its way.
                Some(there) if there.body == waxwing_model::Body::Absent => {
                    writing.put_partial_body(email, &partial, &facts)
                }
                _ => Ok(()),
            })
            .await
    }
}

/// The names of the headers of all parts but the first, whose header is the letter's.
fn own_headers(outline: &Outline) -> Vec<String> {
    outline
        .parts
        .iter()
        .skip(1)
        .map(|part| format!("{}.MIME", part.section))
        .collect()
}

fn skeleton(
    outline: &Outline,
    headers: &BTreeMap<String, Vec<u8>>,
    bodies: &BTreeMap<String, Vec<u8>>,
) -> Vec<u8> {
    let mut header = Some(outline.header.clone());
    let parts: Vec<SkeletonPart> = outline
        .parts
        .iter()
        .map(|part| SkeletonPart {
            depth: part.depth,
            multipart: part.multipart.then(|| part.media_type.clone()),
            header: header
                .take()
                .or_else(|| headers.get(&format!("{}.MIME", part.section)).cloned())
                .unwrap_or_else(|| format!("Content-Type: {}\r\n", part.media_type).into_bytes()),
            body: bodies.get(&part.section).cloned(),
        })
        .collect();
    waxwing_mime::assemble(&parts)
}

/// Base64 has 76 letters and a line end for 57 octets (RFC 2045, section 6.8).
fn decoded_size(part: &OutlinedPart) -> u32 {
    if !part.base64 {
        return part.size;
    }
    u32::try_from(u64::from(part.size) * 57 / 78).unwrap_or(u32::MAX)
}
