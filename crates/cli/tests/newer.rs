//! A store that a newer Waxwing has written, and the command line: it says so, ends with 1, and changes nothing.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

mod program;

use program::run;

/// Where a SQLite file keeps `user_version`, four bytes with the highest first (SQLite's file format, section 1.3).
const USER_VERSION: std::ops::Range<usize> = 60..64;

#[test]
fn a_store_from_a_newer_version_ends_every_command_with_one_and_a_sentence_and_stays_as_it_was() {
    let profile = tempfile::tempdir().expect("a folder");
    let made = run(profile.path(), &["account", "list"]);
    assert!(made.status.success(), "a new profile is made: {made:?}");
    let store = profile.path().join("waxwing.db");
    let mut bytes = std::fs::read(&store).expect("the store is there");
    bytes[USER_VERSION].copy_from_slice(&9_000_u32.to_be_bytes());
    std::fs::write(&store, &bytes).expect("it can be written");
    for words in [&["account", "list"][..], &["sync"], &["check"], &["mailboxes"]] {
        let refused = run(profile.path(), words);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{words:?}: {said}");
        assert!(
            said.starts_with("waxwing-cli: Your mail was last opened with a newer Waxwing."),
            "{words:?}: {said}"
        );
        assert!(refused.stdout.is_empty(), "{words:?}: no result is made up");
        assert!(
            std::fs::read(&store).expect("it is there") == bytes,
            "{words:?}: not a byte was changed"
        );
    }
}
