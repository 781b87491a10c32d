//! What a picture is, by its first octets, and how large it would be once it is drawn. Letters and servers call pictures many
//! things (`image/jpg`, a stream of octets), and a small file may be a picture that fills the memory.

/// Points that are drawn: more than any camera's picture, and half a gigabyte of them.
const MOST_POINTS: u64 = 120_000_000;

/// The media type of a picture that a frame may show. `None`: it is none, or too large to be drawn.
pub(super) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let (kind, size) = look(bytes)?;
    let fits = size.is_none_or(|(width, height)| u64::from(width) * u64::from(height) <= MOST_POINTS);
    fits.then_some(kind)
}

/// Whether the first octets are those of a picture, of any size.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    look(bytes).is_some()
}

/// The kind, and the width and the height where they stand at the beginning.
fn look(bytes: &[u8]) -> Option<(&'static str, Option<(u32, u32)>)> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    let four = |at: usize| bytes.get(at..at + 4);
    if starts(b"\x89PNG\r\n\x1a\n") {
        return Some(("image/png", both(big(bytes, 16, 4), big(bytes, 20, 4))));
    }
    if starts(b"\xff\xd8\xff") {
        return Some(("image/jpeg", jpeg(bytes)));
    }
    if starts(b"GIF87a") || starts(b"GIF89a") {
        return Some(("image/gif", both(little(bytes, 6, 2), little(bytes, 8, 2))));
    }
    if starts(b"RIFF") && four(8) == Some(b"WEBP") {
        return Some(("image/webp", webp(bytes)));
    }
    if starts(b"BM") && little(bytes, 14, 4).is_some_and(|header| (12..=200).contains(&header)) {
        return Some(("image/bmp", bmp(bytes)));
    }
    if four(4) == Some(b"ftyp") && brands(bytes).any(|brand| brand == b"avif" || brand == b"avis") {
        return Some(("image/avif", None));
    }
    // An icon with at least one picture in it.
    if starts(b"\0\0\x01\0") && little(bytes, 4, 2).is_some_and(|count| (1..=64).contains(&count)) {
        return Some(("image/x-icon", None));
    }
    None
}

fn both(width: Option<u32>, height: Option<u32>) -> Option<(u32, u32)> {
    Some((width?, height?))
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let octets = bytes.get(at..at + length)?;
    Some(octets.iter().fold(0, |sum, octet| sum << 8 | u32::from(*octet)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let octets = bytes.get(at..at + length)?;
    Some(
        octets
            .iter()
            .rev()
            .fold(0, |sum, octet| sum << 8 | u32::from(*octet)),
    )
}

/// The first frame header (ITU-T T.81, section B.2.2). Segments before it tell their own length.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    // Real files have some tens of segments before it.
    for _ in 0..1_000 {
        let marker = big(bytes, at, 2)?;
        match marker {
            0xffc0..=0xffcf if !matches!(marker, 0xffc4 | 0xffc8 | 0xffcc) => {
                return both(big(bytes, at + 7, 2), big(bytes, at + 5, 2));
            }
            // Fill octets may stand before a marker.
            0xffff => at += 1,
            0xff01 | 0xffd0..=0xffd8 => at += 2,
            0xff00..=0xffff => at += 2 + usize::try_from(big(bytes, at + 2, 2)?.max(2)).ok()?,
            _ => return None,
        }
    }
    None
}

/// RFC 9649, sections 2.5 to 2.7.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => both(
            little(bytes, 24, 3).map(|width| width + 1),
            little(bytes, 27, 3).map(|height| height + 1),
        ),
        b"VP8L" => {
            let packed = little(bytes, 21, 4)?;
            Some(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1))
        }
        b"VP8 " => both(
            little(bytes, 26, 2).map(|width| width & 0x3fff),
            little(bytes, 28, 2).map(|height| height & 0x3fff),
        ),
        _ => None,
    }
}

fn bmp(bytes: &[u8]) -> Option<(u32, u32)> {
    match little(bytes, 14, 4)? {
        12 => both(little(bytes, 18, 2), little(bytes, 20, 2)),
        // A height below zero is one from the top down.
        _ => both(
            little(bytes, 18, 4),
            little(bytes, 22, 4).map(|height| height.cast_signed().unsigned_abs()),
        ),
    }
}

/// The brands of a file of the ISO base media format (ISO/IEC 14496-12, section 4.3).
fn brands(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = big(bytes, 0, 4).and_then(|length| usize::try_from(length).ok());
    let end = end.unwrap_or_default().min(bytes.len()).min(256);
    let all = bytes.get(8..end).unwrap_or_default();
    all.chunks_exact(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend(width.to_be_bytes());
        png.extend(height.to_be_bytes());
        png
    }

    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        let mut jpeg = b"\xff\xd8\xff\xe0\0\x04JF\xff\xc4\0\x03x\xff\xff\xc2\0\x0b\x08".to_vec();
        jpeg.extend(height.to_be_bytes());
        jpeg.extend(width.to_be_bytes());
        jpeg
    }

    #[test]
    fn a_picture_is_known_by_its_first_octets_whatever_it_is_called() {
        let bmp = [&b"BM"[..], &[0; 12], &[40, 0, 0, 0], &[2, 0, 0, 0], &[2, 0, 0, 0]].concat();
        for (bytes, kind) in [
            (png(3, 2), Some("image/png")),
            (jpeg_of(640, 480), Some("image/jpeg")),
            (b"GIF89a\x01\0\x01\0".to_vec(), Some("image/gif")),
            (
                b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x01\0\0\x01\0\0".to_vec(),
                Some("image/webp"),
            ),
            (bmp, Some("image/bmp")),
            (b"\0\0\0\x18ftypmif1\0\0\0\0avifmiaf".to_vec(), Some("image/avif")),
            (b"\0\0\x01\0\x01\0\x10\x10".to_vec(), Some("image/x-icon")),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), None),
            (b"<html>".to_vec(), None),
            (b"BMW and other cars".to_vec(), None),
            (b"\0\0\0\x18ftypisom\0\0\0\0mp41mp42".to_vec(), None),
            (Vec::new(), None),
        ] {
            assert_eq!(kind_of(&bytes), kind, "{:?}", bytes.get(..12).unwrap_or(&bytes));
        }
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_not_drawn() {
        assert_eq!(kind_of(&png(40_000, 40_000)), None);
        assert_eq!(kind_of(&jpeg_of(60_000, 60_000)), None);
        assert_eq!(kind_of(b"GIF89a\xff\xff\xff\xff"), None);
        assert_eq!(
            kind_of(&png(12_000, 9_000)),
            Some("image/png"),
            "a large photo is"
        );
        assert_eq!(
            look(&jpeg_of(640, 480)),
            Some(("image/jpeg", Some((640, 480)))),
            "width and height are told behind what else is told"
        );
        // What is cut off tells nothing of its size, and is harmless for that.
        for length in 0..jpeg_of(1, 1).len() {
            let _ = kind_of(jpeg_of(1, 1).get(..length).unwrap());
        }
    }
}
