//! The readable text of letters, which stands behind each in its pack, with what else was found in it (`search/record.rs`). It is for
//! searching and for what is shown of that; nothing else is made of it.

use waxwing_model::EmailId;

use crate::packs::Place;
use crate::{Reading, StoreError};

impl Reading<'_> {
    /// The record of what was found in a letter when its body came; nothing when it cannot be read, since it is only for
    /// searching.
    pub(crate) fn text(&self, email: EmailId) -> Result<Option<String>, StoreError> {
        let Some(kept) = self.kept(email)? else {
            return Ok(None);
        };
        self.text_at(kept.place, kept.size, kept.text_size).map(Some)
    }

    /// The same for a letter whose row is at hand.
    pub(crate) fn text_at(&self, place: Place, size: i64, text_size: i64) -> Result<String, StoreError> {
        let behind = Place {
            start: place.start.saturating_add(size),
            ..place
        };
        let text = self.packs().read(behind, text_size)?;
        Ok(text.map(whole_characters).unwrap_or_default())
    }

    /// The same of a letter as far as it is here, so many octets of it at the most. `None`: nothing of its text is.
    pub(crate) fn text_up_to(&self, email: EmailId, most: i64) -> Result<Option<String>, StoreError> {
        if let Some(kept) = self.kept(email)? {
            return self
                .text_at(kept.place, kept.size, kept.text_size.min(most))
                .map(Some);
        }
        let sql = "SELECT text FROM partial_body WHERE email_id = ?1";
        self.one("reading a part of a letter", sql, [email.0], |row| row.get(0))
    }
}

/// A text that was cut anywhere. What is no text gives none.
fn whole_characters(octets: Vec<u8>) -> String {
    String::from_utf8(octets).unwrap_or_else(|error| {
        let (whole, mut octets) = (error.utf8_error(), error.into_bytes());
        if whole.error_len().is_some() {
            return String::new();
        }
        octets.truncate(whole.valid_up_to());
        String::from_utf8(octets).unwrap_or_default()
    })
}
