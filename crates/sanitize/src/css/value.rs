//! The value of one declaration: known functions, units and characters, and nothing else.

use cssparser::{Parser, Token};

use super::dark::{self, Colour};
use super::property::Kind;
use super::writer::Writer;
use super::{Found, ParseError, Sight, refusal, refused};

/// Values beyond these are mistakes or mischief: a letter a million pixels high, a grid of a million rows, a blur that a
/// web view draws for minutes.
const LONGEST: f32 = 20_000.0;
/// As a part of something else: ten thousand in a hundred.
const LARGEST_PART: f32 = 100.0;
const LARGEST: f32 = 20_000.0;
const HIGHEST_LAYER: f32 = 2_147_483_647.0;
const MOST_TRACKS: f32 = 200.0;
const WIDEST_SHADOW: f32 = 200.0;
const WIDEST_LETTER_SHADOW: f32 = 30.0;
/// A letter that fills a window.
const LARGEST_LETTER: f32 = 1_000.0;
/// Octets of one ornament, and how many pieces one is made of.
const LONGEST_ORNAMENT: usize = 64;
const MOST_ORNAMENTS: usize = 8;
/// Octets between two numbers, which are written as often as elements stand within each other.
const LONGEST_BETWEEN: usize = 2;
/// Shadows or backgrounds on one element.
const MOST_LAYERS: usize = 12;

/// Reads a value to its end and writes it anew. What was written of one that is refused is to be cut off.
pub(super) fn value(
    kind: Kind,
    input: &mut Parser,
    sight: Sight<'_>,
    to: &mut String,
) -> Result<(), ParseError> {
    let from = to.len();
    let mut writer = Writer::new(to);
    if kind == Kind::Position {
        position(input, &mut writer)?;
    } else {
        tokens(kind, input, &mut writer, sight)?;
    }
    let says_nothing = writer.is_empty();
    let is_deep = kind == Kind::Flat && !is_flat(to.get(from..).unwrap_or_default());
    if says_nothing || is_deep {
        refused()
    } else {
        Ok(())
    }
}

/// Whether a clean value moves or turns in the two directions of the paper: a third number is depth, and a word names an axis.
fn is_flat(value: &str) -> bool {
    let value = value.strip_suffix(" !important").unwrap_or(value);
    value.split(' ').filter(|part| !part.is_empty()).count() <= 2
        && !value.split(' ').any(|part| is_any_of(part, &["x", "y", "z"]))
}

/// Notes each URL in a value that does not stay.
pub(super) fn note_urls(input: &mut Parser, found: &Found) {
    while let Ok(token) = input.next().cloned() {
        found.step(1);
        match &token {
            Token::UnquotedUrl(url) => found.url(url),
            Token::QuotedString(text) => found.url(text),
            Token::Function(_)
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::CurlyBracketBlock => {
                let _: Result<(), ParseError> = input.parse_nested_block(|inside| {
                    note_urls(inside, found);
                    Ok(())
                });
            }
            _ => {}
        }
    }
}

/// How large a number and a length of a kind may be.
fn limits(kind: Kind) -> (f32, f32) {
    match kind {
        Kind::Order => (HIGHEST_LAYER, LONGEST),
        Kind::Tracks => (MOST_TRACKS, LONGEST),
        Kind::Shadow => (LARGEST, WIDEST_SHADOW),
        Kind::LetterShadow => (LARGEST, WIDEST_LETTER_SHADOW),
        Kind::Text => (LARGEST, LARGEST_LETTER),
        _ => (LARGEST, LONGEST),
    }
}

fn tokens(kind: Kind, input: &mut Parser, writer: &mut Writer, sight: Sight<'_>) -> Result<(), ParseError> {
    let found = sight.found;
    let (largest, longest) = limits(kind);
    let (mut layers, mut ornaments, mut counts) = (1, 0, false);
    while let Ok(token) = input.next_including_whitespace().cloned() {
        found.step(1);
        match &token {
            Token::WhiteSpace(_) => writer.token(&token)?,
            Token::Comma => {
                layers += 1;
                if layers > MOST_LAYERS && matches!(kind, Kind::Shadow | Kind::LetterShadow | Kind::Picture) {
                    return refused();
                }
                writer.token(&token)?;
            }
            // Places that are looked for from the beginning, once for each element.
            Token::Ident(word) if kind == Kind::Tracks && is_any_of(word, &["dense"]) => {}
            // Each within another is laid out anew for every one around it: forty take an hour.
            Token::Ident(word) if kind == Kind::Tracks && is_any_of(word, &["subgrid"]) => return refused(),
            Token::Ident(word) if kind == Kind::Container && is_any_of(word, &["size", "scroll-state"]) => {
                return refused();
            }
            // A background that stands still in the window does not belong to the letter; the rest of it may stay.
            Token::Ident(word) if kind == Kind::Picture && is_any_of(word, &["fixed"]) => {}
            Token::Ident(word) if kind == Kind::Text && is_word(word) => {
                found.spent.font(word).ok_or_else(refusal)?;
                writer.token(&token)?;
            }
            Token::Ident(word) if is_word(word) => match colour(kind, found, || Colour::named(word)) {
                Some(colour) => darkened(colour, sight, writer)?,
                None => writer.token(&token)?,
            },
            Token::Number { value, .. } if value.abs() <= largest => writer.token(&token)?,
            Token::Percentage { unit_value, .. } if unit_value.abs() <= LARGEST_PART => {
                writer.token(&token)?;
            }
            Token::Dimension { value, unit, .. } if value.abs() <= longest && is_unit(unit) => {
                writer.token(&token)?;
            }
            Token::Hash(digits) | Token::IDHash(digits) if is_colour(digits) => {
                match colour(kind, found, || Colour::digits(digits)) {
                    Some(colour) => darkened(colour, sight, writer)?,
                    None => writer.token(&token)?,
                }
            }
            Token::Delim('/' | '+' | '-' | '*') => writer.token(&token)?,
            Token::Delim('!') => return important(input, writer),
            Token::QuotedString(text) if kind == Kind::Text && is_text(text) => {
                found.spent.font(text).ok_or_else(refusal)?;
                writer.token(&token)?;
            }
            Token::QuotedString(text) if kind == Kind::Ornament && is_ornament(text) => {
                ornaments += 1;
                if ornaments > MOST_ORNAMENTS {
                    return refused();
                }
                writer.token(&token)?
            }
            Token::Dimension {
                value,
                unit,
                has_sign,
                ..
            } if kind == Kind::Most && *value > 0.0 && is_unit(unit) => writer.token(&Token::Dimension {
                has_sign: *has_sign,
                value: longest,
                int_value: Some(20_000),
                unit: unit.clone(),
            })?,
            Token::ParenthesisBlock => nested(kind, &token, input, writer, sight)?,
            Token::Function(name) if is_function(name) => {
                let colour = changes(kind, found).then(|| {
                    input
                        .try_parse(|input| input.parse_nested_block(|inside| dark::function(name, inside)))
                        .ok()
                });
                match colour.flatten() {
                    Some(colour) => darkened(colour, sight, writer)?,
                    None => nested(kind, &token, input, writer, sight)?,
                }
            }
            // More of them could write an address.
            Token::Function(name)
                if kind == Kind::Ornament && !counts && is_any_of(name, &["counter", "counters"]) =>
            {
                counts = true;
                writer.token(&token)?;
                input.parse_nested_block(|inside| number(inside, writer))?;
                writer.close(')');
            }
            Token::Function(name) => {
                let url = input
                    .parse_nested_block(|inside| Ok::<_, ParseError>(url_in(kind, name, inside, found)))?;
                picture(kind, url.as_deref(), writer, sight)?;
            }
            Token::UnquotedUrl(url) if kind == Kind::Picture => picture(kind, Some(url), writer, sight)?,
            Token::UnquotedUrl(url) => {
                found.url(url);
                return refused();
            }
            _ => return refused(),
        }
    }
    Ok(())
}

/// Whether colours are changed here. Names of fonts are not colours, whatever they are.
fn changes(kind: Kind, found: &Found) -> bool {
    found.darkens() && !matches!(kind, Kind::Text | Kind::Ornament)
}

/// A colour, where colours are changed; where they are not nobody need know which it is.
fn colour(kind: Kind, found: &Found, read: impl FnOnce() -> Option<Colour>) -> Option<Colour> {
    changes(kind, found).then(read).flatten()
}

fn darkened(colour: Colour, sight: Sight<'_>, writer: &mut Writer) -> Result<(), ParseError> {
    writer.token(&Token::Hash(colour.on_dark(sight.role()).to_digits().into()))
}

fn nested(
    kind: Kind,
    opening: &Token,
    input: &mut Parser,
    writer: &mut Writer,
    sight: Sight<'_>,
) -> Result<(), ParseError> {
    writer.token(opening)?;
    // Inside a known function a picture is never replaced: `linear-gradient(url(…))` is nonsense and goes whole.
    let inner = if kind == Kind::Picture { Kind::Plain } else { kind };
    input.parse_nested_block(|inside| tokens(inner, inside, writer, sight))?;
    writer.close(')');
    Ok(())
}

/// The address in a function that names a picture: `url()`, and the first of those in `image-set()`, for any screen will do.
/// Addresses in any other function are noted, and it names none.
fn url_in(kind: Kind, name: &str, input: &mut Parser, found: &Found) -> Option<String> {
    if kind != Kind::Picture || !is_any_of(name, &["url", "image-set", "-webkit-image-set"]) {
        note_urls(input, found);
        return None;
    }
    let url = input.try_parse(|input| match input.next()?.clone() {
        Token::QuotedString(url) | Token::UnquotedUrl(url) => Ok(url.as_ref().to_owned()),
        Token::Function(inner) if inner.eq_ignore_ascii_case("url") => input
            .parse_nested_block(|inside| Ok::<_, ParseError>(inside.expect_string()?.as_ref().to_owned())),
        _ => refused(),
    });
    while input.next().is_ok() {
        found.step(1);
    }
    url.ok()
}

/// A picture stands at our own address or gives way to `none`, which is right wherever a picture may stand.
fn picture(kind: Kind, url: Option<&str>, writer: &mut Writer, sight: Sight<'_>) -> Result<(), ParseError> {
    if kind != Kind::Picture {
        return refused();
    }
    let Some(address) = url.and_then(|url| sight.picture(url)) else {
        return writer.token(&Token::Ident("none".into()));
    };
    writer.token(&Token::Function("url".into()))?;
    writer.token(&Token::QuotedString(address.as_str().into()))?;
    writer.close(')');
    Ok(())
}

fn important(input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
    input.expect_ident_matching("important")?;
    input.expect_exhausted()?;
    writer.token(&Token::WhiteSpace(" "))?;
    writer.token(&Token::Delim('!'))?;
    writer.token(&Token::Ident("important".into()))
}

fn position(input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
    let word = input.expect_ident_cloned()?;
    let word = word.to_ascii_lowercase();
    if !matches!(
        word.as_str(),
        "static" | "relative" | "absolute" | "inherit" | "initial"
    ) {
        return refused();
    }
    writer.token(&Token::Ident(word.as_str().into()))?;
    if input.is_exhausted() {
        return Ok(());
    }
    input.expect_delim('!')?;
    important(input, writer)
}

/// What is inside `counter(…)` and `counters(…)`. They count in digits alone: in letters they could spell a host.
fn number(input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
    let name = input.expect_ident_cloned()?;
    writer.token(&Token::Ident(name))?;
    while !input.is_exhausted() {
        input.expect_comma()?;
        writer.token(&Token::Comma)?;
        match input.next()?.clone() {
            Token::QuotedString(text) if text.len() <= LONGEST_BETWEEN && is_ornament(&text) => {
                writer.token(&Token::QuotedString(text))?;
            }
            Token::Ident(style) if is_any_of(&style, &["decimal", "decimal-leading-zero"]) => {
                writer.token(&Token::Ident(style))?;
            }
            _ => return refused(),
        }
    }
    Ok(())
}

fn is_any_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|one| one.eq_ignore_ascii_case(word))
}

fn is_word(word: &str) -> bool {
    word.chars()
        .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'))
}

fn is_text(text: &str) -> bool {
    !text
        .chars()
        .any(|character| character.is_control() || matches!(character, '<' | '\\' | '{' | '}' | ';'))
}

/// Letters and digits could spell a host over a link that leads to another; and what is long is written once for each element.
fn is_ornament(text: &str) -> bool {
    text.len() <= LONGEST_ORNAMENT && is_text(text) && !text.chars().any(char::is_alphanumeric)
}

fn is_colour(digits: &str) -> bool {
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Heights of the window (`vh` and its kin) are left out: the frame is as high as its letter, so a letter as high
/// as the frame would grow without end.
fn is_unit(unit: &str) -> bool {
    const UNITS: [&str; 20] = [
        "px", "em", "rem", "ex", "ch", "pt", "pc", "in", "cm", "mm", "q", "vw", "lh", "rlh", "fr", "deg",
        "rad", "grad", "turn", "dpi",
    ];
    UNITS.iter().any(|known| known.eq_ignore_ascii_case(unit))
}

/// Functions that only compute. None of them takes a URL, or reads an attribute or a variable; and none has depth (`translateZ()` and its
/// kin), for a web view keeps a picture of its own of each element that stands in depth, and a thousand of them fill the memory.
fn is_function(name: &str) -> bool {
    const FUNCTIONS: [&str; 37] = [
        "rgb",
        "rgba",
        "hsl",
        "hsla",
        "hwb",
        "lab",
        "lch",
        "oklab",
        "oklch",
        "color",
        "color-mix",
        "calc",
        "min",
        "max",
        "clamp",
        "linear-gradient",
        "radial-gradient",
        "conic-gradient",
        "repeating-linear-gradient",
        "repeating-radial-gradient",
        "repeating-conic-gradient",
        "translate",
        "translatex",
        "translatey",
        "scale",
        "scalex",
        "scaley",
        "rotate",
        "rotatez",
        "skew",
        "skewx",
        "skewy",
        "matrix",
        "repeat",
        "minmax",
        "fit-content",
        "rect",
    ];
    FUNCTIONS.iter().any(|known| known.eq_ignore_ascii_case(name))
}
