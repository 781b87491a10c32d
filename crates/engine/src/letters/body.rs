//! A letter's body on its way to the frame: fetched if it must be, sanitised always.

use std::cell::RefCell;
use std::collections::BTreeMap;

use waxwing_mime::{Letter, PartId};
use waxwing_model::{AccountId, Address, Body, DeliveryReport, Email, EmailId, Operation, ReportLine};
use waxwing_sanitize::{Findings, Options, RemoteImages, SafeHtml};
use waxwing_store::{Reading, StoreError};

use super::pictures::{self, Pictures};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::sync::Wanted;

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
    /// Decoded octets; about as many where it is not here.
    pub size: u32,
    /// Whether its bytes are on this computer. Else they come when it is opened.
    pub here: bool,
}

/// Every byte of a letter. Bytes that are not what they were are as good as none where a server may have them: a disk failed,
/// or the power went before they had reached it.
pub(crate) fn whole(
    reading: &Reading<'_>,
    email: EmailId,
) -> std::result::Result<Option<Vec<u8>>, StoreError> {
    match reading.raw(email) {
        Err(StoreError::Damaged(_)) if reading.may_come_again(email)? => Ok(None),
        outcome => outcome,
    }
}

/// A letter as far as it can be read.
pub(crate) struct Readable {
    pub(crate) raw: Vec<u8>,
    /// Sections that are on the server alone, with about their octets. Empty: the letter is whole.
    pub(crate) absent: BTreeMap<String, u32>,
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
    /// Who asks to hear that the letter was read, as long as the person has not answered.
    pub receipt_to: Vec<Address>,
    /// What servers and readers have reported of it, if it was sent.
    pub reports: Vec<DeliveryReport>,
    /// What it reports itself, and the subject of the letter that it is about where that is here.
    pub reporting: Option<(Vec<ReportLine>, Option<String>)>,
}

impl Engine {
    /// The letter as the frame shows it. A body that is not here is asked of the server first.
    pub async fn body(&self, email: EmailId, look: Look) -> Result<LetterBody> {
        let Readable { raw, absent } = self.readable(email).await?;
        let allowed = look.remote_images || self.shows_images_of(email).await?;
        let remote_images = if allowed {
            RemoteImages::Allowed
        } else {
            RemoteImages::Blocked
        };
        let engine = self.clone();
        let (mut body, headers, lines) = blocking(move || {
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
                attachments: shown_attachments(&letter, &absent),
                oddities: letter.oddities.iter().map(ToString::to_string).collect(),
                receipt_to: Vec::new(),
                reports: Vec::new(),
                reporting: None,
            };
            engine.inner.pictures.remember(token, email, asked.take());
            (body, letter.headers, letter.report.map(|report| report.lines))
        })
        .await?;
        body.receipt_to = self.receipt_wanted(email, &headers).await?;
        let (reports, about) = self.reported(email).await?;
        body.reports = reports;
        body.reporting = lines.map(|lines| (lines, about));
        Ok(body)
    }

    /// What was reported of a letter, and the subject of the one that it reports of.
    async fn reported(&self, email: EmailId) -> Result<(Vec<DeliveryReport>, Option<String>)> {
        self.read(move |reading| {
            let reports = match reading.email(email)? {
                Some(Email {
                    account,
                    message_id: Some(name),
                    ..
                }) => reading.reports_about(account, &name)?,
                _ => Vec::new(),
            };
            let about = match reading.reported_letter(email)? {
                Some(about) => reading.email(about)?.map(|about| about.subject),
                None => None,
            };
            Ok((reports, about))
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
        if let Some(raw) = self.read(move |reading| whole(reading, email)).await? {
            return Ok(raw);
        }
        self.bring(email, Wanted::Whole).await?;
        self.read(move |reading| reading.raw(email))
            .await?
            .ok_or(EngineError::Gone("the letter"))
    }

    /// The letter, or of a large one what is here of it and its text at least.
    pub(crate) async fn readable(&self, email: EmailId) -> Result<Readable> {
        if let Some(readable) = self.readable_here(email).await? {
            return Ok(readable);
        }
        self.bring(email, Wanted::Text).await?;
        self.readable_here(email)
            .await?
            .ok_or(EngineError::Gone("the letter"))
    }

    pub(crate) async fn readable_here(&self, email: EmailId) -> Result<Option<Readable>> {
        self.read(move |reading| {
            if let Some(raw) = whole(reading, email)? {
                let absent = BTreeMap::new();
                return Ok(Some(Readable { raw, absent }));
            }
            Ok(reading.partial_body(email)?.map(|partial| Readable {
                raw: partial.skeleton,
                absent: partial.absent,
            }))
        })
        .await
    }

    async fn bring(&self, email: EmailId, wanted: Wanted) -> Result<()> {
        let account = self.emails(vec![email]).await?.first().map(|email| email.account);
        let account = account.ok_or(EngineError::Gone("the letter"))?;
        self.forget_spoilt(email).await?;
        match self.original_of(email).await? {
            // What is on its way elsewhere goes there whole.
            Some((account, original)) => self.fetch_body(account, original, Wanted::Whole).await,
            None => self.fetch_body(account, email, wanted).await,
        }
    }

    /// A letter that is asked for again and counts as whole is not what it was. From now on it does not count as whole.
    async fn forget_spoilt(&self, email: EmailId) -> Result<()> {
        let spoilt = self
            .read(move |reading| {
                let whole = reading
                    .email(email)?
                    .is_some_and(|email| email.body == Body::Complete);
                Ok(whole && !reading.verify_body(email)?)
            })
            .await?;
        match spoilt {
            true => self.write(move |writing| writing.forget_body(email)).await,
            false => Ok(()),
        }
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

    /// One attachment: its name and its bytes. What is on the server alone is fetched.
    pub async fn attachment(&self, email: EmailId, part: &str) -> Result<(Attachment, Vec<u8>)> {
        let Readable { mut raw, absent } = self.readable(email).await?;
        if absent.contains_key(part) {
            self.bring(email, Wanted::Part(part.to_owned())).await?;
            let filled = self.readable_here(email).await?;
            raw = filled
                .filter(|filled| !filled.absent.contains_key(part))
                .ok_or(EngineError::Gone("the attachment"))?
                .raw;
        }
        let part = PartId(part.to_owned());
        blocking(move || waxwing_mime::attachment(&raw, &part))
            .await?
            .map(|(attachment, data)| (described(&attachment, None), data))
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
fn shown_attachments(letter: &Letter, absent: &BTreeMap<String, u32>) -> Vec<Attachment> {
    let html = letter.html_parts.concat();
    letter
        .attachments
        .iter()
        .filter(|attachment| {
            // A picture that is not here is not shown by the body either.
            absent.contains_key(&attachment.part.0)
                || !attachment
                    .content_id
                    .as_deref()
                    .is_some_and(|content_id| html.contains(&format!("cid:{content_id}")))
        })
        .map(|attachment| described(attachment, absent.get(&attachment.part.0).copied()))
        .collect()
}

/// `absent` is about the size of what is on the server alone.
fn described(attachment: &waxwing_mime::Attachment, absent: Option<u32>) -> Attachment {
    Attachment {
        part: attachment.part.0.clone(),
        name: attachment.name.clone(),
        media_type: attachment.media_type.clone(),
        size: absent.unwrap_or(attachment.size),
        here: absent.is_none(),
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
