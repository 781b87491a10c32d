//! Names for rows: one type for each kind of thing, so that a mailbox cannot be passed for an email.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

id! {
    /// An account.
    AccountId,
    /// One thing the person did; it may have become several operations and is undone as one.
    ActionId,
    /// A file that hangs on a draft.
    AttachmentId,
    /// A letter being written.
    DraftId,
    /// A letter, received or sent.
    EmailId,
    /// As whom one writes.
    IdentityId,
    /// A folder.
    MailboxId,
    /// One line of the journal.
    OperationId,
    /// A row of a list, where it does not matter whether each row is a conversation or a letter: the id of that.
    RowId,
    /// A letter in the outbox.
    SubmissionId,
    /// A conversation.
    ThreadId,
}
