//! For which pictures a letter's style sheets say that they are as high as their file is, whatever their attributes say: `height: auto`.
//! Not here: rules for some screens alone, which pictures need not follow on others.

use std::collections::HashSet;

use super::glance::says_auto;

/// What the sheets that were read say.
#[derive(Default)]
pub(crate) struct Heights {
    /// So many sheets were read.
    read: usize,
    all: bool,
    /// Classes, and names that single elements have.
    named: HashSet<String>,
}

impl Heights {
    /// Reads the sheets that have come since the last time. Says how many octets those were.
    pub(crate) fn read(&mut self, sheets: &[String]) -> usize {
        let new = sheets.get(self.read..).unwrap_or_default();
        self.read = sheets.len();
        new.iter()
            .filter(|css| says_auto(css))
            .for_each(|css| self.read_one(css));
        new.iter().map(String::len).sum()
    }

    /// Whether a picture with such an id and such classes is as high as its file is.
    pub(crate) fn follow_file<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> bool {
        self.all || !self.named.is_empty() && names.any(|name| self.named.contains(name))
    }

    fn read_one(&mut self, css: &str) {
        let mut rest = css;
        while let Some((before, behind)) = rest.split_once('{') {
            let end = block_end(behind);
            let (block, after) = behind.split_at_checked(end).unwrap_or((behind, ""));
            let selectors = before.rsplit(['}', ';']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default().trim();
            if !selectors.starts_with('@') && is_auto(block) {
                selectors.split(',').for_each(|selector| self.add(selector));
            }
            rest = after.strip_prefix('}').unwrap_or(after);
        }
    }

    fn add(&mut self, selector: &str) {
        let own = selector.trim().rsplit([' ', '>', '+', '~']).next();
        let Some(own) = own.filter(|own| !own.contains([':', '[', '('])) else {
            return;
        };
        let named = own.find(['.', '#']).unwrap_or(own.len());
        let (element, names) = own.split_at_checked(named).unwrap_or((own, ""));
        if !element.is_empty() && element != "*" && !element.eq_ignore_ascii_case("img") {
            return;
        }
        match names.rsplit(['.', '#']).next() {
            Some(name) if !name.is_empty() => {
                self.named.insert(name.to_owned());
            }
            _ => self.all |= !element.is_empty(),
        }
    }
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
