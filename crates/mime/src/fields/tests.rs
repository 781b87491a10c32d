//! Where headers end, and their fields.

use super::*;

#[test]
fn a_plain_field_is_read_where_it_stands_and_any_other_is_put_together() {
    let (fields, _) =
        split(b"Subject:  Plain words \r\nTo: a@b.example,\r\n\tc@d.example\r\nX: \xfc\r\nY: a\0b\rc\r\n");
    let unfolded: Vec<Cow<'_, str>> = fields.iter().map(Field::unfolded).collect();
    assert!(matches!(unfolded[0], Cow::Borrowed("Plain words")));
    assert_eq!(
        unfolded,
        ["Plain words", "a@b.example,\tc@d.example", "\u{fc}", "ab c"]
    );
}

fn names_and_values(header: &str) -> Vec<(String, String)> {
    let (fields, _) = split(header.as_bytes());
    fields
        .iter()
        .map(|f| {
            (
                String::from_utf8_lossy(f.name).into_owned(),
                f.unfolded().into_owned(),
            )
        })
        .collect()
}

#[test]
fn folded_fields_are_one_line_again() {
    assert_eq!(
        names_and_values("Subject: one\r\n two\r\n\tthree\r\nFrom : lena@a.example\r\n"),
        [
            ("Subject".into(), "one two\tthree".into()),
            ("From".into(), "lena@a.example".into())
        ],
        "a fold loses its line end only, and a space before the colon is no fault"
    );
}

#[test]
fn a_header_ends_at_an_empty_line_or_where_the_text_begins() {
    for (raw, end, body) in [
        ("A: b\r\n\r\ntext", 6, 8),
        ("A: b\n\ntext", 5, 6),
        ("A: b\nno field here\nnor here", 5, 5),
        ("A: b\ndamaged line\nC: d\n\n", 23, 24),
        ("A: b\nDear Bob,\n\nI resign.", 5, 5),
        ("A: b\n \nDear Bob,\n\nI resign.", 7, 7),
        ("A: b\nC: d\nall of it\n\n", 10, 10),
        ("A: b;\nx=\"y\"\n\nPDF", 12, 13),
        ("A: b\nx*0=y\nx*1=z\n\nPDF", 17, 18),
        ("A: b;\nplan\n\nPDF", 11, 12),
        ("A: b\nx = y\n\nmore", 5, 5),
        ("A: b\nTGVuYQ==\n\nmore", 5, 5),
        ("just text\nmore", 0, 0),
        ("A: b", 4, 4),
        ("From lena Mon Nov 23\nA: b\n\nx", 26, 27),
        (
            "Content-Type: multipart/mixed;\n boundary=b\nA: c\n--b\nA: d\n\nx",
            48,
            48,
        ),
        (
            "Content-Type: multipart/mixed; boundary=\"b:\"\n--b:\n c\n\nx",
            53,
            54,
        ),
        ("A: boundary=b\n--b\nC: d\n\nx", 23, 24),
    ] {
        assert_eq!(header_end(raw.as_bytes(), 0, |_| false), (end, body), "{raw:?}");
    }
}

#[test]
fn what_was_put_before_a_header_is_passed_over() {
    for before in [
        "\r\n",
        "\n\n",
        ">From lena@x Mon Nov 23 10:42:00 2026\n",
        "\nFrom lena@x Mon Nov 23 10:42:00 2026\r\n",
        "\u{feff}",
        "+OK 1234 octets\r\n",
    ] {
        let raw = format!("{before}From: lena@a.example\nSubject: x\n\ntext");
        let header = header_of(raw.as_bytes());
        assert_eq!(split(&header).0.len(), 2, "{before:?}");
    }
    let raw = "\r\n\r\nX-Mailer: x\r\n y\r\nFrom: lena@a.example\r\n\r\ntext";
    assert_eq!(
        split(&header_of(raw.as_bytes())).0.len(),
        2,
        "another field comes first"
    );
    for text in [
        "\nNote: this is a text",
        "\nNote: this is a text\nDate: tomorrow",
        "\n\nFrom here on: text",
        ">From me: hello",
    ] {
        assert_eq!(beginning(text.as_bytes()), 0, "{text:?} has no header");
    }
}

#[test]
fn lines_that_end_as_no_line_should_still_end() {
    let raw = b"From: a@b.example\rSubject: x\r y\r\rtext";
    let header = header_of(raw);
    let subject = first(&split(&header).0, "Subject");
    assert_eq!(subject.as_deref(), Some("x y"));
    let usual = b"Subject: a\rFrom: b\r\n\r\n";
    assert_eq!(
        split(&header_of(usual)).0.len(),
        1,
        "where lines end well they end nowhere else"
    );
}

#[test]
fn an_endless_header_is_read_up_to_a_limit() {
    let header = "X: y\r\n".repeat(HEADER_LIMIT / 6 + 10);
    let (fields, too_long) = split(header.as_bytes());
    assert!(too_long, "it is told");
    assert!(
        fields.len() <= HEADER_LIMIT / 6 + 1,
        "and what lies beyond is not read"
    );
}
