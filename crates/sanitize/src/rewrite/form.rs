//! Forms: they stay as blocks with their words, and nothing can be written into them or sent. Not here: which elements they are
//! made of.

use super::Pass;
use crate::attributes::Attributes;
use crate::element::Fate;
use crate::markup::Reader;

/// The class of what could have been pressed or written in.
pub(super) const FIELD: &str = "waxwing-field";

impl Pass<'_> {
    /// An element of forms, written as another one that only looks like it.
    pub(super) fn keep_as(&mut self, name: &'static str, other: &'static str, attributes: &Attributes) {
        if name == "form" {
            let forms = &mut self.made.findings.removed_forms;
            *forms = forms.saturating_add(1);
        }
        self.choices = 0;
        // Between the cells of a table a form is no block to any browser, and a block would be moved out of it.
        if self.nesting.is_between_cells() {
            return;
        }
        let ours = matches!(name, "button" | "select").then_some(FIELD);
        self.keep(other, attributes, ours);
    }

    /// One of several choices, of which a browser shows one: all of them are words of the letter.
    pub(super) fn choice(&mut self) {
        if self.choices > 0 {
            self.text(" / ");
        }
        self.choices += 1;
    }

    /// What stands in a field, or would stand there until something is written.
    pub(super) fn input(&mut self, attributes: &Attributes) {
        let kind = attributes
            .get("type")
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let given = |name| {
            attributes
                .get(name)
                .filter(|words: &&str| !words.trim().is_empty())
        };
        let is_chosen = attributes.get("checked").is_some();
        let (words, ours) = match kind.as_str() {
            "checkbox" => (Some(if is_chosen { "☑ " } else { "☐ " }), None),
            "radio" => (Some(if is_chosen { "◉ " } else { "○ " }), None),
            "hidden" | "password" | "file" | "range" | "color" => (None, None),
            "image" => (given("alt"), Some(FIELD)),
            _ => (given("value").or_else(|| given("placeholder")), Some(FIELD)),
        };
        let Some(words) = words.filter(|_| !self.nesting.is_between_cells()) else {
            return;
        };
        let has_looks = ["class", "id", "style"]
            .iter()
            .any(|name| attributes.get(name).is_some());
        if ours.is_none() && !has_looks {
            return self.text(words);
        }
        // Its looks stay its own: a menu that opens where scripts do not run hangs on a box that nobody is to see.
        if self.keep("span", attributes, ours) {
            self.text(words);
            self.end("span", Fate::Keep);
        }
    }
}
