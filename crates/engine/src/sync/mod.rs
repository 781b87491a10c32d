//! The cache and a server brought into step, in small steps that can be cut anywhere.

mod arrivals;
mod audit;
pub mod audit_report;
pub(crate) mod bodies;
mod compare;
mod displaced;
mod folders;
mod imap;
mod mailbox;
mod marks;
pub(crate) mod pop3;
mod progress;
pub mod report;
mod room;
mod unplaced;

pub(crate) use imap::{ImapWorker, Step};
