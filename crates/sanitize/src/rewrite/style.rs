//! The style of an element: its own, and the picture that an attribute of before CSS puts behind it. Names are filled in and
//! pictures put in here, where the letter's sheets are known and somebody may be asked; the last filter knows neither.

use std::borrow::Cow;

use super::Pass;
use crate::attributes::{Attributes, write};
use crate::css::Sight;
use crate::image::Purpose;
use crate::shape::Shape;
use crate::{css, image};

impl Pass<'_> {
    /// A style with its names filled in. Whoever looks at it looks at this.
    pub(super) fn filled<'v>(&mut self, style: &'v str) -> Cow<'v, str> {
        if !css::Variables::are_asked_for(style) {
            return Cow::Borrowed(style);
        }
        self.made.steps += self.variables.read(&self.made.sheets) + style.len();
        Cow::Owned(css::filled(style, &self.variables))
    }

    /// The shape that a picture keeps where there is no room for it. Whoever gets a letter of ours has room of their own.
    pub(super) fn shape(
        &mut self,
        name: &str,
        attributes: &Attributes,
        style: Option<&str>,
    ) -> Option<Shape> {
        let shows = name == "img" && matches!(self.purpose, Purpose::Showing(_));
        let shape = shows.then(|| Shape::of(attributes, style))??;
        if self.stretching_at.is_some() {
            return None;
        }
        self.made.steps += self.heights.read(&self.made.sheets);
        let names = || attributes.classes().chain(attributes.get("id"));
        // A rule of a sheet counts more than an attribute, and less than a style.
        let is_files = shape.by_attribute && self.heights.follow_file(names());
        let keeps_height = is_files || self.heights.are_stretched(names());
        (!keeps_height).then_some(shape)
    }

    /// Takes note of an element whose own style may stretch what stands in it: what has no height gets that of what is beside it.
    pub(super) fn note_stretching(&mut self, style: Option<&str>) {
        if self.stretching_at.is_none() && style.is_some_and(css::may_stretch) {
            self.stretching_at = Some(self.nesting.depth());
        }
    }

    /// Writes what an element looks like. `style`: its own, with names filled in.
    pub(super) fn write_style(
        &mut self,
        name: &str,
        attributes: &Attributes,
        style: Option<&str>,
        shape: Option<Shape>,
    ) {
        let behind = image::background(name, attributes);
        let asks = style.is_some_and(css::may_ask);
        let unseen = (asks || behind.is_some()) && self.is_unseen_behind(attributes, style);
        let sight = self.sight.unseen(unseen);
        let behind = behind.and_then(|url| sight.background(url));
        // Whether it is below all of the letter is known when all of it is (`css/stand.rs`).
        let of_all = || false;
        let own = style.map(|style| decided(style, asks, sight.of_all_where(&of_all)));
        let style = match (behind, own) {
            (Some(behind), own) => Cow::Owned(behind + &own.unwrap_or_default()),
            (None, Some(own)) => own,
            (None, None) if shape.is_none() => return,
            (None, None) => Cow::Borrowed(""),
        };
        let style = match shape {
            Some(shape) => Cow::Owned(shape.beside(&style)),
            None => style,
        };
        write("style", &style, &mut self.made.html);
    }
}

/// A style as it goes on. Where it asks for nothing and colours stay, it is read by the last filter alone. `asks`: it may.
pub(super) fn decided<'v>(style: &'v str, asks: bool, sight: Sight<'_>) -> Cow<'v, str> {
    match sight.found.darkens() || asks {
        true => Cow::Owned(css::declarations(style, sight)),
        false => Cow::Borrowed(style),
    }
}
