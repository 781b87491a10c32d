//! How the window can show a file by itself: said by what it is, and where that says nothing by what it is called.

use waxwing_mime::Danger;

/// How the window can show a file by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    Picture,
    Text,
    /// Pages.
    Pdf,
    Sound,
    Film,
    /// A letter.
    Letter,
    /// Several letters in one file.
    Letters,
    /// Its words, without its look.
    Words,
    /// A list of what is in it, or that nobody can look into it.
    Archive,
    /// That it is a picture which no window here draws.
    Undrawn,
    /// Not at all.
    Nothing,
}

/// A picture by its octets; anything else by its type, or where that says nothing by its name. What is called a picture and
/// is none is shown as nothing but a file.
pub(super) fn shows(media_type: &str, name: &str, is_picture: bool, dangers: &[Danger]) -> Shows {
    if is_picture {
        return Shows::Picture;
    }
    let shown = by_type_or_name(media_type, name);
    let runs = |danger: &Danger| matches!(danger, Danger::Program | Danger::HiddenProgram);
    match shown {
        // A script may be read. All else that runs is nothing that its type or name says, and its octets would be looked at in vain.
        Shows::Text => Shows::Text,
        _ if dangers.iter().any(runs) => Shows::Nothing,
        shown => shown,
    }
}

fn by_type_or_name(media_type: &str, name: &str) -> Shows {
    if waxwing_mime::is_archive(media_type, name) {
        return Shows::Archive;
    }
    // Rich text is called a text, and nobody reads it as one.
    if waxwing_mime::has_words(media_type, name) {
        return Shows::Words;
    }
    if is_undrawn(media_type, name) {
        return Shows::Undrawn;
    }
    let by_name = super::inspect::media_type_for(name);
    let is_known = by_name != "application/octet-stream" && !by_name.starts_with("image/");
    let told = match media_type {
        "application/octet-stream" | "application/x-unknown" | "text/plain" if is_known => by_name,
        told => told,
    };
    match told {
        "message/rfc822" | "message/global" => Shows::Letter,
        "application/mbox" | "application/x-mbox" | "text/mbox" | "text/x-mbox" => Shows::Letters,
        _ if name.to_ascii_lowercase().ends_with(".mbox") => Shows::Letters,
        "application/pdf" | "application/x-pdf" => Shows::Pdf,
        // Under all the names that programs give them.
        "audio/mpeg" | "audio/mp3" | "audio/x-mp3" | "audio/ogg" | "application/ogg" | "audio/opus"
        | "audio/vorbis" | "audio/wav" | "audio/x-wav" | "audio/wave" | "audio/vnd.wave" | "audio/mp4"
        | "audio/m4a" | "audio/x-m4a" | "audio/aac" | "audio/x-aac" | "audio/flac" | "audio/x-flac"
        | "audio/webm" => Shows::Sound,
        "video/mp4" | "video/x-m4v" | "video/webm" | "video/ogg" | "video/quicktime" => Shows::Film,
        "application/json"
        | "application/xml"
        | "application/x-sh"
        | "application/x-patch"
        | "message/delivery-status"
        | "message/disposition-notification"
        | "message/feedback-report"
        | "message/global-delivery-status"
        | "message/global-disposition-notification"
        | "message/global-headers"
        | "message/rfc822-headers" => Shows::Text,
        // A page is a text too, and as a text it does nothing.
        kind if kind.starts_with("text/") => Shows::Text,
        kind if kind.ends_with("+json") || kind.ends_with("+xml") && !kind.starts_with("image/") => {
            Shows::Text
        }
        _ if is_called_text(name) => Shows::Text,
        _ => Shows::Nothing,
    }
}

/// Pictures of kinds that the web views of the three systems do not draw alike, or not at all: those of scanners, of telephones, of
/// cameras and of programs for drawing.
fn is_undrawn(media_type: &str, name: &str) -> bool {
    let by_name = || {
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase());
        ending.is_some_and(|ending| UNDRAWN.binary_search(&ending.as_str()).is_ok())
    };
    match media_type {
        "image/tiff"
        | "image/x-tiff"
        | "image/heic"
        | "image/heif"
        | "image/heic-sequence"
        | "image/heif-sequence"
        | "image/jxl"
        | "image/vnd.adobe.photoshop"
        | "image/x-photoshop"
        | "image/x-adobe-dng" => true,
        "application/octet-stream" | "application/x-unknown" => by_name(),
        other => other.starts_with("image/") && by_name(),
    }
}

/// In the order of their letters.
const UNDRAWN: &[&str] = &[
    "arw", "cr2", "cr3", "dng", "heic", "heif", "hif", "jxl", "nef", "psd", "raf", "tif", "tiff",
];

/// Texts that programs send as octets, or under types of their own, by their endings.
fn is_called_text(name: &str) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| TEXTS.binary_search(&ending.as_str()).is_ok())
}

/// In the order of their letters. Scripts that run are among the dangers, and are read all the same.
const TEXTS: &[&str] = &[
    "adoc",
    "asc",
    "bib",
    "c",
    "cc",
    "cfg",
    "conf",
    "cpp",
    "cs",
    "csh",
    "css",
    "csv",
    "diff",
    "geojson",
    "go",
    "gpx",
    "h",
    "hpp",
    "ini",
    "java",
    "js",
    "json",
    "jsonl",
    "kml",
    "kt",
    "log",
    "lua",
    "md",
    "mjs",
    "ndjson",
    "nfo",
    "patch",
    "php",
    "pl",
    "po",
    "properties",
    "ps1",
    "py",
    "r",
    "rb",
    "rs",
    "rst",
    "sh",
    "sql",
    "srt",
    "swift",
    "tex",
    "toml",
    "ts",
    "tsv",
    "tsx",
    "txt",
    "vbs",
    "vtt",
    "xml",
    "yaml",
    "yml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_whatever_programs_call_them() {
        assert!(
            TEXTS.is_sorted() && UNDRAWN.is_sorted(),
            "they are searched by halves"
        );
        for (media_type, name) in [
            ("application/octet-stream", "server.LOG"),
            ("application/octet-stream", "compose.yaml"),
            ("application/x-yaml", "compose.yml"),
            ("application/toml", "Cargo.toml"),
            ("application/octet-stream", "main.rs"),
            ("application/sql", "query.sql"),
            ("application/x-subrip", "film.srt"),
            ("application/geo+json", "harbour.geojson"),
            ("application/gpx+xml", "walk"),
            ("text/plain", "notes"),
        ] {
            assert_eq!(
                shows(media_type, name, false, &[]),
                Shows::Text,
                "{media_type} {name}"
            );
        }
        assert_eq!(shows("image/svg+xml", "map.svg", false, &[]), Shows::Nothing);
        assert_eq!(
            shows("application/octet-stream", "server", false, &[]),
            Shows::Nothing
        );
    }

    #[test]
    fn what_has_no_look_here_says_what_it_is() {
        for (media_type, name, shown) in [
            ("application/octet-stream", "scan.TIF", Shows::Undrawn),
            ("image/tiff", "fax", Shows::Undrawn),
            ("image/heic", "IMG_0001.HEIC", Shows::Undrawn),
            ("image/x-canon-cr2", "a.cr2", Shows::Undrawn),
            ("application/msword", "minutes.rtf", Shows::Words),
            ("text/rtf", "minutes", Shows::Words),
            ("application/octet-stream", "plan.docx", Shows::Words),
            ("application/zip", "plan.docx", Shows::Words),
            ("application/vnd.oasis.opendocument.text", "plan", Shows::Words),
            ("application/zip", "all.zip", Shows::Archive),
            ("application/octet-stream", "all.tar.gz", Shows::Archive),
            ("application/octet-stream", "all.7z", Shows::Archive),
            ("application/msword", "plan.doc", Shows::Nothing),
        ] {
            assert_eq!(shows(media_type, name, false, &[]), shown, "{media_type} {name}");
        }
        assert_eq!(
            shows("application/zip", "a.zip", false, &[Danger::HiddenProgram]),
            Shows::Nothing,
            "it is none"
        );
    }

    #[test]
    fn what_runs_is_shown_as_nothing_that_it_is_called() {
        for (media_type, name, dangers, shown) in [
            (
                "application/pdf",
                "Invoice.lnk",
                &[Danger::Program][..],
                Shows::Nothing,
            ),
            (
                "application/pdf",
                "fake.pdf",
                &[Danger::HiddenProgram],
                Shows::Nothing,
            ),
            ("video/mp4", "film.exe", &[Danger::Program], Shows::Nothing),
            ("text/plain", "run.sh", &[Danger::Program], Shows::Text),
            ("text/html", "page.html", &[Danger::Page], Shows::Text),
            (
                "application/pdf",
                "photo_gpj.pdf",
                &[Danger::Disguised],
                Shows::Pdf,
            ),
        ] {
            assert_eq!(shows(media_type, name, false, dangers), shown, "{name}");
        }
    }
}
