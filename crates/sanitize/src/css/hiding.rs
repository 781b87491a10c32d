//! Classes that a letter's style sheets hide their pictures by, on whatever screen: whoever counts readers writes them, and
//! nobody else. Not here: what a style attribute says.

use std::collections::HashSet;

use super::declarations::declare_hidden;
use super::{Found, Sheets, Sight, Stands, Variables};

/// The classes by which the sheets that were read hide pictures.
#[derive(Default)]
pub(crate) struct Hiding {
    /// So many sheets were read.
    read: usize,
    /// Hidden outside `@media`.
    hidden: HashSet<String>,
    /// Some `@media` speaks of them: they are meant for small screens.
    spoken_of: HashSet<String>,
}

impl Hiding {
    /// Reads the sheets that have come since the last time, each of them once however many pictures ask. Says how many octets
    /// those were.
    pub(crate) fn read(&mut self, sheets: &[String], variables: &Variables) -> usize {
        let new = sheets.get(self.read..).unwrap_or_default();
        self.read = sheets.len();
        new.iter().for_each(|css| self.read_one(css, variables));
        new.iter().map(String::len).sum()
    }

    pub(crate) fn hides(&self, class: &str) -> bool {
        self.hidden.contains(class) && !self.spoken_of.contains(class)
    }

    fn read_one(&mut self, css: &str, variables: &Variables) {
        let mut sheets = Sheets::for_letter(&Stands {
            elements: 1,
            widest: 1,
            ..Stands::default()
        });
        let found = Found::default();
        sheets.read(css, Sight::bare(&found).with_variables(variables, css));
        let clean = sheets.finish();
        let mut depth = 0_usize;
        for line in clean.lines() {
            if line == "}" {
                depth = depth.saturating_sub(1);
            } else if line.ends_with(" {") {
                depth += 1;
            } else if let Some((selectors, declarations)) = line.rsplit_once(" { ") {
                let declarations = declarations.trim_end_matches(" }").to_ascii_lowercase();
                let classes = selectors.split(", ").filter_map(last_class).map(str::to_owned);
                if depth > 0 {
                    self.spoken_of.extend(classes);
                } else if declare_hidden(&declarations) {
                    self.hidden.extend(classes);
                }
            }
        }
    }
}

/// The class in `.class` and `img.class`, with whatever stands around the element.
fn last_class(selector: &str) -> Option<&str> {
    let own = selector.rsplit([' ', '>', '+', '~']).next()?;
    let (element, class) = own.split_once('.')?;
    let is_plain = !class.contains(['.', '[', ':', '#', '(', ')']);
    (is_plain && (element.is_empty() || element.eq_ignore_ascii_case("img"))).then_some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_hide_are_found_and_those_of_small_screens_are_not() {
        let sheet = "p{color:red} .p{width:1px;height:1px} td img.q , .r>.s{display:none} .small{display:none}\
                     @media (max-width:600px){.small{display:block} .t{display:none}} .u:hover{display:none}";
        let mut hiding = Hiding::default();
        hiding.read(&[sheet.to_owned()], &Variables::default());
        let classes: Vec<&str> = ["p", "q", "r", "s", "small", "t", "u"]
            .into_iter()
            .filter(|class| hiding.hides(class))
            .collect();
        assert_eq!(classes, ["p", "q", "s"]);
    }

    #[test]
    fn a_sheet_is_read_once_and_those_behind_it_are_heard_too() {
        let mut hiding = Hiding::default();
        let mut sheets = vec![".a{display:none}".to_owned()];
        let names = Variables::default();
        assert_eq!(hiding.read(&sheets, &names), 16);
        assert!(hiding.hides("a") && !hiding.hides("b"));
        assert_eq!(hiding.read(&sheets, &names), 0, "nothing has come");
        sheets.push(".b{display:none}@media print{.a{display:block}}".to_owned());
        assert_eq!(hiding.read(&sheets, &names), 47, "the new one alone");
        assert!(hiding.hides("b"), "what it hides");
        assert!(
            !hiding.hides("a"),
            "what it speaks of is no longer hidden everywhere"
        );
    }
}
