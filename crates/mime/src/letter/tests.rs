//! Broken letters, each as a person would see it. What single fields and parts say is tested where they are read.

use super::*;

fn read_text(raw: impl AsRef<[u8]>) -> (String, Vec<Oddity>) {
    let letter = parse(raw.as_ref());
    (letter.text.unwrap_or_default(), letter.oddities)
}

#[test]
fn a_type_without_its_semicolon_hides_nothing() {
    let raw = "From: a@b.example\nContent-Type: multipart/mixed boundary=\"b\"\n\n--b\nContent-Type: text/html charset=utf-8\n\n\
               <p>Grüße\n--b\nContent-Type: application/pdf name=\"plan.pdf\"\n\n%PDF\n--b--\n";
    let letter = parse(raw.as_bytes());
    assert_eq!(letter.text.as_deref(), Some("Grüße"));
    assert_eq!(letter.attachments[0].name, "plan.pdf");
    assert_eq!(letter.oddities, [Oddity::BadType]);
}

#[test]
fn a_text_without_an_empty_line_before_it_is_whole() {
    let (text, odd) = read_text("From: a@b.example\r\nSubject: x\r\nDear Bob,\r\n\r\nI resign.\r\n");
    assert_eq!(text, "Dear Bob,\n\nI resign.\n");
    assert_eq!(odd, [Oddity::NoEmptyLine]);
    let (text, odd) = read_text("From: a@b.example\nno field\nSubject: x\n\ntext\n");
    assert_eq!((text.as_str(), odd), ("text\n", vec![Oddity::DamagedHeader]));
    let part = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nHello,\n\nyou.\n--b--\n";
    assert_eq!(read_text(part).0, "Hello,\n\nyou.");
}

const PARTS: &str =
    "--b\nContent-Type: text/plain\n\none\n--b\nContent-Type: application/pdf; name=a.pdf\n\n%PDF\n";

fn mixed(boundary: &str, body: &str) -> Letter {
    let header = "From: a@b.example\nContent-Type: multipart/mixed; boundary=";
    parse(format!("{header}{boundary}\n\n{body}").as_bytes())
}

#[test]
fn parts_behind_a_closing_boundary_are_there() {
    let twice = format!("{PARTS}--b--\n{}--b--\n", PARTS.replace("one", "two"));
    let letter = mixed("b", &twice);
    assert_eq!(
        (letter.text.as_deref(), letter.attachments.len()),
        (Some("one\ntwo"), 2)
    );
    assert_eq!(letter.oddities, [Oddity::BadBoundary]);
    let letter = mixed("b", &format!("--b--\n{PARTS}--b--\n"));
    assert_eq!(
        (letter.text.as_deref(), letter.attachments.len()),
        (Some("one"), 1)
    );
    // What only names the boundary behind the end is no part.
    let letter = mixed("b", &format!("{PARTS}--b--\nThey quoted\n--b\nwithout more.\n"));
    assert_eq!(
        (letter.text.as_deref(), letter.attachments.len()),
        (Some("one"), 1)
    );
    assert_eq!(letter.oddities, []);
}

#[test]
fn boundaries_end_in_many_ways() {
    for (boundary, close) in [("b", "--b--trailing"), ("b", "--b-- \t"), ("\"b \"", "--b --")] {
        let letter = mixed(boundary, &format!("{PARTS}{close}\n"));
        assert_eq!(
            (letter.text.as_deref(), letter.attachments[0].size),
            (Some("one"), 4),
            "{close}"
        );
        assert_eq!(letter.oddities, [], "{close}");
    }
    let letter = mixed("b", "--b--\nHello\n");
    assert!(letter.text.unwrap_or_default().contains("Hello"));
}

#[test]
fn words_before_the_first_boundary_are_the_text_where_there_is_no_other() {
    let file = "--b\nContent-Type: application/pdf; name=a.pdf\n\n%PDF\n--b--\n";
    let letter = mixed("b", &format!("Hello without a boundary\n\n{file}"));
    assert_eq!(
        (letter.text.as_deref(), letter.attachments.len()),
        (Some("Hello without a boundary\n"), 1)
    );
    assert_eq!(letter.oddities, [Oddity::BadBoundary]);
    let letter = mixed(
        "b",
        &format!("This is a multi-part message in MIME format.\n{file}"),
    );
    assert_eq!((letter.text, letter.oddities), (None, Vec::new()));
}

#[test]
fn a_multipart_that_is_encoded_as_a_whole_is_decoded() {
    let encoded = "LS1iDQpDb250ZW50LVR5cGU6IHRleHQvcGxhaW4NCg0Kb25lDQotLWItLQ0K";
    let letter = mixed("b\nContent-Transfer-Encoding: base64", encoded);
    assert_eq!(
        (letter.text.as_deref(), letter.oddities),
        (Some("one"), vec![Oddity::BadEncoding])
    );
    let quoted = "--=3Db\nContent-Type: application/pdf; name=3Da.pdf\n\n%PDF\n--=3Db--\n";
    let letter = mixed("\"=b\"\nContent-Transfer-Encoding: quoted-printable", quoted);
    assert_eq!(letter.attachments[0].name, "a.pdf");
    assert_eq!(letter.oddities, [Oddity::BadEncoding]);
    let letter = mixed("b\nContent-Transfer-Encoding: base64", &format!("{PARTS}--b--\n"));
    assert_eq!(
        letter.text.as_deref(),
        Some("one"),
        "where it is not encoded it stays"
    );
}

fn encoded(field: &str, body: &str) -> (String, Vec<Oddity>) {
    read_text(format!(
        "From: a@b.example\nContent-Type: text/plain\nContent-Transfer-Encoding: {field}\n\n{body}"
    ))
}

#[test]
fn what_is_no_base64_is_shown_as_it_stands() {
    let odd = vec![Oddity::BadEncoding];
    let words = "Hello Lena, this is plain text, and no base64.\n";
    assert_eq!(encoded("base64", words), (words.to_owned(), odd.clone()));
    let listed = "SGVsbG8gTGVuYQ==\n\n____\nCrew mailing list\n";
    assert_eq!(
        encoded("base64", listed),
        ("Hello Lena\n\n____\nCrew mailing list\n".to_owned(), odd.clone())
    );
    let scanned = "SGVsbG8gTGVu\n-- \nThis mail was scanned.\n";
    assert_eq!(
        encoded("base64", scanned),
        ("Hello Len\n-- \nThis mail was scanned.\n".to_owned(), odd.clone())
    );
    let file = format!(
        "From: a@b.example\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n{listed}"
    );
    let letter = parse(file.as_bytes());
    assert_eq!((letter.attachments[0].size, letter.oddities), (10, odd));
}

#[test]
fn a_parameter_without_its_fold_ends_no_header() {
    let raw = "From: a@b.example\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\
        Content-Disposition: attachment;\nfilename=\"plan.pdf\"\n\nJVBERi0x\n";
    let letter = parse(raw.as_bytes());
    let sizes: Vec<_> = letter.attachments.iter().map(|file| file.size).collect();
    assert_eq!((letter.text, sizes), (None, vec![6]), "the file is whole");
}

#[test]
fn of_two_transfer_encodings_the_one_that_encodes_counts() {
    let read = encoded("7bit\nContent-Transfer-Encoding: base64", "SGVsbG8gTGVuYQ==\n");
    assert_eq!(read, ("Hello Lena".to_owned(), vec![Oddity::BadEncoding]));
    assert_eq!(
        encoded("x-unknown", "words"),
        ("words".to_owned(), vec![Oddity::BadEncoding])
    );
    assert_eq!(encoded("quoted-printable", "Hello=").0, "Hello");
}

#[test]
fn a_header_of_eight_bits_is_in_the_set_of_its_letter() {
    let raw = b"From: \xf0\xd2\xc9\xd7\xc5\xd4 <a@b.example>\nSubject: \xf0\xd2\xc9\xd7\xc5\xd4\nContent-Type: text/plain; charset=koi8-r\n\n\xf0\xd2\n";
    let letter = parse(raw);
    assert_eq!(
        (
            letter.headers.subject.as_str(),
            letter.headers.from[0].name.as_deref()
        ),
        ("Привет", Some("Привет"))
    );
    let unnamed = b"Subject: \xf0\xd2\xc9\xd7\xc5\xd4\n\n\xf0\xd2\n";
    let letter = parse_in(unnamed, "koi8-r");
    assert_eq!(
        (letter.headers.subject.as_str(), letter.text.as_deref()),
        ("Привет", Some("Пр\n"))
    );
}

#[test]
fn html_says_in_which_set_it_is_where_its_part_does_not_say_it_truly() {
    for label in ["us-ascii", "utf-8"] {
        let mut raw = format!(
            "From: a@b.example\nContent-Type: text/html; charset={label}\n\n<meta charset=koi8-r><p>"
        )
        .into_bytes();
        raw.extend_from_slice(b"\xf0\xd2\xc9\xd7\xc5\xd4");
        assert_eq!(
            read_text(raw),
            ("Привет".to_owned(), vec![Oddity::BadCharset]),
            "{label}"
        );
    }
}

#[test]
fn html_that_shows_nothing_does_not_hide_the_text() {
    for html in ["\n", "<body></body>", "<!-- nothing -->", "<p>&nbsp;</p>"] {
        let letter = mixed(
            "b",
            &format!(
                "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nthe text\n--c\nContent-Type: text/html\n\n{html}\n--c--\n--b--\n"
            ),
        );
        assert_eq!(
            (letter.html, letter.text.as_deref()),
            (None, Some("the text")),
            "{html}"
        );
    }
}

#[test]
fn lines_that_end_with_two_carriage_returns_are_lines() {
    let (text, odd) = read_text("From: a@b.example\r\r\n\r\r\nMeeting: Friday\r\r\n\r\r\nSee you\r\r\n");
    assert_eq!(
        (text.as_str(), odd),
        ("Meeting: Friday\n\nSee you\n", vec![Oddity::LineEnds])
    );
    let (text, odd) = read_text("From: a@b.example\rSubject: x\r\rHello\nWorld\n");
    assert_eq!((text.as_str(), odd), ("Hello\nWorld\n", vec![Oddity::LineEnds]));
    let (text, odd) = read_text("From: a@b.example\n\rSubject: x\n\r\n\rHello\n\rWorld\n\r");
    assert_eq!((text.as_str(), odd), ("Hello\nWorld\n", vec![Oddity::LineEnds]));
}
