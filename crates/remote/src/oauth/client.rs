//! Who Waxwing is to a provider: a client id that came with this build, that a person has typed, or that the provider gives to
//! whoever asks (RFC 7591).

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::endpoint::Web;
use super::metadata::Metadata;
use super::redirect;
use crate::RemoteError;
use crate::discover::Surroundings;

const DOING: &str = "asking the provider to be known to it";
const LONGEST: usize = 1_000;

/// A client id, and the "secret" that some providers give to programs that everybody can look into: it proves nothing, and they
/// want to see it all the same (RFC 8252, section 8.5).
#[derive(Debug, Clone)]
pub struct Client {
    pub id: String,
    pub secret: Option<SecretString>,
}

impl Client {
    /// What a person has typed, or what came from elsewhere. Without an id there is no client.
    pub fn new(id: &str, secret: Option<&str>) -> Option<Self> {
        let fits = |text: &str| {
            let text = text.trim();
            (!text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control))
                .then(|| text.to_owned())
        };
        Some(Self {
            id: fits(id)?,
            secret: secret.and_then(fits).map(SecretString::from),
        })
    }

    /// Asks the provider for a client id (RFC 7591, section 3).
    pub async fn register(metadata: &Metadata, at: &Surroundings) -> Result<Self, RemoteError> {
        let address = metadata
            .registration
            .as_deref()
            .ok_or_else(|| RemoteError::refused(DOING, "it gives no client ids to those who ask"))?;
        let request = json!({
            "client_name": "Waxwing",
            "application_type": "native",
            // Any port of this address is the same to the provider (RFC 8252, section 7.3).
            "redirect_uris": [redirect::REGISTERED],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "none",
            "software_id": "org.waxwing.mail",
            "software_version": env!("CARGO_PKG_VERSION"),
        });
        let reply = Web::new(at)?.post_json(address, &request, DOING).await?;
        let answer = reply.success(DOING)?;
        let word = |name: &str| answer.get(name).and_then(Value::as_str);
        Self::new(word("client_id").unwrap_or_default(), word("client_secret"))
            .ok_or_else(|| RemoteError::protocol(DOING, "there is no client id in the answer"))
    }

    /// The fields that say who asks at the token endpoint (RFC 6749, section 2.3.1).
    pub(super) fn fields(&self) -> Vec<(&'static str, &str)> {
        let secret = self
            .secret
            .as_ref()
            .map(|secret| ("client_secret", secret.expose_secret()));
        [("client_id", self.id.as_str())]
            .into_iter()
            .chain(secret)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_a_client_or_none() {
        let typed = Client::new("  waxwing-of-lena ", Some(" ")).expect("it is one");
        assert_eq!(typed.id, "waxwing-of-lena");
        assert!(typed.secret.is_none(), "an empty field is no secret");
        assert_eq!(typed.fields(), [("client_id", "waxwing-of-lena")]);
        assert!(Client::new("   ", Some("x")).is_none());
        assert!(Client::new("a\nb", None).is_none(), "it is one line");
        let secret = Client::new("id", Some("correct horse")).unwrap();
        assert!(
            !format!("{secret:?}").contains("horse"),
            "logs are read by others"
        );
    }
}
