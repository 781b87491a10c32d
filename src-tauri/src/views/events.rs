//! What the shell tells the interface without being asked.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;
use waxwing_model::{Change, LongWork, RunId};

use super::account::ActivityView;
use super::draft::ResponseKindView;
use super::trouble::TroubleView;

/// A batch of changes; each thing is named once.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct Changes(pub Vec<ChangeView>);

/// A link in a letter was clicked; nothing has been opened.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct LinkClicked {
    /// The window that is to answer it.
    pub window: String,
    pub url: String,
}

/// A letter that is answered in the main window, since a letter's own window has no place for writing.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct HandedOver {
    pub email: String,
    /// The way to a letter within that one, if one is meant.
    pub part: Option<String>,
    pub kind: ResponseKindView,
}

/// What was done in a letter's own window that has closed, and can still be taken back.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct HandedUndo {
    pub undo: String,
    /// What said that it was done; none where it was done in silence.
    pub sentence: Option<String>,
    /// The sentence was still shown.
    pub shown: bool,
}

/// A letter's own window is asked by the system to close. It does so when it has left to the main window what can be taken back.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct LetterClosing(pub String);

/// A key was pressed while a letter had the focus, one of those that the window has lent for that.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct KeyInLetter {
    /// The window that it was pressed in.
    pub window: String,
    /// As `KeyboardEvent.key`.
    pub key: String,
    pub ctrl: bool,
    pub shift: bool,
}

/// An entry of the native menu was chosen, by its command's name.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct MenuChosen(pub String);

/// What takes long: something that was begun under this name, or the undoing of what this takes back.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum LongWorkView {
    Run { run: String },
    Undo { undo: String },
}

impl From<LongWork> for LongWorkView {
    fn from(work: LongWork) -> Self {
        match work {
            LongWork::Run(RunId(run)) => Self::Run { run },
            LongWork::Undo(action) => Self::Undo {
                undo: action.to_string(),
            },
        }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ChangeView {
    Accounts,
    Mailboxes {
        account: String,
    },
    Listing {
        mailbox: String,
    },
    /// Letters are other than they were. Which ones is not said: whoever shows some asks for those again.
    Emails,
    Arrived {
        account: String,
    },
    Drafts,
    Refiled {
        before: String,
        now: String,
    },
    Outbox,
    /// A list was left, by the id that its letters know it by.
    ListLeft {
        account: String,
        list: String,
    },
    Searches,
    Activity {
        account: String,
        activity: ActivityView,
    },
    /// Something that is done to very many letters, or taken back, has come so far.
    Progress {
        of: LongWorkView,
        done: u32,
        total: u32,
    },
    Trouble {
        account: Option<String>,
        trouble: TroubleView,
    },
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        match change {
            Change::Accounts => Self::Accounts,
            Change::Mailboxes { account } => Self::Mailboxes {
                account: account.to_string(),
            },
            Change::Listing { mailbox } => Self::Listing {
                mailbox: mailbox.to_string(),
            },
            Change::Emails { .. } => Self::Emails,
            Change::Arrived { account, .. } => Self::Arrived {
                account: account.to_string(),
            },
            Change::Drafts => Self::Drafts,
            Change::Refiled { before, now } => Self::Refiled {
                before: before.to_string(),
                now: now.to_string(),
            },
            Change::Outbox => Self::Outbox,
            Change::ListLeft { account, list } => Self::ListLeft {
                account: account.to_string(),
                list,
            },
            Change::Searches => Self::Searches,
            Change::Activity { account, activity } => Self::Activity {
                account: account.to_string(),
                activity: activity.into(),
            },
            Change::Progress { of, done, total } => Self::Progress {
                of: of.into(),
                done,
                total,
            },
            Change::Trouble { account, trouble } => Self::Trouble {
                account: account.map(|account| account.to_string()),
                trouble: trouble.into(),
            },
        }
    }
}
