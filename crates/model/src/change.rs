//! What happened, told to whoever listens. A change names things; it does not carry them.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ActionId, EmailId, MailboxId, Timestamp, Trouble};

/// What an account is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Activity {
    /// Not yet tried since the start.
    Idle,
    /// Signing in.
    Connecting,
    /// Messages fetched of those to fetch.
    Syncing {
        done: u32,
        total: u32,
        seconds_left: Option<u32>,
    },
    /// What was deleted here for good goes from the server; so many letters are left there.
    Deleting { left: u32 },
    UpToDate {
        checked_at: Timestamp,
        /// But for these, which the server did not open.
        shut: Vec<ShutMailbox>,
    },
    /// The person wants nothing fetched by itself. So many letters stay on the server meanwhile, as far as is known.
    Paused { waiting: u32 },
    /// No network; what is here can be read, what is done is queued.
    Offline { since: Timestamp },
    /// The server wants to be left alone until then, for the reason that is told. Nothing is wrong.
    Waiting { trouble: Trouble, until: Timestamp },
    /// It needs the person.
    Failed { trouble: Trouble },
}

/// A mailbox that its server lists and does not open, or in which it refused to say what there is. What it shows is what was seen last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShutMailbox {
    pub mailbox: MailboxId,
    /// The server's own words.
    pub reply: String,
}

/// What whoever begins something that may take long calls it, to know it again and to stop it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RunId(pub String);

/// Something that takes long, and that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "id")]
pub enum LongWork {
    /// Something is done to very many letters.
    Run(RunId),
    /// What was done to them is taken back.
    Undo(ActionId),
}

/// What is different from before, for whoever shows it to ask for anew. Told after the transaction that made it so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Change {
    /// Accounts came, went or were edited, or are known to be fuller or emptier than before.
    Accounts,
    /// Mailboxes of an account came, went, were renamed, or have other counts.
    Mailboxes {
        account: AccountId,
    },
    /// Letters came into or left a mailbox.
    Listing {
        mailbox: MailboxId,
    },
    /// These letters are different: keywords, body, thread.
    Emails {
        emails: Vec<EmailId>,
    },
    /// New letters arrived in an inbox.
    Arrived {
        account: AccountId,
        emails: Vec<EmailId>,
    },
    /// Letters being written came, went or were saved.
    Drafts,
    /// A letter that is being written stands in Drafts as another one now: who looks at the version before looks at this.
    Refiled {
        before: EmailId,
        now: EmailId,
    },
    /// Submissions came, went, or are in another state.
    Outbox,
    /// The person has left a list, or the letter that leaves it has gone: what its letters offer is another thing now.
    ListLeft {
        account: AccountId,
        /// By the name that its letters know it by.
        list: String,
    },
    /// The searches that are kept, or what searches find.
    Searches,
    Activity {
        account: AccountId,
        activity: Activity,
    },
    /// Something that is done to very many letters, or taken back, has come so far.
    Progress {
        of: LongWork,
        done: u32,
        total: u32,
    },
    /// Something was refused or undone; the person is told.
    Trouble {
        account: Option<AccountId>,
        trouble: Trouble,
    },
}
