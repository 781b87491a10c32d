//! Hostile letters: whatever goes in, nothing comes out that runs or fetches. Every piece of the corpus is shown to be
//! dangerous before it goes in, so that a test which passes has proved something.
#![allow(clippy::expect_used, clippy::string_slice, reason = "a test may fail")]

mod corpus;
mod inspect;

use corpus::{mutation, remote, scripts, styles};
use inspect::{attribute, dangers, tags};
use waxwing_sanitize::{Heading, Look, Options, RemoteImages, for_sending, sanitize, sanitize_parts};

fn check(html: &str) {
    let (safe, _) = sanitize(html, &Options::blocked());
    let found = dangers(safe.fragment(), safe.style_sheet());
    assert!(
        found.is_empty(),
        "{html:?} left {found:?} in {:?} and {:?}",
        safe.fragment(),
        safe.style_sheet()
    );
    let document = safe.frame(Look::default());
    assert!(
        !document.contains("evil.example"),
        "{html:?} left its address in the document: {document}"
    );
    let (again, _) = sanitize(safe.fragment(), &Options::blocked());
    assert_eq!(
        again.fragment(),
        safe.fragment(),
        "what came out of {html:?} is clean, so nothing more is done to it"
    );
}

fn check_all(pieces: &[&str]) {
    for piece in pieces {
        assert!(
            !dangers(piece, "").is_empty(),
            "{piece:?} must be dangerous as it stands, or it tests nothing"
        );
        check(piece);
        // In places where parsers change their ways.
        for (before, after) in [
            ("<table><tr><td>", "</td></tr></table>"),
            ("<table>", "</table>"),
            ("<p><b>", "</b></p>"),
            ("<svg>", "</svg>"),
            ("<math><mtext>", "</mtext></math>"),
            ("<select>", "</select>"),
            ("<noscript>", "</noscript>"),
            (
                "<blockquote type=cite><div class=gmail_quote>",
                "</div></blockquote>",
            ),
            ("<style>p{color:red}", "</style>"),
            ("<!--", "-->"),
        ] {
            check(&format!("{before}{piece}{after}"));
        }
    }
}

#[test]
fn no_script_comes_through() {
    check_all(scripts::SCRIPTS);
}

#[test]
fn nothing_remote_comes_through() {
    check_all(remote::REMOTE);
}

#[test]
fn nothing_that_changes_when_it_is_parsed_again_comes_through() {
    for piece in mutation::MUTATION {
        check(piece);
    }
    let dangerous = mutation::MUTATION
        .iter()
        .filter(|piece| !dangers(piece, "").is_empty())
        .count();
    assert!(
        dangerous * 10 >= mutation::MUTATION.len() * 9,
        "almost all show their danger to a plain reader"
    );
}

#[test]
fn no_declaration_fetches_or_runs_in_any_spelling() {
    for css in styles::DECLARATIONS {
        assert!(
            !dangers("", &format!("p {{ {css}")).is_empty(),
            "{css:?} must be dangerous as it stands"
        );
        let quoted = css.replace('&', "&amp;").replace('"', "&quot;");
        check(&format!("<p style=\"{quoted}\">x</p>"));
        check(&format!("<p style=\"color: red; {quoted}\">x</p>"));
        check(&format!("<style>p {{ {css} }}</style><p>x</p>"));
        check(&format!("<style>p {{ {css}</style><p>x</p>"));
        check(&format!(
            "<style>@media screen {{ p {{ {css} }} }}</style><p>x</p>"
        ));
        check(&format!("<style><!-- p {{ {css} }} --></style><p>x</p>"));
        check(&format!("<body style=\"{quoted}\">x</body>"));
        check(&format!("<img src=cid:a style=\"{quoted}\">"));
    }
}

#[test]
fn no_style_sheet_fetches_or_reaches_into_the_browsers_own_widgets() {
    for css in styles::SHEETS {
        assert!(
            !dangers("", css).is_empty(),
            "{css:?} must be dangerous as it stands"
        );
        check(&format!("<style>{css}</style><p>x</p>"));
        check(&format!("<style>{css}<p>x</p>"));
        check(&format!(
            "<style>p {{ color: red }}{css}</style><style>b {{ color: blue }}</style><p>x</p>"
        ));
        check(&format!("<svg><style>{css}</style></svg><p>x</p>"));
        check(&format!(
            "<style media=\"{}\">p {{ color: red }}</style>",
            css.replace('"', "&quot;")
        ));
    }
}

#[test]
fn a_bad_rule_does_not_take_its_neighbours_with_it() {
    for css in styles::SHEETS
        .iter()
        .filter(|css| !css.contains(['<', '}']) && css.ends_with(';'))
    {
        let (safe, _) = sanitize(
            &format!("<style>{css} b {{ color: blue }}</style>"),
            &Options::blocked(),
        );
        assert!(
            safe.style_sheet().contains("b { color: blue }"),
            "after {css:?}: {:?}",
            safe.style_sheet()
        );
    }
    let two = "<style>p { color: red </style><style>b { color: blue }</style>";
    let (safe, _) = sanitize(two, &Options::blocked());
    assert!(
        safe.style_sheet().contains("b { color: blue }"),
        "a sheet left open does not swallow the next"
    );
}

#[test]
fn only_urls_that_we_put_in_are_shown() {
    let inline = |id: &str| (id == "logo@example.org").then(|| "letter://localhost/token/1".to_owned());
    let remote = |url: &str| match url {
        "https://good.example/a.png" => Some("letter://localhost/token/r1".to_owned()),
        // A caller's mistake must not become a leak.
        _ => Some(url.to_owned()),
    };
    let options = Options {
        remote_images: RemoteImages::Allowed,
        inline_image: &inline,
        remote_image: &remote,
        ..Options::blocked()
    };
    let letter = "<img src='cid:logo%40example.org'><img src='CID:logo@example.org'><img src='cid:other'>\
        <img src='https://good.example/a.png'><img src='https://evil.example/b.png'>\
        <img src='letter://localhost/token/2'><img src='letter://localhost/token/1'>";
    let (safe, findings) = sanitize(letter, &options);
    let shown: Vec<_> = tags(safe.fragment())
        .iter()
        .map(|tag| attribute(&tag.attrs, "src").map(str::to_owned))
        .collect();
    let ours = |end: &str| Some(format!("letter://localhost/token/{end}"));
    assert_eq!(
        shown,
        [ours("1"), ours("1"), None, ours("r1"), None, None, None],
        "inline pictures and those that Rust fetches are shown, and no URL that the letter made up"
    );
    assert_eq!(findings.remote_images, 2, "two were remote");
}

#[test]
fn a_tag_left_open_in_one_part_does_not_swallow_the_next() {
    let parts = [
        "<img src=\"https://evil.example/?".to_owned(),
        "the secret\"> of amara".to_owned(),
    ];
    let (safe, _) = sanitize_parts(&parts, &Options::blocked());
    assert!(
        safe.fragment().contains("the secret"),
        "the second part is text, not the end of a URL"
    );
    assert!(
        tags(safe.fragment())
            .iter()
            .all(|tag| attribute(&tag.attrs, "src").is_none()),
        "and no picture asks for it"
    );
    let unclosed = [
        "<div><table><tr><td>".to_owned(),
        "</td></tr></table></div>second".to_owned(),
    ];
    let (safe, _) = sanitize_parts(&unclosed, &Options::blocked());
    assert!(
        safe.fragment()
            .ends_with("<div class=\"waxwing-part\">second</div>"),
        "{}",
        safe.fragment()
    );
}

#[test]
fn what_goes_out_runs_nothing_and_tells_nothing_of_us() {
    for piece in scripts::SCRIPTS.iter().chain(mutation::MUTATION) {
        let sent = for_sending(piece);
        for tag in tags(&sent) {
            assert!(
                attribute(&tag.attrs, "onerror").is_none() && &*tag.name != "script",
                "{piece:?} gave {sent:?}"
            );
            for name in ["href", "src"] {
                let value = attribute(&tag.attrs, name).unwrap_or_default();
                assert!(
                    !value.contains("script:") && !value.starts_with("letter"),
                    "{piece:?} gave {sent:?}"
                );
            }
        }
    }
    assert!(
        !for_sending("<img src='letter://localhost/token/1'>").contains("token"),
        "our tokens stay here"
    );
}

#[test]
fn no_rule_of_a_letter_undoes_those_of_the_frame() {
    let letter = "<style>html:root:root > body:not(#a){display:flex!important;flex-direction:column-reverse!important}\
        html:root:root{display:none!important;height:calc(100% + 1px)!important}</style>\
        <body style='height:9px!important;color:red !important;display:flex'>x";
    let (safe, _) = sanitize(letter, &Options::blocked());
    for (document, layer) in [
        (safe.frame(Look::default()), "@layer waxwing-frame {"),
        (safe.printed(&Heading::default()), "@layer waxwing-paper {"),
    ] {
        let ours = document.find(layer).expect("the layer is there");
        let theirs = document
            .find("html:root:root")
            .expect("the letter's sheet is there");
        assert!(ours < theirs, "of important rules those of the first layer win");
        let rule = document[ours..theirs]
            .lines()
            .find(|line| line.starts_with("html, body {"))
            .expect("a rule for both");
        for held in [
            "display: block",
            "height: auto",
            "min-height: 0",
            "max-height: none",
            "position: static",
        ] {
            assert!(rule.contains(&format!(" {held} !important;")), "{held} in {rule}");
        }
        assert!(rule.contains("visibility: visible !important;"), "{rule}");
    }
    assert!(
        safe.frame(Look::default())
            .contains("<body style=\"height: 9px; color: red; display: flex\">"),
        "what stands on an element itself would win over layers if it were important"
    );
}

#[test]
fn a_background_moves_with_its_letter() {
    let letter = "<p style='background:red fixed'>x</p><p style='background: FIXED'>y</p>\
        <style>p{background:blue fixed no-repeat}</style>";
    let (safe, _) = sanitize(letter, &Options::blocked());
    assert_eq!(safe.fragment(), "<p style=\"background: red\">x</p><p>y</p>");
    assert_eq!(safe.style_sheet(), "p { background: blue no-repeat }\n");
}

#[test]
fn the_inspector_finds_what_it_should() {
    for (html, css) in [
        ("<img src=https://evil.example/a>", ""),
        ("<p onclick=x>", ""),
        ("<a href=javascript:x>", ""),
        ("<p style='background:url(x)'>", ""),
        ("<svg>", ""),
        ("", "p{background:image-set('x')}"),
        ("", "@import 'x'"),
    ] {
        assert!(!dangers(html, css).is_empty(), "{html} {css} is dangerous");
    }
    let harmless = "<p class=a style='color: red'><a href='https://a.example/' target=_blank rel='noopener noreferrer'>x</a>";
    assert!(
        dangers(harmless, "p { color: rgb(1, 2, 3) }").is_empty(),
        "and a harmless letter is not"
    );
}
