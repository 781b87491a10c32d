//! At which of the person's addresses a mailing list reaches them: where its letters go, and which is let go.

use waxwing_mime::{Headers, parse_headers};
use waxwing_model::{Address, Email, Identity};
use waxwing_store::{Reading, StoreError, Subscription};

use crate::letters::readable::readable;
use crate::outgoing::sender::answering;

/// A list that letters came by, and the person's address that it writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSubscription {
    pub known: Subscription,
    pub address: String,
}

impl ListSubscription {
    pub(super) fn read(
        reading: &Reading<'_>,
        known: Subscription,
        identities: &[Identity],
    ) -> Result<Self, StoreError> {
        let address = match reading.email(known.last_email)? {
            Some(letter) => reached(reading, &letter, identities)?,
            None => None,
        };
        Ok(Self {
            known,
            address: address.map(|address| address.email).unwrap_or_default(),
        })
    }
}

/// The address, with its tag, of the identity that a letter was written to, or that its server has delivered it to; the account's usual
/// one where it tells of none. `identities`: everybody's. `None`: the account has none.
pub(super) fn reached(
    reading: &Reading<'_>,
    letter: &Email,
    identities: &[Identity],
) -> Result<Option<Address>, StoreError> {
    let mut own = identities.to_vec();
    own.retain(|identity| identity.account == letter.account);
    let named = |headers: &Headers| {
        let (identity, tagged) = answering(&own, letter, headers)?;
        let email = tagged.unwrap_or_else(|| identity.email.clone());
        Some(Address::new(identity.name.clone(), email))
    };
    if let Some(address) = named(&Headers::default()) {
        return Ok(Some(address));
    }
    // A list writes to itself, and servers tell whom they delivered that to.
    let delivered = readable(reading, letter.id)?.and_then(|here| named(&parse_headers(&here.raw)));
    Ok(delivered.or_else(|| own.first().map(Identity::address)))
}

#[cfg(test)]
mod tests;
