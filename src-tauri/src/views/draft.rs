//! Letters being written.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_model::{Asks, Draft, DraftAttachment, DraftContent, ResponseKind};

use super::letter::{AddressView, addresses};
use super::{Moment, moment};

#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftContentView {
    pub to: Vec<AddressView>,
    pub cc: Vec<AddressView>,
    pub bcc: Vec<AddressView>,
    pub subject: String,
    pub html: String,
    /// `None`: the account's first.
    pub identity: Option<String>,
    /// The tagged address that the answered letter was written to.
    pub from: Option<String>,
    pub asks: AsksView,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AsksView {
    pub receipt: bool,
    pub notices: bool,
    pub encryption: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftAttachmentView {
    pub id: String,
    pub name: String,
    pub media_type: String,
    pub size: u32,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    pub id: String,
    pub account: String,
    pub content: DraftContentView,
    pub attachments: Vec<DraftAttachmentView>,
    pub updated_at: Moment,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ResponseKindView {
    Reply,
    ReplyAll,
    Forward,
}

impl From<Draft> for DraftView {
    fn from(draft: Draft) -> Self {
        Self {
            id: draft.id.to_string(),
            account: draft.account.to_string(),
            content: DraftContentView {
                to: addresses(draft.content.to),
                cc: addresses(draft.content.cc),
                bcc: addresses(draft.content.bcc),
                subject: draft.content.subject,
                html: draft.content.html,
                identity: draft.content.identity.map(|identity| identity.to_string()),
                from: draft.content.from,
                asks: AsksView {
                    receipt: draft.content.asks.receipt,
                    notices: draft.content.asks.notices,
                    encryption: draft.content.asks.encryption,
                },
            },
            attachments: draft.attachments.into_iter().map(Into::into).collect(),
            updated_at: moment(draft.updated_at),
        }
    }
}

impl From<DraftAttachment> for DraftAttachmentView {
    fn from(attachment: DraftAttachment) -> Self {
        Self {
            id: attachment.id.to_string(),
            name: attachment.name,
            media_type: attachment.media_type,
            size: attachment.size,
        }
    }
}

impl From<DraftContentView> for DraftContent {
    fn from(content: DraftContentView) -> Self {
        Self {
            to: content.to.into_iter().map(Into::into).collect(),
            cc: content.cc.into_iter().map(Into::into).collect(),
            bcc: content.bcc.into_iter().map(Into::into).collect(),
            subject: content.subject,
            html: content.html,
            // One that cannot be read is as good as none: the letter goes as the account's first.
            identity: content.identity.and_then(|identity| identity.parse().ok()),
            from: content.from,
            asks: Asks {
                receipt: content.asks.receipt,
                notices: content.asks.notices,
                encryption: content.asks.encryption,
            },
        }
    }
}

impl From<ResponseKindView> for ResponseKind {
    fn from(kind: ResponseKindView) -> Self {
        match kind {
            ResponseKindView::Reply => Self::Reply,
            ResponseKindView::ReplyAll => Self::ReplyAll,
            ResponseKindView::Forward => Self::Forward,
        }
    }
}
