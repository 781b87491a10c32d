//! The part of a host name that somebody has registered, by the public suffix list: what a person has to look at to know
//! whose a server is.

/// `fjord.co.uk` of `imap.mail.fjord.co.uk`. `None` for numbers, and for names that are a suffix themselves.
pub fn registered(host: &str) -> Option<&str> {
    let host = host.trim_end_matches('.');
    if host.parse::<std::net::IpAddr>().is_ok() || !host.contains('.') {
        return None;
    }
    psl::domain_str(host)
}

/// Whether a host ends as hosts are known to end: `over.then` does not.
pub fn is_listed(host: &str) -> bool {
    psl::suffix(host.trim_end_matches('.').as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// What somebody has registered of a domain that a person has typed, in any script and any case.
pub fn registered_domain(typed: &str) -> Option<String> {
    match url::Host::parse(typed.trim().trim_end_matches('.')) {
        Ok(url::Host::Domain(name)) => registered(&name.to_ascii_lowercase()).map(str::to_owned),
        _ => None,
    }
}

/// Whether both names belong to whoever has registered the same domain.
pub(super) fn same_owner(one: &str, other: &str) -> bool {
    one == other || matches!((registered(one), registered(other)), (Some(one), Some(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_a_host_is_stands_before_the_public_suffix() {
        assert_eq!(registered("imap.mail.fjord.co.uk"), Some("fjord.co.uk"));
        assert_eq!(registered("nordlicht.test"), Some("nordlicht.test"));
        assert_eq!(registered("mail.nordlicht.test."), Some("nordlicht.test"));
        for nobody in ["co.uk", "localhost", "127.0.0.1", "::1", ""] {
            assert_eq!(registered(nobody), None, "{nobody} is registered by nobody");
        }
        assert_eq!(
            registered_domain(" Mail.Bücher.Example. ").as_deref(),
            Some("xn--bcher-kva.example")
        );
        for (host, listed) in [
            ("mail.fjord.co.uk", true),
            ("paypal.com.", true),
            ("over.then", false),
        ] {
            assert_eq!(is_listed(host), listed, "{host}");
        }
        assert!(same_owner("imap.fjord.de", "fjord.de"));
        assert!(!same_owner("imap.fjord.de", "imap.fjord.com"));
        assert!(!same_owner("a.co.uk", "b.co.uk"), "a suffix is not an owner");
    }
}
