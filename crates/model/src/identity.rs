//! As whom a person writes (RFC 8621, section 6: Identity). Each account has one at least; the first is the usual one.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, IdentityId, ServerSettings};

/// An address to write from, with what goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub id: IdentityId,
    pub account: AccountId,
    pub email: String,
    /// The name that stands beside the address.
    pub name: String,
    /// Where answers shall go, if not to `email`.
    pub reply_to: Option<String>,
    /// HTML as the editor made it; may be empty.
    pub signature: String,
    /// Where its letters are handed over, if not to the account's own server.
    pub outgoing: Option<ServerSettings>,
}

impl Identity {
    /// What stands in From.
    pub fn address(&self) -> Address {
        Address::new(self.name.clone(), self.email.clone())
    }

    /// Whether mail to `address` is mail to this identity.
    pub fn receives(&self, address: &str) -> bool {
        OwnAddress::new(&self.email).is_some_and(|own| own.receives(address))
    }
}

/// An address at which a person gets letters, ready to be compared with many others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAddress {
    local: String,
    domain: String,
}

impl OwnAddress {
    /// `None`: it is no address, and reaches nobody.
    pub fn new(address: &str) -> Option<Self> {
        let (local, domain) = address.trim().rsplit_once('@')?;
        Some(Self {
            local: local.to_lowercase(),
            domain: domain.to_lowercase(),
        })
    }

    /// Whether mail to `address` comes here: the same address, or one with a tag behind a plus (RFC 5233).
    pub fn receives(&self, address: &str) -> bool {
        let Some((local, domain)) = address.trim().rsplit_once('@') else {
            return false;
        };
        let untagged = local.split_once('+').map_or(local, |(untagged, _)| untagged);
        is_in_small_letters(&self.domain, domain)
            && (is_in_small_letters(&self.local, local) || is_in_small_letters(&self.local, untagged))
    }
}

fn is_in_small_letters(small: &str, text: &str) -> bool {
    match text.is_ascii() {
        true => small.eq_ignore_ascii_case(text),
        false => small == text.to_lowercase(),
    }
}

/// An identity that has not been saved, or new facts for one that has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewIdentity {
    pub email: String,
    pub name: String,
    pub reply_to: Option<String>,
    pub signature: String,
    pub outgoing: Option<ServerSettings>,
}

impl From<Identity> for NewIdentity {
    fn from(identity: Identity) -> Self {
        Self {
            email: identity.email,
            name: identity.name,
            reply_to: identity.reply_to,
            signature: identity.signature,
            outgoing: identity.outgoing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_gets_what_is_written_to_its_address_with_and_without_a_tag() {
        let lena = Identity {
            id: IdentityId(1),
            account: AccountId(1),
            email: "Lena@waxwing.test".to_owned(),
            name: String::new(),
            reply_to: None,
            signature: String::new(),
            outgoing: None,
        };
        for hers in [
            "lena@waxwing.test",
            "LENA@WAXWING.TEST",
            "lena+shop@waxwing.test",
            "lena+a+b@waxwing.test",
        ] {
            assert!(lena.receives(hers), "{hers} reaches her");
        }
        for other in [
            "lena@elsewhere.test",
            "len@waxwing.test",
            "lena",
            "lenashop@waxwing.test",
            "",
            "+lena@waxwing.test",
        ] {
            assert!(!lena.receives(other), "{other} does not");
        }
    }
}
