//! Pictures that styles ask for, and attributes of before CSS: blocked, counted, and shown where they may be. Not here: `<img>`.

mod inspect;

use waxwing_sanitize::{
    Colours, Details, Findings, Look, Options, RemoteImages, SafeHtml, examine_parts, for_sending,
};

const OURS: &str = "letter://localhost/token";

/// A letter with two pictures of its own, of one whom pictures from the network are allowed.
fn allowed(html: &str, colours: Colours) -> (SafeHtml, Findings, Details) {
    let inline = |id: &str| ["a@b", "logo"].contains(&id).then(|| format!("{OURS}/cid/{id}"));
    let remote = |url: &str| url.rsplit('/').next().map(|name| format!("{OURS}/remote/{name}"));
    let options = Options {
        remote_images: RemoteImages::Allowed,
        inline_image: &inline,
        remote_image: &remote,
        colours,
        ..Options::blocked()
    };
    examine_parts(&[html.to_owned()], &options)
}

fn blocked(html: &str) -> (SafeHtml, Findings, Details) {
    examine_parts(&[html.to_owned()], &Options::blocked())
}

/// All of a letter in which pictures may stand.
fn whole((safe, ..): &(SafeHtml, Findings, Details)) -> String {
    format!("{} {} {}", safe.body(), safe.fragment(), safe.style_sheet()).replace("&quot;", "\"")
}

/// Ways to put a picture behind something, with `URL` for where it is.
const WAYS: [&str; 14] = [
    "<p style='background-image: url(URL)'>x",
    "<p style='background: #fff url( \"URL\" ) center / cover no-repeat'>x",
    "<p style=\"background:Url('URL')\">x",
    "<p style='background-image: u\\72l(\"URL\")'>x",
    "<p style='background-image: image-set(\"URL\" 1x, \"https://evil.example/2x\" 2x)'>x",
    "<p style='background-image: -webkit-image-set(url(URL) 1x)'>x",
    "<ul style='list-style-image: url(URL)'><li>x",
    "<style>p { background-image: url(URL) }</style><p>x",
    "<style>@media (max-width: 600px) { td.hero { background: url(URL) } }</style><p>x",
    "<style>:root { --hero: url(\"URL\") } p { background: var(--hero) }</style><p>x",
    "<table background='URL'><tr><td>x</table>",
    "<table><tr><td background=' URL ' style='color: red'>x</table>",
    "<body background='URL' style='margin: 0'>x",
    "<b><p style='background: url(URL)'><table></b>x<p></table>",
];

#[test]
fn backgrounds_are_shown_where_their_pictures_may_be() {
    for way in WAYS {
        for (url, shown) in [
            ("https://news.example/hero.png", format!("{OURS}/remote/hero.png")),
            ("//news.example/hero.png", format!("{OURS}/remote/hero.png")),
            ("cid:a%40b", format!("{OURS}/cid/a@b")),
            ("CID:logo", format!("{OURS}/cid/logo")),
            (
                "data:image/png;base64,iVBORw0KGgo=",
                "data:image/png;base64,iVBORw0KGgo=".to_owned(),
            ),
        ] {
            let html = way.replace("URL", url);
            for colours in [Colours::Own, Colours::Dark] {
                let made = allowed(&html, colours);
                let there = whole(&made);
                assert!(
                    there.contains(&format!("url(\"{shown}\")")),
                    "{html} becomes {there}"
                );
                let rest = there.replace(&shown, "");
                assert!(
                    !rest.contains("example") && !rest.contains("cid:"),
                    "{html} becomes {there}"
                );
                let remote = u32::from(shown.contains("/remote/"));
                assert_eq!(made.1.remote_images, remote, "{html} counts each once");
                assert_eq!(
                    made.2.hosts.get("news.example").copied().unwrap_or_default(),
                    remote
                );
            }
            let made = blocked(&html);
            let there = whole(&made);
            let stays = url.starts_with("data:");
            assert_eq!(there.contains("url("), stays, "{html} becomes {there}");
            assert_eq!(
                made.1.remote_images,
                u32::from(url.contains("//")),
                "{html} is counted"
            );
            assert!(!for_sending(&html).contains("letter:"), "ours goes nowhere");
        }
    }
}

#[test]
fn what_is_no_picture_stands_behind_nothing() {
    for way in WAYS {
        for url in [
            "letter://localhost/token/cid/a@b",
            "letter://localhost/guessed/remote/0",
            "http://letter.localhost/guessed/remote/0",
            "data:image/svg+xml;base64,PHN2Zz4=",
            "data:text/html,x",
            "cid:other",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ftp://evil.example/a",
            "a.png",
            "",
        ] {
            let html = way.replace("URL", url);
            for colours in [Colours::Own, Colours::Dark] {
                let there = whole(&allowed(&html, colours));
                assert!(
                    !there.contains("url(")
                        || url.contains("letter.localhost") && there.contains("/remote/0\")"),
                    "{html} becomes {there}"
                );
            }
        }
    }
    // Whoever is asked and makes a mistake leaks nothing.
    let options = Options {
        remote_images: RemoteImages::Allowed,
        remote_image: &|url| Some(url.to_owned()),
        inline_image: &|id| Some(format!("https://evil.example/{id}")),
        image_by_location: &|_, url| Some(url.to_owned()),
        ..Options::blocked()
    };
    for way in WAYS {
        for url in ["https://evil.example/a", "cid:a"] {
            let made = examine_parts(&[way.replace("URL", url)], &options);
            let there = whole(&made);
            assert!(
                !there.contains("evil.example") && !there.contains("url("),
                "{there}"
            );
            assert!(inspect::dangers(made.0.fragment(), made.0.style_sheet()).is_empty());
        }
    }
}

#[test]
fn a_picture_that_would_tell_what_is_so_is_not_shown() {
    for selector in [
        "a:hover",
        "a:visited",
        "a:link",
        "p:focus",
        "p:not(:active)",
        "a[href^='https://bank']",
        "[title*=secret]",
        "td:hover > p",
        "p, a:hover",
    ] {
        let html = format!(
            "<style>{selector} {{ color: red; background-image: url(https://news.example/a) }}</style><p>x"
        );
        let made = allowed(&html, Colours::Own);
        assert!(!whole(&made).contains("letter:"), "{selector}: {}", whole(&made));
        assert_eq!(made.1.remote_images, 1, "{selector} is counted");
        assert!(whole(&made).contains("color: red"), "{selector} keeps the rest");
    }
    for selector in [
        "div[class*='hero'] > td",
        "p::before",
        "tr:nth-child(2n)",
        "#a .b",
    ] {
        let html =
            format!("<style>{selector} {{ background-image: url(https://news.example/a) }}</style><p>x");
        assert!(
            whole(&allowed(&html, Colours::Own)).contains("letter:"),
            "{selector}"
        );
    }
    for unknown in [
        "cursor: url(https://news.example/a)",
        "mask-image: url(https://news.example/a)",
        "content: url(https://news.example/a)",
        "background: linear-gradient(red, url(https://news.example/a))",
        "background: cross-fade(url(https://news.example/a), red)",
        "background: paint(url(https://news.example/a))",
    ] {
        let made = allowed(
            &format!("<style>p {{ {unknown} }}</style><p style='{unknown}'>x"),
            Colours::Own,
        );
        assert!(!whole(&made).contains("url("), "{unknown}: {}", whole(&made));
        assert_eq!(made.1.remote_images, 2, "{unknown} is counted all the same");
    }
}

#[test]
fn nothing_that_is_asked_decides_whether_a_picture_comes() {
    let behind = "<style>.p { background: url(https://news.example/a) } RULE</style><p class=p>x";
    let within = "<style>RULE</style><p class=p style='background: url(https://news.example/a)'>x";
    let rules = [
        ".w:not(:hover) .p { color: red; background: none !important }",
        "td:hover .p { color: red; display: block !important }",
        "a:not([href^='https://bank/']) ~ .p { color: red; background-image: none }",
        "td:hover .p { color: red; visibility: hidden; opacity: 0; width: 0; height: 0; font-size: 0; content: none }",
        ".p:visited { color: red; list-style: none; position: absolute; left: -999px; margin: 0; padding: 0; float: left }",
        "@media print { .p { color: red; display: none } }",
        "@media (prefers-reduced-motion) { .p { color: red; display: none } }",
        "@container (min-width: 1px) { .p { color: red; display: none } }",
        "@media screen and (hover: hover) { @media (min-width: 1px) { .p { color: red; --n: none; display: var(--n) } } }",
        "@layer x { .p:focus { color: red; display: none } }",
    ];
    for rule in rules {
        for html in [behind, within] {
            let there = whole(&allowed(&html.replace("RULE", rule), Colours::Own));
            assert!(there.contains("/remote/a"), "the picture stays for all: {there}");
            let said = there
                .lines()
                .find(|line| line.contains("color: red"))
                .expect("what only paints stays");
            assert!(said.contains("{ color: red }"), "{rule} becomes {there}");
        }
    }
    for rule in [
        "a:hover { color: red; text-decoration: underline; background-color: #eee; border-top-color: red }",
        "@media screen and (max-width: 600px) { .q { display: block; width: 100% } }",
        "td[valign='top'] { display: block }",
    ] {
        let there = whole(&allowed(&behind.replace("RULE", rule), Colours::Own));
        let kept = there.matches(": ").count();
        let given = rule.matches(": ").count();
        assert_eq!(kept, given + 1, "{rule} stays whole: {there}");
    }
    // Where no picture comes from anywhere, nobody hears of what is so.
    let there = whole(&blocked("<style>td:hover .p { display: block }</style>x"));
    assert!(there.contains("td:hover .p { display: block }"), "{there}");
}

#[test]
fn pictures_come_in_media_rules_of_widths_alone() {
    for (query, comes) in [
        ("(max-width: 600px)", true),
        ("only screen and (min-width: 20em)", true),
        ("(400px < width <= 600px)", true),
        ("all", true),
        ("print", false),
        ("not screen", false),
        ("(prefers-reduced-motion: reduce)", false),
        ("(max-width: 600px) and (hover: none)", false),
        ("(min-resolution: 96dpi)", false),
        ("(color)", false),
        ("(device-width: 100px)", false),
    ] {
        let html = format!(
            "<style>@media {query} {{ p {{ background: url(https://news.example/a) }} }}</style><p>x"
        );
        let made = allowed(&html, Colours::Own);
        assert_eq!(
            whole(&made).contains("/remote/a"),
            comes,
            "{query}: {}",
            whole(&made)
        );
        assert_eq!(made.1.remote_images, 1, "{query} is counted");
    }
    for html in [
        "<style media=print>p { background: url(https://news.example/a) }</style><p>x",
        // How wide a box beside a text is tells which fonts its reader has.
        "<style>@container (min-width: 1px) { p { background: url(https://news.example/a) } }</style><p>x",
    ] {
        assert!(
            !whole(&allowed(html, Colours::Own)).contains("/remote/a"),
            "{html}"
        );
    }
}

#[test]
fn a_background_that_nobody_sees_is_a_tracker() {
    for html in [
        "<p style='display: none; background: url(https://news.example/a)'>x",
        "<p style='background: url(https://news.example/a); width: 1px; height: 1px'>x",
        "<p style='--n: none; background: url(https://news.example/a); display: var(--n)'>x",
        "<div style='display: none'><p style='background: url(https://news.example/a)'>x",
        "<style>:root { --n: none }</style><div style='display: var(--n)'><p style='background: url(https://news.example/a)'>x",
        "<table><tr><td width=1 height=1 background=https://news.example/a>x</table>",
        "<div style='opacity: 0'><table background=https://news.example/a><tr><td>x</table>",
        "<p hidden style='background: url(https://news.example/a)'>x",
        "<body background=https://news.example/a style='display: none'>x",
        "<style>.p { background: url(https://news.example/a); display: none }</style><p class=p>x",
        "<style>:root { --n: none } .p { background: url(https://news.example/a); display: var(--n) }</style><p class=p>x",
    ] {
        for made in [
            allowed(html, Colours::Own),
            allowed(html, Colours::Dark),
            blocked(html),
        ] {
            assert!(!whole(&made).contains("/remote/"), "{html}: {}", whole(&made));
            assert_eq!((made.1.remote_images, made.1.trackers), (0, 1), "{html}");
        }
    }
    for html in [
        "<table><tr><td height=1 background=https://news.example/a>x</table>",
        "<div style='display: none'><table width=320 background=https://news.example/a><tr><td>x</table>",
        "<div style='display: none'></div><p style='background: url(https://news.example/a)'>x",
    ] {
        let made = allowed(html, Colours::Own);
        assert!(whole(&made).contains("/remote/a"), "{html}: {}", whole(&made));
    }
}

#[test]
fn names_hide_nothing_from_whoever_looks_for_what_is_hidden() {
    let sheet = "<style>:root { --n: none; --zero: 0 } .t { display: var(--n) }</style>";
    for html in [
        "<img src=https://news.example/a style='display: var(--n)'>",
        "<p style='display: var(--n)'><img src=https://news.example/a>",
        "<img class=t src=https://news.example/a>",
    ] {
        let made = allowed(&format!("{sheet}{html}"), Colours::Own);
        assert_eq!((made.1.remote_images, made.1.trackers), (0, 1), "{html}");
    }
    for style in [
        "display: var(--n)",
        "font-size: var(--zero)",
        "opacity: var(--none, 0)",
    ] {
        let html = format!("{sheet}<a href=https://evil.example>seen<b style='{style}'>bank.example</b></a>");
        let made = blocked(&html);
        let link = made.2.links.first().expect("a link");
        assert_eq!(link.text.trim(), "seen", "{style}");
    }
}

#[test]
fn pictures_that_are_never_shown_are_not_offered() {
    let made =
        blocked("<video poster=https://news.example/a></video><input type=image src=https://news.example/b>");
    assert_eq!(made.1.remote_images, 0);
}

#[test]
fn a_service_that_counts_readers_counts_nobody_by_a_background() {
    let html = "<p style='background: url(https://shop.us1.list-manage.com/track/open.php?u=1)'>x";
    let made = allowed(html, Colours::Own);
    assert_eq!(
        (made.1.remote_images, made.1.trackers),
        (0, 1),
        "{:?}",
        made.2.trackers
    );
    assert!(!whole(&made).contains("url("));
}

#[test]
fn pictures_are_found_by_the_address_that_they_had() {
    let located = |_: usize, url: &str| {
        let known = ["http://a.example/dir/b.gif", "c.gif", "../d.gif"];
        known
            .iter()
            .position(|known| *known == url)
            .map(|number| format!("{OURS}/in/{number}"))
    };
    let options = Options {
        image_by_location: &located,
        ..Options::blocked()
    };
    let html = "<img src='http://a.example/dir/b.gif'><img src=c.gif><img src=' c.gif'><img src='../d.gif'><img src='.&#46;/d\n.gif'>\
        <img src=e.gif><img src='http://a.example/e.gif'><td><p style='background: url(c.gif)'>x\
        <img src=''><img src='javascript:x'>";
    let made = examine_parts(&[html.to_owned()], &options);
    let there = whole(&made);
    let found: Vec<&str> = there
        .match_indices("/in/")
        .filter_map(|(at, _)| there.get(at + 4..at + 5))
        .collect();
    assert_eq!(found, ["0", "1", "1", "2", "2", "1"], "{there}");
    assert_eq!(made.1.remote_images, 1, "what came with the letter is not remote");
}

#[test]
fn backgrounds_by_the_thousand_take_as_long_as_they_are() {
    let cells = "<td background=https://news.example/a style='background:url(cid:logo)'>x".repeat(5_000);
    let rules: String = (0..3_000)
        .map(|number| format!(".a{number}{{background:url(https://news.example/{number})}}"))
        .collect();
    for colours in [Colours::Own, Colours::Dark] {
        let html = format!("<style>{rules}</style><table>{cells}</table>");
        let (safe, findings, details) = allowed(&html, colours);
        assert!(
            details.steps() < 400 * u64::try_from(html.len()).unwrap(),
            "{} steps",
            details.steps()
        );
        assert_eq!(findings.remote_images, 8_000);
        assert!(safe.frame(Look::default()).len() < 6 * html.len());
    }
}
