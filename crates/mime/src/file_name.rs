//! Names of attachments that are safe to save under, on every system.

use crate::visible;

/// Octets that file systems take for a name, with room for a " (2)".
const LENGTH_LIMIT: usize = 200;

/// The name without a path and without what some system cannot have in a name; `None` if nothing is left.
pub fn safe(given: &str) -> Option<String> {
    let name = visible::one_line(given);
    let last = name.rsplit(['/', '\\']).find(|piece| !piece.trim().is_empty())?;
    let replaced: String = last
        .chars()
        .map(|c| match c {
            ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if visible::is_filler(c) => ' ',
            c => c,
        })
        .collect();
    // A leading dot hides a file; Windows drops trailing dots and spaces.
    let trimmed = visible::collapse(&replaced);
    let unseen = |c: char| matches!(c, '.' | ' ') || visible::is_unseen(c);
    let trimmed = trimmed.trim_start_matches(['.', ' ']).trim_end_matches(unseen);
    if trimmed.is_empty() {
        return None;
    }
    let shortened = shorten(&with_seen_ending(trimmed));
    Some(if is_reserved(&shortened) {
        format!("_{shortened}")
    } else {
        shortened
    })
}

/// The name without what nobody sees in its ending: a file is of the kind that one reads there.
fn with_seen_ending(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().any(visible::is_unseen) => {
            let seen: String = ending.chars().filter(|c| !visible::is_unseen(*c)).collect();
            format!("{stem}.{seen}")
        }
        _ => name.to_owned(),
    }
}

/// A name for a part that has none.
pub(crate) fn invented(media_type: &str, section: &str) -> String {
    let ending = EXTENSIONS
        .iter()
        .find(|(known, _)| *known == media_type)
        .map(|(_, ending)| *ending);
    let ending = ending.unwrap_or(if media_type.starts_with("text/") {
        "txt"
    } else {
        "bin"
    });
    let stem = match media_type.split('/').next() {
        Some("image") => "image",
        Some("audio") => "sound",
        Some("video") => "video",
        Some("message") if matches!(media_type, "message/rfc822" | "message/global" | "message/news") => {
            "letter"
        }
        Some("message") if media_type.ends_with("headers") => "header",
        Some("message") => "report",
        Some("text") if media_type == "text/calendar" => "invitation",
        _ => "attachment",
    };
    format!("{stem}-{section}.{ending}")
}

const EXTENSIONS: [(&str, &str); 32] = [
    ("application/gzip", "gz"),
    ("application/json", "json"),
    ("application/ms-tnef", "dat"),
    ("application/pdf", "pdf"),
    ("application/pgp-encrypted", "asc"),
    ("application/pgp-keys", "asc"),
    ("application/pgp-signature", "asc"),
    ("application/pkcs7-mime", "p7m"),
    ("application/pkcs7-signature", "p7s"),
    ("application/zip", "zip"),
    ("audio/mpeg", "mp3"),
    ("image/gif", "gif"),
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("image/webp", "webp"),
    ("message/delivery-status", "txt"),
    ("message/disposition-notification", "txt"),
    ("message/feedback-report", "txt"),
    ("message/global", "eml"),
    ("message/global-delivery-status", "txt"),
    ("message/global-disposition-notification", "txt"),
    ("message/global-headers", "txt"),
    ("message/news", "eml"),
    ("message/rfc822", "eml"),
    ("message/rfc822-headers", "txt"),
    ("message/tracking-status", "txt"),
    ("text/calendar", "ics"),
    ("text/csv", "csv"),
    ("text/html", "html"),
    ("text/plain", "txt"),
    ("video/mp4", "mp4"),
];

/// Cuts in the middle, so that the ending stays.
fn shorten(name: &str) -> String {
    if name.len() <= LENGTH_LIMIT {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 20 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut kept = String::new();
    for c in stem.chars() {
        if kept.len() + c.len_utf8() + ending.len() > LENGTH_LIMIT {
            break;
        }
        kept.push(c);
    }
    kept + &ending
}

/// Names that are devices on Windows, with whatever ending.
fn is_reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_uppercase();
    let numbered = |kind: &str| {
        let mut number = stem.strip_prefix(kind).unwrap_or_default().chars();
        // Windows takes the small ones of Latin-1 for digits too.
        matches!(
            (number.next(), number.next()),
            (Some('0'..='9' | '¹' | '²' | '³'), None)
        )
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
        || numbered("COM")
        || numbered("LPT")
}

/// What stands behind the last dot, in lower case.
pub(crate) fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, ending)| ending.trim().to_ascii_lowercase())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leads_out_of_the_folder() {
        for (given, name) in [
            ("plan.pdf", Some("plan.pdf")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Users\\lena\\plan.pdf", Some("plan.pdf")),
            ("..", None),
            ("/", None),
            (" \u{202e}", None),
            (".bashrc", Some("bashrc")),
            ("a:b*c?.txt ", Some("a_b_c_.txt")),
            ("nul.txt", Some("_nul.txt")),
            ("COM1", Some("_COM1")),
            ("com².log", Some("_com².log")),
            ("conin$", Some("_conin$")),
            ("COM10", Some("COM10")),
            ("company.txt", Some("company.txt")),
            ("folder/", Some("folder")),
            ("invoice\u{202e}fdp.exe", Some("invoicefdp.exe")),
            ("grün 灯台.pdf", Some("grün 灯台.pdf")),
        ] {
            assert_eq!(safe(given).as_deref(), name, "{given:?}");
        }
    }

    #[test]
    fn parts_of_reports_have_names_that_say_what_they_are() {
        for (media_type, name) in [
            ("message/feedback-report", "report-1.txt"),
            ("message/disposition-notification", "report-1.txt"),
            ("message/global-delivery-status", "report-1.txt"),
            ("message/global-headers", "header-1.txt"),
            ("message/global", "letter-1.eml"),
            ("message/rfc822", "letter-1.eml"),
            ("message/partial", "report-1.bin"),
        ] {
            assert_eq!(invented(media_type, "1"), name);
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = safe(&format!("{}.pdf", "ü".repeat(500))).unwrap();
        assert!(
            name.len() <= LENGTH_LIMIT && name.ends_with("ü.pdf"),
            "cut between characters: {name}"
        );
    }
}
