//! What kind of file an attachment is, in the words by which people look for one, and whether there is text in it.

use crate::file_name::ending;

/// How the text of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// It is text.
    Text,
    Html,
    Pdf,
    /// A package of XML files, as Word and LibreOffice write them.
    Office,
    /// Rich text (RTF).
    Rich,
    /// A letter of its own.
    Letter,
    /// Several in one file (mbox).
    Letters,
}

/// Words by which the kind is found: `pdf`, `image`, `spreadsheet`, and the ending of its name.
pub(crate) fn words(media_type: &str, name: &str) -> String {
    let ending = ending(name);
    let (kind, subtype) = media_type.split_once('/').unwrap_or((media_type, ""));
    let mut words: Vec<&str> = match ending.as_str() {
        "pdf" => vec!["pdf", "document"],
        "doc" | "docx" | "docm" | "dotx" | "odt" | "ott" | "rtf" | "pages" => vec!["document", "word"],
        "xls" | "xlsx" | "xlsm" | "xltx" | "ods" | "csv" | "tsv" | "numbers" => {
            vec!["spreadsheet", "excel", "table"]
        }
        "ppt" | "pptx" | "pptm" | "ppsx" | "odp" | "key" => vec!["presentation", "powerpoint", "slides"],
        "zip" | "tar" | "gz" | "tgz" | "bz2" | "xz" | "7z" | "rar" => vec!["archive"],
        "ics" => vec!["calendar"],
        "vcf" => vec!["contact"],
        "eml" => vec!["letter", "mail"],
        "mbox" => vec!["letter", "mail", "archive"],
        // One kind of file with two endings.
        "jpg" | "jpeg" => vec!["image", "jpg", "jpeg"],
        "tif" | "tiff" => vec!["image", "tif", "tiff"],
        "png" | "gif" | "webp" | "heic" | "heif" | "avif" | "bmp" | "svg" => vec!["image"],
        "mp3" | "m4a" | "wav" | "ogg" | "opus" | "flac" | "aac" => vec!["audio"],
        "mp4" | "mov" | "m4v" | "mkv" | "webm" | "avi" => vec!["video"],
        _ => Vec::new(),
    };
    match kind {
        "image" | "audio" | "video" | "text" => words.push(kind),
        "message" => words.push("letter"),
        _ => {}
    }
    match subtype {
        "pdf" => words.extend(["pdf", "document"]),
        "calendar" => words.push("calendar"),
        "zip" => words.extend(["zip", "archive"]),
        short if short.len() <= 12 && short.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            words.push(short)
        }
        _ => {}
    }
    if ending.len() <= 8 {
        words.push(&ending);
    }
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// How its text is read, if it can be.
pub(crate) fn reader(media_type: &str, name: &str) -> Option<Reader> {
    let by_name = match ending(name).as_str() {
        "pdf" => Some(Reader::Pdf),
        "docx" | "docm" | "dotx" | "xlsx" | "xlsm" | "xltx" | "pptx" | "pptm" | "ppsx" | "odt" | "ods"
        | "odp" | "odg" | "ott" => Some(Reader::Office),
        "txt" | "md" | "csv" | "tsv" | "log" | "json" | "xml" | "ics" | "vcf" | "tex" | "diff" | "patch" => {
            Some(Reader::Text)
        }
        "html" | "htm" => Some(Reader::Html),
        "rtf" => Some(Reader::Rich),
        // Many programs send them as octets and nothing else.
        "eml" => Some(Reader::Letter),
        "mbox" => Some(Reader::Letters),
        _ => None,
    };
    by_name.or_else(|| match media_type {
        "application/pdf" => Some(Reader::Pdf),
        "text/html" => Some(Reader::Html),
        "text/rtf" | "application/rtf" | "application/x-rtf" => Some(Reader::Rich),
        "message/rfc822" | "message/global" => Some(Reader::Letter),
        "application/mbox" | "application/x-mbox" | "text/mbox" | "text/x-mbox" => Some(Reader::Letters),
        text if text.starts_with("text/") => Some(Reader::Text),
        office
            if office.starts_with("application/vnd.openxmlformats-officedocument.")
                || office.starts_with("application/vnd.oasis.opendocument.") =>
        {
            Some(Reader::Office)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_what_it_is_and_by_how_it_ends() {
        for (media_type, name, expected, reader_of) in [
            ("application/pdf", "plan", "document pdf", Some(Reader::Pdf)),
            (
                "application/octet-stream",
                "Plan.PDF",
                "document pdf",
                Some(Reader::Pdf),
            ),
            ("image/jpeg", "boat.jpg", "image jpeg jpg", None),
            (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "Berths.xlsx",
                "excel spreadsheet table xlsx",
                Some(Reader::Office),
            ),
            ("image/jpeg", "boat.jpeg", "image jpeg jpg", None),
            ("application/octet-stream", "IMG_4711.HEIC", "heic image", None),
            ("application/octet-stream", "call.m4a", "audio m4a", None),
            ("application/octet-stream", "quay.mov", "mov video", None),
            ("audio/mp4", "call.m4a", "audio m4a mp4", None),
            ("application/zip", "all.zip", "archive zip", None),
            (
                "message/rfc822",
                "Forwarded",
                "letter rfc822",
                Some(Reader::Letter),
            ),
            (
                "text/calendar",
                "invite.ics",
                "calendar ics text",
                Some(Reader::Text),
            ),
            (
                "application/octet-stream",
                "Talk.ppsx",
                "powerpoint ppsx presentation slides",
                Some(Reader::Office),
            ),
            (
                "application/octet-stream",
                "Fwd.EML",
                "eml letter mail",
                Some(Reader::Letter),
            ),
            (
                "application/octet-stream",
                "2019.mbox",
                "archive letter mail mbox",
                Some(Reader::Letters),
            ),
            (
                "application/msword",
                "Minutes.rtf",
                "document msword rtf word",
                Some(Reader::Rich),
            ),
            ("text/rtf", "minutes", "rtf text", Some(Reader::Rich)),
        ] {
            assert_eq!(words(media_type, name), expected, "{media_type} {name}");
            assert_eq!(reader(media_type, name), reader_of, "{media_type} {name}");
        }
    }
}
