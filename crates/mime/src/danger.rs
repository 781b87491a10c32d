//! What may be dangerous about opening a file that came with a letter: what it is called, what it pretends to be called,
//! and how it begins. Nothing here opens anything, and nothing is said of files that may be looked at like any other.

mod kinds;

use crate::file_name::{self, ending};

/// Why a file is not opened without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Danger {
    /// It would run, or change what the computer trusts.
    Program,
    /// It is a document that can bring programs along.
    Macros,
    /// It is a page, which can ask for a password in somebody's name.
    Page,
    /// It is a disk in a file: what is in it is not asked about when it is opened.
    Disk,
    /// Its name is made to look like another one.
    Disguised,
    /// It begins like a program and is called something else.
    HiddenProgram,
}

/// Kinds that a disguise pretends to be.
const HARMLESS: [&str; 24] = [
    "avi", "bmp", "csv", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "mov", "mp3", "mp4", "odt",
    "pdf", "png", "ppt", "pptx", "rtf", "txt", "webp", "xls", "xlsx", "zip",
];

/// What there is to say of a file. `given` is its name as the sender wrote it, with all that is not seen in it; `start` are
/// its first octets, where they are here.
pub fn dangers(given: &str, start: &[u8]) -> Vec<Danger> {
    let name = file_name::safe(given).unwrap_or_default();
    let kind = ending(&name);
    let mut dangers: Vec<Danger> = kinds::of(&kind).into_iter().collect();
    if is_disguised(given, &name, !dangers.is_empty()) {
        dangers.push(Danger::Disguised);
    }
    if !dangers.contains(&Danger::Program) && begins_like_a_program(start) {
        dangers.push(Danger::HiddenProgram);
    }
    dangers
}

fn is_disguised(given: &str, name: &str, is_dangerous: bool) -> bool {
    // Marks that turn the direction of what follows (UAX #9): "gnp.exe" shows as "exe.png".
    let turns = given
        .chars()
        .any(|one| matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    // The true ending is pushed out of sight.
    let hides = given.contains("        ") || given.contains("\u{a0}\u{a0}\u{a0}\u{a0}");
    // Signs that look like the dot and are none.
    let false_dot = given
        .chars()
        .any(|one| matches!(one, '\u{2024}' | '\u{fe52}' | '\u{ff0e}' | '\u{a4f8}'));
    let double = is_dangerous
        && name
            .rsplit_once('.')
            .is_some_and(|(stem, _)| HARMLESS.contains(&ending(stem).as_str()));
    turns || hides || false_dot || double
}

/// Windows, Linux, those of Apple (Mach-O of 32 and 64 bits in both orders of octets, and several in one file, which Java begins
/// like), shortcuts of Windows, and scripts.
fn begins_like_a_program(start: &[u8]) -> bool {
    [
        &b"MZ"[..],
        b"\x7fELF",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xca\xfe\xba\xbe",
        b"\xca\xfe\xba\xbf",
        b"\x4c\x00\x00\x00\x01\x14\x02\x00",
        b"#!/",
    ]
    .iter()
    .any(|magic| start.starts_with(magic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_behind_their_tricks() {
        for (given, found) in [
            ("setup.EXE", vec![Danger::Program]),
            ("run.sh. ", vec![Danger::Program]),
            ("bill.pdf.scr", vec![Danger::Program, Danger::Disguised]),
            (
                "bill.pdf            .exe",
                vec![Danger::Program, Danger::Disguised],
            ),
            ("bill\u{202e}fdp.exe", vec![Danger::Program, Danger::Disguised]),
            ("photo\u{202e}gpj.png", vec![Danger::Disguised]),
            ("salary.xlsm", vec![Danger::Macros]),
            ("invoice.html", vec![Danger::Page]),
            ("invoice.pdf.html", vec![Danger::Page, Danger::Disguised]),
            ("scan.iso", vec![Danger::Disk]),
            ("bill\u{2024}pdf.exe", vec![Danger::Program, Danger::Disguised]),
        ] {
            assert_eq!(dangers(given, b""), found, "{given:?}");
        }
    }

    #[test]
    fn nothing_is_said_of_what_may_be_looked_at() {
        for given in [
            "bill.pdf",
            "photo.jpeg",
            "README",
            "notes.v2.txt",
            "archive.tar.gz",
            "plan 3. final.docx",
            "",
        ] {
            assert_eq!(dangers(given, b"%PDF-1.7"), [], "{given}");
        }
    }

    #[test]
    fn a_program_is_known_by_how_it_begins() {
        assert_eq!(dangers("bill.pdf", b"MZ\x90\x00"), [Danger::HiddenProgram]);
        assert_eq!(
            dangers("bill.exe", b"MZ\x90\x00"),
            [Danger::Program],
            "once is enough"
        );
        for begins in [
            &b"#!/bin/sh\n"[..],
            b"\xce\xfa\xed\xfe\x07",
            b"\xca\xfe\xba\xbf\x00",
        ] {
            assert_eq!(
                dangers("notes.txt", begins),
                [Danger::HiddenProgram],
                "{begins:?}"
            );
        }
    }
}
