//! The account manager: the only crate that joins the store, the wire, the parser, the sanitiser and the vault.
//!
//! Everything a person can do is a method of [`Engine`]. What is not here: SQL (the store's), bytes of a
//! protocol (remote's), and anything of a window.
//!
//! What holds for all of its methods, as long as one says nothing else:
//!
//! - They come back when what a person has done is on the disk. Servers hear of it later, and what comes of it there is told as a
//!   [`Change`](waxwing_model::Change).
//! - A number ([`EmailId`](waxwing_model::EmailId) and the like) of something that has gone meanwhile is [`EngineError::Gone`], and
//!   what a person has typed wrongly is [`EngineError::Invalid`] with a sentence; nothing was done then.
//! - Moments are milliseconds since 1970 in UTC ([`Timestamp`](waxwing_model::Timestamp)), sizes are octets.

mod accounts;
mod caution;
mod changes;
mod clock;
mod core_files;
mod demo;
mod engine;
mod error;
mod finding;
mod headless;
mod hexadecimal;
mod indexing;
#[cfg(test)]
mod lena;
pub mod letters;
mod listing_files;
mod oauth;
mod operations;
mod outgoing;
mod portions;
mod protocol;
mod rereading;
mod runner;
mod set_aside;
#[cfg(test)]
#[cfg(unix)]
mod silent_disk;
mod sync;
#[cfg(test)]
mod without_keyring;

pub use accounts::{
    AccountForm, Checked, Counts, Discovered, DiscoveredServer, Door, Doorway, FoundAccount, IdentityForm,
    Passwords, Remainder, ServersForm, Trial, Tried, TriedDoor, Trying,
};
pub use caution::{
    AllowedFor, AskBeforeLinks, AskForKeys, CautionWishes, Holds, LeaveWay, LinkKind, LinkLook, LinkWarning,
    ListOfLetter, ListSubscription, Note, RemoteContent, Verdict, WaysOut, Who,
};
pub use changes::Subscription;
pub use core_files::no_core_files;
pub use engine::{Engine, EngineOptions, KeyringUse};
pub use error::{EngineError, Result};
pub use finding::{Backlog, Excerpt, FoundThere, KeptSearch, MarkedText, Page};
pub use headless::{headless_runtime, reading_runtime};
pub use letters::attachments::Attachment;
pub use letters::body::{LeftOut, LetterBody, Look};
pub use letters::conflicts::Conflict;
pub use letters::copies::ConversationLetter;
pub use letters::files::{FileWithLetter, FilesBehind, FilesPage};
pub use letters::invitation::{Said, ShownInvitation, Speaker};
pub use letters::letter_ref::LetterRef;
pub use letters::missed::{MissedPictures, WhyMissed};
pub use letters::nested::{ArchivePage, LetterHead, NestedLetter};
pub use letters::packed::LookedInto;
pub use letters::shows::Shows;
pub use letters::told::{About, Reporting};
/// What a letter's parts are known to be.
pub mod parts {
    pub use waxwing_mime::{
        Answer, Attendance, Attendee, Contents, Danger, Invitation, Method, PackedFile, Recurrence, Repeats,
        When, safe_file_name, words_of,
    };
}
pub use oauth::{Begun, SignInForm, SignInId, SignInOffer};
pub use operations::{Action, Emptied, Performed, PerformedListed};
pub use outgoing::ReceiptAnswer;
pub use protocol::{
    FolderCount, ImapPlan, OnlyHere, Pop3Plan, ProtocolChange, ProtocolChanged, ProtocolPlan, ProtocolServer,
};
pub use sync::audit_report::{AuditReport, MailboxAudit};
pub use sync::pop3::maildrop::{Here, Maildrop, OnServer};
pub use sync::report::{SyncReport, SyncScope};
pub use waxwing_remote::Encryption;
pub use waxwing_remote::oauth::{AppPassword, Client};
pub use waxwing_remote::wire::bear_at_most;
/// What the search for servers is told and tells.
pub mod discovery {
    pub use waxwing_remote::discover::{Dissent, Hint, Ports, Probing, Source, Stage, Surroundings, Wishes};
}
/// Mailing lists, and senders who track.
pub use waxwing_sanitize::{Tracker, TrackerKind, dialled};
pub use waxwing_store::{
    Droppable, Fault, FaultKind, FilePlace, FileSource, FilesOrder, KnownPeople, Repairs, ServerCopies,
    Shown, ShownPart, TrackingSender, Wrong,
};
pub use waxwing_vault::{Keeper, VaultState};
