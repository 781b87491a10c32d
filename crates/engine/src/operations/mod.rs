//! What a person does to mail: applied to the cache and written to the journal in one transaction, replayed to
//! the server when it can be, and undone when the server refuses it or the person asks.

mod apply;
mod bring;
mod conversations;
pub(crate) mod copies;
mod deletions;
mod destroying;
pub(crate) mod filing;
mod folder_name;
pub(crate) mod keep_here;
mod listed;
mod perform;
mod places;
mod plan;
mod plan_empty;
mod plan_filed;
mod plan_folders;
pub(crate) mod promises;
pub(crate) mod replay;
mod replay_copy;
mod replay_destroy;
mod replay_emptied;
pub(crate) mod replay_folders;
mod replay_labels;
mod replay_move;
mod replay_put;
mod replay_refile;
mod runs;
pub(crate) mod sameness;
pub(crate) mod subscriptions;
mod undo;

pub(crate) use deletions::Deletion;
pub use listed::PerformedListed;
pub(crate) use perform::{Refusal, transact};
pub(crate) use plan_empty::Asked;
pub use plan_empty::Emptied;
pub(crate) use runs::Runs;
use waxwing_model::{AccountId, ActionId, EmailId, Keywords, MailboxId, Role};

/// What the person asked for, before it is known which accounts and folders it touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    SetKeywords {
        emails: Vec<EmailId>,
        add: Keywords,
        remove: Keywords,
    },
    /// Into another account too: there it is shown at once, and the original goes when the copy stands.
    Move {
        emails: Vec<EmailId>,
        to: MailboxId,
    },
    /// Out of the mailbox that they were seen in. Other mailboxes that show them go on doing so.
    MoveFrom {
        emails: Vec<EmailId>,
        from: MailboxId,
        to: MailboxId,
    },
    /// Once more, and the letters stay where they are.
    Copy {
        emails: Vec<EmailId>,
        to: MailboxId,
    },
    /// To the mailbox with that role in each letter's own account, which is made where it is missing.
    MoveToRole {
        emails: Vec<EmailId>,
        role: Role,
    },
    /// To Trash; from Trash for good, where all of them stand there.
    Delete {
        emails: Vec<EmailId>,
    },
    CreateMailbox {
        account: AccountId,
        parent: Option<MailboxId>,
        name: String,
    },
    RenameMailbox {
        mailbox: MailboxId,
        name: String,
    },
    MoveMailbox {
        mailbox: MailboxId,
        parent: Option<MailboxId>,
    },
    /// Whether it, and all that it holds, stands among the folders.
    ShowMailbox {
        mailbox: MailboxId,
        shown: bool,
    },
    /// Into Trash with its letters; from Trash for good.
    DeleteMailbox {
        mailbox: MailboxId,
    },
    /// All that is in Trash or Junk, for good.
    Empty {
        mailbox: MailboxId,
    },
    /// Out of their conversation, with what answers them.
    TakeOut {
        emails: Vec<EmailId>,
    },
    /// Several conversations become one.
    Unite {
        emails: Vec<EmailId>,
    },
    /// Nobody wants to hear of what comes to these conversations, or somebody does again.
    Mute {
        emails: Vec<EmailId>,
        muted: bool,
    },
}

impl Action {
    /// The same for these letters; `None` where it is done to anything else, or makes sense only for a few that somebody has named.
    pub(crate) fn on(&self, emails: Vec<EmailId>) -> Option<Self> {
        Some(match self.clone() {
            Self::SetKeywords { add, remove, .. } => Self::SetKeywords { emails, add, remove },
            Self::Move { to, .. } => Self::Move { emails, to },
            Self::MoveFrom { from, to, .. } => Self::MoveFrom { emails, from, to },
            Self::Copy { to, .. } => Self::Copy { emails, to },
            Self::MoveToRole { role, .. } => Self::MoveToRole { emails, role },
            Self::Delete { .. } => Self::Delete { emails },
            _ => return None,
        })
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Performed {
    /// What takes it back; `None` for what cannot be taken back.
    pub undo: Option<ActionId>,
    /// Letters or folders that are different now.
    pub affected: u32,
}
