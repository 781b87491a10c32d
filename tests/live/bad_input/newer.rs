//! A store that a newer Waxwing has written: it is left as it is, with a sentence.

use std::collections::BTreeMap;
use std::path::Path;

use journeys::Person;
use secrecy::SecretString;
use waxwing_engine::{Engine, EngineOptions, KeyringUse};
use waxwing_model::TroubleKind;

use super::Outcome;
use super::sentence::is_a_sentence;

/// Where a SQLite file keeps `user_version`, four bytes with the highest first (SQLite's file format, section 1.3).
const USER_VERSION: std::ops::Range<usize> = 60..64;

#[tokio::test(flavor = "multi_thread")]
async fn a_store_from_a_newer_version_is_not_touched_and_the_person_is_told_what_to_do() -> Outcome {
    let folder = tempfile::tempdir()?;
    let lena = Person::at(folder.path()).await;
    lena.engine.add_demo().await?;
    lena.engine.stop().await;
    drop(lena);
    let store = folder.path().join("waxwing.db");
    let original = std::fs::read(&store)?;
    let mut newer = original.clone();
    newer[USER_VERSION].copy_from_slice(&9_000_u32.to_be_bytes());
    std::fs::write(&store, &newer)?;
    let before = contents(folder.path())?;

    let opened = Engine::open(EngineOptions {
        profile: folder.path().to_owned(),
        keyring: KeyringUse::Never,
        passphrase: Some(SecretString::from("a passphrase for tests")),
    })
    .await;
    let Err(error) = opened else {
        return Err("it was opened".into());
    };
    let trouble = error.trouble();
    assert_eq!(trouble.kind, TroubleKind::Store, "{trouble}");
    assert!(
        is_a_sentence(&trouble.sentence) && trouble.sentence.contains("newer Waxwing"),
        "{trouble}"
    );
    assert_eq!(
        contents(folder.path())?,
        before,
        "not a byte of any file was changed"
    );

    std::fs::write(&store, &original)?;
    let lena = Person::at(folder.path()).await;
    lena.engine.check_store().await?;
    assert_eq!(
        lena.engine.accounts().await?.len(),
        1,
        "and the version that knows it opens it"
    );
    Ok(())
}

/// Every file of the profile, in its folders too, but the lock, which holds nothing.
fn contents(folder: &Path) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let within = self::contents(&entry.path())?;
            contents.extend(
                within
                    .into_iter()
                    .map(|(file, bytes)| (format!("{name}/{file}"), bytes)),
            );
        } else if !name.ends_with(".lock") {
            contents.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(contents)
}
