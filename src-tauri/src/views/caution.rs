//! Senders, links and trackers as the interface sees them.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{
    AllowedFor, AskBeforeLinks, AskForKeys, CautionWishes, LinkKind, LinkLook, LinkWarning, Note,
    RemoteContent, Tracker, TrackerKind, TrackingSender, Verdict, Who,
};

use super::letter::AddressView;
use super::{Moment, moment};

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhoView {
    pub address: Option<AddressView>,
    pub domain: String,
    pub verdict: VerdictView,
    /// Another domain, where it is that one that vouches.
    pub other: Option<String>,
    /// The account's own server, where the verdict is its word.
    pub server: Option<String>,
    pub notes: Vec<NoteView>,
    pub pictures: HoldsView,
    /// Keys of its signers are still to be asked for: `who` may tell better.
    pub open: bool,
}

/// Whether a permission to always show pictures would hold for a letter if it were given over it.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HoldsView {
    /// One for its sender or their domain.
    pub sender: bool,
    pub list: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum VerdictView {
    Vouched,
    Partly,
    ByOther,
    Broken,
    Failed,
    Nobody,
    OtherUnknown,
    Unknown,
    Own,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum NoteView {
    First,
    NameOf { person: AddressView },
    LooksLike { domain: String },
    AddressInName { address: String },
    // Known is a site that the person deals with, or that is often forged.
    SiteInName { host: String, known: bool },
    OwnAddress,
    OwnAddressWithin { domain: String },
    OwnAddressSeemingly { domain: String },
    HiddenSigns,
    EncodedAddress,
    SeveralFrom,
    SeveralSenders,
    NoAddress,
    AnswersTo { person: AddressView },
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    pub kind: LinkKindView,
    pub address: String,
    pub given: String,
    pub host: String,
    pub written: Option<String>,
    pub owner: Option<String>,
    pub removed: Vec<String>,
    pub passed: Vec<String>,
    pub warnings: Vec<LinkWarningView>,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LinkKindView {
    Page,
    Files,
    Number,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum LinkWarningView {
    OtherHost { host: String },
    LooksLike { host: String },
    BeginsLike { host: String },
    Holds { host: String },
    MixedScripts,
    OtherScript,
    Number,
    Pretends { name: String },
    LeadsOn { host: String },
    Short,
    Port { port: u16 },
    LongText,
    Code,
    OtherNumber { number: String },
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RemoteView {
    pub hosts: Vec<RemoteHostView>,
    pub trackers: Vec<TrackerView>,
    pub personal_links: u32,
}

/// Who was to give so many pictures, or who tracked so often.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RemoteHostView {
    pub host: String,
    pub count: u32,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TrackerView {
    pub host: String,
    pub service: Option<String>,
    pub kind: TrackerKindView,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TrackerKindView {
    Pixel,
    Counter,
    Personal,
}

#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AllowedView {
    Sender { name: String },
    List { name: String },
    Domain { name: String },
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TrackingSenderView {
    pub person: AddressView,
    pub letters: u32,
    /// How many of them were shown with their pictures, so that the sender was told.
    pub told: u32,
    pub last_at: Moment,
    pub by: Vec<RemoteHostView>,
    pub pictures: u32,
    pub links: u32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AskForKeysView {
    WhenNeeded,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CautionWishesView {
    pub keys: AskForKeysView,
    /// A person is asked before every link, and not only before odd ones.
    pub ask_before_all: bool,
    pub clean_links: bool,
}

impl From<Who> for WhoView {
    fn from(who: Who) -> Self {
        let (verdict, other) = match who.verdict {
            Verdict::Vouched => (VerdictView::Vouched, None),
            Verdict::Partly => (VerdictView::Partly, None),
            Verdict::ByOther(other) => (VerdictView::ByOther, Some(other)),
            Verdict::Broken => (VerdictView::Broken, None),
            Verdict::Failed => (VerdictView::Failed, None),
            Verdict::Nobody => (VerdictView::Nobody, None),
            Verdict::OtherUnknown => (VerdictView::OtherUnknown, None),
            Verdict::Unknown => (VerdictView::Unknown, None),
            Verdict::Own => (VerdictView::Own, None),
        };
        Self {
            address: who.address.map(Into::into),
            domain: who.domain,
            verdict,
            other,
            server: who.server,
            notes: who.notes.into_iter().map(Into::into).collect(),
            pictures: HoldsView {
                sender: who.pictures.sender,
                list: who.pictures.list,
            },
            open: who.open,
        }
    }
}

impl From<Note> for NoteView {
    fn from(note: Note) -> Self {
        match note {
            Note::First => Self::First,
            Note::NameOf(person) => Self::NameOf {
                person: person.into(),
            },
            Note::LooksLike(domain) => Self::LooksLike { domain },
            Note::AddressInName(address) => Self::AddressInName { address },
            Note::SiteInName { site, known } => Self::SiteInName { host: site, known },
            Note::OwnAddress => Self::OwnAddress,
            Note::OwnAddressWithin(domain) => Self::OwnAddressWithin { domain },
            Note::OwnAddressSeemingly(domain) => Self::OwnAddressSeemingly { domain },
            Note::HiddenSigns => Self::HiddenSigns,
            Note::EncodedAddress => Self::EncodedAddress,
            Note::SeveralFrom => Self::SeveralFrom,
            Note::SeveralSenders => Self::SeveralSenders,
            Note::NoAddress => Self::NoAddress,
            Note::AnswersTo(person) => Self::AnswersTo {
                person: person.into(),
            },
        }
    }
}

impl From<LinkLook> for LinkView {
    fn from(look: LinkLook) -> Self {
        Self {
            kind: match look.kind {
                LinkKind::Page => LinkKindView::Page,
                LinkKind::Files => LinkKindView::Files,
                LinkKind::Number => LinkKindView::Number,
            },
            address: look.address,
            given: look.given,
            host: look.host,
            written: look.written,
            owner: look.owner,
            removed: look.removed,
            passed: look.passed,
            warnings: look.warnings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<LinkWarning> for LinkWarningView {
    fn from(warning: LinkWarning) -> Self {
        match warning {
            LinkWarning::OtherHost(host) => Self::OtherHost { host },
            LinkWarning::LooksLike(host) => Self::LooksLike { host },
            LinkWarning::BeginsLike(host) => Self::BeginsLike { host },
            LinkWarning::Holds(host) => Self::Holds { host },
            LinkWarning::MixedScripts => Self::MixedScripts,
            LinkWarning::OtherScript => Self::OtherScript,
            LinkWarning::Number => Self::Number,
            LinkWarning::Pretends(name) => Self::Pretends { name },
            LinkWarning::LeadsOn(host) => Self::LeadsOn { host },
            LinkWarning::Short => Self::Short,
            LinkWarning::Port(port) => Self::Port { port },
            LinkWarning::LongText => Self::LongText,
            LinkWarning::Code => Self::Code,
            LinkWarning::OtherNumber(number) => Self::OtherNumber { number },
        }
    }
}

impl From<RemoteContent> for RemoteView {
    fn from(remote: RemoteContent) -> Self {
        Self {
            hosts: counted(remote.hosts),
            trackers: remote.trackers.into_iter().map(Into::into).collect(),
            personal_links: remote.personal_links,
        }
    }
}

fn counted(hosts: Vec<(String, u32)>) -> Vec<RemoteHostView> {
    hosts
        .into_iter()
        .map(|(host, count)| RemoteHostView { host, count })
        .collect()
}

impl From<Tracker> for TrackerView {
    fn from(tracker: Tracker) -> Self {
        Self {
            host: tracker.host,
            service: tracker.service.map(str::to_owned),
            kind: match tracker.kind {
                TrackerKind::Pixel => TrackerKindView::Pixel,
                TrackerKind::Counter => TrackerKindView::Counter,
                TrackerKind::Personal => TrackerKindView::Personal,
            },
        }
    }
}

impl From<AllowedView> for AllowedFor {
    fn from(allowed: AllowedView) -> Self {
        match allowed {
            AllowedView::Sender { name } => Self::Sender(name),
            AllowedView::List { name } => Self::List(name),
            AllowedView::Domain { name } => Self::Domain(name),
        }
    }
}

impl From<AllowedFor> for AllowedView {
    fn from(allowed: AllowedFor) -> Self {
        match allowed {
            AllowedFor::Sender(name) => Self::Sender { name },
            AllowedFor::List(name) => Self::List { name },
            AllowedFor::Domain(name) => Self::Domain { name },
        }
    }
}

impl From<TrackingSender> for TrackingSenderView {
    fn from(sender: TrackingSender) -> Self {
        Self {
            person: sender.address.into(),
            letters: sender.letters,
            told: sender.told,
            last_at: moment(sender.last_at),
            by: counted(sender.by),
            pictures: sender.pictures,
            links: sender.links,
        }
    }
}

impl From<CautionWishes> for CautionWishesView {
    fn from(wishes: CautionWishes) -> Self {
        Self {
            keys: match wishes.keys {
                AskForKeys::WhenNeeded => AskForKeysView::WhenNeeded,
                AskForKeys::Always => AskForKeysView::Always,
                AskForKeys::Never => AskForKeysView::Never,
            },
            ask_before_all: wishes.links == AskBeforeLinks::All,
            clean_links: wishes.clean_links,
        }
    }
}

impl From<CautionWishesView> for CautionWishes {
    fn from(wishes: CautionWishesView) -> Self {
        Self {
            keys: match wishes.keys {
                AskForKeysView::WhenNeeded => AskForKeys::WhenNeeded,
                AskForKeysView::Always => AskForKeys::Always,
                AskForKeysView::Never => AskForKeys::Never,
            },
            links: match wishes.ask_before_all {
                true => AskBeforeLinks::All,
                false => AskBeforeLinks::Odd,
            },
            clean_links: wishes.clean_links,
        }
    }
}
