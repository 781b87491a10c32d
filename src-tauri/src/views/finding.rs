//! What is said of searches: what is odd about a query, searches that are kept, and what servers have found.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::{
    Backlog, Excerpt, Fault, FaultKind, FoundThere, KeptSearch, MarkedText, Shown, ShownPart, Wrong,
};

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
    Folder,
    Account,
    NoValue,
    NoWord,
    OneSided,
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
    /// Of so many letters, where some wait.
    pub of: u32,
    /// Letters whose files are still to be read.
    pub files: u32,
}

/// A text that is shown of a letter, in which words are to be marked.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShownView {
    pub part: ShownPartView,
    pub text: String,
}

#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ShownPartView {
    Subject,
    Sender,
    Recipients,
    Copies,
    Text,
    FileName,
}

/// A text with the places of the words that were searched for: their beginnings and ends, in UTF-16 units.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MarkedView {
    pub text: String,
    pub marks: Vec<(u32, u32)>,
}

/// Why a letter was found.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ExcerptView {
    /// By its text.
    Text { said: MarkedView },
    /// By the name of a file.
    FileName { said: MarkedView },
    /// By the name of a file, and by its text.
    NameAndText { name: MarkedView, said: MarkedView },
    /// By what stands in the file of this name.
    InFile { name: String, said: MarkedView },
    /// By what stands in one of its files, which was not looked for.
    InSomeFile,
    /// By what of it is not on this computer.
    Elsewhere,
}

impl From<ShownView> for Shown {
    fn from(shown: ShownView) -> Self {
        Self {
            part: match shown.part {
                ShownPartView::Subject => ShownPart::Subject,
                ShownPartView::Sender => ShownPart::Sender,
                ShownPartView::Recipients => ShownPart::Recipients,
                ShownPartView::Copies => ShownPart::Copies,
                ShownPartView::Text => ShownPart::Text,
                ShownPartView::FileName => ShownPart::FileName,
            },
            text: shown.text,
        }
    }
}

/// Places that are counted in octets, counted as the interface counts. They are in ascending order.
pub fn in_utf16(text: &str, places: &[Range<usize>]) -> Vec<(u32, u32)> {
    let (mut octets, mut units) = (0, 0_u32);
    let mut at = |octet: usize| {
        let between = text.get(octets..octet).unwrap_or_default();
        units = units.saturating_add(u32::try_from(between.encode_utf16().count()).unwrap_or(u32::MAX));
        octets = octet;
        units
    };
    places
        .iter()
        .map(|place| (at(place.start), at(place.end)))
        .collect()
}

impl From<MarkedText> for MarkedView {
    fn from(MarkedText { text, marks }: MarkedText) -> Self {
        let marks = in_utf16(&text, &marks);
        Self { text, marks }
    }
}

impl From<Excerpt> for ExcerptView {
    fn from(excerpt: Excerpt) -> Self {
        match excerpt {
            Excerpt::Text(said) => Self::Text { said: said.into() },
            Excerpt::FileName(said) => Self::FileName { said: said.into() },
            Excerpt::NameAndText { name, said } => Self::NameAndText {
                name: name.into(),
                said: said.into(),
            },
            Excerpt::InFile { name, said } => Self::InFile {
                name,
                said: said.into(),
            },
            Excerpt::InSomeFile => Self::InSomeFile,
            Excerpt::Elsewhere => Self::Elsewhere,
        }
    }
}

impl From<Fault> for FaultView {
    fn from(fault: Fault) -> Self {
        Self {
            piece: fault.piece,
            kind: match fault.kind {
                FaultKind::Value(Wrong::Day) => FaultKindView::Day,
                FaultKind::Value(Wrong::Size) => FaultKindView::Size,
                FaultKind::Value(Wrong::Word) => FaultKindView::Word,
                FaultKind::Value(Wrong::Folder) => FaultKindView::Folder,
                FaultKind::Value(Wrong::Account) => FaultKindView::Account,
                FaultKind::NoWord => FaultKindView::NoWord,
                FaultKind::NoValue => FaultKindView::NoValue,
                FaultKind::OneSided => FaultKindView::OneSided,
                FaultKind::Parenthesis => FaultKindView::Parenthesis,
                FaultKind::Quote => FaultKindView::Quote,
                FaultKind::TooMuch => FaultKindView::TooMuch,
            },
        }
    }
}

impl From<Backlog> for IndexingView {
    fn from(Backlog { letters, of, files }: Backlog) -> Self {
        Self { letters, of, files }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_the_interface_counts() {
        let text = "é𝄞 lamp, lamp";
        let places: Vec<Range<usize>> = text
            .match_indices("lamp")
            .map(|(at, it)| at..at + it.len())
            .collect();
        assert_eq!(in_utf16(text, &places), [(4, 8), (10, 14)]);
        assert_eq!(in_utf16("", &places), [(0, 0), (0, 0)], "of another text nothing");
    }
}
