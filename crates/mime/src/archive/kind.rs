//! Which files are archives, by what they are called.

use crate::danger::dangers;
use crate::file_kind;
use crate::file_name::ending;

/// How an archive is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Zip,
    Tar,
    /// One file, which may be a tar archive.
    Gzip,
    /// In a way that is not looked into.
    Other,
}

/// By its name, and where that says nothing by what the sender says that it is.
pub(super) fn packing(media_type: &str, name: &str) -> Option<Packing> {
    let by_name = match ending(name).as_str() {
        "zip" | "zipx" | "cbz" => Some(Packing::Zip),
        "tar" | "cbt" => Some(Packing::Tar),
        "gz" | "gzip" | "tgz" | "taz" => Some(Packing::Gzip),
        "7z" | "ace" | "alz" | "arc" | "arj" | "br" | "bz" | "bz2" | "cbr" | "cpio" | "egg" | "lha"
        | "lz" | "lz4" | "lzh" | "lzma" | "rar" | "sit" | "sitx" | "tbz" | "tbz2" | "txz" | "tzst"
        | "xar" | "xz" | "z" | "zoo" | "zst" => Some(Packing::Other),
        _ => None,
    };
    by_name.or_else(|| by_type(media_type).filter(|_| !has_kind_of_its_own(name)))
}

fn by_type(media_type: &str) -> Option<Packing> {
    match media_type {
        "application/zip" | "application/x-zip" | "application/x-zip-compressed" => Some(Packing::Zip),
        "application/x-tar" | "application/x-gtar" => Some(Packing::Tar),
        "application/gzip" | "application/x-gzip" => Some(Packing::Gzip),
        "application/vnd.rar"
        | "application/x-7z-compressed"
        | "application/x-ace-compressed"
        | "application/x-bzip2"
        | "application/x-lzh-compressed"
        | "application/x-rar-compressed"
        | "application/x-xz"
        | "application/zstd" => Some(Packing::Other),
        _ => None,
    }
}

/// Office files and programs are ZIP archives as well, and senders call them so.
fn has_kind_of_its_own(name: &str) -> bool {
    file_kind::reader("", name).is_some() || !dangers(name, "", b"").is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_their_names_and_else_by_their_kinds() {
        for (media_type, name, expected) in [
            ("application/octet-stream", "a.ZIP", Some(Packing::Zip)),
            ("application/zip", "a", Some(Packing::Zip)),
            ("application/zip", "a.docx", None),
            ("application/zip", "a.jar", None),
            ("application/gzip", "a.tar.gz", Some(Packing::Gzip)),
            ("application/x-rar-compressed", "a", Some(Packing::Other)),
            ("application/octet-stream", "a.7z", Some(Packing::Other)),
            ("application/pdf", "a.pdf", None),
            ("application/vnd.oasis.opendocument.text", "a", None),
        ] {
            assert_eq!(packing(media_type, name), expected, "{media_type} {name}");
        }
    }
}
