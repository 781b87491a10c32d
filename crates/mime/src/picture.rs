//! Which octets are a picture that a web view draws, and how large it would be once it is drawn. It is said here alone, and by
//! the octets alone: letters and servers call pictures many things (`image/jpg`, a stream of octets) and other things pictures,
//! and a small file may be a picture that fills the memory. SVG is a document that can ask for things, and no picture here.

use crate::file_name::ending;
use crate::transfer::Transfer;

/// Points that are drawn: more than any camera's picture, and half a gigabyte of them.
pub const MOST_POINTS: u64 = 120_000_000;
/// Encoded octets that tell the kind and of most how large they are, those of a GIF behind its colours too, and those in which
/// nearly every picture tells it.
const START: usize = 1_536;
const BEGINNING: usize = 64 * 1024;

/// How large a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Of(u32, u32),
    /// It is cut off before all of it was said that counts.
    AtLeast(u32, u32),
    /// It is cut off before it says so, and nobody could draw it.
    Untold,
    /// It may be drawn, and how large it would be was not found.
    Unknown,
}

/// The media type by which a web view draws these octets. `None`: they are no picture, or one too large to be drawn.
pub fn picture_type(bytes: &[u8]) -> Option<&'static str> {
    let (kind, size) = look(bytes)?;
    points(size).map(|_| kind)
}

/// The same, with how many points it has once it is drawn.
pub fn drawn(bytes: &[u8]) -> Option<(&'static str, u64)> {
    let (kind, size) = look(bytes)?;
    Some((kind, points(size)?))
}

/// How many points a picture would have once it is drawn that is written into HTML in base64. `None`: it is none, or one too large to
/// be drawn.
pub fn points_of_written(base64: &str) -> Option<u64> {
    let (bytes, _) = Transfer::Base64.decode(base64.as_bytes());
    points(look(&bytes)?.1)
}

/// `None`: they are too many, or nobody knows.
fn points(size: Size) -> Option<u64> {
    match size {
        Size::Of(width, height) | Size::AtLeast(width, height) => {
            Some(u64::from(width) * u64::from(height)).filter(|points| *points <= MOST_POINTS)
        }
        Size::Untold => Some(0),
        Size::Unknown => None,
    }
}

/// The same of a part's encoded body, of which no more is decoded than it takes to know.
pub(crate) fn of_encoded(transfer: Transfer, body: &[u8]) -> Option<(&'static str, u64)> {
    for length in [START, BEGINNING] {
        let Some(start) = body.get(..length).filter(|start| start.len() < body.len()) else {
            break;
        };
        let (bytes, _) = transfer.decode(start);
        let (kind, size) = look(&bytes)?;
        // The others have several pictures in them, of which the last may be the largest.
        let tells_at_once = !matches!(kind, "image/avif" | "image/x-icon");
        if tells_at_once && matches!(size, Size::Of(..)) {
            return drawn(&bytes);
        }
    }
    drawn(&transfer.decode(body).0)
}

/// Whether a file of which no octets are here is called a picture. It is taken at its word until they come.
pub fn is_called_picture(media_type: &str, name: &str) -> bool {
    let by_name = || {
        matches!(
            ending(name).as_str(),
            "png" | "jpg" | "jpeg" | "jpe" | "jfif" | "gif" | "webp" | "bmp" | "avif" | "ico"
        )
    };
    match media_type {
        ""
        | "application/octet-stream"
        | "application/x-unknown"
        | "binary/octet-stream"
        | "image/*"
        | "image/unknown" => by_name(),
        "image/png"
        | "image/x-png"
        | "image/apng"
        | "image/jpeg"
        | "image/jpg"
        | "image/pjpeg"
        | "image/x-jpeg"
        | "image/x-citrix-jpeg"
        | "image/gif"
        | "image/x-gif"
        | "image/webp"
        | "image/bmp"
        | "image/x-bmp"
        | "image/x-ms-bmp"
        | "image/x-windows-bmp"
        | "image/avif"
        | "image/x-icon"
        | "image/vnd.microsoft.icon" => true,
        _ => false,
    }
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
        return Some(("image/gif", gif(bytes)));
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

/// The logical screen (GIF89a, section 18), or as much more as the first image takes: those who draw make room for that, whatever
/// the screen is said to be. Images behind it are cut to that room.
fn gif(bytes: &[u8]) -> Size {
    let Some((width, height)) = both(little(bytes, 6, 2), little(bytes, 8, 2)) else {
        return Size::Untold;
    };
    match first_image(bytes) {
        Some(Size::Of(right, bottom)) => Size::Of(width.max(right), height.max(bottom)),
        Some(other) => other,
        None => Size::AtLeast(width, height),
    }
}

/// How far to the right and down the first image of a GIF goes (section 20). Blocks tell their own length, and whatever is none is
/// passed over. `None`: it is cut off before that.
fn first_image(bytes: &[u8]) -> Option<Size> {
    let colours = |flags: u8| match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    };
    let mut at = 13 + colours(*bytes.get(10)?);
    loop {
        match *bytes.get(at)? {
            b',' => {
                let [left, top, width, height] = [1, 3, 5, 7].map(|place| little(bytes, at + place, 2));
                return Some(Size::Of(left? + width?, top? + height?));
            }
            b'!' => {
                // A label, and blocks up to an empty one.
                let label = *bytes.get(at + 1)?;
                at += 2;
                let mut is_loops = false;
                for number in 0.. {
                    let length = *bytes.get(at)?;
                    if is_read_longer(label, number, is_loops, length) {
                        return Some(Size::Unknown);
                    }
                    let name = bytes.get(at + 1..at + 12);
                    is_loops |=
                        number == 0 && length == 11 && label == APPLICATION && name.is_some_and(sets_loops);
                    at += 1 + usize::from(length);
                    if length == 0 {
                        break;
                    }
                }
            }
            _ => at += 1,
        }
    }
}

/// Labels of extensions (GIF89a, sections 23 and 26).
const CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// Whether those who draw pass over more than the block with this number says that it has: they take four octets of a control
/// extension, and three of a block that says how often a film is shown, however short it is. What they take for the image then
/// is another than the one found here.
fn is_read_longer(label: u8, number: usize, is_loops: bool, length: u8) -> bool {
    match label {
        CONTROL => number == 0 && length != 4,
        _ => is_loops && (1..3).contains(&length),
    }
}

/// The applications whose extension says how often a film is shown.
fn sets_loops(name: &[u8]) -> bool {
    name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0"
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
mod tests;
