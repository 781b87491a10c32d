//! A link that was pressed in a letter, next to what is known here: the text that it stands under, and the hosts that the
//! person deals with.

use std::collections::BTreeMap;

use waxwing_remote::discover::{is_listed, provider_domains, registered, registered_domain};
use waxwing_sanitize::{Domain, Known, LinkLook, LinkWarning, Standing, look_at, look_at_seen, often_forged};
use waxwing_store::Correspondent;

use super::houses::is_of_everybody;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

impl Engine {
    /// What there is to know of a link before it opens. The letters that were shown last tell under which text it stands.
    pub async fn look_at_link(&self, pressed: &str) -> Result<LinkLook> {
        let pressed = pressed.to_owned();
        let seen = self.inner.pictures.links_to(&pressed);
        let acquaintances = self.acquaintances().await?;
        let wishes = self.caution_wishes().await?;
        blocking(move || {
            let owner = |host: &str| registered(host).map(str::to_owned);
            let known = Known {
                registered: &owner,
                listed: &is_listed,
                domains: &acquaintances.domains,
            };
            let mut looks = seen.iter().filter_map(|link| look_at_seen(link, &known));
            // The same address may stand under several texts; what is odd about one of them counts.
            let lying = looks.find(|look| {
                look.warnings.iter().any(|one| {
                    matches!(
                        one,
                        LinkWarning::OtherHost(_) | LinkWarning::OtherNumber(_) | LinkWarning::LongText
                    )
                })
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
}

/// Registered domains that others may be made to look like, and how well each is known: those of the person's own addresses, of the
/// people, of houses that are often forged and of providers.
pub(super) fn known_domains(own: &[String], people: &[Correspondent]) -> Vec<Domain> {
    let own = own
        .iter()
        .filter_map(|email| domain_of(email))
        .map(|name| match is_of_everybody(&name) {
            true => (name, Standing::Known),
            false => (name, Standing::Own),
        });
    let mut known: BTreeMap<String, Standing> = BTreeMap::new();
    for person in people {
        let Some(domain) = domain_of(&person.address.email) else {
            continue;
        };
        let standing = known.entry(domain).or_insert(Standing::Writes(0));
        *standing = match *standing {
            Standing::Writes(letters) if !person.written_to => {
                Standing::Writes(letters.saturating_add(person.letters))
            }
            standing => standing.max(Standing::Known),
        };
    }
    // One letter alone makes nobody known.
    known.retain(|_, standing| *standing > Standing::Writes(1));
    let providers = provider_domains().into_iter().map(str::to_owned);
    let houses = often_forged().map(str::to_owned);
    let surely = own
        .chain(houses.map(|name| (name, Standing::House)))
        .chain(providers.map(|name| (name, Standing::Provider)));
    for (name, standing) in surely {
        let best = known.entry(name).or_insert(standing);
        *best = standing.max(*best);
    }
    let known = known.into_iter();
    known.map(|(name, standing)| Domain { name, standing }).collect()
}

fn domain_of(email: &str) -> Option<String> {
    registered_domain(email.rsplit_once('@')?.1)
}

/// A known domain that another one is made to look like.
pub(super) fn looks_like(domain: &str, domains: &[Domain]) -> Option<String> {
    let owner = |host: &str| registered(host).map(str::to_owned);
    let known = Known {
        registered: &owner,
        listed: &is_listed,
        domains,
    };
    let look = look_at(&format!("https://{domain}/"), &known)?;
    look.warnings.into_iter().find_map(|warning| match warning {
        LinkWarning::LooksLike(like) | LinkWarning::BeginsLike(like) | LinkWarning::Holds(like) => Some(like),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
