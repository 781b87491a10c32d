//! As whom a letter goes: the identity that the draft names, and the address that an answer goes from.

use waxwing_model::{Account, AccountId, Address, DraftContent, Email, Identity};

use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Fields in which servers write whom they delivered a letter to, for letters that name their recipient nowhere else.
const DELIVERED_TO: [&str; 4] = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"];

impl Engine {
    /// The identity that a draft is written as, and the address in its From.
    pub(super) async fn sender(
        &self,
        account: &Account,
        content: &DraftContent,
    ) -> Result<(Identity, Address)> {
        let identity = self.identity_of(account.id, content).await?;
        let tagged = content.from.as_deref().filter(|from| identity.receives(from));
        let address = tagged.unwrap_or(&identity.email).to_owned();
        let from = Address::new(identity.name.clone(), address);
        Ok((identity, from))
    }

    /// One that is gone meanwhile, or is of another account, is the usual one's business.
    async fn identity_of(&self, account: AccountId, content: &DraftContent) -> Result<Identity> {
        let named = content.identity;
        self.read(move |reading| {
            let named = match named {
                Some(identity) => reading.identity(identity)?,
                None => None,
            };
            match named.filter(|identity| identity.account == account) {
                Some(identity) => Ok(Some(identity)),
                None => reading.usual_identity(account),
            }
        })
        .await?
        .ok_or(EngineError::Gone("the account's identity"))
    }

    pub(crate) async fn usual_identity(&self, account: AccountId) -> Result<Identity> {
        self.identity_of(account, &DraftContent::default()).await
    }
}

/// Who answers a letter: the identity of the account that it was written to, and its tagged address if it was that one.
/// `None`: it says nothing of any of them.
pub(crate) fn answering<'a>(
    identities: &'a [Identity],
    original: &Email,
    headers: &waxwing_mime::Headers,
) -> Option<(&'a Identity, Option<String>)> {
    let lists = [&original.from, &original.to, &original.cc, &original.bcc];
    first_of(identities, lists, headers)
}

/// The same by what a letter's header says alone, for one that stands in no folder.
pub(super) fn named_in<'a>(
    identities: &'a [Identity],
    headers: &waxwing_mime::Headers,
) -> Option<(&'a Identity, Option<String>)> {
    let lists = [&headers.from, &headers.to, &headers.cc, &headers.bcc];
    first_of(identities, lists, headers)
}

fn first_of<'a>(
    identities: &'a [Identity],
    lists: [&Vec<Address>; 4],
    headers: &waxwing_mime::Headers,
) -> Option<(&'a Identity, Option<String>)> {
    let delivered = DELIVERED_TO.iter().filter_map(|name| headers.field(name));
    let named = lists.into_iter().flatten().map(|address| address.email.as_str());
    named.chain(delivered.map(str::trim)).find_map(|address| {
        let identity = whose(identities, address)?;
        let tagged = (!is_exact(identity, address)).then(|| address.to_owned());
        Some((identity, tagged))
    })
}

/// Whose address it is: the exact address of one beats the tag of another.
pub(super) fn whose<'a>(identities: &'a [Identity], address: &str) -> Option<&'a Identity> {
    let exact = identities.iter().find(|identity| is_exact(identity, address));
    exact.or_else(|| identities.iter().find(|identity| identity.receives(address)))
}

/// Whether it is the address of an identity, without a tag.
pub(crate) fn is_exact(identity: &Identity, address: &str) -> bool {
    identity.email.eq_ignore_ascii_case(address)
}

/// The block that stands under a letter, or nothing. What is before it is found by the mark of RFC 3676, section 4.3.
pub(super) fn signature_block(identity: &Identity) -> String {
    if identity.signature.trim().is_empty() {
        return String::new();
    }
    format!("<div class=\"signature\">-- <br>{}</div>", identity.signature)
}
