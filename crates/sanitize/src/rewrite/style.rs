//! The style of an element: its own, and the picture that an attribute of before CSS puts behind it. Names are filled in and
//! pictures put in here, where the letter's sheets are known and somebody may be asked; the last filter knows neither.

use std::borrow::Cow;

use super::Pass;
use crate::attributes::{Attributes, write};
use crate::{css, image};

impl Pass<'_> {
    pub(super) fn write_style(&mut self, name: &str, attributes: &Attributes) {
        let behind = image::background(name, attributes).and_then(|url| self.sight.background(url));
        let own = attributes.get("style").map(|style| self.style(style));
        let style = match (behind, own) {
            (Some(behind), own) => Cow::Owned(behind + &own.unwrap_or_default()),
            (None, Some(own)) => own,
            (None, None) => return,
        };
        write("style", &style, &mut self.made.html);
    }

    /// A style as it goes on. Where it asks for nothing and colours stay, it is read by the last filter alone.
    pub(super) fn style<'v>(&mut self, value: &'v str) -> Cow<'v, str> {
        if !self.sight.found.darkens() && !css::may_ask(value) {
            return Cow::Borrowed(value);
        }
        if css::Variables::are_asked_for(value) {
            self.made.steps += self.variables.read(&self.made.sheets);
        }
        let sight = self.sight.with_variables(&self.variables, value);
        Cow::Owned(css::declarations(value, sight))
    }
}
