//! Letters of the reading pane.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{
    About, ArchivePage, ConversationLetter, KnownPeople, LeftOut, LetterBody, LetterHead, Look, NestedLetter,
};
use waxwing_model::{Address, Body, Email, Keyword};

use super::attachment::AttachmentView;
use super::caution::{AllowedView, RemoteView, WhoView};
use super::invitation::InvitationView;
use super::mailing_list::ListView;
use super::outbox::{ReportLineView, report_lines};
use super::{Moment, moment};

#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddressView {
    pub name: Option<String>,
    pub email: String,
}

/// People who may be meant while a name is typed.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KnownPeopleView {
    /// Whom one writes with most comes first.
    pub people: Vec<AddressView>,
    /// There may be others, who are found as one types on.
    pub more: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LetterView {
    pub id: String,
    pub thread: String,
    pub account: String,
    pub mailboxes: Vec<String>,
    pub subject: String,
    pub from: Vec<AddressView>,
    pub to: Vec<AddressView>,
    pub cc: Vec<AddressView>,
    pub bcc: Vec<AddressView>,
    pub reply_to: Vec<AddressView>,
    /// When it came.
    pub at: Moment,
    /// What it says itself of when it was written.
    pub sent: Option<Moment>,
    pub size: u32,
    pub preview: String,
    pub unread: bool,
    pub starred: bool,
    pub answered: bool,
    pub forwarded: bool,
    pub draft: bool,
    pub has_attachment: bool,
    pub body_present: bool,
    /// In a conversation: it stands in Sent, and this letter is the same one as it came.
    pub same_as: Option<String>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BodyView {
    pub document: String,
    pub remote_images: u32,
    pub trackers: u32,
    /// Pictures of whom it says it is from are allowed, but nobody vouches that it is.
    pub images_held: bool,
    /// Whose pictures are always shown, this letter's among them.
    pub images_allowed: Option<AllowedView>,
    pub remote: RemoteView,
    pub left_out: LeftOutView,
    /// The domain of its sender whose everybody may be allowed, where it is not a provider's.
    pub house: Option<String>,
    /// Who has sent it, where that is somebody else than who wrote it.
    pub sent_by: Option<AddressView>,
    pub list: Option<ListView>,
    pub attachments: Vec<AttachmentView>,
    pub oddities: Vec<String>,
    /// A text is not in the character set that it claims: another one may show it.
    pub garbled: bool,
    /// What kind of letter it is where it cannot be read like others.
    pub kinds: Vec<String>,
    /// Who asks to hear that the letter was read, as long as the person has not answered.
    pub receipt_to: Vec<AddressView>,
    /// What was reported of it.
    pub reports: Vec<ReportLineView>,
    pub reporting: Option<ReportingView>,
    /// The letter's own colours were changed for dark paper.
    pub darkened: bool,
    pub invitation: Option<InvitationView>,
    /// Who it is from, as far as that is known without asking anybody; null where that takes longer than the letter.
    pub who: Option<WhoView>,
}

/// What no letter gets, by how many there were.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftOutView {
    /// From the network.
    pub style_sheets: u32,
    pub scripts: u32,
    /// Their words are shown.
    pub forms: u32,
}

/// What a list shows of a letter within a letter, and its reader.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LetterHeadView {
    /// The way to it.
    pub part: String,
    pub subject: String,
    pub from: Vec<AddressView>,
    pub to: Vec<AddressView>,
    pub cc: Vec<AddressView>,
    pub bcc: Vec<AddressView>,
    pub reply_to: Vec<AddressView>,
    pub at: Option<Moment>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NestedView {
    pub head: LetterHeadView,
    pub body: BodyView,
}

/// Some letters of an archive, and how many there are.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LettersWithinView {
    pub total: u32,
    pub letters: Vec<LetterHeadView>,
    /// Letters are told apart in it. Else all of it is read as one.
    pub is_divided: bool,
}

/// A header field, decoded.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldView {
    pub name: String,
    pub value: String,
}

/// What a letter reports itself.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportingView {
    pub lines: Vec<ReportLineView>,
    /// The subject of the letter that it is about, where that was sent from here.
    pub about: Option<String>,
    /// It says which letter it is about.
    pub named: bool,
}

#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LookView {
    pub dark: bool,
    /// The window is dark, whatever paper the letter is on.
    pub dark_around: bool,
    pub remote_images: bool,
    /// As text, whatever else it brings.
    pub plain: bool,
    /// In this character set, whatever it says.
    pub charset: Option<String>,
}

impl From<LookView> for Look {
    fn from(look: LookView) -> Self {
        Self {
            dark: look.dark,
            dark_around: look.dark_around,
            remote_images: look.remote_images,
            plain: look.plain,
            charset: look.charset,
            ..Look::default()
        }
    }
}

impl From<Address> for AddressView {
    fn from(address: Address) -> Self {
        Self {
            name: address.name,
            email: address.email,
        }
    }
}

impl From<KnownPeople> for KnownPeopleView {
    fn from(KnownPeople { people, more }: KnownPeople) -> Self {
        let people = people.into_iter().map(Into::into).collect();
        Self { people, more }
    }
}

impl From<AddressView> for Address {
    fn from(address: AddressView) -> Self {
        Self {
            name: address.name,
            email: address.email,
        }
    }
}

pub fn addresses(addresses: Vec<Address>) -> Vec<AddressView> {
    addresses.into_iter().map(Into::into).collect()
}

impl From<Email> for LetterView {
    fn from(email: Email) -> Self {
        Self {
            id: email.id.to_string(),
            thread: email.thread.to_string(),
            account: email.account.to_string(),
            mailboxes: email.mailboxes.iter().map(ToString::to_string).collect(),
            subject: email.subject,
            from: addresses(email.from),
            to: addresses(email.to),
            cc: addresses(email.cc),
            bcc: addresses(email.bcc),
            reply_to: addresses(email.reply_to),
            at: moment(email.received_at),
            sent: email.sent_at.map(moment),
            size: email.size,
            preview: email.preview,
            unread: !email.keywords.has(Keyword::SEEN),
            starred: email.keywords.has(Keyword::FLAGGED),
            answered: email.keywords.has(Keyword::ANSWERED),
            forwarded: email.keywords.has(Keyword::FORWARDED),
            draft: email.keywords.has(Keyword::DRAFT),
            has_attachment: email.has_attachment,
            body_present: email.body == Body::Complete,
            same_as: None,
        }
    }
}

impl From<ConversationLetter> for LetterView {
    fn from(ConversationLetter { email, same_as }: ConversationLetter) -> Self {
        Self {
            same_as: same_as.map(|id| id.to_string()),
            ..email.into()
        }
    }
}

impl From<LetterBody> for BodyView {
    fn from(body: LetterBody) -> Self {
        Self {
            document: body.document,
            remote_images: body.remote_images,
            trackers: body.trackers,
            images_held: body.images_held,
            images_allowed: body.images_allowed.map(Into::into),
            remote: body.remote.into(),
            left_out: body.left_out.into(),
            house: body.house,
            sent_by: body.sent_by.map(Into::into),
            list: body.list.map(Into::into),
            attachments: body.attachments.into_iter().map(Into::into).collect(),
            oddities: body.oddities,
            garbled: body.is_garbled,
            kinds: body.kinds,
            receipt_to: addresses(body.receipt_to),
            reports: report_lines(body.reports),
            reporting: body.reporting.map(|reporting| ReportingView {
                lines: report_lines(reporting.lines),
                named: reporting.about != About::Unnamed,
                about: match reporting.about {
                    About::Sent(subject) => Some(subject),
                    About::NotSent | About::Unnamed => None,
                },
            }),
            darkened: body.darkened,
            invitation: body.invitation.map(Into::into),
            who: body.who.map(Into::into),
        }
    }
}

impl From<LeftOut> for LeftOutView {
    fn from(left_out: LeftOut) -> Self {
        Self {
            style_sheets: left_out.style_sheets,
            scripts: left_out.scripts,
            forms: left_out.forms,
        }
    }
}

impl From<LetterHead> for LetterHeadView {
    fn from(head: LetterHead) -> Self {
        Self {
            part: head.part,
            subject: head.subject,
            from: addresses(head.from),
            to: addresses(head.to),
            cc: addresses(head.cc),
            bcc: addresses(head.bcc),
            reply_to: addresses(head.reply_to),
            at: head.at.map(moment),
        }
    }
}

impl From<ArchivePage> for LettersWithinView {
    fn from(page: ArchivePage) -> Self {
        Self {
            total: u32::try_from(page.total).unwrap_or(u32::MAX),
            letters: page.letters.into_iter().map(Into::into).collect(),
            is_divided: page.is_divided,
        }
    }
}

impl From<NestedLetter> for NestedView {
    fn from(nested: NestedLetter) -> Self {
        Self {
            head: nested.head.into(),
            body: nested.body.into(),
        }
    }
}
