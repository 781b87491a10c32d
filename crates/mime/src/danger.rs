//! What may be dangerous about opening a file that came with a letter: what it is called, what it pretends to be called,
//! and how it begins. Nothing here opens anything, and nothing is said of files that may be looked at like any other.

mod contradiction;
mod disguise;
mod kinds;
#[cfg(test)]
mod table;

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
    /// It is said to be one kind of file, and its name says another.
    Contradicted,
    /// It begins like a program and is called something else.
    HiddenProgram,
    /// It is an archive, and something in it is one of these.
    Packed,
    /// It is an archive, and something in it is encrypted: nobody can look into it.
    Locked,
    /// It is an archive of a kind that cannot be looked into here, or not wholly.
    Closed,
}

/// What there is to say of a file. `given` is its name as the sender wrote it, with all that is not seen in it; `media_type` is what the
/// sender says that it is; `start` are its first octets, where they are here. What is in an archive is said elsewhere
/// ([`look_into`](crate::look_into)).
pub fn dangers(given: &str, media_type: &str, start: &[u8]) -> Vec<Danger> {
    let name = file_name::safe(given).unwrap_or_default();
    let kind = ending(&name);
    let by_kind = kinds::of(&kind);
    let mut dangers: Vec<Danger> = by_kind.into_iter().collect();
    if disguise::is_disguised(given, &name, by_kind.is_some()) {
        dangers.push(Danger::Disguised);
    }
    if contradiction::is_one(media_type, &kind, by_kind, start) {
        dangers.push(Danger::Contradicted);
    }
    if !dangers.contains(&Danger::Program) && begins_like_a_program(start) {
        dangers.push(Danger::HiddenProgram);
    }
    dangers
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
            assert_eq!(dangers(given, "", b""), found, "{given:?}");
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
            assert_eq!(dangers(given, "", b"%PDF-1.7"), [], "{given}");
        }
    }

    #[test]
    fn a_program_is_known_by_how_it_begins() {
        assert_eq!(dangers("bill.pdf", "", b"MZ\x90\x00"), [Danger::HiddenProgram]);
        assert_eq!(
            dangers("bill.exe", "", b"MZ\x90\x00"),
            [Danger::Program],
            "once is enough"
        );
        for begins in [
            &b"#!/bin/sh\n"[..],
            b"\xce\xfa\xed\xfe\x07",
            b"\xca\xfe\xba\xbf\x00",
        ] {
            assert_eq!(
                dangers("notes.txt", "", begins),
                [Danger::HiddenProgram],
                "{begins:?}"
            );
        }
    }
}
