//! The files of a letter as the store lists them: written when the letter is read, shown without opening it. What stands there is for
//! lists; whoever opens a file looks at its octets once more.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use waxwing_mime::{Danger, Letter};
use waxwing_store::ListedFile;

use super::attachments::{Attachment, Seen, rows};
use super::render::shown_ids;
use super::shows::Shows;

const DANGERS: [Danger; 10] = [
    Danger::Program,
    Danger::Macros,
    Danger::Page,
    Danger::Disk,
    Danger::Disguised,
    Danger::Contradicted,
    Danger::HiddenProgram,
    Danger::Packed,
    Danger::Locked,
    Danger::Closed,
];

const SHOWS: [Shows; 11] = [
    Shows::Picture,
    Shows::Undrawn,
    Shows::Film,
    Shows::Sound,
    Shows::Pdf,
    Shows::Words,
    Shows::Text,
    Shows::Letter,
    Shows::Letters,
    Shows::Archive,
    Shows::Nothing,
];

/// The word for a danger; between several stands a space. Whoever adds one here adds it to [`DANGERS`], or no list knows it again.
fn word(danger: Danger) -> &'static str {
    match danger {
        Danger::Program => "program",
        Danger::Macros => "macros",
        Danger::Page => "page",
        Danger::Disk => "disk",
        Danger::Disguised => "disguised",
        Danger::Contradicted => "contradicted",
        Danger::HiddenProgram => "hidden-program",
        Danger::Packed => "packed",
        Danger::Locked => "locked",
        Danger::Closed => "closed",
    }
}

/// The word for how a window shows a file, and where it stands in a list by kinds. For [`SHOWS`] goes the same.
fn word_and_kind(shows: Shows) -> (&'static str, u8) {
    match shows {
        Shows::Picture => ("picture", 0),
        Shows::Undrawn => ("undrawn", 0),
        Shows::Film => ("film", 1),
        Shows::Sound => ("sound", 2),
        Shows::Pdf => ("pdf", 3),
        Shows::Words => ("words", 4),
        Shows::Text => ("text", 5),
        Shows::Letter => ("letter", 6),
        Shows::Letters => ("letters", 6),
        Shows::Archive => ("archive", 7),
        Shows::Nothing => ("nothing", 8),
    }
}

/// The files of a letter beside what its text shows. `absent`: its parts that are on the server alone, with about their octets.
pub(crate) fn listed_files(raw: &[u8], absent: &BTreeMap<String, u32>) -> Vec<ListedFile> {
    listed_files_of(raw, &waxwing_mime::parse(raw), absent)
}

/// The same of one that was read.
pub(super) fn listed_files_of(raw: &[u8], read: &Letter, absent: &BTreeMap<String, u32>) -> Vec<ListedFile> {
    // Hardly a letter has a wrapper, and nothing else asks.
    let named = OnceCell::new();
    let named = || named.get_or_init(|| shown_ids(raw, read));
    let seen = Seen {
        // An invitation is no file by itself, but stands beside the files of its letter here as there.
        own: &|file| file.shown || file.signature,
        wrapped: &|id| named().contains(id),
    };
    let files = rows(raw, read, &seen, absent, "");
    files.into_iter().map(listed).collect()
}

fn listed(file: Attachment) -> ListedFile {
    let (shows, kind) = word_and_kind(file.shows);
    let dangers: Vec<&str> = file.dangers.iter().map(|danger| word(*danger)).collect();
    ListedFile {
        kind: match file.media_type.split('/').next() {
            // What no window draws or plays is a picture, a film or a sound all the same.
            Some("image") => 0,
            Some("video") => 1,
            Some("audio") => 2,
            _ => kind,
        },
        shows: shows.to_owned(),
        dangers: dangers.join(" "),
        part: file.part,
        name: file.name,
        media_type: file.media_type,
        charset: file.charset,
        size: file.size,
        here: file.here,
    }
}

/// A file as it was listed.
pub(super) fn shown(file: ListedFile) -> Attachment {
    let shows = SHOWS
        .into_iter()
        .find(|shows| word_and_kind(*shows).0 == file.shows);
    let words = file.dangers.split_ascii_whitespace();
    let dangers = words.filter_map(|said| DANGERS.into_iter().find(|danger| word(*danger) == said));
    Attachment {
        shows: shows.unwrap_or(Shows::Nothing),
        dangers: dangers.collect(),
        part: file.part,
        name: file.name,
        media_type: file.media_type,
        charset: file.charset,
        size: file.size,
        here: file.here,
    }
}
