//! What of a letter stands in its frame, and what in its rows. Together they are all of it.

use super::*;

fn shown(raw: &[u8], look: &Look) -> Rendered {
    render(
        raw,
        "",
        &BTreeMap::new(),
        look,
        RemoteImages::Blocked,
        "t",
        On::Screen,
    )
}

fn rows(rendered: &Rendered) -> Vec<&str> {
    rendered
        .attachments
        .iter()
        .map(|file| file.name.as_str())
        .collect()
}

fn related(html: &str, files: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut raw = format!(
        "Subject: x\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n"
    );
    for (name, media_type, id) in files {
        raw.push_str(&format!(
            "--b\r\nContent-Type: {media_type}; name={name}\r\nContent-ID: {id}\r\n\r\nBYTES\r\n"
        ));
    }
    raw.push_str("--b--\r\n");
    raw.into_bytes()
}

#[test]
fn what_the_frame_does_not_show_has_a_row() {
    let files = [
        ("a.jpg", "image/jpg", "<image10>"),
        ("plan.pdf", "application/pdf", "<image1>"),
        ("doc.pdf", "application/pdf", "<doc1>"),
        ("logo.png", "image/png", "logo.png"),
        ("photo.tiff", "image/tiff", "<t>"),
        ("drawing.svg", "image/svg+xml", "<s>"),
        ("bytes.png", "application/octet-stream", "<o>"),
        ("again.jpg", "image/jpeg", "<image10>"),
        ("note.png", "image/png", "<comment>"),
        ("link.png", "image/png", "<link>"),
    ];
    let html = "<img src=cid:image10><a href=cid:doc1>the plan</a><img src='cid:logo.png'><img src=cid:t><img src=cid:s>\
        <img src=CID:o><img src=cid:doc1><!-- cid:comment --><a href=cid:link>x</a>";
    let raw = related(html, &files);
    let rendered = shown(&raw, &Look::default());
    assert_eq!(
        rows(&rendered),
        [
            "plan.pdf",
            "doc.pdf",
            "photo.tiff",
            "drawing.svg",
            "again.jpg",
            "note.png",
            "link.png"
        ]
    );
    for id in ["image10", "logo.png", "o"] {
        assert!(
            rendered.document.contains(&pictures::address("t", id)),
            "{id} is in the frame"
        );
    }
    assert!(
        !rendered.document.contains("t/cid/t\""),
        "what a web view cannot show is not asked for"
    );
    let plain = Look {
        plain: true,
        ..Look::default()
    };
    assert_eq!(
        rows(&shown(&raw, &plain)).len(),
        files.len(),
        "as text it shows none of them"
    );
}

#[test]
fn a_text_that_is_cut_is_told() {
    let raw = format!(
        "Subject: x\r\n\r\n{}THE END",
        "a line of a log\r\n".repeat(300_000)
    );
    let rendered = shown(raw.as_bytes(), &Look::default());
    assert!(rendered.findings.truncated && !rendered.document.contains("THE END"));
}

#[test]
fn pictures_stand_between_the_texts_where_their_sender_has_put_them() {
    let raw = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nbefore https://a.example/\r\n--b\r\n\
        Content-Type: image/png; name=a.png\r\nContent-Disposition: inline\r\n\r\nPNG\r\n--b\r\n\r\n> after\r\n--b--\r\n";
    let rendered = shown(raw, &Look::default());
    let at = |what: &str| {
        rendered
            .document
            .find(what)
            .unwrap_or_else(|| panic!("{what} is there"))
    };
    let picture = at(&pictures::address_between("t", "2"));
    assert!(at("before ") < picture && picture < at("after"), "in its place");
    assert!(
        at("<a href=\"https://a.example/\"") < picture,
        "the text has its links"
    );
    assert!(rendered.document.contains("blockquote"), "and its quotes");
    assert_eq!(rows(&rendered), ["a.png"], "it can be saved");
    let footer = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>hi\r\n--b\r\n\r\n\
        Unsubscribe: https://lists.example/leave\r\n--b--\r\n";
    let rendered = shown(footer, &Look::default());
    assert!(
        rendered
            .document
            .contains("<a href=\"https://lists.example/leave\""),
        "a footer beside HTML has links too"
    );
}

#[test]
fn a_text_that_outlook_has_wrapped_is_shown_beside_a_picture_of_the_letter() {
    let words = b"The words that were wrapped\0";
    let mut wrapper = b"\x78\x9f\x3e\x22\x01\0\x01\x0c\x80\x02\0".to_vec();
    wrapper.extend(u32::try_from(words.len()).unwrap().to_le_bytes());
    wrapper.extend(words);
    wrapper.extend([0, 0]);
    let wrapper: String = wrapper.iter().map(|octet| format!("={octet:02X}=\r\n")).collect();
    let raw = format!(
        "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n{wrapper}\r\n--b\r\nContent-Type: image/png; name=logo.png\r\n\
         Content-Disposition: inline\r\n\r\nPNG\r\n--b--\r\n"
    );
    let rendered = shown(raw.as_bytes(), &Look::default());
    assert!(
        rendered.document.contains("The words that were wrapped"),
        "it is what the letter says: {}",
        rendered.document
    );
}

#[test]
fn paper_names_the_files_that_it_does_not_show() {
    let raw = related(
        "<img src=cid:a>",
        &[
            ("a.png", "image/png", "<a>"),
            ("plan.pdf", "application/pdf", "<p>"),
        ],
    );
    let heading = Heading::default();
    let paper = render(
        &raw,
        "",
        &BTreeMap::new(),
        &Look::default(),
        RemoteImages::Blocked,
        "t",
        On::Paper(&heading),
    );
    assert!(paper.document.contains("<dt>Files</dt><dd>plan.pdf</dd>"));
}
