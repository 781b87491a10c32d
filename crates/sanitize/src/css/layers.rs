//! Cascade layers (CSS Cascading and Inheritance, Level 5). The rules of a layer count less than those of a later one, and less
//! than those of none; so they are written before them, and no layer is. The rules of the frame itself stand in none, and
//! would count more than any layer of a letter, or less where they are important.
//!
//! What is lost: a rule of an earlier layer that selects more exactly than one of a later layer wins.

use cssparser::{Parser, Token};

use super::{ParseError, refused};

/// Layers of one letter, and octets of the name of one.
const MOST: usize = 100;
const LONGEST: usize = 100;
/// Octets of the rules of all of them, with what stands around each: that is written again for every block of a layer.
const MOST_OCTETS: usize = 1024 * 1024;

/// A layer by its place among those of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layer(usize);

/// The layers of a letter in the order in which they are first named, and their rules.
#[derive(Default)]
pub(super) struct Layers {
    known: Vec<(String, String)>,
    octets: usize,
}

impl Layers {
    /// The layer of this name, which is new where it is not known. Without a name it is one of its own. `None`: there are too
    /// many.
    pub(super) fn named(&mut self, name: &str, within: Option<Layer>) -> Option<Layer> {
        let mut whole = match within.and_then(|within| self.known.get(within.0)) {
            Some((around, _)) => format!("{around}."),
            None => String::new(),
        };
        match name {
            // No name has this sign.
            "" => whole.push_str(&format!("?{}", self.known.len())),
            name => whole.push_str(name),
        }
        if whole.len() > LONGEST {
            return None;
        }
        // One that is named within others names them as well.
        let ends = whole.match_indices('.').map(|(at, _)| at);
        let ends: Vec<usize> = ends.chain([whole.len()]).collect();
        let mut found = None;
        for end in ends {
            found = Some(self.place(whole.get(..end)?)?);
        }
        found
    }

    fn place(&mut self, name: &str) -> Option<Layer> {
        let known = self.known.iter().position(|(known, _)| known == name);
        if known.is_none() && self.known.len() < MOST {
            self.known.push((name.to_owned(), String::new()));
        }
        known
            .or_else(|| self.known.len().checked_sub(1))
            .filter(|at| self.known.get(*at).is_some_and(|(known, _)| known == name))
            .map(Layer)
    }

    /// Adds rules to a layer, if there is room for them.
    pub(super) fn add(&mut self, layer: Layer, rules: &str) -> Option<()> {
        self.octets += rules.len();
        let (_, known) = self
            .known
            .get_mut(layer.0)
            .filter(|_| self.octets <= MOST_OCTETS)?;
        known.push_str(rules);
        Some(())
    }

    /// All rules of all layers, those that count least first: a layer's own count more than those of the layers within it.
    pub(super) fn finish(self) -> String {
        let mut text = String::new();
        self.write("", &mut text);
        text
    }

    fn write(&self, around: &str, to: &mut String) {
        for (name, rules) in &self.known {
            let is_next = name
                .strip_prefix(around)
                .is_some_and(|rest| !rest.is_empty() && !rest.contains('.'));
            if is_next {
                self.write(&format!("{name}."), to);
                to.push_str(rules);
            }
        }
    }
}

/// Names of layers, with commas between them. One that stands within others names them all, with dots.
pub(super) fn names(input: &mut Parser) -> Result<Vec<String>, ParseError> {
    if input.is_exhausted() {
        return Ok(Vec::new());
    }
    input.parse_comma_separated(|input| {
        let mut name = String::new();
        loop {
            let word = input.expect_ident_cloned()?;
            let is_plain = word
                .chars()
                .all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
            if !is_plain {
                return refused();
            }
            name.push_str(&word);
            match input.next_including_whitespace() {
                Ok(Token::Delim('.')) => name.push('.'),
                _ => break,
            }
        }
        input.expect_exhausted()?;
        Ok(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_the_order_of_their_layers() {
        let mut layers = Layers::default();
        for name in ["reset", "base.early", "late"] {
            layers.named(name, None).unwrap();
        }
        let mut add = |name: &str, within: Option<Layer>, rules: &str| {
            let layer = layers.named(name, within).unwrap();
            layers.add(layer, rules).unwrap();
            layer
        };
        add("late", None, "5");
        let base = add("base", None, "4");
        add("early", Some(base), "2");
        add("", Some(base), "3");
        add("reset", None, "1");
        add("", None, "6");
        assert_eq!(layers.finish(), "123456");
    }

    #[test]
    fn there_are_no_more_layers_than_a_letter_needs() {
        let mut layers = Layers::default();
        let made = (0..1_000).filter(|number| layers.named(&format!("a{number}"), None).is_some());
        assert_eq!(made.count(), MOST);
        assert_eq!(layers.named("new", None), None);
        assert!(layers.named("a7", None).is_some(), "those that are known stay");
        assert_eq!(Layers::default().named(&"x".repeat(LONGEST + 1), None), None);
        let deep = "a.".repeat(45) + "a";
        assert!(Layers::default().named(&deep, None).is_some());
        let layer = layers.named("a7", None).unwrap();
        let rules = "x".repeat(MOST_OCTETS / 2);
        assert!(layers.add(layer, &rules).is_some() && layers.add(layer, &rules).is_some());
        assert_eq!(layers.add(layer, "x"), None, "nor more rules in them");
    }
}
