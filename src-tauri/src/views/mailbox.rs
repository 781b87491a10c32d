//! Folders of the sidebar.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_model::{Mailbox, Role, put_away};

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename = "Role", rename_all = "lowercase")]
pub enum RoleView {
    Inbox,
    Drafts,
    Sent,
    Archive,
    Junk,
    Trash,
    All,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MailboxView {
    pub id: String,
    pub account: String,
    pub parent: Option<String>,
    pub name: String,
    pub role: Option<RoleView>,
    pub selectable: bool,
    pub total: u32,
    pub unread: u32,
    /// It is put away, and stands among the hidden folders of its account.
    pub hidden: bool,
}

impl MailboxView {
    pub fn all(mailboxes: Vec<Mailbox>) -> Vec<Self> {
        let away = put_away(&mailboxes);
        mailboxes
            .into_iter()
            .map(|mailbox| {
                let hidden = away.contains(&mailbox.id);
                Self::of(mailbox, hidden)
            })
            .collect()
    }

    fn of(mailbox: Mailbox, hidden: bool) -> Self {
        Self {
            id: mailbox.id.to_string(),
            account: mailbox.account.to_string(),
            parent: mailbox.parent.map(|parent| parent.to_string()),
            name: mailbox.name,
            role: mailbox.role.map(Into::into),
            selectable: mailbox.selectable,
            total: mailbox.total,
            unread: mailbox.unread,
            hidden,
        }
    }
}

impl From<Role> for RoleView {
    fn from(role: Role) -> Self {
        match role {
            Role::Inbox => Self::Inbox,
            Role::Drafts => Self::Drafts,
            Role::Sent => Self::Sent,
            Role::Archive => Self::Archive,
            Role::Junk => Self::Junk,
            Role::Trash => Self::Trash,
            Role::All => Self::All,
        }
    }
}

impl From<RoleView> for Role {
    fn from(role: RoleView) -> Self {
        match role {
            RoleView::Inbox => Self::Inbox,
            RoleView::Drafts => Self::Drafts,
            RoleView::Sent => Self::Sent,
            RoleView::Archive => Self::Archive,
            RoleView::Junk => Self::Junk,
            RoleView::Trash => Self::Trash,
            RoleView::All => Self::All,
        }
    }
}
