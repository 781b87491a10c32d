//! What stands in the wrappings of S/MIME, and what is said of them.

use std::io::Write;

use crate::{Oddity, attachment, glance, has_attachment, parse};

/// An element with its length.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    [&[tag, 0x84], length.as_slice(), content].concat()
}

fn ber(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, 0x80], content, &[0, 0]].concat()
}

fn wrapping(kind: u8, inner: &str, element: fn(u8, &[u8]) -> Vec<u8>, string: &[u8]) -> Vec<u8> {
    let oid = |last: u8| der(0x06, &[super::KINDS, &[7, last]].concat());
    let octets = match string {
        [] => der(0x04, inner.as_bytes()),
        string => string.to_vec(),
    };
    let wrapped = element(0x30, &[oid(1), element(0xa0, &octets)].concat());
    let signed = [der(0x02, &[1]), element(0x31, &[]), wrapped, der(0x31, b"")].concat();
    element(
        0x30,
        &[oid(kind), element(0xa0, &element(0x30, &signed))].concat(),
    )
}

fn letter(wrapping: &[u8], kind: &str) -> Vec<u8> {
    let mut raw = format!(
        "From: lena@waxwing.test\r\nSubject: Signed\r\nContent-Type: application/pkcs7-mime; {kind}name=smime.p7m\r\n\
         Content-Transfer-Encoding: binary\r\n\r\n"
    )
    .into_bytes();
    raw.extend(wrapping);
    raw
}

const INNER: &str = "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    Grüße\r\n--i\r\nContent-Type: application/pdf; name=plan.pdf\r\n\r\n%PDF\r\n--i--\r\n";

#[test]
fn what_is_signed_in_a_wrapping_is_shown_and_said_to_be_unverified() {
    let pieces = [
        der(0x04, &INNER.as_bytes()[..40]),
        der(0x04, &INNER.as_bytes()[40..]),
    ]
    .concat();
    for wrapping in [
        wrapping(2, INNER, der, &[]),
        wrapping(2, INNER, ber, &[]),
        wrapping(2, "", ber, &ber(0x24, &pieces)),
        wrapping(2, "", der, &der(0x24, &pieces)),
    ] {
        for kind in ["smime-type=signed-data; ", ""] {
            let raw = letter(&wrapping, kind);
            let read = parse(&raw);
            assert_eq!(read.text.as_deref().map(str::trim), Some("Grüße"));
            assert_eq!(read.headers.subject, "Signed", "its header is its own");
            assert_eq!(read.oddities, [Oddity::NotVerified]);
            let [file] = read.attachments.as_slice() else {
                panic!("{:?}", read.attachments)
            };
            let (_, bytes) = attachment(&raw, &file.part).expect("it can be had");
            assert_eq!((file.name.as_str(), bytes.as_slice()), ("plan.pdf", &b"%PDF"[..]));
            assert!(has_attachment(&read) && glance(&raw).has_attachment);
            assert_eq!(glance(&raw).text.trim(), "Grüße", "and it is found");
        }
    }
}

#[test]
fn fields_that_stand_within_a_wrapping_do_not_become_the_letters_own() {
    let hostile = "Date: Mon, 23 Nov 2026 10:42:00 +0100\r\nReply-To: evil@evil.example\r\nX-Odd: x\r\n \
        Content-Type: text/html\r\nList-Unsubscribe: <https://evil.example/>\r\nSubject: Inner\r\n\
        References: <other@letter.example>\r\nIn-Reply-To: <other@letter.example>\r\nBcc: evil@evil.example\r\n";
    for inner in [
        format!("{hostile}{INNER}"),
        INNER.replacen("\r\n\r\n", &format!("\r\n{hostile}\r\n"), 1),
    ] {
        let raw = letter(&wrapping(2, &inner, der, &[]), "");
        let read = parse(&raw);
        assert_eq!(
            read.text.as_deref().map(str::trim),
            Some("Grüße"),
            "it is read all the same"
        );
        let own = |headers: crate::Headers| {
            let fields = headers.fields.into_iter();
            fields
                .filter(|(name, _)| !name.starts_with("Content-"))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            own(read.headers.clone()),
            own(crate::parse_headers(&raw)),
            "its fields are its own"
        );
        assert_eq!(read.headers.subject, "Signed");
        assert!(read.headers.references.is_empty() && read.headers.reply_to.is_empty());
        assert_eq!(crate::mailing_list(&raw), None);
        assert_eq!(glance(&raw).mailing_list, None, "nor for whoever glances at it");
    }
}

#[test]
fn a_wrapping_within_a_letter_and_within_a_wrapping_is_taken_off_too() {
    let within = format!(
        "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        base64(&wrapping(2, INNER, der, &[]))
    );
    let raw = format!(
        "Subject: x\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n{within}\r\n--o\r\n\r\nfooter\r\n--o--\r\n"
    );
    let text = parse(raw.as_bytes()).text.unwrap_or_default();
    assert!(text.contains("Grüße") && text.contains("footer"), "{text}");
    let twice = letter(&wrapping(2, &within, ber, &[]), "");
    assert_eq!(parse(&twice).text.as_deref().map(str::trim), Some("Grüße"));
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * place)) as usize & 63]));
        }
    }
    text
}

#[test]
fn what_cannot_be_read_is_said_to_be_encrypted_and_keeps_its_file() {
    for raw in [
        letter(&wrapping(3, INNER, der, &[]), ""),
        letter(b"anything", "smime-type=enveloped-data; "),
        b"Subject: x\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\
          Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n\
          Content-Type: application/octet-stream\r\n\r\nx\r\n--b--\r\n"
            .to_vec(),
        b"Subject: x\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----\r\n"
            .to_vec(),
    ] {
        let read = parse(&raw);
        assert_eq!(read.oddities, [Oddity::Encrypted]);
        assert!(!read.attachments.is_empty() || read.text.is_some());
    }
    for cut in 0..60 {
        let whole = wrapping(2, INNER, ber, &[]);
        parse(&letter(&whole[..cut], ""));
    }
    let deep = [0x30, 0x80].repeat(500_000);
    assert_eq!(
        parse(&letter(&deep, "")).attachments.len(),
        1,
        "what is no wrapping is a file"
    );
}

/// A wrapping of what was packed.
fn packed(inner: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(inner).expect("in memory");
    let octets = der(0x04, &encoder.finish().expect("in memory"));
    let oid = |kind: &[u8]| der(0x06, &[super::KINDS, kind].concat());
    let how = der(0x30, &oid(b"\x09\x10\x03\x08"));
    let wrapped = der(0x30, &[oid(b"\x07\x01"), der(0xa0, &octets)].concat());
    let inside = der(0x30, &[der(0x02, &[0]), how, wrapped].concat());
    der(0x30, &[oid(super::PACKED), der(0xa0, &inside)].concat())
}

#[test]
fn what_is_packed_is_unpacked() {
    for kind in ["smime-type=compressed-data; ", ""] {
        let read = parse(&letter(&packed(INNER.as_bytes()), kind));
        assert_eq!(read.text.as_deref().map(str::trim), Some("Grüße"));
        assert_eq!(read.attachments.len(), 1);
        assert_eq!(read.oddities, [], "nobody has signed it or encrypted it");
    }
    let whole = packed(INNER.as_bytes());
    for cut in 0..whole.len() {
        let read = parse(&letter(&whole[..cut], ""));
        assert_eq!(
            read.attachments.len(),
            1,
            "a part of it is not shown as the whole"
        );
        assert_eq!(read.text, None);
    }
}

/// What begins as a part of a letter, and is so large.
fn large(octets: usize) -> Vec<u8> {
    let mut large = b"Content-Type: application/octet-stream; name=large\r\n\r\n".to_vec();
    large.resize(octets, b'x');
    large
}

#[test]
fn what_is_more_than_anybody_reads_stays_a_file() {
    for (octets, is_read) in [
        (20 << 20, true),
        (super::MOST_UNPACKED + 1, false),
        (200 << 20, false),
    ] {
        let wrapping = packed(&large(octets));
        let read = parse(&letter(&wrapping, ""));
        let [file] = read.attachments.as_slice() else {
            panic!("{:?}", read.attachments)
        };
        let name = if is_read { "large" } else { "smime.p7m" };
        assert_eq!(file.name, name, "{octets} octets");
        assert!(
            is_read || file.size as usize == wrapping.len(),
            "nothing of it is lost"
        );
    }
}

/// A letter with these files.
fn with_files(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut raw =
        "Subject: x\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nSee file.\r\n".to_owned();
    for (name, octets) in files {
        raw += &format!(
            "--o\r\nContent-Type: application/pkcs7-mime; name={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(octets)
        );
    }
    (raw + "--o--\r\n").into_bytes()
}

#[test]
fn of_all_wrappings_of_a_letter_no_more_is_unpacked_than_of_one() {
    let bomb = packed(&large(super::MOST_UNPACKED + 1));
    let small = packed(INNER.as_bytes());
    let mut files = vec![("bomb.p7m", bomb.as_slice()); 20];
    files.push(("letter.p7m", &small));
    let raw = with_files(&files);
    let mut before = super::Unpacked::default();
    let structure = crate::structure::Structure::bare(&raw);
    for _ in 0..4 {
        assert_eq!(super::unwrapped(&structure, &mut before), None);
    }
    assert_eq!(before.octets, super::MOST_UNPACKED);
    assert_eq!(parse(&raw).attachments.len(), 21, "all of them stay files");
    // What is no part of a letter is known by its beginning.
    let archive = packed(&vec![b'x'; super::MOST_UNPACKED]);
    let mut files = vec![("archive.p7m", archive.as_slice()); 20];
    files.push(("letter.p7m", &small));
    let raw = with_files(&files);
    let structure = crate::structure::Structure::bare(&raw);
    let mut before = super::Unpacked::default();
    assert!(super::unwrapped(&structure, &mut before).is_some());
    assert!(before.octets <= 21 * super::PIECE, "{} octets", before.octets);
    assert!(parse(&raw).text.unwrap_or_default().contains("Grüße"));
}

#[test]
fn the_octets_of_a_wrapping_count_before_what_it_is_called() {
    let signed = letter(&wrapping(2, INNER, der, &[]), "smime-type=enveloped-data; ");
    assert_eq!(parse(&signed).text.as_deref().map(str::trim), Some("Grüße"));
    assert_eq!(parse(&signed).oddities, [Oddity::NotVerified]);
    let encrypted = letter(&wrapping(3, INNER, der, &[]), "smime-type=signed-data; ");
    assert_eq!(parse(&encrypted).oddities, [Oddity::Encrypted]);
    for (octets, oddity) in [(2, Oddity::NotVerified), (3, Oddity::Encrypted)] {
        let raw = letter(&wrapping(octets, INNER, der, &[]), "");
        let stream = b"Content-Type: application/octet-stream; ";
        let at = raw
            .windows(14)
            .position(|window| window == b"Content-Type: ")
            .expect("there");
        let end = at + raw[at..].iter().position(|byte| *byte == b';').expect("there") + 2;
        let raw = [&raw[..at], stream, &raw[end..]].concat();
        assert_eq!(parse(&raw).oddities, [oddity], "whatever a gateway calls it");
    }
}

#[test]
fn a_signed_or_encrypted_file_in_a_letter_is_a_file() {
    let with_file = |name: &str, octets: &[u8]| with_files(&[(name, octets)]);
    for raw in [
        with_file("plan.pdf.p7m", &wrapping(2, "%PDF-1.7\r\n\r\nx", der, &[])),
        with_file("plan.pdf.p7m", &wrapping(3, "%PDF-1.7", der, &[])),
    ] {
        let read = parse(&raw);
        let names: Vec<&str> = read.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["plan.pdf.p7m"]);
        assert_eq!(read.text.as_deref().map(str::trim), Some("See file."));
        assert_eq!(read.oddities, [], "the letter itself is neither");
        assert!(has_attachment(&read) && glance(&raw).has_attachment);
    }
    let forwarded = with_file("letter.p7m", &wrapping(2, INNER, der, &[]));
    assert!(parse(&forwarded).text.unwrap_or_default().contains("Grüße"));
    let sealed = parse(&with_file("smime.p7m", &wrapping(3, INNER, der, &[])));
    assert_eq!(
        sealed.oddities,
        [Oddity::Encrypted],
        "a list has put its footer to it"
    );
}

#[test]
fn a_letter_that_is_nothing_but_a_signed_file_keeps_it() {
    let octets = wrapping(2, "%PDF-1.7\r\n\r\nx", der, &[]);
    for kind in ["pkcs7-mime", "octet-stream"] {
        let mut raw = format!(
            "Subject: x\r\nContent-Type: application/{kind}; name=fattura.pdf.p7m\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        )
        .into_bytes();
        raw.extend(&octets);
        let read = parse(&raw);
        let [file] = read.attachments.as_slice() else {
            panic!("{:?}", read.attachments)
        };
        let (_, bytes) = attachment(&raw, &file.part).expect("it can be had");
        assert_eq!((file.name.as_str(), &bytes), ("fattura.pdf.p7m", &octets));
        assert_eq!((read.text, read.oddities), (None, Vec::new()));
        assert!(glance(&raw).has_attachment);
    }
    let raw = String::from_utf8_lossy(&letter(b"", "")).replace("smime.p7m", "letter.p7m");
    let raw = [raw.as_bytes(), &wrapping(2, INNER, der, &[])].concat();
    assert_eq!(
        parse(&raw).text.as_deref().map(str::trim),
        Some("Grüße"),
        "a letter is a letter whatever it is called"
    );
}

#[test]
fn a_signature_beside_the_letter_is_no_file_of_it() {
    for signature in [
        "application/pkcs7-signature; name=smime.p7s",
        "application/x-pkcs7-signature; name=smime.p7s",
        "application/octet-stream; name=smime.p7s",
        "application/pgp-signature",
    ] {
        for (inner, files) in [("Content-Type: text/plain\r\n\r\nHello\r\n", 0), (INNER, 1)] {
            let raw = format!(
                "Subject: x\r\nContent-Type: multipart/signed; micalg=sha-256; boundary=s\r\n\r\n--s\r\n{inner}\r\n--s\r\n\
                 Content-Type: {signature}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n\
                 MIIF\r\n--s--\r\n"
            );
            let read = parse(raw.as_bytes());
            assert!(
                read.text
                    .is_some_and(|text| text.contains("Hello") || text.contains("Grüße"))
            );
            let seen = glance(raw.as_bytes());
            let own = read.attachments.iter().filter(|file| file.is_file());
            assert_eq!((own.count(), seen.files.len()), (files, files), "{signature}");
            assert_eq!(seen.has_attachment, files > 0, "{signature}");
        }
    }
}

#[test]
fn words_before_what_is_encrypted_hide_nothing_of_it() {
    let armour = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----\r\n";
    let quoted = armour.replace("-----BEGIN", "> -----BEGIN");
    for (text, expected) in [
        (format!("Hi Lena\r\n\r\n{armour}"), true),
        (armour.to_owned(), true),
        (format!("Hi Lena\r\n\r\n{quoted}"), false),
        (
            "Begin it with\r\n-----BEGIN PGP MESSAGE-----\r\n".to_owned(),
            false,
        ),
    ] {
        let read = parse(format!("Subject: x\r\n\r\n{text}").as_bytes());
        assert_eq!(read.oddities.contains(&Oddity::Encrypted), expected, "{text}");
        assert!(read.text.is_some(), "and the words are shown");
    }
}
