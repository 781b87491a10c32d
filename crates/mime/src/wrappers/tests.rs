//! What lists and the search index know of a letter that Outlook has wrapped: the same as of any other.

use crate::compose::base64_lines;
use crate::tnef::tests::of_rich_text;
use crate::{Glance, glance, papers};

const WORDS: &[u8] = br"{\rtf1\ansi The dredger comes on Monday.\par}";
const GIF: &[u8] = b"GIF89a\x01\0\x01\0";

fn part(name: &str, octets: &[u8]) -> Vec<u8> {
    let mut part = format!(
        "--b\r\nContent-Type: application/ms-tnef; name={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    .into_bytes();
    base64_lines(octets, &mut part);
    part.extend(b"\r\n");
    part
}

/// A letter of a text in HTML and of these wrappers.
fn letter(html: &str, wrappers: &[Vec<u8>]) -> Vec<u8> {
    let mut raw = format!(
        "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n"
    )
    .into_bytes();
    for wrapper in wrappers {
        raw.extend(part("winmail.dat", wrapper));
    }
    raw.extend(b"--b--\r\n");
    raw
}

fn names(seen: &Glance) -> Vec<(&str, &str, bool)> {
    let files = seen.files.iter();
    files
        .map(|file| (file.name.as_str(), file.kinds.as_str(), file.readable))
        .collect()
}

#[test]
fn the_words_and_the_files_are_found_and_the_first_words_are_the_preview() {
    let notes = ("notes.txt", "", &b"the keeper of the lantern"[..]);
    let raw = letter("", &[of_rich_text(WORDS, &[("plan.docx", "", b"PK"), notes])]);
    let seen = glance(&raw);
    assert_eq!(seen.preview, "The dredger comes on Monday.");
    assert_eq!(seen.text.trim(), "The dredger comes on Monday.");
    assert_eq!(
        names(&seen),
        [
            ("plan.docx", "document docx word", true),
            ("notes.txt", "txt", true)
        ],
        "and none of them is called winmail.dat"
    );
    assert!(seen.has_attachment);
    assert_eq!(papers(&raw).trim(), "the keeper of the lantern");
}

#[test]
fn a_letter_that_says_something_itself_is_read_and_not_what_is_wrapped() {
    let raw = letter(
        "<p>The letter.</p>",
        &[of_rich_text(WORDS, &[("plan.docx", "", b"PK")])],
    );
    let seen = glance(&raw);
    assert_eq!(seen.preview, "The letter.");
    assert!(!seen.text.contains("dredger"), "{}", seen.text);
    assert_eq!(names(&seen), [("plan.docx", "document docx word", true)]);
}

#[test]
fn a_wrapper_without_files_is_no_file_and_one_that_cannot_be_opened_is() {
    let seen = glance(&letter("", &[of_rich_text(WORDS, &[])]));
    assert_eq!((names(&seen), seen.has_attachment), (Vec::new(), false));
    let seen = glance(&letter("", &[b"no wrapper at all".to_vec()]));
    assert_eq!(
        (names(&seen), seen.has_attachment),
        (vec![("winmail.dat", "dat", false)], true),
        "as the window shows it"
    );
    assert_eq!(seen.preview, "");
}

#[test]
fn a_picture_that_stands_in_what_is_read_is_no_file() {
    let html = br#"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}See there: {\*\htmltag84 <img src="cid:a" alt="the boat">}}"#;
    let wrapper = || of_rich_text(html, &[("boat.gif", "a", GIF)]);
    let seen = glance(&letter("", &[wrapper()]));
    assert_eq!(
        (names(&seen), seen.has_attachment),
        (vec![("boat.gif", "", false)], false)
    );
    assert!(seen.beside.contains("the boat"), "what stands for it is searched");
    let seen = glance(&letter("", &[wrapper(), wrapper()]));
    assert_eq!(
        (names(&seen), seen.has_attachment),
        (
            vec![("boat.gif", "", false), ("boat.gif", "gif image", false)],
            true
        ),
        "nobody is shown that of the second"
    );
    let seen = glance(&letter("<p>The letter.</p>", &[wrapper()]));
    assert!(seen.has_attachment, "nor one that nothing names which is read");
    let seen = glance(&letter("<p>Mine: <img src=cid:a></p>", &[wrapper()]));
    assert!(!seen.has_attachment, "the letter itself may show it");
}
