//! Looking an address up in the built-in list.

use super::{
    address::MailAddress,
    found::{Candidate, Found, Source},
    provider::{Provider, Server, Username},
    providers::PROVIDERS,
};

/// What the built-in list says about `email`, without asking anybody.
pub fn well_known(email: &str) -> Option<Found> {
    look_up(&MailAddress::parse(email).ok()?)
}

pub(super) fn look_up(address: &MailAddress) -> Option<Found> {
    let provider = PROVIDERS
        .iter()
        .find(|one| domains(one).any(|domain| domain == address.domain))?;
    let candidate = |server: Server| Candidate {
        host: server.host.to_owned(),
        port: server.port,
        security: server.security,
        username: match server.username {
            Username::Address => address.whole.clone(),
            Username::LocalPart => address.local.clone(),
        },
        certificate_valid: true,
    };
    Some(Found {
        imap: provider.imap.map(candidate),
        pop3: provider.pop3.map(candidate),
        smtp: provider.smtp.map(candidate),
        how: Source::Catalogue {
            provider: provider.name.to_owned(),
        },
        hint: provider.hint.map(str::to_owned),
    })
}

fn domains(provider: &Provider) -> impl Iterator<Item = &'static str> {
    provider.domains.split_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
        ] {
            assert_eq!(
                well_known(stranger),
                None,
                "{stranger} is like a known address and none"
            );
        }
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(PROVIDERS.len() >= 20, "there are {} providers", PROVIDERS.len());
        let mut seen = HashSet::new();
        for provider in PROVIDERS {
            assert!(domains(provider).count() > 0, "{} has a domain", provider.name);
            for domain in domains(provider) {
                assert!(seen.insert(domain), "{domain} stands in the list twice");
                assert_eq!(
                    *domain,
                    domain.to_ascii_lowercase(),
                    "domains are compared in lower case"
                );
            }
            assert!(provider.smtp.is_some(), "{} can send", provider.name);
            assert!(
                provider.imap.is_some() || provider.pop3.is_some(),
                "{} can be read",
                provider.name
            );
            for server in [provider.imap, provider.pop3, provider.smtp]
                .into_iter()
                .flatten()
            {
                assert_ne!(server.security, Security::Plain, "{} is encrypted", server.host);
                assert!(
                    server.host.contains('.') && !server.host.contains(['/', ' ', '@']),
                    "{}",
                    server.host
                );
            }
        }
    }
}
