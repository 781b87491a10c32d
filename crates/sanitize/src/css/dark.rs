//! Colours for dark paper. A letter's colours were chosen for white paper; here each keeps its hue. Papers only get darker, and texts
//! only get lighter: white becomes the app's dark paper, black its light ink, and a brand's colour behind white words stays as it
//! is, or as dark as words of any colour need it. Lines take the place on the way from ink to paper that they had on white.
//!
//! The way is measured as contrast is (WCAG 2.2, relative luminance). Not here: which letters are changed so.

use cssparser::{Parser, Token};

use super::{ParseError, refused};

/// Relative luminance, plus WCAG's 0.05, of `--paper` and `--ink` in `frame/dark.css`.
const PAPER: f32 = 0.0637;
const INK: f32 = 0.857;
/// Relative luminance of the lightest paper that there is on dark paper: the app's ink is read on it (5:1).
const LIGHTEST_PAPER: f32 = 0.12;
/// Papers up to this are as light as that; those beyond were meant as paper, and go the way to the app's.
const BRAND: f32 = 0.35;
/// The darkest text: it is read on the app's paper (5:1).
const DARKEST_TEXT: f32 = 0.28;
/// How much of a colour is no grey, in a paper and in a marker.
const PALE: f32 = 0.12;
const DEEP: f32 = 0.35;
/// A paper of less than this is dark by its sender's wish.
const DARK_BY_DESIGN: f32 = 0.18;

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    Text,
    Paper,
    #[default]
    Line,
    /// Shadows are dark wherever they fall.
    Shadow,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Colour {
    pub(crate) red: u8,
    pub(crate) green: u8,
    pub(crate) blue: u8,
    pub(crate) alpha: f32,
}

impl Colour {
    fn opaque((red, green, blue): (u8, u8, u8)) -> Self {
        Self {
            red,
            green,
            blue,
            alpha: 1.0,
        }
    }

    /// A colour by its name, as CSS and HTML know it.
    pub(crate) fn named(word: &str) -> Option<Self> {
        cssparser::color::parse_named_color(&word.to_ascii_lowercase())
            .ok()
            .map(Self::opaque)
    }

    /// The digits after a `#`.
    pub(crate) fn digits(digits: &str) -> Option<Self> {
        let (red, green, blue, alpha) = cssparser::color::parse_hash_color(digits.as_bytes()).ok()?;
        Some(Self {
            red,
            green,
            blue,
            alpha,
        })
    }

    /// A colour in an attribute of before CSS: a name, or digits with or without `#`.
    pub(crate) fn attribute(value: &str) -> Option<Self> {
        let value = value.trim();
        match value.strip_prefix('#') {
            Some(digits) => Self::digits(digits),
            None => Self::named(value).or_else(|| (value.len() == 6).then(|| Self::digits(value))?),
        }
    }

    fn linear(self) -> [f32; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let part = f32::from(channel) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn luminance(self) -> f32 {
        luminance(self.linear())
    }

    /// Whether a paper of this colour is dark already.
    pub(crate) fn is_dark_paper(self) -> bool {
        self.alpha > 0.5 && self.luminance() < DARK_BY_DESIGN
    }

    /// The same of a paper through which nothing below it is seen.
    pub(super) fn is_dark_where_covering(self) -> Option<bool> {
        (self.alpha > 0.5).then(|| self.is_dark_paper())
    }

    /// The colour that does on dark paper what this one does on white.
    pub(crate) fn on_dark(self, role: Role) -> Self {
        let now = self.luminance();
        let wanted = match role {
            Role::Text => inverted(now).max(now).max(DARKEST_TEXT),
            Role::Paper => darkened(now),
            Role::Line => inverted(now),
            Role::Shadow => now,
        };
        let marks = match role {
            Role::Paper => self.marks(now),
            Role::Text | Role::Line | Role::Shadow => 0.0,
        };
        let wanted = wanted + marks * (lightest_marker(now) - wanted).max(0.0);
        if (wanted - now).abs() <= f32::EPSILON {
            return self;
        }
        let [red, green, blue] =
            with_luminance(deepened(self.linear(), marks), wanted.clamp(0.0, 1.0)).map(channel);
        Self {
            red,
            green,
            blue,
            alpha: self.alpha,
        }
    }

    /// How much a light paper of this colour is there to be seen, from none to one: paper is white or nearly, a marker is not.
    fn marks(self, luminance: f32) -> f32 {
        let [least, most] = [u8::min, u8::max].map(|of| f32::from(of(of(self.red, self.green), self.blue)));
        if luminance <= BRAND || most <= 0.0 {
            return 0.0;
        }
        (((most - least) / most - PALE) / (DEEP - PALE)).clamp(0.0, 1.0)
    }

    /// As digits, without the `#`.
    pub(crate) fn to_digits(self) -> String {
        let Self {
            red,
            green,
            blue,
            alpha,
        } = self;
        if alpha >= 1.0 {
            return format!("{red:02x}{green:02x}{blue:02x}");
        }
        format!("{red:02x}{green:02x}{blue:02x}{:02x}", channel_of(alpha))
    }
}

/// The luminance that stands on the way from ink to paper where this one stood on the way from black to white.
fn inverted(luminance: f32) -> f32 {
    let (white, black) = (1.05_f32.ln(), 0.05_f32.ln());
    let place = ((luminance + 0.05).ln() - black) / (white - black);
    (INK.ln() + place * (PAPER.ln() - INK.ln())).exp() - 0.05
}

/// The luminance of a paper that had this one by day, and is no lighter than it was.
fn darkened(luminance: f32) -> f32 {
    if luminance <= BRAND {
        return luminance.min(LIGHTEST_PAPER);
    }
    let (white, brand) = (1.05_f32.ln(), (BRAND + 0.05).ln());
    let place = ((luminance + 0.05).ln() - brand) / (white - brand);
    let lightest = (LIGHTEST_PAPER + 0.05).ln();
    (lightest + place * (PAPER.ln() - lightest)).exp() - 0.05
}

/// The lightest paper for a marker of this luminance on which words that were read on it by day are read again: of 7:1 and of 4.5:1
/// there stay 4.5 and 3.
fn lightest_marker(luminance: f32) -> f32 {
    let under = |before: f32, after: f32| {
        let text = (luminance + 0.05) / before - 0.05;
        (inverted(text.max(0.0)).max(DARKEST_TEXT) + 0.05) / after - 0.05
    };
    under(7.0, 4.5).min(under(4.5, 3.0)).min(LIGHTEST_PAPER)
}

/// The same hue with less grey in it.
fn deepened(colour: [f32; 3], by: f32) -> [f32; 3] {
    let grey = colour.into_iter().fold(1.0_f32, f32::min) * by;
    colour.map(|channel| channel - grey)
}

fn luminance([red, green, blue]: [f32; 3]) -> f32 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The same hue, as light as is wanted: dimmed, or lit up as far as it goes and then mixed with white.
fn with_luminance(colour: [f32; 3], wanted: f32) -> [f32; 3] {
    let now = luminance(colour);
    if now <= f32::EPSILON {
        return [wanted; 3];
    }
    let brightest = colour.into_iter().fold(f32::EPSILON, f32::max);
    let factor = (wanted / now).min(1.0 / brightest);
    let lit = colour.map(|channel| channel * factor);
    let reached = luminance(lit);
    if wanted - reached <= f32::EPSILON || reached >= 1.0 {
        return lit;
    }
    let white = (wanted - reached) / (1.0 - reached);
    lit.map(|channel| channel + (1.0 - channel) * white)
}

fn channel(linear: f32) -> u8 {
    channel_of(if linear <= 0.003_130_8 {
        linear * 12.92
    } else {
        1.055 * linear.powf(1.0 / 2.4) - 0.055
    })
}

/// A part of one as one of 256 steps.
fn channel_of(part: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what a byte holds"
    )]
    let step = (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    step
}

/// What is inside `rgb(…)`, `rgba(…)`, `hsl(…)` or `hsla(…)`, in the old and the new spelling.
pub(super) fn function(name: &str, input: &mut Parser) -> Result<Colour, ParseError> {
    let mut numbers: Vec<(f32, bool)> = Vec::with_capacity(4);
    while let Ok(token) = input.next().cloned() {
        match token {
            Token::Number { value, .. } => numbers.push((value, false)),
            Token::Percentage { unit_value, .. } => numbers.push((unit_value, true)),
            Token::Dimension { value, unit, .. } if unit.eq_ignore_ascii_case("deg") => {
                numbers.push((value, false));
            }
            Token::Comma | Token::Delim('/') => {}
            _ => return refused(),
        }
    }
    let [first, second, third, ..] = *numbers.as_slice() else {
        return refused();
    };
    let alpha = numbers.get(3).map_or(1.0, |(value, _)| value.clamp(0.0, 1.0));
    let (red, green, blue) = match name.to_ascii_lowercase().as_str() {
        "rgb" | "rgba" => {
            let byte =
                |(value, percent): (f32, bool)| channel_of(if percent { value } else { value / 255.0 });
            (byte(first), byte(second), byte(third))
        }
        "hsl" | "hsla" => hsl(first.0, part(second), part(third)),
        _ => return refused(),
    };
    Ok(Colour {
        red,
        green,
        blue,
        alpha,
    })
}

fn part((value, percent): (f32, bool)) -> f32 {
    if percent { value } else { value / 100.0 }.clamp(0.0, 1.0)
}

/// CSS Color 4, section 7.1.
fn hsl(hue: f32, saturation: f32, lightness: f32) -> (u8, u8, u8) {
    let reach = saturation * lightness.min(1.0 - lightness);
    let at = |offset: f32| {
        let turn = (offset + hue.rem_euclid(360.0) / 30.0) % 12.0;
        channel_of(lightness - reach * (turn - 3.0).min(9.0 - turn).clamp(-1.0, 1.0))
    };
    (at(0.0), at(8.0), at(4.0))
}

#[cfg(test)]
mod tests;
