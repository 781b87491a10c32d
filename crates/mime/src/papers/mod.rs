//! The text of the files that hang on a letter, for the search index. They come from strangers: each reader takes no more
//! than so many octets, gives no more than so many, follows nothing without end and never fails. What cannot be read is
//! left out. Those that no window shows otherwise are shown by the same text ([`words_of`]).

pub(crate) mod budget;
#[cfg(test)]
mod by_chance;
mod office;
mod pdf;
pub(crate) mod zip;

use budget::Budget;

use crate::file_kind::{self, Reader};
use crate::glance::Held;
use crate::structure::Structure;
use crate::tnef::html_from_rich_text;
use crate::{charset, file_name, glance, html_text, letters_of_mbox, visible};

/// Octets of one file that is read. A larger one is rarely text.
const LARGEST: usize = 32 << 20;
/// Octets of text that one letter's files give.
const TEXT: usize = 1 << 20;
/// Files of one letter that are read.
const FILES: usize = 50;
/// Work that is little. A unit is about an octet gone through.
const SOON: usize = 16 << 20;
/// Letters within letters that are read.
const DEEPEST: u32 = 3;

/// What stands in one file of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// As the file is called among the attachments; of what Outlook has wrapped the wrapper's, `/!` and its number in it.
    pub part: String,
    /// As it is shown.
    pub name: String,
    pub text: String,
}

/// The text of all files, one after the other.
pub fn papers(raw: &[u8]) -> String {
    within(raw, 0, &Budget::new())
}

/// The same where that is little work; else `None`, for whoever has something else to do.
pub fn papers_soon(raw: &[u8]) -> Option<String> {
    within_work(raw, SOON)
}

/// The text of each file by itself: together as much as [`papers`] gives.
pub fn papers_apart(raw: &[u8]) -> Vec<Paper> {
    each(raw, 0, &Budget::new())
}

/// The same where that is little work; else `None`.
pub fn papers_apart_soon(raw: &[u8]) -> Option<Vec<Paper>> {
    let budget = Budget::of(SOON);
    let papers = each(raw, 0, &budget);
    (!budget.is_spent()).then_some(papers)
}

/// Whether a file has a look that no window here shows, and words that can be read all the same: rich text, and what Office programs write.
pub fn has_words(media_type: &str, name: &str) -> bool {
    matches!(
        file_kind::reader(media_type, name),
        Some(Reader::Rich | Reader::Office)
    )
}

/// The words of such a file, up to `most` octets. Empty: there are none, or none that could be read, as in one that wants a password.
pub fn words_of(media_type: &str, name: &str, bytes: &[u8], most: usize) -> String {
    let bytes = bytes.get(..LARGEST.min(bytes.len())).unwrap_or_default();
    let mut text = match file_kind::reader(media_type, name) {
        Some(Reader::Rich) => {
            html_text::text_from_html(&html_from_rich_text(bytes, None, usize::MAX).unwrap_or_default())
        }
        Some(Reader::Office) => office::text(bytes, most, &Budget::new()),
        _ => String::new(),
    };
    text.truncate(text.floor_char_boundary(most));
    visible::many_lines(text.trim())
}

fn within_work(raw: &[u8], work: usize) -> Option<String> {
    let budget = Budget::of(work);
    let text = within(raw, 0, &budget);
    (!budget.is_spent()).then_some(text)
}

fn within(raw: &[u8], depth: u32, budget: &Budget) -> String {
    let mut text = String::new();
    for paper in each(raw, depth, budget) {
        text.push_str(&paper.text);
        text.push('\n');
    }
    text.truncate(text.floor_char_boundary(TEXT));
    text
}

fn each(raw: &[u8], depth: u32, budget: &Budget) -> Vec<Paper> {
    let structure = Structure::read(raw);
    let mut papers = Vec::new();
    // A line end stands behind each.
    let mut room = TEXT;
    let files = glance::files(&structure).into_iter();
    for file in files.filter(|file| file.described.readable).take(FILES) {
        if room == 0 {
            break;
        }
        budget.next_file();
        let name = file.described.name;
        let mut text = of(&structure, &file.held, &name, depth, budget);
        text.truncate(text.floor_char_boundary(room));
        room = room.saturating_sub(text.len() + 1);
        papers.push(Paper {
            part: file.part,
            name: match (name.is_empty(), &file.held) {
                (true, Held::Part(node)) => file_name::invented(node.content.media_type(), &node.section),
                _ => name,
            },
            text,
        });
    }
    papers
}

fn of(structure: &Structure<'_>, held: &Held<'_>, name: &str, depth: u32, budget: &Budget) -> String {
    match held {
        Held::Part(node) => {
            let body = structure.body(node);
            if body.len() > LARGEST * 2 {
                return String::new();
            }
            let (bytes, _) = node.content.transfer.decode(body);
            let reader = file_kind::reader(node.content.media_type(), name);
            read(&bytes, reader, node.content.charset().as_deref(), depth, budget)
        }
        Held::Wrapped(file) => {
            let reader = file_kind::reader(file.media_type.as_deref().unwrap_or_default(), name);
            read(&file.data, reader, None, depth, budget)
        }
    }
}

fn read(bytes: &[u8], reader: Option<Reader>, charset: Option<&str>, depth: u32, budget: &Budget) -> String {
    let bytes = bytes.get(..LARGEST.min(bytes.len())).unwrap_or_default();
    let some = || bytes.get(..(TEXT * 2).min(bytes.len())).unwrap_or_default();
    match reader {
        None => String::new(),
        // As whoever opens it sees it.
        Some(Reader::Text) => charset::text_of(some(), charset),
        Some(Reader::Html) => html_text::all_words(&charset::decode(some(), charset).0),
        Some(Reader::Pdf) => pdf::text(bytes, TEXT, budget),
        Some(Reader::Office) => office::text(bytes, TEXT, budget),
        Some(Reader::Rich) => {
            budget.work(bytes.len());
            let html = html_from_rich_text(bytes, None, usize::MAX).unwrap_or_default();
            budget.work(html.len());
            html_text::all_words(&html)
        }
        Some(Reader::Letter) if depth < DEEPEST => letter(bytes, depth, budget),
        Some(Reader::Letters) if depth < DEEPEST => {
            budget.work(bytes.len());
            let mut text = String::new();
            for place in letters_of_mbox(bytes) {
                let one = bytes.get(place).unwrap_or_default();
                budget.work(one.len());
                if text.len() >= TEXT || budget.left() == 0 {
                    break;
                }
                text.push_str(&letter(one, depth, budget));
            }
            text
        }
        Some(Reader::Letter | Reader::Letters) => String::new(),
    }
}

/// What a letter within a letter says: its header, the names of its files, its words and those in its files.
fn letter(raw: &[u8], depth: u32, budget: &Budget) -> String {
    let letter = glance::glance(raw);
    let mut text = header(raw);
    for file in &letter.files {
        text.push_str(&file.name);
        text.push('\n');
    }
    for part in [&letter.text, &letter.beside, &within(raw, depth + 1, budget)] {
        text.push_str(part);
        text.push('\n');
    }
    text
}

/// What a letter's header says to whoever looks for it: what it is about, and whom it is from and to, a line each.
fn header(letter: &[u8]) -> String {
    let headers = crate::parse_envelope(letter);
    let mut text = headers.subject;
    text.push('\n');
    let people = [
        headers.from,
        headers.reply_to,
        headers.to,
        headers.cc,
        headers.bcc,
    ];
    for person in people.iter().flatten() {
        text.push_str(person.name.as_deref().unwrap_or_default());
        text.push(' ');
        text.push_str(&person.email);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
        let mut raw =
            b"Subject: files\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\r\nText.\r\n"
                .to_vec();
        for (media_type, name, body) in parts {
            raw.extend_from_slice(
                format!("--b\r\nContent-Type: {media_type}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n")
                    .as_bytes(),
            );
            raw.extend_from_slice(body);
            raw.extend_from_slice(b"\r\n");
        }
        raw.extend_from_slice(b"--b--\r\n");
        raw
    }

    #[test]
    fn text_of_files_is_read_and_that_of_letters_among_them() {
        let inner = letter(&[
            ("text/plain", "deep.txt", b"anchorage"),
            ("image/png", "harbour.png", b"not text"),
        ]);
        let people = "From: Amara Okafor <amara@kustwerk.example>\r\nTo: jonas@a.example\r\nCc: Lena <lena@a.example>\r\n";
        let inner = format!("{people}{}", String::from_utf8(inner).unwrap())
            .replace("\"b\"", "\"c\"")
            .replace("--b", "--c");
        let raw = letter(&[
            ("text/csv; charset=iso-8859-1", "berths.csv", b"Sj\xf6berg;12"),
            (
                "text/html",
                "page.html",
                b"<p>a <b>lant</b>ern<img alt='a moored boat'></p><script>hidden()</script>",
            ),
            ("message/rfc822", "fwd.eml", inner.as_bytes()),
            ("image/png", "boat.png", b"not text"),
        ]);
        let text = papers(&raw);
        for expected in [
            "Sjöberg;12",
            "lantern",
            "a moored boat",
            "anchorage",
            "files",
            "Amara Okafor amara@kustwerk.example",
            "jonas@a.example",
            "Lena lena@a.example",
            "deep.txt",
            "harbour.png",
        ] {
            assert!(text.contains(expected), "{expected} is in {text:?}");
        }
        for hidden in ["hidden", "not text"] {
            assert!(!text.contains(hidden), "{hidden} is not in {text:?}");
        }
    }

    #[test]
    fn a_text_that_does_not_say_its_set_is_found_as_it_is_shown() {
        let koi8 = b"\xf0\xd2\xc9\xd7\xc5\xd4, \xcb\xcc\xc0\xde\xc9 \xd7\xc9\xd3\xd1\xd4 \xda\xc1 \xc4\xd7\xc5\xd2\xd8\xc0.";
        let raw = letter(&[("text/plain", "notes.txt", koi8)]);
        let text = papers(&raw);
        assert!(text.contains("ключи висят за дверью"), "{text:?}");
    }

    #[test]
    fn letters_and_rich_text_are_read_whatever_kind_they_came_as() {
        let eml =
            b"Subject: the dredger\r\nFrom: Amara <amara@kustwerk.example>\r\n\r\nAnchored off the quay.\r\n";
        let mbox = b"From amara@kustwerk.example Mon Nov 23 10:00:00 2026\r\nSubject: first tide\r\n\r\nLow water.\r\n\r\n\
            From jonas@kustwerk.example Mon Nov 23 11:00:00 2026\r\nSubject: second tide\r\n\r\nHigh water.\r\n";
        let rtf = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author Nobody}}\f0 The \b w\'e4chter\b0  sleeps.\par}";
        let raw = letter(&[
            ("application/octet-stream", "fwd.eml", eml),
            ("application/octet-stream", "2026.mbox", mbox),
            ("application/msword", "minutes.rtf", rtf),
        ]);
        let text = papers(&raw);
        for expected in [
            "the dredger",
            "Amara amara@kustwerk.example",
            "Anchored off the quay.",
            "first tide",
            "Low water.",
            "second tide",
            "High water.",
            "wächter",
            "sleeps.",
        ] {
            assert!(text.contains(expected), "{expected} is in {text:?}");
        }
        for hidden in ["Nobody", "Arial", "rtf1"] {
            assert!(!text.contains(hidden), "{hidden} is not in {text:?}");
        }
        assert_eq!(papers_soon(&raw), Some(text), "it is little work");
        let long = [&mbox[..], &b"Low water, and high water again.\r\n".repeat(1_000)].concat();
        let raw = letter(&[("application/mbox", "2026.mbox", &long)]);
        assert_eq!(
            within_work(&raw, long.len() + 1_000),
            None,
            "what was begun and not ended is not taken for all"
        );
    }

    #[test]
    fn each_file_gives_its_text_under_its_name() {
        let raw = letter(&[
            ("text/csv", "berths.csv", b"anchorage;12"),
            ("image/png", "boat.png", b"not text"),
            ("text/plain", "", b"low water"),
        ]);
        let apart = papers_apart(&raw);
        let told: Vec<_> = apart
            .iter()
            .map(|one| [&one.part, &one.name, &one.text])
            .collect();
        assert_eq!(
            told,
            [
                ["2", "berths.csv", "anchorage;12"],
                ["4", "attachment-4.txt", "low water"]
            ],
            "by its part and its name, or the one that it is shown under"
        );
        let listed = crate::parse(&raw).attachments;
        for paper in &apart {
            let file = listed
                .iter()
                .find(|file| file.part.0 == paper.part)
                .expect("it is listed");
            assert_eq!(file.name, paper.name);
        }
        assert_eq!(papers(&raw), "anchorage;12\nlow water\n", "and that is all of it");
        assert_eq!(papers_apart_soon(&raw), Some(apart), "it is little work");
    }

    #[test]
    fn words_of_a_file_that_has_another_look_are_shown_and_of_no_other() {
        let rtf = br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 The \b w\'e4chter\b0  sleeps.\par Low water.}";
        let word = zip::tests::archive(&[(
            "word/document.xml",
            b"<w:p><w:r><w:t>Low water</w:t></w:r></w:p><w:p><w:r><w:t>at noon</w:t></w:r></w:p>",
        )]);
        for (media_type, name, bytes, words) in [
            ("text/rtf", "a", &rtf[..], "The w\u{e4}chter sleeps.\nLow water."),
            ("application/octet-stream", "a.docx", &word, "Low water\nat noon"),
            ("application/msword", "a.docx", b"\xd0\xcf\x11\xe0 locked", ""),
            ("text/plain", "a.txt", b"Low water", ""),
        ] {
            assert_eq!(words_of(media_type, name, bytes, 1_000), words, "{name}");
        }
        assert_eq!(
            words_of("", "a.docx", &word, 5),
            "Low w",
            "no more than is wanted"
        );
        assert!(has_words("", "a.odt") && has_words("application/rtf", "a") && !has_words("", "a.pdf"));
    }

    #[test]
    fn what_is_much_work_is_left_for_later() {
        let many = format!("%PDF-1.7\r\n1 0 obj [{}] endobj", "1 ".repeat(10_000));
        let raw = letter(&[
            ("text/csv", "berths.csv", b"anchorage;12"),
            ("application/pdf", "much.pdf", many.as_bytes()),
        ]);
        assert_eq!(within_work(&raw, 5_000), None);
        assert_eq!(papers_soon(&raw), Some(papers(&raw)), "it is not much after all");
        assert!(papers(&raw).contains("anchorage"));
    }

    #[test]
    fn no_file_gives_more_than_is_indexed() {
        let long = "word ".repeat(600_000);
        assert!(papers(&letter(&[("text/plain", "a.txt", long.as_bytes())])).len() <= TEXT);
    }
}
