//! The cache and a server brought into step, in small steps that can be cut anywhere.

mod arrivals;
mod audit;
pub mod audit_report;
mod bearers;
pub(crate) mod bodies;
mod compare;
mod displaced;
pub(crate) mod folders;
mod identities;
mod imap;
mod intake;
mod mailbox;
mod marks;
mod outstanding;
mod pace;
mod parts;
pub(crate) mod pop3;
mod progress;
mod renamed;
pub mod report;
mod room;
mod shut;
mod unplaced;

pub(crate) use imap::{ImapWorker, Step};
pub(crate) use parts::Wanted;
