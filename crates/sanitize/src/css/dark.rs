//! Colours for dark paper. A letter's colours were chosen for white paper; here each keeps its hue and takes the place on
//! the way from ink to paper that it had on white: white becomes the app's dark paper, black its light ink.
//!
//! The way is measured as contrast is (WCAG 2.2, relative luminance), so a text that stood out stands out again, and a
//! brand's colour is still the brand's. Not here: which letters are changed so.

use cssparser::{Parser, Token};

use super::{ParseError, refused};

/// Relative luminance, plus WCAG's 0.05, of `--paper` and `--ink` in `frame/dark.css`.
const PAPER: f32 = 0.0637;
const INK: f32 = 0.857;
/// A paper of less than this is dark by its sender's wish.
const DARK_BY_DESIGN: f32 = 0.18;

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

    /// The colour that does on dark paper what this one does on white.
    pub(crate) fn on_dark(self) -> Self {
        let (white, black) = (1.05_f32.ln(), 0.05_f32.ln());
        let place = ((self.luminance() + 0.05).ln() - black) / (white - black);
        let wanted = (INK.ln() + place * (PAPER.ln() - INK.ln())).exp() - 0.05;
        let [red, green, blue] = with_luminance(self.linear(), wanted.clamp(0.0, 1.0)).map(channel);
        Self {
            red,
            green,
            blue,
            alpha: self.alpha,
        }
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
mod tests {
    use super::*;

    fn colour(digits: &str) -> Colour {
        Colour::digits(digits).expect("digits")
    }

    fn contrast(one: Colour, other: Colour) -> f32 {
        let (one, other) = (one.luminance() + 0.05, other.luminance() + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn white_becomes_the_apps_paper_and_black_its_ink() {
        let near = |one: Colour, other: Colour| (one.luminance() - other.luminance()).abs() < 0.01;
        assert!(near(colour("ffffff").on_dark(), colour("211f1d")), "paper");
        assert!(near(colour("000000").on_dark(), colour("ece8e2")), "ink");
    }

    #[test]
    fn whatever_stood_out_stands_out_again() {
        let steps = ["00", "33", "66", "99", "cc", "ff"];
        let all: Vec<Colour> = steps
            .iter()
            .flat_map(|r| steps.iter().map(move |g| (r, g)))
            .flat_map(|(r, g)| steps.iter().map(move |b| colour(&format!("{r}{g}{b}"))))
            .collect();
        for &text in &all {
            for &paper in &all {
                let before = contrast(text, paper);
                let after = contrast(text.on_dark(), paper.on_dark());
                assert!(
                    after >= before.powf(0.84) - 0.02,
                    "{text:?} on {paper:?} had {before} and has {after}"
                );
            }
        }
    }

    #[test]
    fn a_brand_keeps_its_hue() {
        for (digits, greatest) in [("c8102e", 0), ("0f6b66", 1), ("1a3c8b", 2)] {
            let dark = colour(digits).on_dark();
            let channels = [dark.red, dark.green, dark.blue];
            let most = channels.iter().max().copied();
            assert_eq!(channels.get(greatest).copied(), most, "{digits} became {dark:?}");
        }
    }

    #[test]
    fn a_dark_paper_is_known_however_it_is_written() {
        for paper in ["#000", "black", "0a1f44", "#1b1a18"] {
            assert!(
                Colour::attribute(paper).is_some_and(Colour::is_dark_paper),
                "{paper}"
            );
        }
        for paper in ["#fff", "white", "f4f4f4", "#0f6b66cc"] {
            assert!(
                !Colour::attribute(paper).is_some_and(|colour| colour.is_dark_paper() && colour.alpha >= 1.0),
                "{paper}"
            );
        }
        assert_eq!(Colour::attribute("expression(1)"), None);
    }
}
