//! The shape of a picture whose sender has said how wide and how high it is. The frame makes no picture wider than there is room, and a
//! height that is said for itself would stay: so the shape is said instead, and the height follows. Not here: how wide a picture may be.

use crate::attributes::Attributes;

/// Lengths beyond this are mistakes or mischief, as everywhere.
const LONGEST: f32 = 20_000.0;
/// What is lower than this is a line, and stays as thick as it is however short it gets.
const LOWEST: f32 = 5.0;

/// Width and height of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    width: f32,
    height: f32,
    /// The height is the attribute's, and not the style's.
    pub(crate) by_attribute: bool,
}

impl Shape {
    /// What a picture was said to be, if both are lengths and nothing else in its own style depends on them. What its letter's sheets say
    /// counts more than attributes, also where these have become a shape.
    pub(crate) fn of(image: &Attributes, style: Option<&str>) -> Option<Self> {
        // The places of a map do not get smaller with its picture, so that it does not either.
        if image.get("usemap").is_some() {
            return None;
        }
        let own = match style {
            Some(style) => Own::read(style)?,
            None => Own::default(),
        };
        let width = own.width.or_else(|| attribute(image.get("width")?))?;
        let height = own.height.or_else(|| attribute(image.get("height")?))?;
        let is_usual = |length: f32| (1.0..=LONGEST).contains(&length);
        (is_usual(width) && is_usual(height) && height >= LOWEST).then_some(Self {
            width,
            height,
            by_attribute: own.height.is_none(),
        })
    }

    /// A picture's own style with its shape.
    pub(crate) fn beside(self, style: &str) -> String {
        let Self { width, height, .. } = self;
        match self.by_attribute {
            true => format!("aspect-ratio: {width} / {height}; {style}"),
            // What is said last of a height is what counts.
            false => format!("{style}; height: auto; aspect-ratio: {width} / {height}"),
        }
    }
}

/// The lengths in a picture's own style.
#[derive(Default)]
struct Own {
    width: Option<f32>,
    height: Option<f32>,
}

impl Own {
    /// `None`: it says something else of its size, or is written in a way that only a parser reads.
    fn read(style: &str) -> Option<Self> {
        if style.contains(['\\', '*']) {
            return None;
        }
        let mut own = Self::default();
        for declaration in style.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let (name, value) = (name.trim(), value.trim());
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            if is("width") {
                own.width = Some(length(value)?);
            } else if is("height") {
                own.height = Some(length(value)?);
            } else if is("max-width") {
                // As wide as there is room, which the frame says of all pictures.
                let share = value.split('!').next().unwrap_or_default().trim_end();
                if !share.ends_with('%') {
                    return None;
                }
            } else if OTHERS.iter().any(|other| is(other)) {
                return None;
            }
        }
        Some(own)
    }
}

/// Properties on which a size depends, too.
const OTHERS: [&str; 10] = [
    "all",
    "aspect-ratio",
    "block-size",
    "inline-size",
    "max-inline-size",
    "min-block-size",
    "min-height",
    "min-inline-size",
    "min-width",
    "object-fit",
];

/// An absolute length of CSS (CSS Values and Units, section 6.2).
fn length(value: &str) -> Option<f32> {
    const UNITS: [(&str, f32); 6] = [
        ("px", 1.0),
        ("pt", 4.0 / 3.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("cm", 96.0 / 2.54),
        ("mm", 9.6 / 2.54),
    ];
    let (number, unit) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let (_, pixels) = UNITS.iter().find(|(known, _)| unit.eq_ignore_ascii_case(known))?;
    Some(rounded(plain(number)? * pixels))
}

/// A length of before CSS, which is no part of a hundred (WHATWG HTML, section 2.3.4.4).
fn attribute(value: &str) -> Option<f32> {
    let value = value.trim_ascii_start();
    let digits = value
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    let (number, rest) = value.split_at_checked(digits)?;
    if rest.starts_with('%') {
        return None;
    }
    plain(number)
}

/// A number without a sign and without a power.
fn plain(number: &str) -> Option<f32> {
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    number.parse().ok().filter(|_| is_plain).map(rounded)
}

/// To a hundredth.
fn rounded(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::markup::Attribute;

    fn told(attributes: &[(&str, &str)]) -> Option<String> {
        let style = attributes.iter().find(|(name, _)| *name == "style");
        let attributes: Vec<Attribute> = attributes
            .iter()
            .map(|(name, value)| Attribute {
                name: Cow::Borrowed(*name),
                value: Cow::Borrowed(*value),
            })
            .collect();
        let style = style.map(|(_, value)| *value);
        let shape = Shape::of(&Attributes(&attributes), style)?;
        let whole = shape.beside(style.unwrap_or_default());
        let own = style.unwrap_or_default();
        Some(whole.replacen(own, "", 1).trim_matches([';', ' ']).to_owned())
    }

    #[test]
    fn a_shape_is_what_attributes_and_style_say_together() {
        let sized = [("width", "600"), ("height", "300")];
        for (style, shape) in [
            ("", Some("aspect-ratio: 600 / 300")),
            (
                "display:block;border:0;max-width:100%",
                Some("aspect-ratio: 600 / 300"),
            ),
            ("MAX-WIDTH: 100% !important", Some("aspect-ratio: 600 / 300")),
            ("width:500px", Some("aspect-ratio: 500 / 300")),
            ("height: 250PX", Some("height: auto; aspect-ratio: 600 / 250")),
            (
                "width:6in;height:216pt",
                Some("height: auto; aspect-ratio: 576 / 288"),
            ),
            ("width:100%", None),
            ("width:100%;height:auto", None),
            ("height:auto", None),
            ("height:auto !important", None),
            ("width:600px !important", None),
            ("max-width:300px", None),
            ("min-width:100%", None),
            ("object-fit:cover", None),
            ("aspect-ratio:1", None),
            ("width:calc(1px + 2px)", None),
            ("height:min(1px, 2px)", None),
            ("h\\65ight:1px", None),
            ("height/**/:1px", None),
            ("height:10em", None),
            (
                "color:rgb(1, 2, 3);background:url(data:x;y)",
                Some("aspect-ratio: 600 / 300"),
            ),
        ] {
            let mut image = sized.to_vec();
            image.push(("style", style));
            assert_eq!(told(&image).as_deref(), shape, "{style}");
        }
        assert_eq!(
            told(&[("style", "width:6in;height:3in")]).as_deref(),
            Some("height: auto; aspect-ratio: 576 / 288"),
            "as a word processor writes it"
        );
    }

    #[test]
    fn what_is_no_length_or_no_picture_of_a_size_has_no_shape() {
        for (width, height, shape) in [
            ("600", "300", Some("aspect-ratio: 600 / 300")),
            (" 600px", "300.5", Some("aspect-ratio: 600 / 300.5")),
            ("100%", "300", None),
            ("600", "50%", None),
            ("600", "auto", None),
            ("600", "", None),
            ("0", "300", None),
            ("-600", "300", None),
            ("600", "99999", None),
            ("1e3", "300", Some("aspect-ratio: 1 / 300")),
            ("1.2.3", "300", None),
            ("600", "1", None),
            ("600", "4", None),
            ("600", "8", Some("aspect-ratio: 600 / 8")),
        ] {
            let found = told(&[("width", width), ("height", height)]);
            assert_eq!(found.as_deref(), shape, "{width} × {height}");
        }
        assert_eq!(told(&[("width", "600")]), None);
        assert_eq!(told(&[("height", "300")]), None);
        let map = [("width", "600"), ("height", "300"), ("usemap", "#m")];
        assert_eq!(told(&map), None, "places of a map stay where they are");
    }
}
