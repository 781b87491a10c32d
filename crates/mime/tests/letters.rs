//! Letters as they come: well made, old, damaged, and made to do harm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

use waxwing_mime::{Oddity, Piece, attachment, has_attachment, inline_by_content_id, parse, parse_headers};

/// A letter with CRLF, written with plain line ends.
fn crlf(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

#[test]
fn a_newsletter_with_an_empty_text_is_read_from_its_html() {
    let letter = parse(&crlf(
        "From: Rust Nieuws <post@rustnieuws.example>\nContent-Type: multipart/alternative; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html; charset=utf-8\n\
         Content-Transfer-Encoding: quoted-printable\n\n<style>p{}</style><p>Stabilised =E2=80=93 iterators</p>\n--b--\n",
    ));
    assert_eq!(
        letter.text.as_deref(),
        Some("Stabilised – iterators"),
        "the words of the HTML"
    );
    assert!(!letter.text_is_original, "and it is told that they are ours");
    assert_eq!(letter.preview, "Stabilised – iterators", "the list shows them");
    assert_eq!(letter.html_parts.len(), 1, "the HTML itself is there too");
}

#[test]
fn text_parts_between_attachments_are_joined_and_html_parts_kept_apart() {
    let letter = parse(&crlf(
        "Content-Type: multipart/mixed; boundary=b\nSubject: x\n\n--b\nContent-Type: text/html\n\n<img src=\"\n\
         --b\nContent-Type: image/png\nContent-Disposition: inline\n\nPNG\n\
         --b\nContent-Type: text/html\n\n\"><p>secret</p>\n--b\n\nfooter <of> the list\n--b--\n",
    ));
    assert_eq!(
        letter.html_parts[0], "<img src=\"",
        "an open tag cannot swallow the next part"
    );
    assert_eq!(
        letter.html_parts[1], "\"><p>secret</p>",
        "each part is sanitised by itself"
    );
    assert!(
        letter.html_parts[2].contains("footer &lt;of&gt; the list"),
        "plain text among HTML is escaped"
    );
    assert!(
        has_attachment(&letter),
        "a picture that no HTML names deserves a paper clip"
    );
}

#[test]
fn a_picture_that_the_html_shows_is_no_attachment() {
    let raw = crlf(
        "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src='cid:lamp%40x'>\n\
         --b\nContent-Type: image/gif\nContent-ID: <lamp@x>\nContent-Disposition: attachment; filename=l.gif\n\
         Content-Transfer-Encoding: base64\n\nR0lGODlh\n--b--\n",
    );
    let letter = parse(&raw);
    assert!(
        letter.attachments[0].inline,
        "shown, though its sender says attached"
    );
    assert!(!has_attachment(&letter), "no paper clip");
    assert_eq!(
        inline_by_content_id(&raw, "<lamp@x>"),
        Some(("image/gif".into(), b"GIF89a".to_vec())),
        "its bytes"
    );
    assert_eq!(inline_by_content_id(&raw, "other"), None, "no such picture");
}

#[test]
fn winmail_and_attached_letters_and_invitations_are_attachments_with_names() {
    let raw = crlf(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\n\
         Content-Transfer-Encoding: base64\n\neJ8+\n--b\nContent-Type: message/rfc822\n\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= a/b\n\nhello\n\
         --b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--b\nContent-Type: application/x-unknown\n\n?\n--b--\n",
    );
    let letter = parse(&raw);
    let names: Vec<_> = letter.attachments.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "winmail.dat",
            "Grüße a_b.eml",
            "invitation-3.ics",
            "attachment-4.bin"
        ],
        "never empty"
    );
    assert_eq!(letter.text, None, "there is no text");
    let (inner, bytes) = attachment(&raw, &letter.attachments[1].part).unwrap();
    assert_eq!(
        (inner.media_type.as_str(), parse(&bytes).headers.subject.as_str()),
        ("message/rfc822", "Grüße a/b"),
        "it opens"
    );
}

#[test]
fn damaged_letters_are_read_as_far_as_they_go() {
    for (raw, text, oddities) in [
        ("", "", vec![Oddity::NoHeaders]),
        (
            "just words\nand more",
            "just words\nand more",
            vec![Oddity::NoHeaders],
        ),
        ("Subject: x\n\n", "", vec![]),
        (
            "Content-Type: text/plain; charset=utf-8\n\ngr\u{0}ün",
            "grün",
            vec![],
        ),
        (
            "Content-Transfer-Encoding: base64\n\nTG*VuYQ==",
            "Lena",
            vec![Oddity::BadEncoding],
        ),
        (
            "Content-Type: text/plain; charset=klingon\n\nLena",
            "Lena",
            vec![Oddity::BadCharset],
        ),
        (
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhalf",
            "half",
            vec![Oddity::Truncated],
        ),
        (
            "Content-Type: multipart/mixed; boundary=\"\"\n\nno part",
            "no part",
            vec![Oddity::Truncated, Oddity::BadBoundary],
        ),
        (
            "Content-Type: ,;=\nContent-Disposition: \"\n\nLena",
            "Lena",
            vec![],
        ),
    ] {
        let letter = parse(raw.as_bytes());
        assert_eq!(
            (letter.text.as_deref().unwrap_or(""), letter.oddities),
            (text, oddities),
            "{raw:?}"
        );
    }
}

#[test]
fn the_text_of_an_old_japanese_letter_is_readable() {
    let mut raw = b"Subject: =?iso-2022-jp?B?GyRCRXRCZhsoQg==?=\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n".to_vec();
    raw.extend_from_slice(b"\x1b$BEtBf\x1b(B\r\n");
    let letter = parse(&raw);
    assert_eq!(
        (letter.headers.subject.as_str(), letter.text.as_deref()),
        ("灯台", Some("灯台\n")),
        "both"
    );
}

#[test]
fn a_hundred_thousand_nested_multiparts_are_read_and_told() {
    let mut raw = String::from("Subject: deep\r\n");
    for depth in 0..100_000 {
        raw.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n"
        ));
    }
    let letter = parse(raw.as_bytes());
    assert!(
        letter.oddities.contains(&Oddity::TooDeep),
        "{:?}",
        letter.oddities
    );
    assert_eq!(letter.headers.subject, "deep", "what can be read is read");
}

#[test]
fn a_hundred_thousand_attached_letters_within_each_other_are_one_attachment() {
    let raw = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    let letter = parse(raw.as_bytes());
    assert_eq!(
        letter.attachments.len(),
        1,
        "an attached letter is opened when a person opens it"
    );
}

#[test]
fn a_text_of_many_megabytes_is_cut_and_told() {
    let raw = format!(
        "Content-Type: text/plain; charset=utf-8\r\n\r\n{}",
        "ü\n".repeat(4 << 20)
    );
    let letter = parse(raw.as_bytes());
    assert_eq!(
        letter.oddities,
        [Oddity::TextTooLong],
        "cut between characters, so that nothing else is odd"
    );
    assert!(
        letter
            .text
            .is_some_and(|text| text.len() <= 8 << 20 && text.starts_with('ü')),
        "the beginning is there"
    );
}

#[test]
fn nothing_in_a_header_can_turn_or_break_the_line_it_is_shown_in() {
    let headers = parse_headers(
        "From: \"=?utf-8?q?Lena=0D=0A=E2=80=AEtseT?=\" <lena@a.example>\r\nSubject: =?utf-8?q?a=00b=E2=81=A6c=07?=\r\n\
         X-Odd: =?utf-8?q?=E2=80=AE?=x\r\n\r\n"
            .as_bytes(),
    );
    assert_eq!(headers.from[0].name.as_deref(), Some("Lena tseT"), "the name");
    assert_eq!(headers.subject, "abc", "the subject");
    assert_eq!(headers.field("x-odd"), Some("x"), "any field");
}

#[test]
fn a_letter_in_format_flowed_is_unwrapped() {
    let letter = parse(b"Content-Type: text/plain; format=flowed\r\n\r\nThe rail goes \r\nround the outside.\r\n\r\n> old \r\n> words\r\n");
    assert_eq!(
        letter.text.as_deref(),
        Some("The rail goes round the outside.\n\n> old words\n"),
        "RFC 3676"
    );
}

#[test]
fn oddities_are_sentences() {
    for oddity in [
        Oddity::TooDeep,
        Oddity::Truncated,
        Oddity::NoHeaders,
        Oddity::BadCharset,
    ] {
        let sentence = oddity.to_string();
        assert!(sentence.ends_with('.') && sentence.contains(' '), "{sentence}");
    }
}

/// The text of a letter, the names of its files, and what is said of it.
fn told(raw: &[u8]) -> (String, Vec<String>, Vec<Oddity>) {
    let letter = parse(raw);
    let names = letter.attachments.iter().map(|file| file.name.clone()).collect();
    (
        letter.text.unwrap_or_default().trim().to_owned(),
        names,
        letter.oddities,
    )
}

#[test]
fn lines_that_end_with_cr_alone_and_what_stands_before_a_header_hide_nothing() {
    let cr = b"From: a@b.example\rSubject: x\rMIME-Version: 1.0\rContent-Type: text/plain\r\rHello body\rline two\r";
    let letter = parse(cr);
    assert_eq!(letter.headers.from[0].email, "a@b.example");
    assert_eq!(letter.headers.subject, "x");
    assert_eq!(
        letter.text.as_deref().map(str::trim),
        Some("Hello body\nline two")
    );
    assert_eq!(letter.oddities, [Oddity::LineEnds]);
    assert_eq!(
        waxwing_mime::parse_envelope(cr).subject,
        "x",
        "a list says the same"
    );
    for before in ["\r\n", ">From lena@x Mon Nov 23 10:42:00 2026\r\n"] {
        let raw = format!("{before}From: a@b.example\r\nSubject: x\r\n\r\nhello\r\n");
        let letter = parse(raw.as_bytes());
        assert_eq!(
            (letter.headers.subject.as_str(), letter.text.as_deref()),
            ("x", Some("hello\n"))
        );
        assert_eq!(letter.oddities, [Oddity::BeforeHeader], "{before:?}");
        assert_eq!(
            waxwing_mime::parse_envelope(raw.as_bytes()).from[0].email,
            "a@b.example"
        );
    }
}

#[test]
fn a_root_that_is_not_the_first_part_is_the_letter() {
    let raw = b"Subject: x\r\nContent-Type: multipart/related; start=\"<root>\"; boundary=b\r\n\r\n--b\r\nContent-Type: image/gif\r\n\
        Content-ID: <i>\r\n\r\nGIF89a\r\n--b\r\nContent-Type: text/html\r\nContent-ID: <root>\r\n\r\n<p>root html <img src=cid:i>\r\n--b--\r\n";
    let letter = parse(raw);
    assert_eq!(letter.html_parts.len(), 1, "{letter:?}");
    assert_eq!(letter.text.as_deref(), Some("root html"));
    assert!(!has_attachment(&letter), "the picture is in the letter");
}

#[test]
fn another_form_of_the_text_is_no_file_and_other_texts_are_read() {
    let amp = b"Subject: x\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\nContent-Type: text/x-amp-html\r\n\r\n\
        <html amp4email></html>\r\n--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>hi\r\n--b--\r\n";
    let letter = parse(amp);
    let types: Vec<_> = letter
        .attachments
        .iter()
        .map(|file| file.media_type.as_str())
        .collect();
    assert_eq!(types, ["text/calendar"], "an invitation can be found");
    assert!(
        !has_attachment(&letter) && !waxwing_mime::glance(amp).has_attachment,
        "but nobody attached it"
    );
    for (kind, body, text) in [
        ("text/enriched", "<bold>Hello</bold> body", "Hello body"),
        ("text/markdown", "# Hello body", "# Hello body"),
        ("text/x-log", "line", "line"),
        (
            "message/partial; id=a; number=1; total=2",
            "Subject: inner\r\n\r\nHello",
            "Subject: inner\n\nHello",
        ),
    ] {
        let raw = format!("Subject: x\r\nContent-Type: {kind}\r\n\r\n{body}\r\n");
        let (shown, files, oddities) = told(raw.as_bytes());
        assert_eq!((shown.as_str(), files.len()), (text, 0), "{kind}");
        assert_eq!(
            oddities.is_empty(),
            !kind.starts_with("message"),
            "{kind}: {oddities:?}"
        );
        assert_eq!(
            waxwing_mime::glance(raw.as_bytes()).text.trim(),
            text,
            "and it is found"
        );
    }
    let (_, files, oddities) = told(
        b"Subject: x\r\nContent-Type: message/external-body; access-type=URL; URL=\"https://evil.example/\"\r\n\r\nContent-Type: text/plain\r\n\r\n",
    );
    assert_eq!((files.len(), oddities), (1, vec![Oddity::Elsewhere]));
}

#[test]
fn files_in_the_midst_of_a_text_are_files() {
    let raw = b"Subject: x\r\nContent-Type: text/plain\r\n\r\nSee file:\r\n\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nBye.\r\n";
    let letter = parse(raw);
    assert_eq!(letter.text.as_deref().map(str::trim), Some("See file:\n\nBye."));
    let [file] = letter.attachments.as_slice() else {
        panic!("{:?}", letter.attachments)
    };
    let (listed, bytes) = attachment(raw, &file.part).expect("it can be had");
    assert_eq!((listed.name.as_str(), bytes.as_slice()), ("cat.txt", &b"Cat"[..]));
    let glance = waxwing_mime::glance(raw);
    assert!(has_attachment(&letter) && glance.has_attachment);
    assert_eq!(
        (glance.text.trim(), glance.files[0].name.as_str()),
        ("See file:\n\nBye.", "cat.txt")
    );
}

#[test]
fn pictures_between_texts_keep_their_place() {
    let raw = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nbefore\r\n--b\r\nContent-Type: image/png; name=a.png\r\n\
        Content-Disposition: inline; filename=a.png\r\n\r\n\x89PNG\r\n\x1a\n\r\n--b\r\n\r\nafter\r\n--b\r\nContent-Type: image/tiff\r\n\r\nII*\r\n--b--\r\n";
    let letter = parse(raw);
    let pieces: Vec<_> = letter
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(number) => format!("html {number}"),
            Piece::Text(text) => text.trim().to_owned(),
            Piece::Picture(part) => format!("picture {}", part.0),
        })
        .collect();
    assert_eq!(pieces, ["before", "picture 2", "after"]);
    assert_eq!(letter.attachments.len(), 2, "each can be saved");
    let called = String::from_utf8_lossy(raw).replace('\u{fffd}', "");
    assert!(
        parse(called.as_bytes()).pieces.is_empty(),
        "what is only called a picture stands between nothing"
    );
    let beside = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>hi\r\n--b\r\n\r\n> footer\r\n--b--\r\n";
    let letter = parse(beside);
    assert!(
        matches!(letter.pieces.as_slice(), [Piece::Html(0), Piece::Text(text)] if text.trim() == "> footer")
    );
    assert!(
        parse(b"Subject: x\r\n\r\nhello").pieces.is_empty(),
        "one text is no pieces"
    );
}
