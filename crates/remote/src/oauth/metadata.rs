//! What a provider can do and where: as its file says, or as it says of itself (RFC 8414; OpenID Connect Discovery, section 4).

use serde_json::{Map, Value};

use super::endpoint::{Web, web_address};
use super::provider::Provider;
use crate::RemoteError;
use crate::discover::{Surroundings, registered_domain};

const DOING: &str = "asking the provider where to sign in";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    pub issuer: Option<String>,
    pub(super) authorization: String,
    pub(super) token: String,
    pub registration: Option<String>,
    pub(super) person: Option<String>,
    /// Where it is told that what it granted is wanted no more (RFC 7009).
    pub(super) revocation: Option<String>,
    /// Whether each answer says whose it is (RFC 9207, section 3).
    pub(super) says_who: bool,
    /// `None`: it does not tell.
    scopes: Option<Vec<String>>,
}

impl Metadata {
    /// Where the provider is asked.
    pub async fn of(provider: &Provider, at: &Surroundings) -> Result<Self, RemoteError> {
        if let Some((authorization, token)) = &provider.endpoints {
            return Ok(Self {
                issuer: provider.issuer.clone(),
                authorization: authorization.clone(),
                token: token.clone(),
                registration: None,
                person: provider.person.clone(),
                revocation: provider.revocation.clone(),
                says_who: false,
                scopes: None,
            });
        }
        let issuer = provider.issuer.as_deref().unwrap_or_default();
        let web = Web::new(at)?;
        for address in places(issuer).ok_or_else(|| wrong("it has no secure address"))? {
            let reply = web.get(&address, None, DOING).await?;
            if !reply.is_missing() {
                let answer = reply.success(DOING)?;
                let told = Self::read(&answer, issuer)?;
                return told.believed_of(provider);
            }
        }
        Err(wrong("it does not tell"))
    }

    /// The scopes that are asked for: of those that are wanted, those that the provider has.
    pub(super) fn scopes(&self, provider: &Provider) -> String {
        let known = |wanted: &&String| {
            let told = self.scopes.as_ref();
            told.is_none_or(|told| told.contains(wanted))
        };
        let wanted: Vec<&str> = provider.scopes.iter().filter(known).map(String::as_str).collect();
        wanted.join(" ")
    }

    /// A domain that publishes an issuer speaks for itself alone: with another provider's page in its document and an endpoint of
    /// its own beside it, it would be brought what that provider grants (RFC 9700, section 4.4). A file was looked at by somebody.
    fn believed_of(self, provider: &Provider) -> Result<Self, RemoteError> {
        if !provider.described {
            return Ok(self);
        }
        let house = |address: &str| registered_domain(web_address(address)?.host_str()?);
        let own = self.issuer.as_deref().and_then(house);
        let needed = [&self.authorization, &self.token];
        let further = [&self.registration, &self.person, &self.revocation]
            .into_iter()
            .flatten();
        let stranger = needed
            .into_iter()
            .chain(further)
            .find(|address| own.is_none() || house(address) != own);
        match stranger {
            // Its own page could lead the browser on to another provider's, and be brought what that one grants. The name in each
            // answer is what tells the two apart (RFC 9207, section 2.4; RFC 9700, section 4.4.2).
            None if !self.says_who => Err(RemoteError::not_believed(
                "the provider does not promise to say whose its answers are",
            )),
            None => Ok(self),
            Some(address) => Err(RemoteError::not_believed(format!(
                "the provider leads to a domain that is not its own: {address}"
            ))),
        }
    }

    fn read(document: &Map<String, Value>, issuer: &str) -> Result<Self, RemoteError> {
        let word = |name: &str| document.get(name).and_then(Value::as_str);
        // Or one issuer could speak in another's name (RFC 8414, section 3.3).
        if word("issuer") != Some(issuer) {
            return Err(RemoteError::not_believed(
                "the provider calls itself by another name",
            ));
        }
        let address = |name: &str| word(name).and_then(web_address).map(String::from);
        let needed = |name: &str| address(name).ok_or_else(|| wrong(&format!("{name} is missing")));
        let list = |name: &str| {
            let list = document.get(name)?.as_array()?.iter();
            Some(
                list.filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            )
        };
        if list("code_challenge_methods_supported")
            .is_some_and(|methods| !methods.contains(&"S256".to_owned()))
        {
            return Err(wrong("it does not know PKCE with S256"));
        }
        Ok(Self {
            issuer: Some(issuer.to_owned()),
            authorization: needed("authorization_endpoint")?,
            token: needed("token_endpoint")?,
            registration: address("registration_endpoint"),
            person: address("userinfo_endpoint"),
            revocation: address("revocation_endpoint"),
            says_who: document
                .get("authorization_response_iss_parameter_supported")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            scopes: list("scopes_supported"),
        })
    }
}

/// The well-known name goes between host and path (RFC 8414, section 3.1); OpenID's goes behind it.
fn places(issuer: &str) -> Option<[String; 2]> {
    let url = web_address(issuer)?;
    let path = url.path().trim_end_matches('/');
    let mut first = url.clone();
    first.set_path(&format!("/.well-known/oauth-authorization-server{path}"));
    let mut second = url.clone();
    second.set_path(&format!("{path}/.well-known/openid-configuration"));
    Some([first.into(), second.into()])
}

fn wrong(detail: &str) -> RemoteError {
    RemoteError::protocol(DOING, detail)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ISSUER: &str = "https://login.nordlicht.test/realm";

    fn document() -> Value {
        json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://login.nordlicht.test/authorize",
            "token_endpoint": "https://login.nordlicht.test/token",
            "registration_endpoint": "https://login.nordlicht.test/register",
            "code_challenge_methods_supported": ["plain", "S256"],
            "scopes_supported": ["mail", "openid"],
            "authorization_response_iss_parameter_supported": true,
        })
    }

    fn read(document: &Value) -> Result<Metadata, RemoteError> {
        Metadata::read(document.as_object().unwrap(), ISSUER)
    }

    #[test]
    fn the_document_stands_where_both_standards_put_it() {
        assert_eq!(
            places(ISSUER).unwrap(),
            [
                "https://login.nordlicht.test/.well-known/oauth-authorization-server/realm",
                "https://login.nordlicht.test/realm/.well-known/openid-configuration",
            ]
        );
        assert_eq!(
            places("https://nordlicht.test/").unwrap()[0],
            "https://nordlicht.test/.well-known/oauth-authorization-server"
        );
    }

    #[test]
    fn who_speaks_in_anothers_name_is_not_believed() {
        assert!(read(&document()).unwrap().says_who);
        for issuer in [
            json!("https://login.fjord.test/realm"),
            json!(null),
            json!(format!("{ISSUER}/")),
        ] {
            let mut other = document();
            other["issuer"] = issuer;
            assert!(
                matches!(read(&other), Err(RemoteError::NotBelieved { .. })),
                "{other}"
            );
        }
    }

    #[test]
    fn what_is_not_secure_is_not_taken() {
        for (name, value) in [
            (
                "authorization_endpoint",
                json!("http://login.nordlicht.test/authorize"),
            ),
            ("authorization_endpoint", json!("javascript:alert(1)")),
            ("token_endpoint", json!(7)),
            ("code_challenge_methods_supported", json!(["plain"])),
        ] {
            let mut other = document();
            other[name] = value;
            assert!(read(&other).is_err(), "{other}");
        }
    }

    #[test]
    fn an_issuer_that_a_domain_names_leads_nowhere_else() {
        let issuer = "https://login.fjord.example";
        let own = json!({
            "issuer": issuer,
            "authorization_endpoint": "https://login.fjord.example/authorize",
            "token_endpoint": "https://api.fjord.example:8443/token",
            "registration_endpoint": "https://fjord.example/register",
            "userinfo_endpoint": "https://LOGIN.fjord.example/person",
            "revocation_endpoint": "https://login.fjord.example/revoke",
            "authorization_response_iss_parameter_supported": true,
        });
        let described = Provider::of_issuer(issuer).unwrap();
        let file = json!({ "name": "Fjord", "issuer": issuer, "scopes": ["mail"] });
        let looked_at = Provider::read(&file).unwrap();
        let told = |document: &Value, provider: &Provider| {
            Metadata::read(document.as_object().unwrap(), issuer)?.believed_of(provider)
        };
        assert!(
            told(&own, &described).is_ok(),
            "any host of its own domain will do"
        );
        for endpoint in [
            "authorization_endpoint",
            "token_endpoint",
            "registration_endpoint",
            "userinfo_endpoint",
            "revocation_endpoint",
        ] {
            for elsewhere in [
                "https://accounts.google.com/o/oauth2/v2/auth",
                "https://login.fjord.example.nordlicht.example/",
                "https://10.0.0.1/",
                "https://localhost/",
            ] {
                let mut mixed = own.clone();
                mixed[endpoint] = json!(elsewhere);
                assert!(
                    matches!(told(&mixed, &described), Err(RemoteError::NotBelieved { .. })),
                    "{endpoint} at {elsewhere} would mix up two providers"
                );
                assert!(
                    told(&mixed, &looked_at).is_ok(),
                    "whoever wrote the file has looked at {endpoint}"
                );
            }
        }
    }

    #[test]
    fn an_issuer_that_a_domain_names_has_to_say_whose_its_answers_are() {
        let mut silent = document();
        silent["authorization_response_iss_parameter_supported"] = json!(false);
        let described = Provider::of_issuer(ISSUER).unwrap();
        let refused = read(&silent).unwrap().believed_of(&described);
        assert!(
            matches!(refused, Err(RemoteError::NotBelieved { .. })),
            "its page could lead on to another provider's: {refused:?}"
        );
        let file = json!({ "name": "Nordlicht", "issuer": ISSUER, "scopes": ["mail"] });
        let looked_at = Provider::read(&file).unwrap();
        assert!(
            read(&silent).unwrap().believed_of(&looked_at).is_ok(),
            "somebody has looked at it"
        );
    }

    #[test]
    fn only_scopes_that_the_provider_has_are_asked_for() {
        let file = json!({ "name": "Nordlicht", "issuer": ISSUER, "scopes": ["mail", "email", "openid"] });
        let provider = Provider::read(&file).unwrap();
        let told = read(&document()).unwrap();
        assert_eq!(told.scopes(&provider), "mail openid");
        let silent = Metadata { scopes: None, ..told };
        assert_eq!(silent.scopes(&provider), "mail email openid");
    }
}
