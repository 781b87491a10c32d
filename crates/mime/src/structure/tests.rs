//! The structure of letters, well made and otherwise. What their parts say is tested elsewhere.

use waxwing_testkit::effort::assert_linear;

use super::*;

/// Each part's section, type and body.
fn outline(raw: &str) -> (Vec<(String, String, String)>, Vec<Oddity>) {
    let structure = Structure::read(raw.as_bytes());
    let nodes = structure.nodes.iter().map(|node| {
        let body = String::from_utf8_lossy(structure.body(node)).into_owned();
        let body = if node.is_leaf() { body } else { String::new() };
        (node.section.clone(), node.content.media_type().to_owned(), body)
    });
    (nodes.collect(), structure.oddities.clone())
}

fn expect(raw: &str, parts: &[(&str, &str, &str)], oddities: &[Oddity]) {
    let (found, odd) = outline(raw);
    let found: Vec<_> = found
        .iter()
        .map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str()))
        .collect();
    assert_eq!((found.as_slice(), odd.as_slice()), (parts, oddities), "{raw}");
}

#[test]
fn nested_parts_are_numbered_as_imap_numbers_them() {
    expect(
        "Content-Type: multipart/mixed; boundary=a\n\npreamble\n--a\nContent-Type: multipart/alternative; boundary=\"b c\"\n\n--b c\n\nplain\n--b c  \nContent-Type: text/html\n\n<p>\n--b c--\nepilogue\n--a\nContent-Type: image/png\n\nPNG\n--a--\n",
        &[
            ("1", "multipart/mixed", ""),
            ("1", "multipart/alternative", ""),
            ("1.1", "text/plain", "plain"),
            ("1.2", "text/html", "<p>"),
            ("2", "image/png", "PNG"),
        ],
        &[],
    );
}

#[test]
fn a_letter_cut_off_keeps_what_came() {
    expect(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a\n\ntw",
        &[
            ("1", "multipart/mixed", ""),
            ("1", "text/plain", "one"),
            ("2", "text/plain", "tw"),
        ],
        &[Oddity::Truncated],
    );
}

#[test]
fn a_boundary_that_never_comes_leaves_a_text() {
    expect(
        "Content-Type: multipart/mixed; boundary=a\n\n--b\n\none\n",
        &[("1", "text/plain", "--b\n\none\n")],
        &[Oddity::Truncated, Oddity::BadBoundary],
    );
}

#[test]
fn a_boundary_that_is_not_named_is_guessed() {
    expect(
        "Content-Type: multipart/mixed\n\n--b\n\none\n--b--\n",
        &[("1", "multipart/mixed", ""), ("1", "text/plain", "one")],
        &[Oddity::BadBoundary],
    );
}

#[test]
fn a_boundary_that_is_named_wrongly_is_found() {
    for named in ["wrong", "\"--b\"", "B", "\"b;\"", "\"\""] {
        expect(
            &format!(
                "Content-Type: multipart/mixed; boundary={named}\n\n-- \npreamble\n--b\ncontent-type: text/html\n\n<p>\n--b\n\ntwo\n--b--\n"
            ),
            &[
                ("1", "multipart/mixed", ""),
                ("1", "text/html", "<p>"),
                ("2", "text/plain", "two"),
            ],
            &[Oddity::BadBoundary],
        );
    }
    // Within another one, and in each other.
    expect(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/related; boundary=x\n\n--y\n\
         Content-Type: multipart/alternative; boundary=z\n\n--q\nContent-Type: text/plain\n\none\n--q--\n--y--\n--a\n\ntwo\n--a--\n",
        &[
            ("1", "multipart/mixed", ""),
            ("1", "multipart/related", ""),
            ("1.1", "multipart/alternative", ""),
            ("1.1.1", "text/plain", "one"),
            ("2", "text/plain", "two"),
        ],
        &[Oddity::BadBoundary],
    );
    // A boundary that is not named does not take that of the multipart around it.
    expect(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed\n\n--a\n\ntwo\n--a--\n",
        &[
            ("1", "multipart/mixed", ""),
            ("1", "text/plain", ""),
            ("2", "text/plain", "two"),
        ],
        &[Oddity::BadBoundary],
    );
}

#[test]
fn a_letter_of_boundaries_that_are_all_wrong_is_passed_over_a_few_times() {
    let mut raw = String::new();
    for depth in 0..20_000 {
        raw.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=wrong{depth}\n\n--b{depth}\n"
        ));
    }
    raw.push_str("\ntext\n");
    let (parts, oddities) = outline(&raw);
    assert_eq!(parts.len(), MOST_PASSES, "one more is found in each pass");
    assert!(oddities.contains(&Oddity::BadBoundary), "{oddities:?}");
    let part =
        "--a\nContent-Type: multipart/mixed; boundary=wrong\n\n--b\nContent-Type: text/plain\n\nx\n--b--\n";
    let raw = format!(
        "Content-Type: multipart/mixed; boundary=a\n\n{}--a--\n",
        part.repeat(100_000)
    );
    let (parts, _) = outline(&raw);
    assert_eq!(parts.len(), PART_LIMIT, "many side by side are found at once");
}

#[test]
fn an_inner_boundary_left_open_is_closed_by_the_outer_one() {
    expect(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--a\n\ntwo\n--a--",
        &[
            ("1", "multipart/mixed", ""),
            ("1", "multipart/mixed", ""),
            ("1.1", "text/plain", "one"),
            ("2", "text/plain", "two"),
        ],
        &[],
    );
}

#[test]
fn parts_that_all_use_one_boundary_do_not_turn_in_circles() {
    let nested = "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(5);
    let (parts, _) = outline(&format!("{nested}\none\n--a--\n--a--\n"));
    assert_eq!(
        parts.last().map(|part| part.2.as_str()),
        Some("one"),
        "the innermost text is there"
    );
}

#[test]
fn an_attached_letter_is_one_part_with_its_own_boundaries_inside() {
    let inner = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--";
    expect(
        &format!(
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n\n{inner}\n--a--"
        ),
        &[("1", "multipart/mixed", ""), ("1", "message/rfc822", inner)],
        &[],
    );
}

#[test]
fn a_hundred_thousand_nested_multiparts_are_followed_to_a_limit() {
    let mut raw = String::new();
    for depth in 0..100_000 {
        raw.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
        ));
    }
    raw.push_str("\ntext\n");
    let (parts, oddities) = outline(&raw);
    assert_eq!(
        parts.len(),
        DEPTH_LIMIT + 1,
        "one part a level, and the rest in one piece"
    );
    assert_eq!(oddities, [Oddity::TooDeep, Oddity::Truncated], "both are told");
}

#[test]
fn a_hundred_thousand_parts_are_counted_to_a_limit() {
    let raw = format!(
        "Content-Type: multipart/mixed; boundary=a\n\n{}--a--\n",
        "--a\n\nx\n".repeat(100_000)
    );
    let (parts, oddities) = outline(&raw);
    assert_eq!(parts.len(), PART_LIMIT, "no more parts than that");
    assert_eq!(oddities, [Oddity::TooManyParts], "it is told");
    assert!(
        parts.last().is_some_and(|part| part.2.len() > 680_000),
        "the last part holds the others"
    );
}

#[test]
fn a_hundred_thousand_multiparts_side_by_side_that_never_begin_are_looked_at_once() {
    let part = "--a\nContent-Type: multipart/mixed; boundary=never\n\n";
    let letter = |parts| {
        let parts = part.repeat(parts);
        format!("Content-Type: multipart/mixed; boundary=a\n\n{parts}--a--\n")
    };
    assert_linear("multiparts", 2_500, letter, |raw| {
        Structure::read(raw.as_bytes()).nodes.len()
    });
    let (parts, _) = outline(&letter(100_000));
    assert_eq!(
        parts.len(),
        PART_LIMIT,
        "each boundary line is compared with the open ones only"
    );
}

#[test]
fn a_part_that_says_what_it_is_begins_behind_whatever_is_made_of_its_boundary() {
    for damaged in ["--b--", "--b x", "--b-", "--b\0", "--b\t--x"] {
        for (first, second) in [("--b", damaged), (damaged, "--b"), (damaged, damaged)] {
            let raw = format!(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n{first}\r\nContent-Type: text/plain\r\n\r\none\r\n\
                 {second}\r\nContent-Type: text/plain\r\n\r\ntwo\r\n--b--\r\n"
            );
            let letter = crate::parse(raw.as_bytes());
            let text = letter.text.unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(lines, ["one", "two"], "{first:?} and {second:?}");
            assert!(letter.oddities.contains(&Oddity::BadBoundary), "it is told");
        }
    }
    let quoted = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b1\r\nContent-Type: x\r\n\r\n--b--\r\nbye\r\n";
    let letter = crate::parse(quoted.as_bytes());
    assert_eq!(
        letter.text.as_deref(),
        Some("--b1\nContent-Type: x\n"),
        "another name begins so"
    );
    assert_eq!(letter.oddities, []);
}

#[test]
fn a_boundary_ends_the_header_that_names_it() {
    for named in ["b", "\"b\"", "b; x=y", "b\r\nX-Other: y"] {
        let raw = format!(
            "Subject: x\r\nContent-Type: multipart/mixed; boundary={named}\r\n--b\r\nContent-Type: text/html\r\n\r\n\
             <p>one</p>\r\n--b--\r\n"
        );
        let letter = crate::parse(raw.as_bytes());
        assert_eq!(letter.text.as_deref(), Some("one"), "{named}");
        assert!(letter.html.is_some(), "{named}");
        assert!(
            letter.oddities.contains(&Oddity::NoEmptyLine),
            "{named}: {:?}",
            letter.oddities
        );
    }
}
