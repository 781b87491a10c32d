//! A letter's body on its way to the frame: fetched if it must be, sanitised always.

use std::cell::RefCell;

use waxwing_mime::{Letter, PartId};
use waxwing_model::{AccountId, EmailId, Operation};
use waxwing_sanitize::{Findings, Options, RemoteImages, SafeHtml};

use super::pictures::{self, Pictures};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// How the reader wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    pub dark: bool,
    /// Pictures from the network, for this once. They are fetched by us and never by the web view.
    pub remote_images: bool,
}

/// A file that came with the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name for [`Engine::attachment`].
    pub part: String,
    pub name: String,
    pub media_type: String,
    /// Decoded octets.
    pub size: u32,
}

/// All that a reading pane shows of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterBody {
    /// The whole document for the frame.
    pub document: String,
    pub remote_images: u32,
    pub trackers: u32,
    pub attachments: Vec<Attachment>,
    /// What was odd about the letter, in sentences.
    pub oddities: Vec<String>,
}

impl Engine {
    /// The letter as the frame shows it. A body that is not here is asked of the server first.
    pub async fn body(&self, email: EmailId, look: Look) -> Result<LetterBody> {
        let raw = self.raw(email).await?;
        let allowed = look.remote_images || self.shows_images_of(email).await?;
        let remote_images = if allowed {
            RemoteImages::Allowed
        } else {
            RemoteImages::Blocked
        };
        let engine = self.clone();
        blocking(move || {
            let letter = waxwing_mime::parse(&raw);
            let token = Pictures::token();
            let asked = RefCell::new(Vec::new());
            let options = Options {
                remote_images,
                // A picture that the letter does not hold would be an error in the frame for nothing.
                inline_image: &|content_id| {
                    waxwing_mime::inline_by_content_id(&raw, content_id)
                        .map(|_| pictures::address(&token, content_id))
                },
                remote_image: &|url| {
                    let mut asked = asked.borrow_mut();
                    asked.push(url.to_owned());
                    Some(pictures::remote_address(&token, asked.len() - 1))
                },
            };
            let (safe, findings) = safe_html(&letter, &options);
            let body = LetterBody {
                document: safe.frame(waxwing_sanitize::Look { dark: look.dark }),
                remote_images: if allowed { 0 } else { findings.remote_images },
                trackers: if allowed { 0 } else { findings.trackers },
                attachments: shown_attachments(&letter),
                oddities: letter.oddities.iter().map(ToString::to_string).collect(),
            };
            engine.inner.pictures.remember(token, email, asked.take());
            body
        })
        .await
    }

    /// From now on, letters from this address show their pictures from the network.
    pub async fn always_show_images_from(&self, address: &str) -> Result<()> {
        match images_from(address) {
            Some(setting) => self.put_setting(&setting, "yes").await,
            None => Err(EngineError::Invalid("the letter does not say who sent it".into())),
        }
    }

    async fn shows_images_of(&self, email: EmailId) -> Result<bool> {
        self.read(move |reading| {
            let Some(email) = reading.email(email)? else {
                return Ok(false);
            };
            let Some(sender) = email.from.first() else {
                return Ok(false);
            };
            let Some(setting) = images_from(&sender.email) else {
                return Ok(false);
            };
            Ok(reading.setting(&setting)?.is_some())
        })
        .await
    }

    /// Every byte of the letter as it came.
    pub async fn raw(&self, email: EmailId) -> Result<Vec<u8>> {
        if let Some(raw) = self.read(move |reading| reading.raw(email)).await? {
            return Ok(raw);
        }
        let account = self.emails(vec![email]).await?.first().map(|email| email.account);
        let account = account.ok_or(EngineError::Gone("the letter"))?;
        match self.original_of(email).await? {
            Some((account, original)) => self.fetch_body(account, original).await?,
            None => self.fetch_body(account, email).await?,
        }
        self.read(move |reading| reading.raw(email))
            .await?
            .ok_or(EngineError::Gone("the letter"))
    }

    /// Whose bytes a letter will have that is still on its way to where it is shown.
    async fn original_of(&self, email: EmailId) -> Result<Option<(AccountId, EmailId)>> {
        self.read(move |reading| {
            let mut wanted = email;
            let mut found = None;
            // A copy may be one of a copy; the bound is for a store that somebody else has touched.
            for _ in 0..16 {
                let original =
                    reading
                        .operations_on(wanted)?
                        .into_iter()
                        .find_map(|entry| match entry.operation {
                            Operation::Copy { original, copy, .. } if copy == wanted => Some(original),
                            _ => None,
                        });
                let Some(original) = original else { break };
                let Some(there) = reading.email(original)? else {
                    break;
                };
                found = Some((there.account, original));
                wanted = original;
            }
            Ok(found)
        })
        .await
    }

    /// One attachment: its name and its bytes.
    pub async fn attachment(&self, email: EmailId, part: &str) -> Result<(Attachment, Vec<u8>)> {
        let raw = self.raw(email).await?;
        let part = PartId(part.to_owned());
        blocking(move || waxwing_mime::attachment(&raw, &part))
            .await?
            .map(|(attachment, data)| (described(&attachment), data))
            .ok_or(EngineError::Gone("the attachment"))
    }
}

/// The sanitised body of a parsed letter: its HTML parts, or its text.
pub(crate) fn safe_html(letter: &Letter, options: &Options<'_>) -> (SafeHtml, Findings) {
    if letter.html_parts.is_empty() {
        let text = letter.text.as_deref().unwrap_or_default();
        return (waxwing_sanitize::from_text(text), Findings::default());
    }
    waxwing_sanitize::sanitize_parts(&letter.html_parts, options)
}

/// The setting that remembers a sender whose pictures are shown. `None` for nobody, or else every letter without a
/// sender would be allowed with the first.
fn images_from(address: &str) -> Option<String> {
    let address = address.trim().to_lowercase();
    (!address.is_empty()).then(|| format!("images.from.{address}"))
}

/// Attachments worth a row: not the pictures that the body itself shows.
fn shown_attachments(letter: &Letter) -> Vec<Attachment> {
    let html = letter.html_parts.concat();
    letter
        .attachments
        .iter()
        .filter(|attachment| {
            !attachment
                .content_id
                .as_deref()
                .is_some_and(|content_id| html.contains(&format!("cid:{content_id}")))
        })
        .map(described)
        .collect()
}

fn described(attachment: &waxwing_mime::Attachment) -> Attachment {
    Attachment {
        part: attachment.part.0.clone(),
        name: attachment.name.clone(),
        media_type: attachment.media_type.clone(),
        size: attachment.size,
    }
}

#[cfg(test)]
mod tests {
    use super::images_from;

    #[test]
    fn a_sender_is_remembered_however_the_address_is_written_and_nobody_is_not() {
        assert_eq!(
            images_from(" Amara@Waxwing.test "),
            Some("images.from.amara@waxwing.test".into()),
            "the same person"
        );
        assert_eq!(images_from(" "), None, "nobody is not a sender");
    }
}
