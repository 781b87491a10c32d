//! What is said of searches: what is odd about a query, searches that are kept, and what servers have found.

use serde::Serialize;
use specta::Type;
use waxwing_engine::{Fault, FaultKind, FoundThere, KeptSearch, Wrong};

/// What is odd about a piece of a query.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FaultView {
    pub piece: String,
    pub kind: FaultKindView,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FaultKindView {
    Day,
    Size,
    Word,
    NoValue,
    Parenthesis,
    Quote,
    TooMuch,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedSearchView {
    pub id: String,
    pub name: String,
    pub query: String,
    /// Conversations, and those with something to read; null until they were counted.
    pub found: Option<u32>,
    pub unread: Option<u32>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundThereView {
    /// Letters of which the text is not here. Lists of the query show them now.
    pub emails: Vec<String>,
    /// Messages of which nothing is here.
    pub unknown: u32,
    pub failed: Vec<NotAskedView>,
}

/// An account whose server could not be asked.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotAskedView {
    pub account: String,
    pub sentence: String,
}

/// What the index is still to be given.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IndexingView {
    pub letters: u32,
    /// Letters whose files are still to be read.
    pub files: u32,
}

impl From<Fault> for FaultView {
    fn from(fault: Fault) -> Self {
        Self {
            piece: fault.piece,
            kind: match fault.kind {
                FaultKind::Value(Wrong::Day) => FaultKindView::Day,
                FaultKind::Value(Wrong::Size) => FaultKindView::Size,
                FaultKind::Value(Wrong::Word) => FaultKindView::Word,
                FaultKind::NoValue => FaultKindView::NoValue,
                FaultKind::Parenthesis => FaultKindView::Parenthesis,
                FaultKind::Quote => FaultKindView::Quote,
                FaultKind::TooMuch => FaultKindView::TooMuch,
            },
        }
    }
}

impl From<KeptSearch> for SavedSearchView {
    fn from(search: KeptSearch) -> Self {
        Self {
            id: search.id.to_string(),
            name: search.name,
            query: search.query,
            found: search.found.map(|(found, _)| found),
            unread: search.found.map(|(_, unread)| unread),
        }
    }
}

impl From<FoundThere> for FoundThereView {
    fn from(found: FoundThere) -> Self {
        Self {
            emails: found.emails.iter().map(ToString::to_string).collect(),
            unknown: found.unknown,
            failed: found
                .failed
                .into_iter()
                .map(|(account, sentence)| NotAskedView {
                    account: account.to_string(),
                    sentence,
                })
                .collect(),
        }
    }
}
