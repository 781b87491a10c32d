//! Rows of a list that are meant without being named one by one: all of them, or those from one row to another. A list may have a
//! million; whoever chooses them all names the list.

use serde::{Deserialize, Serialize};

use crate::{EmailId, Listing, RowId};

/// Which letters of each row are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LettersOfRow {
    All,
    /// The newest of each, as for a star that is given to a conversation.
    Newest,
}

/// A choice among the rows of a list. It is resolved at the moment in which something is done to it: what the list shows then
/// between its two ends is meant, and what comes later is not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Listed {
    pub listing: Listing,
    /// The upper end, which is meant too; without one it is the beginning of the list.
    pub first: Option<RowId>,
    /// The lower end, which is meant too; without one it is the end of the list.
    pub last: Option<RowId>,
    /// Rows between the two that are not meant.
    pub except: Vec<RowId>,
    /// Letters that are meant beside them.
    pub also: Vec<EmailId>,
    pub letters: LettersOfRow,
}

impl Listed {
    /// All rows of a list, with all letters of each.
    pub fn all_of(listing: Listing) -> Self {
        Self {
            listing,
            first: None,
            last: None,
            except: Vec::new(),
            also: Vec::new(),
            letters: LettersOfRow::All,
        }
    }
}

/// What is true of chosen rows, so that a key that turns something round knows which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Some row has something unread.
    pub unread: bool,
    /// Every row has a star.
    pub starred: bool,
}
