//! Designs for the dark that senders bring, and what becomes of a letter in the dark where they bring half of one.

use waxwing_sanitize::{Colours, Look, Options, RemoteImages, SafeHtml, sanitize};

/// A letter in the dark, with pictures from the network or without.
fn dark(html: &str, remote_images: RemoteImages) -> SafeHtml {
    let options = Options {
        colours: Colours::Dark,
        remote_images,
        ..Options::blocked()
    };
    sanitize(html, &options).0
}

const BOTH: [RemoteImages; 2] = [RemoteImages::Blocked, RemoteImages::Allowed];

#[test]
fn a_design_for_the_dark_keeps_its_papers_where_pictures_are_shown() {
    for (paper, kept) in [
        (
            "background:#0b0b0d !important",
            "background-color: #0b0b0d !important",
        ),
        ("BACKGROUND: rgb(11, 11, 13)", "background-color: rgb(11, 11, 13)"),
        ("background:black", "background-color: black"),
        ("background:var(--night)", "background-color: #0b0b0d"),
        ("background-color:#0b0b0d", "background-color: #0b0b0d"),
    ] {
        let letter = format!(
            "<style>:root{{--night:#0b0b0d}}body{{background:#fff;color:#111}}\
             @media (prefers-color-scheme:dark){{body{{{paper};color:#f5f5f7 !important}}}}</style><p>x"
        );
        let safe = dark(&letter, RemoteImages::Allowed);
        let css = safe.style_sheet();
        assert!(
            css.contains(kept) && css.contains("#f5f5f7 !important"),
            "{paper}: {css}"
        );
        assert!(css.contains("background: #fff"), "its own colours hold: {css}");
        assert!(safe.frame(Look::DARK).contains("color-scheme: dark"));
    }
    // A paper that cannot stay is none: the letter is turned.
    for paper in [
        "background:#0b0b0d url(https://a.example/night.png)",
        "background:linear-gradient(#000,#111)",
    ] {
        let letter = format!(
            "<style>body{{background:#fff;color:#111}}\
             @media (prefers-color-scheme:dark){{body{{{paper};color:#f5f5f7}}}}</style><p>x"
        );
        let safe = dark(&letter, RemoteImages::Allowed);
        let css = safe.style_sheet();
        assert!(
            !css.contains("#fff") && !css.contains("#f5f5f7") && !css.contains("night"),
            "{paper}: {css}"
        );
    }
}

#[test]
fn a_design_for_the_dark_has_a_dark_paper_under_the_letter() {
    let dark_rules = |rules: &str, letter: &str| {
        format!("<style>@media (prefers-color-scheme:dark){{{rules}}}</style>{letter}")
    };
    let words = "A letter of some words, which stand in a box that is under all of them. ".repeat(4);
    let boxed = format!(
        "<body class='night x' id=top><div style='display:none'>Before</div><center><table class=outer><tr><td class=inner>\
         <p style='color:#222'>{words}</p><a class=b href=https://a.example/>Go</a></td></tr></table></center><p>The foot</p>"
    );
    for images in BOTH {
        for selector in [
            "body",
            "html",
            ":root",
            "*",
            ".night",
            "body.night",
            "#top",
            "u + .night",
            "BODY",
            ".outer",
            "table.outer",
            "td",
            ".b, .inner",
            "html body > center .outer",
        ] {
            let letter = dark_rules(&format!("{selector}{{background-color:#111}}"), &boxed);
            let safe = dark(&letter, images);
            assert!(safe.style_sheet().contains("#111"), "{selector}: it is believed");
            assert!(safe.fragment().contains("#222"), "{selector}: nothing is turned");
        }
        for selector in [
            ".b",
            "a",
            ".nobody",
            "body.day",
            "#a",
            ".b:hover",
            "body::before",
            "[id]",
        ] {
            let letter = dark_rules(&format!("{selector}{{background-color:#111}}"), &boxed);
            let safe = dark(&letter, images);
            assert!(
                !safe.style_sheet().contains("#111"),
                "{selector}: a part alone is no design"
            );
            assert!(
                !safe.fragment().contains("#222") && safe.is_darkened(),
                "{selector}: the words are turned: {}",
                safe.fragment()
            );
        }
    }
    let button = dark_rules(
        ".b{background:#111}",
        "<p style='color:#222'>Words</p><a class=b>Go</a>",
    );
    for images in BOTH {
        let safe = dark(&button, images);
        assert!(!safe.fragment().contains("#222"), "{}", safe.fragment());
    }
}

#[test]
fn what_is_only_looked_at_takes_no_room_from_what_is_written() {
    // By themselves either half may stay, and both together are more than there is room for.
    let rules = |name: &str| -> String { (0..150).map(|n| format!(".{name}{n}{{margin:1px}}")).collect() };
    let letter = format!(
        "<style>@media (prefers-color-scheme:dark){{{}}}{}</style>{}",
        rules("night"),
        rules("day"),
        "<i></i>".repeat(140_000)
    );
    for images in BOTH {
        let safe = dark(&letter, images);
        let written = safe.style_sheet().matches(".day").count();
        assert_eq!(written, 150, "all rules that hold");
    }
}

#[test]
fn a_border_that_belongs_to_a_paper_stays_with_it() {
    for style in [
        "background:#003366;border:12px solid #003366;color:#fff",
        "border:12px solid #003366;background:#003366",
        "background-color:#003366;border:1px solid #036",
        "border:1px solid #036;background-color:#003366",
        "border-top:1px solid #003366;border-bottom:1px solid rgb(0,51,102);background:#003366",
        "border-color:#003366;background:#003366",
        "border:9pt solid #003366",
        "border:thick solid #003366",
        "border-width:12px;border-style:solid;border-color:#003366",
        "border-color:#003366;border-style:solid;border-width:9pt 12px",
        "border:solid #003366;border-width:thick",
        "border-left:9px solid #003366;background:#003366",
    ] {
        for letter in [
            format!("<body bgcolor=white><a style='{style}'>Buy</a>"),
            format!("<style>a{{{style}}}</style><body bgcolor=white><a>Buy</a>"),
        ] {
            let safe = dark(&letter, RemoteImages::Blocked);
            let all = format!("{}{}", safe.fragment(), safe.style_sheet());
            let colours = all.matches('#').count() - all.matches("#fff").count();
            assert_eq!(all.matches("#003366").count(), colours, "{style}: {all}");
            assert!(colours > 0, "{style}: {all}");
        }
    }
    for style in [
        "border:1px solid #003366",
        "border:3px solid #003366;background:#fff",
        "background:#ddd;border:1px solid #003366",
        // A bar beside a quote is one, however wide it is.
        "border-left:thick solid #003366",
        "border-left:5px solid #003366;background:#f4f4f4",
        "border-inline-start:.5em solid #003366",
        "border-width:0 0 0 6px;border-style:solid;border-color:#003366",
        "border-color:#003366;border-style:solid;border-width:1px",
    ] {
        let safe = dark(
            &format!("<body bgcolor=white><a style='{style}'>Buy</a>"),
            RemoteImages::Blocked,
        );
        assert!(
            !safe.fragment().contains("#003366"),
            "a line is a line: {}",
            safe.fragment()
        );
    }
}

#[test]
fn a_colour_that_letters_are_filled_with_wants_a_paper() {
    let safe = sanitize(
        "<p style='-webkit-text-fill-color:#111'>x</p>",
        &Options::blocked(),
    )
    .0;
    assert!(
        safe.frame(Look::DARK).contains("color-scheme: light"),
        "on white, as it was meant"
    );
}

#[test]
fn a_dark_button_makes_no_dark_letter() {
    let words = "A letter of some words, which stand in a box that is under all of them. ".repeat(4);
    for letter in [
        format!(
            "<style>.btn{{background:#111;color:#fff}}</style><p style='color:#222'>{words}</p><a class=btn>Go</a>"
        ),
        format!("<p style='color:#222'>{words}</p><a style='background:#111;color:#fff'>Go</a>"),
        format!(
            "<p><span style='background:#000;color:#fff'>New</span> <b style='color:#222'>{words}</b></p>"
        ),
        format!(
            "<table><tr><td bgcolor='#003366'>A head</td></tr><tr><td style='color:#222'>{words}</td></tr></table>"
        ),
        format!("<div style='background:#003366'>A head</div><p style='color:#222'>{words}</p>"),
        format!(
            "<p style='color:#222'>{words}</p><table><tr><td bgcolor='#111111'><a>Go</a></td></tr></table>"
        ),
        format!(
            "<style>body{{background:#f4f4f4}}</style><p style='color:#222'>{words}</p><table bgcolor='#223344'><tr><td>A foot</td></tr></table>"
        ),
    ] {
        let safe = dark(&letter, RemoteImages::Blocked);
        assert!(safe.is_darkened(), "it is turned: {letter}");
        assert!(!safe.fragment().contains("#222"), "{}", safe.fragment());
    }
    for letter in [
        format!(
            "<style>body{{background:#111;color:#fff}}</style><p>{words}</p><a style='background:#fff;color:#222'>Go</a>"
        ),
        format!(
            "<style>.all{{background:#111;color:#fff}}</style><div class=all><p style='color:#eee'>{words}</p></div>"
        ),
        format!("<div style='background:#111;color:#fff'><p style='color:#eee'>{words}</p></div>"),
    ] {
        let safe = dark(&letter, RemoteImages::Blocked);
        assert!(!safe.is_darkened(), "it was made for dark paper: {letter}");
    }
}
