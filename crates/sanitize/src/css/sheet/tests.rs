//! Sheets as newsletters write them, and as others do.

use crate::{Findings, Options, SafeHtml, sanitize};

fn cleaned(html: &str) -> (SafeHtml, Findings) {
    sanitize(html, &Options::blocked())
}

#[test]
fn selectors_of_attributes_cost_more_and_what_they_ask_in_is_short() {
    let (elements, rules) = ("<i>x</i>".repeat(20_000), 1_000);
    let classes: String = (0..rules).map(|n| format!(".a{n}{{color:red}}")).collect();
    let attributes: String = (0..rules)
        .map(|n| format!("[title*=a{n}]{{color:red}}"))
        .collect();
    let (safe, findings) = cleaned(&format!("<style>{classes}</style>{elements}"));
    assert!(!findings.plainer && safe.style_sheet().contains(".a999"));
    let (safe, findings) = cleaned(&format!("<style>{attributes}</style>{elements}"));
    let kept = safe.style_sheet().lines().count();
    assert!(
        findings.plainer && (100..=200).contains(&kept),
        "{kept} of {rules} are kept, and it is told"
    );
    let (safe, _) = cleaned(&format!(
        "<p title='{}' style='color:red;{}'>x</p>",
        "é".repeat(9_000),
        "width:1px;".repeat(900)
    ));
    let title = safe.fragment().matches('é').count();
    assert_eq!(title, 2_048, "four kilobytes of whole signs");
    assert!(safe.fragment().contains(">x</p>"));
}

#[test]
fn ranges_of_widths_are_written_in_old_words() {
    for (query, written) in [
        ("(width <= 600px)", "@media (max-width: 600px)"),
        ("screen and (width>=20em)", "@media screen and (min-width: 20em)"),
        ("(600px > width)", "@media (max-width: 599.98px)"),
        (
            "(400px <= width <= 600px)",
            "@media ((min-width: 400px) and (max-width: 600px))",
        ),
    ] {
        let (safe, _) = cleaned(&format!("<style>@media {query}{{p{{color:red}}}}</style>x"));
        assert!(
            safe.style_sheet().starts_with(written),
            "{query} becomes {}",
            safe.style_sheet()
        );
    }
    for query in [
        "(height <= 600px)",
        "(400px <= height)",
        "(width <= url(x))",
        "(1px < width > 2px)",
        "(width)",
    ] {
        let (safe, _) = cleaned(&format!("<style>@media {query}{{p{{color:red}}}}</style>x"));
        assert!(
            !safe.style_sheet().contains(['<', '>']),
            "{query} becomes {}",
            safe.style_sheet()
        );
        assert!(!safe.style_sheet().contains("height"), "{query}");
    }
}

#[test]
fn what_a_web_view_must_know_stays_around_its_rules() {
    let (safe, _) = cleaned(
        "<style>@supports (display: grid) and (not (display: inline-grid)){p{color:red}}\
         @supports (background: url(https://evil.example/)){p{color:green}}</style>x",
    );
    assert_eq!(
        safe.style_sheet(),
        "@supports (display: grid) and (not (display: inline-grid)) {\np { color: red }\n}\n"
    );
}

#[test]
fn selectors_that_walk_among_siblings_cost_as_far_as_they_may_walk() {
    for selector in [
        "b.a~i",
        "b.a ~ i ~ i",
        "i:nth-of-type(2n)",
        "i:nth-last-of-type(2n+1)",
        "i:nth-last-child(3)",
        "i:nth-child(odd)",
        "i:only-of-type",
        "i:last-of-type",
        "i:not(:nth-last-child(7))",
        "i:is(b ~ i)",
    ] {
        let style = format!("<style>{}</style>", format!("{selector}{{color:red}}").repeat(80));
        let wide = format!("{style}{}", "<i></i>".repeat(10_000));
        let (safe, findings) = cleaned(&wide);
        assert_eq!(safe.style_sheet(), "", "{selector} among ten thousand");
        assert!(findings.plainer && !findings.truncated, "it is told");
        let deep = format!("{style}{}", format!("<p>{}</p>", "<i></i>".repeat(5)).repeat(5));
        let (safe, findings) = cleaned(&deep);
        assert_eq!(safe.style_sheet().lines().count(), 80, "{selector} among five");
        assert!(!findings.plainer);
    }
    let many = format!("<style>b+i,i{{color:red}}</style>{}", "<i></i>".repeat(10_000));
    assert_ne!(cleaned(&many).0.style_sheet(), "", "the next one is no walk");
}

#[test]
fn what_a_style_writes_says_nothing() {
    let (safe, _) = cleaned(
        "<style>.x::before{content:\"https://www.paypal.com/login\"} .y::after{content:'p'} .z::before{content:'\\2192\\00a0';quotes:'«' '»'}</style>x",
    );
    assert_eq!(
        safe.style_sheet(),
        ".z::before { content: \"→\u{a0}\"; quotes: \"«\" \"»\" }\n"
    );
}

#[test]
fn a_bound_that_is_too_large_is_as_large_as_may_be() {
    let (safe, _) = cleaned("<p style='max-height:99999px;max-width:100%;height:99999px'>x</p>");
    assert_eq!(
        safe.fragment(),
        "<p style=\"max-height: 20000px; max-width: 100%\">x</p>"
    );
}

#[test]
fn a_sheet_for_a_medium_keeps_its_first_rule_behind_the_marks_of_old_comments() {
    let (safe, _) = cleaned("<style media=screen><!-- .a{color:red} .b{color:blue} --></style>x");
    assert!(
        safe.style_sheet().contains(".a { color: red }"),
        "{}",
        safe.style_sheet()
    );
    assert!(safe.style_sheet().contains(".b { color: blue }"));
}
