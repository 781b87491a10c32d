//! At which of the person's addresses a mailing list reaches them: where its letters go, and which is let go.

use std::collections::HashSet;

use waxwing_mime::{Headers, parse_headers};
use waxwing_model::{AccountId, Address, Email, EmailId, Identity, OwnAddress};
use waxwing_store::{Reading, StoreError, Subscription};

use crate::outgoing::sender::answering;

/// Octets in which a letter's header ends, or what servers have written at its top.
const HEADER: u32 = 64 << 10;

/// A list that letters came by, and the person's address that it writes to; empty: that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSubscription {
    pub known: Subscription,
    pub address: String,
}

impl ListSubscription {
    pub(super) fn read(reading: &Reading<'_>, known: Subscription, own: &Own) -> Result<Self, StoreError> {
        let reached = match reading.email(known.last_email)? {
            Some(letter) => own.reached(reading, &letter)?,
            None => None,
        };
        Ok(Self {
            known,
            address: reached.map(|reached| reached.address.email).unwrap_or_default(),
        })
    }
}

/// The address at which a list reaches the person, and the account that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reached {
    pub(super) account: AccountId,
    pub(super) address: Address,
}

/// All identities of the person.
pub(super) struct Own {
    identities: Vec<Identity>,
    /// The accounts from which letters leave.
    sending: HashSet<AccountId>,
}

impl Own {
    pub(super) fn read(reading: &Reading<'_>) -> Result<Self, StoreError> {
        let mut identities = reading.identities()?;
        // What Local Folders are called is no address.
        identities.retain(|identity| OwnAddress::new(&identity.email).is_some());
        let accounts = reading.accounts()?;
        let sending = accounts.iter().filter(|account| account.can_send());
        Ok(Self {
            identities,
            sending: sending.map(|account| account.id).collect(),
        })
    }

    /// Those that a letter in this account may have been written to: its own first, and where no letters leave from it, as from Local
    /// Folders, those of the accounts that letters do leave from.
    fn of(&self, account: AccountId) -> Vec<Identity> {
        let sends = self.sending.contains(&account);
        let may = |one: &&Identity| one.account == account || !sends && self.sending.contains(&one.account);
        let mut found: Vec<_> = self.identities.iter().filter(may).cloned().collect();
        found.sort_by_key(|one| one.account != account);
        found
    }

    /// The address, with its tag, of the identity that a letter was written to, or that its server has delivered it to; the account's
    /// usual one where it tells of none. `None`: that is not known, for it cannot be read, or any of several accounts may be meant.
    pub(super) fn reached(
        &self,
        reading: &Reading<'_>,
        letter: &Email,
    ) -> Result<Option<Reached>, StoreError> {
        let own = self.of(letter.account);
        let named = |headers: &Headers| {
            let (identity, tagged) = answering(&own, letter, headers)?;
            let email = tagged.unwrap_or_else(|| identity.email.clone());
            Some(Reached {
                account: identity.account,
                address: Address::new(identity.name.clone(), email),
            })
        };
        if let Some(reached) = named(&Headers::default()) {
            return Ok(Some(reached));
        }
        // A list writes to itself, and servers tell whom they delivered that to.
        let delivered = match header(reading, letter.id) {
            Ok(header) => header.and_then(|header| named(&parse_headers(&header))),
            Err(error @ (StoreError::Damaged(_) | StoreError::Io { .. })) => {
                tracing::warn!(%error, "whom a list writes to cannot be read");
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let usual = || {
            let first = own.first()?;
            let is_meant =
                first.account == letter.account || own.iter().all(|one| one.account == first.account);
            is_meant.then(|| Reached {
                account: first.account,
                address: first.address(),
            })
        };
        Ok(delivered.or_else(usual))
    }
}

/// What is here of a letter's header.
fn header(reading: &Reading<'_>, email: EmailId) -> Result<Option<Vec<u8>>, StoreError> {
    match reading.beginning(email, HEADER)? {
        Some(beginning) => Ok(Some(beginning)),
        None => Ok(reading.partial_body(email)?.map(|partial| partial.skeleton)),
    }
}

#[cfg(test)]
mod tests;
