//! An account that changes its protocol: what is wanted, what it would come to, and what it came to.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{FolderCount, OnlyHere, ProtocolChange, ProtocolChanged, ProtocolPlan, ProtocolServer};
use waxwing_model::{AccountId, Protocol};

use super::account::ServerView;
use super::certificate::{AcceptedView, accepted};
use super::setup::RemoteProtocol;
use super::trouble::TroubleView;
use super::{Octets, octets};

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OnlyHereView {
    Upload,
    Keep,
}

/// A server that was found by the address.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProtocolServerView {
    pub server: ServerView,
    /// The part of its host that somebody has registered.
    pub registered: Option<String>,
    /// The name wants a look before the password goes there.
    pub strange: bool,
}

#[derive(Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProtocolForm {
    to: RemoteProtocol,
    server: ServerView,
    only_here: OnlyHereView,
    /// Certificates that the person takes although nobody vouches for them.
    accepted: Vec<AcceptedView>,
    /// What the local folders are called if they have to be made.
    local_folders: String,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FolderCountView {
    pub name: String,
    pub letters: u32,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum ProtocolPlanView {
    Imap {
        both: u32,
        only_server: Vec<FolderCountView>,
        only_here: Vec<FolderCountView>,
        /// Of those that are only on the server.
        deleted_here: u32,
    },
    Pop3 {
        both: u32,
        only_server: u32,
        /// What the server has where POP3 does not see it.
        beyond: Vec<FolderCountView>,
        /// Letters whose text comes to this computer first.
        to_bring: u32,
        octets_to_bring: Octets,
    },
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProtocolChangedView {
    pub both: u32,
    pub uploading: u32,
    pub kept: u32,
}

impl ProtocolForm {
    pub fn of(self, account: AccountId) -> Result<ProtocolChange, TroubleView> {
        Ok(ProtocolChange {
            account,
            to: self.to.into(),
            server: self.server.into(),
            // Who wants that sets the account up anew, where it is explained.
            allow_plain: false,
            accepted: accepted(self.accepted)?,
            only_here: match self.only_here {
                OnlyHereView::Upload => OnlyHere::Upload,
                OnlyHereView::Keep => OnlyHere::Keep,
            },
            local_folders: self.local_folders,
        })
    }
}

impl From<RemoteProtocol> for Protocol {
    fn from(protocol: RemoteProtocol) -> Self {
        match protocol {
            RemoteProtocol::Imap => Self::Imap,
            RemoteProtocol::Pop3 => Self::Pop3,
        }
    }
}

impl From<ProtocolServer> for ProtocolServerView {
    fn from(found: ProtocolServer) -> Self {
        Self {
            server: found.settings.into(),
            registered: found.registered,
            strange: found.strange,
        }
    }
}

impl From<ProtocolPlan> for ProtocolPlanView {
    fn from(plan: ProtocolPlan) -> Self {
        match plan {
            ProtocolPlan::Imap(plan) => Self::Imap {
                both: plan.both,
                only_server: folders(plan.only_server),
                only_here: folders(plan.only_here),
                deleted_here: plan.deleted_here,
            },
            ProtocolPlan::Pop3(plan) => Self::Pop3 {
                both: plan.both,
                only_server: plan.only_server,
                beyond: folders(plan.beyond),
                to_bring: plan.to_bring,
                octets_to_bring: octets(plan.octets_to_bring),
            },
        }
    }
}

impl From<ProtocolChanged> for ProtocolChangedView {
    fn from(changed: ProtocolChanged) -> Self {
        Self {
            both: match changed.plan {
                ProtocolPlan::Imap(plan) => plan.both,
                ProtocolPlan::Pop3(plan) => plan.both,
            },
            uploading: changed.uploading,
            kept: changed.kept,
        }
    }
}

fn folders(counts: Vec<FolderCount>) -> Vec<FolderCountView> {
    let view = |one: FolderCount| FolderCountView {
        name: one.name,
        letters: one.letters,
    };
    counts.into_iter().map(view).collect()
}
