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

/// Whether a style has words in it with which elements are hidden. `none` alone is mostly said of the line below a link, and `display`
/// alone of a picture that is a block.
pub(crate) fn may_hide(css: &str) -> bool {
    let css = css.as_bytes();
    has_any(css, [b"hidd", b"coll", b"opac", b"abso", b"gin-"])
        || memchr(b'\\', css).is_some()
        || has_any(css, [b"disp"]) && has_any(css, [b"none", b"heig"])
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
    use super::*;

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
            "disp;height",
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
    fn a_block_without_an_odd_sign_ends_at_its_brace() {
        assert!(asks_nothing("p{color:red} q{background:url(x)}", 2));
        for css in [
            "p{background:url(x)}",
            "p{color:red",
            "p{a:\"}\";b:ima}",
            "p{a:[}]}",
            "p{/*}*/}",
            "p{image:x}",
        ] {
            assert!(!asks_nothing(css, 2), "{css}");
        }
        assert!(!asks_nothing("p{}", 9), "nothing is there");
    }
}
