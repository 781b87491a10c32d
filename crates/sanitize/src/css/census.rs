//! For how many elements of a letter a rule may hold: by the names, classes and ids that its selectors end with, never too few. It is
//! counted once, in what the last filter let pass, and only where a rule costs something.

use std::cell::OnceCell;

use foldhash::HashMap;

/// What holds only for what is under the pointer or has the focus, and for what that stands in.
const WHERE_THE_POINTER_IS: [&str; 3] = [":hover", ":active", ":focus"];
/// Elements within each other that such a rule meets at a time.
const MOST_POINTED_AT: usize = 16;

/// What stands in a letter.
#[derive(Default)]
pub(super) struct Census<'f> {
    fragment: &'f str,
    counted: OnceCell<Counted<'f>>,
}

#[derive(Default)]
struct Counted<'f> {
    elements: usize,
    /// By names, by classes with a dot before them, and by ids with a cross.
    by: HashMap<(char, &'f str), usize>,
}

impl<'f> Census<'f> {
    /// Of a clean fragment: all its attributes stand in double quotes.
    pub(super) fn of(fragment: &'f str) -> Self {
        Self {
            fragment,
            counted: OnceCell::new(),
        }
    }

    /// For how many elements a list of clean selectors may hold. There is always the frame's own body.
    pub(super) fn count(&self, selectors: &str) -> usize {
        let counted = self.counted.get_or_init(|| Counted::of(self.fragment));
        let all = split(selectors, |sign| sign == ',').map(|selector| counted.of_one(selector));
        all.fold(0, usize::saturating_add).max(1)
    }
}

impl<'f> Counted<'f> {
    fn of(fragment: &'f str) -> Self {
        let mut counted = Self::default();
        let mut passed = 0;
        for at in memchr::memchr_iter(b'<', fragment.as_bytes()) {
            let mut rest = fragment.get(at + 1..).unwrap_or_default();
            let ends = |octet: &u8| matches!(octet, b' ' | b'>' | b'/');
            let is_tag = rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
            // One in the value of an attribute is none.
            if at < passed || !is_tag {
                continue;
            }
            let end = rest.as_bytes().iter().position(ends).unwrap_or(rest.len());
            counted.elements += 1;
            counted.add(' ', rest.get(..end).unwrap_or_default());
            rest = rest.get(end..).unwrap_or_default();
            while let Some((name, value, after)) = attribute(rest) {
                rest = after;
                match name {
                    "class" => value
                        .split_ascii_whitespace()
                        .for_each(|class| counted.add('.', class)),
                    "id" => counted.add('#', value),
                    _ => {}
                }
            }
            passed = fragment.len() - rest.len();
        }
        counted
    }

    fn add(&mut self, kind: char, name: &'f str) {
        *self.by.entry((kind, name)).or_default() += 1;
    }

    /// The fewest that any of the words at its end allows.
    fn of_one(&self, selector: &str) -> usize {
        let is_pointed_at = WHERE_THE_POINTER_IS.iter().any(|state| selector.contains(state));
        let most = match is_pointed_at && !selector.contains('(') {
            true => MOST_POINTED_AT,
            false => usize::MAX,
        };
        self.of_last(selector).min(most)
    }

    fn of_last(&self, selector: &str) -> usize {
        let last = split(selector, |sign| matches!(sign, ' ' | '>' | '+' | '~'))
            .filter(|compound| !compound.is_empty())
            .last()
            .unwrap_or_default();
        // What is written otherwise than it is read may be anything.
        if last.contains(['\\', '&', '"']) {
            return self.elements;
        }
        let mut rest = last;
        let mut fewest = self.elements;
        let mut kind = ' ';
        loop {
            let end = rest.find(['.', '#', '[', ':']).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if !word.is_empty() && word != "*" {
                let word = if kind == ' ' {
                    word.to_ascii_lowercase()
                } else {
                    word.to_owned()
                };
                fewest = fewest.min(self.by.get(&(kind, word.as_str())).copied().unwrap_or_default());
            }
            match after.chars().next() {
                Some(next @ ('.' | '#')) => kind = next,
                // Behind these stands nothing that is counted.
                _ => return fewest,
            }
            rest = after.get(1..).unwrap_or_default();
        }
    }
}

/// The next attribute of a tag, and what follows it. `None`: the tag ends.
pub(super) fn attribute(rest: &str) -> Option<(&str, &str, &str)> {
    let rest = rest.strip_prefix(' ')?;
    let (name, value) = rest.split_at_checked(memchr::memchr(b'=', rest.as_bytes())?)?;
    let value = value.strip_prefix("=\"")?;
    let end = memchr::memchr(b'"', value.as_bytes())?;
    Some((name, value.get(..end)?, value.get(end + 1..)?))
}

/// What stands between signs that are in no brackets and no quotes.
pub(super) fn split(text: &str, at: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let (mut depth, mut quoted) = (0_usize, false);
    text.split(move |sign| {
        match sign {
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && !quoted && at(sign)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_hold_for_no_more_elements_than_their_last_words_name() {
        let fragment = "<div class=\"a b\" title=\"<i class=&quot;z&quot;>\"><p class=\"a\" id=\"x\">a &lt; b</p><p>\
                        <img src=\"data:,\"></p></div>";
        let census = Census::of(fragment);
        for (selectors, count) in [
            ("p", 2),
            ("P", 2),
            (".a", 2),
            ("p.a", 2),
            ("div > p.a:hover", 2),
            ("p.a::before", 2),
            ("#x", 1),
            ("p#x.a.b", 1),
            (".nobody", 1),
            ("body", 1),
            ("*", 4),
            ("div *", 4),
            ("[title]", 4),
            (":not(.a)", 4),
            ("p:not(.a, .b)", 2),
            (":not(:hover)", 4),
            ("p, .a", 4),
            ("[title=\"a, b p\"]", 4),
            (".a\\:b", 4),
            ("p.a[title] ~ img", 1),
            ("z", 1),
        ] {
            assert_eq!(census.count(selectors), count, "{selectors}");
        }
        assert_eq!(Census::default().count("p"), 1);
    }
}
