//! Sites that a sender's name names: `www.bank.example <post@evil.example>`.

use waxwing_remote::discover::{is_listed, registered};
use waxwing_sanitize::{Domain, Known, LinkSeen, LinkWarning, Standing, look_at_seen};

/// Shorter labels are initials and titles of people, unless they are those of a site that the person knows: "J.de Vries".
const LONG: usize = 4;

/// A site that a sender's name names, where it is another than theirs, and whether it is one that somebody would forge before
/// this person: their own, of somebody they have written to, or one that is often forged. The same house may have a site in
/// each country.
pub(super) fn named_site(name: &str, domain: &str, domains: &[Domain]) -> Option<(String, bool)> {
    let other = |host: &String| label(host) != label(domain);
    // Beside one that nobody knows another may stand.
    let words = name.split_whitespace();
    let mut known = [name]
        .into_iter()
        .chain(words)
        .filter_map(|text| host_in(text, domain));
    if let Some(site) = known.find(|host| is_known(host, domains) && other(host)) {
        return Some((site, true));
    }
    let site = host_in(name, domain).filter(other)?;
    let ending = site.rsplit_once('.')?.1;
    // Of the newer endings many are surnames and words, "Dr.Weber", and words begin with a capital: "M.Sc.".
    let is_site = is_listed(&site)
        && (ending.len() == 2 || ["com", "net", "org", "info"].contains(&ending))
        && name.contains(&format!(".{ending}"))
        && label(&site).is_some_and(|label| label.len() >= LONG);
    is_site.then_some((site, false))
}

fn host_in(text: &str, domain: &str) -> Option<String> {
    let owner = |host: &str| registered(host).map(str::to_owned);
    let known = Known {
        registered: &owner,
        listed: &is_listed,
        domains: &[],
    };
    let seen = LinkSeen {
        given: format!("https://{domain}/"),
        text: text.to_owned(),
        ..LinkSeen::default()
    };
    let warnings = look_at_seen(&seen, &known)?.warnings.into_iter();
    warnings.into_iter().find_map(|warning| match warning {
        LinkWarning::OtherHost(site) => Some(site),
        _ => None,
    })
}

fn is_known(host: &str, domains: &[Domain]) -> bool {
    registered(host).is_some_and(|own| {
        let mut known = domains.iter().filter(|domain| domain.standing >= Standing::Known);
        known.any(|domain| domain.name == own)
    })
}

/// What somebody has registered, without its ending.
fn label(host: &str) -> Option<&str> {
    registered(host)
        .and_then(|own| own.split_once('.'))
        .map(|(label, _)| label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_in_a_name_is_told_where_it_is_somebody_elses_and_alarms_where_the_person_knows_it() {
        let domain = |name: &str, standing: Standing| Domain {
            name: name.to_owned(),
            standing,
        };
        let domains = [
            domain("paypal.com", Standing::House),
            domain("dhl.de", Standing::House),
            domain("fjord.com", Standing::Own),
            domain("harbour.org", Standing::Known),
            domain("often.com", Standing::Writes(40)),
        ];
        for (name, at, site) in [
            ("www.paypal.com", "evil.com", Some(("www.paypal.com", true))),
            ("paypal.com Service", "evil.com", Some(("paypal.com", true))),
            ("PayPal.Com Service", "evil.com", Some(("paypal.com", true))),
            ("DHL.de", "evil.com", Some(("dhl.de", true))),
            (
                "Lampen.de with paypal.com",
                "evil.com",
                Some(("paypal.com", true)),
            ),
            ("fjord.com", "evil.com", Some(("fjord.com", true))),
            ("harbour.org", "evil.com", Some(("harbour.org", true))),
            ("often.com", "evil.com", Some(("often.com", false))),
            ("Lampen.de", "mail.esp.com", Some(("lampen.de", false))),
            ("acme.com Support", "acme.zendesk.com", Some(("acme.com", false))),
            ("paypal.com", "paypal.evil.com", Some(("paypal.com", true))),
            ("J.de Vries", "bedrijf.nl", None),
            ("Jonas Weber, M.Sc.", "fjord.com", None),
            ("Lena.Me", "harbour.com", None),
            ("Booking.com", "mail.booking.com", None),
            ("Amazon.de", "amazon.com", None),
            ("Jonas Weber", "fjord.com", None),
            ("Node.js Weekly", "cooperpress.com", None),
            ("Dr.Weber", "fjord.com", None),
        ] {
            let found = named_site(name, at, &domains);
            let found = found.as_ref().map(|(site, known)| (site.as_str(), *known));
            assert_eq!(found, site, "{name} at {at}");
        }
    }
}
