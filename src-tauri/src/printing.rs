//! What the file is called into which a letter is printed. On Linux the print dialog proposes `output.pdf`, as WebKitGTK tells it nothing
//! of what is on the paper: it is told the letter's name here. Other web views propose the title of the paper, which is the letter's
//! subject too (`waxwing_sanitize`). What is on the paper is not made here.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tauri::WebviewWindow;

/// What each window prints next.
#[derive(Default)]
pub struct ToPrint(Mutex<HashMap<String, String>>);

impl ToPrint {
    /// What this window prints next is called so, without an ending.
    pub fn call(&self, window: &str, name: String) {
        self.names().insert(window.to_owned(), name);
    }

    #[cfg(any(target_os = "linux", test))]
    fn name(&self, window: &str) -> Option<String> {
        self.names().get(window).cloned()
    }

    fn names(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Proposes the names of what `window` prints, for as long as it is open.
#[cfg(target_os = "linux")]
pub fn follow(window: &WebviewWindow) {
    use tauri::Manager;
    use webkit2gtk::{PrintOperationExt, WebViewExt};

    let (app, label) = (window.app_handle().clone(), window.label().to_owned());
    let followed = window.with_webview(move |web_view| {
        web_view.inner().connect_print(move |_, printing| {
            let to_print = app.try_state::<ToPrint>();
            if let Some(name) = to_print.and_then(|to_print| to_print.name(&label)) {
                let settings = printing.print_settings().unwrap_or_default();
                settings.set(BASENAME, Some(&name));
                printing.set_print_settings(&settings);
            }
            // The dialog comes as ever.
            false
        });
    });
    if let Err(error) = followed {
        tracing::warn!(%error, "the print dialog proposes no name");
    }
}

/// `GTK_PRINT_SETTINGS_OUTPUT_BASENAME`: what "Print to File" puts before the ending.
#[cfg(target_os = "linux")]
const BASENAME: &str = "output-basename";

/// The title of the paper is proposed.
#[cfg(not(target_os = "linux"))]
pub fn follow(_window: &WebviewWindow) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_window_proposes_the_name_of_what_it_prints_itself() {
        let to_print = ToPrint::default();
        assert_eq!(to_print.name("main"), None);
        to_print.call("main", "Winter storage".into());
        to_print.call("letter-1", "Quay wall survey".into());
        to_print.call("main", "Kettles".into());
        assert_eq!(to_print.name("main").as_deref(), Some("Kettles"));
        assert_eq!(to_print.name("letter-1").as_deref(), Some("Quay wall survey"));
    }
}
