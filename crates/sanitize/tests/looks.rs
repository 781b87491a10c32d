//! Good letters keep their look: style sheets, tables, colours, quotes, the size of pictures that are not shown.

mod inspect;

use inspect::{attribute, tags};
use waxwing_sanitize::{FRAME_CSP, Findings, Look, Options, SafeHtml, from_text, sanitize};

fn clean(html: &str) -> (SafeHtml, Findings) {
    sanitize(html, &Options::blocked())
}

const NEWSLETTER: &str = r##"<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" dir="ltr"><head><meta charset="utf-8"><title>October</title>
<style type="text/css">
  body, table { margin: 0; padding: 0; -webkit-text-size-adjust: 100% !important; mso-table-lspace: 0pt; }
  .button a:hover { background-color: #0b6b62 !important }
  #outlook a { padding: 0 } /* a client hack */
  td.hero { background: #14324a url("https://news.example/hero.jpg") center / cover no-repeat; }
  @media only screen and (max-width: 600px) { .column { width: 100% !important; display: block !important; } }
  @media (prefers-color-scheme: dark) { body { background: #000 } }
  p { font: 400 14px/1.5 "Helvetica Neue", Helvetica, Arial, sans-serif; color: rgb(20, 50, 74) }
  .card { box-shadow: 0 1px 3px rgba(0,0,0,.2); width: calc(100% - 20px); background: linear-gradient(90deg, #fff 0%, #eee 100%) }
</style></head>
<body bgcolor="#f4f1ea" style="margin:0">
<div style="display:none;max-height:0;overflow:hidden">Preheader</div>
<table width="600" cellpadding="0" cellspacing="0" border="0" align="center" bgcolor="#ffffff" role="presentation"><tbody>
<tr><td class="hero column" colspan="2" valign="top" style="padding: 24px; border-radius: 8px 8px 0 0; text-align: center">
<center><font face="Georgia" color="#14324a" size="5">October</font></center></td></tr>
<tr><td><img src="https://news.example/a.jpg" width="280" height="120" alt="A harbour" style="display:block" class="column"></td>
<td dir="rtl" lang="he">שלום</td></tr></tbody></table>
<a href="https://news.example/read?id=1&amp;x=2" style="color:#fff">Read on</a>
<img src="https://track.example/o.gif" width="1" height="1"><img src="https://track.example/p.gif" style="display:none">
</body></html>"##;

#[test]
fn a_newsletter_keeps_its_sheet_its_tables_and_its_colours() {
    let (safe, findings) = clean(NEWSLETTER);
    let sheet = safe.style_sheet();
    for kept in [
        "body, table { margin: 0; padding: 0; -webkit-text-size-adjust: 100% !important }",
        ".button a:hover { background-color: #0b6b62 !important }",
        "#outlook a { padding: 0 }",
        "td.hero { background: #14324a none center / cover no-repeat }",
        "@media only screen and (max-width: 600px) {\n.column { width: 100% !important; display: block !important }\n}",
        "font: 400 14px/1.5 \"Helvetica Neue\", Helvetica, Arial, sans-serif; color: rgb(20, 50, 74)",
        "width: calc(100% - 20px)",
        "linear-gradient(90deg, #fff 0%, #eee 100%)",
    ] {
        assert!(sheet.contains(kept), "{kept:?} is kept in:\n{sheet}");
    }
    assert!(!sheet.contains("#000"), "a dark scheme for white paper goes");
    let fragment = safe.fragment();
    for kept in [
        "display: none; max-height: 0; overflow: hidden",
        "bgcolor=\"#ffffff\"",
        "width=\"600\"",
        "cellpadding=\"0\"",
        "align=\"center\"",
        "colspan=\"2\"",
        "border-radius: 8px 8px 0 0",
        "<font ",
        "<center>",
        "dir=\"rtl\" lang=\"he\"",
        "href=\"https://news.example/read?id=1&amp;x=2\"",
    ] {
        assert!(fragment.contains(kept), "{kept:?} is kept in:\n{fragment}");
    }
    assert!(
        safe.frame(Look::default())
            .contains("<body dir=\"ltr\" style=\"background-color: #f4f1ea; margin: 0\">"),
        "its body is the frame's own"
    );
    assert!(
        !fragment.contains("October</title>") && !fragment.contains("news.example/a.jpg"),
        "{fragment}"
    );
    assert_eq!(
        findings,
        Findings {
            remote_images: 2,
            trackers: 2,
            ..Findings::default()
        },
        "a picture and a background, and two trackers that are nobody's pictures"
    );
}

#[test]
fn a_picture_that_is_not_shown_keeps_its_place_and_its_words() {
    let (safe, _) =
        clean("<img src=https://news.example/a.jpg width=280 height=120 alt='A harbour' class=hero>");
    let tags = tags(safe.fragment());
    let image = tags.first().unwrap();
    assert_eq!(
        attribute(&image.attrs, "width"),
        Some("280"),
        "the place is as wide as the picture"
    );
    assert_eq!(
        attribute(&image.attrs, "alt"),
        Some("A harbour"),
        "the words stand for the picture"
    );
    assert_eq!(
        attribute(&image.attrs, "class"),
        Some("hero waxwing-remote"),
        "the frame can draw an empty place"
    );
    assert!(
        !safe.fragment().contains("news.example"),
        "where it would have come from is not in the document"
    );
}

#[test]
fn a_picture_written_into_the_letter_is_shown() {
    let (safe, findings) = clean("<img src='data:IMAGE/PNG;charset=x;base64, iVBO\nRw0KGgo='>");
    assert_eq!(
        safe.fragment(),
        "<img src=\"data:image/png;base64,iVBORw0KGgo=\">",
        "written anew"
    );
    assert_eq!(findings, Findings::default(), "it is not remote");
}

#[test]
fn quotes_of_the_usual_mail_programs_can_be_folded() {
    for quote in [
        "<blockquote type=\"cite\">x</blockquote>",
        "<blockquote cite=\"mid:1@example.org\">x</blockquote>",
        "<div class=\"gmail_quote gmail_quote_container\">x</div>",
        "<blockquote class=\"x_x_gmail_quote\">x</blockquote>",
        "<div class=yahoo_quoted>x</div>",
        "<blockquote class=protonmail_quote>x</blockquote>",
    ] {
        assert!(
            clean(quote).0.fragment().contains("waxwing-quote"),
            "{quote} is a quote"
        );
    }
    assert!(
        !clean("<blockquote>a proverb</blockquote>")
            .0
            .fragment()
            .contains("waxwing"),
        "no answer, no quote"
    );
    assert!(
        !clean("<p class='waxwing-signature waxwing-remote x'>y</p>")
            .0
            .fragment()
            .contains("waxwing"),
        "a letter cannot wear our classes"
    );
}

#[test]
fn links_open_outside_and_lead_where_they_did() {
    let (safe, _) = clean("<a href='mailto:lena@example.org?subject=a%20b'>lena</a><a href='#top'>up</a>");
    assert_eq!(
        safe.fragment(),
        "<a href=\"mailto:lena@example.org?subject=a%20b\" target=\"_blank\" rel=\"noopener noreferrer\">lena</a>\
         <a href=\"letter://localhost/here#top\" target=\"_blank\" rel=\"noopener noreferrer\">up</a>"
    );
}

#[test]
fn what_is_in_forms_media_and_noscript_is_still_read() {
    let (safe, _) = clean(
        "<form>a<button>b</button></form><noscript>c</noscript><video>d</video><object>e</object><o:p>f</o:p>\
         <textarea>g <b></textarea><xmp>h <i></xmp>",
    );
    assert_eq!(
        safe.fragment(),
        "<section>a<span class=\"waxwing-field\">b</span></section>cdef<pre>g &lt;b&gt;</pre><pre>h &lt;i&gt;</pre>"
    );
}

#[test]
fn scripts_are_counted() {
    let (_, findings) = clean("<script>1</script><p onclick=x onload=y><a href=javascript:z>w</a></p>");
    assert_eq!(findings.removed_scripts, 4, "an element, two handlers and a link");
}

#[test]
fn the_frame_has_its_policy_first_and_is_the_same_every_time() {
    let (safe, _) = clean("<style>p { color: red }</style><p>x</p>");
    let document = safe.frame(Look::DARK);
    let start = format!("<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"{FRAME_CSP}\">");
    let (doctype, rest) = document.split_once('>').expect("a doctype");
    assert!(doctype.starts_with("<!doctype html"), "{doctype}");
    assert!(rest.starts_with(&start), "nothing is read before the policy");
    assert_eq!(
        document,
        safe.frame(Look::DARK),
        "the same letter gives the same bytes"
    );
    assert!(
        FRAME_CSP.starts_with("default-src 'none'"),
        "what is not named is not allowed"
    );
    assert!(
        !FRAME_CSP.contains('"'),
        "the policy stands in a quoted attribute"
    );
}

#[test]
fn a_letter_with_its_own_colours_stays_on_white_paper_in_the_dark() {
    let dark = Look::DARK;
    for own in [
        "<p style='color:#222'>x",
        "<table bgcolor=white>",
        "<style>p{background:#fff}</style>",
        "<font color=navy>",
    ] {
        assert!(
            clean(own).0.frame(dark).contains("color-scheme: light"),
            "{own} chose its colours for white"
        );
    }
    for none in ["<p>x</p>", "<p style='font-weight:bold;color:inherit'>x"] {
        assert!(
            clean(none).0.frame(dark).contains("color-scheme: dark"),
            "{none} takes the app's colours"
        );
    }
    assert!(
        clean("<p>x</p>")
            .0
            .frame(Look::default())
            .contains("color-scheme: light"),
        "and light by day"
    );
}

#[test]
fn a_frame_that_grows_with_its_letter_never_grows_without_end() {
    let (safe, _) = clean(
        "<style>body{height:100%} div{height:100vh}</style><div style='min-height:100dvh;width:90vw'>x</div>",
    );
    assert!(
        !safe.style_sheet().contains("vh") && !safe.fragment().contains("vh"),
        "heights of the window go"
    );
    assert!(
        safe.fragment().contains("width: 90vw"),
        "widths may follow the window"
    );
    assert!(
        safe.frame(Look::default())
            .contains("html, body { height: auto !important"),
        "our rule holds"
    );
}

#[test]
fn a_size_that_no_letter_has_goes() {
    let (safe, _) =
        clean("<img height=99999999 width=600><p style='height:9999999px;text-indent:-9999px'>x</p>");
    assert_eq!(
        safe.fragment(),
        "<img class=\"waxwing-remote\" width=\"600\"><p style=\"text-indent: -9999px\">x</p>"
    );
}

#[test]
fn a_letter_without_anything_to_see_says_so() {
    assert!(
        clean("<div> <br></div><style>p{}</style><!-- x -->").0.is_empty(),
        "nothing to see"
    );
    assert!(
        !clean("<p>x</p>").0.is_empty() && !clean("<img src=cid:a>").0.is_empty(),
        "words or a picture"
    );
}

#[test]
fn what_goes_out_keeps_its_pictures_and_its_look() {
    let sent = waxwing_sanitize::for_sending(
        "<div class='waxwing-text' style='color: red; position: fixed'><img src='cid:a%40b' class=waxwing-remote>\
         <a href=https://example.org target=_blank>x</a><blockquote type=cite class='waxwing-quote mine'>y</blockquote>\
         <img class=waxwing-remote width=9></div>",
    );
    assert_eq!(
        sent,
        "<div style=\"color: red\"><img src=\"cid:a@b\"><a href=\"https://example.org/\">x</a>\
         <blockquote class=\"mine\" type=\"cite\">y</blockquote></div>"
    );
}

#[test]
fn a_letter_without_measures_of_its_own_has_those_of_the_app() {
    let measures = "max-width: 66ch";
    for plain in ["<p>x</p>", "<p style='font-weight: bold'>x"] {
        assert!(
            clean(plain).0.frame(Look::default()).contains(measures),
            "{plain} was laid out by nobody"
        );
    }
    assert!(
        from_text("x").frame(Look::default()).contains(measures),
        "nor is plain text"
    );
    for own in ["<style>td { padding: 0 }</style><p>x", "<p style='color: #222'>x"] {
        assert!(
            !clean(own).0.frame(Look::default()).contains(measures),
            "{own} keeps what its sender chose"
        );
    }
}

#[test]
fn nothing_in_a_letter_follows_the_height_of_its_frame_or_costs_more_than_it_shows() {
    for gone in [
        "@media (max-height: 600px) { p { color: red } }",
        "@media (MIN-HEIGHT: 601px) and (min-width: 1px) { p { color: red } }",
        "@media (orientation: landscape), (min-aspect-ratio: 1/1) { p { color: red } }",
        "@supports (position: fixed) { p { color: red } }",
        "@supports (position: sticky) { p { color: red } }",
        "@supports (cursor: pointer) { p { color: red } }",
        "p { writing-mode: vertical-rl }",
        "p { grid-template-columns: repeat(1000000, 1px) }",
        "p { box-shadow: 0 0 9000px 9000px red }",
        "a ~ b ~ c ~ d ~ e { color: red }",
    ] {
        let (safe, _) = clean(&format!("<style>{gone}</style><p>x"));
        assert_eq!(safe.style_sheet(), "", "{gone} goes");
    }
    for kept in [
        "@media (max-width: 600px) and (min-device-height: 1px) {\np { color: red }\n}",
        "p { grid-template-columns: repeat(12, 1fr); z-index: 2147483647; box-shadow: 0 1px 3px #000 }",
        ".a > .b + .c ~ .d e { color: red }",
    ] {
        let (safe, _) = clean(&format!("<style>{kept}</style><p>x"));
        assert_eq!(
            safe.style_sheet().trim_end(),
            kept,
            "and what newsletters have stays"
        );
    }
    let many = "p { color: red }\n".repeat(30_000);
    let (safe, findings) = clean(&format!("<style>{many}</style>{}", "<i>x</i>".repeat(20_000)));
    assert!(
        findings.plainer && safe.style_sheet().matches('{').count() <= 2_001,
        "rules are held against elements, so many elements have few rules"
    );
    assert!(!findings.truncated, "every word is there");
    assert!(
        clean("<style>.a { color: red }</style><body class='a waxwing-x' onload=x><p>y")
            .0
            .frame(Look::default())
            .contains("<body class=\"a\">"),
        "a body keeps its class, and none of ours"
    );
}

#[test]
fn plain_text_is_never_html() {
    let safe = from_text(
        "<script>alert(1)</script>\n<img src=x onerror=y> \"'> https://a.example/\"onclick=\"x javascript:alert(1)",
    );
    assert!(
        inspect::dangers(safe.fragment(), "").is_empty(),
        "{}",
        safe.fragment()
    );
    assert!(
        safe.fragment().contains("&lt;script&gt;"),
        "it is shown as it was written"
    );
}

#[test]
fn a_letter_is_read_as_its_doctype_asks() {
    let transitional = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">";
    let rest = "<style>td { color: red }</style><table><tr><td>x</table>";
    let forgetful = "table { font-weight: initial";
    for (doctype, is_standard, forgets) in [
        ("<!DOCTYPE html>", true, false),
        (transitional, false, false),
        ("", false, true),
    ] {
        let document = clean(&format!("{doctype}{rest}")).0.frame(Look::default());
        assert_eq!(document.starts_with("<!doctype html>"), is_standard, "{doctype}");
        assert_eq!(document.contains(forgetful), forgets, "{doctype}");
    }
    let without_sheet = clean("<table><tr><td>x</table>").0.frame(Look::default());
    assert!(
        !without_sheet.contains(forgetful),
        "a letter without a sheet stands on the app's measures"
    );
    assert!(
        from_text("x")
            .frame(Look::default())
            .starts_with("<!doctype html>")
    );
}
