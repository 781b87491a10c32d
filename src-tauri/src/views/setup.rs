//! The setup screen and the vault. Passwords come in here and never go out.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{AccountForm as Form, Checked, Keeper, VaultState};
use waxwing_model::{Keeping, Protocol};

use super::account::{RetentionView, ServerView};
use super::certificate::{AcceptedView, accepted};
use super::id;
use super::managing::TrialView;
use super::trouble::TroubleView;

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
    password: String,
    /// What `begin_sign_in` gave, once the person has signed in in the browser. Then there is no password.
    signed_in: Option<String>,
    outgoing_password: Option<String>,
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

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum VaultView {
    Open {
        keeper: KeeperView,
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
            password: SecretString::from(form.password),
            signed_in: form.signed_in.as_deref().map(id).transpose()?,
            outgoing_password: form.outgoing_password.map(SecretString::from),
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
    pub fn of(state: VaultState, kept_by: Option<Keeper>) -> Self {
        match state {
            VaultState::Open(keeper) => Self::Open {
                keeper: keeper.into(),
            },
            VaultState::Locked => Self::Locked,
            VaultState::Unavailable(reason) => Self::Unavailable {
                reason,
                kept_by: kept_by.map(Into::into),
            },
        }
    }
}
