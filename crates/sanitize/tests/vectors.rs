//! The collection in tests/hostile, one trick a line, against the finished document: it is read again as a browser reads it,
//! with scripts and without, and looked at by an inspector that shares no code with the sanitiser. The browser's tests show
//! the same lines in a real frame.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test may fail"
)]

mod inspect;
mod tree;
mod tricks;

use inspect::{dangers, element_dangers};
use tricks::{FAMILIES, vectors};
use waxwing_sanitize::{Colours, Look, Options, Quotes, for_sending, from_text, sanitize};

/// Everything in a finished document that is not a letter lying still. Empty is good.
fn troubles(document: &str) -> Vec<String> {
    let mut troubles = Vec::new();
    for scripting in [false, true] {
        let tree = tree::document(document, scripting);
        let (mut metas, mut styles, mut bodies) = (0, 0, 0);
        for element in tree.elements() {
            if element.namespace != "http://www.w3.org/1999/xhtml" {
                troubles.push(format!("{} of {}", element.name, element.namespace));
            }
            match (element.name, element.above.as_slice()) {
                ("html", []) | ("head", ["html"]) => {}
                ("body", ["html"]) => {
                    bodies += 1;
                    troubles.extend(element_dangers("div", element.attributes));
                    let known = ["class", "id", "dir", "lang", "style"];
                    for attribute in element.attributes {
                        if !known.contains(&&*attribute.name.local) {
                            troubles.push(format!("a body with {}", &*attribute.name.local));
                        }
                    }
                }
                ("meta", ["html", "head"]) => metas += 1,
                ("style", ["html", "head"]) => {
                    styles += 1;
                    if element.text.contains("evil.example") {
                        troubles.push("an address in a sheet".to_owned());
                    }
                }
                _ => troubles.extend(element_dangers(element.name, element.attributes)),
            }
            for attribute in element.attributes {
                let loads = matches!(
                    &*attribute.name.local,
                    "src" | "style" | "usemap" | "background" | "srcset"
                );
                if loads && attribute.value.contains("evil.example") {
                    troubles.push(format!("an address in {}", attribute.name.local));
                }
            }
        }
        if (metas, styles, bodies) != (3, 3, 1) {
            troubles.push(format!("{metas} metas, {styles} sheets and {bodies} bodies"));
        }
    }
    troubles
}

fn check(html: &str) {
    for (colours, quotes, dark) in [
        (Colours::Own, Quotes::Open, false),
        (Colours::Dark, Quotes::Folded, true),
    ] {
        let options = Options {
            colours,
            quotes,
            ..Options::blocked()
        };
        let (safe, _) = sanitize(html, &options);
        let mut found = dangers(safe.fragment(), safe.style_sheet());
        found.extend(troubles(&safe.frame(if dark { Look::DARK } else { Look::LIGHT })));
        assert!(
            found.is_empty(),
            "{} left {found:?} in {} and {}",
            shortened(html),
            shortened(safe.fragment()),
            shortened(safe.style_sheet())
        );
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(600).collect()
}

/// Places in which parsers change their ways.
const PLACES: [(&str, &str); 11] = [
    ("<table><tr><td>", "</td></tr></table>"),
    ("<table>", "</table>"),
    ("<p><b><a href=https://example.org>", "</a></b></p>"),
    ("<svg>", "</svg>"),
    ("<svg><desc>", "</desc></svg>"),
    ("<math><mtext>", "</mtext></math>"),
    ("<select>", "</select>"),
    ("<noscript>", "</noscript>"),
    ("<template>", "</template>"),
    ("<blockquote type=cite>", "</blockquote>"),
    ("x<div class=gmail_quote>", ""),
];

fn check_everywhere(family: &str) {
    for vector in vectors(family) {
        check(&vector);
        for (before, after) in PLACES {
            let html = format!("{before}{vector}{after}");
            let (safe, _) = sanitize(&html, &Options::blocked());
            let found = troubles(&safe.frame(Look::default()));
            assert!(
                found.is_empty(),
                "{} left {found:?} in {}",
                shortened(&html),
                shortened(safe.fragment())
            );
        }
        let sent = tree::document(&for_sending(&vector), true);
        for element in sent.elements() {
            let runs =
                |name: &str| name.starts_with("on") || matches!(name, "srcdoc" | "formaction" | "action");
            assert!(
                !matches!(
                    element.name,
                    "script" | "iframe" | "object" | "form" | "svg" | "math" | "style" | "base"
                ) && !element.attributes.iter().any(|one| runs(&one.name.local)),
                "{vector:?} goes out with {}",
                element.name
            );
        }
        let text = from_text(&vector);
        assert_eq!(
            troubles(&text.frame(Look::default())),
            Vec::<String>::new(),
            "{vector:?} as a plain text"
        );
    }
}

#[test]
fn the_collection_is_large_and_dangerous() {
    let mut all = 0;
    for (family, _) in FAMILIES {
        let vectors = vectors(family);
        all += vectors.len();
        let mut distinct = vectors.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), vectors.len(), "no trick of {family} stands twice");
        if matches!(family, "bulk" | "overlays") {
            continue;
        }
        let harmless: Vec<_> = vectors
            .iter()
            .filter(|vector| {
                let css = if family == "sheets" { vector.as_str() } else { "" };
                let html = if family == "sheets" { "" } else { vector.as_str() };
                dangers(html, css).is_empty()
            })
            .collect();
        // What only other parsers take for something stands among them too.
        assert!(
            harmless.len() * 10 <= vectors.len(),
            "almost all of {family} are dangerous as they stand, but these: {harmless:?}"
        );
    }
    assert!(all > 800, "{all} tricks");
}

#[test]
fn the_inspector_of_trees_finds_what_it_should() {
    let document = |body: &str| {
        sanitize("x", &Options::blocked())
            .0
            .frame(Look::default())
            .replace("<body>x", &format!("<body>{body}"))
    };
    assert_eq!(troubles(&document("<p>x</p>")), Vec::<String>::new());
    for body in [
        "<svg></svg>",
        "<p onclick=x>",
        "<style>p{}</style>",
        "</body><body onload=x>",
        "<noscript><p title=\"</noscript><img src=x onerror=y>\"></noscript>",
        "<img src=https://evil.example/a>",
        "<table><meta name=x></table>",
    ] {
        assert_ne!(troubles(&document(body)), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn addresses_lead_to_the_web_or_nowhere() {
    check_everywhere("addresses");
}

#[test]
fn odd_octets_hide_nothing() {
    check_everywhere("bytes");
}

#[test]
fn comments_end_where_a_browser_ends_them() {
    check_everywhere("comments");
}

#[test]
fn nothing_turns_into_something_else() {
    check_everywhere("mutation");
}

#[test]
fn no_name_shadows_anything() {
    check_everywhere("names");
}

#[test]
fn nothing_moves_the_window_or_posts() {
    check_everywhere("navigation");
}

#[test]
fn nothing_lies_over_what_is_outside() {
    check_everywhere("overlays");
}

#[test]
fn nothing_is_loaded() {
    check_everywhere("pictures");
}

#[test]
fn what_is_new_or_forgotten_does_nothing() {
    check_everywhere("recent");
}

#[test]
fn text_stays_text() {
    check_everywhere("rawtext");
}

#[test]
fn no_sheet_loads_or_reaches_out() {
    for css in vectors("sheets") {
        check(&format!("<style>{css}</style><p>x</p>"));
        check(&format!("<style>p{{color:red}}{css}"));
        check(&format!("<style>@media screen{{{css}}}</style><p>x</p>"));
        check(&format!(
            "<style media='{}'>p{{color:red}}</style>",
            css.replace('\'', "&#39;")
        ));
        check(&format!(
            "<p style=\"{}\">x</p>",
            css.replace('&', "&amp;").replace('"', "&quot;")
        ));
        check(&format!("<svg><style>{css}</style></svg><p>x</p>"));
    }
}

/// Work is counted and not timed: what a web view's parser is asked to do for the finished document, and how deep its tree
/// is, since a parser looks through what is open at each tag.
#[test]
fn what_is_made_of_a_huge_letter_is_little_work_for_whoever_shows_it() {
    for family in ["bulk", "overlays", "mutation", "recent"] {
        for vector in vectors(family) {
            check(&vector);
            let (safe, _) = sanitize(&vector, &Options::blocked());
            let document = safe.frame(Look::default());
            let tree = tree::document(&document, false);
            let deepest = tree
                .elements()
                .iter()
                .map(|element| element.depth)
                .max()
                .unwrap_or(0);
            assert!(deepest <= 700, "{}: {deepest} deep", shortened(&vector));
            let most = 600_000 + 4 * vector.len() as u64;
            assert!(
                tree.steps <= most,
                "{}: {} steps for {most}",
                shortened(&vector),
                tree.steps
            );
            assert!(
                tree.looks <= 700 * most,
                "{}: {} elements are looked at",
                shortened(&vector),
                tree.looks
            );
            assert!(
                document.len() <= 20_000 + 12 * vector.len().max(1_000),
                "{} became {} octets",
                shortened(&vector),
                document.len()
            );
        }
    }
}
