//! Windows that show one letter each, beside the main window. They are asked for by the main window alone, may ask for what
//! reading needs and nothing more, and end with it.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tauri::ipc::InvokeBody;
use tauri::{AppHandle, Manager, Window, WindowEvent};
use tauri_specta::Event;

use crate::dragging::ReadyCopies;
use crate::letter_keys::{self, LentKeys};
use crate::printing;
use crate::size;
use crate::views::events::LetterClosing;
use crate::views::letter_window::LetterWindowView;
use crate::window::{self, MAIN};

const PREFIX: &str = "letter-";
/// Each is a web view of its own.
const MOST: usize = 16;
/// A window that was asked to close and does not answer is closed after this.
const PATIENCE: Duration = Duration::from_secs(5);

/// What they may ask of the shell. `perform` and `put_setting` are narrowed further.
const ALLOWED: [&str; 49] = [
    "accounts",
    "allow_images",
    "answer_invitation",
    "answer_receipt",
    "begin_drag",
    "believe_calling_off",
    "body",
    "caution_wishes",
    "close_letter",
    "conversation",
    "drag_out",
    "files",
    "forbid_images",
    "found_in_files",
    "hand_over",
    "hand_over_undo",
    "header_fields",
    "identities",
    "images_allowed",
    "is_muted",
    "leave_list",
    "lend_keys",
    "letters",
    "letters_within",
    "look_at_link",
    "mailboxes",
    "marks",
    "missed_pictures",
    "nested",
    "open_attachment",
    "open_link",
    "own_letter",
    "page",
    "perform",
    "position",
    "preview",
    "printed",
    "put_setting",
    "save_attachment",
    "save_attachments",
    "save_source",
    "setting",
    "show_saved",
    "source",
    "title_letter",
    "tracking_senders",
    "undo",
    "ways_out",
    "who",
];
/// What they may do to letters; folders are the main window's.
const DEEDS: [&str; 7] = [
    "setKeywords",
    "move",
    "copy",
    "moveToRole",
    "delete",
    "mute",
    "takeOut",
];
/// What they may remember: how large letters are shown.
const SETTING: &str = "letterSize";

/// What each of them shows when it opens.
#[derive(Default)]
pub struct LetterWindows {
    opened: Mutex<HashMap<String, LetterWindowView>>,
    /// Those that the system has asked to close.
    closing: Mutex<HashSet<String>>,
    count: AtomicU32,
}

impl LetterWindows {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, LetterWindowView>) -> T) -> T {
        work(&mut self.opened.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn shown_in(&self, label: &str) -> Option<LetterWindowView> {
        self.with(|opened| opened.get(label).cloned())
    }

    /// Whether a window is asked to close for the first time. One that does not go by itself is closed when it is asked again.
    fn is_first_asking(&self, label: &str) -> bool {
        let mut closing = self.closing.lock().unwrap_or_else(PoisonError::into_inner);
        closing.insert(label.to_owned())
    }

    fn forget(&self, label: &str) {
        self.with(|opened| opened.remove(label));
        let mut closing = self.closing.lock().unwrap_or_else(PoisonError::into_inner);
        closing.remove(label);
    }

    pub fn is_full(&self) -> bool {
        self.with(|opened| opened.len()) >= MOST
    }
}

pub fn is_one(label: &str) -> bool {
    label
        .strip_prefix(PREFIX)
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Opens one more.
pub fn open(app: &AppHandle, windows: &LetterWindows, shows: LetterWindowView) -> tauri::Result<()> {
    let label = format!("{PREFIX}{}", windows.count.fetch_add(1, Ordering::Relaxed));
    windows.with(|opened| opened.insert(label.clone(), shows));
    let built = window::shut_in(app, &label, "index.html?letter")
        .title("Waxwing")
        .inner_size(880.0, 760.0)
        .min_inner_size(480.0, 360.0)
        .build();
    match built {
        Ok(window) => {
            size::fit(app, &window);
            letter_keys::follow(app, &window);
            printing::follow(&window);
            Ok(())
        }
        Err(error) => {
            windows.with(|opened| opened.remove(&label));
            Err(error)
        }
    }
}

/// One that is asked to close may first leave something to the main window, as it does when it closes by itself. One that is
/// closed is forgotten; with the main window all of them go.
pub fn follow(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    let windows = app.try_state::<LetterWindows>();
    if let WindowEvent::CloseRequested { api, .. } = event
        && is_one(window.label())
        && windows
            .as_ref()
            .is_some_and(|windows| windows.is_first_asking(window.label()))
        && LetterClosing(window.label().to_owned()).emit(app).is_ok()
    {
        api.prevent_close();
        let window = window.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            // It is gone long ago, unless its page does not answer.
            let _ = window.destroy();
        });
    }
    if !matches!(event, WindowEvent::Destroyed) {
        return;
    }
    if let Some(windows) = windows {
        windows.forget(window.label());
    }
    if let Some(keys) = app.try_state::<LentKeys>() {
        keys.lend(window.label(), Vec::new());
    }
    if let Some(copies) = app.try_state::<ReadyCopies>() {
        copies.forget(window.label());
    }
    if window.label() == MAIN {
        for (label, other) in app.webview_windows() {
            if is_one(&label)
                && let Err(error) = other.destroy()
            {
                tracing::warn!(%error, "a letter's window could not be closed");
            }
        }
    }
}

/// Whether a window may ask for something. The main window may ask for all that there is but what is a letter's.
pub fn may(label: &str, command: &str, payload: &InvokeBody) -> bool {
    if label == MAIN {
        return true;
    }
    if !is_one(label) || !ALLOWED.contains(&command) {
        return false;
    }
    let InvokeBody::Json(asked) = payload else {
        return false;
    };
    let word = |path: &str| asked.pointer(path).and_then(|word| word.as_str());
    match command {
        "perform" => word("/action/kind").is_some_and(|kind| DEEDS.contains(&kind)),
        "put_setting" => word("/key") == Some(SETTING),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_letters_window_may_do_what_reading_needs_and_nothing_else() {
        let none = InvokeBody::Json(json!({}));
        for command in [
            "conversation",
            "body",
            "source",
            "printed",
            "close_letter",
            "tracking_senders",
            "images_allowed",
            "forbid_images",
        ] {
            assert!(may("letter-3", command, &none), "{command} belongs to reading");
        }
        for command in [
            "remove_account",
            "add_account",
            "unlock_vault",
            "send",
            "save_draft",
            "edit_draft",
            "set_caution_wishes",
            "open_letter",
            "change_servers",
        ] {
            assert!(!may("letter-3", command, &none), "{command} does not");
            assert!(may("main", command, &none), "the main window may");
        }
        for label in ["letter-", "letter-x", "letters-1", "other", ""] {
            assert!(!may(label, "body", &none), "“{label}” is no window of ours");
        }
    }

    #[test]
    fn a_window_that_does_not_close_by_itself_is_closed_when_it_is_asked_again() {
        let windows = LetterWindows::default();
        assert!(
            windows.is_first_asking("letter-1"),
            "it may leave something first"
        );
        assert!(windows.is_first_asking("letter-2"), "each of them");
        assert!(!windows.is_first_asking("letter-1"), "nobody holds a window open");
        windows.forget("letter-1");
        assert!(windows.is_first_asking("letter-1"));
    }

    /// The words in quotation marks of the list of that name in a file of the interface.
    fn words_of(file: &str, list: &str) -> Vec<String> {
        let (_, behind) = file.split_once(&format!("const {list} = [")).unwrap();
        let (inside, _) = behind.split_once(']').unwrap();
        inside
            .split('"')
            .skip(1)
            .step_by(2)
            .map(ToOwned::to_owned)
            .collect()
    }

    fn as_in_the_interface(command: &str) -> String {
        let mut words = command.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |name, word| {
            let (initial, rest) = word.split_at(1);
            name + &initial.to_uppercase() + rest
        })
    }

    #[test]
    fn each_word_of_the_list_is_a_command() {
        let bindings = include_str!("../../ui/src/ipc/bindings.ts");
        for command in ALLOWED {
            assert!(
                bindings.contains(&format!("(\"{command}\"")),
                "{command} is no command: what it meant is refused"
            );
        }
    }

    /// The engine in memory refuses a letter's window the same, so that the tests of the interface see what is missing.
    #[test]
    fn the_interface_is_tried_with_the_same_lists() {
        let tried = include_str!("../../ui/src/ipc/memory/confined.ts");
        let mut allowed: Vec<_> = ALLOWED.into_iter().map(as_in_the_interface).collect();
        allowed.sort();
        let mut there = words_of(tried, "ALLOWED");
        there.sort();
        assert_eq!(there, allowed, "what they may ask");
        assert_eq!(words_of(tried, "DEEDS"), DEEDS, "what they may do");
    }

    #[test]
    fn it_acts_on_letters_and_not_on_folders_and_remembers_only_their_size() {
        let perform = |kind: &str| InvokeBody::Json(json!({ "action": { "kind": kind } }));
        for kind in ["setKeywords", "move", "moveToRole", "delete"] {
            assert!(
                may("letter-0", "perform", &perform(kind)),
                "{kind} is done to letters"
            );
        }
        for kind in ["deleteMailbox", "createMailbox", "renameMailbox", "unheard"] {
            assert!(!may("letter-0", "perform", &perform(kind)), "{kind} is not");
        }
        let setting = |key: &str| InvokeBody::Json(json!({ "key": key, "value": "1" }));
        assert!(may("letter-0", "put_setting", &setting("letterSize")));
        assert!(!may("letter-0", "put_setting", &setting("panes")));
        assert!(
            !may("letter-0", "perform", &InvokeBody::Raw(Vec::new())),
            "octets say nothing"
        );
    }
}
