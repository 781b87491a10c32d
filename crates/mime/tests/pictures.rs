//! What of a letter is a picture, whatever it is called, and what stands for one.
#![allow(clippy::indexing_slicing, reason = "a test may fail")]

use waxwing_mime::{has_attachment, parse};

#[test]
fn a_picture_is_one_by_its_octets_whatever_it_is_called() {
    let letter = |media_type: &str, name: &str, octets: &str| {
        format!(
            "Subject: x\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src=cid:i>\r\n\
             --b\r\nContent-Type: {media_type}; name={name}\r\nContent-ID: <i>\r\n\r\n{octets}\r\n--b--\r\n"
        )
    };
    for (media_type, name, octets, picture) in [
        ("image/png", "a.png", "<html><script>alert(1)</script>", None),
        ("image/png", "a.png", "%PDF-1.7 a paper", None),
        ("image/png", "a.png", "no picture at all", None),
        ("image/svg+xml", "a.svg", "<svg/>", None),
        ("image/jpeg", "a.jpg", "GIF89a\u{1}\0\u{1}\0", Some("image/gif")),
        (
            "application/pdf",
            "a.pdf",
            "GIF89a\u{1}\0\u{1}\0",
            Some("image/gif"),
        ),
        (
            "application/octet-stream",
            "bytes",
            "GIF89a\u{1}\0\u{1}\0",
            Some("image/gif"),
        ),
    ] {
        let raw = letter(media_type, name, octets);
        let letter = parse(raw.as_bytes());
        let told = format!("{media_type} {octets:?}");
        assert_eq!(letter.attachments[0].picture, picture, "{told}");
        assert_eq!(
            has_attachment(&letter),
            picture.is_none(),
            "{told}: what is not drawn is a file"
        );
        assert_eq!(
            waxwing_mime::glance(raw.as_bytes()).has_attachment,
            picture.is_none(),
            "{told}"
        );
    }
    // Its octets are on the server still, and it is taken at its word.
    let absent = letter("image/png", "a.png", "");
    assert!(!has_attachment(&parse(absent.as_bytes())));
    assert!(!waxwing_mime::glance(absent.as_bytes()).has_attachment);
}

#[test]
fn what_stands_for_pictures_is_found_and_is_neither_text_nor_preview() {
    let raw = "Subject: x\r\nContent-Type: text/html\r\n\r\n<img src=\"https://a.example/l.png\" alt=\"Lighthouse\"><p>Dear all</p>\
         <img alt=\"\"><img alt='Kettle &amp; cup'>\r\n";
    let glance = waxwing_mime::glance(raw.as_bytes());
    assert_eq!(glance.beside, "Lighthouse\nKettle & cup\n");
    assert_eq!(
        (glance.text.as_str(), glance.preview.as_str()),
        ("Dear all", "Dear all")
    );
}
