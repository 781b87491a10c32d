//! The program over a profile, without a keyring and without a passphrase.

use std::path::Path;
use std::process::{Command, Output};

pub fn run(profile: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waxwing-cli"))
        .arg("--profile")
        .arg(profile)
        .args(words)
        .env("WAXWING_KEYRING", "none")
        .env_remove("WAXWING_PASSPHRASE")
        .output()
        .expect("the program runs")
}
