//! The providers that are known, and which one a server belongs to. They stand in `providers.d`, one file each; a token of a
//! provider goes to the servers that its file names, or that share its registered domain, and to no other.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::client::Client;
use super::endpoint::web_address;
use crate::discover::{Surroundings, registered, registered_domain};

/// What the build script has made of `providers.d`.
const KNOWN: &str = include_str!(concat!(env!("OUT_DIR"), "/providers.json"));

static PROVIDERS: LazyLock<Vec<Provider>> = LazyLock::new(|| {
    let all = serde_json::from_str::<Value>(KNOWN).ok();
    let all = all.as_ref().and_then(Value::as_array);
    // A file that cannot be understood is left out; a test says so before it ships.
    all.into_iter().flatten().filter_map(Provider::read).collect()
});

/// What is asked of a provider about which nothing is known but its issuer: the scope of mail (draft-ietf-mailmaint-oauth-public),
/// tokens that can be made fresh, and who signed in (OpenID Connect Core, sections 5.4 and 11).
const USUAL_SCOPES: [&str; 4] = [
    "urn:ietf:params:oauth:scope:mail",
    "offline_access",
    "openid",
    "email",
];

#[derive(Debug, Clone)]
pub struct Provider {
    pub name: String,
    /// The mail servers whose people it knows. Empty: those that share its registered domain.
    hosts: Vec<String>,
    pub(super) issuer: Option<String>,
    /// Nothing is known of it but what a domain publishes of itself, so that it is believed of that domain alone.
    pub(super) described: bool,
    /// Where a person agrees, and where tokens are given out. `None`: the issuer is asked (RFC 8414).
    pub(super) endpoints: Option<(String, String)>,
    /// Where it says who signed in.
    pub(super) person: Option<String>,
    /// Where it is told that what it granted is wanted no more.
    pub(super) revocation: Option<String>,
    pub(super) scopes: Vec<String>,
    /// What its page wants to know beyond the standards.
    pub(super) parameters: Vec<(String, String)>,
    /// The one that came with this build.
    pub client: Option<Client>,
    /// The page on which a person makes a client of their own, where a person can.
    pub own_client: Option<String>,
    pub app_password: Option<AppPassword>,
}

/// What is done where signing in by the browser is not possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppPassword {
    pub page: String,
    pub words: String,
}

/// The provider that knows the people of all these servers. `issuer` is what the domain publishes of itself.
pub fn provider(hosts: &[&str], issuer: Option<&str>, at: &Surroundings) -> Option<Provider> {
    let known = at.providers.iter().chain(PROVIDERS.iter());
    if let Some(known) = known.into_iter().find(|provider| provider.covers_all(hosts)) {
        return Some(known.clone());
    }
    let provider = Provider::of_issuer(issuer?)?;
    provider.covers_all(hosts).then_some(provider)
}

impl Provider {
    /// The host names that a token may be shown to are compared without regard to case.
    pub fn covers(&self, host: &str) -> bool {
        if !self.hosts.is_empty() {
            return self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
        }
        let own = self.issuer.as_deref().and_then(web_address);
        let own = own.as_ref().and_then(|url| registered_domain(url.host_str()?));
        own.is_some() && registered(&host.to_ascii_lowercase()) == own.as_deref()
    }

    /// The servers that a token may be shown to: those that the person signs in for, and all that the provider's file names, since
    /// the account may go on by another protocol.
    pub(super) fn with_own(&self, mut hosts: Vec<String>) -> Vec<String> {
        for own in &self.hosts {
            if !hosts.iter().any(|host| host.eq_ignore_ascii_case(own)) {
                hosts.push(own.clone());
            }
        }
        hosts
    }

    fn covers_all(&self, hosts: &[&str]) -> bool {
        !hosts.is_empty() && hosts.iter().all(|host| self.covers(host))
    }

    /// Whether it gives a client id to whoever asks, as far as can be known without asking.
    pub fn may_register(&self) -> bool {
        self.endpoints.is_none()
    }

    pub(super) fn of_issuer(issuer: &str) -> Option<Self> {
        let url = web_address(issuer).filter(|url| url.query().is_none())?;
        Some(Self {
            name: url.host_str()?.to_owned(),
            hosts: Vec::new(),
            issuer: Some(issuer.to_owned()),
            described: true,
            endpoints: None,
            person: None,
            revocation: None,
            scopes: USUAL_SCOPES.map(str::to_owned).to_vec(),
            parameters: Vec::new(),
            client: None,
            own_client: None,
            app_password: None,
        })
    }

    /// A provider as a file has it.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let endpoint = |name| Some(web_address(word(fields, name)?)?.into());
        let issuer = word(fields, "issuer").map(str::to_owned);
        let endpoints: Option<(String, String)> = endpoint("authorization").zip(endpoint("token"));
        // Neither known nor to be asked for.
        if endpoints.is_none() && issuer.as_deref().and_then(web_address).is_none() {
            return None;
        }
        let parameters = fields.get("parameters").and_then(Value::as_object);
        let app_password = fields.get("app_password").and_then(Value::as_object);
        Some(Self {
            name: word(fields, "name")?.to_owned(),
            hosts: words(fields, "hosts"),
            issuer,
            described: false,
            endpoints,
            person: endpoint("person"),
            revocation: endpoint("revocation"),
            scopes: words(fields, "scopes"),
            parameters: parameters
                .into_iter()
                .flatten()
                .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                .collect(),
            client: word(fields, "client_id").and_then(|id| Client::new(id, word(fields, "client_secret"))),
            own_client: endpoint_with_fragment(fields, "own_client"),
            app_password: app_password.and_then(|fields| {
                Some(AppPassword {
                    page: web_address(word(fields, "page")?)?.into(),
                    words: word(fields, "words")?.to_owned(),
                })
            }),
        })
    }
}

fn word<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f str> {
    fields.get(name).and_then(Value::as_str)
}

fn words(fields: &Map<String, Value>, name: &str) -> Vec<String> {
    let all = fields.get(name).and_then(Value::as_array);
    let each = all.into_iter().flatten().filter_map(Value::as_str);
    each.map(str::to_owned).collect()
}

/// A page that a person looks at may be a place within one.
fn endpoint_with_fragment(fields: &Map<String, Value>, name: &str) -> Option<String> {
    let text = word(fields, name)?;
    web_address(text.split('#').next().unwrap_or_default())?;
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::json;

    use super::*;

    fn at() -> Surroundings {
        Surroundings::system()
    }

    #[test]
    fn the_files_of_providers_are_in_order() {
        let files: Vec<Value> = serde_json::from_str(KNOWN).unwrap();
        assert_eq!(files.len(), PROVIDERS.len(), "each file is understood whole");
        let mut seen = HashSet::new();
        for (file, provider) in files.iter().zip(PROVIDERS.iter()) {
            let name = &provider.name;
            assert!(
                !provider.hosts.is_empty(),
                "{name} says to which servers its tokens may go"
            );
            for host in &provider.hosts {
                assert!(seen.insert(host), "{host} belongs to one provider");
                assert_eq!(*host, host.to_ascii_lowercase());
            }
            assert!(!provider.scopes.is_empty(), "{name} is asked for something");
            for endpoint in ["authorization", "token", "person", "revocation"] {
                if let Some(text) = file.get(endpoint).and_then(Value::as_str) {
                    assert!(web_address(text).is_some(), "{name}: {text} is secure");
                }
            }
            assert_eq!(
                file.get("app_password").is_some(),
                provider.app_password.is_some(),
                "{name}"
            );
            assert_eq!(
                file.get("own_client").is_some(),
                provider.own_client.is_some(),
                "{name}"
            );
            assert!(
                provider.app_password.is_some() || provider.own_client.is_some() || provider.may_register(),
                "{name} leads somewhere where this build has no client id"
            );
        }
        for wanted in ["Google", "Microsoft", "Yahoo", "AOL", "Fastmail", "Yandex"] {
            assert!(
                PROVIDERS.iter().any(|known| known.name == wanted),
                "{wanted} is there"
            );
        }
    }

    #[test]
    fn a_provider_is_known_by_its_servers_and_by_all_of_them() {
        let found = |hosts: &[&str]| provider(hosts, None, &at()).map(|found| found.name);
        assert_eq!(
            found(&["IMAP.gmail.com", "smtp.gmail.com"]).as_deref(),
            Some("Google")
        );
        assert_eq!(
            found(&["imap.gmail.com", "smtp.nordlicht.test"]),
            None,
            "a token for Google is not shown to anybody else"
        );
        assert_eq!(found(&["imap.gmail.com.nordlicht.test"]), None);
        assert_eq!(found(&[]), None);
    }

    #[test]
    fn a_token_is_good_for_all_servers_of_its_file_and_for_those_of_the_person() {
        let typed = vec!["IMAP.gmail.com".to_owned(), "smtp.gmail.com".to_owned()];
        let google = provider(&["imap.gmail.com"], None, &at()).unwrap();
        let hosts = google.with_own(typed.clone());
        assert!(hosts.contains(&"pop.gmail.com".to_owned()), "{hosts:?}");
        let each: HashSet<String> = hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        assert_eq!(each.len(), hosts.len(), "each stands there once: {hosts:?}");
        let described = Provider::of_issuer("https://login.nordlicht.example").unwrap();
        assert_eq!(described.with_own(typed.clone()), typed);
    }

    #[test]
    fn an_issuer_that_a_domain_names_gets_servers_of_its_own_domain_alone() {
        let found = |hosts: &[&str], issuer| provider(hosts, Some(issuer), &at()).map(|found| found.name);
        let own = ["imap.nordlicht.example", "smtp.nordlicht.example"];
        assert_eq!(
            found(&own, "https://login.nordlicht.example/realm").as_deref(),
            Some("login.nordlicht.example")
        );
        for issuer in [
            "https://accounts.google.com",
            "http://login.nordlicht.example",
            "https://login.nordlicht.example.fjord.example",
            "https://login.nordlicht.example/?x",
            "nordlicht.example",
        ] {
            assert_eq!(found(&own, issuer), None, "{issuer}");
        }
        assert_eq!(
            found(
                &["imap.gmail.com", "smtp.gmail.com"],
                "https://login.nordlicht.example"
            )
            .as_deref(),
            Some("Google"),
            "what is known of a server comes before what a domain says"
        );
        assert_eq!(
            found(&["localhost"], "https://localhost"),
            None,
            "what nobody has registered shares nothing"
        );
    }

    #[test]
    fn a_file_without_a_way_to_sign_in_is_none() {
        for bad in [
            json!({}),
            json!({ "name": "Fjord", "hosts": ["imap.fjord.test"] }),
            json!({ "name": "Fjord", "authorization": "http://fjord.test/a", "token": "https://fjord.test/t" }),
            json!({ "name": "Fjord", "issuer": "fjord.test" }),
            json!("Fjord"),
        ] {
            assert!(Provider::read(&bad).is_none(), "{bad}");
        }
    }
}
