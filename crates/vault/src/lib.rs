//! Secrets: one random key, kept by the OS keyring, and what stands in when there is none.
//!
//! The vault holds a single 32-byte key and seals every secret with it. What it seals it does not keep: the
//! sealed bytes go back to the caller, who stores them where everything else is stored. So the keyring holds
//! one short entry (Windows allows 2,560 bytes), and a backup of the store holds no readable secret.
//!
//! What is not here: passwords at rest, files, settings, accounts, and any question put to a person.

mod asking;
mod error;
mod key;
mod keyring_entry;
mod sealed;
mod state;
mod vault;
mod wrapped;

pub use error::VaultError;
pub use sealed::Sealed;
pub use secrecy::SecretString;
pub use state::{Keeper, VaultState};
pub use vault::Vault;
