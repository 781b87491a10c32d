//! The letters of the demo mailbox: a small world to look around in, dated from the moment it is made.
//!
//! Each letter is a file in `letters/` with a line of its own on top that says where it lies and how old it is.
//! What is not here: the account that holds them, and delivery within it.

mod catalogue;
mod template;
#[cfg(test)]
mod tests;

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoLetter {
    pub mailbox: DemoMailbox,
    /// With CRLF, as a server would hand it over.
    pub raw: Vec<u8>,
    pub received_at: Timestamp,
    pub keywords: Keywords,
}

/// The letters, dated from `now` backwards, the oldest first.
pub fn letters(now: Timestamp) -> Vec<DemoLetter> {
    let mut letters: Vec<_> = catalogue::TEMPLATES
        .iter()
        .filter_map(|template| template::fill(template, now))
        .collect();
    letters.sort_by_key(|letter| letter.received_at);
    letters
}
