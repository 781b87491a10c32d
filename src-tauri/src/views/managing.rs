//! An account after it was added: signed in again, on other servers, with folders that the person chose. Passwords come in
//! here and never go out.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{
    Door, Doorway, Encryption, FoundAccount, Passwords, Remainder, ServersForm as Form, Trial, Tried,
    TriedDoor,
};

use super::account::{ProtocolView, ServerView};
use super::certificate::{AcceptedView, CertificateView, accepted};
use super::id;
use super::mailbox::RoleView;
use super::trouble::TroubleView;
use super::typed::Typed;

/// A server that an account signs in to.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DoorwayView {
    pub door: DoorView,
    pub server: ServerView,
    /// Whether something is kept for it alone.
    pub own: bool,
    /// Who signs the person in in the browser, where that opens this door and no password does.
    pub provider: Option<String>,
    /// Whose page it was: with this it is asked what there is at another server of the same provider.
    pub issuer: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DoorView {
    Incoming,
    Outgoing,
    Identity { identity: String },
}

/// Not `Debug`: it holds passwords. What is left out stays as it is.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PasswordsForm {
    incoming: Option<Typed>,
    outgoing: Option<Typed>,
    identities: Vec<IdentityPassword>,
}

#[derive(Deserialize, Type)]
pub struct IdentityPassword {
    identity: String,
    password: Typed,
}

/// Not `Debug`: it holds passwords.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServersForm {
    incoming: ServerView,
    outgoing: ServerView,
    password: Option<Typed>,
    /// What `begin_sign_in` gave, in the place of a password.
    signed_in: Option<String>,
    outgoing_password: Option<Typed>,
    outgoing_signed_in: Option<String>,
    accepted: Vec<AcceptedView>,
    allow_plain: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EncryptionView {
    pub protocol: String,
    pub certificate: CertificateView,
    pub by_exception: bool,
}

/// How far it came at one server.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TriedView {
    pub host: String,
    pub port: u16,
    pub reached: bool,
    pub encryption: Option<EncryptionView>,
    pub signed_in: bool,
    pub trouble: Option<TroubleView>,
}

#[derive(Debug, Clone, Serialize, Type)]
pub struct TrialView {
    pub incoming: TriedView,
    pub outgoing: TriedView,
}

#[derive(Debug, Clone, Serialize, Type)]
pub struct TriedDoorView {
    pub door: DoorView,
    pub tried: TriedView,
}

#[derive(Debug, Clone, Serialize, Type)]
pub struct ChosenRoleView {
    pub role: RoleView,
    pub mailbox: String,
}

/// What would become of an account's letters.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub struct RemainderView {
    pub whole: u32,
    pub elsewhere: u32,
}

/// An account of another program on this computer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FoundAccountView {
    pub email: String,
    pub name: String,
    pub protocol: ProtocolView,
    pub incoming: ServerView,
    pub outgoing: Option<ServerView>,
}

impl From<Door> for DoorView {
    fn from(door: Door) -> Self {
        match door {
            Door::Incoming => Self::Incoming,
            Door::Outgoing => Self::Outgoing,
            Door::Identity(identity) => Self::Identity {
                identity: identity.to_string(),
            },
        }
    }
}

impl TryFrom<DoorView> for Door {
    type Error = TroubleView;

    fn try_from(door: DoorView) -> Result<Self, TroubleView> {
        Ok(match door {
            DoorView::Incoming => Self::Incoming,
            DoorView::Outgoing => Self::Outgoing,
            DoorView::Identity { identity } => Self::Identity(id(&identity)?),
        })
    }
}

impl From<Doorway> for DoorwayView {
    fn from(doorway: Doorway) -> Self {
        Self {
            door: doorway.door.into(),
            server: doorway.server.into(),
            own: doorway.own,
            provider: doorway.provider,
            issuer: doorway.issuer,
        }
    }
}

impl TryFrom<PasswordsForm> for Passwords {
    type Error = TroubleView;

    fn try_from(form: PasswordsForm) -> Result<Self, TroubleView> {
        let identities = form
            .identities
            .into_iter()
            .map(|each| Ok((id(&each.identity)?, each.password.secret())));
        Ok(Self {
            incoming: form.incoming.map(Typed::secret),
            outgoing: form.outgoing.map(Typed::secret),
            identities: identities.collect::<Result<_, TroubleView>>()?,
        })
    }
}

impl TryFrom<ServersForm> for Form {
    type Error = TroubleView;

    fn try_from(form: ServersForm) -> Result<Self, TroubleView> {
        Ok(Self {
            incoming: form.incoming.into(),
            outgoing: form.outgoing.into(),
            password: form.password.map(Typed::secret),
            signed_in: form.signed_in.as_deref().map(id).transpose()?,
            outgoing_password: form.outgoing_password.map(Typed::secret),
            outgoing_signed_in: form.outgoing_signed_in.as_deref().map(id).transpose()?,
            accepted: accepted(form.accepted)?,
            allow_plain: form.allow_plain,
        })
    }
}

impl From<Encryption> for EncryptionView {
    fn from(encryption: Encryption) -> Self {
        Self {
            protocol: encryption.protocol,
            certificate: encryption.certificate.into(),
            by_exception: encryption.by_exception,
        }
    }
}

impl From<Tried> for TriedView {
    fn from(tried: Tried) -> Self {
        Self {
            host: tried.server.host,
            port: tried.server.port,
            reached: tried.reached,
            encryption: tried.encryption.map(Into::into),
            signed_in: tried.signed_in,
            trouble: tried.outcome.err().map(Into::into),
        }
    }
}

impl From<Trial> for TrialView {
    fn from(trial: Trial) -> Self {
        Self {
            incoming: trial.incoming.into(),
            outgoing: trial.outgoing.into(),
        }
    }
}

impl From<TriedDoor> for TriedDoorView {
    fn from(door: TriedDoor) -> Self {
        Self {
            door: door.door.into(),
            tried: door.tried.into(),
        }
    }
}

impl From<Remainder> for RemainderView {
    fn from(remainder: Remainder) -> Self {
        Self {
            whole: remainder.whole,
            elsewhere: remainder.elsewhere,
        }
    }
}

impl From<FoundAccount> for FoundAccountView {
    fn from(found: FoundAccount) -> Self {
        Self {
            email: found.email,
            name: found.name,
            protocol: found.protocol.into(),
            incoming: found.incoming.into(),
            outgoing: found.outgoing.map(Into::into),
        }
    }
}
