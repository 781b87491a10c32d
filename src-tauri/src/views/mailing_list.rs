//! Mailing lists as the interface sees them, and the ways out.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{LeaveWay, ListOfLetter, ListSubscription, WaysOut};

use super::{Moment, moment};

/// The list that a letter came by, and the ways out.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListView {
    pub id: String,
    pub name: String,
    pub click: bool,
    pub letter: Option<LeaveLetterView>,
    pub page: Option<String>,
    pub left_at: Option<Moment>,
}

/// The ways out, and which of the person's addresses the list then lets go.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WaysOutView {
    pub list: ListView,
    /// One request is offered, and will not be sent, as nobody has signed for it.
    pub unsigned: bool,
    pub address: String,
}

/// The letter that would be written to leave a list.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeaveLetterView {
    pub to: String,
    pub subject: String,
    pub text: String,
}

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LeaveWayView {
    Click,
    Mail,
    Page,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionsView {
    pub lists: Vec<SubscriptionView>,
    /// Letters of before have still to be looked through.
    pub unfinished: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionView {
    pub id: String,
    pub account: String,
    pub list: String,
    pub name: String,
    /// The person's address that it writes to.
    pub address: String,
    pub letters: u32,
    pub letters_since: u32,
    /// The newest letter.
    pub email: String,
    pub last_at: Moment,
    pub left_at: Option<Moment>,
    pub left_by: Option<String>,
}

impl From<ListOfLetter> for ListView {
    fn from(list: ListOfLetter) -> Self {
        Self {
            id: list.id,
            name: list.name,
            click: list.click,
            letter: list.letter.map(|letter| LeaveLetterView {
                to: letter.to.email,
                subject: letter.subject,
                text: letter.text,
            }),
            page: list.page,
            left_at: list.left_at.map(moment),
        }
    }
}

impl From<LeaveWayView> for LeaveWay {
    fn from(way: LeaveWayView) -> Self {
        match way {
            LeaveWayView::Click => Self::Click,
            LeaveWayView::Mail => Self::Mail,
            LeaveWayView::Page => Self::Page,
        }
    }
}

impl From<(Vec<ListSubscription>, bool)> for SubscriptionsView {
    fn from((lists, done): (Vec<ListSubscription>, bool)) -> Self {
        Self {
            lists: lists.into_iter().map(Into::into).collect(),
            unfinished: !done,
        }
    }
}

impl From<WaysOut> for WaysOutView {
    fn from(ways: WaysOut) -> Self {
        Self {
            list: ways.list.into(),
            unsigned: ways.unsigned,
            address: ways.address,
        }
    }
}

impl From<ListSubscription> for SubscriptionView {
    fn from(ListSubscription { known: list, address }: ListSubscription) -> Self {
        Self {
            id: list.id.to_string(),
            account: list.account.to_string(),
            list: list.list,
            name: list.name,
            address,
            letters: list.letters,
            letters_since: list.letters_since,
            email: list.last_email.to_string(),
            last_at: moment(list.last_at),
            left_at: list.left_at.map(moment),
            left_by: list.left_by,
        }
    }
}
