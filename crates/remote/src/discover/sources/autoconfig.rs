//! What a domain publishes about its servers (draft-ietf-mailmaint-autoconfig): over https alone, and without the
//! person's part of the address unless they wish so.

use futures::future::{BoxFuture, FutureExt};

use super::{Inquiry, Manner, PUBLISHED, Place};
use crate::{
    RemoteError,
    discover::{
        address::MailAddress,
        config,
        found::{Found, Source},
        tree::Element,
        web::Web,
    },
};

/// The two addresses at which it may stand.
pub(in crate::discover) enum Autoconfig {
    OwnHost,
    WellKnown,
}

impl Place for Autoconfig {
    fn ask<'a>(&'a self, inquiry: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>> {
        let address = inquiry.address;
        let told = inquiry.wishes.tell_address.then_some(address.whole.as_str());
        self.about(&address.domain, address, told, inquiry.web).boxed()
    }

    fn manner(&self) -> Manner {
        PUBLISHED
    }
}

impl Autoconfig {
    /// What `domain` publishes, for an address that need not be in it.
    pub(super) async fn about(
        &self,
        domain: &str,
        address: &MailAddress,
        told: Option<&str>,
        web: &Web,
    ) -> Result<Option<Found>, RemoteError> {
        let (host, path) = match self {
            Self::OwnHost => (format!("autoconfig.{domain}"), "/mail/config-v1.1.xml"),
            Self::WellKnown => (domain.to_owned(), "/.well-known/autoconfig/mail/config-v1.1.xml"),
        };
        let query: String = match told {
            Some(told) => url::form_urlencoded::Serializer::for_suffix("?".to_owned(), 1)
                .append_pair("emailaddress", told)
                .finish(),
            None => String::new(),
        };
        let Some(body) = web.get(&format!("https://{host}{path}{query}")).await? else {
            return Ok(None);
        };
        Ok(config::read(
            &Element::read(&body)?,
            address,
            Source::Autoconfig { host },
        ))
    }
}
