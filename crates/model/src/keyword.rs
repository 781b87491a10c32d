//! Keywords of an email (RFC 8621, section 4.1.1); IMAP's system flags are among them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// One keyword, in lower case. `$seen` is IMAP's `\Seen`, `$flagged` its `\Flagged`, and so on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keyword(String);

impl Keyword {
    /// It was read.
    pub const SEEN: &str = "$seen";
    /// It has a star.
    pub const FLAGGED: &str = "$flagged";
    /// It was answered.
    pub const ANSWERED: &str = "$answered";
    /// It is being written.
    pub const DRAFT: &str = "$draft";
    /// It was passed on. A keyword in IMAP too, and not a system flag.
    pub const FORWARDED: &str = "$forwarded";

    /// Whatever its case. Nothing is checked: an IMAP server may have any atom as a keyword (RFC 9051, section 2.3.2).
    pub fn new(text: &str) -> Self {
        Self(text.to_ascii_lowercase())
    }

    /// The keyword for an IMAP flag (RFC 9051, section 2.3.2); `None` for those that are not kept:
    /// `\Recent` is the session's and `\Deleted` is not a property that RFC 8621 shows.
    pub fn from_imap(flag: &str) -> Option<Self> {
        match flag.to_ascii_lowercase().as_str() {
            "\\seen" => Some(Self::new(Self::SEEN)),
            "\\flagged" => Some(Self::new(Self::FLAGGED)),
            "\\answered" => Some(Self::new(Self::ANSWERED)),
            "\\draft" => Some(Self::new(Self::DRAFT)),
            other if other.starts_with('\\') => None,
            other => Some(Self::new(other)),
        }
    }

    /// How IMAP writes it.
    pub fn to_imap(&self) -> &str {
        match self.0.as_str() {
            Self::SEEN => "\\Seen",
            Self::FLAGGED => "\\Flagged",
            Self::ANSWERED => "\\Answered",
            Self::DRAFT => "\\Draft",
            other => other,
        }
    }

    /// In lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A set of keywords.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keywords(BTreeSet<Keyword>);

impl Keywords {
    /// Of a letter that nobody has marked.
    pub fn none() -> Self {
        Self::default()
    }

    /// Of a letter that has this one, in any case, and no other.
    pub fn only(keyword: &str) -> Self {
        Self::none().with(keyword)
    }

    /// These, and one more in any case.
    pub fn with(mut self, keyword: &str) -> Self {
        self.0.insert(Keyword::new(keyword));
        self
    }

    /// Whether this one is among them, in any case.
    pub fn has(&self, keyword: &str) -> bool {
        self.0.contains(&Keyword::new(keyword))
    }

    /// Gives whether it was not among them.
    pub fn insert(&mut self, keyword: Keyword) -> bool {
        self.0.insert(keyword)
    }

    /// Gives whether it was among them.
    pub fn remove(&mut self, keyword: &Keyword) -> bool {
        self.0.remove(keyword)
    }

    /// [`Keywords::has`] for a keyword that is one already.
    pub fn contains(&self, keyword: &Keyword) -> bool {
        self.0.contains(keyword)
    }

    /// By the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = &Keyword> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Keyword> for Keywords {
    fn from_iter<I: IntoIterator<Item = Keyword>>(keywords: I) -> Self {
        Self(keywords.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_flags_go_to_imap_and_back_whatever_their_case() {
        for (imap, keyword) in [
            ("\\SEEN", "$seen"),
            ("\\Flagged", "$flagged"),
            ("$Forwarded", "$forwarded"),
        ] {
            assert_eq!(
                Keyword::from_imap(imap).unwrap().as_str(),
                keyword,
                "{imap} has one keyword"
            );
        }
        assert_eq!(
            Keyword::new("$SEEN").to_imap(),
            "\\Seen",
            "a keyword's case does not matter"
        );
    }

    #[test]
    fn recent_and_deleted_are_not_keywords() {
        assert_eq!(Keyword::from_imap("\\Recent"), None, "it belongs to the session");
        assert_eq!(
            Keyword::from_imap("\\Deleted"),
            None,
            "it is on the way out, not a property"
        );
    }
}
