//! The built-in list of providers: what it says about an address, and about the provider that MX records name. Nobody
//! is asked, so it works offline.
//!
//! Not here: the list itself, which stands in `providers/*.xml` in the shape that providers publish theirs in.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{
    address::MailAddress,
    config,
    found::{Found, Hint, Source},
    tree::Element,
};

const FILES: [&str; 5] = [
    include_str!("providers/worldwide.xml"),
    include_str!("providers/europe.xml"),
    include_str!("providers/asia.xml"),
    include_str!("providers/americas_oceania.xml"),
    include_str!("providers/hosters.xml"),
];

struct Catalogue {
    providers: Vec<Element>,
    /// The domains of addresses.
    addresses: HashMap<String, usize>,
    /// Names that MX records of other domains end with.
    exchangers: HashMap<String, usize>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::read);

/// What the built-in list says about `email`, without asking anybody.
pub fn well_known(email: &str) -> Option<Found> {
    look_up(&MailAddress::parse(email).ok()?)
}

/// The domains of addresses that the built-in list knows.
pub fn provider_domains() -> Vec<&'static str> {
    CATALOGUE.addresses.keys().map(String::as_str).collect()
}

pub(super) fn look_up(address: &MailAddress) -> Option<Found> {
    let place = CATALOGUE.addresses.get(&address.domain)?;
    CATALOGUE.found(*place, address)
}

/// What the list says about the provider whose server takes the mail for this address: `exchanger` is a name from an
/// MX record.
pub(super) fn behind(exchanger: &str, address: &MailAddress) -> Option<Found> {
    let mut name = exchanger;
    loop {
        if let Some(place) = CATALOGUE.exchangers.get(name) {
            let found = CATALOGUE.found(*place, address)?;
            return Some(Found {
                behind: Some(name.to_owned()),
                ..found
            });
        }
        name = name.split_once('.')?.1;
    }
}

impl Catalogue {
    /// A file that cannot be read has nothing in it; a test says so before it ships.
    fn read() -> Self {
        let roots = FILES
            .iter()
            .filter_map(|file| Element::read(file.as_bytes()).ok());
        let providers: Vec<Element> = roots.flat_map(|root| root.children).collect();
        let (mut addresses, mut exchangers) = (HashMap::new(), HashMap::new());
        for (place, provider) in providers.iter().enumerate() {
            for domain in provider.all("domain") {
                let names = match domain.attribute("purpose") {
                    Some("mx") => &mut exchangers,
                    _ => &mut addresses,
                };
                names.insert(domain.text.clone(), place);
            }
        }
        Self {
            providers,
            addresses,
            exchangers,
        }
    }

    fn found(&self, place: usize, address: &MailAddress) -> Option<Found> {
        let provider = self.providers.get(place)?;
        let how = || Source::Catalogue {
            provider: provider.text_of("displayName").unwrap_or_default().to_owned(),
        };
        let hint = config::hint(provider);
        match config::read(provider, address, how()) {
            Some(found) => Some(Found { hint, ..found }),
            // That there is no door is worth knowing, too.
            None if hint == Some(Hint::NoDoor) => Some(Found {
                hint,
                page: config::page(provider),
                ..Found::nothing(how())
            }),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use waxwing_model::Security;

    use super::*;

    #[test]
    fn an_address_of_a_known_provider_needs_no_network() {
        let found = well_known("Lena@GMX.de").expect("it is in the list");
        let imap = found.imap.expect("GMX has IMAP");
        assert_eq!(
            (imap.host.as_str(), imap.port, imap.security),
            ("imap.gmx.net", 993, Security::Tls)
        );
        assert_eq!(
            imap.username, "Lena@GMX.de",
            "GMX knows people by their whole address"
        );
        assert_eq!(found.hint, Some(Hint::SwitchOn));
        assert!(
            found
                .page
                .is_some_and(|page| page.starts_with("https://hilfe.gmx.net/")),
            "and where the switch is"
        );
        assert_eq!(
            found.how,
            Source::Catalogue {
                provider: "GMX".into()
            }
        );
        let free = well_known("jonas@free.fr").expect("it is in the list");
        assert_eq!(
            free.smtp.expect("it sends").username,
            "jonas",
            "Free knows people by what is before the @"
        );
        for stranger in [
            "amara@waxwing.test",
            "amara@mail.co",
            "amara@gmx",
            "amara@old.gmx.de",
            "amara@rzone.de",
        ] {
            assert_eq!(
                well_known(stranger),
                None,
                "{stranger} is like a known address and none"
            );
        }
    }

    #[test]
    fn who_takes_the_mail_of_a_domain_is_recognised() {
        let address = MailAddress::parse("lena@nordlicht.test").unwrap();
        let google = behind("aspmx.l.google.com", &address).expect("it is Google");
        assert_eq!(google.behind.as_deref(), Some("google.com"));
        assert_eq!(
            google.imap.expect("with IMAP").username,
            "lena@nordlicht.test",
            "the user name is the address, not one of Google's"
        );
        let office = behind("nordlicht-test.mail.protection.outlook.com", &address).expect("it is Microsoft");
        assert_eq!(
            office.smtp.expect("it sends").host,
            "smtp.office365.com",
            "not the servers of private accounts"
        );
        assert_eq!(behind("mx.nordlicht.test", &address), None);
        assert_eq!(behind("", &address), None);
    }

    #[test]
    fn a_provider_without_a_door_is_known_as_one() {
        let tuta = well_known("lena@tuta.com").expect("it is in the list");
        assert!(tuta.is_empty(), "there are no servers");
        assert_eq!(tuta.hint, Some(Hint::NoDoor));
        let microsoft = well_known("lena@outlook.com").expect("it is in the list");
        assert!(microsoft.candidates().all(|one| !one.takes_passwords));
    }

    #[test]
    fn the_list_is_in_order() {
        for file in FILES {
            let root = Element::read(file.as_bytes()).expect("each file can be read");
            assert_eq!(root.name, "clientConfig");
        }
        let all = &CATALOGUE.providers;
        assert!(all.len() >= 60, "there are {} providers", all.len());
        let mut seen = std::collections::HashSet::new();
        for (place, provider) in all.iter().enumerate() {
            let name = provider.text_of("displayName").expect("each has a name");
            assert!(provider.child("domain").is_some(), "{name} has a domain");
            for domain in provider.all("domain") {
                let purpose = domain.attribute("purpose");
                assert!(
                    seen.insert((&domain.text, purpose)),
                    "{} stands in the list twice",
                    domain.text
                );
                assert_eq!(
                    domain.text,
                    domain.text.to_ascii_lowercase(),
                    "domains are compared in lower case"
                );
            }
            if let Some(enable) = provider.child("enable") {
                let instruction = enable.text_of("instruction");
                assert_eq!(
                    instruction.is_some(),
                    config::hint(provider).is_some(),
                    "{name}: {instruction:?} is a hint that we know"
                );
                if enable.attribute("visiturl").is_some() {
                    assert!(
                        config::page(provider).is_some(),
                        "{name} has a page that can be shown"
                    );
                }
            }
            let address = MailAddress::parse("lena@nordlicht.test").expect("an address");
            let found = CATALOGUE.found(place, &address).expect("each says something");
            let servers = provider.all("incomingServer").count() + provider.all("outgoingServer").count();
            assert_eq!(
                found.candidates().count(),
                servers,
                "{name}: every server is understood"
            );
            assert!(
                found.is_enough() || found.hint == Some(Hint::NoDoor),
                "{name} can be read and can send"
            );
            for one in found.candidates() {
                assert_ne!(one.security, Security::Plain, "{} is encrypted", one.host);
            }
        }
    }
}
