//! POP3 (RFC 1939), our own client: what is in the maildrop, the letters, and their removal.
//!
//! What is not here: which letters are new and what becomes of them on the server (the engine decides that).

mod answer;
mod apop;
mod capabilities;
mod connect;
mod dialogue;
mod download;
mod listing;
mod removal;
mod session;
mod sign_in;
mod unstuffing;

pub use capabilities::Expire;
pub use download::Next;
pub use listing::{Glance, Listed};
pub use removal::Refused;
pub use session::Session;
