//! A letter's body on its way to the frame: fetched if it must be, sanitised always.

use std::collections::BTreeMap;

use waxwing_mime::Letter;
use waxwing_model::{AccountId, Address, Body, DeliveryReport, Email, EmailId, Operation, ReportLine};
use waxwing_sanitize::{Findings, RemoteImages};
use waxwing_store::{Reading, StoreError};

use super::attachments::Attachment;
use super::invitation::{self, ShownInvitation};
use super::pictures::Pictures;
use super::render::{On, Rendered, render};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::sync::Wanted;

/// How the reader wants it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// On dark paper, the letter's own colours included.
    pub dark: bool,
    /// Pictures from the network, for this once. They are fetched by us and never by the web view.
    pub remote_images: bool,
    /// As text, whatever else it brings.
    pub plain: bool,
    /// In this character set, whatever it says.
    pub charset: Option<String>,
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
    /// The letter's own colours were changed for dark paper.
    pub darkened: bool,
    pub invitation: Option<ShownInvitation>,
}

impl Engine {
    /// The letter as the frame shows it. A body that is not here is asked of the server first.
    pub async fn body(&self, email: EmailId, look: Look) -> Result<LetterBody> {
        let Readable { raw, absent } = self.readable(email).await?;
        let allowed = look.remote_images || self.shows_images_of(email).await?;
        let engine = self.clone();
        let (mut body, letter, invitation) = blocking(move || {
            let (body, letter) = engine.rendered(email, "", &raw, &absent, &look, allowed);
            let invitation = invitation::of(&raw, &letter);
            (body, letter, invitation)
        })
        .await?;
        body.invitation = self.known_of(email, invitation).await?;
        body.receipt_to = self.receipt_wanted(email, &letter.headers).await?;
        let (reports, about) = self.reported(email).await?;
        body.reports = reports;
        body.reporting = letter.report.map(|report| (report.lines, about));
        Ok(body)
    }

    /// A letter that is at hand, and the token of its pictures remembered. What the store knows of it is not told yet.
    pub(super) fn rendered(
        &self,
        email: EmailId,
        way: &str,
        raw: &[u8],
        absent: &BTreeMap<String, u32>,
        look: &Look,
        allowed: bool,
    ) -> (LetterBody, Letter) {
        let remote_images = match allowed {
            true => RemoteImages::Allowed,
            false => RemoteImages::Blocked,
        };
        let token = Pictures::token();
        let before = match way {
            "" => String::new(),
            way => format!("{way}/"),
        };
        let Rendered {
            document,
            findings,
            darkened,
            attachments,
            asked,
            letter,
        } = render(raw, &before, absent, look, remote_images, &token, On::Screen);
        self.inner.pictures.remember(token, email, way.to_owned(), asked);
        let body = LetterBody {
            document,
            remote_images: if allowed { 0 } else { findings.remote_images },
            trackers: if allowed { 0 } else { findings.trackers },
            attachments,
            oddities: oddities(&letter, findings),
            receipt_to: Vec::new(),
            reports: Vec::new(),
            reporting: None,
            darkened,
            invitation: None,
        };
        (body, letter)
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

    pub(super) async fn shows_images_of(&self, email: EmailId) -> Result<bool> {
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

    pub(super) async fn bring(&self, email: EmailId, wanted: Wanted) -> Result<()> {
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
}

/// What was odd about a letter, and what was left out of it.
fn oddities(letter: &Letter, findings: Findings) -> Vec<String> {
    let mut told: Vec<String> = letter.oddities.iter().map(ToString::to_string).collect();
    if findings.too_deep {
        told.push("The letter's layout is nested too deeply and was flattened.".to_owned());
    }
    if findings.truncated {
        told.push("The letter is too long and is shown only in part.".to_owned());
    }
    told
}

/// The setting that remembers a sender whose pictures are shown. `None` for nobody, or else every letter without a
/// sender would be allowed with the first.
fn images_from(address: &str) -> Option<String> {
    let address = address.trim().to_lowercase();
    (!address.is_empty()).then(|| format!("images.from.{address}"))
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
