//! What a person or a caller can know of the vault. No key and no secret in here.

/// Who keeps the key from one run to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// The keyring of the operating system.
    Keyring,
    /// A passphrase, typed once a run.
    Passphrase,
    /// Nobody: what is sealed now cannot be opened by the next run.
    ThisRun,
}

/// Whether secrets can be read, and if not, what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultState {
    /// Secrets can be sealed and opened.
    Open(Keeper),
    /// A passphrase is wanted: the key was wrapped with one in an earlier run.
    Locked,
    /// No keyring, for this reason. Choose a passphrase, or to keep secrets for this run only.
    Unavailable(String),
}
