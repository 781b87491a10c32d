//! Which files get a row, and the ways to their bytes.

use std::fmt::Write;

use super::*;

#[test]
fn a_file_is_shown_by_its_type_or_by_its_name() {
    for (media_type, name, kind) in [
        ("image/png", "a.png", Shows::Nothing),
        ("image/svg+xml", "a.svg", Shows::Nothing),
        ("application/octet-stream", "a.jpg", Shows::Nothing),
        ("application/octet-stream", "a.eml", Shows::Letter),
        ("application/octet-stream", "old.mbox", Shows::Letters),
        ("application/x-mbox", "2019", Shows::Letters),
        ("text/x-mbox", "2019.txt", Shows::Letters),
        ("text/plain", "a.eml", Shows::Letter),
        ("text/plain", "patch.diff", Shows::Text),
        ("text/html", "a.html", Shows::Text),
        ("text/plain", "called.png", Shows::Text),
        ("audio/mpeg", "a.mp3", Shows::Sound),
        ("application/octet-stream", "a.opus", Shows::Sound),
        ("audio/vnd.wave", "a", Shows::Sound),
        ("audio/x-flac", "a", Shows::Sound),
        ("application/octet-stream", "a.webm", Shows::Film),
        ("image/heic", "a.heic", Shows::Undrawn),
        ("video/mp4", "a.mp4", Shows::Film),
        ("application/pdf", "a.pdf", Shows::Pdf),
        ("application/octet-stream", "A.PDF", Shows::Pdf),
        ("application/zip", "a.zip", Shows::Archive),
    ] {
        assert_eq!(shows(media_type, name, false, &[]), kind, "{media_type} {name}");
        assert_eq!(
            shows(media_type, name, true, &[]),
            Shows::Picture,
            "{media_type} {name} whose octets are a picture"
        );
    }
}

const LETTER: &str = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nouter\n--b\nContent-Type: message/rfc822\n\n\
    Subject: inner\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\ntext\n--c\nContent-Type: text/csv; name=a.csv\n\n1,2\n--c--\n\
    --b\nContent-Type: application/mbox; name=old.mbox\n\nFrom a\nSubject: one\n\nfirst\n\nFrom b\nSubject: two\n\nsecond\n--b--\n";

#[test]
fn a_way_leads_into_letters_and_archives() {
    let file = inside(LETTER.as_bytes(), "2/2").expect("a file of the attached letter");
    assert_eq!(
        (file.name.as_str(), file.bytes.as_slice()),
        ("a.csv", &b"1,2"[..])
    );
    let archive = Archive::of(inside(LETTER.as_bytes(), "3").expect("the archive").bytes);
    let second = of_archive(&archive, "2").expect("a letter of the archive");
    assert!(second.bytes.starts_with(b"Subject: two"));
    for way in ["", "9", "2/9", "2/!1", "2/2/2"] {
        assert_eq!(inside(LETTER.as_bytes(), way), None, "{way} leads nowhere");
    }
    for way in ["", "0", "3", "x", "2/9"] {
        assert_eq!(
            of_archive(&archive, way),
            None,
            "{way} leads nowhere in an archive"
        );
    }
}

const GIF: &[u8] = b"GIF89a\x01\0\x01\0";

/// An attribute of a wrapper of Outlook's (MS-OXTNEF, section 2.1.3.2).
fn attribute(name: u32, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    [
        &[2][..],
        &name.to_le_bytes(),
        &length.to_le_bytes(),
        data,
        &[0, 0],
    ]
    .concat()
}

/// A wrapper of one picture with this Content-ID, and of another that has none.
fn wrapper(name: &str, content_id: &str) -> Vec<u8> {
    let mut id: Vec<u8> = content_id.bytes().chain([0]).collect();
    let length = u32::try_from(id.len()).unwrap();
    id.resize(id.len().next_multiple_of(4), 0);
    let properties = [
        &[1, 0, 0, 0, 0x1e, 0, 0x12, 0x37, 1, 0, 0, 0][..],
        &length.to_le_bytes(),
        &id,
    ]
    .concat();
    [
        &b"\x78\x9f\x3e\x22\x01\0"[..],
        &attribute(0x0006_9002, &[0; 14]),
        &attribute(0x0001_8010, name.as_bytes()),
        &attribute(0x0006_800f, GIF),
        &attribute(0x0006_9005, &properties),
    ]
    .concat()
}

/// What octets are in quoted-printable.
fn quoted(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "={octet:02X}=\r\n").unwrap();
        text
    })
}

#[test]
fn a_picture_of_a_wrapper_that_is_not_shown_has_a_row() {
    let wrapped = |name: &str| {
        format!(
            "--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
            quoted(&wrapper(name, "a"))
        )
    };
    let raw = format!(
        "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n\
         <img src=cid:a>\r\n{}{}--b--\r\n",
        wrapped("first.gif"),
        wrapped("second.gif")
    );
    let letter = waxwing_mime::parse(raw.as_bytes());
    let seen = Seen {
        own: &|_| false,
        wrapped: &|id| id == "a",
    };
    let rows = rows(raw.as_bytes(), &letter, &seen, &BTreeMap::new(), "");
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.part.as_str(), row.name.as_str()))
        .collect();
    assert_eq!(rows, [("3/!1", "second.gif")], "the body shows the first alone");
}

/// A property of many octets (MS-OXTNEF, section 2.1.3.4), alone.
fn property(kind: u16, id: u16, octets: &[u8]) -> Vec<u8> {
    let length = u32::try_from(octets.len()).unwrap();
    let mut padded = octets.to_vec();
    padded.resize(octets.len().next_multiple_of(4), 0);
    [
        &1_u32.to_le_bytes()[..],
        &kind.to_le_bytes(),
        &id.to_le_bytes(),
        &1_u32.to_le_bytes(),
        &length.to_le_bytes(),
        &padded,
    ]
    .concat()
}

#[test]
fn a_picture_that_stands_in_what_outlook_has_wrapped_is_no_file_for_the_browser_of_files() {
    let html = property(0x0102, 0x1013, b"<p>See there: <img src=\"cid:a\"></p>");
    let mut of_the_letter = attribute(0x0006_9003, &html);
    of_the_letter[0] = 1;
    let mut winmail = wrapper("boat.gif", "a");
    winmail.splice(6..6, of_the_letter);
    let letter_of = |text: &str| {
        format!(
            "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{text}\r\n\
             --b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--b--\r\n",
            quoted(&winmail)
        )
    };
    for (text, files) in [("", 0), ("<p>The letter says something itself.</p>", 1)] {
        let raw = letter_of(text);
        let letter = waxwing_mime::parse(raw.as_bytes());
        let ids = crate::letters::render::shown_ids(raw.as_bytes(), &letter);
        let seen = Seen {
            own: &|file| file.shown,
            wrapped: &|id| ids.contains(id),
        };
        let rows = rows(raw.as_bytes(), &letter, &seen, &BTreeMap::new(), "");
        assert_eq!(rows.len(), files, "{text:?}: {rows:?}");
    }
}

#[test]
fn a_letter_in_a_wrapper_has_its_own_files() {
    let inner = wrapper("inner.gif", "a");
    let outer = [
        &b"\x78\x9f\x3e\x22\x01\0"[..],
        &attribute(0x0006_9002, &[0; 14]),
        &attribute(0x0001_8010, b"Inner\0"),
        &attribute(0x0006_800f, &inner),
    ]
    .concat();
    let raw = format!(
        "Subject: x\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
        quoted(&outer)
    );
    let seen = Seen {
        own: &|_| false,
        wrapped: &|_| false,
    };
    let listed = |raw: &[u8], before: &str| {
        let letter = waxwing_mime::parse(raw);
        let rows = rows(raw, &letter, &seen, &BTreeMap::new(), before);
        let rows = rows.into_iter().map(|row| (row.part, row.name, row.shows));
        rows.collect::<Vec<_>>()
    };
    let outside = listed(raw.as_bytes(), "");
    assert_eq!(
        outside,
        [("1/!1".to_owned(), "Inner.eml".to_owned(), Shows::Letter)]
    );
    let letter = inside(raw.as_bytes(), "1/!1").expect("the letter");
    let within = listed(&letter.bytes, "1/!1/");
    assert_eq!(
        within,
        [("1/!1/1/!1".to_owned(), "inner.gif".to_owned(), Shows::Picture)]
    );
    let file = inside(raw.as_bytes(), "1/!1/1/!1").expect("its file");
    assert_eq!(file.bytes, GIF);
}

/// An element of ASN.1 with its length.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82][..], &length, content].concat()
}

/// Something signed (RFC 5652, section 5.1), as far as it takes to read it.
fn signed(inner: &str) -> Vec<u8> {
    let oid = |last: u8| der(0x06, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]);
    let wrapped = der(0x30, &[oid(1), der(0xa0, &der(0x04, inner.as_bytes()))].concat());
    let inside = [der(0x02, &[1]), der(0x31, &[]), wrapped, der(0x31, &[])].concat();
    der(0x30, &[oid(2), der(0xa0, &der(0x30, &inside))].concat())
}

#[test]
fn a_wrapping_that_is_brought_is_the_file_that_was_asked_for() {
    let skeleton = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n\
        Content-Type: application/pkcs7-mime; name=letter.p7m\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\r\n--b--\r\n";
    let several = "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nwords\r\n--i--\r\n";
    for (inner, is_unwrapped) in [
        (several, true),
        ("Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF", true),
        ("%PDF-1.7", false),
    ] {
        let wrapping = signed(inner);
        let part = PartId("2".to_owned());
        let raw =
            waxwing_mime::fill(skeleton.as_bytes(), &part, quoted(&wrapping).as_bytes()).expect("filled");
        let letter = waxwing_mime::parse(&raw);
        let is_file = letter.attachments.iter().any(|file| file.name == "letter.p7m");
        assert_eq!(is_file, !is_unwrapped, "{inner}");
        let file = brought(&raw, "2").expect("it is what was asked for");
        assert_eq!(
            (file.name.as_str(), &file.bytes),
            ("letter.p7m", &wrapping),
            "{inner}"
        );
    }
    let raw = waxwing_mime::fill(
        skeleton.as_bytes(),
        &PartId("2".to_owned()),
        quoted(&signed(several)).as_bytes(),
    );
    let again = inside(&raw.expect("filled"), "2").expect("nor is it gone for who asks once more");
    assert_eq!(again.name, "letter.p7m");
    assert_eq!(
        brought(LETTER.as_bytes(), "2/2")
            .expect("other ways lead on")
            .name,
        "a.csv"
    );
}

#[test]
fn an_invitation_that_comes_as_a_file_too_has_one_row() {
    let meeting = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n";
    let names = |file: &str| {
        let raw = format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n\
             --c\n\nCome.\n--c\nContent-Type: text/calendar; method=REQUEST\n\n{meeting}--c--\n\
             --b\nContent-Type: application/ics; name=invite.ics\nContent-Disposition: attachment\n\n{file}--b--\n"
        );
        let letter = waxwing_mime::parse(raw.as_bytes());
        let seen = Seen {
            own: &|_| false,
            wrapped: &|_| false,
        };
        let rows = rows(raw.as_bytes(), &letter, &seen, &BTreeMap::new(), "");
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names(meeting), ["invite.ics"]);
    assert_eq!(
        names("BEGIN:VCALENDAR\nEND:VCALENDAR\n").len(),
        2,
        "another file than the form"
    );
}

/// A letter of so many invitations beside the words, each of which comes as a file too.
fn meetings(count: usize) -> String {
    let forms: String = (0..count)
        .map(|number| format!("--a\r\nContent-Type: text/calendar\r\n\r\nMEETING {number}\r\n"))
        .collect();
    let files: String = (0..count)
        .map(|number| {
            format!("--b\r\nContent-Type: application/ics; name=a.ics\r\nContent-Disposition: attachment\r\n\r\nMEETING\r\n{number}\r\n")
        })
        .collect();
    format!(
        "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nwords\r\n{forms}--a--\r\n{files}--b--\r\n"
    )
}

#[test]
fn an_invitation_that_comes_as_a_file_too_has_one_row_and_many_are_soon_listed() {
    let seen = Seen {
        own: &|_| false,
        wrapped: &|_| false,
    };
    for (count, expected) in [(1, 1), (FORMS, FORMS), (900, 1_800 - FORMS)] {
        let raw = meetings(count);
        let letter = waxwing_mime::parse(raw.as_bytes());
        let begun = std::time::Instant::now();
        let rows = rows(raw.as_bytes(), &letter, &seen, &BTreeMap::new(), "");
        assert_eq!(rows.len(), expected);
        assert!(
            begun.elapsed().as_secs() < 20,
            "the letter is not read anew for each of them"
        );
    }
}
