//! A letter's body on its way to the frame: fetched if it must be, sanitised always.

use std::collections::BTreeMap;

use waxwing_mime::Letter;
use waxwing_model::{AccountId, Address, Body, DeliveryReport, Email, EmailId, Operation, ReportLine};
use waxwing_sanitize::{Details, Findings, RemoteImages};
use waxwing_store::{Reading, StoreError, TrackerFact};

use super::attachments::Attachment;
use super::invitation::{self, ShownInvitation};
use super::pictures::Pictures;
use super::render::{On, Rendered, render};
use crate::caution::{ListOfLetter, Permission, RemoteContent, facts, house_of};
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
    /// Links stay as the letter has them, with all that tells who follows them.
    pub keeps_links: bool,
    /// The reader's own addresses, to be recognised in what the letter asks for.
    pub reader: Vec<String>,
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
    /// Pictures of whom it says it is from are allowed, but nobody vouches that it is.
    pub images_held: bool,
    pub remote: RemoteContent,
    pub left_out: LeftOut,
    /// The domain of its sender whose everybody may be allowed, where it is not a provider's.
    pub house: Option<String>,
    /// Who has sent it, where that is another address than who wrote it (RFC 5322, section 3.6.2).
    pub sent_by: Option<Address>,
    /// The mailing list that it came by.
    pub list: Option<ListOfLetter>,
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

/// What no letter gets, whatever is allowed, by how many there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Style sheets from the network.
    pub style_sheets: u32,
    /// Scripts, what would have started them, and links that would run one.
    pub scripts: u32,
    /// Forms, of which the words are shown.
    pub forms: u32,
}

impl Engine {
    /// The letter as the frame shows it. A body that is not here is asked of the server first.
    pub async fn body(&self, email: EmailId, look: Look) -> Result<LetterBody> {
        let Readable { raw, absent } = self.readable(email).await?;
        let permission = self.permission(email).await?;
        let allowed = look.remote_images || permission == Permission::Used;
        let engine = self.clone();
        let look = self.wished(look).await?;
        let (mut body, letter, invitation, list, told) = blocking(move || {
            let (body, letter, details) = engine.rendered(email, "", &raw, &absent, &look, allowed);
            let invitation = invitation::all_of(&raw, &letter);
            let list = waxwing_mime::mailing_list(&raw);
            // As text it asks for nothing, and tells nothing of what it would have asked for.
            let told = (!look.plain).then(|| facts(&details, allowed));
            (body, letter, invitation, list, told)
        })
        .await?;
        if let Some(told) = told {
            self.keep_trackers(email, told).await?;
        }
        body.images_held = permission == Permission::Held && !allowed;
        body.house = letter.headers.from.first().and_then(house_of);
        body.list = self.list_of(email, list).await?;
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
    ) -> (LetterBody, Letter, Details) {
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
            details,
            darkened,
            attachments,
            asked,
            letter,
        } = render(raw, &before, absent, look, remote_images, &token, On::Screen);
        self.inner.pictures.remember(token, email, way.to_owned(), asked);
        self.inner
            .pictures
            .remember_links(details.links.clone(), details.more_links);
        let body = LetterBody {
            document,
            remote_images: if allowed { 0 } else { findings.remote_images },
            trackers: if allowed { 0 } else { findings.trackers },
            images_held: false,
            remote: RemoteContent::from(&details),
            left_out: LeftOut {
                style_sheets: findings.remote_sheets,
                scripts: findings.removed_scripts,
                forms: findings.removed_forms,
            },
            house: None,
            sent_by: sent_by(&letter),
            list: None,
            attachments,
            oddities: oddities(&letter, findings),
            receipt_to: Vec::new(),
            reports: Vec::new(),
            reporting: None,
            darkened,
            invitation: None,
        };
        (body, letter, details)
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

    /// A look with what the person has wished for all letters.
    pub(super) async fn wished(&self, look: Look) -> Result<Look> {
        let wishes = self.caution_wishes().await?;
        let identities = self.identities().await?;
        Ok(Look {
            keeps_links: !wishes.clean_links,
            reader: identities.into_iter().map(|identity| identity.email).collect(),
            ..look
        })
    }

    /// Keeps what a letter would have told, if that is not known yet. What was told once stays told.
    pub(super) async fn keep_trackers(&self, email: EmailId, mut told: Vec<TrackerFact>) -> Result<()> {
        let known = self.read(move |reading| reading.trackers(email)).await?;
        for fact in &mut told {
            let is_same = |one: &TrackerFact| one.host == fact.host && one.kind == fact.kind;
            fact.loaded |= known.iter().any(|known| is_same(known) && known.loaded);
        }
        match known == told {
            true => Ok(()),
            false => {
                self.write_soon(move |writing| writing.put_trackers(email, &told))
                    .await
            }
        }
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

fn sent_by(letter: &Letter) -> Option<Address> {
    let sender = letter.headers.sender.as_ref()?;
    let is_author = |from: &Address| from.email.eq_ignore_ascii_case(&sender.email);
    (!letter.headers.from.iter().any(is_author)).then(|| sender.clone())
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
