//! The message list: what it asks for, and its rows.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_model::{
    Listing as Asked, ListingFilter, ListingGrouping, ListingOrder, ListingSource as Source, Row,
};

use super::trouble::TroubleView;
use super::{Moment, id, moment};

#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ListingSource {
    Mailbox { mailbox: String },
    AllInboxes,
    Starred,
    Search { query: String },
}

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Filter {
    All,
    Unread,
}

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Order {
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Grouping {
    Conversations,
    Messages,
}

#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    pub source: ListingSource,
    pub filter: Filter,
    pub order: Order,
    pub grouping: Grouping,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    pub thread: String,
    pub email: String,
    pub account: String,
    pub emails: Vec<String>,
    pub people: Vec<String>,
    pub avatar: String,
    pub subject: String,
    pub preview: String,
    pub received_at: Moment,
    pub unread: bool,
    pub starred: bool,
    pub answered: bool,
    pub has_attachment: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    pub total: u32,
    pub rows: Vec<RowView>,
    /// There are more rows than are known yet: asked again in a moment, there will be all.
    pub more: bool,
}

impl TryFrom<Listing> for Asked {
    type Error = TroubleView;

    fn try_from(listing: Listing) -> Result<Self, TroubleView> {
        Ok(Self {
            source: match listing.source {
                ListingSource::Mailbox { mailbox } => Source::Mailbox {
                    mailbox: id(&mailbox)?,
                },
                ListingSource::AllInboxes => Source::AllInboxes,
                ListingSource::Starred => Source::Starred,
                ListingSource::Search { query } => Source::Search { query },
            },
            filter: match listing.filter {
                Filter::All => ListingFilter::All,
                Filter::Unread => ListingFilter::Unread,
            },
            order: match listing.order {
                Order::Newest => ListingOrder::Newest,
                Order::Oldest => ListingOrder::Oldest,
            },
            grouping: match listing.grouping {
                Grouping::Conversations => ListingGrouping::Conversations,
                Grouping::Messages => ListingGrouping::Messages,
            },
        })
    }
}

impl From<Row> for RowView {
    fn from(row: Row) -> Self {
        Self {
            thread: row.thread.to_string(),
            email: row.email.to_string(),
            account: row.account.to_string(),
            emails: row.emails.iter().map(ToString::to_string).collect(),
            people: row.people,
            avatar: row.avatar,
            subject: row.subject,
            preview: row.preview,
            received_at: moment(row.received_at),
            unread: row.unread,
            starred: row.starred,
            answered: row.answered,
            has_attachment: row.has_attachment,
        }
    }
}
