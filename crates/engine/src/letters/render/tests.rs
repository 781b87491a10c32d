//! What of a letter stands in its frame, and what in its rows. Together they are all of it.

mod crowded;
mod written;

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

/// A picture of one point, whatever it is called.
const PICTURE: &str = "GIF89a\u{1}\0\u{1}\0";

fn related(html: &str, files: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut raw = format!(
        "Subject: x\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n"
    );
    for (name, media_type, id) in files {
        let octets = match name.rsplit_once('.').map(|(_, kind)| kind) {
            Some("png" | "jpg") => PICTURE,
            _ => "BYTES",
        };
        raw.push_str(&format!(
            "--b\r\nContent-Type: {media_type}; name={name}\r\nContent-ID: {id}\r\n\r\n{octets}\r\n"
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
fn what_is_only_called_a_picture_is_a_file() {
    let files = [("a.dat", "image/png", "<a>"), ("b.jpg", "text/plain", "<b>")];
    let raw = related("<img src=cid:a><img src=cid:b>", &files);
    let rendered = shown(&raw, &Look::default());
    assert_eq!(rows(&rendered), ["a.dat"], "it is not lost");
    assert_eq!(
        rendered.attachments[0].shows,
        crate::letters::shows::Shows::Nothing
    );
    assert!(!rendered.document.contains("/t/cid/a"), "nobody asks for it");
    assert!(
        rendered.document.contains("/t/cid/b"),
        "a picture called a text is one"
    );
}

#[test]
fn pictures_behind_the_text_are_shown_and_have_no_row() {
    let files = [
        ("a.png", "image/png", "<a>"),
        ("b.png", "image/png", "<b>"),
        ("c.png", "image/png", "<c>"),
        ("d.png", "image/png", "<d>"),
        ("hover.png", "image/png", "<e>"),
    ];
    let html = "<style>p{background:url('cid:b')} p:hover{background:url(cid:e)}</style><body background=cid:a>\
        <table background=CID:d><tr><td style='background-image:url(cid:c)'>x</table>";
    let rendered = shown(&related(html, &files), &Look::default());
    assert_eq!(rows(&rendered), ["hover.png"]);
    for id in ["a", "b", "c", "d"] {
        assert!(rendered.document.contains(&pictures::address("t", id)), "{id}");
    }
    let dark = Look {
        dark: true,
        ..Look::default()
    };
    let rendered = shown(&related(html, &files), &dark);
    assert_eq!(rows(&rendered), ["hover.png"], "in the dark too");
}

#[test]
fn pictures_are_shown_by_the_address_that_they_had() {
    let part = |location: &str, octets: &str| {
        format!("--b\r\nContent-Type: image/gif\r\nContent-Location: {location}\r\n\r\n{octets}\r\n")
    };
    let raw = [
        "Subject: x\r\nContent-Type: multipart/related; boundary=b\r\nContent-Base: https://a.example/dir/\r\n\r\n--b\r\n\
         Content-Type: text/html\r\n\r\n<img src=one.gif><img src=https://a.example/two.gif><img src=page.gif>\
         <img src=https://a.example/three.gif>\r\n",
        &part("https://a.example/dir/one.gif", PICTURE),
        &part("\"https://a.example/\r\n two.gif\"", PICTURE),
        &part("page.gif", "<html>"),
        &part("unused.gif", PICTURE),
        "--b--\r\n",
    ]
    .concat();
    let rendered = shown(raw.as_bytes(), &Look::default());
    let parts: Vec<&str> = rendered
        .attachments
        .iter()
        .map(|file| file.part.as_str())
        .collect();
    assert_eq!(parts, ["4", "5"], "what is no picture, and what is not shown");
    for part in ["2", "3"] {
        assert!(
            rendered.document.contains(&pictures::address_within("t", part)),
            "{part}"
        );
    }
    assert_eq!(
        rendered.findings.remote_images, 1,
        "the third did not come with it"
    );
}

#[test]
fn an_address_above_the_html_counts_for_what_is_in_it() {
    let raw = format!(
        "Subject: x\r\nContent-Type: multipart/related; boundary=b\r\nContent-Location: https://a.example/dir/\r\n\r\n--b\r\n\
         Content-Location: page/\r\nContent-Type: text/html\r\n\r\n<img src=one.gif>\r\n\
         --b\r\nContent-Type: image/gif\r\nContent-Location: page/one.gif\r\n\r\n{PICTURE}\r\n--b--\r\n"
    );
    let rendered = shown(raw.as_bytes(), &Look::default());
    assert_eq!(rendered.attachments, []);
    assert!(rendered.document.contains(&pictures::address_within("t", "2")));
}

#[test]
fn a_list_counts_the_same_files_as_the_letter_has_rows() {
    let part = |fields: &str, octets: &str| format!("--b\r\n{fields}\r\n\r\n{octets}\r\n");
    let picture = |fields: &str| part(&format!("Content-Type: image/gif\r\n{fields}"), PICTURE);
    let html = "<img src=cid:a><img src=b.gif><a href=cid:c>x</a><table background=CID:d></table><!-- <img src=e.gif> -->\
        <img src=f.gif><p style='background: url(g.gif)'><img src=cid:h>";
    let letter = |parts: &[String]| {
        let head = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n";
        format!("{head}{html}\r\n{}--b--\r\n", parts.concat())
    };
    let parts = [
        picture("Content-ID: <a>"),
        picture("Content-Location: b.gif"),
        picture("Content-ID: <c>"),
        picture("Content-ID: <d>\r\nContent-Disposition: attachment"),
        picture("Content-Location: e.gif"),
        part("Content-Type: image/gif\r\nContent-Location: f.gif", "<html>"),
        picture("Content-Location: g.gif"),
        part("Content-Type: application/pdf\r\nContent-ID: <h>", "%PDF"),
    ];
    let rendered = shown(letter(&parts).as_bytes(), &Look::default());
    let told: Vec<&str> = rendered
        .attachments
        .iter()
        .map(|file| file.part.as_str())
        .collect();
    let files = rendered.letter.attachments.iter().filter(|file| file.is_file());
    let files: Vec<&str> = files.map(|file| file.part.0.as_str()).collect();
    assert_eq!(told, ["4", "6", "7", "9"]);
    assert_eq!(files, told, "a list of files has them too");
    let seen = letter(&parts[..2]);
    assert_eq!(shown(seen.as_bytes(), &Look::default()).attachments, []);
    assert!(
        !waxwing_mime::glance(seen.as_bytes()).has_attachment,
        "no paper clip"
    );
}

#[test]
fn of_a_picture_that_comes_twice_the_first_is_shown_and_the_other_has_a_row() {
    let twice = |kind: &str, name: &str, source: &str| {
        let part = format!(
            "--b\r\nContent-Type: image/gif\r\nContent-Disposition: inline\r\n{name}\r\n\r\n{PICTURE}\r\n"
        );
        format!(
            "Subject: x\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n\
             <img src={source}>\r\n{part}{part}--b--\r\n"
        )
    };
    for kind in ["related", "mixed"] {
        for (name, source) in [("Content-ID: <a>", "cid:a"), ("Content-Location: a.gif", "a.gif")] {
            let raw = twice(kind, name, source);
            let rendered = shown(raw.as_bytes(), &Look::default());
            let told: Vec<&str> = rendered
                .attachments
                .iter()
                .map(|file| file.part.as_str())
                .collect();
            assert_eq!(told, ["3"], "{kind} {name}");
            let files = rendered.letter.attachments.iter().filter(|file| file.is_file());
            let files: Vec<&str> = files.map(|file| file.part.0.as_str()).collect();
            assert_eq!(files, told, "{kind} {name}");
            let between = pictures::address_between("t", "3");
            let stands = kind == "mixed";
            assert_eq!(
                rendered.document.contains(&between),
                stands,
                "behind the text its sender has put the second, and it stands there"
            );
            assert!(
                !rendered.document.contains(&pictures::address_between("t", "2")),
                "the first is not shown once more"
            );
        }
    }
}

#[test]
fn a_picture_that_is_shown_many_times_is_asked_for_once() {
    let html = "<img src=https://a.example/a><p style='background:url(https://a.example/a)'>x<img src=https://a.example/b>";
    let raw = format!(
        "Subject: x\r\nContent-Type: text/html\r\n\r\n{}\r\n",
        html.repeat(50)
    );
    let absent = BTreeMap::new();
    let look = Look::default();
    let rendered = render(
        raw.as_bytes(),
        "",
        &absent,
        &look,
        RemoteImages::Allowed,
        "t",
        On::Screen,
    );
    let asked: Vec<&str> = rendered.asked.iter().map(|asked| asked.url.as_str()).collect();
    assert_eq!(asked, ["https://a.example/a", "https://a.example/b"]);
    assert_eq!(rendered.findings.remote_images, 150, "each is counted");
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
        Content-Type: image/png; name=a.png\r\nContent-Disposition: inline\r\n\r\nGIF89a\r\n--b\r\n\r\n> after\r\n--b--\r\n";
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
         Content-Disposition: inline\r\n\r\nGIF89a\r\n--b--\r\n"
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

#[test]
fn what_was_passed_on_is_not_folded_away() {
    let letter = |subject: &str| {
        let raw = format!(
            "Subject: {subject}\r\nContent-Type: text/html\r\n\r\n<p>See below.</p><div class=gmail_quote>---------- Forwarded \
             message ---------<br>From: Amara<br><br>The kettle has a hole.</div>"
        );
        shown(raw.as_bytes(), &Look::default()).document
    };
    let fold = "<details class=\"waxwing-fold\">";
    assert!(!letter("Fwd: Kettle").contains(fold), "it is what is to be read");
    assert!(
        letter("Re: Fwd: Kettle").contains(fold),
        "an answer to it is read by itself"
    );
}
