//! Address lists (RFC 5322, section 3.4), from headers and from what a person types.
//!
//! A list is taken apart before its encoded words are decoded, and an address itself is never decoded: so no
//! name can turn into an address, or an address into another one.

mod pieces;
mod reader;

use waxwing_model::Address;

use crate::{ComposeError, visible};
use reader::Reader;

/// What a person types: `Jonas <jonas@a.example>, amara@b.example; …`. Nothing typed gives an empty list.
pub fn parse_addresses(text: &str) -> Result<Vec<Address>, ComposeError> {
    let typed: String = text.chars().map(|c| if c == '\n' { ',' } else { c }).collect();
    let addresses = Reader::read(&typed, Manner::Typed);
    for address in &addresses {
        check(&address.email).map_err(|_| bad(address))?;
    }
    Ok(addresses)
}

/// The error for an address, in the words that the person typed.
pub(crate) fn bad(address: &Address) -> ComposeError {
    let shown = if address.email.is_empty() {
        address.display().into_owned()
    } else {
        address.to_string()
    };
    ComposeError::BadAddress(visible::one_line(&shown))
}

/// The addresses of a header field, unfolded and undecoded. A name that has none is kept with an empty address.
pub(crate) fn list(value: &str) -> Vec<Address> {
    Reader::read(value, Manner::Header)
}

/// The address as SMTP may see it: checked, and its domain in ASCII (RFC 5890).
pub(crate) fn check(email: &str) -> Result<lettre::Address, ComposeError> {
    let bad = || ComposeError::BadAddress(visible::one_line(email));
    if email
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() && !email.starts_with('"'))
    {
        return Err(bad());
    }
    let (user, domain) = email.rsplit_once('@').ok_or_else(bad)?;
    let domain = match domain.starts_with('[') {
        true => domain.to_owned(),
        false => idna::domain_to_ascii(domain).map_err(|_| bad())?,
    };
    lettre::Address::new(user, domain).map_err(|_| bad())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// A name with a comma that should have been quoted is put together again.
    Header,
    /// What has no address is a mistake that the person is told.
    Typed,
}

#[cfg(test)]
mod tests;
