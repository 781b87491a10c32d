//! Letters of several parts: each is whole by itself, and all of them together have no more than one of one part.

use waxwing_sanitize::{Findings, Look, Options, Part, examine_letter};

/// The document of a letter of these parts, and what was found in it.
fn shown(parts: &[String]) -> (String, Findings) {
    let parts: Vec<Part<'_>> = parts.iter().map(|html| Part::Html(html)).collect();
    let (safe, findings, _) = examine_letter(&parts, &Options::blocked());
    (safe.frame(Look::LIGHT), findings)
}

#[test]
fn what_is_drawn_apart_is_counted_for_the_whole_letter() {
    let part = |count: usize| "<p style='opacity:.5'>x</p>".repeat(count);
    let (document, findings) = shown(&[part(200), part(200)]);
    assert!(!findings.plainer, "as much as one part may have");
    assert_eq!(
        document.matches("opacity: .5").count() + document.matches("opacity: 0.5").count(),
        400
    );
    let (document, findings) = shown(&vec![part(200); 20]);
    assert!(findings.plainer, "it is told");
    let drawn = document.matches("opacity: .5").count() + document.matches("opacity: 0.5").count();
    assert!(
        (500..=600).contains(&drawn),
        "no more than one part may have: {drawn}"
    );
    assert_eq!(document.matches(">x</p>").count(), 4_000, "all words are there");
}

#[test]
fn a_sheet_of_one_part_is_counted_for_the_elements_of_all() {
    let sheet = "<style>.x{opacity:.5}</style><p class=x>one</p>".to_owned();
    let (document, findings) = shown(&[sheet.clone(), "<p class=x>y</p>".repeat(10)]);
    assert!(!findings.plainer && document.contains("opacity"), "{document}");
    let (document, findings) = shown(&[sheet, "<p class=x>y</p>".repeat(10_000)]);
    assert!(
        findings.plainer && !document.contains("opacity: "),
        "ten thousand would be drawn apart"
    );
}

/// A selector of one part is looked for among the neighbours of another.
#[test]
fn a_sheet_of_one_part_is_counted_for_the_neighbours_in_all() {
    let sheet = "<style>p ~ p ~ p { color: red }</style><p>one</p>".to_owned();
    let many = "<p>x</p>".repeat(3_000);
    let (few, _) = shown(&[sheet.clone(), "<p>x</p><p>y</p><p>z</p>".to_owned()]);
    assert!(few.contains("p ~ p ~ p"), "{few}");
    for parts in [[sheet.clone(), many.clone()], [many, sheet]] {
        let (all, _) = shown(&parts);
        assert!(!all.contains("p ~ p ~ p"), "thousands squared are looked through");
    }
}

#[test]
fn a_letter_in_many_parts_is_no_longer_than_one_in_one() {
    let words = "<p>words of a letter</p>".repeat(100_000);
    assert!(
        !shown(std::slice::from_ref(&words)).1.truncated,
        "one is read to its end"
    );
    let (document, findings) = shown(&[words.clone(), words.clone(), words]);
    assert!(findings.truncated, "it is told");
    assert!(document.len() < 6_000_000, "{} octets", document.len());
    let items = "<ul>".to_owned() + &"<li>x".repeat(3_000);
    let (document, findings) = shown(&[items.clone(), items]);
    assert!(
        findings.plainer && !findings.truncated && document.matches("<li>").count() <= 5_000,
        "items of both lists"
    );
}

#[test]
fn turns_and_long_words_are_counted_for_the_whole_letter() {
    let places = |part: &str, sought: &str, count: usize| {
        let html = vec![format!("<p>{part}"); count];
        let texts = vec![Part::Text(part); count];
        let text = examine_letter(&texts, &Options::blocked()).0.frame(Look::LIGHT);
        [shown(&html).0, text].map(|document| document.matches(sought).count())
    };
    let turning = "א a ".repeat(4_000);
    assert_eq!(places(&turning, "inline-block !important", 1), [0, 0]);
    assert!(
        places(&turning, "inline-block !important", 4)
            .iter()
            .all(|boxes| *boxes > 20)
    );
    let words = format!("{} ", "क".repeat(99)).repeat(100);
    assert_eq!(places(&words, "<wbr>", 1), [0, 0]);
    assert!(places(&words, "<wbr>", 4).iter().all(|places| *places > 500));
}
