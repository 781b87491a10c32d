//! Signing in at the provider's own page, in the system's browser, by OAuth 2.0 for native programs (RFC 6749, RFC 8252): which
//! provider a server belongs to, the question and the answer (PKCE, RFC 7636; `state`; `iss`, RFC 9207), and the tokens that
//! come of it and are made fresh.
//!
//! Not here: how a token is shown to a mail server (`sasl`), where it is kept and when it is made fresh (the engine), and who
//! opens the browser. No token and no answer of a provider is written to a log.

mod chance;
mod client;
mod endpoint;
mod error;
mod grant;
mod judge;
mod metadata;
mod page;
mod person;
mod provider;
mod redirect;
mod sign_in;
mod token;
mod wiped;

pub use client::Client;
pub use error::SignInError;
pub use grant::Grant;
pub use metadata::Metadata;
pub use provider::{AppPassword, Provider, provider};
pub use sign_in::SignIn;
