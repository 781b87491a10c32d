//! What the person asks for.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{Action, Emptied, Performed, PerformedListed};
use waxwing_model::{Keyword, Keywords};

use super::mailbox::RoleView;
use super::trouble::TroubleView;
use super::{id, ids};

#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ActionView {
    SetKeywords {
        emails: Vec<String>,
        add: Vec<String>,
        remove: Vec<String>,
    },
    Move {
        emails: Vec<String>,
        // The mailbox whose list they were seen in: only that one is left.
        from: Option<String>,
        to: String,
    },
    Copy {
        emails: Vec<String>,
        to: String,
    },
    MoveToRole {
        emails: Vec<String>,
        role: RoleView,
    },
    Delete {
        emails: Vec<String>,
    },
    CreateMailbox {
        account: String,
        parent: Option<String>,
        name: String,
    },
    RenameMailbox {
        mailbox: String,
        name: String,
    },
    MoveMailbox {
        mailbox: String,
        parent: Option<String>,
    },
    ShowMailbox {
        mailbox: String,
        shown: bool,
    },
    DeleteMailbox {
        mailbox: String,
    },
    Empty {
        mailbox: String,
    },
    TakeOut {
        emails: Vec<String>,
    },
    Unite {
        emails: Vec<String>,
    },
    Mute {
        emails: Vec<String>,
        muted: bool,
    },
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PerformedView {
    pub undo: Option<String>,
    pub affected: u32,
}

/// What came of something that is done to the rows of a list.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PerformedListedView {
    pub undo: Option<String>,
    pub affected: u32,
    /// Letters that it was not done to, since it was stopped, or failed there.
    pub left: u32,
    pub failure: Option<TroubleView>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EmptiedView {
    pub letters: u32,
    pub elsewhere: u32,
    pub folders: u32,
}

impl From<Emptied> for EmptiedView {
    fn from(emptied: Emptied) -> Self {
        Self {
            letters: emptied.letters,
            elsewhere: emptied.elsewhere,
            folders: emptied.folders,
        }
    }
}

impl TryFrom<ActionView> for Action {
    type Error = TroubleView;

    fn try_from(action: ActionView) -> Result<Self, TroubleView> {
        Ok(match action {
            ActionView::SetKeywords { emails, add, remove } => Self::SetKeywords {
                emails: ids(&emails)?,
                add: keywords(&add),
                remove: keywords(&remove),
            },
            ActionView::Move {
                emails,
                from: Some(from),
                to,
            } => Self::MoveFrom {
                emails: ids(&emails)?,
                from: id(&from)?,
                to: id(&to)?,
            },
            ActionView::Move {
                emails,
                from: None,
                to,
            } => Self::Move {
                emails: ids(&emails)?,
                to: id(&to)?,
            },
            ActionView::Copy { emails, to } => Self::Copy {
                emails: ids(&emails)?,
                to: id(&to)?,
            },
            ActionView::MoveToRole { emails, role } => Self::MoveToRole {
                emails: ids(&emails)?,
                role: role.into(),
            },
            ActionView::Delete { emails } => Self::Delete {
                emails: ids(&emails)?,
            },
            ActionView::CreateMailbox {
                account,
                parent,
                name,
            } => Self::CreateMailbox {
                account: id(&account)?,
                parent: parent.map(|parent| id(&parent)).transpose()?,
                name,
            },
            ActionView::RenameMailbox { mailbox, name } => Self::RenameMailbox {
                mailbox: id(&mailbox)?,
                name,
            },
            ActionView::MoveMailbox { mailbox, parent } => Self::MoveMailbox {
                mailbox: id(&mailbox)?,
                parent: parent.map(|parent| id(&parent)).transpose()?,
            },
            ActionView::ShowMailbox { mailbox, shown } => Self::ShowMailbox {
                mailbox: id(&mailbox)?,
                shown,
            },
            ActionView::DeleteMailbox { mailbox } => Self::DeleteMailbox {
                mailbox: id(&mailbox)?,
            },
            ActionView::Empty { mailbox } => Self::Empty {
                mailbox: id(&mailbox)?,
            },
            ActionView::TakeOut { emails } => Self::TakeOut {
                emails: ids(&emails)?,
            },
            ActionView::Unite { emails } => Self::Unite {
                emails: ids(&emails)?,
            },
            ActionView::Mute { emails, muted } => Self::Mute {
                emails: ids(&emails)?,
                muted,
            },
        })
    }
}

fn keywords(texts: &[String]) -> Keywords {
    texts.iter().map(|text| Keyword::new(text)).collect()
}

impl From<Performed> for PerformedView {
    fn from(performed: Performed) -> Self {
        Self {
            undo: performed.undo.map(|action| action.to_string()),
            affected: performed.affected,
        }
    }
}

impl From<PerformedListed> for PerformedListedView {
    fn from(came: PerformedListed) -> Self {
        Self {
            undo: came.performed.undo.map(|action| action.to_string()),
            affected: came.performed.affected,
            left: came.left,
            failure: came.failure.map(Into::into),
        }
    }
}
