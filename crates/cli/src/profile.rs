//! Which profile, and how its vault opens.

use std::io::BufRead;
use std::path::PathBuf;

use secrecy::SecretString;
use waxwing_engine::{Engine, EngineOptions, KeyringUse};
use waxwing_model::{Account, Trouble, TroubleKind};

use crate::failure::Failure;

/// The passphrase of the vault where there is no keyring.
const PASSPHRASE: &str = "WAXWING_PASSPHRASE";

pub async fn open(profile: Option<PathBuf>) -> Result<Engine, Failure> {
    let profile = match profile {
        Some(profile) => profile,
        None => directories::ProjectDirs::from("org", "waxwing", "mail")
            .map(|folders| folders.data_local_dir().to_owned())
            .ok_or_else(|| Failure::Usage("there is no home folder; name a profile with --profile".into()))?,
    };
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

/// The first line of standard input.
pub fn read_password() -> Result<SecretString, Failure> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(Failure::Usage(
            "the password is expected on the first line of standard input".into(),
        ));
    }
    Ok(SecretString::from(password.to_owned()))
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
