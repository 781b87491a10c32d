//! What the interface may ask for, by subject. A command converts, calls one method of the engine, and converts back.

pub mod accounts;
pub mod actions;
pub mod attachments;
pub mod caution;
pub mod copies;
pub mod discovery;
pub mod drafts;
pub mod dragging;
pub mod finding;
mod from_outside;
pub mod identities;
pub mod letters;
pub mod lists;
pub mod maildrop;
pub mod managing;
pub mod oauth;
pub mod outbox;
pub mod protocol;
pub mod saved;
mod saving;
pub mod settings;
pub mod setup;
pub mod vault;
pub mod windows;

use tauri::State;
use waxwing_engine::Engine;

use crate::views::trouble::TroubleView;

pub type Answer<T> = Result<T, TroubleView>;
pub type Managed<'a> = State<'a, Engine>;
