//! The command line while the app is open: what only reads is answered, and the rest says that the profile is in use.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

mod program;

use std::path::Path;

use program::run;
use waxwing_engine::{Engine, EngineOptions, KeyringUse};

/// What a command wrote that went well.
fn answer(profile: &Path, words: &[&str]) -> String {
    let output = run(profile, words);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn mail_is_listed_found_and_shown_while_the_app_has_it_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path();
    let runtime = waxwing_engine::headless_runtime().expect("a runtime");
    let app = runtime
        .block_on(Engine::open(EngineOptions {
            profile: profile.to_owned(),
            keyring: KeyringUse::Never,
            passphrase: None,
        }))
        .expect("the app");
    runtime.block_on(app.add_demo()).expect("letters");
    runtime.block_on(app.index_now()).expect("they can be found");
    assert!(answer(profile, &["account", "list"]).contains('@'));
    assert!(answer(profile, &["mailboxes"]).contains("Inbox"));
    let listed = answer(profile, &["list", "inbox", "--limit", "3"]);
    assert_eq!(listed.lines().count(), 3, "{listed}");
    let (id, _) = listed.split_once('\t').expect("a number first");
    assert!(answer(profile, &["show", id, "--text"]).len() > 1);
    let query = format!("id:{}", message_id(&answer(profile, &["show", id, "--raw"])));
    assert_eq!(answer(profile, &["search", &query, "--count"]).trim(), "1");
    assert!(answer(profile, &["search", &query]).starts_with(&format!("{id}\t")));
    assert_eq!(answer(profile, &["searches", "list"]), "");
    assert_eq!(answer(profile, &["outbox"]), "");
    assert!(answer(profile, &["identity", "list"]).contains('@'));
    for changes in [
        &["flag", id, "--add", "seen"][..],
        &["check"],
        &["sync"],
        &["show", id, "--html"],
    ] {
        let refused = run(profile, changes);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{changes:?}: {said}");
        assert!(said.contains("already running"), "{changes:?}: {said}");
    }
    drop(app);
}

fn message_id(raw: &str) -> String {
    let field = raw.lines().find_map(|line| line.strip_prefix("Message-ID: "));
    field.expect("it has one").trim().to_owned()
}
