//! Which files are pictures that a web view shows: by how they begin, or by what they say they are, or by their names.
//! SVG is a document that can ask for things, and no picture here.

use crate::file_name::ending;

/// The media type of a picture that can be shown, as a web view knows it; `None`: it is none. `start` is how the file
/// begins, as far as that is known.
pub fn picture_type(media_type: &str, name: &str, start: &[u8]) -> Option<&'static str> {
    by_start(start).or_else(|| {
        // A page or a paper does not become a picture by being called one.
        if [&b"<"[..], b"%PDF", b"PK\x03\x04"]
            .iter()
            .any(|other| start.starts_with(other))
        {
            return None;
        }
        by_type(media_type).or_else(|| by_name(media_type, name))
    })
}

fn by_start(start: &[u8]) -> Option<&'static str> {
    match start {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [
            _,
            _,
            _,
            _,
            b'f',
            b't',
            b'y',
            b'p',
            b'a',
            b'v',
            b'i',
            b'f' | b's',
            ..,
        ] => Some("image/avif"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some("image/bmp"),
        _ => None,
    }
}

fn by_type(media_type: &str) -> Option<&'static str> {
    match media_type {
        "image/png" | "image/x-png" | "image/apng" => Some("image/png"),
        "image/jpeg" | "image/jpg" | "image/pjpeg" | "image/x-jpeg" | "image/x-citrix-jpeg" => {
            Some("image/jpeg")
        }
        "image/gif" | "image/x-gif" => Some("image/gif"),
        "image/webp" => Some("image/webp"),
        "image/bmp" | "image/x-bmp" | "image/x-ms-bmp" | "image/x-windows-bmp" => Some("image/bmp"),
        "image/avif" => Some("image/avif"),
        _ => None,
    }
}

/// A name counts where the type says nothing.
fn by_name(media_type: &str, name: &str) -> Option<&'static str> {
    let says_nothing = matches!(
        media_type,
        "" | "application/octet-stream"
            | "application/x-unknown"
            | "binary/octet-stream"
            | "image/*"
            | "image/unknown"
    );
    if !says_nothing {
        return None;
    }
    match ending(name).as_str() {
        "png" => Some("image/png"),
        "jpg" | "jpeg" | "jpe" | "jfif" => Some("image/jpeg"),
        "gif" => Some("image/gif"),
        "webp" => Some("image/webp"),
        "bmp" => Some("image/bmp"),
        "avif" => Some("image/avif"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_beginning_its_type_or_its_name() {
        for (media_type, name, start, expected) in [
            ("image/jpg", "a", &b""[..], Some("image/jpeg")),
            ("image/pjpeg", "", b"", Some("image/jpeg")),
            ("application/octet-stream", "logo.PNG", b"", Some("image/png")),
            (
                "application/octet-stream",
                "logo",
                b"\xff\xd8\xff\xe0",
                Some("image/jpeg"),
            ),
            ("image/tiff", "a.tiff", b"GIF89a", Some("image/gif")),
            ("image/png", "a.png", b"RIFF0000WEBPVP8 ", Some("image/webp")),
            ("image/svg+xml", "a.svg", b"<svg", None),
            ("image/tiff", "a.tiff", b"II*\0", None),
            ("image/heic", "a.jpg", b"", None),
            ("application/pdf", "a.png", b"%PDF-1.7", None),
            ("image/png", "a.png", b"<html><script>alert(1)", None),
        ] {
            assert_eq!(
                picture_type(media_type, name, start),
                expected,
                "{media_type} {name}"
            );
        }
    }
}
