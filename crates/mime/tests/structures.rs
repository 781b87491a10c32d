//! Trees of parts as programs make them and as they break: boundaries that are missing, doubled, never ended or another's,
//! encodings and character sets that are not kept. Each is read without a panic, every word in it that can be shown is shown,
//! every file that is listed can be had, what was odd is told, and the work is counted in what comes out of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

use proptest::prelude::*;
use waxwing_mime::{attachment, glance, parse};

#[derive(Debug, Clone)]
enum Part {
    Leaf {
        kind: &'static str,
        encoding: &'static str,
        body: String,
        name: Option<&'static str>,
    },
    Several {
        kind: &'static str,
        boundary: String,
        break_in: Break,
        parts: Vec<Part>,
    },
    Attached(Box<Part>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    Nothing,
    /// The last boundary is not there.
    NeverEnds,
    /// The header names no boundary.
    Unnamed,
    /// The header names another one.
    Other,
    /// The last boundary stands twice, with text behind it.
    EndsTwice,
    /// Lines end as they like.
    LineEnds,
    /// Words stand behind each boundary.
    WithWords,
    /// Boundaries stand behind the last word of a line.
    Glued,
}

impl Part {
    fn write(&self, to: &mut String) {
        match self {
            Part::Leaf {
                kind,
                encoding,
                body,
                name,
            } => {
                to.push_str(&format!(
                    "Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n"
                ));
                if let Some(name) = name {
                    to.push_str(&format!(
                        "Content-Disposition: attachment; filename=\"{name}\"\r\n"
                    ));
                }
                to.push_str("\r\n");
                to.push_str(body);
            }
            Part::Several {
                kind,
                boundary,
                break_in,
                parts,
            } => {
                let named = match break_in {
                    Break::Unnamed => String::new(),
                    Break::Other => "; boundary=another".to_owned(),
                    _ => format!("; boundary=\"{boundary}\""),
                };
                to.push_str(&format!(
                    "Content-Type: multipart/{kind}{named}\r\n\r\nfor those without MIME\r\n"
                ));
                let (before, behind) = match break_in {
                    Break::LineEnds => ("\n", "\n"),
                    Break::WithWords => ("\r\n", " and more\r\n"),
                    Break::Glued => ("", "\r\n"),
                    _ => ("\r\n", "\r\n"),
                };
                for part in parts {
                    to.push_str(&format!("{before}--{boundary}{behind}"));
                    part.write(to);
                }
                match break_in {
                    Break::NeverEnds => {}
                    Break::EndsTwice => {
                        to.push_str(&format!("\r\n--{boundary}--\r\nbehind\r\n--{boundary}--\r\n"))
                    }
                    _ => to.push_str(&format!("\r\n--{boundary}--\r\n")),
                }
            }
            Part::Attached(inner) => {
                to.push_str("Content-Type: message/rfc822\r\n\r\nSubject: within\r\n");
                inner.write(to);
            }
        }
    }
}

fn part() -> impl Strategy<Value = Part> {
    let leaf = (
        prop::sample::select(vec![
            "text/plain",
            "text/plain; charset=utf-8",
            "text/plain; charset=koi8-r; format=flowed",
            "text/html; charset=iso-2022-jp",
            "text/html",
            "image/png",
            "application/pdf; name=a.pdf",
            "text/calendar",
            "application/ms-tnef",
            "message/delivery-status",
            "multipart/mixed",
            "x",
            "text/plain; charset=\"",
            "text/plain; charset=utf-16",
            "text/plain; charset=iso-2022-jp",
            "text/plain; charset=hz-gb-2312",
            "message/rfc822",
        ]),
        prop::sample::select(vec![
            "7bit",
            "8bit",
            "base64",
            "quoted-printable",
            "x-uuencode",
            "binary",
            "nonsense",
        ]),
        prop_oneof![
            "[a-zA-Z0-9+/=\\r\\n ]{0,120}",
            "\\PC{0,60}",
            "(=[0-9A-F]{2}|=\\r\\n|x){0,40}",
            "(--b[0-3](--| x)?\\r\\n|y){0,6}",
            "(\u{1b}\\$B|\u{1b}\\(B|\\$B|\\(B|EtBf|~\\{|\\r\\n|x){0,20}",
            "(begin 644 a\\r\\n|#0V%T\\r\\n|`\\r\\n|end\\r\\n|words\\r\\n){0,9}"
        ],
        prop::option::of(prop::sample::select(vec![
            "a.txt",
            "bill.pdf.exe",
            "../x",
            "=?utf-8?q?=C3=BC?=",
            "",
        ])),
    )
        .prop_map(|(kind, encoding, body, name)| Part::Leaf {
            kind,
            encoding,
            body,
            name,
        });
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            4 => (
                prop::sample::select(vec!["mixed", "alternative", "related", "signed", "digest", "report", "unknown"]),
                // Few names, so that one stands within another of the same.
                prop::sample::select(vec!["b0", "b1", "b2", "b 3", "b0b", "=_Part_1"]),
                prop::sample::select(vec![
                    Break::Nothing, Break::Nothing, Break::NeverEnds, Break::Unnamed, Break::Other, Break::EndsTwice, Break::LineEnds,
                    Break::WithWords, Break::Glued,
                ]),
                prop::collection::vec(inner.clone(), 0..5),
            ).prop_map(|(kind, boundary, break_in, parts)| Part::Several { kind, boundary: boundary.to_owned(), break_in, parts }),
            1 => inner.prop_map(|inner| Part::Attached(Box::new(inner))),
        ]
    })
}

/// So many cases; more of them where a longer run was asked for (`npm run bench -- fuzz`).
fn cases(usual: u32) -> u32 {
    let times = std::env::var("WAXWING_FUZZ")
        .ok()
        .and_then(|times| times.parse::<u32>().ok());
    usual.saturating_mul(times.unwrap_or(1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_tree_of_parts_is_read(part in part(), times in prop::sample::select(vec![1_usize, 1, 1, 30])) {
        let mut raw = "From: amara@kustwerk.example\r\nSubject: parts\r\nMIME-Version: 1.0\r\n".to_owned();
        part.write(&mut raw);
        let raw = raw.repeat(times);
        let letter = parse(raw.as_bytes());
        prop_assert_eq!(&letter.headers.subject, "parts");
        // Decoding never makes more than three octets of one, and a part is given once.
        let mut made = letter.text.as_deref().map_or(0, str::len) + letter.html_parts.iter().map(String::len).sum::<usize>();
        for listed in &letter.attachments {
            let (found, bytes) = attachment(raw.as_bytes(), &listed.part).expect("what is listed is there");
            prop_assert_eq!(&found, listed);
            prop_assert_eq!(bytes.len(), listed.size as usize);
            made += bytes.len();
        }
        prop_assert!(made <= 8 * raw.len() + 1_000, "{} octets of {}", made, raw.len());
        prop_assert_eq!(glance(raw.as_bytes()).preview, letter.preview);
    }

    #[test]
    fn a_letter_whose_parts_do_not_end_says_so_and_shows_them(words in "[a-z]{4,20}", break_in in prop::sample::select(vec![
        Break::NeverEnds, Break::Unnamed, Break::Other,
    ])) {
        let leaf = Part::Leaf { kind: "text/plain", encoding: "7bit", body: words.clone(), name: None };
        let whole = Part::Several { kind: "mixed", boundary: "b0".to_owned(), break_in, parts: vec![leaf] };
        let mut raw = "Subject: parts\r\nMIME-Version: 1.0\r\n".to_owned();
        whole.write(&mut raw);
        let letter = parse(raw.as_bytes());
        prop_assert!(!letter.oddities.is_empty(), "{:?} is told", break_in);
        let shown = letter.text.unwrap_or_default();
        prop_assert!(shown.contains(&words), "{:?}: {:?} is shown in {:?}", break_in, words, shown);
    }
}
