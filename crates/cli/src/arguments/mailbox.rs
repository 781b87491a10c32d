//! What may be typed behind `mailbox`.

use clap::Subcommand;

#[derive(Subcommand)]
pub enum MailboxCommand {
    /// Create a mailbox; a path makes it within another.
    Create {
        path: String,
        #[arg(long, value_name = "A")]
        account: Option<String>,
    },
    Rename {
        mailbox: String,
        name: String,
    },
    /// Into another mailbox, or to the top where none is named.
    Move {
        mailbox: String,
        into: Option<String>,
    },
    /// Put among the folders that are shown, with all that it holds (IMAP: subscribe).
    Show {
        mailbox: String,
    },
    /// Put away, with all that it holds (IMAP: unsubscribe). Its letters go on coming.
    Hide {
        mailbox: String,
    },
    /// Into Trash; from Trash for good.
    Delete {
        mailbox: String,
    },
    /// Trash or Junk, for good: there is no undo. How much that is, is told by --dry-run; it is done with --yes.
    Empty {
        mailbox: String,
        #[arg(long, value_name = "A")]
        account: Option<String>,
        #[arg(long, conflicts_with = "yes")]
        dry_run: bool,
        #[arg(long)]
        yes: bool,
    },
}
