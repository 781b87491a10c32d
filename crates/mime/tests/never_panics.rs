//! Whatever bytes come, a letter is read, and what is read keeps its promises.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

use proptest::prelude::*;
use waxwing_mime::{
    Headers, Letter, attachment, authentication_results, base_subject, for_sending, glance, has_attachment,
    leave_letter, mailing_list, parse, parse_addresses, parse_envelope, parse_headers, respond,
    sender_tricks, text_from_html, thread_ids,
};
use waxwing_model::ResponseKind;

/// What holds for every letter.
fn check(raw: &[u8]) -> Letter {
    let letter = parse(raw);
    assert_eq!(letter, parse(raw), "the same bytes give the same letter");
    assert!(letter.preview.chars().count() <= 200, "a preview is short");
    assert!(letter.preview.chars().all(|c| !c.is_control()), "and of one line");
    for shown in [&letter.headers.subject]
        .into_iter()
        .chain(letter.attachments.iter().map(|a| &a.name))
    {
        assert!(
            shown
                .chars()
                .all(|c| !c.is_control() && !('\u{202a}'..='\u{202e}').contains(&c)),
            "{shown:?}"
        );
    }
    for listed in &letter.attachments {
        assert!(
            !listed.name.is_empty() && !listed.name.contains(['/', '\\']),
            "a safe name: {:?}",
            listed.name
        );
        let (found, bytes) = attachment(raw, &listed.part).expect("what is listed is there");
        assert_eq!(
            (found.size as usize, &found),
            (bytes.len(), listed),
            "with the size that is told"
        );
    }
    let seen = glance(raw);
    assert_eq!(
        (
            seen.preview.as_str(),
            seen.has_attachment,
            seen.text.as_str(),
            &seen.report
        ),
        (
            letter.preview.as_str(),
            has_attachment(&letter),
            letter.text.as_deref().unwrap_or_default(),
            &letter.report
        ),
        "a glance sees what reading does"
    );
    // Octets that are no UTF-8 are in the set of the text, which a header alone does not know.
    let alone = parse_headers(raw);
    if std::str::from_utf8(raw).is_ok() {
        assert_eq!(alone, letter.headers, "in the header too");
    }
    let envelope = Headers {
        fields: alone.fields.clone(),
        ..parse_envelope(raw)
    };
    assert_eq!(envelope, alone, "with and without all of its fields");
    thread_ids(&letter.headers);
    authentication_results(raw);
    sender_tricks(raw);
    if let Some(list) = mailing_list(raw) {
        assert!(!list.id.is_empty(), "a list has something to be known by");
        assert!(!list.name.chars().any(char::is_control), "{:?}", list.name);
        list.leave
            .and_then(|leave| leave.mail)
            .map(|mail| leave_letter(&mail));
    }
    for kind in [ResponseKind::Reply, ResponseKind::ReplyAll, ResponseKind::Forward] {
        respond(
            kind,
            &letter,
            &["lena@a.example".to_owned()],
            60,
            1_795_430_000_000,
        );
    }
    if let Ok(ready) = for_sending(raw) {
        let again = parse(&ready.raw);
        assert_eq!(again.headers.bcc, [], "no Bcc leaves");
        assert_eq!(
            again.headers.message_id,
            Some(ready.message_id),
            "the identifier is the letter's"
        );
    }
    letter
}

const LETTER: &str = "From: =?utf-8?q?Mika_Per=C3=A4l=C3=A4?= <mika@a.example>\r\nTo: \"Brandt, Lena\" <lena@a.example>,\r\n crew: amara@b.example;\r\n\
    Subject: =?iso-2022-jp?B?GyRCRXRCZhsoQg==?= (fwd)\r\nDate: Mon, 23 Nov 2026 10:42:00 +0100 (CET)\r\nMessage-ID: <a@b>\r\nReferences: <c@d> <e@f>\r\n\
    Content-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\n--b 1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n\
    --b2\r\nContent-Type: text/plain; charset=shift_jis; format=flowed; delsp=yes\r\n\r\n> a \r\n\x01\r\n-- \r\nx\r\n\
    --b2\r\nContent-Type: text/html; charset=utf-7\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=BC<a href=3D\"https://a.example\">x</a><!-- --><style></style>&uuml;</p>\r\n--b2--\r\n\
    --b 1\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*0*=utf-8''gr%C3%BC;\r\n filename*1=n.pdf\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <x@y>\r\n\r\nJVBERi0=\r\n--b 1--\r\n";

/// Pieces that mean something, to be put in odd places.
const PIECES: [&str; 24] = [
    "\r\n",
    "\n",
    "\r",
    "--b 1",
    "--b2--",
    "\r\n\r\n",
    "=?utf-8?q?",
    "?=",
    "\"",
    "<",
    ">",
    ";",
    ":",
    "(",
    "\\",
    "\0",
    "=",
    "Content-Type: ",
    "multipart/mixed; boundary=",
    "message/rfc822",
    "charset=utf-16",
    "\u{202e}",
    "base64",
    "&#x110000;",
];

/// Names of parts, what they hold, and how HTML may name them.
const NAMES: [&str; 9] = [
    "",
    "Content-ID: <a>\r\n",
    "Content-ID: <b>\r\n",
    "Content-Location: a.gif\r\n",
    "Content-Location: https://a.example/dir/a.gif\r\n",
    "Content-Location: dir/\r\n",
    "Content-Base: https://a.example/\r\n",
    "Content-Location: ../\u{e4}.gif\r\n",
    "Content-Disposition: attachment; filename=a.gif\r\n",
];
const OCTETS: [&str; 4] = [
    "Content-Type: image/gif\r\n\r\nGIF89a\u{1}\0\u{1}\0",
    "Content-Type: image/gif\r\n\r\n",
    "Content-Type: image/gif\r\n\r\n<html>",
    "Content-Type: text/plain\r\n\r\ntext",
];
const SOURCES: [&str; 12] = [
    "<img src=cid:a>",
    "<img alt=\"x\" src='CID:b'>",
    "<img src=a.gif>",
    "<img src=\"/dir/a.gif\">",
    "<td background=https://a.example/dir/a.gif>",
    "<p style='background:url(dir/a.gif)'>",
    "<img src=../\u{e4}.gif>",
    "<!-- ",
    "-->",
    "<a href=cid:a>",
    "<img src=\"",
    "url(",
];

/// So many cases; more of them where a longer run was asked for (`npm run bench -- fuzz`).
fn cases(usual: u32) -> u32 {
    let times = std::env::var("WAXWING_FUZZ")
        .ok()
        .and_then(|times| times.parse::<u32>().ok());
    usual.saturating_mul(times.unwrap_or(1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(300), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_letter(raw in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        check(&raw);
    }

    #[test]
    fn any_pieces_are_a_letter(pieces in proptest::collection::vec(0..PIECES.len(), 0..200)) {
        check(pieces.iter().map(|&index| PIECES[index]).collect::<String>().as_bytes());
    }

    #[test]
    fn a_letter_changed_anywhere_is_still_a_letter(
        changes in proptest::collection::vec((0..LETTER.len(), 0..PIECES.len(), 0..40usize), 1..12),
        end in 0..=LETTER.len(),
    ) {
        let mut raw = LETTER.as_bytes().to_vec();
        for (at, piece, removed) in changes {
            let at = at.min(raw.len());
            let to = (at + removed).min(raw.len());
            raw.splice(at..to, PIECES[piece].bytes());
        }
        check(&raw);
        raw.truncate(end);
        check(&raw);
    }

    #[test]
    fn pictures_are_shown_or_files_however_they_are_named(
        kinds in proptest::collection::vec((0..NAMES.len(), 0..NAMES.len(), 0..OCTETS.len()), 0..6),
        sources in proptest::collection::vec(0..SOURCES.len(), 0..6),
        around in (0..NAMES.len(), 0..NAMES.len(), any::<bool>()),
    ) {
        let html: String = sources.iter().map(|&index| SOURCES[index]).collect();
        let parts: String = kinds
            .iter()
            .map(|&(one, other, octets)| format!("--b\r\n{}{}{}\r\n", NAMES[one], NAMES[other], OCTETS[octets]))
            .collect();
        let multipart = if around.2 { "related" } else { "mixed" };
        let raw = format!(
            "Subject: x\r\n{}Content-Type: multipart/{multipart}; boundary=b\r\n\r\n--b\r\n{}Content-Type: text/html\r\n\r\n\
             {html}\r\n{parts}--b--\r\n",
            NAMES[around.0], NAMES[around.1]
        );
        let letter = check(raw.as_bytes());
        for shown in letter.attachments.iter().filter(|attachment| attachment.shown) {
            assert!(shown.picture.is_some() || shown.size == 0, "nothing else is shown: {raw}");
            let same = |other: &&waxwing_mime::Attachment| {
                other.shown && other.content_id.is_some() && other.content_id == shown.content_id
                    && other.location == shown.location
            };
            assert!(letter.attachments.iter().filter(same).count() <= 1, "one of each name: {raw}");
        }
    }

    #[test]
    fn any_text_goes_through_the_smaller_doors(text in "\\PC{0,300}", bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        let _ = parse_addresses(&text);
        base_subject(&text);
        text_from_html(&text);
        text_from_html(&text.replace(['a', 'e', 'i'], "<").replace(['o', 'u'], ">").replace('n', "&"));
        parse_headers(&bytes);
    }

    #[test]
    fn every_charset_takes_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200), index in 0..CHARSETS.len()) {
        let mut raw = format!("Subject: =?{0}?q?x?=\r\nContent-Type: text/html; charset={0}\r\n\r\n", CHARSETS[index]).into_bytes();
        raw.extend(bytes);
        check(&raw);
    }
}

const CHARSETS: [&str; 16] = [
    "utf-8",
    "utf-7",
    "utf-16",
    "utf-16le",
    "iso-2022-jp",
    "iso-2022-kr",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "hz-gb-2312",
    "big5",
    "euc-kr",
    "cp850",
    "koi8-u",
    "x-mac-cyrillic",
    "replacement",
];

#[test]
fn the_letter_that_is_changed_is_a_good_one() {
    let letter = check(LETTER.as_bytes());
    assert_eq!(letter.oddities, [], "or the tests above would test little");
    assert_eq!(letter.headers.subject, "灯台 (fwd)", "with an encoded subject");
    assert_eq!(letter.attachments[0].name, "grün.pdf", "and a name in pieces");
}
