//! What a file is said to be against what it is called. Programs open a file by its name, and whoever reads the letter may have been
//! told the kind: where the one is harmless and the other is not, somebody is to be deceived.

use super::Danger;

/// `by_kind` is what the ending says; `start` are the first octets, which speak for the name where they are what it says.
pub(super) fn is_one(media_type: &str, ending: &str, by_kind: Option<Danger>, start: &[u8]) -> bool {
    match by_kind {
        Some(Danger::Program | Danger::Page | Danger::Disk) => {
            is_to_look_at(media_type) && !(media_type == "image/svg+xml" && ending == "svg")
        }
        Some(_) => false,
        None => runs(media_type) && !bears_out(ending, start),
    }
}

/// Kinds that one only looks at. Texts are none of them: scripts are sent as texts, and are texts.
fn is_to_look_at(media_type: &str) -> bool {
    let of_office = [
        "application/vnd.openxmlformats-officedocument.",
        "application/vnd.oasis.opendocument.",
    ];
    matches!(media_type.split('/').next(), Some("image" | "audio" | "video"))
        || matches!(
            media_type,
            "application/pdf" | "application/x-pdf" | "application/msword" | "application/rtf" | "text/rtf"
        )
        || of_office.iter().any(|kind| media_type.starts_with(kind))
}

/// Kinds that run, by the names that programs and IANA's list have for them.
fn runs(media_type: &str) -> bool {
    matches!(
        media_type,
        "application/hta"
            | "application/java-archive"
            | "application/vnd.microsoft.portable-executable"
            | "application/vnd.ms-htmlhelp"
            | "application/x-dosexec"
            | "application/x-elf"
            | "application/x-executable"
            | "application/x-java-archive"
            | "application/x-mach-binary"
            | "application/x-ms-dos-executable"
            | "application/x-ms-shortcut"
            | "application/x-msdos-program"
            | "application/x-msdownload"
            | "application/x-msi"
            | "application/x-mswinurl"
            | "application/x-vbscript"
    )
}

/// Old programs call whatever they send a program: where the file begins as its name says it is what it is called.
fn bears_out(ending: &str, start: &[u8]) -> bool {
    let begins: &[&[u8]] = match ending {
        "pdf" => &[b"%PDF-"],
        "png" => &[b"\x89PNG"],
        "jpg" | "jpeg" => &[b"\xff\xd8\xff"],
        "gif" => &[b"GIF8"],
        "doc" | "xls" | "ppt" | "msg" => &[b"\xd0\xcf\x11\xe0"],
        "rtf" => &[b"{\\rtf"],
        "zip" | "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" => &[b"PK\x03\x04"],
        _ => &[],
    };
    begins.iter().any(|magic| start.starts_with(magic))
}
