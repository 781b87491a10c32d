//! Signing in in the browser: a provider in a small internet, and Dovecot and Postfix, which ask it what a token is worth.

mod apart;
mod described;
mod ending;
mod renewing;
mod signing_in;
mod two_providers;
mod world;

pub type Outcome = Result<(), Box<dyn std::error::Error>>;
