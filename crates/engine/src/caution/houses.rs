//! Whose house an address is in: a domain that somebody has registered, or a provider at which anybody may have one.

use waxwing_model::Address;
use waxwing_remote::discover::{provider_domains, registered_domain};

/// Providers at which anybody may have an address. That one of them has signed a letter says who wrote it, and nothing of the
/// list that it names.
const OF_EVERYBODY: [&str; 21] = [
    "163.com",
    "aol.com",
    "fastmail.com",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.ru",
    "me.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "web.de",
    "yahoo.com",
    "yandex.ru",
];

/// Whether anybody may have an address at this registered domain.
pub(super) fn is_of_everybody(registered: &str) -> bool {
    OF_EVERYBODY.contains(&registered) || provider_domains().contains(&registered)
}

/// The domain whose everybody can be allowed something over a letter of this sender's: one that somebody has registered,
/// and at which not everybody is.
pub(crate) fn house_of(sender: &Address) -> Option<String> {
    let (_, domain) = sender.email.rsplit_once('@')?;
    registered_domain(domain).filter(|registered| !is_of_everybody(registered))
}

/// Whether two addresses are of one house, so that one of them may well bear the other's name.
pub(super) fn are_of_one_house(one: &Address, other: &Address) -> bool {
    match (house_of(one), house_of(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_is_what_somebody_has_registered_and_no_provider_of_everybodys() {
        for (email, house) in [
            ("news@mail.shop.test", Some("shop.test")),
            ("news@Shop.test", Some("shop.test")),
            ("x@a.b.bank.co.uk", Some("bank.co.uk")),
            ("x@co.uk", None),
            ("lena@gmail.com", None),
            ("lena@web.de", None),
            ("nobody", None),
        ] {
            assert_eq!(house_of(&Address::new("", email)).as_deref(), house, "{email}");
        }
    }
}
