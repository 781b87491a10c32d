//! Keys that are pressed while a letter has the focus. A letter's frame is a page without scripts, and WebKit tells nobody of the keys
//! in such a page: neither it, which has no ears, nor the window around it. So the interface lends its keys here for as long as
//! a frame has the focus, and those that are pressed are taken from the web view and told to the interface, which knows what they
//! mean. All others stay the web view's: they scroll, choose text, copy it, and go from link to link.
//!
//! Other web views tell the interface themselves. On macOS the keys are not taken, and the main ones stand in the native menu.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, WebviewWindow};

/// The keys that each window has lent, as the interface calls them: `j`, `Ctrl+f`, `Shift+F3`, `Escape`.
#[derive(Default)]
pub struct LentKeys(Mutex<HashMap<String, HashSet<String>>>);

impl LentKeys {
    /// From now on these keys of a window are told to it; with none of them all are the web view's again.
    pub fn lend(&self, window: &str, keys: Vec<String>) {
        let mut lent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.is_empty() {
            lent.remove(window);
        } else {
            lent.insert(window.to_owned(), keys.into_iter().collect());
        }
    }

    #[cfg(any(target_os = "linux", test))]
    fn are_lent(&self, window: &str, names: &[String]) -> bool {
        let lent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lent.get(window)
            .is_some_and(|keys| names.iter().any(|name| keys.contains(name)))
    }
}

/// Whether the interface hears of the keys in a letter, by us or by the web view itself.
pub const ARE_HEARD: bool = cfg!(not(target_os = "macos"));

/// Takes the keys that `window` has lent, for as long as it is open.
#[cfg(target_os = "linux")]
pub fn follow(app: &AppHandle, window: &WebviewWindow) {
    use gtk::glib::Propagation;
    use gtk::prelude::WidgetExt;
    use tauri::Manager;
    use tauri_specta::Event;

    use crate::views::events::KeyInLetter;

    let (app, label) = (app.clone(), window.label().to_owned());
    let followed = window.with_webview(move |web_view| {
        web_view.inner().connect_key_press_event(move |_, event| {
            let Some(pressed) = Pressed::of(event) else {
                return Propagation::Proceed;
            };
            let lent = app.try_state::<LentKeys>();
            if !lent.is_some_and(|lent| lent.are_lent(&label, &pressed.names())) {
                return Propagation::Proceed;
            }
            let told = KeyInLetter {
                window: label.clone(),
                key: pressed.key,
                ctrl: pressed.ctrl,
                shift: pressed.shift,
            };
            match told.emit(&app) {
                Ok(()) => Propagation::Stop,
                Err(error) => {
                    tracing::warn!(%error, "a key was pressed in a letter and nobody heard");
                    Propagation::Proceed
                }
            }
        });
    });
    if let Err(error) = followed {
        tracing::warn!(%error, "keys in letters are not heard");
    }
}

/// The web view tells the interface itself, or the native menu has the keys.
#[cfg(not(target_os = "linux"))]
pub fn follow(_app: &AppHandle, _window: &WebviewWindow) {}

/// A key as a web page is told of it (UI Events, section 4.3, `key`).
#[cfg(any(target_os = "linux", test))]
#[derive(Debug, PartialEq, Eq)]
struct Pressed {
    key: String,
    ctrl: bool,
    shift: bool,
}

#[cfg(any(target_os = "linux", test))]
impl Pressed {
    /// By which names the interface may know it. A letter says by itself that Shift is held; beside Ctrl the shift lock is passed over.
    fn names(&self) -> Vec<String> {
        let Self { key, ctrl, shift } = self;
        let is_sign = key.chars().count() == 1;
        match (ctrl, shift) {
            (true, true) => vec![
                format!("Ctrl+{}", key.to_uppercase()),
                format!("Ctrl+{}", key.to_lowercase()),
                format!("Ctrl+{key}"),
            ],
            (true, false) if is_sign => vec![format!("Ctrl+{}", key.to_lowercase())],
            (true, false) => vec![format!("Ctrl+{key}")],
            (false, true) if !is_sign => vec![format!("Shift+{key}"), key.clone()],
            (false, _) => vec![key.clone()],
        }
    }
}

#[cfg(target_os = "linux")]
impl Pressed {
    /// None for what no command is: with Alt or the system's key, which belong to others, and what has no name.
    fn of(event: &gtk::gdk::EventKey) -> Option<Self> {
        use gtk::gdk::ModifierType;

        let held = event.state();
        if held.intersects(ModifierType::MOD1_MASK | ModifierType::SUPER_MASK | ModifierType::META_MASK) {
            return None;
        }
        let sign = event.keyval().to_unicode().filter(|sign| !sign.is_control());
        let key = match sign {
            Some(sign) => sign.to_string(),
            // The names of GDK are those of the web for the keys that we have. Keys of the number pad are called after it.
            None => event.keyval().name()?.trim_start_matches("KP_").to_owned(),
        };
        Some(Self {
            key,
            ctrl: held.contains(ModifierType::CONTROL_MASK),
            shift: held.contains(ModifierType::SHIFT_MASK),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str, ctrl: bool, shift: bool) -> Vec<String> {
        let key = key.to_owned();
        Pressed { key, ctrl, shift }.names()
    }

    #[test]
    fn a_key_is_taken_by_the_name_that_the_interface_has_for_it() {
        let lent = LentKeys::default();
        let keys = [
            "j", "J", "#", "Ctrl+f", "Ctrl+F", "Ctrl++", "Shift+F3", "F3", "Escape",
        ];
        lent.lend("main", keys.map(ToOwned::to_owned).to_vec());
        for (key, ctrl, shift) in [
            ("j", false, false),
            ("J", false, true),
            ("#", false, true),
            ("f", true, false),
            ("F", true, false),
            ("F", true, true),
            ("+", true, true),
            ("F3", false, false),
            ("F3", false, true),
            ("Escape", false, false),
        ] {
            assert!(
                lent.are_lent("main", &press(key, ctrl, shift)),
                "{key}, Ctrl {ctrl}, Shift {shift}"
            );
        }
    }

    #[test]
    fn what_was_not_lent_stays_the_letters() {
        let lent = LentKeys::default();
        lent.lend("main", vec!["j".to_owned(), "Ctrl+f".to_owned()]);
        for (key, ctrl) in [
            ("c", true),
            ("a", true),
            ("Tab", false),
            ("Down", false),
            ("f", false),
        ] {
            assert!(
                !lent.are_lent("main", &press(key, ctrl, false)),
                "{key}, Ctrl {ctrl}"
            );
        }
        assert!(
            !lent.are_lent("letter-1", &press("j", false, false)),
            "another window has lent nothing"
        );
        lent.lend("main", Vec::new());
        assert!(
            !lent.are_lent("main", &press("j", false, false)),
            "the letter has not the focus any more"
        );
    }
}
