//! IMAP4rev1 (RFC 3501) as far as it is shared with IMAP4rev2 (RFC 9051): one session with one server.
//!
//! From below to above: `frames` cuts the stream into responses and caps them, `tap` shows them to async-imap,
//! which drives the dialogue and signs in (`entry`), `grammar` and `response` read
//! them, `exchange` runs one command at a time, and each file above it is one thing that a [`Session`] does.
//! What a server says is read leniently, since real servers err; what could lose mail is checked strictly.
//!
//! What is not here: which mailbox to look at, and what to keep of it.

mod append;
mod bodies;
mod cancel;
mod capabilities;
mod command;
mod connect;
mod copy_uid;
mod date;
mod destroy;
mod dialogue;
mod enable;
mod entry;
mod exchange;
mod fetch;
mod fetched;
mod frames;
mod grammar;
mod identity;
mod idle;
mod likeness;
mod list;
mod listed;
mod mailboxes;
mod move_messages;
mod news;
mod notify;
mod outline;
mod parts;
mod path;
mod quota;
mod response;
mod resync;
mod role;
mod root;
mod search;
mod search_words;
mod select;
mod session;
mod sign_in;
mod starttls;
mod status;
mod store_keywords;
mod tap;
mod uid_set;
mod vanished;

#[cfg(test)]
mod tests;

pub use bodies::Bodies;
pub use capabilities::Capabilities;
pub use fetch::FetchedHeader;
pub use fetched::Marks;
pub use identity::Identified;
pub use idle::IdleEnd;
pub use likeness::{Before, Newcomer};
pub use listed::ListedMailbox;
pub use move_messages::{Left, Moved, Try};
pub use notify::Elsewhere;
pub use outline::OutlinedPart;
pub use parts::Outline;
pub use resync::{Known, Missed};
pub use root::{Namespaces, Root};
pub use select::Selected;
pub use session::Session;
pub use status::Status;
pub use uid_set::UidSet;
