//! Rich text as Outlook and people write it, and as nobody does.

use proptest::prelude::*;

use super::html;
use crate::chance::cases;

#[test]
fn html_in_rich_text_comes_out_as_it_went_in() {
    let rtf = br"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0
{\fonttbl {\f0\fswiss Arial;}{\f1\fmodern Courier New;}{\f2\fnil\fcharset2 Symbol;}}
{\colortbl\red0\green0\blue0;\red5\green99\blue193;}
\uc1\pard\plain\deftab360 \f0\fs24
{\*\htmltag19 <html>}{\*\htmltag2 \par }{\*\htmltag34 <head>}{\*\htmltag161 <style>p \{color:red\}</style>}
{\*\htmltag41 </head>}{\*\htmltag50 <body>}
{\*\htmltag64 <p class=MsoNormal>}\htmlrtf {\htmlrtf0 Gr\'fc\'dfe \'80 5 {\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 
{\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 and more{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 \u8364 ? \u-10179?\u-8704?
{\*\htmltag72 </p>}\htmlrtf \par }\htmlrtf0 
{\*\mhtmltag84 <img src=lost>}{\*\htmltag58 </body>}{\*\htmltag27 </html>}}";
    let html = html(rtf, None, usize::MAX).expect("rich text");
    assert_eq!(
        html.replace("\r\n", "|"),
        "<html>|<head><style>p {color:red}</style></head><body><p class=MsoNormal>Gr\u{fc}\u{df}e \u{20ac} 5 \
         &nbsp;<b>and more</b>\u{20ac} \u{1f600}</p></body></html>"
    );
}

#[test]
fn what_a_person_wrote_in_rich_text_keeps_its_words_and_its_marks() {
    let rtf = br"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\*\generator Msftedit;}
{\info{\author Jonas}}\pard Hello \b bold\b0  and {\i slanted} <script>\par
{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\tab\ldblquote x\rdblquote\line{\pict 00ff00}{\b never {\ul ended}}";
    assert_eq!(
        html(rtf, None, usize::MAX).expect("rich text"),
        "Hello <b>bold</b> and <i>slanted</i> &lt;script&gt;<br>\n\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442}&emsp;\
         \u{201c}x\u{201d}<br>\n<b>never </b><b><u>ended</u></b>"
    );
}

#[test]
fn one_sign_stands_in_for_a_letter_where_nothing_else_is_said() {
    let read = |rtf: &[u8]| html(rtf, None, usize::MAX).expect("rich text");
    assert_eq!(
        read(br"{\rtf1 gr\u252?\u223 ?e, {\uc2 \u252ue} \u252\'fc}"),
        "gr\u{fc}\u{df}e, \u{fc} \u{fc}"
    );
    assert_eq!(read(br"{\rtf1\uc0 \u252?}"), "\u{fc}?");
}

#[test]
fn what_is_no_rich_text_is_none() {
    for bytes in [&b""[..], b"hello", b"{\\html", b"\\rtf1"] {
        assert_eq!(html(bytes, None, usize::MAX), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_are_read_without_growing_beyond_reason(pieces in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "\\*", "\\htmltag64 ", "\\htmlrtf ", "\\htmlrtf0 ", "<p>", "\\'fc", "\\'zz", "\\u-4000 ", "\\u55357?", "\\uc9 ",
        "\\bin9999999999 ", "\\bin3 ", "\\fonttbl", "\\f1", "\\fcharset128 ", "\\par", "\\b ", "\\b0", "\\plain", "\\fromhtml1 ",
        "\\ansicpg-1 ", "\\ansicpg65001 ", "text", "\\", "\\\n", "é", "\\pict", "\\~", "\\uc-1", "\\u99999999999 ",
    ]), 0..300)) {
        let rtf = format!("{{\\rtf1{}", pieces.concat());
        let made = html(rtf.as_bytes(), Some(932), usize::MAX).expect("it begins like rich text");
        prop_assert!(made.len() <= 40 * rtf.len(), "{} octets of {}", made.len(), rtf.len());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        html(&[&b"{\\rtf1 "[..], &bytes].concat(), None, usize::MAX);
        super::super::lzfu::unpacked(&bytes);
    }
}
