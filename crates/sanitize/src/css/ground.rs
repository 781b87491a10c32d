//! What a letter stands on: its body, and the boxes around as good as all of its words. A paper under these is the letter's, and one
//! under a button is the button's. It is looked for once, in what the last filter let pass, and only where somebody asks.

use std::cell::OnceCell;

use foldhash::HashMap;

use super::census::{attribute, split};

/// A picture counts as much as so many letters.
pub(super) const PICTURE: usize = 20;
/// As good as all: three of four parts.
const PART: usize = 3;
const WHOLE: usize = 4;

/// Whether a part that is there is as good as all.
pub(super) fn is_all_but_little(part: usize, all: usize) -> bool {
    part > 0 && part.saturating_mul(WHOLE) >= all.saturating_mul(PART)
}

/// A clean letter, and its body's own attributes.
#[derive(Default)]
pub(super) struct Ground<'f> {
    fragment: &'f str,
    body: &'f str,
    covered: OnceCell<Covered<'f>>,
}

#[derive(Default)]
struct Covered<'f> {
    /// How much stands in the letter.
    all: usize,
    /// How much of it stands in elements of a name (behind a space), a class (behind a dot) or an id (behind a cross).
    by: HashMap<(char, &'f str), Within>,
}

#[derive(Default, Clone, Copy)]
struct Within {
    /// So many elements of the kind are open, and so much stood before the outermost of them.
    open: usize,
    before: usize,
    covered: usize,
}

impl<'f> Ground<'f> {
    /// Of a clean fragment and the clean attributes of its body: all of them stand in double quotes.
    pub(super) fn of(fragment: &'f str, body: &'f str) -> Self {
        Self {
            fragment,
            body,
            covered: OnceCell::new(),
        }
    }

    /// Whether one of a list of clean selectors ends with what the letter stands on.
    pub(super) fn is_any_of(&self, selectors: &str) -> bool {
        split(selectors, |sign| sign == ',').any(|selector| {
            split(selector, |sign| matches!(sign, ' ' | '>' | '+' | '~'))
                .filter(|compound| !compound.is_empty())
                .last()
                .is_some_and(|last| self.is_ground(last))
        })
    }

    fn is_ground(&self, compound: &str) -> bool {
        if compound == ":root" || compound == "*" {
            return true;
        }
        // What holds for only some of those that it names is not known here.
        if compound.contains(['[', ':', '\\']) {
            return false;
        }
        let words = words(compound);
        let is_body = words.iter().all(|(kind, word)| match kind {
            ' ' => matches!(word.as_str(), "body" | "html"),
            kind => self.body_has(*kind, word),
        });
        is_body || self.covered().is_under_all(&words)
    }

    fn body_has(&self, kind: char, word: &str) -> bool {
        let mut rest = self.body;
        while let Some((name, value, after)) = attribute(rest) {
            rest = after;
            match (kind, name) {
                ('.', "class") if value.split_ascii_whitespace().any(|class| class == word) => return true,
                ('#', "id") if value == word => return true,
                _ => {}
            }
        }
        false
    }

    fn covered(&self) -> &Covered<'f> {
        self.covered.get_or_init(|| Covered::of(self.fragment))
    }
}

impl<'f> Covered<'f> {
    fn of(fragment: &'f str) -> Self {
        let mut covered = Self::default();
        // What each open element is called.
        let mut open: Vec<Vec<(char, &'f str)>> = Vec::new();
        let mut pieces = fragment.split('<');
        covered.read(pieces.next().unwrap_or_default());
        for piece in pieces {
            let end = piece.find([' ', '>']).unwrap_or(piece.len());
            let (name, mut rest) = piece.split_at_checked(end).unwrap_or_default();
            if name.starts_with('/') {
                for key in open.pop().unwrap_or_default() {
                    covered.leave(key);
                }
                covered.read(piece.get(end + 1..).unwrap_or_default());
                continue;
            }
            let mut called = vec![(' ', name)];
            while let Some((name, value, after)) = attribute(rest) {
                rest = after;
                match name {
                    "class" => called.extend(value.split_ascii_whitespace().map(|class| ('.', class))),
                    "id" => called.push(('#', value)),
                    _ => {}
                }
            }
            if name == "img" {
                covered.all += PICTURE;
            }
            if !crate::element::is_void(name) {
                for key in &called {
                    covered.enter(*key);
                }
                open.push(called);
            }
            covered.read(rest.strip_prefix('>').unwrap_or(rest));
        }
        covered
    }

    fn read(&mut self, text: &str) {
        self.all += signs(text);
    }

    fn enter(&mut self, key: (char, &'f str)) {
        let within = self.by.entry(key).or_default();
        if within.open == 0 {
            within.before = self.all;
        }
        within.open += 1;
    }

    fn leave(&mut self, key: (char, &'f str)) {
        let all = self.all;
        if let Some(within) = self.by.get_mut(&key) {
            within.open = within.open.saturating_sub(1);
            if within.open == 0 {
                within.covered += all - within.before;
            }
        }
    }

    /// Whether what has all these names is around as good as all of the letter.
    fn is_under_all(&self, words: &[(char, String)]) -> bool {
        !words.is_empty()
            && words.iter().all(|(kind, word)| {
                let within = self.by.get(&(*kind, word.as_str()));
                within.is_some_and(|within| is_all_but_little(within.covered, self.all))
            })
    }
}

/// Signs of the text that follows a tag. What is no letter and no digit is not counted: many letters begin with hundreds of blanks that
/// nobody sees.
pub(super) fn signs(text: &str) -> usize {
    text.split('&')
        .enumerate()
        .map(|(number, piece)| match number {
            0 => piece,
            _ => piece.split_once(';').map_or(piece, |(_, after)| after),
        })
        .map(|piece| piece.chars().filter(|sign| sign.is_alphanumeric()).count())
        .sum()
}

/// The name, the classes and the ids of a piece of a selector, each with the sign before it.
fn words(compound: &str) -> Vec<(char, String)> {
    let mut words = Vec::new();
    let (mut kind, mut rest) = (' ', compound);
    loop {
        let end = rest.find(['.', '#']).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        match kind {
            ' ' if word.is_empty() || word == "*" => {}
            ' ' => words.push((kind, word.to_ascii_lowercase())),
            _ => words.push((kind, word.to_owned())),
        }
        let Some(next) = after.chars().next() else {
            return words;
        };
        (kind, rest) = (next, after.get(1..).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_stands_on_what_is_around_as_good_as_all_of_it() {
        let fragment = "before&nbsp;&nbsp;\u{200c}<div class=\"a b\" id=\"x\"><p class=\"c\">words and words and words</p>\
             <p class=\"c\">words and words<span class=\"c\">and</span> words</p><br><img src=\"data:,\"></div><i class=\"d\">x</i>";
        let ground = Ground::of(fragment, " class=\"m n\" id=\"o\"");
        for selectors in [
            "body", "html", "BODY", "*", ":root", ".m", "body.m.n", "#o", "body#o.m", ".d, .m", "i > .a",
            "div", ".a.b", "div#x.a", "*.m",
        ] {
            assert!(ground.is_any_of(selectors), "{selectors}");
        }
        for selectors in [
            ".c",
            "p",
            ".d",
            ".nobody",
            "body.a",
            "p.a",
            "body .d",
            ".m .d",
            "body:hover",
            ".a::before",
            "[id]",
            ".a[id]",
            "div.d",
            "#m",
            "img",
            "br",
            "",
        ] {
            assert!(!ground.is_any_of(selectors), "{selectors}");
        }
        assert!(!Ground::default().is_any_of(".a"), "nobody stands on anything");
    }
}
