//! The wire: IMAP, POP3, SMTP and the discovery of servers, each over a connection that is encrypted unless the
//! person chose otherwise.
//!
//! What is not here: the store, what is done with a message once it has come, and when to connect. This crate
//! says what a server said; the engine decides.

pub mod cleartext;
pub mod credentials;
pub mod discover;
pub mod dkim;
pub mod error;
pub mod imap;
pub mod oauth;
pub mod picture;
pub mod pop3;
pub mod smtp;
pub mod tls;
pub mod trust;
pub mod unsubscribe;
pub mod wire;

mod binding;
mod certificate;
mod dial;
mod letter;
mod lines;
mod overheard;
mod public;
mod sasl;
mod wait;

pub use credentials::{Credentials, Secret};
pub use error::{CertificateProblem, RemoteError};
pub use letter::Letter;
pub use overheard::Speaks;
pub use trust::{Encryption, Observation, Trust};
pub use wait::Wait;
pub use wire::Wire;
