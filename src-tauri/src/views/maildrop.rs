//! What is still on a POP3 server, and what a choice about it comes to.

use serde::Serialize;
use specta::Type;
use waxwing_engine::{Here, Maildrop, OnServer, ServerCopies};

use super::letter::AddressView;
use super::{Moment, Octets, moment, octets};

/// Messages on a server.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerCopiesView {
    pub messages: u32,
    pub octets: Octets,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MaildropView {
    /// The newest first.
    pub messages: Vec<OnServerView>,
    /// After so many days the server removes messages by itself, if it says so.
    pub expires_after: Option<u32>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OnServerView {
    pub name: String,
    pub size: Octets,
    pub subject: String,
    pub from: Vec<AddressView>,
    pub date: Option<Moment>,
    pub here: HereView,
}

/// Whether it is on this computer.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HereView {
    Whole,
    Header,
    Deleted,
    No,
}

impl From<ServerCopies> for ServerCopiesView {
    fn from(copies: ServerCopies) -> Self {
        Self {
            messages: copies.messages,
            octets: octets(copies.octets),
        }
    }
}

impl From<Maildrop> for MaildropView {
    fn from(maildrop: Maildrop) -> Self {
        Self {
            messages: maildrop.messages.into_iter().map(Into::into).collect(),
            expires_after: maildrop.expires_after,
        }
    }
}

impl From<OnServer> for OnServerView {
    fn from(message: OnServer) -> Self {
        Self {
            name: message.name,
            size: octets(message.size.into()),
            subject: message.subject,
            from: message.from.into_iter().map(Into::into).collect(),
            date: message.date.map(moment),
            here: match message.here {
                Here::Whole(_) => HereView::Whole,
                Here::Header(_) => HereView::Header,
                Here::Deleted => HereView::Deleted,
                Here::No => HereView::No,
            },
        }
    }
}
