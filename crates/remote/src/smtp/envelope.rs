//! Addresses as SMTP writes them: checked, and with the domain in the letters that DNS knows.
//!
//! Not here: names and comments. The envelope has addresses only.

use lettre::Address;

/// Makes `address` fit for MAIL and RCPT. The error is a sentence.
///
/// Less strict than lettre's own parser: real addresses have local parts of more than 64 octets, dots in a row and
/// domains without a dot, and it is the server's to refuse those. What could end the command or begin another is
/// never let through.
pub(super) fn address(address: &str) -> Result<Address, String> {
    let strange = || format!("{address:?} is not an email address.");
    let (local, domain) = address.rsplit_once('@').ok_or_else(strange)?;
    let harmless = |part: &str| !part.is_empty() && part.len() <= 320 && !part.chars().any(char::is_control);
    if !harmless(local) || !harmless(domain) || !local_part_is_closed(local) {
        return Err(strange());
    }
    let literal = domain.starts_with('[') && domain.ends_with(']');
    let plain = domain
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    if plain
        || (literal
            && domain
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "[]:.-".contains(c)))
    {
        return Ok(Address::new_dangerous(local, domain));
    }
    // A domain in another script travels in its ASCII spelling (RFC 5891); that asks nothing of the server.
    match url::Host::parse(domain) {
        Ok(url::Host::Domain(ascii)) if !domain.is_ascii() => Ok(Address::new_dangerous(local, ascii)),
        _ => Err(strange()),
    }
}

/// Spaces, brackets and the like may stand in quotes only, and the quotes must be closed (RFC 5321, section 4.1.2).
fn local_part_is_closed(local: &str) -> bool {
    let Some(quoted) = local.strip_prefix('"') else {
        return !local
            .chars()
            .any(|c| c.is_whitespace() || "<>()[],;:\\\"@".contains(c));
    };
    let Some(content) = quoted.strip_suffix('"') else {
        return false;
    };
    let mut escaped = false;
    for c in content.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return false,
            _ => {}
        }
    }
    !escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_addresses_pass_as_they_are() {
        let long = format!("{}@waxwing.test", "l".repeat(90));
        for good in [
            "lena@waxwing.test",
            "l..e@localhost",
            "\"le na\"@waxwing.test",
            "jo+x@[192.0.2.1]",
            &long,
        ] {
            assert_eq!(address(good).unwrap().to_string(), good);
        }
    }

    #[test]
    fn a_domain_in_another_script_is_written_in_ascii() {
        assert_eq!(
            address("lena@bücher.example").unwrap().to_string(),
            "lena@xn--bcher-kva.example"
        );
        assert_eq!(
            address("léna@bücher.example").unwrap().to_string(),
            "léna@xn--bcher-kva.example"
        );
    }

    #[test]
    fn nothing_that_ends_the_command_gets_through() {
        for bad in [
            "",
            "lena",
            "@waxwing.test",
            "lena@",
            "lena@waxwing.test>\r\nDATA",
            "lena@a\nb",
            "le na@waxwing.test",
            "lena>@waxwing.test",
            "lena@wax wing.test",
            "\"lena@waxwing.test",
            "\"a\"b\"@waxwing.test",
            "\"a\\\"@waxwing.test",
            "a@b> SIZE=1",
            "a@b@c",
        ] {
            assert!(address(bad).is_err(), "{bad:?} is no address");
        }
    }
}
