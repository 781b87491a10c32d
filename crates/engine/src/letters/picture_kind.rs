//! What a picture is, by its first octets, and how large it would be once it is drawn. Letters and servers call pictures many
//! things (`image/jpg`, a stream of octets), and a small file may be a picture that fills the memory.

/// Points that are drawn: more than any camera's picture, and half a gigabyte of them.
const MOST_POINTS: u64 = 120_000_000;

/// How large a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Of(u32, u32),
    /// It is cut off before it says so, and nobody could draw it.
    Untold,
    /// It may be drawn, and how large it would be was not found.
    Unknown,
}

/// The media type of a picture that a frame may show. `None`: it is none, or too large to be drawn.
pub(super) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let (kind, size) = look(bytes)?;
    let fits = match size {
        Size::Of(width, height) => u64::from(width) * u64::from(height) <= MOST_POINTS,
        Size::Untold => true,
        Size::Unknown => false,
    };
    fits.then_some(kind)
}

/// Whether the first octets are those of a picture, of any size.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    look(bytes).is_some()
}

/// The kind, and how large it is.
fn look(bytes: &[u8]) -> Option<(&'static str, Size)> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    let four = |at: usize| bytes.get(at..at + 4);
    if starts(b"\x89PNG\r\n\x1a\n") {
        return Some(("image/png", png(bytes)));
    }
    if starts(b"\xff\xd8\xff") {
        return Some(("image/jpeg", told(jpeg(bytes))));
    }
    if starts(b"GIF87a") || starts(b"GIF89a") {
        let size = both(little(bytes, 6, 2), little(bytes, 8, 2));
        return Some(("image/gif", told(size)));
    }
    if starts(b"RIFF") && four(8) == Some(b"WEBP") {
        return Some(("image/webp", told(webp(bytes))));
    }
    if starts(b"BM") && little(bytes, 14, 4).is_some_and(|header| (12..=200).contains(&header)) {
        return Some(("image/bmp", told(bmp(bytes.get(14..)?))));
    }
    if four(4) == Some(b"ftyp") && brands(bytes).any(|brand| brand == b"avif" || brand == b"avis") {
        return Some(("image/avif", avif(bytes)));
    }
    // An icon with at least one picture in it.
    if starts(b"\0\0\x01\0") && little(bytes, 4, 2).is_some_and(|count| (1..=64).contains(&count)) {
        return Some(("image/x-icon", icon(bytes)));
    }
    None
}

fn told(size: Option<(u32, u32)>) -> Size {
    size.map_or(Size::Untold, |(width, height)| Size::Of(width, height))
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

/// The first chunk (PNG, section 11.2.1).
fn png(bytes: &[u8]) -> Size {
    told(both(big(bytes, 16, 4), big(bytes, 20, 4)))
}

/// The first frame header (ITU-T T.81, section B.2.2), however much stands before it. Segments tell their own length, and
/// whatever is no marker is passed over, as it is by those who draw.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|octet| *octet == 0xff)?;
        match big(bytes, at, 2)? {
            marker @ 0xffc0..=0xffcf if !matches!(marker, 0xffc4 | 0xffc8 | 0xffcc) => {
                return both(big(bytes, at + 7, 2), big(bytes, at + 5, 2));
            }
            // Fill octets may stand before a marker.
            0xffff => at += 1,
            0xff00 | 0xff01 | 0xffd0..=0xffd8 => at += 2,
            _ => at += 2 + usize::try_from(big(bytes, at + 2, 2)?.max(2)).ok()?,
        }
    }
}

/// The largest size that any of its parts is said to have (ISO/IEC 23008-12, section 6.5.3), wherever that stands.
fn avif(bytes: &[u8]) -> Size {
    let starts = bytes.windows(4).enumerate().filter(|(_, kind)| *kind == b"ispe");
    let sizes = starts.filter_map(|(at, _)| {
        let length = big(bytes, at.checked_sub(4)?, 4)?;
        // A length of 1 stands for one of eight octets behind the kind. Chance has no box of many megabytes.
        let values = at + if length == 1 { 16 } else { 8 };
        let (width, height) = both(big(bytes, values, 4), big(bytes, values + 4, 4))?;
        (length < 1 << 24).then_some((width, height))
    });
    largest(sizes).unwrap_or(Size::Unknown)
}

/// The largest of an icon's pictures: each is a PNG, or a BMP without its first header, of which half the height is a mask.
fn icon(bytes: &[u8]) -> Size {
    let count = little(bytes, 4, 2).unwrap_or_default();
    let places = (0..count).filter_map(|number| {
        let at = 6 + usize::try_from(number).ok()? * 16;
        bytes.get(usize::try_from(little(bytes, at + 12, 4)?).ok()?..)
    });
    let sizes = places.filter_map(|picture| {
        let size = match picture.starts_with(b"\x89PNG") {
            true => png(picture),
            false => told(bmp(picture).map(|(width, height)| (width, height / 2))),
        };
        match size {
            Size::Of(width, height) => Some((width, height)),
            _ => None,
        }
    });
    largest(sizes).unwrap_or(Size::Untold)
}

fn largest(sizes: impl Iterator<Item = (u32, u32)>) -> Option<Size> {
    let (width, height) = sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))?;
    Some(Size::Of(width, height))
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

/// By the header behind that of the file.
fn bmp(header: &[u8]) -> Option<(u32, u32)> {
    match little(header, 0, 4)? {
        12 => both(little(header, 4, 2), little(header, 6, 2)),
        // A height below zero is one from the top down.
        _ => both(
            little(header, 4, 4),
            little(header, 8, 4).map(|height| height.cast_signed().unsigned_abs()),
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

    fn avif_of(width: u32, height: u32) -> Vec<u8> {
        let mut avif = b"\0\0\0\x18ftypmif1\0\0\0\0avifmiaf\0\0\0\x14ispe\0\0\0\0".to_vec();
        avif.extend(width.to_be_bytes());
        avif.extend(height.to_be_bytes());
        avif
    }

    /// An icon of one picture.
    fn icon_of(picture: &[u8]) -> Vec<u8> {
        let mut icon = b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0".to_vec();
        icon.extend(u32::try_from(picture.len()).unwrap().to_le_bytes());
        icon.extend(22_u32.to_le_bytes());
        icon.extend(picture);
        icon
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
            (avif_of(640, 480), Some("image/avif")),
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
            Some(("image/jpeg", Size::Of(640, 480))),
            "width and height are told behind what else is told"
        );
        // What is cut off tells nothing of its size, and is harmless for that.
        for length in 0..jpeg_of(1, 1).len() {
            let _ = kind_of(jpeg_of(1, 1).get(..length).unwrap());
        }
    }

    #[test]
    fn no_picture_hides_how_large_it_is() {
        let large = jpeg_of(60_000, 60_000);
        let behind = |before: &[u8]| [&large[..8], before, &large[8..]].concat();
        for (before, what) in [
            (&b"\xff\xfe\0\x02".repeat(2_000)[..], "many comments"),
            (b"no marker", "octets of nothing"),
            (b"\xff\0\xff\0", "an octet that was stuffed"),
        ] {
            assert_eq!(kind_of(&behind(before)), None, "a JPEG behind {what}");
        }
        let twice = [avif_of(10, 10), avif_of(60_000, 60_000)].concat();
        assert_eq!(kind_of(&twice), None, "the largest of its sizes counts");
        let long = b"\0\0\0\x01ispe\0\0\0\0\0\0\0\x1c\0\0\0\0\0\0\xff\xff\0\0\xff\xff";
        assert_eq!(
            kind_of(&[&avif_of(9, 9)[..], long].concat()),
            None,
            "however it is told"
        );
        assert_eq!(
            kind_of(&avif_of(1, 1)[..24]),
            None,
            "an AVIF that does not tell is not drawn"
        );
        let bmp = |height: i32| [40, 60_000, height].map(i32::to_le_bytes).concat();
        assert_eq!(kind_of(&icon_of(&png(60_000, 60_000))), None, "a PNG in an icon");
        assert_eq!(kind_of(&icon_of(&bmp(120_000))), None, "a BMP in an icon");
        for icon in [icon_of(&png(256, 256)), icon_of(&bmp(64))] {
            assert_eq!(kind_of(&icon), Some("image/x-icon"));
        }
    }
}
