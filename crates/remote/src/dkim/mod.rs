//! Seals on letters (DKIM, RFC 6376 and RFC 8463): which domains have signed a letter, and whether what they signed is
//! what came. The keys stand in DNS; nobody else is asked, and nothing is believed that a letter says of itself.
//!
//! Not here: what a seal means for the sender who is shown, and whether DNS may be asked at all. That is the engine's.

mod canonical;
mod fields;
mod key;
mod shown;
mod signature;
mod tags;

use ring::digest::{SHA256, digest};

use self::fields::Fields;
use self::key::{Key, KeyProblem};
use self::signature::{Signature, SignatureProblem};
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
    /// Names of fields, in lower case, on which it depends what is shown, and which somebody else can have put there. The
    /// sender's is always among them where there are several.
    pub loose: Vec<String>,
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
    /// What was signed is what came, all of it, but its time was over by then.
    Expired,
    /// The domain has no such key, or has withdrawn it.
    NoKey,
    /// The key is so short that others can sign with it (RFC 8301, section 3.2).
    Weak,
    /// It cannot be read, or is of a kind that is not believed any more.
    Unreadable,
    /// DNS did not answer.
    Unknown,
    /// It fits as far as can be told, and DNS has not been asked for its key.
    Unasked,
}

/// What can be told of a seal without its key, so that DNS hears nothing of letters that are broken anyway.
#[derive(Debug)]
pub struct Opened {
    pub seal: Seal,
    /// `None`: nothing is left to ask.
    question: Option<Question>,
}

#[derive(Debug)]
struct Question {
    signature: Signature,
    octets: Vec<u8>,
    /// What it is if the key fits.
    fitting: SealState,
}

/// Clocks of servers differ; by more than this they do not.
const SKEW: u64 = 24 * 60 * 60;

/// Every seal of a letter, in the order in which they stand in it, which came at `received`, in seconds since 1970. All of
/// the letter is passed over: this is nothing for a thread on which others wait.
pub fn open(raw: &[u8], received: u64) -> Vec<Opened> {
    let raw = canonical::with_line_ends(raw);
    let fields = Fields::read(&raw);
    let all = fields.named("dkim-signature").iter().take(MOST);
    all.map(|field| opened(&fields, field, received)).collect()
}

fn opened(fields: &Fields<'_>, field: &[u8], received: u64) -> Opened {
    let told = |domain: String, selector: String, state: SealState| Opened {
        seal: Seal {
            domain,
            selector,
            covers: Vec::new(),
            loose: Vec::new(),
            state,
        },
        question: None,
    };
    let signature = match Signature::read(field) {
        Ok(signature) if fields.are_plain => signature,
        Ok(Signature { domain, .. }) | Err(SignatureProblem { domain }) => {
            return told(domain, String::new(), SealState::Unreadable);
        }
    };
    match checked(fields, &signature, received) {
        Err(state) => told(signature.domain, signature.selector, state),
        Ok(fitting) => Opened {
            seal: Seal {
                domain: signature.domain.clone(),
                selector: signature.selector.clone(),
                covers: fields.covered(&signature),
                loose: shown::loose(fields, &signature),
                state: SealState::Unasked,
            },
            question: Some(Question {
                octets: fields.signed(&signature),
                signature,
                fitting,
            }),
        },
    }
}

impl Opened {
    /// The seal, DNS asked for its key if that is needed.
    pub async fn asked(self, at: &Surroundings) -> Seal {
        let Some(question) = self.question else {
            return self.seal;
        };
        let state = match key_of(&question.signature, at).await {
            Err(problem) => problem,
            Ok(key) if key.is_signed(&question.signature, &question.octets) => question.fitting,
            Ok(_) => SealState::Broken,
        };
        Seal { state, ..self.seal }
    }
}

/// All that can be told without the key. What was in time when the letter came stays so, whenever it is opened.
fn checked(fields: &Fields<'_>, signature: &Signature, received: u64) -> Result<SealState, SealState> {
    if signature
        .made
        .is_some_and(|made| made > received.saturating_add(SKEW))
    {
        return Err(SealState::Unreadable);
    }
    let body = canonical::body(fields.body, signature.body);
    let length = signature.length.unwrap_or(body.len());
    let Some(part) = body.get(..length) else {
        return Err(SealState::Broken);
    };
    let is_over = signature.expires.is_some_and(|end| end < received);
    match digest(&SHA256, part).as_ref() == signature.body_hash.as_slice() {
        false => Err(SealState::Broken),
        true if is_over && length < body.len() => Err(SealState::Broken),
        true if is_over => Ok(SealState::Expired),
        true if length < body.len() => Ok(SealState::Partial),
        true => Ok(SealState::Good),
    }
}

async fn key_of(signature: &Signature, at: &Surroundings) -> Result<Key, SealState> {
    let name = format!("{}._domainkey.{}", signature.selector, signature.domain);
    let texts = match at.texts(&name).await {
        Ok(texts) => texts,
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
