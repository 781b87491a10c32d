//! The files of a letter as the store lists them: written when the letter is read, shown without opening it. What stands there is for
//! lists; whoever opens a file looks at its octets once more.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use waxwing_mime::Danger;
use waxwing_store::ListedFile;

use super::attachments::{Attachment, Seen, rows};
use super::render::shown_ids;
use super::shows::Shows;

/// The words for dangers, between which stands a space.
const DANGERS: [(Danger, &str); 10] = [
    (Danger::Program, "program"),
    (Danger::Macros, "macros"),
    (Danger::Page, "page"),
    (Danger::Disk, "disk"),
    (Danger::Disguised, "disguised"),
    (Danger::Contradicted, "contradicted"),
    (Danger::HiddenProgram, "hidden-program"),
    (Danger::Packed, "packed"),
    (Danger::Locked, "locked"),
    (Danger::Closed, "closed"),
];

/// The words for how a window shows a file, and which kind stands where in a list by kinds.
const SHOWS: [(Shows, &str, u8); 11] = [
    (Shows::Picture, "picture", 0),
    (Shows::Undrawn, "undrawn", 0),
    (Shows::Film, "film", 1),
    (Shows::Sound, "sound", 2),
    (Shows::Pdf, "pdf", 3),
    (Shows::Words, "words", 4),
    (Shows::Text, "text", 5),
    (Shows::Letter, "letter", 6),
    (Shows::Letters, "letters", 6),
    (Shows::Archive, "archive", 7),
    (Shows::Nothing, "nothing", 8),
];

/// The files of a letter beside what its text shows. `absent`: its parts that are on the server alone, with about their octets.
pub(crate) fn listed_files(raw: &[u8], absent: &BTreeMap<String, u32>) -> Vec<ListedFile> {
    let read = waxwing_mime::parse(raw);
    // Hardly a letter has a wrapper, and nothing else asks.
    let named = OnceCell::new();
    let named = || named.get_or_init(|| shown_ids(raw, &read));
    let seen = Seen {
        // An invitation is no file by itself, but stands beside the files of its letter here as there.
        own: &|file| file.shown || file.signature,
        wrapped: &|id| named().contains(id),
    };
    let files = rows(raw, &read, &seen, absent, "");
    files.into_iter().map(listed).collect()
}

fn listed(file: Attachment) -> ListedFile {
    let of_it = SHOWS.iter().find(|(shows, ..)| *shows == file.shows);
    let (shows, kind) = of_it.map_or(("nothing", 8), |(_, word, kind)| (*word, *kind));
    let dangers = DANGERS.iter().filter(|(danger, _)| file.dangers.contains(danger));
    let dangers: Vec<&str> = dangers.map(|(_, word)| *word).collect();
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
    let shows = SHOWS.iter().find(|(_, word, _)| *word == file.shows);
    let words = file.dangers.split_ascii_whitespace();
    let dangers = words.filter_map(|word| DANGERS.iter().find(|(_, known)| *known == word));
    Attachment {
        shows: shows.map_or(Shows::Nothing, |(shows, ..)| *shows),
        dangers: dangers.map(|(danger, _)| *danger).collect(),
        part: file.part,
        name: file.name,
        media_type: file.media_type,
        charset: file.charset,
        size: file.size,
        here: file.here,
    }
}
