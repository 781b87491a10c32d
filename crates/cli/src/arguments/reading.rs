//! Which commands change nothing and ask no server.

use super::identity::IdentityCommand;
use super::searching::SearchesCommand;
use super::{AccountCommand, Command};

impl Command {
    /// Whether it only reads what is on this computer, and so can be answered while the app is open.
    pub fn only_reads(&self) -> bool {
        match self {
            Self::Mailboxes | Self::List { .. } | Self::Outbox => true,
            Self::Account { command } => matches!(command, AccountCommand::List),
            Self::Identity { command } => matches!(command, IdentityCommand::List),
            Self::Searches { command } => matches!(command, SearchesCommand::List),
            Self::Search(wanted) => !wanted.servers,
            // The frame's document is shown as in the window, which notes what a letter asked for.
            Self::Show { form, .. } => !form.html,
            // A check looks at files that the app may be moving.
            _ => false,
        }
    }
}
