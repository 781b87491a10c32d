//! Our one entry in the operating system's keyring. Not here: waiting for it, or what to do without it.
//!
//! The key is written as base64, because KDE's wallet keeps text only. Every call may block for as long as
//! the keyring asks a person to unlock it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
#[cfg(not(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android")))))]
use keyring::Entry;
use keyring::Error;
#[cfg(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android"))))]
use keyring_core::{Entry, api::CredentialStoreApi};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::key::Key;

/// What to do where the keyring has no key of this profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    Make,
    /// Secrets hang on the one that was there: another keyring answers, or this one was emptied.
    Refuse,
}

/// The name under which a person finds us in the keyring's own program.
const SERVICE: &str = "Waxwing";

/// The key of this profile. Where the keyring has none, one is made if it may be.
pub(crate) fn key_of(profile: &str, absent: Absent) -> Result<Key, VaultError> {
    let entry = entry(profile)?;
    if let Some(key) = load(&entry)? {
        return Ok(key);
    }
    if absent == Absent::Refuse {
        return Err(VaultError::Keyring(
            "it has no key of Waxwing's any more".to_owned(),
        ));
    }
    let text = Zeroizing::new(STANDARD_NO_PAD.encode(Key::random()?.bytes()));
    entry.set_password(&text).map_err(reason)?;
    // What counts is what the keyring will give to the next run, so it is read back before anything is sealed.
    load(&entry)?.ok_or_else(|| VaultError::Keyring("it did not keep the key it was given".to_owned()))
}

/// Removes the entry of this profile. That it is gone already is success.
pub(crate) fn remove(profile: &str) -> Result<(), VaultError> {
    match entry(profile)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(reason(error)),
    }
}

fn load(entry: &Entry) -> Result<Option<Key>, VaultError> {
    let text = match entry.get_password() {
        Ok(text) => Zeroizing::new(text),
        Err(Error::NoEntry) => return Ok(None),
        Err(error) => return Err(reason(error)),
    };
    // An entry that we cannot read is never overwritten: it may be a later version's, and secrets hang on it.
    STANDARD_NO_PAD
        .decode(text.trim())
        .map(Zeroizing::new)
        .ok()
        .and_then(|bytes| Key::from_slice(&bytes))
        .map(Some)
        .ok_or_else(|| VaultError::Keyring("its entry for Waxwing does not hold a key of ours".to_owned()))
}

/// On Linux a keyring is a program that may begin, end and begin anew while we run, so each time it is met anew.
#[cfg(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android"))))]
fn entry(profile: &str) -> Result<Entry, VaultError> {
    let keyring = zbus_secret_service_keyring_store::Store::new().map_err(reason)?;
    keyring.build(SERVICE, profile, None).map_err(reason)
}

#[cfg(not(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android")))))]
fn entry(profile: &str) -> Result<Entry, VaultError> {
    if let Err(error) = Entry::store_status() {
        return Err(VaultError::Keyring(words(error)));
    }
    Entry::new(SERVICE, profile).map_err(reason)
}

fn reason(error: Error) -> VaultError {
    VaultError::Keyring(words(&error))
}

/// The keyring's reason in words. Two of its errors carry the secret's bytes, so those are named and not shown.
fn words(error: &Error) -> String {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(_, _) => "its entry for Waxwing is not text".to_owned(),
        Error::Ambiguous(_) => "it has more than one entry for Waxwing".to_owned(),
        Error::NoStorageAccess(why) if turned_down(&why.to_string()) => {
            "it is locked, and was not unlocked when it asked".to_owned()
        }
        Error::NoStorageAccess(why) => format!("it is locked, or access was refused ({why})"),
        Error::PlatformFailure(why) if denied(&why.to_string()) => {
            "this computer does not let Waxwing use it".to_owned()
        }
        Error::PlatformFailure(why) if nobody_there(&why.to_string()) => "no keyring is running".to_owned(),
        other => other.to_string(),
    }
}

/// The person was asked to unlock it and would not, or there was nobody who could be asked. The store tells this, and what stands below,
/// in its message alone.
fn turned_down(message: &str) -> bool {
    message.contains("prompt dismissed")
}

/// The bus lets nobody like us through to the keyring (D-Bus, "org.freedesktop.DBus.Error.AccessDenied"), or the keyring itself refuses.
fn denied(message: &str) -> bool {
    message.contains("AccessDenied")
}

/// On Linux a keyring is a program on the session's bus, and either may be missing.
fn nobody_there(message: &str) -> bool {
    ["ServiceUnknown", "Failed to connect", "I/O error", "No such file"]
        .iter()
        .any(|sign| message.contains(sign))
}
