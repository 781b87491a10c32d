//! Names of files as broken programs write them.

use super::*;

fn name(header: &str) -> Option<String> {
    Content::read(&crate::fields::split(header.as_bytes()).0).name()
}

#[test]
fn a_name_is_found_wherever_and_however_it_stands() {
    for (header, expected) in [
        (
            "Content-Disposition: attachment; filename*0=\"=?UTF-8?B?Z3LDvG4=?=\"; filename*1=\" plan.pdf\"",
            "grün plan.pdf",
        ),
        (
            "Content-Disposition: attachment; filename*0=\"=?UTF-8?Q?gr=C3=BCn_\"; filename*1=\"plan.pdf?=\"",
            "grün plan.pdf",
        ),
        (
            "Content-Disposition: attachment; filename=x.pdf; filename*=UTF-8''",
            "x.pdf",
        ),
        (
            "Content-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=\"\"",
            "plan.pdf",
        ),
        (
            "Content-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=\"\u{202e}\"",
            "plan.pdf",
        ),
        (
            "Content-Disposition: attachment; filename*1=\"plan\"; filename*2=\".pdf\"",
            "plan.pdf",
        ),
        (
            "Content-Disposition: attachment; filename*00=\"plan\"; filename*01=\".pdf\"",
            "plan.pdf",
        ),
        ("Content-Disposition: attachment; name=\"plan.pdf\"", "plan.pdf"),
        ("Content-Type: application/pdf; filename=\"plan.pdf\"", "plan.pdf"),
        ("Content-Disposition: filename=\"plan.pdf\"", "plan.pdf"),
        (
            "Content-Disposition: attachment filename=\"plan.pdf\"",
            "plan.pdf",
        ),
        (
            "Content-Disposition: attachment; filename=plan (final)",
            "plan (final)",
        ),
        (
            "Content-Disposition: attachment; filename=plan.pdf (2 pages)",
            "plan.pdf",
        ),
        (
            "Content-Disposition: attachment; filename=plan (1).pdf",
            "plan (1).pdf",
        ),
    ] {
        assert_eq!(name(header).as_deref(), Some(expected), "{header}");
    }
    assert_eq!(name("Content-Disposition: attachment; filename*=UTF-8''"), None);
}

#[test]
fn a_disposition_without_a_kind_is_one_of_a_file() {
    for (header, is_inline) in [
        ("Content-Disposition: filename=plan.pdf", false),
        ("Content-Disposition: ; filename=plan.pdf", false),
        ("Content-Disposition: inline filename=plan.pdf", true),
    ] {
        let content = Content::read(&crate::fields::split(header.as_bytes()).0);
        assert_eq!(content.is_inline(), is_inline, "{header}");
        assert_eq!(content.is_attachment(), !is_inline, "{header}");
    }
}

#[test]
fn a_name_that_pretends_is_the_one_that_is_used() {
    let header = "Content-Type: application/pdf; name=b.exe\r\nContent-Disposition: attachment; filename=\"a\u{202e}fdp.exe\"";
    let content = Content::read(&crate::fields::split(header.as_bytes()).0);
    assert_eq!(content.bare_name().as_deref(), Some("a\u{202e}fdp.exe"));
}
