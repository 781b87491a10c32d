//! With what the window is drawn on Linux. WebKitGTK hands what it has drawn to OpenGL. Where the computer has no graphics card
//! that a program may use, as in most virtual machines and on remote desktops, that is played by the processor, and takes it
//! three times as long for every frame as to draw without it. WebKitGTK does so where a variable of the environment says it.
//!
//! Whoever sets a variable while other threads read one breaks them, so the program begins anew with it, in its first moments.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// What WebKitGTK reads. Somebody who has set one of them has chosen already, whatever it says.
const WITHOUT: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
const CHOSEN: [&str; 2] = [WITHOUT, "WEBKIT_DISABLE_COMPOSITING_MODE"];

/// Where Linux shows graphics cards to programs.
const CARDS: &str = "/dev/dri";

/// Begins the program anew, as the same process, where the window is better drawn without OpenGL. Otherwise, and where that
/// cannot be done, nothing happens.
pub(crate) fn choose() {
    let chosen = CHOSEN.iter().any(|name| std::env::var_os(name).is_some());
    if chosen || has_card(Path::new(CARDS)) {
        return;
    }
    let mut words = std::env::args_os();
    let (Ok(program), Some(name)) = (std::env::current_exe(), words.next()) else {
        return;
    };
    if !is_ours(&program, Path::new(&name)) {
        return;
    }
    let error = Command::new(program)
        .arg0(name)
        .args(words)
        .env(WITHOUT, "1")
        .exec();
    tracing::debug!(%error, "the window is drawn through OpenGL");
}

/// Whether what runs is this program by its name. In some bundles it is the loader of programs, which was told to load this one, and
/// would not know what to do with our arguments.
fn is_ours(program: &Path, name: &Path) -> bool {
    let file = program.file_name();
    file.is_some() && (file == name.file_name() || file == Some("waxwing".as_ref()))
}

/// Whether there is a card that can draw for us: a node for that, which we may open. One for screens alone draws nothing.
fn has_card(cards: &Path) -> bool {
    let Ok(nodes) = std::fs::read_dir(cards) else {
        return false;
    };
    nodes
        .flatten()
        .filter(|node| node.file_name().to_string_lossy().starts_with("renderD"))
        .any(|node| {
            let mut both = std::fs::OpenOptions::new();
            both.read(true).write(true).open(node.path()).is_ok()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loader_that_was_told_to_load_the_program_is_not_begun_anew() {
        let cases = [
            ("/usr/bin/waxwing", "waxwing", true),
            ("/opt/waxwing/waxwing", "mail", true),
            ("/opt/waxwing/mail-client", "/opt/waxwing/mail-client", true),
            ("/tmp/bundle/lib/ld-linux-x86-64.so.2", "waxwing", false),
            (
                "/tmp/bundle/lib/ld-linux-x86-64.so.2",
                "/tmp/bundle/bin/waxwing",
                false,
            ),
            ("/usr/bin/waxwing (deleted)", "waxwing", false),
        ];
        for (program, name, expected) in cases {
            assert_eq!(
                is_ours(Path::new(program), Path::new(name)),
                expected,
                "{program} that was called {name}"
            );
        }
    }

    #[test]
    fn only_a_node_that_draws_and_may_be_opened_is_a_card() {
        let dev = tempfile::tempdir().unwrap();
        let cards = dev.path().join("dri");
        assert!(!has_card(&cards), "there is nothing");
        std::fs::create_dir(&cards).unwrap();
        std::fs::write(cards.join("card0"), "").unwrap();
        assert!(!has_card(&cards), "a screen without a card has such a node");
        std::fs::create_dir(cards.join("renderD127")).unwrap();
        assert!(!has_card(&cards), "what cannot be opened draws nothing");
        std::fs::write(cards.join("renderD128"), "").unwrap();
        assert!(has_card(&cards), "one that can be opened is enough");
    }
}
