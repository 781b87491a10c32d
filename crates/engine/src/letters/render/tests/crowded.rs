//! Pictures of a letter that would fill the memory together, though each alone would not.

use super::*;

/// A picture of ten thousand points by ten thousand.
const LARGE: &str = "GIF89a\u{10}'\u{10}'";

fn letter(count: usize, html: impl Fn(usize) -> String) -> Vec<u8> {
    let html: String = (0..count).map(html).collect();
    let mut raw = format!(
        "Subject: x\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n"
    );
    for number in 0..count {
        raw.push_str(&format!(
            "--b\r\nContent-Type: image/gif; name={number}.gif\r\nContent-ID: <p{number}>\r\n\r\n{LARGE}\r\n"
        ));
    }
    raw.push_str("--b--\r\n");
    raw.into_bytes()
}

#[test]
fn pictures_of_a_letter_are_counted_together_and_what_has_no_room_is_among_its_files() {
    let img = |number: usize| format!("<img src=\"cid:p{number}\">");
    let few = shown(&letter(3, img), &Look::default());
    assert!(!few.is_crowded && rows(&few).is_empty(), "{:?}", rows(&few));
    let many = shown(&letter(6, img), &Look::default());
    assert!(many.is_crowded, "it is told");
    assert_eq!(rows(&many), ["3.gif", "4.gif", "5.gif"], "nothing is lost");
    assert_eq!(many.document.matches("<img src=\"letter:").count(), 3);
    let same = shown(
        &letter(1, |_| "<img src=\"cid:p0\">".repeat(50)),
        &Look::default(),
    );
    assert!(!same.is_crowded, "one that comes often is drawn of one");
}
