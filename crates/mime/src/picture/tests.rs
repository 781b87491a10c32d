//! Pictures by their octets, and what only looks like one.

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
        assert_eq!(
            picture_type(&bytes),
            kind,
            "{:?}",
            bytes.get(..12).unwrap_or(&bytes)
        );
    }
}

#[test]
fn a_picture_that_would_fill_the_memory_is_not_drawn() {
    assert_eq!(picture_type(&png(40_000, 40_000)), None);
    assert_eq!(picture_type(&jpeg_of(60_000, 60_000)), None);
    assert_eq!(picture_type(b"GIF89a\xff\xff\xff\xff"), None);
    assert_eq!(
        picture_type(&png(12_000, 9_000)),
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
        let _ = picture_type(jpeg_of(1, 1).get(..length).unwrap());
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
        assert_eq!(picture_type(&behind(before)), None, "a JPEG behind {what}");
    }
    let twice = [avif_of(10, 10), avif_of(60_000, 60_000)].concat();
    assert_eq!(picture_type(&twice), None, "the largest of its sizes counts");
    let long = b"\0\0\0\x01ispe\0\0\0\0\0\0\0\x1c\0\0\0\0\0\0\xff\xff\0\0\xff\xff";
    assert_eq!(
        picture_type(&[&avif_of(9, 9)[..], long].concat()),
        None,
        "however it is told"
    );
    assert_eq!(
        picture_type(&avif_of(1, 1)[..24]),
        None,
        "an AVIF that does not tell is not drawn"
    );
    let bmp = |height: i32| [40, 60_000, height].map(i32::to_le_bytes).concat();
    assert_eq!(
        picture_type(&icon_of(&png(60_000, 60_000))),
        None,
        "a PNG in an icon"
    );
    assert_eq!(picture_type(&icon_of(&bmp(120_000))), None, "a BMP in an icon");
    for icon in [icon_of(&png(256, 256)), icon_of(&bmp(64))] {
        assert_eq!(picture_type(&icon), Some("image/x-icon"));
    }
}

/// A GIF of 256 colours with this screen and an image there, behind `before`.
fn gif_of(version: &[u8], screen: [u16; 2], before: &[u8], image: [u16; 4]) -> Vec<u8> {
    let octets =
        |numbers: &[u16]| -> Vec<u8> { numbers.iter().flat_map(|number| number.to_le_bytes()).collect() };
    let head = [version, &octets(&screen), &[0xf7, 0, 0], &[0x2c; 768]].concat();
    [&head, before, b",", &octets(&image), &[0, 8, 0]].concat()
}

#[test]
fn a_gif_is_as_large_as_what_will_be_drawn_of_it() {
    let loops = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0!\xf9\x04\0\0\0\0\0";
    for (screen, image, size) in [
        ([640, 480], [0, 0, 640, 480], (640, 480)),
        ([640, 480], [10, 10, 20, 20], (640, 480)),
        ([1, 1], [0, 0, 60_000, 60_000], (60_000, 60_000)),
        ([0, 0], [0, 0, 30, 20], (30, 20)),
        ([10, 1_000], [0, 0, 2_000, 5], (2_000, 1_000)),
        ([10, 10], [60_000, 60_000, 9, 9], (60_009, 60_009)),
        ([10, 10], [0, 0, 0, 0], (10, 10)),
        ([60_000, 60_000], [0, 0, 1, 1], (60_000, 60_000)),
    ] {
        for version in [b"GIF87a", b"GIF89a"] {
            for before in [&b""[..], loops, b"\0\0", &b"!\xfe\x02,,\0".repeat(30_000)] {
                let gif = gif_of(version, screen, before, image);
                let told = format!("{screen:?} {image:?} behind {} octets", before.len());
                assert_eq!(
                    look(&gif),
                    Some(("image/gif", Size::Of(size.0, size.1))),
                    "{told}"
                );
                let fits = (size.0 < 60_000).then_some("image/gif");
                assert_eq!(picture_type(&gif), fits, "{told}");
                assert_eq!(
                    of_encoded(Transfer::Identity, &gif).map(|(kind, _)| kind),
                    fits,
                    "however much is decoded: {told}"
                );
            }
        }
    }
    let whole = gif_of(b"GIF89a", [3, 2], loops, [0, 0, 3, 2]);
    for length in 0..whole.len() {
        let _ = look(whole.get(..length).unwrap());
    }
    assert_eq!(
        look(&whole[..800]),
        Some(("image/gif", Size::AtLeast(3, 2))),
        "what is cut off says what it can"
    );
}

#[test]
fn no_more_of_a_part_is_decoded_than_it_takes_and_never_less() {
    let encoded = |bytes: &[u8]| -> Vec<u8> {
        let lines = bytes.chunks(24).map(|chunk| {
            let octets: String = chunk.iter().map(|octet| format!("={octet:02X}")).collect();
            format!("{octets}=\r\n")
        });
        lines.collect::<String>().into_bytes()
    };
    let padding = vec![0; 40_000];
    let comments = [&b"\xff\xfe\xff\xff"[..], &[b'x'; 65_533]].concat().repeat(3);
    let photo = jpeg_of(640, 480);
    let behind = |photo: &[u8]| [&photo[..2], &comments, &photo[2..], &padding].concat();
    for (bytes, kind) in [
        ([png(3, 2), padding.clone()].concat(), Some("image/png")),
        ([png(40_000, 40_000), padding.clone()].concat(), None),
        (behind(&photo), Some("image/jpeg")),
        (behind(&jpeg_of(60_000, 60_000)), None),
        (
            [avif_of(10, 10), padding.clone(), avif_of(60_000, 60_000)].concat(),
            None,
        ),
        ([avif_of(10, 10), padding.clone()].concat(), Some("image/avif")),
        ([b"<html>".to_vec(), padding.clone()].concat(), None),
        (Vec::new(), None),
    ] {
        for (transfer, body) in [
            (Transfer::Identity, bytes.clone()),
            (Transfer::QuotedPrintable, encoded(&bytes)),
        ] {
            let (found, points) = of_encoded(transfer, &body).unzip();
            assert_eq!(points, drawn(&bytes).map(|(_, points)| points));
            assert_eq!(found, kind, "{transfer:?} {:?}", bytes.get(..12));
            assert_eq!(found, picture_type(&bytes), "it is what the whole of it is");
        }
    }
}

#[test]
fn what_is_not_here_is_taken_at_its_word() {
    for (media_type, name, called) in [
        ("image/jpg", "a", true),
        ("image/pjpeg", "", true),
        ("application/octet-stream", "logo.PNG", true),
        ("application/octet-stream", "logo", false),
        ("image/svg+xml", "a.svg", false),
        ("image/tiff", "a.tiff", false),
        ("image/heic", "a.jpg", false),
        ("application/pdf", "a.png", false),
    ] {
        assert_eq!(is_called_picture(media_type, name), called, "{media_type} {name}");
    }
}

#[test]
fn a_gif_whose_blocks_are_read_in_several_ways_is_not_drawn() {
    let whole = |before: &[u8]| gif_of(b"GIF89a", [1, 1], before, [0, 0, 1, 1]);
    for (before, is_drawn) in [
        (&b"!\xf9\x04\0\0\0\0\0"[..], true),
        // Of these the end of the block is read as octets of it, and what comes as a block.
        (b"!\xf9\0", false),
        (b"!\xf9\x01\0\0", false),
        (b"!\xf9\x03\0\0\0\0", false),
        (b"!\xf9\x05\0\0\0\0\0\0", false),
        (b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", true),
        (b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\x05\x02\0\0\0\0\0", true),
        (b"!\xff\x0bNETSCAPE2.0\0", true),
        (b"!\xff\x0bNETSCAPE2.0\x01\x01\0", false),
        (b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\x02\0\0\0", false),
        (b"!\xff\x0bANIMEXTS1.0\x02\x01\0\0", false),
        (b"!\xff\x0bXMP DataXMP\x01\x01\0", true),
        (b"!\xfe\x01x\0", true),
    ] {
        let picture = whole(before);
        let kind = is_drawn.then_some("image/gif");
        assert_eq!(picture_type(&picture), kind, "{before:?}");
        let encoded = of_encoded(Transfer::Identity, &picture).map(|(kind, _)| kind);
        assert_eq!(encoded, kind, "and as a part {before:?}");
    }
}
