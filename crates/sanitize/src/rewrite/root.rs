//! What `<html>` and `<body>` say, of which a letter's frame has one of its own. Not here: any other element.

use super::style::decided;
use super::{MOST_ELEMENTS, Pass};
use crate::attributes::{Attributes, write};
use crate::css;
use crate::image::{self, Purpose};
use crate::nesting::Place;

impl Pass<'_> {
    /// What `<html>` and `<body>` say of colours and direction, on an element that can stay.
    pub(super) fn root(&mut self, name: &'static str, attributes: &Attributes) {
        let mut style = String::new();
        for (old, new) in [("bgcolor", "background-color"), ("text", "color")] {
            if let Some(colour) = attributes.get(old).map(str::trim)
                && colour
                    .chars()
                    .all(|one| one.is_ascii_alphanumeric() || one == '#')
                && !colour.is_empty()
            {
                style.push_str(&format!("{new}: {colour}; "));
            }
        }
        style.push_str(attributes.get("style").unwrap_or_default());
        let filled = self.filled(&style);
        let behind = image::background(name, attributes);
        let asks = css::may_ask(&filled);
        let unseen = (asks || behind.is_some()) && image::is_invisible_behind(attributes, Some(&filled));
        let sight = self.sight.unseen(unseen);
        let mut style = decided(&filled, asks, sight).into_owned();
        if let Some(behind) = behind.and_then(|url| sight.background(url)) {
            style.insert_str(0, &behind);
        }
        if self.blank && matches!(self.purpose, Purpose::Showing(_)) {
            self.body_says(attributes, style);
            return;
        }
        let kept = [
            ("dir", attributes.get("dir")),
            ("style", Some(style.as_str()).filter(|style| !style.is_empty())),
        ];
        if self.made.purse.elements >= MOST_ELEMENTS || kept.iter().all(|(_, value)| value.is_none()) {
            return;
        }
        self.made.purse.elements += 1;
        if self.nesting.start(name, &mut self.made.html) != Place::Good {
            return;
        }
        self.made.html.push_str("<div");
        for (attribute, value) in kept {
            if let Some(value) = value {
                write(attribute, value, &mut self.made.html);
            }
        }
        self.made.html.push('>');
    }

    /// The first root of a letter is its frame's own body, which its sheet may speak of by class or name. What a later one
    /// says (`body` after `html`) counts more.
    fn body_says(&mut self, attributes: &Attributes, style: String) {
        let classes: Vec<&str> = attributes
            .classes()
            .filter(|class| !class.starts_with("waxwing-"))
            .collect();
        let direction = attributes.get("dir").filter(|dir| {
            ["ltr", "rtl", "auto"]
                .iter()
                .any(|known| dir.eq_ignore_ascii_case(known))
        });
        let said = [
            ("class", classes.join(" ")),
            ("id", attributes.get("id").unwrap_or_default().to_owned()),
            ("dir", direction.unwrap_or_default().to_owned()),
            ("lang", attributes.get("lang").unwrap_or_default().to_owned()),
            ("style", style),
        ];
        for (name, value) in said.into_iter().filter(|(_, value)| !value.is_empty()) {
            self.made.body.retain(|(known, _)| *known != name);
            self.made.body.push((name, value));
        }
    }
}
