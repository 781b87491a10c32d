//! For which pictures a letter's style sheets say that they are as high as their file is, whatever their attributes say (`height: auto`);
//! and which may be drawn wider or higher than they were said to be, so that a shape would make them grow: a spacer of one pixel that a
//! sheet makes as wide as there is room stays as low as it is. Not here: what a picture's own style says.

use std::collections::HashSet;

use super::glance::{may_stretch, says_auto, says_width};

/// What the sheets that were read say.
#[derive(Default)]
pub(crate) struct Heights {
    /// So many sheets were read.
    read: usize,
    files: Pictures,
    stretched: Pictures,
}

/// Some pictures.
#[derive(Default)]
struct Pictures {
    all: bool,
    /// Classes, and names that single elements have.
    named: HashSet<String>,
}

impl Heights {
    /// Reads the sheets that have come since the last time. Says how many octets those were.
    pub(crate) fn read(&mut self, sheets: &[String]) -> usize {
        let new = sheets.get(self.read..).unwrap_or_default();
        self.read = sheets.len();
        for css in new {
            if says_auto(css) {
                self.read_autos(css);
            }
            if says_width(css) {
                self.read_widths(css);
            }
            self.stretched.all |= may_stretch(css);
        }
        new.iter().map(String::len).sum()
    }

    /// Whether a picture with such an id and such classes is as high as its file is.
    pub(crate) fn follow_file<'n>(&self, names: impl Iterator<Item = &'n str>) -> bool {
        self.files.hold(names)
    }

    /// Whether such a picture may be drawn in another size than its attributes and its own style say.
    pub(crate) fn are_stretched<'n>(&self, names: impl Iterator<Item = &'n str>) -> bool {
        self.stretched.hold(names)
    }

    /// Rules for some screens alone are passed over, which pictures need not follow on others.
    fn read_autos(&mut self, css: &str) {
        let mut rest = css;
        while let Some((before, behind)) = rest.split_once('{') {
            let end = block_end(behind);
            let (block, after) = behind.split_at_checked(end).unwrap_or((behind, ""));
            let selectors = before.rsplit(['}', ';']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default().trim();
            if !selectors.starts_with('@') && is_auto(block) {
                let plain = selectors
                    .split(',')
                    .map(subject)
                    .filter(|own| !own.contains(ASKED));
                plain.for_each(|own| self.files.add(own));
            }
            rest = after.strip_prefix('}').unwrap_or(after);
        }
    }

    /// Rules that say how wide something is and not how high, on whatever screen.
    fn read_widths(&mut self, css: &str) {
        for rule in css.split('}') {
            let Some((before, block)) = rule.rsplit_once('{') else {
                continue;
            };
            if !says(block, "width") || says(block, "height") {
                continue;
            }
            let selectors = before.rsplit(['{', ';']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default();
            let owns = selectors.split(',').map(subject);
            owns.for_each(|own| self.stretched.add(own));
        }
    }
}

impl Pictures {
    fn hold<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> bool {
        self.all || !self.named.is_empty() && names.any(|name| self.named.contains(name))
    }

    /// Those that a piece of a selector is for. What it asks for beyond names may hold for all of them.
    fn add(&mut self, own: &str) {
        let is_asked = own.contains(ASKED);
        let own = own.split([':', '[', '(']).next().unwrap_or_default();
        // A piece of a value with a space in it.
        let own = if own.contains(ASKED) { "" } else { own };
        let named = own.find(['.', '#']).unwrap_or(own.len());
        let (element, names) = own.split_at_checked(named).unwrap_or((own, ""));
        if !element.is_empty() && element != "*" && !element.eq_ignore_ascii_case("img") {
            return;
        }
        match names.rsplit(['.', '#']).next() {
            Some(name) if !name.is_empty() => {
                self.named.insert(name.to_owned());
            }
            _ => self.all |= is_asked || !element.is_empty(),
        }
    }
}

/// The signs of what a selector asks for beyond elements and names.
const ASKED: [char; 5] = [':', '[', '(', ']', ')'];

/// The piece of a selector that is for the element itself.
fn subject(selector: &str) -> &str {
    let pieces = selector.trim().rsplit([' ', '\n', '\t', '>', '+', '~']);
    pieces.into_iter().next().unwrap_or_default()
}

/// Where the block ends that has begun, in octets.
fn block_end(css: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return at,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    css.len()
}

/// Whether a block has a declaration of this name.
fn says(block: &str, known: &str) -> bool {
    block.split(';').any(|declaration| {
        let name = declaration.split_once(':').map(|(name, _)| name);
        name.is_some_and(|name| name.trim().eq_ignore_ascii_case(known))
    })
}

fn is_auto(block: &str) -> bool {
    block.split(';').any(|declaration| {
        declaration.split_once(':').is_some_and(|(name, value)| {
            let value = value.split('!').next().unwrap_or_default();
            name.trim().eq_ignore_ascii_case("height") && value.trim().eq_ignore_ascii_case("auto")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follows(css: &str, names: &[&str]) -> bool {
        let mut heights = Heights::default();
        heights.read(&[css.to_owned()]);
        heights.follow_file(names.iter().copied())
    }

    #[test]
    fn rules_for_all_pictures_and_for_some_are_found() {
        for css in [
            "img{height:auto}",
            "p{color:red} td img , a > IMG { max-width: 100%; HEIGHT : Auto !important; }",
            "/* all */ p{} /* of them */ * {height:auto}",
            "@import 'x'; img{height:auto}",
            "@media print{p{color:red}} img{height:auto}",
        ] {
            assert!(follows(css, &[]), "{css}");
        }
        for css in [
            ".a{height:auto}",
            "img.a{height:auto}",
            "#a{height:auto}",
            "p img.b.a{height:auto}",
        ] {
            assert!(follows(css, &["x", "a"]) && !follows(css, &["x"]), "{css}");
        }
    }

    #[test]
    fn other_rules_say_nothing_of_it() {
        for css in [
            "",
            "img{height:40px}",
            "img{line-height:auto;max-height:auto;width:auto}",
            "table{height:auto}",
            "img:hover{height:auto}",
            "@media (max-width:600px){img{height:auto} .a{height:auto}}",
            "{height:auto}",
            "img{height:auto",
        ] {
            let is_open = css == "img{height:auto";
            assert_eq!(follows(css, &["a"]), is_open, "{css}");
        }
    }

    #[test]
    fn pictures_that_a_sheet_makes_as_wide_as_it_likes_are_found() {
        let stretched = |css: &str, names: &[&str]| {
            let mut heights = Heights::default();
            heights.read(&[css.to_owned()]);
            heights.are_stretched(names.iter().copied())
        };
        for css in [
            "img{width:100%}",
            "p{} td img{ Width : 100% !important }",
            "@media (max-width:600px){p{color:red} img{width:100%!important}}",
            "img[class=\"a b\"]{width:100%}",
            "td[class=x] img{width:100%}",
            "[class~=x]{width:100%}",
            ".row{display:flex}",
            ".row{display:INLINE-GRID}",
        ] {
            assert!(stretched(css, &[]), "{css}");
        }
        for css in [
            "img.a{width:100%}",
            "@media screen{@media (max-width:9px){p\n.a{width:9px}}}",
        ] {
            assert!(stretched(css, &["a"]) && !stretched(css, &["b"]), "{css}");
        }
        for css in [
            "img{max-width:100%;height:auto}",
            "img{width:100%;height:auto}",
            "@media (max-width:600px){img{width:100%!important;height:auto!important}}",
            "table{width:100%} a:hover{width:1px} td[width]{width:9px}",
            "v\\:*{behavior:url(#default#VML)} p{width:9px}",
        ] {
            assert!(!stretched(css, &["a"]), "{css}");
        }
    }

    #[test]
    fn a_sheet_is_read_once() {
        let mut heights = Heights::default();
        let mut sheets = vec!["p{}".to_owned()];
        assert_eq!(heights.read(&sheets), 3);
        sheets.push("img{height:auto}".to_owned());
        assert_eq!(heights.read(&sheets), 16);
        assert_eq!(heights.read(&sheets), 0);
        assert!(heights.follow_file(std::iter::empty()));
    }
}
