//! The names and kinds by which letters bring what may do harm, each as it was seen or could be, and what is said of it.

use super::Danger::{self, Contradicted, Disguised, Disk, HiddenProgram, Macros, Page, Program};
use super::dangers;
use crate::safe_file_name;

/// The name as it was sent, the kind that was said, the first octets, what is said, and the name that is shown and saved.
type Case = (
    &'static str,
    &'static str,
    &'static [u8],
    &'static [Danger],
    &'static str,
);

const CASES: &[Case] = &[
    // The true ending is pushed out of sight.
    (
        "bill.pdf                    .exe",
        "",
        b"",
        &[Program, Disguised],
        "bill.pdf .exe",
    ),
    ("bill.pdf   .scr", "", b"", &[Program, Disguised], "bill.pdf .scr"),
    (
        "bill.pdf\u{a0}\u{a0}\u{a0}\u{a0}.exe",
        "",
        b"",
        &[Program, Disguised],
        "bill.pdf .exe",
    ),
    (
        "bill.pdf\u{2800}\u{2800}\u{2800}.exe",
        "",
        b"",
        &[Program, Disguised],
        "bill.pdf .exe",
    ),
    (
        "bill.pdf\u{3164}\u{3164}\u{3164}.exe",
        "",
        b"",
        &[Program, Disguised],
        "bill.pdf .exe",
    ),
    (
        "bill\u{3000}\u{3000}\u{3000}.pdf",
        "",
        b"",
        &[Disguised],
        "bill .pdf",
    ),
    (
        "bill.pdf__________________.exe",
        "",
        b"",
        &[Program, Disguised],
        "bill.pdf__________________.exe",
    ),
    // Dots and blanks at the end, which Windows drops.
    ("setup.exe.", "", b"", &[Program], "setup.exe"),
    ("setup.exe. . .", "", b"", &[Program], "setup.exe"),
    ("bill.pdf.exe...", "", b"", &[Program, Disguised], "bill.pdf.exe"),
    // A name that ends for one program where it goes on for another.
    ("bill.pdf\0.exe", "", b"", &[Program, Disguised], "bill.pdf.exe"),
    ("bill.exe\0.pdf", "", b"", &[Disguised], "bill.exe.pdf"),
    // What looks like a dot and is none.
    (
        "bill\u{2024}pdf.exe",
        "",
        b"",
        &[Program, Disguised],
        "bill\u{2024}pdf.exe",
    ),
    (
        "bill.exe\u{ff0e}pdf",
        "",
        b"",
        &[Disguised],
        "bill.exe\u{ff0e}pdf",
    ),
    ("bill\u{a60e}exe", "", b"", &[Disguised], "bill\u{a60e}exe"),
    ("bill\u{3002}exe", "", b"", &[Disguised], "bill\u{3002}exe"),
    (
        "bill\u{b7}pdf.exe",
        "",
        b"",
        &[Program, Disguised],
        "bill\u{b7}pdf.exe",
    ),
    // The ending is parted by what nobody sees.
    ("bill.e\u{ad}xe", "", b"", &[Program, Disguised], "bill.exe"),
    ("bill.e\u{200b}xe", "", b"", &[Program, Disguised], "bill.exe"),
    ("bill.ex\u{200d}e", "", b"", &[Program, Disguised], "bill.exe"),
    (
        "bill.pdf.l\u{200c}nk",
        "",
        b"",
        &[Program, Disguised],
        "bill.pdf.lnk",
    ),
    ("bill.p\u{ad}df", "", b"", &[Disguised], "bill.pdf"),
    (
        "bill.\u{2060}js\u{feff}",
        "",
        b"",
        &[Program, Disguised],
        "bill.js",
    ),
    ("bill.exe\u{fe0f}", "", b"", &[Program, Disguised], "bill.exe"),
    // Direction.
    (
        "bill\u{202e}fdp.exe",
        "",
        b"",
        &[Program, Disguised],
        "billfdp.exe",
    ),
    (
        "photo\u{2067}gpj.scr",
        "",
        b"",
        &[Program, Disguised],
        "photogpj.scr",
    ),
    ("bill.\u{200f}exe", "", b"", &[Program, Disguised], "bill.exe"),
    // Letters of other alphabets.
    ("bill.\u{440}df", "", b"", &[Disguised], "bill.\u{440}df"),
    (
        "bill.\u{ff45}\u{ff58}\u{ff45}",
        "",
        b"",
        &[Disguised],
        "bill.\u{ff45}\u{ff58}\u{ff45}",
    ),
    // Kinds that run or connect.
    ("bill.pdf.lnk", "", b"", &[Program, Disguised], "bill.pdf.lnk"),
    ("bill.lnk", "", b"L\0\0\0\x01\x14\x02\0", &[Program], "bill.lnk"),
    ("share.scf", "", b"", &[Program], "share.scf"),
    ("bank.url", "", b"", &[Program], "bank.url"),
    ("files.library-ms", "", b"", &[Program], "files.library-ms"),
    ("files.search-ms", "", b"", &[Program], "files.search-ms"),
    (
        "files.searchConnector-ms",
        "",
        b"",
        &[Program],
        "files.searchConnector-ms",
    ),
    ("app.appref-ms", "", b"", &[Program], "app.appref-ms"),
    ("app.desktop", "text/plain", b"", &[Program], "app.desktop"),
    (
        "app.jar",
        "application/java-archive",
        b"PK\x03\x04",
        &[Program],
        "app.jar",
    ),
    ("app.msix", "", b"", &[Program], "app.msix"),
    ("sums.xll", "", b"", &[Program], "sums.xll"),
    ("words.wll", "", b"", &[Program], "words.wll"),
    ("plug.vsto", "", b"", &[Program], "plug.vsto"),
    ("more.oxt", "", b"", &[Program], "more.oxt"),
    ("keys.ahk", "", b"", &[Program], "keys.ahk"),
    ("run.flatpak", "", b"", &[Program], "run.flatpak"),
    ("go.shortcut", "", b"", &[Program], "go.shortcut"),
    // Documents that bring programs along.
    ("salary.docm", "", b"PK\x03\x04", &[Macros], "salary.docm"),
    (
        "salary.docx.docm",
        "",
        b"",
        &[Macros, Disguised],
        "salary.docx.docm",
    ),
    ("notes.one", "", b"", &[Macros], "notes.one"),
    ("notes.onepkg", "", b"", &[Macros], "notes.onepkg"),
    ("help.chm", "", b"", &[Macros], "help.chm"),
    ("sums.xla", "", b"", &[Macros], "sums.xla"),
    ("base.accde", "", b"", &[Macros], "base.accde"),
    // Pages, which may have scripts.
    ("map.svg", "image/svg+xml", b"<svg><script>", &[Page], "map.svg"),
    ("sign in.html", "text/html", b"<script>", &[Page], "sign in.html"),
    (
        "bill.pdf.htm",
        "text/html",
        b"",
        &[Page, Disguised],
        "bill.pdf.htm",
    ),
    // Disks.
    ("disk.vhd", "", b"", &[Disk], "disk.vhd"),
    ("disk.vhdx", "", b"", &[Disk], "disk.vhdx"),
    (
        "bill.pdf.iso",
        "application/x-iso9660-image",
        b"",
        &[Disk, Disguised],
        "bill.pdf.iso",
    ),
    ("disk.sparseimage", "", b"", &[Disk], "disk.sparseimage"),
    // The kind that is said is another one than the name says.
    ("x.exe", "image/png", b"", &[Program, Contradicted], "x.exe"),
    ("x.html", "image/jpeg", b"", &[Page, Contradicted], "x.html"),
    ("x.svg", "image/png", b"", &[Page, Contradicted], "x.svg"),
    (
        "bill.lnk",
        "application/pdf",
        b"",
        &[Program, Contradicted],
        "bill.lnk",
    ),
    (
        "bill.iso",
        "application/pdf",
        b"",
        &[Disk, Contradicted],
        "bill.iso",
    ),
    (
        "x.png",
        "application/x-msdownload",
        b"MZ\x90",
        &[Contradicted, HiddenProgram],
        "x.png",
    ),
    ("x.png", "application/x-msdownload", b"", &[Contradicted], "x.png"),
    ("x.png", "application/x-msdownload", b"\x89PNG\r\n", &[], "x.png"),
    (
        "bill.pdf",
        "application/x-msdownload",
        b"%PDF-1.7",
        &[],
        "bill.pdf",
    ),
    (
        "bill.pdf",
        "application/hta",
        b"<script>",
        &[Contradicted],
        "bill.pdf",
    ),
    ("bill.pdf", "application/pdf", b"MZ", &[HiddenProgram], "bill.pdf"),
    // What looks odd and is not.
    ("run.sh", "text/plain", b"", &[Program], "run.sh"),
    ("plan 3. final.docx", "", b"PK\x03\x04", &[], "plan 3. final.docx"),
    ("Brief an Dr.M\u{fc}ller", "", b"", &[], "Brief an Dr.M\u{fc}ller"),
    (
        "\u{1f469}\u{200d}\u{1f4bb}.pdf",
        "application/pdf",
        b"%PDF-",
        &[],
        "\u{1f469}\u{200d}\u{1f4bb}.pdf",
    ),
    (
        "\u{646}\u{627}\u{645}\u{647}\u{200c}\u{647}\u{627}.pdf",
        "",
        b"",
        &[],
        "\u{646}\u{627}\u{645}\u{647}\u{200c}\u{647}\u{627}.pdf",
    ),
    ("col\u{b7}legi.pdf", "", b"", &[], "col\u{b7}legi.pdf"),
    (
        "\u{5b8c}\u{4e86}\u{3002}.docx",
        "",
        b"",
        &[],
        "\u{5b8c}\u{4e86}\u{3002}.docx",
    ),
    (
        "\u{43e}\u{442}\u{447}\u{451}\u{442}.pdf",
        "",
        b"",
        &[],
        "\u{43e}\u{442}\u{447}\u{451}\u{442}.pdf",
    ),
    // "1. Offer", and the first form of section 2.
    (
        "１．見積書.pdf",
        "application/pdf",
        b"%PDF-",
        &[],
        "１．見積書.pdf",
    ),
    (
        "様式２．１．docx案.docx",
        "",
        b"PK\x03\x04",
        &[],
        "様式２．１．docx案.docx",
    ),
    ("two  spaces.txt", "", b"", &[], "two spaces.txt"),
    (
        "data.bin.pdf",
        "application/octet-stream",
        b"%PDF-",
        &[],
        "data.bin.pdf",
    ),
];

#[test]
fn each_trick_is_told_and_what_is_none_is_not() {
    for (given, media_type, start, told, name) in CASES {
        assert_eq!(
            dangers(given, media_type, start),
            *told,
            "{given:?}, said to be {media_type:?}, which begins with {start:?}"
        );
        assert_eq!(
            safe_file_name(given).as_deref(),
            Some(*name),
            "the name of {given:?}"
        );
    }
}

/// A name is looked at twice: as it was sent, and as it is shown. The second look must not say less of what the file is.
#[test]
fn the_name_that_is_saved_is_as_dangerous_as_the_one_that_was_sent() {
    for (given, media_type, start, told, name) in CASES {
        let again = dangers(name, media_type, start);
        for danger in told.iter().filter(|danger| **danger != Disguised) {
            assert!(
                again.contains(danger),
                "{danger:?} of {given:?} is gone from {name:?}"
            );
        }
    }
}
