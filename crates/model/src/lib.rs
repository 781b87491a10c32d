//! The words everyone shares, after RFC 8621 (JMAP for Mail): plain types, no I/O, no async.
//!
//! What is not here: parsing, SQL, the wire, and anything the interface alone needs.

mod account;
mod address;
mod certificate;
mod change;
mod conversation;
mod draft;
mod email;
mod filing;
mod id;
mod identity;
mod keeping;
mod keyword;
mod listed;
mod listing;
mod mailbox;
mod operation;
mod quota;
mod sought;
mod submission;
mod trouble;

pub use account::{Account, Authentication, NewAccount, Protocol, Retention, Security, ServerSettings};
pub use address::Address;
pub use certificate::{
    Certificate, CertificateException, CertificateFlaw, Fingerprint, NotAFingerprint, RefusedCertificate,
};
pub use change::{Activity, Change, LongWork, RunId, ShutMailbox};
pub use conversation::{Arrangement, ConversationWish, Stood};
pub use draft::{Asks, Draft, DraftAttachment, DraftContent, DraftOrigin, ResponseKind};
pub use email::{Body, Email};
pub use filing::{Filing, ObjectIds};
pub use id::{
    AccountId, ActionId, AttachmentId, DraftId, EmailId, IdentityId, MailboxId, OperationId, RowId,
    SubmissionId, ThreadId,
};
pub use identity::{Identity, NewIdentity, OwnAddress};
pub use keeping::{Keep, Keeping};
pub use keyword::{Keyword, Keywords};
pub use listed::{LettersOfRow, Listed, Marks};
pub use listing::{
    Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, OrderBy, Participant, Row,
};
pub use mailbox::{Mailbox, Role, put_away};
pub use operation::{Operation, Original};
pub use quota::Quota;
pub use sought::{Sought, SoughtIn};
pub use submission::{
    CopyState, DeliveryReport, Envelope, Fate, Holder, ReportLine, SendWishes, Submission, SubmissionState,
    Teller,
};
pub use trouble::{Trouble, TroubleKind};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
pub type Timestamp = i64;
