//! The cache and a server brought into step, in small steps that can be cut anywhere.

mod arrivals;
mod bodies;
mod folders;
mod imap;
mod mailbox;
pub(crate) mod pop3;
mod progress;
pub mod report;

pub(crate) use imap::{ImapWorker, Step};
