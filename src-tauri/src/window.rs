//! The main window, and what every window of ours is: its web view has no network of its own, opens no other pages and
//! follows no links.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use tauri_specta::Event;
use waxwing_model::Trouble;

use crate::letter_keys;
use crate::printing;
use crate::size;
use crate::views::events::LinkClicked;

pub const MAIN: &str = "main";
/// Nothing listens on the discard port: whatever slipped through the sanitiser and the content security policy
/// ends there. Our own schemes do not go through the proxy.
const DEAD_PROXY: &str = "http://127.0.0.1:9";

pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let window = shut_in(app, MAIN, "index.html")
        .title("Waxwing")
        .inner_size(1360.0, 860.0)
        .min_inner_size(900.0, 600.0)
        .build()?;
    size::fit(app, &window);
    letter_keys::follow(app, &window);
    printing::follow(&window);
    Ok(())
}

/// A window that shows our own page and has no way out.
pub fn shut_in<'a>(
    app: &'a AppHandle,
    label: &str,
    page: &str,
) -> WebviewWindowBuilder<'a, tauri::Wry, AppHandle> {
    let opener = app.clone();
    let clicked_in = label.to_owned();
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .disable_drag_drop_handler()
        // The keys for larger and smaller are the letter's; a web view that takes them too would make it larger twice.
        .zoom_hotkeys_enabled(false)
        .on_navigation(is_ours)
        .on_new_window(move |url, _features| {
            // A link in a letter. The interface asks or opens; the web view does not.
            let clicked = LinkClicked {
                window: heard_in(&clicked_in, &url).to_owned(),
                url: url.to_string(),
            };
            if clicked.window != clicked_in {
                show(&opener);
            }
            if let Err(error) = clicked.emit(&opener) {
                tracing::warn!(%error, "a link was clicked and nobody heard");
            }
            NewWindowResponse::Deny
        });
    match Url::parse(DEAD_PROXY) {
        Ok(proxy) => window.proxy_url(proxy),
        Err(_) => window,
    }
}

/// The window that answers a link that was clicked in another: letters are written in the main window alone.
fn heard_in<'a>(clicked_in: &'a str, url: &Url) -> &'a str {
    if url.scheme() == "mailto" {
        MAIN
    } else {
        clicked_in
    }
}

/// The app's own pages, and the empty documents that frames begin with.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" | "about" => true,
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Brings the window to the front.
pub fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// The store does not open: say why, in words, and end.
pub fn open_failure(app: &AppHandle, trouble: &Trouble) -> tauri::Result<()> {
    let handle = app.clone();
    app.dialog()
        .message(trouble.to_string())
        .title("Waxwing cannot start")
        .kind(MessageDialogKind::Error)
        .show(move |_| handle.exit(1));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_asked_about_where_it_was_clicked_and_a_letter_begun_in_the_main_window() {
        let page = Url::parse("https://example.org/").unwrap();
        let address = Url::parse("mailto:mika@example.org").unwrap();
        assert_eq!(heard_in("letter-2", &page), "letter-2");
        assert_eq!(heard_in("letter-2", &address), MAIN);
        assert_eq!(heard_in(MAIN, &page), MAIN);
    }

    #[test]
    fn only_the_apps_own_pages_open_in_the_window() {
        for (url, ours) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("about:srcdoc", true),
            ("https://example.org/", false),
            ("http://tauri.localhost.example.org/", false),
            ("file:///etc/passwd", false),
            ("letter://localhost/0/a", false),
            ("data:text/html,hello", false),
        ] {
            assert_eq!(is_ours(&Url::parse(url).unwrap()), ours, "{url}");
        }
    }
}
