//! Windows that show one letter each.

use tauri::{AppHandle, State, WebviewWindow};
use tauri_specta::Event;
use waxwing_model::{ActionId, EmailId, ThreadId};

use super::Answer;
use crate::letter_keys::{self, LentKeys};
use crate::letter_windows::{self, LetterWindows};
use crate::views::draft::ResponseKindView;
use crate::views::events::{HandedOver, HandedUndo};
use crate::views::id;
use crate::views::letter_window::LetterWindowView;
use crate::views::trouble::TroubleView;
use crate::window;

/// Octets of what says from which list a letter was opened.
const LONGEST: usize = 20_000;
/// Characters of a title.
const LONGEST_TITLE: usize = 200;
/// More than there are on a keyboard, with whatever is held beside them.
const MOST_KEYS: usize = 500;
/// Characters of what says that something was done.
const LONGEST_SENTENCE: usize = 1_000;

/// Opens a conversation, or a letter of it, in a window of its own.
#[tauri::command]
#[specta::specta]
pub async fn open_letter(
    app: AppHandle,
    windows: State<'_, LetterWindows>,
    shows: LetterWindowView,
) -> Answer<()> {
    let _thread: ThreadId = id(&shows.thread)?;
    if let Some(email) = &shows.email {
        let _email: EmailId = id(email)?;
    }
    if shows.list.len() > LONGEST {
        return Err(TroubleView::invalid(
            "The list is too long to be gone on with in another window.",
        ));
    }
    if windows.is_full() {
        return Err(TroubleView::invalid(
            "So many windows are open already. Close one of them first.",
        ));
    }
    letter_windows::open(&app, &windows, shows).map_err(|error| TroubleView {
        detail: Some(error.to_string()),
        ..TroubleView::invalid("The window could not be opened.")
    })
}

/// What the window that asks is to show; none, if it is no letter's.
#[tauri::command]
#[specta::specta]
pub async fn own_letter(
    window: WebviewWindow,
    windows: State<'_, LetterWindows>,
) -> Answer<Option<LetterWindowView>> {
    Ok(windows.shown_in(window.label()))
}

/// Calls the window that asks after the letter that it shows, if it is a letter's.
#[tauri::command]
#[specta::specta]
pub async fn title_letter(window: WebviewWindow, title: String) -> Answer<()> {
    if letter_windows::is_one(window.label()) {
        let shown = title.chars().filter(|character| !character.is_control());
        let shown: String = shown.take(LONGEST_TITLE).collect();
        window.set_title(&shown).map_err(|error| TroubleView {
            detail: Some(error.to_string()),
            ..TroubleView::invalid("The window could not be named.")
        })?;
    }
    Ok(())
}

/// Closes the window that asks, if it is a letter's.
#[tauri::command]
#[specta::specta]
pub async fn close_letter(window: WebviewWindow) -> Answer<()> {
    if letter_windows::is_one(window.label()) {
        // It has been asked already, or has asked itself.
        window.destroy().map_err(|error| TroubleView {
            detail: Some(error.to_string()),
            ..TroubleView::invalid("The window could not be closed.")
        })?;
    }
    Ok(())
}

/// Has the main window answer a letter, or one within it, and brings it to the front.
#[tauri::command]
#[specta::specta]
pub async fn hand_over(
    app: AppHandle,
    email: String,
    part: Option<String>,
    kind: ResponseKindView,
) -> Answer<()> {
    let _email: EmailId = id(&email)?;
    window::show(&app);
    heard(HandedOver { email, part, kind }.emit(&app))
}

/// Leaves it to the main window to take back what was done in a window that closes.
#[tauri::command]
#[specta::specta]
pub async fn hand_over_undo(
    app: AppHandle,
    undo: String,
    sentence: Option<String>,
    shown: bool,
) -> Answer<()> {
    let _undo: ActionId = id(&undo)?;
    let sentence = sentence.map(|sentence| sentence.chars().take(LONGEST_SENTENCE).collect());
    let handed = HandedUndo {
        undo,
        sentence,
        shown,
    };
    heard(handed.emit(&app))
}

/// While a letter's frame has the focus, the window that asks lends its keys, as the interface calls them, to hear of those that are
/// pressed; with none of them all are the letter's again. Whether anybody tells it of them, the shell or the web view.
#[tauri::command]
#[specta::specta]
pub async fn lend_keys(window: WebviewWindow, lent: State<'_, LentKeys>, keys: Vec<String>) -> Answer<bool> {
    if keys.len() > MOST_KEYS {
        return Err(TroubleView::invalid("No window has so many keys."));
    }
    lent.lend(window.label(), keys);
    Ok(letter_keys::ARE_HEARD)
}

fn heard(told: tauri::Result<()>) -> Answer<()> {
    told.map_err(|error| TroubleView {
        detail: Some(error.to_string()),
        ..TroubleView::invalid("The main window did not hear.")
    })
}
