//! What is shown in the text and what is a file, said alike by whoever reads a letter and by whoever glances at it.

use super::{Different, MOST_ADDRESSES};
use crate::{Named, glance, has_attachment, parse};

const GIF: &str = "GIF89a\u{1}\0\u{1}\0";

/// A letter of HTML and of parts, each with its fields and its octets.
fn letter(html: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let parts = parts
        .iter()
        .map(|(fields, octets)| format!("--b\r\n{fields}\r\n\r\n{octets}\r\n"));
    format!(
        "Subject: x\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n{}--b--\r\n",
        parts.collect::<String>()
    )
    .into_bytes()
}

/// The sections of its files. A glance has to say the same.
fn files(raw: &[u8]) -> Vec<String> {
    let read = parse(raw);
    let files = read.attachments.iter().filter(|attachment| attachment.is_file());
    let files: Vec<String> = files.map(|file| file.part.0.clone()).collect();
    let seen = glance(raw);
    assert_eq!(has_attachment(&read), !files.is_empty());
    assert_eq!(seen.has_attachment, !files.is_empty(), "a glance sees it too");
    let of_a_kind = seen.files.iter().filter(|file| !file.kinds.is_empty());
    assert_eq!(of_a_kind.count(), files.len(), "{:?}", seen.files);
    files
}

#[test]
fn a_picture_that_the_html_shows_is_no_file_however_it_is_named() {
    let by_id = ("Content-Type: image/gif\r\nContent-ID: <a@x>", GIF);
    let by_address = (
        "Content-Type: image/gif\r\nContent-Location: https://a.example/a.gif",
        GIF,
    );
    let relative = ("Content-Type: image/gif\r\nContent-Location: image001.gif", GIF);
    for (html, part, is_file) in [
        ("<img src=cid:a@x>", by_id, false),
        ("<img src=CID:a%40x>", by_id, false),
        ("<p style='background:url(cid:a@x)'>", by_id, false),
        ("<style>p{background:url(cid:a@x)}</style>", by_id, false),
        ("<style>p:hover{background:url(cid:a@x)}</style>", by_id, true),
        ("<a href=cid:a@x>the picture</a>", by_id, true),
        ("<!-- <img src=cid:a@x> -->", by_id, true),
        ("<img src=cid:b@x>", by_id, true),
        ("<img src='https://a.example/a.gif'>", by_address, false),
        ("<td background='https://a.example/a.gif'>", by_address, false),
        ("<img src='https://a.example/b.gif'>", by_address, true),
        ("<a href='https://a.example/a.gif'>x</a>", by_address, true),
        ("<img src=\" image001.gif \">", relative, false),
        ("image001.gif", relative, true),
    ] {
        let raw = letter(html, &[part]);
        assert_eq!(!files(&raw).is_empty(), is_file, "{html}");
        assert_eq!(
            parse(&raw).attachments[0].inline,
            part.0.contains("Content-ID") || !is_file,
            "{html}"
        );
    }
    let paper = (
        "Content-Type: application/pdf\r\nContent-Location: a.pdf",
        "%PDF-1.7",
    );
    assert_eq!(
        files(&letter("<img src=a.pdf>", &[paper])),
        ["2"],
        "a paper is a file"
    );
    let absent = ("Content-Type: image/gif\r\nContent-Location: a.gif", "");
    assert_eq!(
        files(&letter("<img src=a.gif>", &[absent])).len(),
        0,
        "what is not here is taken at its word"
    );
    let both = letter("<img src=image001.gif>", &[relative, paper]);
    assert_eq!(files(&both), ["3"]);
}

#[test]
fn a_picture_that_is_shown_is_found_by_its_name_alone() {
    let raw = letter(
        "<img src=a.gif>",
        &[
            (
                "Content-Type: image/gif; name=lamp.gif\r\nContent-Location: a.gif",
                GIF,
            ),
            ("Content-Type: image/gif; name=plan.gif", GIF),
        ],
    );
    let told: Vec<(String, String)> = glance(&raw)
        .files
        .into_iter()
        .map(|file| (file.name, file.kinds))
        .collect();
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(name, kinds)| (name.as_str(), kinds.as_str()))
        .collect();
    assert!(
        matches!(told[..], [("lamp.gif", ""), ("plan.gif", kinds)] if kinds.contains("gif")),
        "{told:?}"
    );
}

#[test]
fn pictures_are_found_by_their_names() {
    let raw = letter(
        "",
        &[
            (
                "Content-Type: image/gif\r\nContent-ID: <a>\r\nContent-Location: a.gif",
                GIF,
            ),
            ("Content-Type: application/pdf\r\nContent-ID: <b>", "%PDF"),
        ],
    );
    let read = parse(&raw);
    let named = Named::of(&read);
    let part = |found: Option<&crate::Attachment>| found.map(|found| found.part.0.clone());
    assert_eq!(part(named.by_id("a")).as_deref(), Some("2"));
    assert_eq!(part(named.by_address(0, "a.gif")).as_deref(), Some("2"));
    assert_eq!(part(named.by_id("b")), None, "it is no picture");
    assert_eq!(part(named.by_address(0, "b.gif")), None);
}

#[test]
fn of_several_pictures_with_one_name_the_first_is_shown_and_the_others_are_files() {
    let by_id = ("Content-Type: image/gif\r\nContent-ID: <a>", GIF);
    let by_address = ("Content-Type: image/gif\r\nContent-Location: a", GIF);
    let by_both = (
        "Content-Type: image/gif\r\nContent-ID: <a>\r\nContent-Location: a",
        GIF,
    );
    let paper = (
        "Content-Type: application/pdf\r\nContent-ID: <a>\r\nContent-Location: a",
        "%PDF",
    );
    for (html, parts, told) in [
        ("<img src=cid:a>", &[by_id, by_id][..], &["3"][..]),
        ("<img src=a>", &[by_address, by_address], &["3"]),
        ("<img src=cid:a><img src=a>", &[by_both, by_both], &["3"]),
        (
            "<img src=cid:a><img src=a>",
            &[by_id, by_address, by_both],
            &["4"],
        ),
        // What is no picture does not stand in the way of one.
        ("<img src=cid:a>", &[paper, by_id], &["2"]),
        ("<img src=a>", &[paper, by_address, by_address], &["2", "4"]),
        ("<img src=b>", &[by_id, by_id], &["2", "3"]),
    ] {
        for related in [true, false] {
            let raw = String::from_utf8(letter(html, parts)).expect("text");
            let raw = match related {
                true => raw,
                false => raw.replace("multipart/related", "multipart/mixed"),
            };
            assert_eq!(files(raw.as_bytes()), told, "{html} {parts:?}");
            let read = parse(raw.as_bytes());
            let shown = read
                .attachments
                .iter()
                .find(|file| file.shown && file.content_id.is_some());
            let found = crate::InlineParts::of(raw.as_bytes()).get(raw.as_bytes(), "a");
            if let Some(shown) = shown {
                assert_eq!(
                    found,
                    crate::attachment(raw.as_bytes(), &shown.part)
                        .map(|(file, bytes)| (file.media_type, bytes)),
                    "who fetches it gets the one that is meant"
                );
            }
        }
    }
}

#[test]
fn relative_addresses_are_those_of_what_is_around() {
    let letter = |outer: &str, page: &str, html: &str, picture: &str| {
        let field = |location: &str| match location {
            "" => String::new(),
            location => format!("Content-Location: {location}\r\n"),
        };
        format!(
            "Subject: x\r\n{}Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n{}Content-Type: text/html\r\n\r\n{html}\r\n\
             --b\r\n{}Content-Type: image/gif\r\n\r\n{GIF}\r\n--b--\r\n",
            field(outer),
            field(page),
            field(picture)
        )
    };
    for (outer, page, source, picture, is_shown) in [
        // The multipart's address is the base of both.
        (
            "https://a.example/dir/",
            "",
            "one.gif",
            "https://a.example/dir/one.gif",
            true,
        ),
        (
            "https://a.example/dir/",
            "",
            "https://a.example/dir/one.gif",
            "one.gif",
            true,
        ),
        (
            "https://a.example/dir/",
            "sub/page.html",
            "one.gif",
            "sub/one.gif",
            true,
        ),
        (
            "https://a.example/dir/",
            "sub/page.html",
            "../one.gif",
            "/dir/one.gif",
            true,
        ),
        (
            "https://a.example/dir/",
            "sub/page.html",
            "one.gif",
            "https://b.example/one.gif",
            false,
        ),
        // Nothing is absolute.
        ("", "sub/page.html", "one.gif", "sub/one.gif", true),
        ("", "", "./one.gif", "one.gif", true),
        ("", "", "two.gif", "one.gif", false),
        // A sender who keeps no base.
        ("", "https://a.example/dir/page.html", "one.gif", "one.gif", true),
        // Written otherwise, and the same.
        (
            "",
            "",
            "HTTPS://A.example:443/one.gif",
            "https://a.example/one.gif",
            true,
        ),
        ("", "", "one two.gif", "one%20two.gif", true),
        ("", "", "", "https://a.example/", false),
    ] {
        let raw = letter(outer, page, &format!("<img src=\"{source}\">"), picture);
        let told = format!("{outer:?} {page:?} {source:?} {picture:?}");
        assert_eq!(files(raw.as_bytes()).is_empty(), is_shown, "{told}");
        let read = parse(raw.as_bytes());
        assert_eq!(
            Named::of(&read).by_address(0, source).is_some(),
            is_shown,
            "{told}"
        );
    }
}

#[test]
fn each_address_is_looked_up_once_and_not_any_number_of_them() {
    let mut different = Different::default();
    let mut looked_up = |address: &str| usize::from(different.is_next(address));
    assert_eq!((0..100).map(|_| looked_up("a.gif")).sum::<usize>(), 1);
    let more = (0..MOST_ADDRESSES * 2).map(|number| looked_up(&format!("{number}.gif")));
    assert_eq!(more.sum::<usize>(), MOST_ADDRESSES - 1);
    // Those of another kind are not in the way of Content-IDs.
    let many: String = (0..MOST_ADDRESSES * 2)
        .map(|number| format!("<img src={number}.gif>"))
        .collect();
    let pictures = [
        ("Content-Type: image/gif\r\nContent-ID: <a>", GIF),
        ("Content-Type: image/gif\r\nContent-Location: 7.gif", GIF),
    ];
    assert_eq!(
        files(&letter(&format!("{many}<img src=cid:a>"), &pictures)).len(),
        0
    );
}

#[test]
fn each_html_part_has_a_base_of_its_own() {
    let part = |fields: &str, html: &str| format!("--b\r\nContent-Type: text/html\r\n{fields}\r\n{html}\r\n");
    let picture = |address: &str| {
        format!("--b\r\nContent-Type: image/gif\r\nContent-Location: {address}\r\n\r\n{GIF}\r\n")
    };
    let raw = format!(
        "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}{}{}{}{}{}{}--b--\r\n",
        part(
            "Content-Location: https://a.example/one/page.html\r\n",
            "<img src=a.gif>"
        ),
        part("Content-Base: https://a.example/two/\r\n", "<img src=a.gif>"),
        part(
            "Content-Location: https://a.example/one/page.html\r\n",
            "<base target=x><base href='../three/'><base href=/four/><img src=a.gif>"
        ),
        picture("https://a.example/one/a.gif"),
        picture("https://a.example/two/a.gif"),
        picture("https://a.example/three/a.gif"),
        picture("https://a.example/four/a.gif"),
    );
    assert_eq!(files(raw.as_bytes()), ["7"], "nobody names the last");
    let read = parse(raw.as_bytes());
    let named = Named::of(&read);
    let meant = |part| named.by_address(part, "a.gif").map(|file| file.part.0.as_str());
    assert_eq!([0, 1, 2, 3].map(meant), [Some("4"), Some("5"), Some("6"), None]);
}
