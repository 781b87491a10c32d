//! SCRAM (RFC 5802, and RFC 7677 for SHA-256): both sides prove that they know the password and neither says it; with
//! `-PLUS` the proof holds for this TLS connection alone.
//!
//! Not here: reading the server's messages (`message`), the arithmetic (`proof`).

mod hash;
mod message;
mod prepared;
mod proof;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use super::{DOING, Mechanism};
use crate::binding::ChannelBinding;
use crate::{RemoteError, Secret};

pub(super) use hash::Hash;
use message::{Last, ServerFirst};
use prepared::prepared;
pub(super) use prepared::saslname;
use proof::Proof;

/// What the client says about tying the sign-in to the TLS connection (RFC 5802, section 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gs2 {
    /// `p`: it is tied.
    Bound(ChannelBinding),
    /// `y`: we could, and the server did not say that it can.
    Willing,
    /// `n`: we cannot, or will not.
    Unbound,
}

pub(super) struct Scram {
    hash: Hash,
    gs2: Gs2,
    /// The client's first message without its GS2 header (RFC 5802, section 7).
    bare: String,
    nonce: String,
    password: Zeroizing<String>,
    state: State,
}

enum State {
    /// The server has not said anything.
    Begun,
    /// It has our proof and owes us its own.
    Proven(Proof),
    /// It has given it.
    Believed,
    Failed,
}

impl Scram {
    pub(super) fn new(hash: Hash, gs2: Gs2, username: &str, password: &Secret) -> Result<Self, RemoteError> {
        // 192 bits, in letters that may stand in a nonce: base64 has no comma.
        let mut random = [0; 24];
        SystemRandom::new()
            .fill(&mut random)
            .map_err(|_| RemoteError::refused(DOING, "this computer gives no random numbers"))?;
        Ok(Self::with_nonce(
            hash,
            gs2,
            username,
            password.expose_secret(),
            &STANDARD.encode(random),
        ))
    }

    fn with_nonce(hash: Hash, gs2: Gs2, username: &str, password: &str, nonce: &str) -> Self {
        Self {
            hash,
            gs2,
            bare: format!("n={},r={nonce}", saslname(&prepared(username))),
            nonce: nonce.to_owned(),
            password: prepared(password),
            state: State::Begun,
        }
    }

    /// The client's final message, and what the server's must be.
    fn prove(&self, challenge: &[u8]) -> Result<(String, Proof), RemoteError> {
        let server_first = ServerFirst::parse(challenge, &self.nonce)?;
        let bound = STANDARD.encode(self.gs2.input());
        let without_proof = format!("c={bound},r={}", server_first.nonce);
        let signed = format!("{},{},{without_proof}", self.bare, server_first.text);
        let proof = Proof::new(
            self.hash,
            &self.password,
            &server_first.salt,
            server_first.iterations,
            signed,
        );
        let said = format!("{without_proof},p={}", STANDARD.encode(proof.of_client()));
        Ok((said, proof))
    }
}

impl Mechanism for Scram {
    fn name(&self) -> &'static str {
        self.hash.mechanism(matches!(self.gs2, Gs2::Bound(_)))
    }

    fn initial(&mut self) -> Option<super::Secret> {
        let message = format!("{}{}", self.gs2.header(), self.bare);
        Some(Zeroizing::new(message.into_bytes()))
    }

    fn answer(&mut self, challenge: &[u8]) -> Result<Option<super::Secret>, RemoteError> {
        match std::mem::replace(&mut self.state, State::Failed) {
            State::Begun => {
                let (said, proof) = self.prove(challenge)?;
                self.state = State::Proven(proof);
                Ok(Some(Zeroizing::new(said.into_bytes())))
            }
            State::Proven(proof) => {
                believe(&proof, challenge)?;
                self.state = State::Believed;
                Ok(Some(Zeroizing::default()))
            }
            State::Believed | State::Failed => Ok(None),
        }
    }

    fn accept(&mut self, data: Option<&[u8]>) -> Result<(), RemoteError> {
        match (std::mem::replace(&mut self.state, State::Failed), data) {
            (State::Believed, _) => Ok(()),
            (State::Proven(proof), Some(data)) => believe(&proof, data),
            _ => Err(RemoteError::not_believed(
                "it lets us in without having shown that it knows the password",
            )),
        }
    }
}

/// The server's final message, held against what only one who knows the password can say.
fn believe(proof: &Proof, message: &[u8]) -> Result<(), RemoteError> {
    let Last { signature } = Last::parse(message)?;
    if proof.is_of_server(&signature) {
        Ok(())
    } else {
        Err(RemoteError::not_believed("its proof of the password is wrong"))
    }
}

impl Gs2 {
    /// Nobody is acted for, so the second field is empty.
    fn header(&self) -> String {
        match self {
            Self::Bound(binding) => format!("p={},,", binding.name()),
            Self::Willing => "y,,".to_owned(),
            Self::Unbound => "n,,".to_owned(),
        }
    }

    /// What `c=` holds: the header, and the binding's data behind it.
    fn input(&self) -> Vec<u8> {
        let mut input = self.header().into_bytes();
        if let Self::Bound(binding) = self {
            input.extend_from_slice(binding.data());
        }
        input
    }
}

#[cfg(test)]
mod tests;
