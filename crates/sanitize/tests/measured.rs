//! Letters that kept a web view busy for seconds or for ever when they were measured in WebKitGTK 2.50, beside those of `heavy.rs`: what
//! is laid out again for all that is around it, what is drawn along all lines, and text that turns its direction or is shaped as one word.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use waxwing_sanitize::{Look, Options, from_text, sanitize};

fn fragment(html: &str) -> String {
    sanitize(html, &Options::blocked()).0.fragment().to_owned()
}

/// How often something stands in what the frame gets of a letter.
fn kept(html: &str, what: &str) -> usize {
    let (safe, _) = sanitize(html, &Options::blocked());
    safe.fragment().matches(what).count() + safe.style_sheet().matches(what).count()
}

#[test]
fn no_grid_takes_its_rows_from_the_one_around_it() {
    for style in [
        "grid-template-columns:subgrid",
        "grid-template:Subgrid / subgrid",
        "grid:subgrid/1px",
    ] {
        let html = format!("<div style='display:grid;{style}'>").repeat(40);
        assert_eq!(kept(&html, "ubgrid"), 0, "{style}");
        assert_eq!(kept(&html, "display: grid"), 40, "what is around it stays");
    }
    let asks = "<style>@supports (grid-template-columns: subgrid) { p { color: red } }</style><p>x";
    assert_eq!(
        kept(asks, "color"),
        0,
        "nor is it asked for, for then what stands in for it would be missing"
    );
}

#[test]
fn nothing_is_drawn_along_the_lines_of_a_long_letter() {
    let words = |count: usize| "some words ".repeat(count);
    for (style, kept_as) in [
        ("outline:9px double red", "outline: 9px double red"),
        ("text-wrap:pretty", "text-wrap: pretty"),
        ("text-wrap:balance", "text-wrap: balance"),
    ] {
        let html = |count| format!("<p><span style='{style}'>{}</span>", words(count));
        assert_eq!(kept(&html(100), kept_as), 1, "{style} in a short one");
        assert_eq!(kept(&html(20_000), kept_as), 0, "{style} in a long one");
        let (_, findings) = sanitize(&html(20_000), &Options::blocked());
        assert!(findings.plainer, "and it is told");
    }
}

#[test]
fn counting_begins_anew_some_thousands_of_times() {
    let rule = "<style>p{counter-reset:a;color:red}</style>";
    assert_eq!(
        kept(&format!("{rule}{}", "<p>x".repeat(2_900)), "counter-reset"),
        1
    );
    assert_eq!(
        kept(&format!("{rule}{}", "<p>x".repeat(3_100)), "counter-reset"),
        0
    );
    let each = "<p style='counter-reset:a'>x".repeat(5_000);
    assert_eq!(kept(&each, "counter-reset"), 3_000);
}

#[test]
fn families_sizes_and_weights_are_not_looked_for_in_all_their_pairs() {
    let mut html = String::new();
    for number in 0..14_400 {
        let (name, size) = (number % 120, 100 + number / 120);
        html += &format!("<i style='font-family:f{name};font-size:{size}px;font-weight:{size}'>x</i>");
    }
    let all = fragment(&html);
    let distinct = |what: &str| {
        let values = all
            .split(what)
            .skip(1)
            .map(|rest| rest.split([';', '"']).next().unwrap());
        values.collect::<std::collections::HashSet<_>>().len().max(1)
    };
    let pairs = distinct("font-family: ") * distinct("font-size: ") * distinct("font-weight: ");
    assert!((300..=1_500).contains(&pairs), "{pairs} fonts");
    let usual = "<td style='font:bold 12px/1.5 Arial,sans-serif;font-weight:700'>x".repeat(2_000);
    assert_eq!(kept(&format!("<table><tr>{usual}"), "Arial"), 2_000);
}

#[test]
fn text_that_turns_too_often_stands_in_boxes_and_is_the_same_once_more() {
    let boxes = "display: inline-block !important";
    for (what, html) in [
        ("words by turns", format!("<p>{}", "א a ".repeat(30_000))),
        (
            "marks of direction",
            format!("<p>{}", "\u{202b}a\u{202c} ".repeat(30_000)),
        ),
        ("in one word", format!("<pre>{}</pre>", "אa".repeat(30_000))),
        ("in elements", format!("<p>{}", "<i>א</i> a ".repeat(9_000))),
        (
            "elements by turns",
            format!("<p>{}", "<b>א</b><i>a</i> ".repeat(30_000)),
        ),
        (
            "elements in lines",
            "<p><b>א</b> <i>a</i> <u>ב</u> b".repeat(15_000),
        ),
        (
            "with links among them",
            format!(
                "<p>{}",
                "<b>א</b><a href='https://a.example/'>a</a> ".repeat(9_000)
            ),
        ),
        (
            "in a field",
            format!("<textarea>{}</textarea>", "א a ".repeat(30_000)),
        ),
    ] {
        let once = fragment(&html);
        assert!(once.contains(boxes), "{what}");
        let words = |html: &str| {
            let mut text = String::new();
            let mut within = false;
            for sign in html.chars() {
                match sign {
                    '<' => within = true,
                    '>' => within = false,
                    sign if !within => text.push(sign),
                    _ => {}
                }
            }
            text
        };
        assert_eq!(
            words(&once),
            words(&html),
            "{what}: no sign is lost, and each is in its place"
        );
        assert_eq!(fragment(&once), once, "{what}: what came out is clean");
    }
    let usual = format!("<p>{}", "שלום world, 12 ".repeat(2_000));
    assert_eq!(kept(&usual, boxes), 0, "a long letter of two languages has none");
    let undone = format!(
        "<style>span{{display:inline!important}}</style><p>{}",
        "א a ".repeat(30_000)
    );
    assert!(kept(&undone, boxes) > 100, "no rule of a letter undoes them");
    let text = from_text(&"א a ".repeat(30_000)).frame(Look::default());
    assert!(text.contains(boxes), "in plain text too");
    let out = waxwing_sanitize::for_sending(&format!("<p>{}", "א a ".repeat(30_000)));
    assert!(!out.contains(boxes), "what is sent stays as it was written");
}

#[test]
fn elements_that_each_turn_are_left_out_beyond_a_measure_and_their_words_stay() {
    let count = |html: &str, name: &str| fragment(html).matches(&format!("<{name}")).count();
    let turning = "<p><em>x</em>".to_owned() + &"<b>א</b><i>a</i> ".repeat(40_000) + "</p><p><b>end";
    let (b, i) = (count(&turning, "b>"), count(&turning, "i>"));
    assert!(
        (4_900..=5_100).contains(&b) && (4_900..=5_100).contains(&i),
        "{b} and {i}"
    );
    let boxes = kept(&turning, "display: inline-block !important");
    assert!(
        (100..=250).contains(&boxes),
        "{boxes} boxes, each for hundreds of turns"
    );
    let (_, findings) = sanitize(&turning, &Options::blocked());
    assert!(
        findings.plainer && !findings.truncated,
        "all words are shown, and not all looks"
    );
    for isolate in ["span dir=rtl", "bdi", "bdo dir=rtl"] {
        let name = isolate.split(' ').next().unwrap();
        let each = format!("<{isolate}>a</{name}> ").repeat(40_000);
        let stay = count(&each, name);
        assert!((4_900..=5_400).contains(&stay), "{isolate}: {stay}");
    }
    let styled = "<span style='unicode-bidi:isolate'>a</span> ".repeat(40_000);
    assert_eq!(kept(&styled, "unicode-bidi"), 10_000);
    let links = "<a href='https://a.example/'>א</a> <a href='https://a.example/'>a</a> ".repeat(12_000);
    assert_eq!(count(&links, "a "), 24_000, "links stay");
    let lines = "<div dir=rtl><b>א</b></div>".repeat(9_000);
    assert_eq!(kept(&lines, "<b>"), 9_000, "what is no turn is none");
}

#[test]
fn words_of_scripts_that_are_shaped_are_given_places_sooner() {
    for sign in ["ب", "क", "a\u{301}"] {
        let html = fragment(&format!("<p>{}", sign.repeat(100_000)));
        let longest = html.split("<wbr>").map(|piece| piece.chars().count()).max();
        assert!(longest.unwrap() <= 200, "{sign}: {longest:?}");
    }
    let words = "<p>".to_owned() + &"السلام عليكم ورحمة الله وبركاته ".repeat(3_000);
    assert_eq!(kept(&words, "<wbr>"), 0);
}

fn end_of(html: &str) -> &str {
    let from = html.floor_char_boundary(html.len().saturating_sub(90));
    html.get(from..).unwrap_or_default()
}

/// An end tag ends the element that a reader of HTML would end with it.
#[test]
fn ends_of_what_was_left_out_end_nothing_else_and_its_words_stay() {
    let many = "א a ".repeat(6_000);
    let unclosed = fragment(&format!(
        "<span style='color:red'>{many}<p><span>x</p></span><i>after</i>"
    ));
    assert!(
        unclosed.contains("</span>after"),
        "the outer one ended: {}",
        end_of(&unclosed)
    );
    let crossed = fragment(&format!("<b>{many}<b><i>x</b></i></b>after"));
    assert!(crossed.ends_with("</b>after"), "{}", end_of(&crossed));
    let field = fragment(&format!(
        "<div><span style='color:red'><textarea>{many}</textarea><a href='https://a.example/'>inside</a></span>"
    ));
    assert!(
        field.contains("</pre><a") && field.contains("inside</a></span>"),
        "its box ends with the field: {}",
        end_of(&field)
    );
    let input = fragment(&format!(
        "<p>{many}<input type=checkbox class=x checked><input value=words>"
    ));
    assert!(
        input.contains('☑') && input.contains("words"),
        "{}",
        end_of(&input)
    );
    let out = waxwing_sanitize::for_sending(&"<span dir=\"rtl\">a</span>".repeat(6_000));
    assert_eq!(
        out.matches("<span").count(),
        6_000,
        "what is sent keeps all its looks"
    );
}

#[test]
fn long_words_of_plain_text_are_counted_over_all_its_lines() {
    let line = format!("{}\n", "क".repeat(99));
    let text = from_text(&line.repeat(3_000)).frame(Look::default());
    let places = text.matches("<wbr>").count();
    assert!(places > 3_000, "{places}");
    let usual = from_text(&"क्या यह सच है\n".repeat(3_000)).frame(Look::default());
    assert_eq!(usual.matches("<wbr>").count(), 0);
}
