//! How letters are made easy to read: quotes at their end are folded, and colours for white paper are changed for dark.

mod inspect;

use inspect::dangers;
use waxwing_sanitize::{
    Colours, Findings, Heading, Look, Options, Quotes, SafeHtml, from_text_with, sanitize, sanitize_parts,
};

fn folded(html: &str) -> String {
    let options = Options {
        quotes: Quotes::Folded,
        ..Options::blocked()
    };
    sanitize(html, &options).0.fragment().to_owned()
}

fn dark(html: &str) -> (SafeHtml, Findings) {
    let options = Options {
        colours: Colours::Dark,
        ..Options::blocked()
    };
    sanitize(html, &options)
}

#[test]
fn a_quote_at_the_end_is_folded_with_all_that_is_in_it() {
    for html in [
        "<p>Yes.</p><blockquote type=cite><p>Old</p><blockquote type=cite>Older</blockquote></blockquote>",
        "<div>Yes.<br></div><div class=gmail_quote><div>On Monday Amara wrote:</div><blockquote>Old</blockquote></div><br>&nbsp;",
        "<p>Yes.</p><blockquote type=cite>Old",
        "<table><tr><td>Yes.<blockquote type=cite>Old</blockquote></td></tr></table>",
    ] {
        let shown = folded(html);
        let start = shown
            .find("<details class=\"waxwing-fold\"><summary")
            .expect(html);
        let (before, after) = shown.split_at(start);
        assert!(
            before.contains("Yes.") && !before.contains("Old"),
            "{html}: {shown}"
        );
        assert!(
            after.contains("Old") && shown.matches("<details").count() == 1,
            "{html}: {shown}"
        );
        assert_eq!(
            shown.matches("<details").count(),
            shown.matches("</details>").count(),
            "{html}: {shown}"
        );
        assert!(dangers(&shown, "").is_empty(), "{html}: {shown}");
    }
}

#[test]
fn what_is_answered_below_or_is_all_there_is_is_not_folded() {
    for html in [
        "<blockquote type=cite>Old</blockquote><p>Yes.</p>",
        "<p>a</p><blockquote type=cite>Old</blockquote><p>Yes.</p>",
        "<blockquote type=cite>Passed on</blockquote>",
        "<p>A book says</p><blockquote>Call me Ishmael.</blockquote>",
        "<p>Yes.</p><blockquote type=cite>Old</blockquote><img src=cid:signature>",
        "<table><tr><td>Yes.<blockquote type=cite>Old</td><td>beside</td></tr></table>",
        "<b><p>Yes.<blockquote type=cite>Old</b></blockquote>",
    ] {
        assert!(!folded(html).contains("waxwing-fold"), "{html}: {}", folded(html));
    }
    assert!(
        !folded("<p>a<details class=waxwing-fold>b</details>").contains("waxwing-fold"),
        "the mark is ours"
    );
}

#[test]
fn the_same_holds_for_plain_text() {
    let shown = |text: &str| from_text_with(text, Quotes::Folded).fragment().to_owned();
    let reply = shown("Yes.\n\nOn Monday Amara wrote:\n> Old\n>> Older\n> Old\n");
    assert!(
        reply.contains("wrote:<details class=\"waxwing-fold\">"),
        "{reply}"
    );
    assert!(reply.ends_with("</blockquote></details></div>"), "{reply}");
    for text in ["> Old\nYes.", "> Old", "Yes.\n> Old\nNo.\n"] {
        assert!(!shown(text).contains("<details"), "{text}");
    }
    let outlook =
        "Yes.\n\n-----Original Message-----\nFrom: Lena\nSent: Monday\n\nOld\n> Older\nOld\n-- \nLena\n";
    let reply = shown(outlook);
    let (before, after) = reply
        .split_once("<details class=\"waxwing-fold\">")
        .expect("an earlier letter without marks is folded");
    assert!(before.contains("Yes.") && !before.contains("Old"), "{reply}");
    assert!(
        after.contains("Original Message") && after.ends_with("</div></div></details></div>"),
        "{reply}"
    );
    for text in [
        "Hello,\n\n--------------------\nOrder number: 1234\nDue date: 5 May\n--------------------\n\nPlease pay by Friday.",
        "Hi,\n----- Agenda -----\nMonday: start\nBring the keys!",
        "Hi,\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nall the words",
    ] {
        assert!(!shown(text).contains("<details"), "{text}");
    }
    let alone = shown("-----Original Message-----\nFrom: Lena\nSent: Monday\n\nOld\n");
    assert!(!alone.contains("<details"), "it is all there is: {alone}");
}

#[test]
fn an_earlier_letter_that_outlook_puts_below_is_folded() {
    let line = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm";
    for html in [
        &format!(
            "<body><div class=WordSection1><p>Yes.<o:p></o:p></p><div><div style='{line}'><p><b>From:</b> Lena<br><b>Sent:</b> Monday</p></div></div>\
             <p>Old</p><div><div style='{line}'><p>From: Jonas</p></div></div><p>Older</p></div></body>"
        ),
        "<div>Yes.</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Lena</div><div><p>Old</p></div>",
        "<div>Yes.</div><div id=x_divRplyFwdMsg><b>From:</b> Lena</div><div>Old",
        "<p>Yes.</p><div id=mail-editor-reference-message-container><div><div style='border-top:1pt solid rgb(225, 225, 225); padding: 3pt 0cm 0cm'>From: Lena</div></div><p>Old</p></div>",
    ] {
        let shown = folded(html);
        let (before, after) = shown.split_once("<details class=\"waxwing-fold\">").expect(html);
        assert!(
            before.contains("Yes.") && !before.contains("Lena"),
            "{html}: {shown}"
        );
        let (inside, behind) = after.split_once("</details>").expect(html);
        assert!(
            inside.contains("Lena") && inside.contains("Old"),
            "{html}: {shown}"
        );
        assert_eq!(
            inside.matches("<div").count(),
            inside.matches("</div>").count(),
            "the fold stands in one element: {shown}"
        );
        assert!(!behind.contains("Old"), "{shown}");
        assert!(dangers(&shown, "").is_empty(), "{html}: {shown}");
    }
    for html in [
        &format!("<div><div style='{line}'><p>From: Lena</p></div></div><p>Old</p>"),
        &format!(
            "<table><tr><td>Yes.<div style='{line}'>From: Lena</div>Old</td><td>beside</td></tr></table>"
        ),
        "<p>Yes.</p><div style='border-top:1px solid #ccc;padding:3px'>a foot</div>",
    ] {
        assert!(!folded(html).contains("waxwing-fold"), "{html}: {}", folded(html));
    }
}

#[test]
fn an_answer_below_what_it_answers_is_never_folded() {
    for html in [
        "<p>Hi,</p><div id=mail-editor-reference-message-container><p>From: Lena</p><p>Old</p></div><p>My answer is below.</p>",
        "<p>Hi,</p><blockquote type=cite>Old</blockquote><textarea>My answer</textarea>",
        "<p>Hi,</p><blockquote type=cite>Old</blockquote><xmp>My answer</xmp>",
    ] {
        assert!(!folded(html).contains("waxwing-fold"), "{html}: {}", folded(html));
    }
    for html in [
        "<p>Yes.</p><div id=x_mail-editor-reference-message-container><p>From: Lena</p><p>Old</p></div>",
        "<textarea>Yes.</textarea><blockquote type=cite>Old</blockquote>",
        "<p>Yes.</p><blockquote type=cite>Old</blockquote><textarea> </textarea>",
    ] {
        assert!(folded(html).contains("waxwing-fold"), "{html}: {}", folded(html));
    }
    let written = folded("<p>Yes.</p><div><xmp>Words</xmp><div id=appendonsend></div><p>Old</p></div>");
    let (before, _) = written.split_once("<details").expect("folded");
    assert!(
        before.contains("Words"),
        "what is read stays before the fold: {written}"
    );
}

#[test]
fn a_design_for_the_dark_is_its_senders_own() {
    let sheet = |query: &str, rules: &str| {
        format!(
            "<style>body{{background:#fff;color:#111}}.a{{color:#222}}@media {query}{{{rules}}}\
             @media (prefers-color-scheme: light){{.l{{margin:1px}}}}</style><body><p class=a>x"
        )
    };
    let rules = "body{background:#0b0b0d !important;color:#f5f5f7 !important}.a{color:#ffd60a}";
    for query in [
        "(prefers-color-scheme: dark)",
        "screen and (prefers-color-scheme:dark)",
        "(PREFERS-color-scheme: DARK) and (max-width: 600px)",
    ] {
        let (safe, _) = dark(&sheet(query, rules));
        let css = safe.style_sheet();
        assert!(
            css.contains("#ffd60a") && css.contains("background: #0b0b0d"),
            "{query}: {css}"
        );
        assert!(
            css.contains("#222") && !css.contains("margin"),
            "{query}: nothing is changed: {css}"
        );
        assert!(safe.is_darkened(), "it can be switched off as any other");
        assert!(safe.frame(Look::DARK).contains("color-scheme: dark"));
        let (safe, _) = sanitize(&sheet(query, rules), &Options::blocked());
        let css = safe.style_sheet();
        assert!(
            !css.contains("#ffd60a") && css.contains("margin: 1px"),
            "{query}, by day: {css}"
        );
        assert!(!css.contains("prefers"), "no web view is asked: {css}");
    }
    for (query, rules) in [
        ("(prefers-color-scheme: dark)", ".logo{display:none}"),
        ("(prefers-color-scheme: dark)", "body{background:#fff}"),
        ("not (prefers-color-scheme: light)", rules),
        ("print, (prefers-color-scheme: dark)", rules),
        ("(prefers-color-scheme)", rules),
    ] {
        let (safe, _) = dark(&sheet(query, rules));
        let css = safe.style_sheet();
        assert!(
            safe.is_darkened() && !css.contains("#222"),
            "{query} {rules}: changed for dark paper: {css}"
        );
    }
    let pictures = sheet(
        "(prefers-color-scheme: dark)",
        "body{background:#000 url(https://evil.example/d.png)}@layer x{p{color:red}}",
    );
    let (safe, by_night) = dark(&pictures);
    assert!(safe.style_sheet().contains("#000 none"), "{}", safe.style_sheet());
    assert_eq!(by_night.remote_images, 1);
    assert_eq!(
        sanitize(&pictures, &Options::blocked()).1.remote_images,
        0,
        "it is for no paper of this letter"
    );
}

#[test]
fn colours_for_white_paper_are_changed_for_dark_paper() {
    let (safe, _) = dark(
        "<style>p { color: #222; background: white }</style><body bgcolor=#ffffff text=black>\
         <table bgcolor=white><tr><td style='color: rgb(20, 50, 74); font-family: Tan'><font color=navy>x</font></table>",
    );
    assert!(safe.is_darkened());
    let document = safe.frame(Look::DARK);
    assert!(document.contains("color-scheme: dark"), "on the app's dark paper");
    let whole = format!("{}{}", safe.fragment(), safe.style_sheet());
    for white in ["white", "#ffffff", "#222", "navy", "rgb(20"] {
        assert!(!whole.contains(white), "{white} is still there: {whole}");
    }
    assert!(
        whole.contains("font-family: Tan"),
        "a name of a font is no colour"
    );
    assert!(dangers(safe.fragment(), safe.style_sheet()).is_empty());
}

#[test]
fn a_letter_made_for_dark_paper_and_one_without_colours_stay_as_they_are() {
    let own = "<body style='background:#101010;color:#eeeeee'><p style='color: #ffcc00'>x</p>";
    let (safe, _) = dark(own);
    assert!(
        !safe.is_darkened() && safe.fragment().contains("#ffcc00"),
        "{}",
        safe.fragment()
    );
    assert_eq!(safe.fragment(), sanitize(own, &Options::blocked()).0.fragment());
    let (safe, _) = dark("<p>x</p>");
    assert!(!safe.is_darkened() && safe.frame(Look::DARK).contains("color-scheme: dark"));
}

#[test]
fn all_parts_of_a_letter_stand_on_one_paper() {
    let options = Options {
        colours: Colours::Dark,
        ..Options::blocked()
    };
    let parts = [
        "<body bgcolor=black><p style='color: #ffffff'>x</p>".to_owned(),
        "<p style='color: #000000'>y</p>".to_owned(),
    ];
    let (safe, _) = sanitize_parts(&parts, &options);
    assert!(
        !safe.is_darkened() && safe.fragment().contains("#000000"),
        "{}",
        safe.fragment()
    );
}

#[test]
fn what_is_counted_is_counted_once_in_the_dark_too() {
    let html = "<style>p { background: #fff url(https://evil.example/a.png) }</style>\
        <div style='background: url(https://evil.example/b.png)'><img src=https://evil.example/c.png>";
    let (light, by_day) = sanitize(html, &Options::blocked());
    let (_, by_night) = dark(html);
    assert_eq!((by_day.remote_images, by_night), (3, by_day));
    assert!(!light.fragment().contains("evil"));
}

#[test]
fn what_is_above_a_printed_letter_is_text() {
    let heading = Heading {
        title: "<script>alert(1)</script>".to_owned(),
        lines: vec![("From".to_owned(), "\"><img src=x onerror=alert(1)>".to_owned())],
    };
    let (safe, _) = sanitize("<p>x</p>", &Options::blocked());
    let page = safe.printed(&heading);
    assert!(
        page.contains("&lt;script&gt;") && !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
    let (doctype, rest) = page.split_once('>').expect("a doctype");
    assert!(doctype.starts_with("<!doctype html"), "{doctype}");
    assert!(
        rest.starts_with("<html><head><meta http-equiv=\"Content-Security-Policy\""),
        "{rest}"
    );
}

#[test]
fn no_sheet_of_a_letter_reaches_what_is_above_it_on_paper() {
    let letter = "<style>.waxwing-heading, body > *:first-child { display: none !important }</style><p>x</p>";
    let (safe, _) = sanitize(letter, &Options::blocked());
    let page = safe.printed(&Heading::default());
    let layer = page.find("@layer waxwing-paper").expect("a layer of our own");
    let own = page.find("first-child").expect("the letter's sheet");
    assert!(layer < own, "the first layer wins: {page}");
    assert_eq!(page.matches("@layer").count(), 1, "and a letter has none");
}

#[test]
fn nothing_of_a_letter_lies_over_what_is_above_it_on_paper() {
    let letter = "<style>.waxwing-letter{margin-top:-200px !important} body{margin-top:-200px;text-indent:-9999px} body::before{content:'';\
        position:absolute;top:0;width:100%;height:200px;background:#fff}</style><div style='position:absolute;top:0;height:200px;\
        background:#fff;z-index:9'>From: Boss</div></div></div>";
    let (safe, _) = sanitize(letter, &Options::blocked());
    let page = safe.printed(&Heading::default());
    let (before, inside) = page
        .split_once("</header><div class=\"waxwing-letter\">")
        .expect("in a box of its own");
    assert!(inside.ends_with("</div></body></html>"), "{inside}");
    assert_eq!(
        inside.matches("<div").count() + 1,
        inside.matches("</div>").count(),
        "the letter cannot leave the box: {inside}"
    );
    let rule = |selector: &str| {
        let (_, rule) = before
            .split_once(&format!("\n{selector} {{"))
            .expect("a rule of our own");
        rule.split_once('}').expect("it ends").0.to_owned()
    };
    for (selector, declaration) in [
        (".waxwing-letter", "all: revert !important"),
        (".waxwing-letter", "overflow: clip !important"),
        (".waxwing-letter", "contain: paint !important"),
        (".waxwing-letter", "display: flow-root !important"),
        (".waxwing-heading", "all: initial !important"),
        ("html, body", "margin: 0 !important"),
        ("html, body", "transform: none !important"),
        ("html, body", "translate: none !important"),
        ("html, body", "rotate: none !important"),
        ("html, body", "scale: none !important"),
        (
            "html::before, html::after, body::before, body::after",
            "content: none !important",
        ),
    ] {
        assert!(
            rule(selector).contains(declaration),
            "{selector} needs {declaration}"
        );
    }
}

#[test]
fn pictures_of_each_part_are_asked_for_by_its_own_number() {
    let at = |part: usize| format!("letter://localhost/t/in/{part}");
    let located = |part: usize, url: &str| (url == "a.gif").then(|| at(part));
    let options = Options {
        image_by_location: &located,
        ..Options::blocked()
    };
    let parts = ["<img src=a.gif>", "<p style='background:url(a.gif)'>x</p>"].map(str::to_owned);
    let (safe, _) = sanitize_parts(&parts, &options);
    for part in 0..parts.len() {
        assert!(safe.fragment().contains(&at(part)), "{}", safe.fragment());
    }
}
