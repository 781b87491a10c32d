//! The bytes of a letter that somebody reads: those that are here, or are asked of the server first. What they say is read
//! elsewhere.

use std::collections::BTreeMap;

use waxwing_model::{AccountId, Body, EmailId, Operation};
use waxwing_store::{Reading, StoreError};

use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::sync::Wanted;

/// Every byte of a letter. Bytes that are not what they were are as good as none where a server may have them: a disk failed,
/// or the power went before they had reached it.
pub(crate) fn whole(
    reading: &Reading<'_>,
    email: EmailId,
) -> std::result::Result<Option<Vec<u8>>, StoreError> {
    match reading.raw(email) {
        Err(StoreError::Damaged(_)) if reading.may_come_again(email)? => Ok(None),
        outcome => outcome,
    }
}

/// A letter as far as it can be read.
pub(crate) struct Readable {
    pub(crate) raw: Vec<u8>,
    /// Sections that are on the server alone, with about their octets. Empty: the letter is whole.
    pub(crate) absent: BTreeMap<String, u32>,
}

impl Readable {
    pub(crate) fn is_whole(&self) -> bool {
        self.absent.is_empty()
    }
}

/// What is here of a letter, if that is enough to read it.
pub(crate) fn readable(
    reading: &Reading<'_>,
    email: EmailId,
) -> std::result::Result<Option<Readable>, StoreError> {
    if let Some(raw) = whole(reading, email)? {
        let absent = BTreeMap::new();
        return Ok(Some(Readable { raw, absent }));
    }
    Ok(reading.partial_body(email)?.map(|partial| Readable {
        raw: partial.skeleton,
        absent: partial.absent,
    }))
}

impl Engine {
    /// Every byte of the letter as it came.
    pub async fn raw(&self, email: EmailId) -> Result<Vec<u8>> {
        if let Some(raw) = self.raw_here(email).await? {
            return Ok(raw);
        }
        self.bring(email, Wanted::Whole).await?;
        self.read(move |reading| reading.raw(email))
            .await?
            .ok_or(EngineError::Gone("the letter"))
    }

    /// The same, where all of them are here.
    pub async fn raw_here(&self, email: EmailId) -> Result<Option<Vec<u8>>> {
        self.read(move |reading| whole(reading, email)).await
    }

    /// The letter, or of a large one what is here of it and its text at least.
    pub(crate) async fn readable(&self, email: EmailId) -> Result<Readable> {
        if let Some(readable) = self.readable_here(email).await? {
            return Ok(readable);
        }
        self.bring(email, Wanted::Text).await?;
        self.readable_here(email)
            .await?
            .ok_or(EngineError::Gone("the letter"))
    }

    pub(crate) async fn readable_here(&self, email: EmailId) -> Result<Option<Readable>> {
        self.read(move |reading| readable(reading, email)).await
    }

    pub(super) async fn bring(&self, email: EmailId, wanted: Wanted) -> Result<()> {
        let account = self.emails(vec![email]).await?.first().map(|email| email.account);
        let account = account.ok_or(EngineError::Gone("the letter"))?;
        self.forget_spoilt(email).await?;
        match self.original_of(email).await? {
            // What is on its way elsewhere goes there whole.
            Some((account, original)) => self.fetch_body(account, original, Wanted::Whole).await,
            None => self.fetch_body(account, email, wanted).await,
        }
    }

    /// A letter that is asked for again and counts as whole is not what it was. From now on it does not count as whole.
    async fn forget_spoilt(&self, email: EmailId) -> Result<()> {
        let spoilt = self
            .read(move |reading| {
                let whole = reading
                    .email(email)?
                    .is_some_and(|email| email.body == Body::Complete);
                Ok(whole && !reading.verify_body(email)?)
            })
            .await?;
        match spoilt {
            true => self.write(move |writing| writing.forget_body(email)).await,
            false => Ok(()),
        }
    }

    /// Whose bytes a letter will have that is still on its way to where it is shown.
    async fn original_of(&self, email: EmailId) -> Result<Option<(AccountId, EmailId)>> {
        self.read(move |reading| {
            let mut wanted = email;
            let mut found = None;
            // A copy may be one of a copy; the bound is for a store that somebody else has touched.
            for _ in 0..16 {
                let original =
                    reading
                        .operations_on(wanted)?
                        .into_iter()
                        .find_map(|entry| match entry.operation {
                            Operation::Copy { original, copy, .. } if copy == wanted => Some(original),
                            _ => None,
                        });
                let Some(original) = original else { break };
                let Some(there) = reading.email(original)? else {
                    break;
                };
                found = Some((there.account, original));
                wanted = original;
            }
            Ok(found)
        })
        .await
    }
}
