//! What parts say about themselves, in all the ways they say it.

use waxwing_testkit::effort::assert_linear;

use super::*;

fn content(header: &str) -> Content {
    Content::read(&crate::fields::split(header.as_bytes()).0)
}

#[test]
fn names_are_read_in_every_way_they_are_written() {
    for (header, name) in [
        ("Content-Disposition: attachment; filename=plan.pdf", "plan.pdf"),
        (
            "Content-Disposition: attachment; filename=\"a; b.pdf\"",
            "a; b.pdf",
        ),
        (
            "Content-Disposition: attachment; filename=my plan.pdf",
            "my plan.pdf",
        ),
        (
            "Content-Disposition: attachment; filename*=UTF-8''gr%C3%BCn.pdf",
            "grün.pdf",
        ),
        (
            "Content-Disposition: attachment; filename=\"x\"; filename*=UTF-8''gr%C3%BCn.pdf",
            "grün.pdf",
        ),
        (
            "Content-Disposition: attachment;\r\n filename*0*=UTF-8'de'gr%C3;\r\n filename*1*=%BCn;\r\n filename*2=\" 1.pdf\"",
            "grün 1.pdf",
        ),
        (
            "Content-Disposition: attachment; filename=\"=?utf-8?B?Z3LDvG4ucGRm?=\"",
            "grün.pdf",
        ),
        (
            "Content-Type: application/pdf; name=\"say \\\"hi\\\".pdf\"",
            "say \"hi\".pdf",
        ),
        (
            "Content-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment",
            "plan.pdf",
        ),
    ] {
        assert_eq!(content(header).name().as_deref(), Some(name), "{header}");
    }
}

#[test]
fn a_content_id_is_read_with_brackets_and_without() {
    for (value, id) in [
        ("<logo@x>", Some("logo@x")),
        ("logo.png", Some("logo.png")),
        ("<logo", Some("logo")),
        ("", None),
        ("two words", None),
    ] {
        let read = content(&format!("Content-ID: {value}")).content_id;
        assert_eq!(read.as_deref(), id, "{value}");
    }
}

#[test]
fn an_address_is_read_however_it_is_folded() {
    for (header, location, base) in [
        (
            "Content-Location: http://a.example/\r\n  b/c.gif",
            Some("http://a.example/b/c.gif"),
            None,
        ),
        ("Content-Location: \"c.gif\"", Some("c.gif"), None),
        (
            "Content-Base: http://a.example/b/\r\nContent-Location: c.gif",
            Some("c.gif"),
            Some("http://a.example/b/"),
        ),
        (
            "Content-Location: =?utf-8?q?b=C3=A4r.gif?=",
            Some("bär.gif"),
            None,
        ),
        ("Content-Location:", None, None),
    ] {
        let read = content(header);
        assert_eq!(
            (read.location.as_deref(), read.base.as_deref()),
            (location, base),
            "{header}"
        );
    }
    let long = format!("Content-Location: {}", "a".repeat(LOCATION_LIMIT + 1));
    assert_eq!(content(&long).location, None, "nobody names anything so");
}

#[test]
fn a_type_that_cannot_be_read_is_text() {
    for header in [
        "Content-Type: text",
        "Content-Type: ;",
        "Content-Type: a/b/c d",
        "X: y",
    ] {
        assert_eq!(content(header).media_type(), "text/plain", "{header}");
    }
    let odd = content("Content-Type: TEXT/HTML (a comment); charset=us-ascii (Plain)");
    assert_eq!(
        (odd.media_type(), odd.charset().as_deref()),
        ("text/html", Some("us-ascii")),
        "comments go"
    );
}

#[test]
fn a_disposition_nobody_knows_means_an_attachment() {
    assert!(
        content("Content-Disposition: special").is_attachment(),
        "RFC 2183, section 2.8"
    );
    assert!(
        !content("Content-Disposition: INLINE; filename=a.png").is_attachment(),
        "case does not matter"
    );
    assert!(
        !content("Content-Type: image/png").is_attachment(),
        "no disposition says nothing"
    );
}

#[test]
fn a_type_is_read_without_its_semicolon() {
    for (value, media_type, parameter) in [
        (
            "multipart/mixed boundary=\"b\"",
            "multipart/mixed",
            ("boundary", "b"),
        ),
        (
            "multipart/mixed, boundary=b",
            "multipart/mixed",
            ("boundary", "b"),
        ),
        (
            "multipart/mixed: boundary=\"b\"",
            "multipart/mixed",
            ("boundary", "b"),
        ),
        ("multipart; boundary=b", "multipart/mixed", ("boundary", "b")),
        ("text/html charset=utf-8", "text/html", ("charset", "utf-8")),
        ("text/html, charset=utf-8", "text/html", ("charset", "utf-8")),
        ("text/html(x); charset=utf-8", "text/html", ("charset", "utf-8")),
        ("text/html (charset=utf-8", "text/html", ("charset", "utf-8")),
        ("<text/html>; charset=utf-8", "text/html", ("charset", "utf-8")),
        ("\"text/html\"; charset=utf-8", "text/html", ("charset", "utf-8")),
        ("text/html.; charset=utf-8", "text/html", ("charset", "utf-8")),
        ("html; charset=utf-8", "text/html", ("charset", "utf-8")),
        (
            "text/plain; charset=windows-1251 format=flowed",
            "text/plain",
            ("format", "flowed"),
        ),
        (
            "text/plain; charset=windows-1251 format=flowed",
            "text/plain",
            ("charset", "windows-1251"),
        ),
        (
            "multipart/mixed; charset=\"utf-8\" boundary=\"b\"",
            "multipart/mixed",
            ("boundary", "b"),
        ),
        (
            "application/pdf name=\"plan.pdf\"",
            "application/pdf",
            ("name", "plan.pdf"),
        ),
        ("text / html ; charset = utf-8", "text/html", ("charset", "utf-8")),
    ] {
        let read = content(&format!("Content-Type: {value}"));
        assert_eq!(read.media_type(), media_type, "{value}");
        assert_eq!(
            read.parameter(parameter.0).as_deref(),
            Some(parameter.1),
            "{value}"
        );
    }
    for (value, media_type) in [
        ("html", "text/html"),
        ("text/htm", "text/html"),
        ("text/x-html", "text/html"),
    ] {
        assert_eq!(
            content(&format!("Content-Type: {value}")).media_type(),
            media_type,
            "{value}"
        );
    }
}

#[test]
fn a_field_of_spaces_is_read_once() {
    let field = |spaces| format!("Content-Type: text/plain; a{}", " ".repeat(spaces));
    assert_linear("a field of spaces", 10_000, field, |field| content(field));
    assert_eq!(content(&field(500_000)).media_type(), "text/plain");
    let named = content("Content-Disposition: attachment; filename=my name=2.pdf");
    assert_eq!(named.name().as_deref(), Some("my name=2.pdf"));
}

#[test]
fn a_type_that_is_written_otherwise_is_odd() {
    for value in [
        "text/html",
        "text/html; charset=utf-8",
        "text/plain (a comment); charset=utf-8",
        "text/x-html",
    ] {
        assert!(content(&format!("Content-Type: {value}")).well_typed, "{value}");
    }
    for value in [
        "text/html charset=utf-8",
        "html",
        "multipart; boundary=b",
        "a/b/c",
        "<text/html>",
        ";",
    ] {
        assert!(!content(&format!("Content-Type: {value}")).well_typed, "{value}");
    }
}
