//! The SQLite cache: migrations, one file a table, the search index. It is the only room that knows SQL.
//!
//! Every call blocks; whoever is asynchronous calls from a thread that may. What is not here: parsing letters,
//! talking to servers, deciding what an operation does, and secrets in the clear.

mod accounts;
mod audits;
mod bodies;
mod changes;
mod column;
mod connection;
mod copy_habits;
mod copy_keywords;
mod correspondents;
mod deleted_messages;
mod delivery_reports;
mod displaced;
mod drafts;
mod emails;
mod error;
mod filing;
mod first_tries;
mod gathered;
mod identities;
mod keeping;
#[cfg(test)]
mod limits;
mod listing;
mod locations;
mod mailbox_sizes;
mod mailboxes;
mod memberships;
mod merging;
mod migration;
mod operations;
mod packing;
mod packs;
mod parcels;
mod partial_bodies;
mod pop3;
mod query;
mod quotas;
mod remote;
mod rows;
mod search;
mod secrets;
mod senders;
mod settings;
mod shelf;
mod store;
mod submission_wishes;
mod submissions;
mod threads;
mod unindexed;

pub use bodies::{BodyFacts, MissingBody, Proof};
pub use copy_habits::{CopyHabit, OwnCopy};
pub use deleted_messages::Reckoning;
pub use delivery_reports::FoundReport;
pub use emails::NewEmail;
pub use error::StoreError;
pub use first_tries::FirstTry;
pub use keeping::Droppable;
pub use locations::{Located, Location};
pub use mailboxes::NewMailbox;
pub use operations::{JournalEntry, NewEntry, OperationState, PendingFor};
pub use parcels::Parcel;
pub use partial_bodies::PartialBody;
pub use pop3::{KnownUidl, Looks, ServerCopies, digest};
pub use query::{Reading, Writing};
pub use remote::{RemoteMailbox, SyncState};
pub use store::{Durability, Store};
pub use submissions::NewSubmission;
pub use unindexed::Unindexed;
