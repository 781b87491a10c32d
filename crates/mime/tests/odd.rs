//! Letters that real programs break, as a person sees them: what can be shown is shown, files can be had, what was odd is told, lists
//! and the index say the same, and the work grows with the length.
use waxwing_mime::{attachment, glance, parse, parse_headers};
use waxwing_testkit::broken::{Broken, letters};
use waxwing_testkit::effort::assert_linear;

/// What is wrong with how a broken letter is read. Empty is good.
fn faults(broken: &Broken) -> Vec<String> {
    let (raw, letter) = (&broken.raw, parse(&broken.raw));
    let mut faults = Vec::new();
    let text = letter.text.clone().unwrap_or_default();
    let lost = broken.says.iter().filter(|words| !text.contains(**words));
    faults.extend(lost.map(|words| format!("{words:?} is not in {text:?}")));
    if letter.headers.subject != broken.subject {
        faults.push(format!("it is called {:?}", letter.headers.subject));
    }
    if glance(raw).text != text {
        faults.push("the index does not read what is shown".to_owned());
    }
    for (file, start) in broken.files {
        let mut listed = letter
            .attachments
            .iter()
            .filter(|listed| file.is_empty() || listed.name == *file);
        let octets = listed
            .next()
            .and_then(|listed| attachment(raw, &listed.part))
            .map(|(_, octets)| octets);
        if !octets.as_ref().is_some_and(|octets| octets.starts_with(start)) {
            let names: Vec<_> = letter.attachments.iter().map(|listed| &listed.name).collect();
            faults.push(format!("{file:?} of {names:?} begins with {octets:?}"));
        }
    }
    let is_safe = |sign: char| !sign.is_control() && !matches!(sign, '/' | '\\' | '\u{202e}');
    let bad = letter
        .attachments
        .iter()
        .filter(|listed| !listed.name.chars().all(is_safe) || listed.name.is_empty());
    faults.extend(bad.map(|listed| format!("a file is called {:?}", listed.name)));
    if letter.oddities.is_empty() && broken.is_odd {
        faults.push("nothing is said of it".to_owned());
    }
    faults
}

#[test]
fn what_can_be_shown_of_a_broken_letter_is_shown_and_what_was_odd_is_told() {
    let letters = letters();
    assert!(letters.len() >= 100, "{} letters", letters.len());
    let faults: Vec<_> = letters
        .iter()
        .map(|broken| (broken.name, faults(broken)))
        .filter(|(_, faults)| !faults.is_empty())
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn subjects_are_read_as_far_as_they_go() {
    for (raw, subject) in [
        (
            &b"=?utf-8?Q?The=20lamp?==?utf-8?Q?=20is=20lit?="[..],
            "The lamp is lit",
        ),
        (b"=?utf-8?B?VGhlIGxhbXA?=", "The lamp"),
        (b"=?utf-8?B??= rope", "rope"),
        (b"=?x-unheard-of?Q?rope?=", "rope"),
        (b"=?utf-8?Q?lamp?rope?=", "lamp?rope"),
        (b"=?utf-16?B?//5UAGgAZQA=?=", "The"),
        (b"=?utf-7?Q?gr+APw-n?=", "grün"),
        (b"=?utf-8?Q?The\r\n lamp?=", "The lamp"),
        (b"\x1b$BEtBf", "灯台"),
        (b"=?iso-2022-jp?B?GyRCRXRCZg==?= rope", "灯台 rope"),
        (
            b"=?iso-2022-jp?B?GyRCRXRCZg==?=\r\n =?iso-2022-jp?B?GyRCRXRCZhsoQg==?=",
            "灯台灯台",
        ),
    ] {
        let header = [b"Subject: ", raw, b"\r\n\r\n"].concat();
        assert_eq!(parse_headers(&header).subject, subject, "{}", raw.escape_ascii());
    }
}

#[test]
fn what_is_broken_over_and_over_is_read_in_one_go() {
    let part = "--bound01 x\r\n\r\nThe lamp.--bound01\r\nContent-Type: text/plain\r\n\r\n";
    for (what, head, piece) in [
        (
            "boundaries with words",
            "Content-Type: multipart/mixed; boundary=bound01\r\n\r\n--bound01\r\n",
            part,
        ),
        (
            "boundaries with words in no multipart",
            "Content-Type: multipart/mixed; boundary=bound01\r\n\r\n",
            part,
        ),
        (
            "rows of uuencode",
            "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n",
            "#0V%T\r\n",
        ),
        (
            "beginnings of uuencode",
            "Content-Transfer-Encoding: x-uuencode\r\n\r\n",
            "begin 644 a\r\nwords\r\nend\r\n",
        ),
        (
            "escapes that nothing ends",
            "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n",
            "\x1b$BEtBf\r\nEtBf\r\n",
        ),
        (
            "escapes without their signs",
            "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n",
            "$BEt$B(B",
        ),
        (
            "ASCII that is called UTF-16",
            "Content-Type: text/plain; charset=utf-16\r\n\r\n",
            "The lamp. ",
        ),
        (
            "names in pieces",
            "Content-Type: application/pdf",
            "; name*1*=%FF; name*2=\"a",
        ),
    ] {
        let letter = |pieces| format!("Subject: x\r\n{head}{}", piece.repeat(pieces)).into_bytes();
        assert_linear(what, 1_000, letter, |raw| parse(raw));
    }
}

#[test]
fn a_file_in_a_text_that_is_not_encoded_as_it_says_can_be_had() {
    for encoding in ["base64", "x-uuencode", "quoted-printable", "7bit"] {
        let raw = format!(
            "Subject: x\r\nContent-Transfer-Encoding: {encoding}\r\n\r\nSome words, and no data.\r\n\r\nbegin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n\
             begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n"
        );
        let letter = parse(raw.as_bytes());
        let listed = letter.attachments.iter().find(|listed| listed.name == "cat.txt");
        let octets = listed.and_then(|listed| attachment(raw.as_bytes(), &listed.part));
        assert_eq!(
            octets.map(|(_, octets)| octets),
            Some(b"Cat".to_vec()),
            "{encoding}: {:?}",
            letter.attachments
        );
    }
}
