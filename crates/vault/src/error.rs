//! What can go wrong with a secret, in sentences that never hold one.

/// Why the vault did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no key yet: unlock the vault, or choose where the key is kept.
    #[error("The vault is locked, so that passwords can be neither read nor saved.")]
    Locked,
    /// The passphrase does not open the wrapped key.
    #[error("That passphrase does not open the vault.")]
    WrongPassphrase,
    /// A passphrase of nothing would protect nothing.
    #[error("An empty passphrase cannot protect the vault.")]
    EmptyPassphrase,
    /// The bytes were cut, changed, or sealed for another context.
    #[error("A saved password is damaged and cannot be read; please enter it again.")]
    Damaged,
    /// The bytes are whole as far as can be seen, but another key sealed them (the keyring was emptied, say).
    #[error("A saved password was locked with a key that is gone; please enter it again.")]
    OtherKey,
    /// Whole, and sealed with the keyring's key, which this run does without.
    #[error("This password is in the system's keyring, which is not used in this run; it is waited for.")]
    InKeyring,
    /// A passphrase would make another key, and nobody would ask for the one that sealed what is here.
    #[error(
        "The passwords of this profile are kept by the system's keyring, and a passphrase would lock them out; open it \
         without one."
    )]
    KeptByKeyring,
    /// The keyring refused, vanished or did not answer. The text is the keyring's own reason.
    #[error("The system's keyring could not be used: {0}")]
    Keyring(String),
    /// The operating system gave no random numbers, without which nothing can be sealed.
    #[error("The system gave no random numbers to lock the password with.")]
    Randomness,
}
