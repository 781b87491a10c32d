//! The message list: what it asks for, and its rows.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_model::{
    LettersOfRow, Listed, Listing as Asked, ListingFilter, ListingGrouping, ListingOrder,
    ListingSource as Source, Marks, OrderBy as By, Participant, Row,
};

use super::trouble::TroubleView;
use super::{Moment, id, ids, moment};

#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ListingSource {
    Mailbox { mailbox: String },
    AllInboxes,
    Inboxes { accounts: Vec<String> },
    Starred,
    Search { query: String },
}

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    pub unread: bool,
    pub starred: bool,
    pub attachment: bool,
    pub to_me: bool,
}

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OrderBy {
    Date,
    Sender,
    Subject,
    Size,
    Unread,
    Starred,
    Attachment,
}

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub by: OrderBy,
    pub reversed: bool,
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

/// Somebody whom a row names.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ParticipantView {
    pub name: String,
    /// It is oneself.
    pub own: bool,
    /// Of the letters that nobody has read, the newest is theirs.
    pub newest_unread: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    pub thread: String,
    pub email: String,
    pub account: String,
    pub emails: Vec<String>,
    /// The folders that show these letters, those of the newest first, each once.
    pub mailboxes: Vec<String>,
    /// Who takes part in the conversation, whoever wrote first before the others.
    pub people: Vec<ParticipantView>,
    /// How many letters the conversation shows, in whatever folder they lie; what is done with the row is done with `emails`.
    pub letters: u32,
    /// There are more than those.
    pub more_letters: bool,
    /// The newest letter's, whose colour and initials the avatar takes.
    pub avatar: String,
    pub avatar_name: String,
    pub size: u32,
    pub subject: String,
    pub preview: String,
    pub received_at: Moment,
    pub unread: bool,
    pub starred: bool,
    pub answered: bool,
    pub has_attachment: bool,
    /// Nobody wants to hear of what comes to the conversation.
    pub muted: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    pub total: u32,
    pub rows: Vec<RowView>,
    /// There are more rows than are known yet: asked again in a moment, there will be all.
    pub more: bool,
}

/// Rows of a list that are meant without being named one by one: those from one to another, or all.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListedView {
    pub listing: Listing,
    /// The rows at the two ends, by conversation or letter as the list is grouped; none: the beginning, and the end, of the list.
    pub first: Option<String>,
    pub last: Option<String>,
    /// Rows between them that are not meant.
    pub except: Vec<String>,
    /// Letters that are meant beside them.
    pub also: Vec<String>,
    /// Only the newest letter of each row is meant.
    pub newest: bool,
}

/// What is true of chosen rows.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListedMarksView {
    /// Some row has something unread.
    pub unread: bool,
    /// Every row has a star.
    pub starred: bool,
}

impl From<Marks> for ListedMarksView {
    fn from(marks: Marks) -> Self {
        Self {
            unread: marks.unread,
            starred: marks.starred,
        }
    }
}

impl TryFrom<ListedView> for Listed {
    type Error = TroubleView;

    fn try_from(listed: ListedView) -> Result<Self, TroubleView> {
        Ok(Self {
            listing: listed.listing.try_into()?,
            first: listed.first.map(|row| id(&row)).transpose()?,
            last: listed.last.map(|row| id(&row)).transpose()?,
            except: ids(&listed.except)?,
            also: ids(&listed.also)?,
            letters: match listed.newest {
                true => LettersOfRow::Newest,
                false => LettersOfRow::All,
            },
        })
    }
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
                ListingSource::Inboxes { accounts } => Source::Inboxes {
                    accounts: accounts
                        .iter()
                        .map(|account| id(account))
                        .collect::<Result<_, _>>()?,
                },
                ListingSource::Starred => Source::Starred,
                ListingSource::Search { query } => Source::Search { query },
            },
            filter: ListingFilter {
                unread: listing.filter.unread,
                starred: listing.filter.starred,
                attachment: listing.filter.attachment,
                to_me: listing.filter.to_me,
            },
            order: ListingOrder {
                by: match listing.order.by {
                    OrderBy::Date => By::Date,
                    OrderBy::Sender => By::Sender,
                    OrderBy::Subject => By::Subject,
                    OrderBy::Size => By::Size,
                    OrderBy::Unread => By::Unread,
                    OrderBy::Starred => By::Starred,
                    OrderBy::Attachment => By::Attachment,
                },
                reversed: listing.order.reversed,
            },
            grouping: match listing.grouping {
                Grouping::Conversations => ListingGrouping::Conversations,
                Grouping::Messages => ListingGrouping::Messages,
            },
        })
    }
}

impl From<Participant> for ParticipantView {
    fn from(participant: Participant) -> Self {
        Self {
            name: participant.name,
            own: participant.own,
            newest_unread: participant.newest_unread,
        }
    }
}

impl From<Row> for RowView {
    fn from(row: Row) -> Self {
        Self {
            thread: row.thread.to_string(),
            email: row.email.to_string(),
            account: row.account.to_string(),
            emails: row.emails.iter().map(ToString::to_string).collect(),
            mailboxes: row.mailboxes.iter().map(ToString::to_string).collect(),
            people: row.people.into_iter().map(ParticipantView::from).collect(),
            letters: row.letters,
            more_letters: row.more_letters,
            avatar_name: row.avatar.display().into_owned(),
            avatar: row.avatar.email,
            size: row.size,
            subject: row.subject,
            preview: row.preview,
            received_at: moment(row.received_at),
            unread: row.unread,
            starred: row.starred,
            answered: row.answered,
            has_attachment: row.has_attachment,
            muted: row.muted,
        }
    }
}
