//! Seals on letters (DKIM, RFC 6376 and RFC 8463): which domains have signed a letter, and whether what they signed is
//! what came. The keys stand in DNS; nobody else is asked, and nothing is believed that a letter says of itself.
//!
//! Not here: what a seal means for the sender who is shown, and whether DNS may be asked at all. That is the engine's.

mod canonical;
mod fields;
mod key;
mod signature;
mod tags;

use futures::future::join_all;
use ring::digest::{SHA256, digest};

use self::fields::Fields;
use self::key::{Key, KeyProblem};
use self::signature::{Signature, SignatureProblem};
use crate::RemoteError;
use crate::discover::Surroundings;

/// Signatures of one letter that are looked at. Letters have one to three; each more is a question to DNS that somebody
/// else has chosen.
const MOST: usize = 6;

/// One signature, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Who signed, in lower case.
    pub domain: String,
    pub selector: String,
    /// Names of fields, in lower case, of which the letter has at least one and every one is signed.
    pub covers: Vec<String>,
    pub state: SealState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealState {
    /// What was signed is what came.
    Good,
    /// The same, but text was added behind what was signed (`l=`, RFC 6376, section 8.2).
    Partial,
    /// The letter was changed on its way, or never signed by that domain.
    Broken,
    /// Its time is over.
    Expired,
    /// The domain has no such key, or has withdrawn it.
    NoKey,
    /// The key is so short that others can sign with it (RFC 8301, section 3.2).
    Weak,
    /// It cannot be read, or is of a kind that is not believed any more.
    Unreadable,
    /// DNS did not answer.
    Unknown,
}

/// Every seal of a letter, in the order in which they stand in it. `now` is in seconds since 1970.
pub async fn seals(raw: &[u8], at: &Surroundings, now: u64) -> Vec<Seal> {
    let raw = canonical::with_line_ends(raw);
    let fields = Fields::read(&raw);
    let names: Vec<_> = fields.named("dkim-signature").take(MOST).collect();
    join_all(names.into_iter().map(|field| seal(&fields, field, at, now))).await
}

async fn seal(fields: &Fields<'_>, field: &[u8], at: &Surroundings, now: u64) -> Seal {
    let signature = match Signature::read(field) {
        Ok(signature) => signature,
        Err(problem) => {
            return Seal {
                domain: problem.domain,
                selector: String::new(),
                covers: Vec::new(),
                state: SealState::Unreadable,
            };
        }
    };
    let state = match checked(fields, &signature, now) {
        Err(state) => state,
        Ok(state) => match key_of(&signature, at).await {
            Err(problem) => problem,
            Ok(key) => match key.is_signed(&signature, &fields.signed(&signature)) {
                true => state,
                false => SealState::Broken,
            },
        },
    };
    Seal {
        covers: fields.covered(&signature),
        domain: signature.domain,
        selector: signature.selector,
        state,
    }
}

/// All that can be told without the key, so that DNS hears nothing of letters that are broken anyway.
fn checked(fields: &Fields<'_>, signature: &Signature, now: u64) -> Result<SealState, SealState> {
    if signature.expires.is_some_and(|end| end < now) {
        return Err(SealState::Expired);
    }
    let body = canonical::body(fields.body, signature.body);
    let length = signature.length.unwrap_or(body.len());
    let Some(part) = body.get(..length) else {
        return Err(SealState::Broken);
    };
    match digest(&SHA256, part).as_ref() == signature.body_hash.as_slice() {
        false => Err(SealState::Broken),
        true if length < body.len() => Ok(SealState::Partial),
        true => Ok(SealState::Good),
    }
}

async fn key_of(signature: &Signature, at: &Surroundings) -> Result<Key, SealState> {
    let name = format!("{}._domainkey.{}", signature.selector, signature.domain);
    let texts = match at.texts(&name).await {
        Ok(texts) => texts,
        Err(RemoteError::Protocol { .. } | RemoteError::TimedOut { .. }) => return Err(SealState::Unknown),
        Err(_) => return Err(SealState::Unknown),
    };
    // More than one record is the domain's mistake; the first that is a key counts (RFC 6376, section 3.6.2.2).
    let mut problem = SealState::NoKey;
    for text in texts {
        match Key::read(&text, signature) {
            Ok(key) => return Ok(key),
            Err(KeyProblem::None) => {}
            Err(KeyProblem::Weak) => problem = SealState::Weak,
            Err(KeyProblem::Unfit) => problem = SealState::Unreadable,
        }
    }
    Err(problem)
}

impl From<SignatureProblem> for SealState {
    fn from(_: SignatureProblem) -> Self {
        Self::Unreadable
    }
}
