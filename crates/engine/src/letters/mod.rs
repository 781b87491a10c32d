//! Letters: how they come into the store, and how they are shown.

pub(crate) mod archives;
pub mod attachments;
pub(crate) mod behind;
pub mod body;
pub mod conflicts;
pub mod copies;
pub mod files;
mod gallery;
pub(crate) mod ingest;
pub mod inspect;
pub mod invitation;
pub mod letter_ref;
pub(crate) mod listed_files;
pub mod missed;
pub mod nested;
pub mod packed;
mod paper;
pub(crate) mod pictures;
mod pieces;
pub(crate) mod readable;
mod render;
pub mod shows;
pub mod told;
mod windows_zones;
mod world_zones;

use waxwing_model::{Email, EmailId, Listing, Mailbox, Row, ThreadId, Timestamp};

use self::copies::ConversationLetter;
use crate::engine::Engine;
use crate::error::Result;

impl Engine {
    /// Every mailbox, in the order of the sidebar.
    pub async fn mailboxes(&self) -> Result<Vec<Mailbox>> {
        self.read(|reading| reading.mailboxes(None)).await
    }

    /// How many rows a list has, and some of them.
    pub async fn page(&self, listing: Listing, offset: u32, limit: u32) -> Result<(u32, Vec<Row>)> {
        self.read(move |reading| Ok((reading.count(&listing)?, reading.page(&listing, offset, limit)?)))
            .await
    }

    /// Where a conversation stands in a list.
    pub async fn position(&self, listing: Listing, thread: ThreadId) -> Result<Option<u32>> {
        self.read(move |reading| reading.position(&listing, thread)).await
    }

    /// Where the row stands that stands for a letter, or has it.
    pub async fn position_of_email(&self, listing: Listing, email: EmailId) -> Result<Option<u32>> {
        self.read(move |reading| reading.position_of_email(&listing, email))
            .await
    }

    /// Where letters of a moment stand in a list by date.
    pub async fn position_of_moment(&self, listing: Listing, moment: Timestamp) -> Result<Option<u32>> {
        self.read(move |reading| reading.position_of_moment(&listing, moment))
            .await
    }

    /// A conversation across folders, oldest first.
    pub async fn conversation(&self, thread: ThreadId) -> Result<Vec<ConversationLetter>> {
        self.read(move |reading| copies::conversation(reading, thread))
            .await
    }

    /// Whether nobody wants to hear of a conversation.
    pub async fn is_muted(&self, thread: ThreadId) -> Result<bool> {
        self.read(move |reading| reading.is_muted(thread)).await
    }

    /// Letters by their numbers, without their bodies. Those that are gone are left out.
    pub async fn emails(&self, emails: Vec<EmailId>) -> Result<Vec<Email>> {
        self.read(move |reading| reading.emails(&emails)).await
    }

    /// Letters that hold the words, newest first.
    pub async fn search(&self, query: &str, limit: u32) -> Result<Vec<Email>> {
        let query = query.to_owned();
        self.read(move |reading| {
            let found = reading.search(&query, limit, 0)?;
            reading.emails(&found)
        })
        .await
    }

    /// People whose name or address begins like this, whom one writes with most first.
    pub async fn known_people(&self, typed: &str, limit: u32) -> Result<crate::KnownPeople> {
        let typed = typed.trim().to_owned();
        self.read(move |reading| reading.known_people(&typed, limit))
            .await
    }
}
