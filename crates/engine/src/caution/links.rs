//! A link that was pressed in a letter, next to what is known here: the text that it stands under, and the hosts that the
//! person deals with.

use waxwing_remote::discover::{is_listed, provider_domains, registered, registered_domain};
use waxwing_sanitize::{Known, LinkLook, LinkWarning, look_at, look_at_seen};
use waxwing_store::Correspondent;

use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

impl Engine {
    /// What there is to know of a link before it opens. The letters that were shown last tell under which text it stands.
    pub async fn look_at_link(&self, pressed: &str) -> Result<LinkLook> {
        let pressed = pressed.to_owned();
        let seen = self.inner.pictures.links_to(&pressed);
        let people = self.read(|reading| reading.correspondents()).await?;
        let domains = self.known_domains(&people).await?;
        let wishes = self.caution_wishes().await?;
        blocking(move || {
            let owner = |host: &str| registered(host).map(str::to_owned);
            let known = Known {
                registered: &owner,
                listed: &is_listed,
                domains: &domains,
            };
            let mut looks = seen.iter().filter_map(|link| look_at_seen(link, &known));
            // The same address may stand under several texts; what is odd about one of them counts.
            let lying = looks.find(|look| {
                look.warnings
                    .iter()
                    .any(|one| matches!(one, LinkWarning::OtherHost(_) | LinkWarning::LongText))
            });
            let first = seen.first().and_then(|link| look_at_seen(link, &known));
            let mut look = lying
                .or(first)
                .or_else(|| look_at(&pressed, &known))
                .ok_or_else(|| EngineError::Invalid("Waxwing does not open links of this kind".into()))?;
            if !wishes.clean_links {
                look.address = look.given.clone();
                look.removed.clear();
                look.passed.clear();
            }
            Ok(look)
        })
        .await?
    }

    /// Registered domains that the person deals with.
    pub(super) async fn known_domains(&self, people: &[Correspondent]) -> Result<Vec<String>> {
        let identities = self.identities().await?;
        let accounts = self.accounts().await?;
        let own = identities
            .into_iter()
            .map(|identity| identity.email)
            .chain(accounts.into_iter().map(|account| account.email));
        let theirs = people
            .iter()
            .filter(|person| person.written_to || person.letters > 1)
            .map(|person| person.address.email.clone());
        let mut domains: Vec<String> = own
            .chain(theirs)
            .filter_map(|email| registered_domain(email.rsplit_once('@')?.1))
            .chain(provider_domains().into_iter().map(str::to_owned))
            .collect();
        domains.sort();
        domains.dedup();
        Ok(domains)
    }
}

/// A known domain that another one is made to look like.
pub(super) fn looks_like(domain: &str, domains: &[String]) -> Option<String> {
    let owner = |host: &str| registered(host).map(str::to_owned);
    let known = Known {
        registered: &owner,
        listed: &is_listed,
        domains,
    };
    let look = look_at(&format!("https://{domain}/"), &known)?;
    look.warnings.into_iter().find_map(|warning| match warning {
        LinkWarning::LooksLike(like) | LinkWarning::BeginsLike(like) => Some(like),
        _ => None,
    })
}
