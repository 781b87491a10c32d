//! Which profile, and how its vault opens.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use secrecy::zeroize::{Zeroize, Zeroizing};
use waxwing_engine::{Engine, EngineOptions, KeyringUse};
use waxwing_model::{Account, Trouble, TroubleKind};

use crate::failure::Failure;

/// The passphrase of the vault where there is no keyring.
const PASSPHRASE: &str = "WAXWING_PASSPHRASE";
/// What the app calls itself to the system.
const IDENTIFIER: &str = "org.waxwing.mail";
/// Octets. A token of OAuth 2.0 in the place of a password has some thousands.
const LONGEST_PASSWORD: usize = 16 * 1024;

/// The folder that was named, or the app's.
pub fn folder(named: Option<PathBuf>) -> Result<PathBuf, Failure> {
    match named {
        Some(profile) => Ok(profile),
        None => directories::BaseDirs::new()
            .map(|folders| of_the_app(folders.data_local_dir()))
            .ok_or_else(|| Failure::Usage("there is no home folder; name a profile with --profile".into())),
    }
}

pub async fn open(profile: PathBuf) -> Result<Engine, Failure> {
    let passphrase = std::env::var(PASSPHRASE)
        .ok()
        .filter(|passphrase| !passphrase.is_empty())
        .map(SecretString::from);
    // Whoever gives a passphrase means it: the keyring of a desktop is not asked then.
    let keyring = match (&passphrase, std::env::var("WAXWING_KEYRING").as_deref()) {
        (Some(_), _) | (None, Ok("none")) => KeyringUse::Never,
        (None, _) => KeyringUse::System,
    };
    Ok(Engine::open(EngineOptions {
        profile,
        keyring,
        passphrase,
    })
    .await?)
}

/// Where the app has everything, of the folder that the system has for data of a person on this computer.
fn of_the_app(data: &Path) -> PathBuf {
    data.join(IDENTIFIER)
}

/// The first line of standard input.
pub fn read_password() -> Result<SecretString, Failure> {
    // Not through the buffer of standard input, which lives as long as the program.
    let mut input = standard_input()?;
    let line = Zeroizing::new(first_line(&mut input)?);
    let password = std::str::from_utf8(&line)
        .map_err(|_| Failure::Usage("the password on standard input is not text in UTF-8".into()))?
        .trim_end_matches('\r');
    if password.is_empty() {
        return Err(Failure::Usage(
            "the password is expected on the first line of standard input".into(),
        ));
    }
    Ok(SecretString::from(password))
}

#[cfg(unix)]
fn standard_input() -> std::io::Result<std::fs::File> {
    use std::os::fd::AsFd;
    Ok(std::io::stdin().as_fd().try_clone_to_owned()?.into())
}

#[cfg(windows)]
fn standard_input() -> std::io::Result<std::fs::File> {
    use std::os::windows::io::AsHandle;
    Ok(std::io::stdin().as_handle().try_clone_to_owned()?.into())
}

/// Octet by octet, into room that never moves: a vector that grows leaves its beginning behind.
fn first_line(input: &mut impl Read) -> Result<Vec<u8>, Failure> {
    let mut line = Vec::with_capacity(LONGEST_PASSWORD);
    let mut octet = [0];
    loop {
        match input.read(&mut octet) {
            Ok(0) => return Ok(line),
            Ok(_) if octet == *b"\n" => return Ok(line),
            Ok(_) if line.len() < LONGEST_PASSWORD => line.extend_from_slice(&octet),
            Ok(_) => {
                line.zeroize();
                return Err(Failure::Usage(
                    "the first line of standard input is too long for a password".into(),
                ));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                line.zeroize();
                return Err(error.into());
            }
        }
    }
}

/// The account meant: by its address or its number; the only one where none is named.
pub async fn account(engine: &Engine, named: Option<&str>) -> Result<Account, Failure> {
    let mut accounts = accounts(engine, named).await?;
    match (accounts.pop(), accounts.is_empty()) {
        (Some(account), true) => Ok(account),
        (Some(_), false) => Err(Failure::Usage(
            "there are several accounts; name one with --account".into(),
        )),
        (None, _) => Err(Trouble::new(TroubleKind::Gone, "There is no account yet.").into()),
    }
}

/// The accounts meant: the one named, or all.
pub async fn accounts(engine: &Engine, named: Option<&str>) -> Result<Vec<Account>, Failure> {
    let accounts = engine.accounts().await?;
    let Some(named) = named else { return Ok(accounts) };
    let found: Vec<Account> = accounts
        .into_iter()
        .filter(|account| account.email.eq_ignore_ascii_case(named) || account.id.to_string() == named)
        .collect();
    if found.is_empty() {
        return Err(Trouble::new(TroubleKind::Gone, format!("There is no account “{named}”.")).into());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_word_it_is_the_profile_of_the_app() {
        let app = include_str!("../../../tauri.conf.json");
        assert!(
            app.contains(&format!("\"identifier\": \"{IDENTIFIER}\"")),
            "the app has another name now"
        );
        let data = Path::new("data");
        assert_eq!(of_the_app(data), data.join("org.waxwing.mail"));
    }

    #[test]
    fn the_first_line_is_read_and_nothing_behind_it() {
        let mut input = &b"correct horse\r\nthe next line\n"[..];
        assert_eq!(first_line(&mut input).expect("a line"), b"correct horse\r");
        assert_eq!(input, b"the next line\n", "it is somebody else's");
        assert_eq!(first_line(&mut &b"no end"[..]).expect("a line"), b"no end");
        assert!(
            first_line(&mut [b'x'; LONGEST_PASSWORD + 1].as_slice()).is_err(),
            "a file that was led here by mistake"
        );
    }
}
