//! What a person can do to mail. Each is applied to the cache at once, written to the journal in the same
//! transaction, and replayed to the server where there is one.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Arrangement, EmailId, Keywords, MailboxId, Protocol};

/// What becomes of a letter that was copied (`onSuccessDestroyOriginal`, RFC 8621, section 4.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Original {
    Stays,
    /// It goes, once the copy has been read back. This is how letters move between accounts.
    Goes,
}

/// One thing to do. All but a copy is within one account. The store knows an upload by the first letters of its JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Operation {
    SetKeywords {
        emails: Vec<EmailId>,
        add: Keywords,
        remove: Keywords,
    },
    /// Out of every mailbox that shows them, into one.
    Move { emails: Vec<EmailId>, to: MailboxId },
    /// Out of one mailbox, into one, or only one of the two. All other mailboxes go on showing them: `mailboxIds` is a
    /// set (RFC 8621, section 4.1.1).
    Refile {
        emails: Vec<EmailId>,
        from: Option<MailboxId>,
        to: Option<MailboxId>,
    },
    /// For good. There is no inverse. Where they were deleted out of Trash, Junk or Drafts, `only_in` is that one: what another
    /// client has taken out of it since is not deleted.
    Destroy {
        emails: Vec<EmailId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        only_in: Option<MailboxId>,
    },
    /// A letter put into a mailbox once more, of this account or of another (RFC 8621, section 4.7). The copy already
    /// stands in the cache, under an id of its own.
    Copy {
        original: EmailId,
        copy: EmailId,
        to: MailboxId,
        then: Original,
    },
    /// A letter that stands on this computer alone is put on the server, into the mailbox that shows it. It stays the letter
    /// that it is. There is no inverse: one that the server refuses is kept in Local Folders.
    Upload { email: EmailId, to: MailboxId },
    /// A letter that was written here, put into a mailbox. It already stands in the cache. `replaces` is the version before
    /// it, which is hidden, and goes once this one stands there.
    Put {
        email: EmailId,
        to: MailboxId,
        replaces: Option<EmailId>,
    },
    /// The mailbox already stands in the cache, under this id and without a path on the server.
    CreateMailbox {
        account: AccountId,
        mailbox: MailboxId,
        parent: Option<MailboxId>,
        name: String,
    },
    /// A new name, a new place, or both.
    RenameMailbox {
        mailbox: MailboxId,
        parent: Option<MailboxId>,
        name: String,
    },
    /// Whether the mailbox stands among those that the person wants to see (`isSubscribed`, RFC 8621, section 2).
    SetSubscribed { mailbox: MailboxId, subscribed: bool },
    /// With the letters in it, for good. The interface moves a folder to Trash first.
    /// `paths` are the server's names for it and for what is in it, innermost first, as they were when it was
    /// removed here; none of them for a mailbox that the server never heard of.
    DestroyMailbox { mailbox: MailboxId, paths: Vec<String> },
    /// A folder that was thrown away and was emptied with Trash: it goes once nothing stands in it, on the server either.
    ClearAway { mailbox: MailboxId },
    /// Out of their conversation, with what answers them. Conversations are of this computer; no server hears of this and of
    /// what follows.
    TakeOut { emails: Vec<EmailId> },
    /// The conversations of these letters become one.
    Unite { emails: Vec<EmailId> },
    /// Conversations as they stood before.
    Arrange { arrangement: Arrangement },
    /// Whether anybody wants to hear of what comes to the conversations of these letters.
    Mute { emails: Vec<EmailId>, muted: bool },
}

impl Operation {
    /// Whether a server has to hear of it. POP3 (RFC 1939) knows neither flags nor folders, so only the
    /// removal of a message can reach it, and that is the retention's business rather than the journal's.
    pub fn has_remote_effect(&self, protocol: Protocol) -> bool {
        let is_ours = matches!(
            self,
            Self::TakeOut { .. } | Self::Unite { .. } | Self::Arrange { .. } | Self::Mute { .. }
        );
        protocol == Protocol::Imap && !is_ours
    }
}
