//! Words that are longer than anybody writes: a file as one line of base64, an address of a megabyte. A web view that breaks a line
//! within a word measures all the rest of it for each line, so that a word of a million signs takes a minute. Here such words are given
//! places where a line may end (`<wbr>`), which nobody sees and nobody copies. Not here: where words end in other ways, as at a block.

use unicode_normalization::char::is_combining_mark;

use crate::attributes::escape;

/// Signs in a row without a place where a line may end. Hardly an address in a letter has as many.
const LONGEST: usize = 500;
/// A sign that is set together with its neighbours counts as so many: WebKit takes ten times as long to find where a line of them ends,
/// and no word in any script has a hundred.
const SHAPED: usize = 5;
/// As many more are passed over where one would stand within a sign of several.
const MOST_PASSED: usize = 64;

/// So many signs without such a place were written last.
#[derive(Debug, Default)]
pub(crate) struct Unbroken(usize);

impl Unbroken {
    /// Something was written beside which a line may end.
    pub(crate) fn ends(&mut self) {
        self.0 = 0;
    }

    /// Writes text, and says how many places it was given.
    pub(crate) fn write(&mut self, text: &str, to: &mut String) -> usize {
        // A sign of two octets or more counts as five at the most.
        let most = if text.is_ascii() {
            text.len()
        } else {
            3 * text.len()
        };
        if self.0 + most <= LONGEST {
            self.pass(text);
            escape(text, to);
            return 0;
        }
        let (mut from, mut places) = (0, 0);
        for (at, sign) in text.char_indices() {
            let is_good = (sign.is_alphanumeric() && !is_combining_mark(sign))
                || sign.is_ascii()
                || self.0 >= LONGEST + MOST_PASSED;
            if self.0 >= LONGEST && is_good && !ends_line(sign) {
                escape(text.get(from..at).unwrap_or_default(), to);
                to.push_str("<wbr>");
                (from, places, self.0) = (at, places + 1, 0);
            }
            self.0 = if ends_line(sign) { 0 } else { self.0 + weight(sign) };
        }
        escape(text.get(from..).unwrap_or_default(), to);
        places
    }

    fn pass(&mut self, text: &str) {
        match text.char_indices().rev().find(|(_, sign)| ends_line(*sign)) {
            Some((at, end)) => {
                let after = text.get(at + end.len_utf8()..).unwrap_or_default();
                self.0 = after.chars().map(weight).sum();
            }
            None => self.0 += text.chars().map(weight).sum::<usize>(),
        }
    }
}

/// As how many a sign counts: those of Arabic, of India and of the scripts around them are shaped by what stands beside them, and so is
/// what stands above or below another sign.
fn weight(sign: char) -> usize {
    match sign {
        '\0'..='\u{2ff}' => 1,
        '\u{300}'..='\u{36f}'
        | '\u{590}'..='\u{dff}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{1700}'..='\u{1cff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}'..='\u{200d}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{a800}'..='\u{abff}'
        | '\u{fb1d}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{fe70}'..='\u{feff}'
        | '\u{10000}'..='\u{1ffff}' => SHAPED,
        _ => 1,
    }
}

/// Whether a line may end beside this sign: white space, also of no width, and the scripts that are written without any (those of Thailand,
/// Laos, Tibet, Myanmar and Cambodia, and those of the East).
fn ends_line(sign: char) -> bool {
    let keeps_together = matches!(sign, '\u{a0}' | '\u{202f}' | '\u{2007}');
    sign.is_whitespace() && !keeps_together
        || matches!(sign, '\u{200b}' | '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
        || matches!(sign, '\u{2e80}'..='\u{d7ff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pieces: &[&str]) -> String {
        let (mut unbroken, mut html) = (Unbroken::default(), String::new());
        for piece in pieces {
            unbroken.write(piece, &mut html);
        }
        html
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        let words = "käse & wine, ".repeat(1_000);
        assert_eq!(written(&[&words]), words.replace('&', "&amp;"));
        let chinese = "灯塔".repeat(5_000);
        assert_eq!(written(&[&chinese]), chinese);
        let address = format!("https://a.example/{}", "x".repeat(450));
        assert_eq!(
            written(&[&address, " ", &address]),
            format!("{address} {address}")
        );
    }

    #[test]
    fn a_long_word_is_given_places_whatever_pieces_it_comes_in() {
        let long = "x".repeat(10_500);
        assert_eq!(written(&[&long]).matches("<wbr>").count(), 20);
        let pieces = vec!["x"; 10_500];
        let html = written(&pieces);
        assert_eq!(html.matches("<wbr>").count(), 20);
        assert!(html.split("<wbr>").all(|piece| piece.len() <= LONGEST));
        assert_eq!(html.replace("<wbr>", ""), long);
        let word = "я".repeat(LONGEST - 100);
        assert_eq!(written(&[&word]), word);
        let pieces = vec!["я"; LONGEST];
        assert_eq!(
            written(&pieces),
            pieces.concat(),
            "signs are counted, however long each is"
        );
        assert_eq!(written(&["я ", &"x".repeat(LONGEST)]).matches("<wbr>").count(), 0);
    }

    #[test]
    fn signs_that_are_set_together_are_given_more_places() {
        for sign in ['\u{628}', '\u{915}', '\u{5d0}', '\u{1820}', '\u{10a00}'] {
            let word = sign.to_string().repeat(100_000);
            let html = written(&[&word]);
            assert_eq!(html.replace("<wbr>", ""), word);
            let longest = html.split("<wbr>").map(|piece| piece.chars().count()).max();
            assert_eq!(longest, Some(LONGEST / SHAPED), "{sign:?}");
            let pieces = vec![sign.to_string(); 1_000];
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            assert_eq!(written(&pieces).matches("<wbr>").count(), 9, "{sign:?} by itself");
            let words = format!("{} ", sign.to_string().repeat(90)).repeat(100);
            assert_eq!(
                written(&[&words]),
                words,
                "{sign:?}: the longest words there are stay"
            );
        }
        let marked = "a\u{301}".repeat(10_000);
        let html = written(&[&marked]);
        assert!(
            html.split("<wbr>").all(|piece| piece.chars().count() <= 170),
            "letters with marks"
        );
        assert!(
            !html.contains("<wbr>\u{301}"),
            "no mark stands without its letter"
        );
    }

    #[test]
    fn a_sign_is_not_taken_apart() {
        let family = "\u{1f468}\u{200d}".repeat(LONGEST);
        let html = written(&[&family]);
        assert!(html.matches("<wbr>").count() > 0, "it ends somewhere");
        let thai = "ประเทศไทยมีประวัติศาสตร์".repeat(100);
        for text in [
            thai,
            "မြန်မာ".repeat(200),
            "ភាសាខ្មែរ".repeat(200),
            "x\u{200b}".repeat(600),
        ] {
            assert_eq!(written(&[&text]), text, "its lines end by themselves");
        }
        for mark in ['\u{93e}', '\u{345}', '\u{903}', '\u{301}'] {
            let marked = format!("{}{mark}x", "x".repeat(LONGEST));
            let apart = format!("{}{mark}<wbr>x", "x".repeat(LONGEST));
            assert_eq!(written(&[&marked]), apart, "{mark:?} stays with its letter");
        }
        let marked = format!("{}\u{301}x", "x".repeat(LONGEST));
        assert_eq!(
            written(&[&marked]),
            format!("{}\u{301}<wbr>x", "x".repeat(LONGEST)),
            "a mark stays with its letter"
        );
    }
}
