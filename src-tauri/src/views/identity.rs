//! As whom a person writes.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::IdentityForm as Form;
use waxwing_model::Identity;

use super::account::ServerView;
use super::certificate::{AcceptedView, accepted};
use super::id;
use super::trouble::TroubleView;
use super::typed::Typed;

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IdentityView {
    pub id: String,
    pub account: String,
    pub email: String,
    pub name: String,
    pub reply_to: String,
    pub signature: String,
    pub outgoing: Option<ServerView>,
}

/// Not `Debug`: it holds a password.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IdentityForm {
    email: String,
    name: String,
    reply_to: String,
    signature: String,
    outgoing: Option<ServerView>,
    password: Option<Typed>,
    /// What `begin_sign_in` gave, in the place of a password.
    signed_in: Option<String>,
    /// A certificate that the person takes although nobody vouches for it.
    accepted: Vec<AcceptedView>,
    allow_plain: bool,
}

impl From<Identity> for IdentityView {
    fn from(identity: Identity) -> Self {
        Self {
            id: identity.id.to_string(),
            account: identity.account.to_string(),
            email: identity.email,
            name: identity.name,
            reply_to: identity.reply_to.unwrap_or_default(),
            signature: identity.signature,
            outgoing: identity.outgoing.map(Into::into),
        }
    }
}

impl TryFrom<IdentityForm> for Form {
    type Error = TroubleView;

    fn try_from(form: IdentityForm) -> Result<Self, TroubleView> {
        Ok(Self {
            email: form.email,
            name: form.name,
            reply_to: form.reply_to,
            signature: form.signature,
            outgoing: form.outgoing.map(Into::into),
            password: form.password.map(Typed::secret),
            signed_in: form.signed_in.as_deref().map(id).transpose()?,
            accepted: accepted(form.accepted)?,
            allow_plain: form.allow_plain,
        })
    }
}
