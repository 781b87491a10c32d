//! The address a person typed, as far as the search needs it.

use crate::RemoteError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MailAddress {
    pub(super) whole: String,
    pub(super) local: String,
    /// In lower case and in the letters that DNS knows.
    pub(super) domain: String,
}

impl MailAddress {
    pub(super) fn parse(typed: &str) -> Result<Self, RemoteError> {
        let whole = typed.trim();
        let strange = || {
            RemoteError::refused(
                "finding the servers",
                format!("{whole:?} is not an email address"),
            )
        };
        let (local, domain) = whole.rsplit_once('@').ok_or_else(strange)?;
        if local.is_empty() || whole.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(strange());
        }
        let host = url::Host::parse(domain.trim_end_matches('.')).map_err(|_| strange())?;
        Ok(Self {
            whole: whole.to_owned(),
            local: local.to_owned(),
            domain: host.to_string().to_ascii_lowercase(),
        })
    }

    /// A text of a description with its placeholders filled in. That happens here, so that nobody who describes servers
    /// needs to be told the address.
    pub(super) fn fill_in(&self, text: &str) -> String {
        text.replace("%EMAILADDRESS%", &self.whole)
            .replace("%EMAILLOCALPART%", &self.local)
            .replace("%EMAILDOMAIN%", &self.domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        let address = MailAddress::parse(" Lena@Bücher.Example. ").unwrap();
        assert_eq!(address.domain, "xn--bcher-kva.example");
        assert_eq!(address.local, "Lena");
        for nonsense in [
            "",
            "lena",
            "lena@",
            "@waxwing.test",
            "lena@wax wing.test",
            "lena@a/b",
            "le\nna@a.b",
        ] {
            assert!(
                MailAddress::parse(nonsense).is_err(),
                "{nonsense:?} is no address"
            );
        }
    }
}
