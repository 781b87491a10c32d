//! Fonts that the styles of a letter make a web view look for: the system looks through all of its own for each family, in each size and
//! in each cut, and takes more than a millisecond where it has none. Not here: what else styles cost.

use foldhash::HashSet;

/// Families, sizes or cuts of a letter.
const MOST: usize = 250;
/// Each family in each size in each cut, of which a large newsletter has some hundreds.
const MOST_TOGETHER: usize = 1_500;

/// Words of sizes and of cuts, and for what is around, which stand where families do and are none.
const NO_FAMILIES: [&str; 21] = [
    "bold",
    "bolder",
    "inherit",
    "initial",
    "italic",
    "large",
    "larger",
    "lighter",
    "medium",
    "normal",
    "oblique",
    "revert",
    "small",
    "small-caps",
    "smaller",
    "unset",
    "x-large",
    "x-small",
    "xx-large",
    "xx-small",
    "xxx-large",
];

#[derive(Debug, Clone, Default)]
pub(super) struct Fonts {
    names: HashSet<String>,
    sizes: HashSet<String>,
    /// How heavy, how wide and how upright.
    cuts: HashSet<String>,
}

impl Fonts {
    /// Takes note of a word that names a family. `None`: there are more than any letter has.
    pub(super) fn name(&mut self, name: &str) -> Option<()> {
        if NO_FAMILIES.contains(&name) {
            return Some(());
        }
        let others = self.sizes.len().max(1) * self.cuts.len().max(1);
        add(&mut self.names, name, others)
    }

    /// The same of a declaration, of whose name this takes note.
    pub(super) fn take(&mut self, property: &str, value: &str) -> Option<()> {
        let value = value.strip_suffix(" !important").unwrap_or(value);
        let value = match value {
            // The font that is looked for already.
            "100%" | "1em" | "inherit" | "revert" | "unset" => return Some(()),
            "400" => "normal",
            "700" => "bold",
            value => value,
        };
        let names = self.names.len().max(1);
        match property {
            "font" | "font-size" => {
                let others = names * self.cuts.len().max(1);
                add(&mut self.sizes, value, others)
            }
            _ => {
                let others = names * self.sizes.len().max(1);
                add(&mut self.cuts, value, others)
            }
        }
    }
}

/// Whether a property says which font is looked for, beside its family.
pub(super) fn is_of_font(property: &str) -> bool {
    matches!(
        property,
        "font" | "font-size" | "font-stretch" | "font-style" | "font-weight"
    )
}

fn add(words: &mut HashSet<String>, word: &str, others: usize) -> Option<()> {
    if words.contains(word) {
        return Some(());
    }
    if words.len() >= MOST || (words.len() + 1) * others > MOST_TOGETHER {
        return None;
    }
    words.insert(word.to_owned());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_sizes_and_cuts_are_many_of_one_kind_and_few_together() {
        for property in ["font-size", "font", "font-weight", "font-stretch", "font-style"] {
            let mut fonts = Fonts::default();
            let taken = (0..1_000).filter(|number| fonts.take(property, &number.to_string()).is_some());
            assert_eq!(taken.count(), MOST, "{property}");
            let named = (0..1_000).filter(|number| fonts.name(&format!("f{number}")).is_some());
            assert_eq!(
                named.count(),
                MOST_TOGETHER / MOST,
                "families beside as many of {property}"
            );
            assert!(
                fonts.name("f3").is_some() && fonts.take(property, "7 !important").is_some(),
                "known ones stay"
            );
        }
        let mut fonts = Fonts::default();
        for number in 0..8 {
            fonts.name(&format!("f{number}")).unwrap();
        }
        for weight in ["normal", "bold", "italic", "600"] {
            fonts.take("font-weight", weight).unwrap();
        }
        let sizes = (0..1_000).filter(|number| fonts.take("font-size", &format!("{number}px")).is_some());
        assert_eq!(sizes.count(), 46, "a newsletter has less");
    }

    #[test]
    fn words_that_name_no_other_font_take_nothing_from_those_that_do() {
        let mut fonts = Fonts::default();
        for number in 0..25 {
            fonts.name(&format!("f{number}")).unwrap();
        }
        for word in NO_FAMILIES {
            fonts.name(word).unwrap();
        }
        for weight in [
            "normal", "400", "bold", "700", "inherit", "unset", "100%", "italic",
        ] {
            fonts.take("font-weight", weight).unwrap();
        }
        let sizes = (0..1_000).filter(|number| fonts.take("font-size", &format!("{number}px")).is_some());
        assert_eq!(
            sizes.count(),
            20,
            "a long conversation of several programs has as many"
        );
    }
}
