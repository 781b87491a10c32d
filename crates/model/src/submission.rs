//! A letter on its way out (RFC 8621, section 7: EmailSubmission).

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, DraftOrigin, SubmissionId, Timestamp, Trouble};

/// Who sends and who gets it, as SMTP sees it (RFC 5321, section 2.3.1). Bcc stands only here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub from: String,
    pub to: Vec<String>,
}

/// Where the letter is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum SubmissionState {
    /// It will be tried at `Submission::send_at`, or as soon as there is a network after it.
    Waiting,
    /// It is being handed over; written before the try.
    Sending,
    /// The server took it, in these words.
    Sent { reply: String },
    /// It could not be handed over: our sentence, and the server's words where it said any. A failure that is not
    /// permanent is tried again at `Submission::send_at`; a permanent one waits for the person.
    Failed { trouble: Trouble, permanent: bool },
    /// The connection broke after the letter was handed over and before the answer: it may have been sent.
    Unknown,
}

/// Whether the copy for the Sent mailbox stands where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CopyState {
    Due,
    Filed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    pub id: SubmissionId,
    pub account: AccountId,
    pub message_id: String,
    pub subject: String,
    /// Everyone who gets it, for the outbox to show.
    pub recipients: Vec<Address>,
    pub envelope: Envelope,
    /// The letter this one answers or passes on, to be marked when it is sent.
    pub answers: Option<DraftOrigin>,
    pub state: SubmissionState,
    pub copy: CopyState,
    pub attempts: u32,
    pub created_at: Timestamp,
    /// Not before this moment (the time to undo).
    pub send_at: Timestamp,
}
