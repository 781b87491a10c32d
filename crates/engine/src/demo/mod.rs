//! The letters of the demo mailbox.

use waxwing_model::{Keywords, Timestamp};

/// Where a letter of the demo lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoMailbox {
    Inbox,
    Archive,
    Sent,
    Trash,
    Junk,
    /// A folder by its path, its parts separated by "/".
    Named(&'static str),
}

pub struct DemoLetter {
    pub mailbox: DemoMailbox,
    pub raw: Vec<u8>,
    pub received_at: Timestamp,
    pub keywords: Keywords,
}

/// The letters, dated from `now` backwards.
pub fn letters(now: Timestamp) -> Vec<DemoLetter> {
    let _ = now;
    Vec::new()
}
