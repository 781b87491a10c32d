//! What letters of today are written with: values with names, layers, containers, places in the letter, forms, drawings and
//! formulas. They look as they were meant as far as that harms nobody.

mod inspect;

use inspect::dangers;
use waxwing_sanitize::{Colours, Findings, Options, SafeHtml, examine_parts, for_sending, sanitize};

fn clean(html: &str) -> (SafeHtml, Findings) {
    let (safe, findings) = sanitize(html, &Options::blocked());
    let found = dangers(safe.fragment(), safe.style_sheet());
    assert!(found.is_empty(), "{html} left {found:?}");
    (safe, findings)
}

fn sheet(css: &str) -> String {
    clean(&format!("<style>{css}</style><p>x"))
        .0
        .style_sheet()
        .to_owned()
}

#[test]
fn values_with_names_are_filled_in() {
    for (css, kept) in [
        (
            ":root { --brand: #0b6b62; --pad: 4px } a { color: var(--brand); padding: var(--pad) calc(2 * var(--pad)) }",
            "a { color: #0b6b62; padding: 4px calc(2 * 4px) }\n",
        ),
        (
            "p { font: 14px var(--none, \"Helvetica Neue\", Arial) }",
            "p { font: 14px \"Helvetica Neue\", Arial }\n",
        ),
        (
            ".a { --c: red; color: var(--c) !important }",
            ".a { color: red !important }\n",
        ),
        ("p { color: var(--none); margin: 0 }", "p { margin: 0 }\n"),
        ("p { width: var(--w) } :root { --w: 9999999px }", ""),
        ("p { position: var(--p) } :root { --p: fixed }", ""),
        ("p { height: var(--h) } :root { --h: 100vh }", ""),
        (
            "p { background: var(--u) } :root { --u: url(https://evil.example/a) }",
            "p { background: none }\n",
        ),
        (
            "p { color: var(--x) } :root { --x: red; } b { } :root { --x: var(--x) }",
            "",
        ),
        ("p { content: var(--c) } :root { --c: 'www.bank.example' }", ""),
        (
            "p { color: var(--c) } :root { --c: red } } b { x: y",
            "p { color: red }\n",
        ),
    ] {
        assert_eq!(sheet(css), kept, "{css}");
    }
    let (safe, _) = clean(
        "<style>html { --ink: #14324a }</style><p style='--w: 7px; color: var(--ink); width: var(--w)'>x</p>\
         <p style='color: var(--later)'>y</p><style>html { --later: red }</style>",
    );
    assert_eq!(
        safe.fragment(),
        "<p style=\"color: #14324a; width: 7px\">x</p><p>y</p>",
        "in attributes, as far as the sheets stand before them"
    );
    let dark = Options {
        colours: Colours::Dark,
        ..Options::blocked()
    };
    let html =
        "<style>:root { --ink: #111111 } p { color: var(--ink) }</style><p style='color: var(--ink)'>x";
    let (safe, _) = sanitize(html, &dark);
    let whole = format!("{}{}", safe.fragment(), safe.style_sheet());
    assert!(safe.is_darkened() && !whole.contains("#111"), "{whole}");
}

#[test]
fn layers_count_in_their_order_and_are_none_of_ours() {
    assert_eq!(
        sheet(
            "@layer reset, theme; p { color: red } @layer theme { p { color: blue } @layer deep { p { color: green } } }\
             @layer { b { color: red } } @media (max-width: 9px) { @layer reset { p { margin: 0 } } }\
             @layer waxwing-paper { p { padding: 0 !important } }"
        ),
        "@media (max-width: 9px) {\np { margin: 0 }\n}\np { color: green }\np { color: blue }\nb { color: red }\n\
         p { padding: 0 !important }\np { color: red }\n"
    );
    let (safe, _) =
        clean("<style>p { color: red } @layer a;</style><style>@layer a { p { color: blue } }</style>x");
    assert_eq!(
        safe.style_sheet(),
        "p { color: blue }\np { color: red }\n",
        "across sheets"
    );
    for css in [
        "@layer a.b.c { p { background: url(https://evil.example/a) } }",
        "@layer a, b { p { color: red } }",
        "@layer \"a\" { p { color: red } }",
        "@layer { @import 'https://evil.example/a'; }",
        "@layer a { @layer a { @layer a { @layer a { @layer a { p { color: red } } } } } }",
    ] {
        sheet(css);
    }
}

#[test]
fn containers_hold_for_widths_alone() {
    assert_eq!(
        sheet(
            ".card { container: card / inline-size; container-type: inline-size; container-name: card } \
             @container card (min-width: 400px) and (width < 600px) { p { color: red } }"
        ),
        ".card { container: card / inline-size; container-type: inline-size; container-name: card }\n\
         @container card (min-width: 400px) and (max-width: 599.98px) {\np { color: red }\n}\n"
    );
    for gone in [
        "@container (min-height: 1px) { p { color: red } }",
        "@container (block-size > 1px) { p { color: red } }",
        "@container (orientation: landscape) { p { color: red } }",
        "@container style(--x: y) { p { color: red } }",
        "@container url(https://evil.example/) { p { color: red } }",
        "p { container-type: size }",
        "p { container: x / size }",
        "p { height: 10cqh }",
    ] {
        assert_eq!(sheet(gone), "", "{gone}");
    }
}

#[test]
fn names_and_layers_take_as_long_as_they_are() {
    let names: String = (0..5_000)
        .map(|n| format!("--a{n}:{};", "x".repeat(n % 200)))
        .collect();
    let uses: String = (0..5_000).map(|n| format!("p{{color:var(--a{n})}}")).collect();
    let long = "all and (min-width: 1px) and (max-width: 99999px) ".repeat(15);
    for css in [
        format!(":root{{{names}}}{uses}"),
        format!(
            ":root{{--a:{}}}{}",
            "x ".repeat(250),
            "p{font-family:var(--a)}".repeat(20_000)
        ),
        "p{color:var(--a,".repeat(20_000),
        format!("p{{color:{}}}", "var(--a,".repeat(20_000)),
        "@layer a{".repeat(40_000),
        "@layer a{p{color:red}}".repeat(20_000),
        (0..20_000)
            .map(|n| format!("@layer a{n}{{p{{color:red}}}}"))
            .collect(),
        format!("@media {long}{{{}}}", "@layer a{p{color:red}}".repeat(15_000)),
        "@container a (width > 1px){".repeat(20_000),
        "@import 'https://evil.example/a';".repeat(15_000),
    ] {
        let html = format!("<style>{css}</style><p>x");
        let (safe, _, details) = examine_parts(std::slice::from_ref(&html), &Options::blocked());
        let told = css.get(..60).unwrap_or(&css);
        assert!(
            details.steps() < 400 * u64::try_from(html.len()).unwrap(),
            "{told}: {} steps for {}",
            details.steps(),
            html.len()
        );
        assert!(
            safe.style_sheet().len() < 1_500_000 + 2 * html.len(),
            "{told}: {} octets of {}",
            safe.style_sheet().len(),
            html.len()
        );
    }
}

#[test]
fn places_in_the_letter_are_places_in_the_letter() {
    let (safe, _) =
        clean("<a href='#chapter 2'>go</a><a name='chapter 2'>here</a><a name=b id=c>x</a><area href='#x'>");
    let fragment = safe.fragment();
    for kept in [
        "href=\"letter://localhost/here#chapter%202\"",
        "id=\"chapter 2\"",
        "id=\"c\"",
    ] {
        assert!(fragment.contains(kept), "{kept} in {fragment}");
    }
    assert!(
        !fragment.contains(" name=") && !fragment.contains("here#x"),
        "{fragment}"
    );
    for href in [
        "#",
        "letter://localhost/here#x",
        "LETTER://localhost/here#x",
        "letter://localhost/token/cid/x",
        "tauri://localhost/#x",
    ] {
        let (safe, _) = clean(&format!("<a href='{href}'>x</a>"));
        assert!(!safe.fragment().contains("href"), "{href}: {}", safe.fragment());
    }
    assert!(
        !waxwing_sanitize::for_sending("<a href='#x'>x</a>").contains("letter:"),
        "nobody else knows such places"
    );
}

#[test]
fn forms_are_blocks_that_send_nothing() {
    let (safe, findings) = clean(
        "<form action=https://evil.example method=post style='color: red'><fieldset>Name <input name=n value=Lena>\
         <input type=hidden name=t value=secret><input type=password value=secret><input placeholder=you@example.org>\
         <input type=checkbox checked>Yes<input type=radio>No</fieldset><select><option>Red<option selected>Blue</select>\
         <button formaction=https://evil.example>Go</button><input type=submit value=Send onclick=x></form>after",
    );
    assert_eq!(
        safe.fragment(),
        "<section style=\"color: red\"><section>Name <span class=\"waxwing-field\">Lena</span>\
         <span class=\"waxwing-field\">you@example.org</span>☑ Yes○ No</section>\
         <span class=\"waxwing-field\">Red / Blue</span><span class=\"waxwing-field\">Go</span>\
         <span class=\"waxwing-field\">Send</span></section>after"
    );
    assert_eq!((findings.removed_forms, findings.removed_scripts), (1, 1));
    assert_eq!(clean(safe.fragment()).0.fragment(), safe.fragment(), "and again");
    let (safe, _) = clean("<table><form><tr><td>a<td>b</tr></form></table><form>c");
    assert_eq!(
        safe.fragment(),
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table><section>c</section>",
        "a form around rows moves nothing"
    );
    let (safe, _) = clean("<table><tr><td><form><div>a</form>b</td></tr></table>");
    assert!(
        safe.fragment().contains("<section><div>a</div></section>b</td>"),
        "{}",
        safe.fragment()
    );
}

#[test]
fn words_in_drawings_and_formulas_are_read() {
    for (html, text) in [
        (
            "<svg><title>t</title><style>p{}</style><text>One<tspan>two</tspan></text><desc>d</desc><script>x</script>\
             <g>no<text>three</text></g></svg>after",
            " Onetwo threeafter",
        ),
        (
            "<math><semantics><mrow><mi>x</mi><mo>=</mo><mn>2</mn></mrow><annotation encoding=tex>\\x</annotation>\
             <annotation-xml encoding='text/html'>y</annotation-xml></semantics></math>",
            "x=2",
        ),
        ("<svg><text><title>t</title>a&lt;b</text></svg>", " a&lt;b"),
        ("<svg/>a<svg><text/>b</svg>c", "ac"),
        ("<svg><svg><text>a</text></svg>b<text>c</text></svg>d", " a cd"),
        ("<svg><text>a<p>b</svg>c", " a<p>bc</p>"),
        (
            "<select><option>a<option>b</select><select><option>c</select>",
            "a / bc",
        ),
        ("<datalist><option>a</datalist><template>b</template>c", "c"),
    ] {
        let (safe, _) = clean(html);
        let shown = safe
            .fragment()
            .replace("<span class=\"waxwing-field\">", "")
            .replace("</span>", "");
        assert_eq!(shown, text, "{html}");
    }
    let (_, findings, details) = examine_parts(
        &["<a href=https://evil.example><svg><text>bank.example</text></svg></a>".to_owned()],
        &Options::blocked(),
    );
    assert_eq!(findings.remote_images, 0);
    let link = details.links.first().expect("a link");
    assert_eq!(link.text.trim(), "bank.example", "what a link says is known");
}

#[test]
fn what_a_letter_says_of_itself_in_data_is_no_script() {
    for (kind, scripts) in [
        ("", 1),
        (" type=text/javascript", 1),
        (" type='Text/JavaScript; charset=utf-8'", 1),
        (" type=module", 1),
        (" type=text/vbscript", 1),
        (" type=application/ld+json", 0),
        (" type='application/json'", 0),
        (" type=text/template", 0),
    ] {
        for around in ["SCRIPT", "<template>SCRIPT</template>", "<svg>SCRIPT</svg>"] {
            let html = around.replace("SCRIPT", &format!("<script{kind}>x</script>"));
            assert_eq!(clean(&html).1.removed_scripts, scripts, "{html}");
        }
    }
}

#[test]
fn sheets_from_the_network_are_counted() {
    let (_, findings) = clean(
        "<link rel=stylesheet href=https://evil.example/a.css><link rel='alternate StyleSheet' href=//evil.example/b.css>\
         <link rel=icon href=https://evil.example/c><link rel=stylesheet href=local.css>\
         <style>@import 'https://evil.example/d.css'; @import url(https://evil.example/e.css) screen; @import 'f.css';\
         @layer x { @import 'https://evil.example/g.css'; }</style>x",
    );
    assert_eq!(findings.remote_sheets, 5);
    assert_eq!(findings.remote_images, 0, "they are no pictures");
}

#[test]
fn what_hides_a_box_of_a_form_hides_it_and_labels_keep_their_looks() {
    let (safe, _) = clean(
        "<style>.menu { display: none } label { color: red }</style><input type=checkbox class=menu id=m><input type=radio style='display:none'>\
         <label class=tab for=m>Menu</label><input type=text style='display:none' value=w>",
    );
    assert_eq!(
        safe.fragment(),
        "<span id=\"m\" class=\"menu\">☐ </span><span style=\"display: none\">○ </span><span class=\"tab\">Menu</span>\
         <span style=\"display: none\" class=\"waxwing-field\">w</span>"
    );
    let (safe, _) = clean("<table><input type=checkbox style='display:none'><tr><td>a</td></tr></table>");
    assert_eq!(
        safe.fragment(),
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
        "nothing is moved before it"
    );
}

#[test]
fn places_lines_and_numbers_of_today_stay() {
    for kept in [
        "p { inset: auto 16px 12px 16px }\n",
        "p { inset-block-start: 4px; inset-inline: 0 }\n",
        "p { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical }\n",
        "p { translate: 4px 2px; rotate: 3deg; scale: 1.1; text-wrap: balance }\n",
        "ol { counter-reset: step } li { counter-increment: step }",
        "li::before { content: counter(step) \". \" }\n",
        "li::before { content: counters(step,\".\",decimal) }\n",
    ] {
        assert_eq!(
            sheet(kept).replace('\n', " ").trim(),
            kept.replace('\n', " ").trim(),
            "{kept}"
        );
    }
    for gone in [
        "li::before { content: counter(step, lower-alpha) }",
        "li::before { content: counters(step, 'bank.example') }",
        "li::before { content: counter(step, symbols('a' 'b')) }",
        "li::before { content: counter(url(https://evil.example/)) }",
    ] {
        assert_eq!(sheet(gone), "", "{gone}");
    }
}

#[test]
fn a_picture_keeps_its_shape_in_the_frame_and_what_its_sheets_leave_to_the_file() {
    let image = "<img width=\"600\" height=\"300\" src=\"https://a.example/1.png\">";
    let fragment = |html: &str| sanitize(html, &Options::blocked()).0.fragment().to_owned();
    let once = fragment(image);
    assert!(
        once.contains("aspect-ratio: 600 / 300")
            && once.contains("width=\"600\"")
            && !once.contains("height="),
        "{once}"
    );
    assert_eq!(fragment(&once), once, "what came out is clean");
    let word = "<img style=\"width:6in;height:3in\" src=\"https://a.example/1.png\">";
    let styled = fragment(word);
    assert!(
        styled.contains("height: auto; aspect-ratio: 576 / 288"),
        "{styled}"
    );
    assert_eq!(fragment(&styled), styled, "what came out is clean");
    for sheet in [
        "img{height:auto}",
        "td img, p img { max-width: 100%; height: auto !important }",
    ] {
        let left = fragment(&format!("<style>{sheet}</style>{image}"));
        assert!(
            left.contains("height=\"300\"") && !left.contains("aspect-ratio"),
            "{sheet}: {left}"
        );
        let styled = fragment(&format!("<style>{sheet}</style>{word}"));
        assert!(
            styled.contains("aspect-ratio"),
            "{sheet}: its own style counts more"
        );
    }
    let small = "<style>@media (max-width:480px){img{height:auto}}</style>".to_owned() + image;
    assert!(
        fragment(&small).contains("aspect-ratio"),
        "on other screens it has its shape"
    );
    let out = for_sending(image);
    assert!(
        out.contains("height=\"300\"") && !out.contains("aspect-ratio"),
        "what is sent stays as it was written: {out}"
    );
}
