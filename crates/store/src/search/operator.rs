//! The operators of a search: `from:` and its like, which look in one place of the index, and `has:`, `is:`, `in:`,
//! `after:` and their like, which ask for what a letter is. Pure: what day it is, and which folders there are, is the
//! store's to say.

use super::day::{Span, span};
use super::size::size;

/// A part of a letter that is indexed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    From,
    /// Whoever got it, copies and blind copies too.
    To,
    /// Whoever got a copy.
    Cc,
    Subject,
    Body,
    /// Names of attachments.
    FileName,
    /// What kind of files they are.
    Kind,
    /// The mailing list that it came by.
    List,
}

impl Place {
    /// The columns of the index, as FTS5's syntax writes them.
    pub(crate) fn columns(self) -> &'static str {
        match self {
            Self::From => "sender",
            Self::To => "{recipients copies}",
            Self::Cc => "copies",
            Self::Subject => "subject",
            Self::Body => "body",
            Self::FileName => "files",
            Self::Kind => "kinds",
            Self::List => "list",
        }
    }
}

/// What a letter must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    Attachment,
    Seen(bool),
    Starred,
    /// One of its keywords, in small letters.
    Keyword(String),
    /// In a folder of this name, or with this role.
    Folder(String),
    /// The same while its name is being typed.
    FolderLike(String),
    /// Of an account with this address or name.
    Account(String),
    AccountLike(String),
    /// The letter with this Message-ID, without angle brackets.
    MessageId(String),
    /// From the beginning of that day on.
    Since(Span),
    Before(Span),
    /// In the day, the month or the year.
    During(Span),
    /// Octets of the whole letter.
    Larger(i64),
    Smaller(i64),
}

/// What stands behind an operator's colon.
pub(crate) enum Meaning {
    In(Place),
    Is(Asked),
    /// The best matches first; it asks nothing of a letter.
    Best,
    /// It has no such value.
    Unknown(Wrong),
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Day,
    Size,
    /// None of the words that the operator knows.
    Word,
    /// No folder is called so.
    Folder,
    /// No account is.
    Account,
}

/// Names that stand in front of a colon, with what stands for the same.
const NAMES: [&str; 21] = [
    "from", "to", "cc", "subject", "body", "has", "filename", "type", "is", "in", "account", "tag", "list",
    "after", "before", "on", "older", "newer", "larger", "smaller", "id",
];
const SORT: &str = "sort";
/// The colon, and the one of keyboards for Chinese and Japanese.
const COLONS: [char; 2] = [':', '\u{ff1a}'];

/// The operator that the text begins with, where it goes on behind the colon, and how it goes on.
pub(crate) fn name(text: &str) -> (Option<&str>, &str) {
    let Some((head, tail)) = text.split_once(COLONS) else {
        return (None, text);
    };
    let is_one = NAMES
        .iter()
        .chain([&SORT])
        .any(|name| head.eq_ignore_ascii_case(name));
    let goes_on = tail.chars().next().is_some_and(|next| !next.is_whitespace());
    if is_one && goes_on {
        (Some(head), tail)
    } else {
        (None, text)
    }
}

/// Whether the text is an operator that nothing stands behind.
pub(crate) fn is_bare(text: &str) -> bool {
    text.strip_suffix(COLONS)
        .is_some_and(|name| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// What an operator means with this value. `typing`: the value may go on.
pub(crate) fn meaning(name: &str, value: &str, typing: bool) -> Meaning {
    let word = value.trim().to_lowercase();
    let known = |asked: Option<Asked>| asked.map_or(Meaning::Unknown(Wrong::Word), Meaning::Is);
    let day = |asked: fn(Span) -> Asked| {
        span(&word).map_or(Meaning::Unknown(Wrong::Day), |span| Meaning::Is(asked(span)))
    };
    let octets = |asked: fn(i64) -> Asked| {
        size(&word).map_or(Meaning::Unknown(Wrong::Size), |size| Meaning::Is(asked(size)))
    };
    let named = |whole: fn(String) -> Asked, like: fn(String) -> Asked| match word.as_str() {
        "" => Meaning::Unknown(Wrong::Word),
        _ if typing => Meaning::Is(like(word.clone())),
        _ => Meaning::Is(whole(word.clone())),
    };
    match name.to_ascii_lowercase().as_str() {
        "from" => Meaning::In(Place::From),
        "to" => Meaning::In(Place::To),
        "cc" => Meaning::In(Place::Cc),
        "subject" => Meaning::In(Place::Subject),
        "body" => Meaning::In(Place::Body),
        "filename" => Meaning::In(Place::FileName),
        "type" => Meaning::In(Place::Kind),
        "list" => Meaning::In(Place::List),
        "has" => known(matches!(word.as_str(), "attachment" | "attachments").then_some(Asked::Attachment)),
        "is" => known(state(&word)),
        "tag" => known((!word.is_empty()).then(|| keyword(&word))),
        "in" => named(Asked::Folder, Asked::FolderLike),
        "account" => named(Asked::Account, Asked::AccountLike),
        "id" => {
            let id = value.trim().trim_start_matches('<').trim_end_matches('>');
            known((!id.is_empty()).then(|| Asked::MessageId(id.to_owned())))
        }
        "after" | "newer" => day(Asked::Since),
        "before" | "older" => day(Asked::Before),
        "on" => day(Asked::During),
        "larger" => octets(Asked::Larger),
        "smaller" => octets(Asked::Smaller),
        SORT if word == "best" => Meaning::Best,
        _ => Meaning::Unknown(Wrong::Word),
    }
}

/// Two of them stand elsewhere than the others.
fn keyword(word: &str) -> Asked {
    match word {
        "$seen" => Asked::Seen(true),
        "$flagged" => Asked::Starred,
        other => Asked::Keyword(other.to_owned()),
    }
}

fn state(word: &str) -> Option<Asked> {
    Some(match word {
        "unread" => Asked::Seen(false),
        "read" => Asked::Seen(true),
        "starred" => Asked::Starred,
        "replied" | "answered" => Asked::Keyword("$answered".to_owned()),
        "forwarded" => Asked::Keyword("$forwarded".to_owned()),
        _ => return None,
    })
}
