//! A window that shows one letter: what it shows when it opens, and what it leaves to the main window.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What a window shows when it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LetterWindowView {
    pub thread: String,
    /// The letter of it, where each has a row of its own.
    pub email: Option<String>,
    /// The list that it was opened from, as the interface wrote it.
    pub list: String,
}
