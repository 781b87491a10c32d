//! Letters to send: what they are made of, and the words for what can be wrong with them.
//!
//! What is not here: sanitising the HTML, which is done before, and SMTP, which comes after.

mod build;
mod calendar;
mod envelope;
mod large;
mod line_ends;
mod ready;
mod receipt;

use waxwing_model::{Address, Envelope, Timestamp};

pub use build::{compose, compose_around, compose_draft, compose_draft_around};
pub(crate) use calendar::compose_with_calendar;
pub(crate) use large::encode as base64_lines;
pub use large::{Framed, is_plain};
pub use ready::{Ready, for_sending, ready};
pub use receipt::receipt;

/// A letter as the person means it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub from: Address,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    pub subject: String,
    /// Already sanitised.
    pub html: Option<String>,
    pub text: String,
    pub attachments: Vec<OutgoingAttachment>,
    /// Without angle brackets, as all identifiers here.
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub date: Timestamp,
    pub utc_offset_minutes: i16,
    /// Whether readers are asked to say that they have read it (RFC 8098, section 2.1).
    pub asks_for_receipt: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingAttachment {
    pub name: String,
    pub media_type: String,
    /// Given when the HTML shows it.
    pub content_id: Option<String>,
    pub data: AttachedData,
}

/// What an attachment holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachedData {
    Here(Vec<u8>),
    /// Much, which is read while the letter is written ([`Framed::write`]).
    Apart {
        /// By [`is_plain`]; it counts for a letter that is attached.
        is_plain: bool,
    },
}

impl From<Vec<u8>> for AttachedData {
    fn from(data: Vec<u8>) -> Self {
        Self::Here(data)
    }
}

/// A letter ready for SMTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// With CRLF, without Bcc.
    pub raw: Vec<u8>,
    /// Without angle brackets.
    pub message_id: String,
    /// To, Cc and Bcc, each once.
    pub envelope: Envelope,
}

/// Why a letter cannot be sent as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    #[error("The letter has no recipient.")]
    NoRecipient,
    #[error("The letter has no sender.")]
    NoSender,
    #[error("“{0}” is not an email address.")]
    BadAddress(String),
    #[error("The letter could not be put together: {0}.")]
    Build(String),
}
