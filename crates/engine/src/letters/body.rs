//! A letter's body on its way to the frame: fetched if it must be, sanitised always.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use waxwing_mime::{Letter, Oddity};
use waxwing_model::{Address, DeliveryReport, Email, EmailId};
use waxwing_sanitize::{Details, Findings, RemoteImages};
use waxwing_store::{Reading, StoreError};

mod looked_up;

use self::looked_up::{Before, Beside, Here};
use super::attachments::Attachment;
use super::invitation::{self, ShownInvitation, Standing};
use super::pictures::Pictures;
use super::render::{On, Rendered, render};
use super::told::Reporting;
use crate::caution::{
    AllowedFor, CautionWishes, ListOfLetter, Permission, RemoteContent, Who, facts, house_of,
};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// How long a letter that is ready waits for what is known here of who it is from, which is found out beside it: nobody is asked for it,
/// so it is there before the letter is but on a computer that is busy.
const WHO_PATIENCE: Duration = Duration::from_millis(80);

/// How the reader wants it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// On dark paper, the letter's own colours included.
    pub dark: bool,
    /// The window around it is dark, whatever paper it is on.
    pub dark_around: bool,
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

/// All that a reading pane shows of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterBody {
    /// The whole document for the frame.
    pub document: String,
    pub remote_images: u32,
    pub trackers: u32,
    /// Pictures of whom it says it is from are allowed, but nobody vouches that it is.
    pub images_held: bool,
    /// Whose pictures are always shown, this letter's among them.
    pub images_allowed: Option<AllowedFor>,
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
    /// A text is not in the character set that it claims, or that was chosen for it: another one may show it.
    pub is_garbled: bool,
    /// What kind of letter it is where it cannot be read like others, each a sentence: that it is encrypted.
    pub kinds: Vec<String>,
    /// Who asks to hear that the letter was read, as long as the person has not answered.
    pub receipt_to: Vec<Address>,
    /// What servers and readers have reported of it, if it was sent.
    pub reports: Vec<DeliveryReport>,
    /// What it reports itself.
    pub reporting: Option<Reporting>,
    /// The letter's own colours were changed for dark paper.
    pub darkened: bool,
    pub invitation: Option<ShownInvitation>,
    /// Who it is from, as far as that is known without asking anybody. `None`: it takes longer than the letter; [`Engine::who`] tells it.
    pub who: Option<Who>,
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

/// Why a letter is made ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// The person has opened it.
    Opened,
    /// The person may open it next. Nothing is fetched for it, and nothing of it is remembered.
    Ahead,
}

/// Who a letter is from, which is being found out.
type WhoBeside = JoinHandle<Result<Who>>;

async fn with_who(body: LetterBody, who: Option<WhoBeside>) -> LetterBody {
    let told = match who {
        Some(who) => tokio::time::timeout(WHO_PATIENCE, who).await.ok(),
        None => None,
    };
    LetterBody {
        who: told.and_then(|told| told.ok()?.ok()),
        ..body
    }
}

impl Engine {
    /// The letter as the frame shows it. A body that is not here is asked of the server first.
    ///
    /// Somebody waits for it, so it is looked into the store twice, once before the letter is made ready and once after it,
    /// and nothing is written before the answer unless that is about to be true: see [`Engine::note_trackers`].
    pub async fn body(&self, email: EmailId, look: Look) -> Result<LetterBody> {
        let before = self.brought(email, look).await?;
        let body = self.body_for(email, before, Occasion::Opened).await?;
        body.ok_or(EngineError::Gone("the letter"))
    }

    /// The same for somebody who may open the letter next; `None` where it is not here. It stays one that was not opened: its trackers are
    /// not counted, its links not remembered, no meeting is called off by it. Whoever opens it then asks for its [`Engine::body`].
    pub async fn body_ahead(&self, email: EmailId, look: Look) -> Result<Option<LetterBody>> {
        let before = self.before(email, look).await?;
        self.body_for(email, before, Occasion::Ahead).await
    }

    /// [`Engine::body`], with who the letter is from as far as that is known here: told later it would move the letter under the hand.
    /// It is found out beside the letter, which waits for it only a little.
    pub async fn body_and_who(&self, email: EmailId, look: Look) -> Result<LetterBody> {
        let before = self.brought(email, look).await?;
        let who = self.who_beside(email, &before);
        let body = self.body_for(email, before, Occasion::Opened).await?;
        Ok(with_who(body.ok_or(EngineError::Gone("the letter"))?, who).await)
    }

    /// [`Engine::body_ahead`], likewise.
    pub async fn body_and_who_ahead(&self, email: EmailId, look: Look) -> Result<Option<LetterBody>> {
        let before = self.before(email, look).await?;
        let who = self.who_beside(email, &before);
        match self.body_for(email, before, Occasion::Ahead).await? {
            Some(body) => Ok(Some(with_who(body, who).await)),
            None => Ok(None),
        }
    }

    fn who_beside(&self, email: EmailId, before: &Before) -> Option<WhoBeside> {
        let Here { raw, absent } = before.here.as_ref()?;
        let (engine, raw, is_whole) = (self.clone(), Arc::clone(raw), absent.is_empty());
        Some(tokio::spawn(async move {
            engine.who_at_hand(email, raw, is_whole).await
        }))
    }

    async fn body_for(
        &self,
        email: EmailId,
        before: Before,
        occasion: Occasion,
    ) -> Result<Option<LetterBody>> {
        let Before {
            here,
            permitted,
            look,
        } = before;
        let Some(Here { raw, absent }) = here else {
            return Ok(None);
        };
        let permission = self.judge(permitted).await?;
        let allowed = look.remote_images || matches!(permission, Permission::Used(_));
        let engine = self.clone();
        let (mut body, letter, invitation, list, told, beside) = blocking(move || {
            let (body, letter, details) = engine.rendered(email, "", &raw, &absent, &look, allowed);
            if occasion == Occasion::Opened {
                engine.remember_links(&details);
            }
            let invitation = invitation::all_of(&raw, &letter);
            let list = waxwing_mime::mailing_list(&raw);
            // As text it asks for nothing, and tells nothing of what it would have asked for.
            let told = (!look.plain).then(|| facts(&details, allowed));
            let beside = engine
                .inner
                .store
                .read(|reading| Beside::read(reading, email, &letter))?;
            Ok::<_, EngineError>((body, letter, invitation, list, told, beside))
        })
        .await??;
        if let Some(told) = told.filter(|_| occasion == Occasion::Opened) {
            self.note_trackers(email, told, beside.trackers).await?;
        }
        body.images_held = matches!(permission, Permission::Held(_)) && !allowed;
        body.images_allowed = permission.whose();
        body.house = letter.headers.from.first().and_then(house_of);
        body.list = list.map(|list| ListOfLetter::new(list, beside.list_left_at));
        body.invitation = self
            .known_of(email, &letter.headers, invitation, Standing::Received, occasion)
            .await?;
        body.receipt_to = self.receipt_wanted(email, &letter.headers).await?;
        body.reports = beside.reports;
        body.reporting = beside.reporting;
        if let Some(reporting) = body.reporting.as_mut().filter(|one| one.asks_for_vouching()) {
            let letter = self.emails(vec![email]).await?.into_iter().next();
            if let Some(letter) = letter
                && self.is_vouched(&letter).await?
            {
                reporting.vouched();
            }
        }
        Ok(Some(body))
    }

    /// What is pressed in the letter from now on may be one of its links.
    pub(super) fn remember_links(&self, details: &Details) {
        self.inner
            .pictures
            .remember_links(details.links.clone(), details.more_links);
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
        let before = before(way);
        let Rendered {
            document,
            findings,
            details,
            darkened,
            attachments,
            asked,
            letter,
            is_crowded,
        } = render(raw, &before, absent, look, remote_images, &token, On::Screen);
        self.inner.pictures.remember(token, email, way.to_owned(), asked);
        let body = LetterBody {
            document,
            remote_images: if allowed { 0 } else { findings.remote_images },
            trackers: if allowed { 0 } else { findings.trackers },
            images_held: false,
            images_allowed: None,
            remote: RemoteContent::from(&details),
            left_out: LeftOut {
                style_sheets: findings.remote_sheets,
                scripts: findings.removed_scripts,
                forms: findings.removed_forms,
            },
            house: None,
            sent_by: letter.headers.sent_by().cloned(),
            list: None,
            attachments,
            oddities: oddities(&letter, findings, is_crowded),
            is_garbled: letter.oddities.contains(&Oddity::BadCharset),
            kinds: told_of(&letter, Oddity::is_kind),
            receipt_to: Vec::new(),
            reports: Vec::new(),
            reporting: None,
            darkened,
            invitation: None,
            who: None,
        };
        (body, letter, details)
    }

    /// A look with what the person has wished for all letters.
    pub(super) async fn wished(&self, look: Look) -> Result<Look> {
        self.read(move |reading| wished(reading, look)).await
    }
}

/// What stands before the parts of a letter in the ways to them.
pub(super) fn before(way: &str) -> String {
    match way {
        "" => String::new(),
        way => format!("{way}/"),
    }
}

fn wished(reading: &Reading<'_>, look: Look) -> std::result::Result<Look, StoreError> {
    let identities = reading.identities()?.into_iter();
    Ok(Look {
        keeps_links: !CautionWishes::read(reading)?.clean_links,
        reader: identities.map(|identity| identity.email).collect(),
        ..look
    })
}

/// What was reported of a letter.
fn reported(reading: &Reading<'_>, email: EmailId) -> std::result::Result<Vec<DeliveryReport>, StoreError> {
    match reading.email(email)? {
        Some(Email {
            account,
            message_id: Some(name),
            ..
        }) => reading.reports_about(account, &name),
        _ => Ok(Vec::new()),
    }
}

/// Those of what is known of a letter that are wanted.
fn told_of(letter: &Letter, is_wanted: impl Fn(Oddity) -> bool) -> Vec<String> {
    let oddities = letter.oddities.iter().copied();
    oddities
        .filter(|oddity| is_wanted(*oddity))
        .map(|oddity| oddity.to_string())
        .collect()
}

/// What was odd about a letter, and what was left out of it.
fn oddities(letter: &Letter, findings: Findings, is_crowded: bool) -> Vec<String> {
    let mut told = told_of(letter, |oddity| !oddity.is_kind());
    if findings.too_deep {
        told.push("The letter's layout is nested too deeply and was flattened.".to_owned());
    }
    if findings.truncated {
        told.push("The letter is too long and is shown only in part.".to_owned());
    }
    if findings.plainer {
        told.push(
            "Some of the letter's decoration is left out: it would keep the window busy for long.".to_owned(),
        );
    }
    if is_crowded {
        told.push(
            "Some of the letter's pictures are not shown in it: all together would fill the memory. They are among its files."
                .to_owned(),
        );
    }
    told
}

#[cfg(test)]
mod tests;
