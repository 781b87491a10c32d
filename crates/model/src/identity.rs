//! As whom a person writes (RFC 8621, section 6: Identity). Each account has one at least; the first is the usual one.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, IdentityId, ServerSettings};

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
    pub fn address(&self) -> Address {
        Address::new(self.name.clone(), self.email.clone())
    }

    /// Whether mail to `address` is mail to this identity: the same address, or one with a tag behind a plus (RFC 5233).
    pub fn receives(&self, address: &str) -> bool {
        let split = |whole: &str| {
            let (local, domain) = whole.trim().rsplit_once('@')?;
            Some((local.to_lowercase(), domain.to_lowercase()))
        };
        let (Some((own, own_domain)), Some((local, domain))) = (split(&self.email), split(address)) else {
            return false;
        };
        let untagged = local
            .split_once('+')
            .map_or(local.as_str(), |(untagged, _)| untagged);
        domain == own_domain && (local == own || untagged == own)
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
