//! What is seen of a piece of style at a glance, so that most pieces need not be read for it. Not here: any decision; whoever is
//! told "perhaps" reads the piece.
//!
//! Each glance goes over all octets without a stop and joins what it saw at the end: so written, a compiler looks at many octets at
//! once, and a style is over before a search with stops would have begun to pay.

use memchr::memchr;

/// Whether a style may ask for a picture or for a value that has a name. Most do not.
pub(crate) fn may_ask(css: &str) -> bool {
    may_ask_in(css.as_bytes())
}

/// The same, of a piece that may end within a sign.
pub(super) fn may_ask_in(css: &[u8]) -> bool {
    let (second, third) = (behind(css, 1), behind(css, 2));
    let words = css.iter().zip(second).zip(third);
    words.fold(false, |found, ((&a, &b), &c)| {
        let (x, y, z) = (a | 0x20, b | 0x20, c | 0x20);
        let url = (x == b'u') & (y == b'r') & (z == b'l');
        let image = (x == b'i') & (y == b'm') & (z == b'a');
        let var = (x == b'v') & (y == b'a') & (z == b'r');
        found | url | image | var | (a == b'\\')
    })
}

/// Whether a style has words in it with which elements are hidden: every style that [`super::hides`] has. `none` alone is mostly said of
/// the line below a link, `display` alone of a picture that is a block, and what is tiny is so both ways.
pub(crate) fn may_hide(css: &str) -> bool {
    let css = css.as_bytes();
    has_any(css, [b"hidd", b"coll", b"opac", b"abso", b"gin-"])
        || memchr(b'\\', css).is_some()
        || has_any(css, [b"disp"]) && has_any(css, [b"none"])
        || has_any(css, [b"heig"]) && has_any(css, [b"widt"])
}

/// Whether a sheet may say of a height that it is none.
pub(super) fn says_auto(css: &str) -> bool {
    has_any(css.as_bytes(), [b"auto"]) && has_any(css.as_bytes(), [b"heig"])
}

/// Whether a style may lay out what stands in an element so that it is stretched.
pub(crate) fn may_stretch(css: &str) -> bool {
    has_any(css.as_bytes(), [b"flex", b"grid"])
}

/// Whether a sheet may say how wide something is.
pub(super) fn says_width(css: &str) -> bool {
    has_any(css.as_bytes(), [b"widt"])
}

/// Whether a piece of style has a name in it that is to be filled in.
pub(super) fn asks_for_names(css: &str) -> bool {
    has_any(css.as_bytes(), [b"var("])
}

/// From where on nothing in a sheet is seen to ask for anything.
pub(super) fn silent_from(css: &str) -> usize {
    const STEP: usize = 64;
    let css = css.as_bytes();
    let mut end = css.len();
    while end > 0 {
        let start = end.saturating_sub(STEP);
        // A word may reach into what was looked at before.
        let after = css.len().min(end + 2);
        if css.get(start..after).is_some_and(may_ask_in) {
            return after;
        }
        end = start;
    }
    0
}

/// Whether the block that begins here is seen to ask for no picture, as most are: then nobody need know whether its rule hides
/// anything.
pub(super) fn asks_nothing(css: &str, from: usize) -> bool {
    let block = css.as_bytes().get(from..).and_then(|rest| {
        let end = memchr(b'}', rest)?;
        rest.get(..end)
    });
    // Where one of these stands, the brace may be none, or not this block's.
    let is_odd = |byte: &u8| matches!(byte, b'"' | b'\'' | b'\\' | b'{' | b'(' | b'[' | b'*');
    block.is_some_and(|block| !block.iter().fold(false, |odd, byte| odd | is_odd(byte)) && !may_ask_in(block))
}

/// Whether one of these words, in lower case, stands anywhere in a piece, in any case.
fn has_any<const WORDS: usize>(css: &[u8], words: [&[u8; 4]; WORDS]) -> bool {
    let (second, third, fourth) = (behind(css, 1), behind(css, 2), behind(css, 3));
    let places = css.iter().zip(second).zip(third.iter().zip(fourth));
    places.fold(false, |found, ((a, b), (c, d))| {
        words.iter().fold(found, |found, &&[w, x, y, z]| {
            // A bracket has no case.
            let last = if z.is_ascii_alphabetic() { d | 0x20 } else { *d };
            found | (a | 0x20 == w) & (b | 0x20 == x) & (c | 0x20 == y) & (last == z)
        })
    })
}

/// What stands so many octets behind the beginning.
fn behind(css: &[u8], octets: usize) -> &[u8] {
    css.get(octets..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::css::hides;

    /// At the beginning, in the middle and at the end of a piece that is longer than what is looked at at once, and by itself.
    fn places(word: &str) -> [String; 4] {
        let long = "a-b:c; ".repeat(20);
        [
            format!("{word}{long}"),
            format!("{long}{word}{long}"),
            format!("{long}{word}"),
            word.to_owned(),
        ]
    }

    #[test]
    fn words_are_seen_wherever_they_stand_and_in_any_case() {
        for word in ["url", "URL", "ima", "iMa", "var", "vAr", "\\xx"] {
            for css in places(word) {
                assert!(may_ask(&css), "{css}");
            }
        }
        for word in [
            "hidd",
            "coll",
            "oPac",
            "\\",
            "DISP:None",
            "none;disp",
            "WIDTH;height",
            "max-height;max-width",
            "absolute",
            "margin-left",
        ] {
            for css in places(word) {
                assert!(may_hide(&css), "{css}");
            }
        }
        for word in ["var(", "VAR("] {
            for css in places(word) {
                assert!(asks_for_names(&css), "{css}");
            }
        }
    }

    #[test]
    fn nothing_is_seen_where_nothing_is() {
        for word in [
            "",
            "u",
            "ur",
            "ul",
            "vr",
            "ix",
            "xrl",
            "dis",
            "disp:block",
            "height",
            "max-width",
            "none",
            "va(",
            "var",
            "v\u{8}r(",
        ] {
            for css in places(word) {
                assert!(!may_hide(&css) && !asks_for_names(&css), "{css}");
                assert!(word == "var" || !may_ask(&css), "{css}");
            }
        }
        assert!(!asks_for_names("var\u{8}"), "a sign that differs by one bit");
    }

    #[test]
    fn a_sheet_is_silent_from_behind_the_last_word_that_asks() {
        assert_eq!(silent_from(""), 0);
        assert_eq!(silent_from(&"p{color:red}".repeat(100)), 0);
        let quiet = "p{a:b}".repeat(50);
        for before in 0..130 {
            let asks = format!("{}url", " ".repeat(before));
            let from = silent_from(&format!("{asks}{quiet}"));
            assert!(
                (asks.len()..asks.len() + 66).contains(&from),
                "{from} behind {}",
                asks.len()
            );
            assert_eq!(silent_from(&asks), asks.len());
        }
    }

    #[test]
    fn a_block_asks_nothing_only_where_that_is_seen_before_its_first_brace() {
        let asks_nothing = |css: &str| super::asks_nothing(css, css.find('{').unwrap() + 1);
        assert!(asks_nothing("a{color:red; display:none}b{background:url(x)}"));
        for css in [
            "a{background:url(x)}",
            "a{background:URL(x)}",
            "a{background-image:none}",
            "a{image:x}",
            "a{color:var(--x)}",
            "a{content:'}';background:url(x)}",
            "a{a:\"}\";b:ima}",
            "a{a:[}]}",
            "a{color:red/*}*/;background:url(x)}",
            "a{color:(};background:url(x))}",
            "a{color:\\};background:url(x)}",
            "a{b{}background:url(x)}",
            "a{color:red",
        ] {
            assert!(!asks_nothing(css), "{css}");
        }
        assert!(!super::asks_nothing("a{}", 9), "nothing is there");
    }

    /// A declaration that hides by itself or with another one, written in one of the ways there are, or what stands beside those.
    fn declaration() -> impl Strategy<Value = String> {
        let name = select(vec![
            "display",
            "visibility",
            "opacity",
            "width",
            "max-width",
            "height",
            "max-height",
            "position",
            "left",
            "top",
            "right",
            "bottom",
            "margin-left",
            "margin-top",
            "margin",
            "color",
        ]);
        let value = select(vec![
            "none", "hidden", "collapse", "0", "0.01", ".05", "1px", "1e-3", "absolute", "-999px", "-40em",
            "block", "red", "100%",
        ]);
        let between = select(vec!["", " ", "/**/", "\t\n"]);
        let end = select(vec!["", " !important", "/* x */", " ! IMPORTANT"]);
        let escaped = select(vec![false, false, false, true]);
        (name, value, between, end, any::<[bool; 2]>(), escaped).prop_map(
            |(name, value, between, end, loud, escaped)| {
                let cased = |word: &str, loud| match loud {
                    true => word.to_uppercase(),
                    false => word.to_owned(),
                };
                let [loud_name, loud_value] = loud;
                let name = match (escaped, name.split_at(1)) {
                    // The first letter by its number.
                    (true, (first, rest)) => format!("\\{:06x}{rest}", u32::from(first.as_bytes()[0])),
                    (false, _) => cased(name, loud_name),
                };
                format!("{name}{between}:{between}{}{end}", cased(value, loud_value))
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_style_that_hides_is_told_to_hide_perhaps(pieces in vec(declaration(), 1..5)) {
            let css = pieces.join(";");
            prop_assert!(may_hide(&css) || !hides(&css), "{css}");
        }
    }

    #[test]
    fn each_way_to_hide_is_told_to_hide_perhaps() {
        for css in [
            "display:none",
            "visibility:hidden",
            "visibility:collapse",
            "opacity:0",
            "width:1px;height:1px",
            "max-width:0;max-height:0",
            "position:absolute;left:-999px",
            "margin-left:-999px",
            "margin-top:-999px",
            "\\64isplay:n\\6fne",
        ] {
            assert!(hides(css) && may_hide(css), "{css}");
        }
    }
}
