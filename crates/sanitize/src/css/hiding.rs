//! Classes that a letter's style sheets hide their pictures by, on whatever screen: whoever counts readers writes them, and
//! nobody else. Not here: what a style attribute says.

use std::collections::HashSet;

use super::Found;
use super::declarations::declare_hidden;
use super::sheet::{Room, sheet};

/// The classes that are hidden outside `@media`, and that no `@media` speaks of.
pub(crate) fn hiding_classes(sheets: &[String]) -> HashSet<String> {
    let (mut hiding, mut spoken_of) = (HashSet::new(), HashSet::new());
    for css in sheets {
        let clean = sheet(css, &Found::default(), &mut Room::for_letter(1, 1));
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
                    spoken_of.extend(classes);
                } else if declare_hidden(&declarations) {
                    hiding.extend(classes);
                }
            }
        }
    }
    hiding.retain(|class| !spoken_of.contains(class));
    hiding
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
        let mut classes: Vec<String> = hiding_classes(&[sheet.to_owned()]).into_iter().collect();
        classes.sort();
        assert_eq!(classes, ["p", "q", "s"]);
    }
}
