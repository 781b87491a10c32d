//! The setup screen and the vault. Passwords come in here and never go out.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{AccountForm as Form, Checked, Counts, Keeper, VaultState};
use waxwing_model::{AccountId, Keeping, Protocol};

use super::account::{RetentionView, ServerView};
use super::certificate::{AcceptedView, accepted};
use super::id;
use super::managing::TrialView;
use super::trouble::TroubleView;
use super::typed::Typed;

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum RemoteProtocol {
    Imap,
    Pop3,
}

/// Not `Debug`: it holds passwords.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountForm {
    name: String,
    email: String,
    password: Typed,
    /// What `begin_sign_in` gave, once the person has signed in in the browser. Then there is no password for incoming mail.
    signed_in: Option<String>,
    outgoing_password: Option<Typed>,
    /// The same for the server that sends alone.
    outgoing_signed_in: Option<String>,
    protocol: RemoteProtocol,
    incoming: ServerView,
    outgoing: ServerView,
    retention: RetentionView,
    /// Certificates that the person takes although nobody vouches for them.
    accepted: Vec<AcceptedView>,
    allow_plain: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum KeeperView {
    Keyring,
    Passphrase,
    ThisRun,
}

/// Which of two secrets of an account counts from now on.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum CountsView {
    /// The one that was typed in this run.
    Typed,
    /// The one that is kept.
    Kept,
}

impl From<CountsView> for Counts {
    fn from(counts: CountsView) -> Self {
        match counts {
            CountsView::Typed => Self::Typed,
            CountsView::Kept => Self::Kept,
        }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum VaultView {
    Open {
        keeper: KeeperView,
        /// Who keeps the key to the passwords that are here, if any are: another one, where that is set aside for this run.
        kept_by: Option<KeeperView>,
        /// Accounts for which something was typed that is good for this run alone, beside what is kept of them.
        typed: Vec<String>,
    },
    Locked,
    Unavailable {
        reason: String,
        /// Who kept the key to the passwords that are here already, if any are.
        kept_by: Option<KeeperView>,
    },
}

impl TryFrom<AccountForm> for Form {
    type Error = TroubleView;

    fn try_from(form: AccountForm) -> Result<Self, TroubleView> {
        Ok(Self {
            name: form.name,
            email: form.email,
            password: form.password.secret(),
            signed_in: form.signed_in.as_deref().map(id).transpose()?,
            outgoing_password: form.outgoing_password.map(Typed::secret),
            outgoing_signed_in: form.outgoing_signed_in.as_deref().map(id).transpose()?,
            protocol: match form.protocol {
                RemoteProtocol::Imap => Protocol::Imap,
                RemoteProtocol::Pop3 => Protocol::Pop3,
            },
            incoming: form.incoming.into(),
            outgoing: form.outgoing.into(),
            retention: form.retention.into(),
            keeping: Keeping::default(),
            extra_ca: None,
            accepted: accepted(form.accepted)?,
            allow_plain: form.allow_plain,
        })
    }
}

impl From<Checked> for TrialView {
    fn from(checked: Checked) -> Self {
        Self {
            incoming: checked.incoming.into(),
            outgoing: checked.outgoing.into(),
        }
    }
}

impl From<Keeper> for KeeperView {
    fn from(keeper: Keeper) -> Self {
        match keeper {
            Keeper::Keyring => Self::Keyring,
            Keeper::Passphrase => Self::Passphrase,
            Keeper::ThisRun => Self::ThisRun,
        }
    }
}

impl VaultView {
    pub fn of(state: VaultState, kept_by: Option<Keeper>, typed: &[AccountId]) -> Self {
        match state {
            VaultState::Open(keeper) => Self::Open {
                keeper: keeper.into(),
                kept_by: kept_by.map(Into::into),
                typed: typed.iter().map(ToString::to_string).collect(),
            },
            VaultState::Locked => Self::Locked,
            VaultState::Unavailable(reason) => Self::Unavailable {
                reason,
                kept_by: kept_by.map(Into::into),
            },
        }
    }
}
