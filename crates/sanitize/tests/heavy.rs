//! Letters that are short and quickly made safe, and would keep a web view busy for minutes or fill its memory if all of them stayed:
//! each was seen to do so in WebKitGTK 2.50. What is held here is what of them reaches the frame.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail"
)]

use waxwing_sanitize::{Links, Options, SafeHtml, from_text, sanitize};

fn cleaned(html: &str) -> SafeHtml {
    sanitize(html, &Options::blocked()).0
}

/// How often something stands in what the frame gets of a letter.
fn kept(html: &str, what: &str) -> usize {
    let safe = cleaned(html);
    safe.fragment().matches(what).count() + safe.style_sheet().matches(what).count()
}

#[test]
fn flexible_boxes_within_each_other_are_not_as_high_as_a_part_of_each_other() {
    for part in [
        "height:100%",
        "min-height:50%",
        "max-height:calc(1px + 90%)",
        "min-height:-webkit-fill-available",
    ] {
        let style = format!("display:flex;flex-direction:column;{part}");
        let (name, value) = part.split_once(':').unwrap();
        let (open, close) = (format!("<div class=a style=\"{style}\">"), "</div>");
        for letter in [
            open.repeat(60) + "words" + &close.repeat(60),
            format!("<style>.a{{{style}}}</style>") + &"<div class=a>".repeat(60) + "words",
            format!("<style>.a{{{part}}}</style>") + &"<div class=a style='display:inline-flex'>".repeat(60),
            "<style>.a{display:flex}</style>".to_owned()
                + &format!("<div class=a style='{part}'>").repeat(60),
        ] {
            let parts = kept(&letter, &format!("{name}: {value}").replace(":calc", ": calc"));
            let boxes = kept(&letter, "flex;") + kept(&letter, "flex\"") + kept(&letter, "flex }");
            // What a sheet says stands there once, however many elements it is for.
            let most = if letter.starts_with("<style>") { 0 } else { 5 };
            assert!(
                parts.min(boxes) <= most,
                "{part}: {parts} of {boxes} in {letter:.120}"
            );
        }
    }
    let heights = "<table height=100%><tr><td height=50% style='display:flex'>".repeat(60);
    assert!(kept(&heights, "height=\"50%\"").min(kept(&heights, "display: flex")) <= 5);
    let usual = "<table style='height:100%'><tr><td style='height:50%'>x</table>".repeat(60);
    assert_eq!(
        kept(&usual, "height: 50%"),
        60,
        "without flexible boxes they stay"
    );
}

#[test]
fn tables_have_no_more_squares_than_a_window_bears() {
    for (what, html) in [
        (
            "a wide row above many",
            format!(
                "<table><tr>{}{}",
                "<td>x".repeat(20_000),
                "<tr><td>y".repeat(20_000)
            ),
        ),
        (
            "many above a wide one",
            format!(
                "<table>{}<tr>{}",
                "<tr><td>y".repeat(20_000),
                "<td>x".repeat(20_000)
            ),
        ),
        (
            "bodies",
            format!(
                "<table><tr>{}{}",
                "<td>x".repeat(20_000),
                "<tbody>".repeat(20_000)
            ),
        ),
        (
            "spans",
            format!("<table>{}", "<tr><td rowspan=100 colspan=100>x".repeat(20_000)),
        ),
        (
            "as many rows as follow",
            format!("<table>{}", "<tr><td rowspan=0 colspan=100>x".repeat(20_000)),
        ),
        (
            "tables in tables",
            format!(
                "<table><tr><td>{}",
                "<table><tr>".to_owned() + &"<td>x".repeat(5_000) + &"<tr>".repeat(5_000)
            ),
        ),
    ] {
        let safe = cleaned(&html);
        let count = |what| safe.fragment().matches(what).count();
        let rows = count("<tr") + count("<tbody");
        let widest = safe
            .fragment()
            .split("<tr")
            .map(|row| row.matches("<td").count())
            .max();
        let cells = widest.unwrap_or_default();
        let large = count("span=\"100\"") / 2;
        assert!(
            large <= 200 && (large > 0 || rows * cells <= 2_500_000),
            "{what}: {rows} rows and {cells} cells"
        );
        assert_eq!(count("x"), html.matches('x').count(), "{what}: all words stay");
    }
    let made = |row: &str, cell: &str| {
        format!(
            "<style>.r{{display:{row}}}.c{{display:{cell}}}</style><div>{}</div>{}",
            "<b class=c></b>".repeat(5_000),
            "<div class=r></div>".repeat(5_000)
        )
    };
    assert_eq!(
        kept(&made("table-row", "table-cell"), "display: "),
        1,
        "nor those that styles make"
    );
    assert_eq!(kept(&made("table-row-group", "table-cell"), "display: "), 1);
    assert_eq!(
        kept(&made("block", "table-cell"), "display: "),
        2,
        "cells alone do no harm"
    );
}

#[test]
fn nothing_has_depth() {
    for function in [
        "translateZ(1px)",
        "translate3d(1px,1px,1px)",
        "scale3d(1,1,2)",
        "rotateX(1deg)",
        "rotateY(1deg)",
    ] {
        let html = format!("<b style='display:block;transform:{function}'>x</b>").repeat(2);
        assert_eq!(kept(&html, "transform"), 0, "{function} has a layer of its own");
    }
    assert_eq!(
        kept("<b style='transform:rotate(1deg) scale(2)'>x", "transform"),
        1
    );
    for deep in [
        "translate:1px 1px 1px",
        "rotate:x 1deg",
        "rotate:1 0 0 9deg",
        "scale:1 1 2",
    ] {
        let (name, _) = deep.split_once(':').unwrap();
        let html = format!("<b style='display:block;{deep}'>x</b>").repeat(2);
        assert_eq!(kept(&html, name), 0, "{deep} has a layer of its own");
    }
    let moved = "<b style='translate:1px 2px'>x</b>".repeat(20_000);
    assert_eq!(
        kept(&moved, "translate"),
        10_000,
        "as many as are moved in other ways"
    );
}

#[test]
fn fonts_are_looked_for_some_hundreds_of_times() {
    let names = |count: usize| (0..count).map(|n| format!("f{n}")).collect::<Vec<_>>();
    let each = |write: fn(&str) -> String| names(20_000).iter().map(|name| write(name)).collect::<String>();
    for (what, html, word) in [
        (
            "names on elements",
            each(|name| format!("<i style='font-family:{name}'>x</i>")),
            "font-family",
        ),
        (
            "names of before CSS",
            each(|name| format!("<font face={name}>x</font>")),
            "face=",
        ),
        (
            "names in a sheet",
            format!(
                "<style>{}</style>x",
                each(|name| format!("i{{font-family:{name}}}"))
            ),
            "font-family",
        ),
        (
            "sizes",
            each(|name| format!("<i style='font-size:{}.5px'>x</i>", &name[1..])),
            "font-size",
        ),
        (
            "sizes with names",
            each(|name| format!("<i style='font:{}.5px a'>x</i>", &name[1..])),
            "font: ",
        ),
    ] {
        assert!(
            (100..=250).contains(&kept(&html, word)),
            "{what}: {}",
            kept(&html, word)
        );
    }
    assert_eq!(
        kept(
            &format!("<p style='font-family:{}'>x", names(2_000).join(",")),
            "font-family"
        ),
        0,
        "one list"
    );
    let usual = "<td style='font:12px/1.5 Arial, \"Helvetica Neue\", sans-serif'>x".repeat(2_000);
    assert_eq!(
        kept(&format!("<table><tr>{usual}"), "Helvetica"),
        2_000,
        "the same ones again are no others"
    );
}

#[test]
fn what_a_style_writes_is_short() {
    let long = "*".repeat(100_000);
    for css in [
        format!("p::before{{content:\"{long}\"}}"),
        format!("p::before{{content:{}}}", "\"*\" ".repeat(9_000)),
        format!("q{{quotes:\"{long}\" \"{long}\"}}"),
    ] {
        assert_eq!(
            cleaned(&format!("<style>{css}</style><p>x")).style_sheet(),
            "",
            "{css:.60}"
        );
    }
    assert_eq!(kept("<style>p::before{content:\"• \"}</style><p>x", "•"), 1);
}

#[test]
fn what_is_drawn_apart_is_counted_for_each_element_that_it_is_for() {
    let over = "position:absolute;top:0;left:0;width:20000px;height:20000px";
    for (style, most) in [
        ("opacity:.9", 600),
        ("background:linear-gradient(red,blue)", 200),
        ("box-shadow:0 0 200px red", 150),
        ("box-shadow:inset 0 0 200px red", 20),
        (
            "background:linear-gradient(red,blue);background-blend-mode:hue",
            20,
        ),
        ("border-radius:9px;border:1px dotted red", 12),
        ("outline:auto red", 120),
    ] {
        // What is kept of gradients and dots is something plainer of the same name.
        let name = match style.split([':', ';']).rev().nth(1).unwrap() {
            "background" => "gradient(",
            "border" => "dotted",
            name => name,
        };
        let (here, many) = (format!("<b style='{over};{style}'>x</b>"), 2_000);
        let count = kept(&here.repeat(many), name);
        assert!((1..=most + 1).contains(&count), "{style} stays {count} times");
        if style.starts_with("border") {
            // Without corners they stay.
            assert_eq!(
                kept(&"<b style='border:1px dotted red'>x</b>".repeat(many), "dotted"),
                many
            );
            continue;
        }
        let by_class = format!("<style>.a{{{style}}}</style>{}", "<b class=a>x</b>".repeat(many));
        assert_eq!(kept(&by_class, name), 0, "{style} for a class of many");
        let few = format!(
            "<style>.a{{{style}}}</style>{}<b class=a>x",
            "<b>x</b>".repeat(many)
        );
        assert_eq!(kept(&few, name), 1, "{style} for one of many");
    }
    let (_, findings) = sanitize(&"<b style='opacity:.9'>x</b>".repeat(2_000), &Options::blocked());
    let placed = kept(&format!("<i style='{over}'>x</i>").repeat(30_000), "absolute");
    assert_eq!(placed, 10_000, "what is taken out of its place");
    assert!(
        findings.plainer && !findings.truncated,
        "it is told that something is missing, and that it is no word"
    );
}

#[test]
fn words_without_an_end_are_given_places_where_a_line_may_end() {
    let word = "x".repeat(1_000_000);
    let longest = |html: &str| html.split("<wbr>").map(str::len).max().unwrap_or_default();
    for html in [
        format!("<p>{word}"),
        format!("<pre>{word}"),
        format!("<xmp>{word}</xmp>"),
    ] {
        assert!(longest(cleaned(&html).fragment()) < 700, "{html:.20}");
    }
    let apart = cleaned(&"<b>x</b>".repeat(100_000));
    assert!(
        apart.fragment().matches("<wbr>").count() > 100,
        "in whatever elements its signs are"
    );
    assert!(longest(from_text(&word).fragment()) < 700, "in plain text too");
    let lines = "<div>x</div>".repeat(10_000);
    assert_eq!(kept(&lines, "<wbr>"), 0, "a block ends a word");
    let out = waxwing_sanitize::for_sending(&format!("<p>{word}"));
    assert!(!out.contains("<wbr>"), "what is sent stays as it was written");
}

#[test]
fn items_and_rubies_are_some_thousands() {
    assert_eq!(kept(&"<div><li>x</li></div>".repeat(40_000), "<li"), 5_000);
    assert!(kept(&"<ruby>x<rt>y</ruby>".repeat(20_000), "<r") <= 6_000);
}

#[test]
fn nothing_within_a_link_says_that_it_leads_elsewhere() {
    let told = Options {
        links: Links::Told,
        ..Options::blocked()
    };
    for html in [
        "<a href='https://evil.example/x'><span title='https://bank.example/'>Bank</span></a>",
        "<a href='https://evil.example/x' title='https://bank.example/'><img src=cid:a title='https://bank.example/'></a>",
        "<a href='https://evil.example/x'><div><table><tr><td title='https://bank.example/'>x</table></div></a>",
        "<p><a href='https://evil.example/x'></p><b title='https://bank.example/'>x",
    ] {
        let (safe, _) = sanitize(html, &told);
        assert!(!safe.fragment().contains("bank.example"), "{}", safe.fragment());
        assert!(
            safe.fragment().contains("title=\"evil.example/x\""),
            "{}",
            safe.fragment()
        );
    }
    let (safe, _) = sanitize(
        "<a href='https://a.example/'>x</a><abbr title='Rights'>y</abbr>",
        &told,
    );
    assert!(safe.fragment().contains("title=\"Rights\""), "elsewhere it stays");
}

#[test]
fn numbers_that_a_style_writes_are_few() {
    let many = format!(
        "<style>p::before{{content:{}}}</style><p>x",
        "counter(a) ".repeat(40)
    );
    assert_eq!(
        kept(&many, "counter"),
        0,
        "they could write an address, and without an end"
    );
    let between = "<style>p::before{content:counters(a,\"****\")}</style><p>x";
    assert_eq!(kept(between, "counters"), 0);
    let rule = "<style>b::before{content:counters(a,\".\")}</style>";
    assert_eq!(
        kept(&(rule.to_owned() + &"<b>x</b>".repeat(9_000)), "counters"),
        1
    );
    assert_eq!(
        kept(&(rule.to_owned() + &"<b>x</b>".repeat(11_000)), "counters"),
        0
    );
}

#[test]
fn what_is_too_much_is_plainer_and_not_gone() {
    let products =
        "<img style='border-radius:4px'><div style='border-bottom:1px dashed #ddd'>x</div>".repeat(50);
    assert_eq!(
        kept(&products, "border-bottom: 1px "),
        50,
        "a line without dots is a line"
    );
    assert!(kept(&products, "border-bottom: 1px solid #ddd") >= 30);
    let buttons = "<a style='background:linear-gradient(#1a73e8,#1557b0);color:#fff'>Buy</a>".repeat(300);
    assert_eq!(
        kept(&buttons, "background: "),
        300,
        "white words have their paper"
    );
    assert!(kept(&buttons, "background: #1a73e8") >= 100);
    let links =
        "<style>a:hover{opacity:.8}</style>".to_owned() + &"<a href='https://a.example/'>x</a>".repeat(5_000);
    assert_eq!(kept(&links, "opacity"), 1, "one is pointed at, and not all");
}
