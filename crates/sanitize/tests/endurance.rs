//! Letters that try to take all the time, all the memory or the whole stack; and letters made by chance.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use std::fmt::Write;

use proptest::prelude::*;
use waxwing_sanitize::{Findings, Look, Options, Quotes, examine_parts, examine_text, from_text, sanitize};

mod inspect;
#[allow(dead_code, reason = "elements are looked at in other tests")]
mod tree;

/// Pieces that may be looked at for each octet of a letter, however long it is. Elements nested as deep as they may be are
/// looked through at each tag, which is most of it; a letter of a megabyte that took quadratic work would take thousands.
const A_PIECE: u64 = 400;

/// Makes a letter safe, and counts what it takes: its length decides, and not how it is made.
fn endured(what: &str, html: &str) -> Findings {
    let (safe, findings, details) = examine_parts(&[html.to_owned()], &Options::blocked());
    let most = A_PIECE * html.len() as u64;
    assert!(
        details.steps() < most,
        "{what} took {} steps for {} octets",
        details.steps(),
        html.len()
    );
    let dangers = inspect::dangers(safe.fragment(), safe.style_sheet());
    assert!(dangers.is_empty(), "{what} left {dangers:?}");
    // And so it is for whoever builds the tree of it.
    let document = tree::document(&safe.frame(Look::default()), false);
    assert!(
        document.steps + document.looks < most + 100_000,
        "{what} makes a reader do {} steps and {} looks",
        document.steps,
        document.looks
    );
    findings
}

#[test]
fn a_hundred_thousand_nested_tags_are_flattened_and_their_text_is_kept() {
    for tag in [
        "div",
        "b",
        "font",
        "table",
        "td",
        "span",
        "blockquote",
        "a",
        "p",
        "ul",
        "li",
        "svg",
        "x-unknown",
        "select",
    ] {
        let html = format!(
            "{}deep{}",
            format!("<{tag}>").repeat(100_000),
            format!("</{tag}>").repeat(100_000)
        );
        endured(tag, &html);
        endured(tag, &format!("<{tag}>").repeat(100_000));
    }
    let (safe, findings) = sanitize(&format!("{}deep", "<div>".repeat(100_000)), &Options::blocked());
    assert!(findings.too_deep, "it is said that the letter was too deep");
    assert!(safe.fragment().contains("deep"), "and what it says is shown");
}

#[test]
fn tables_in_tables_are_flattened_too() {
    endured("nested tables", &"<table><tr><td>".repeat(60_000));
    endured("tables without rows", &"<table>x".repeat(60_000));
}

#[test]
fn what_stands_between_cells_is_moved_out_of_a_table_until_that_is_too_much() {
    let brs = "<br>".repeat(20_000);
    for (what, before, piece, times) in [
        ("references behind many lines", brs.as_str(), ">", 100_000),
        ("lines behind many lines", &brs, "x\n", 50_000),
        ("lines behind paragraphs", &"<p>".repeat(20_000), "<br>", 20_000),
        ("lines", "", "<br>", 50_000),
        ("links", "", "<a>x", 30_000),
        ("fields", "", "<textarea>x</textarea>", 10_000),
        ("tables in tables", &brs, "<table>x", 20_000),
        ("formatting around blocks", &brs, "<b><p></b></p>", 10_000),
    ] {
        endured(what, &format!("{before}<table>{}", piece.repeat(times)));
    }
    endured("a table for each line", &"<table><br></table>".repeat(20_000));
    let behind = |html: &str| {
        let (safe, _) = sanitize(html, &Options::blocked());
        safe.fragment().rsplit("</table>").next().map_or(0, str::len)
    };
    let many = format!("{brs}<table>{}<tr><td>x</table>", "y<br>".repeat(20_000));
    assert!(
        behind(&many) > 90_000,
        "most of it stands behind the table, which ended before it"
    );
    let sloppy = format!("<table>{}<tr><td>x</table>", "<font>y</font><br>".repeat(100));
    assert_eq!(
        behind(&sloppy),
        0,
        "what a person's program wrote stands where a browser shows it"
    );
}

#[test]
fn formatting_that_is_never_closed_does_not_multiply() {
    let mut fonts = String::new();
    for number in 0..5_000 {
        write!(fonts, "<p><font color=c{number}><b id=b{number}>x").unwrap();
    }
    endured("fonts left open in paragraphs", &fonts);
    endured("and then paragraphs", &(fonts + &"<p>y".repeat(50_000)));
    let mut blocks = String::new();
    for number in 0..20_000 {
        write!(blocks, "<div><font size={number}></div>x").unwrap();
    }
    endured("fonts left open in blocks", &blocks);
    endured(
        "misnested formatting",
        &"<b><i><div></b></i>x</div>".repeat(20_000),
    );
    endured(
        "links in links",
        &"<a href=https://example.org><div>".repeat(50_000),
    );
}

#[test]
fn long_attributes_and_long_styles_take_linear_time() {
    endured(
        "many attributes",
        &format!(
            "<p {}>x",
            (0..400_000).map(|n| format!("a{n}=1 ")).collect::<String>()
        ),
    );
    endured(
        "a long attribute",
        &format!("<p title='{}'>x", "x".repeat(3_000_000)),
    );
    endured(
        "a long style",
        &format!("<p style='{}'>x", "color:red;".repeat(100_000)),
    );
    endured(
        "brackets in a style",
        &format!("<p style='width:{}'>x", "calc(".repeat(100_000)),
    );
    endured("braces in a sheet", &format!("<style>{}", "a{".repeat(100_000)));
    endured(
        "media in media",
        &format!("<style>{}", "@media all{".repeat(40_000)),
    );
    endured(
        "brackets in a selector",
        &format!("<style>{} {{}}", ":not(".repeat(100_000)),
    );
    endured(
        "a long sheet",
        &format!("<style>{}", "p{color:red}".repeat(100_000)),
    );
    endured("many sheets", &"<style>p{color:red}</style>".repeat(40_000));
    endured(
        "a long sheet, and one before each picture",
        &format!(
            "<style>{}</style>{}",
            "p{color:red}".repeat(3_000),
            "<style></style><img class=a>".repeat(1_000)
        ),
    );
    endured(
        "a sheet before each picture",
        &"<style>.b{display:none}</style><img class=a src=https://a.example/x>".repeat(20_000),
    );
    endured(
        "names that come to nothing",
        &format!(
            "<style>:root{{--c:/*{}*/;--l:{}}}</style>{}",
            "x".repeat(496),
            "var(--c)".repeat(64),
            "<p style=color:var(--l)>".repeat(25_000)
        ),
    );
    endured("comments left open", &"<!--".repeat(500_000));
    endured("tags left open", &"<".repeat(1_000_000));
    endured("character references", &"&amp".repeat(500_000));
    endured("ends of nothing", &"</b></div></p></x>".repeat(100_000));
    endured(
        "styles on everything",
        &"<i style='background:url(//x.example)'>".repeat(50_000),
    );
}

#[test]
fn a_letter_of_many_megabytes_is_cut_and_says_so() {
    let findings = endured("eight megabytes of text", &"käse ".repeat(1_400_000));
    assert!(findings.truncated, "it ends early");
    assert!(
        !endured("a letter of usual length", &"käse ".repeat(1_000)).truncated,
        "a usual letter does not"
    );
}

#[test]
fn a_plain_text_takes_as_long_as_it_is_whatever_stands_in_it() {
    for piece in [
        "_a.",
        "~a.",
        "a@",
        "a:",
        "://",
        "(",
        "www.",
        "http://",
        "a@b.",
        ">",
        "> \n\n",
        ">>>>\n\n",
        "-- \n",
        "a b ",
        "\u{1}",
        "a.  ",
        "\n a\nb",
        "a   b\n\n",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let (safe, findings, details) = examine_text(&text, Quotes::Folded);
        assert!(
            details.steps() < 40 * text.len() as u64,
            "{piece:?} takes {} steps for {} octets",
            details.steps(),
            text.len()
        );
        let elements = safe.fragment().matches("<span").count();
        assert!(elements <= 51_000, "{piece:?} becomes {elements} elements");
        assert!(
            safe.fragment().len() < 20 * text.len(),
            "{piece:?} becomes {}",
            safe.fragment().len()
        );
        assert!(!findings.truncated, "{piece:?} is shown whole");
    }
}

/// Pieces that letters are made of, some of them bad.
fn piece() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "div",
        "p",
        "b",
        "i",
        "a",
        "font",
        "table",
        "tr",
        "td",
        "tbody",
        "ul",
        "li",
        "span",
        "blockquote",
        "h1",
        "center",
        "pre",
        "dl",
        "dd",
        "style",
        "script",
        "svg",
        "math",
        "form",
        "select",
        "textarea",
        "title",
        "noscript",
        "template",
        "body",
        "html",
        "caption",
        "col",
        "colgroup",
        "nobr",
        "details",
        "summary",
        "ruby",
        "rt",
        "hr",
        "br",
        "img",
        "iframe",
        "xmp",
        "mtext",
        "foreignObject",
    ]);
    let attribute = prop::sample::select(vec![
        "",
        " class=gmail_quote",
        " style='color:red;background:url(x)'",
        " href=https://example.org",
        " href=javascript:x",
        " src=https://example.org/a",
        " src=cid:a",
        " onclick=x",
        " type=cite",
        " width=1",
        " dir=rtl",
        " title='<b>'",
        "/",
    ]);
    let text = prop::sample::select(vec![
        "x",
        " ",
        "&lt;",
        "<",
        ">",
        "\"",
        "'",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
        "\0",
        "p{color:red}",
        "\n",
        "é",
        "</",
        "&",
    ]);
    prop_oneof![
        (tag.clone(), attribute).prop_map(|(tag, attribute)| format!("<{tag}{attribute}>")),
        tag.prop_map(|tag| format!("</{tag}>")),
        text.prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ]
}

/// So many cases; more of them where a longer run was asked for (`npm run bench -- fuzz`).
fn cases(usual: u32) -> u32 {
    let times = std::env::var("WAXWING_FUZZ")
        .ok()
        .and_then(|times| times.parse::<u32>().ok());
    usual.saturating_mul(times.unwrap_or(1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(1_500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_letter_made_of_pieces_is_dangerous_or_changes_when_it_is_cleaned_again(
        pieces in prop::collection::vec(piece(), 0..40)
    ) {
        let html = pieces.concat();
        let (safe, _) = sanitize(&html, &Options::blocked());
        let dangers = inspect::dangers(safe.fragment(), safe.style_sheet());
        prop_assert!(dangers.is_empty(), "{:?} left {:?} in {}", html, dangers, safe.fragment());
        let (again, _) = sanitize(safe.fragment(), &Options::blocked());
        prop_assert_eq!(again.fragment(), safe.fragment());
    }

    #[test]
    fn no_text_at_all_makes_it_panic(text in any::<String>()) {
        let (safe, _) = sanitize(&text, &Options::blocked());
        prop_assert!(inspect::dangers(safe.fragment(), safe.style_sheet()).is_empty());
        prop_assert!(inspect::dangers(from_text(&text).fragment(), "").is_empty());
    }

    #[test]
    fn no_style_at_all_is_dangerous_or_changes_when_it_is_cleaned_again(
        css in "[a-z:;{}()\"'\\\\ #.,@!<>/*0-9%-]{0,60}"
    ) {
        let (safe, _) = sanitize(&format!("<style>p{{{css}}}</style>"), &Options::blocked());
        prop_assert!(inspect::dangers("", safe.style_sheet()).is_empty(), "{}", safe.style_sheet());
        let (again, _) = sanitize(&format!("<style>{}</style>", safe.style_sheet()), &Options::blocked());
        prop_assert_eq!(again.style_sheet(), safe.style_sheet());
    }
}

#[test]
fn for_whom_a_rule_holds_is_counted_once() {
    let selectors = "a,".repeat(60_000);
    let costly = "opacity:.9;".repeat(20_000);
    endured(
        "a rule of many selectors with many costly declarations",
        &format!("<style>{selectors}b{{{costly}}}</style><b>x"),
    );
}
