//! A letter on its way out (RFC 8621, section 7: EmailSubmission).

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Address, DraftOrigin, EmailId, IdentityId, OwnAddress, SubmissionId, Timestamp, Trouble,
};

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

/// What is wished of the server beyond taking the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SendWishes {
    /// As whom it goes. `None`: as the account's usual identity, by the account's own server.
    pub identity: Option<IdentityId>,
    /// Reports of how it fares (RFC 3461).
    pub notices: bool,
    /// Encryption all the way, or not at all (RFC 8689).
    pub encryption: bool,
    /// Not before this moment, because the person chose it.
    pub hold_until: Option<Timestamp>,
}

/// Who keeps a letter until the moment that the person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holder {
    /// This computer, while Waxwing runs.
    Here,
    /// The server, whatever becomes of this computer (RFC 4865).
    Server,
}

/// What became of a letter at one recipient (RFC 3464, section 2.3.3; RFC 8098, section 3.2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It cannot be delivered.
    Failed,
    Delayed,
    Delivered,
    /// It went on to a server that makes no reports, or to several readers.
    Relayed,
    /// Its reader says so.
    Read,
}

/// What a report says of one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    pub recipient: String,
    pub fate: Fate,
    /// The reporting server's words.
    pub words: String,
}

/// Who says what a report says. Anybody can write one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "address")]
pub enum Teller {
    /// A server, which has no name of its own that could be compared.
    Server,
    /// The one who is said to have read the letter, and somebody vouches for that.
    Reader,
    /// The report shows them as its sender, and nobody vouches for it, or nobody was asked.
    InReadersName,
    /// Somebody else than is said to have read it.
    Other(String),
}

impl Teller {
    /// By what the report says, and whom it shows as its sender.
    pub fn of(line: &ReportLine, sender: Option<&str>) -> Self {
        match (line.fate, sender) {
            (Fate::Read, Some(sender))
                if OwnAddress::new(sender).is_some_and(|own| own.receives(&line.recipient)) =>
            {
                Self::InReadersName
            }
            (Fate::Read, sender) => Self::Other(sender.unwrap_or_default().to_owned()),
            _ => Self::Server,
        }
    }
}

/// A line of a report, with the letter that it came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryReport {
    pub email: EmailId,
    pub line: ReportLine,
    /// The letter was sent to this recipient, as far as is known. Else somebody passed it on, or the report is not true.
    pub addressed: bool,
    /// Who says it.
    pub by: Teller,
}

/// A letter in the outbox, and afterwards what became of it (RFC 8621, section 7: EmailSubmission).
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
    pub wishes: SendWishes,
    /// `None` while no server was asked, and where nothing is to be kept.
    pub holder: Option<Holder>,
    /// It is not known whether it was sent, and the account's Sent was searched for it in vain.
    pub searched: bool,
    /// What servers and readers have reported of it, newest first.
    pub reports: Vec<DeliveryReport>,
}
