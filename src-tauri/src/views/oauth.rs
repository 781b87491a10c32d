//! Signing in in the browser, as the interface sees it: what is offered, and the address to open. No token comes here.

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{Begun, Client, SignInForm as Form, SignInOffer};

use super::trouble::TroubleView;
use super::typed::Typed;

/// What there is for some servers.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignInOfferView {
    pub provider: String,
    /// The browser can be opened at once; no client id has to be typed.
    pub ready: bool,
    /// The page on which a person makes a client id of their own.
    pub own_client: Option<String>,
    pub app_password: Option<AppPasswordView>,
}

/// The way without the browser, in the provider's place and words.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AppPasswordView {
    pub page: String,
    pub words: String,
}

/// Not `Debug`: some providers call a part of a client id its secret.
#[derive(Deserialize, Type)]
pub struct ClientForm {
    id: String,
    secret: Option<Typed>,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignInForm {
    email: String,
    usernames: Vec<String>,
    hosts: Vec<String>,
    issuer: Option<String>,
    client: Option<ClientForm>,
}

#[derive(Debug, Clone, Serialize, Type)]
pub struct SignInBegunView {
    pub id: String,
    pub address: String,
}

impl TryFrom<ClientForm> for Client {
    type Error = TroubleView;

    fn try_from(form: ClientForm) -> Result<Self, TroubleView> {
        let secret = form.secret.map(Typed::secret);
        Self::new(&form.id, secret.as_ref().map(|secret| secret.expose_secret()))
            .ok_or_else(|| TroubleView::invalid("Type the client id as the provider shows it."))
    }
}

impl TryFrom<SignInForm> for Form {
    type Error = TroubleView;

    fn try_from(form: SignInForm) -> Result<Self, TroubleView> {
        Ok(Self {
            email: form.email,
            usernames: form.usernames,
            hosts: form.hosts,
            issuer: form.issuer,
            client: form.client.map(TryInto::try_into).transpose()?,
        })
    }
}

impl From<SignInOffer> for SignInOfferView {
    fn from(offer: SignInOffer) -> Self {
        Self {
            provider: offer.provider,
            ready: offer.ready,
            own_client: offer.own_client,
            app_password: offer.app_password.map(|way| AppPasswordView {
                page: way.page,
                words: way.words,
            }),
        }
    }
}

impl From<Begun> for SignInBegunView {
    fn from(begun: Begun) -> Self {
        Self {
            id: begun.id.to_string(),
            address: begun.address,
        }
    }
}
