//! What rules may be under: conditions of `@media`, `@supports` and `@container`. Which paper a letter stands on is known when it is
//! read, so that is decided here, and no web view asked. Not here: the rules.

use cssparser::{Parser, Token};

use super::range::Range;
use super::writer::Writer;
use super::{ParseError, refused};

/// What became of a condition.
pub(super) enum Query {
    /// It was written. `asks`: for more than how wide something is.
    Holds { asks: bool },
    /// It is for dark paper where this is light, or the other way round.
    ForOtherPaper { dark: bool },
}

/// What a web view must know for rules to hold. It asks for nothing but that.
pub(super) fn supports(input: &mut Parser, writer: &mut Writer) -> Result<Query, ParseError> {
    while let Ok(token) = input.next_including_whitespace().cloned() {
        match &token {
            // What no element of a letter may be is not asked for either.
            Token::Ident(word) if super::property::is_barred(word) => return refused(),
            Token::WhiteSpace(_)
            | Token::Ident(_)
            | Token::Number { .. }
            | Token::Percentage { .. }
            | Token::Dimension { .. }
            | Token::Colon => writer.token(&token)?,
            Token::ParenthesisBlock => {
                writer.token(&token)?;
                input.parse_nested_block(|inside| supports(inside, writer).map(|_| ()))?;
                writer.close(')');
            }
            _ => return refused(),
        }
    }
    Ok(Query::Holds { asks: false })
}

/// Conditions of containers are those of media, but that they are about the width of a box of the letter. Beside a text, that tells
/// which fonts its reader has.
pub(super) fn container(input: &mut Parser, writer: &mut Writer) -> Result<Query, ParseError> {
    Media::default().read(input, writer)?;
    Ok(Query::Holds { asks: true })
}

/// A media query of words, numbers and brackets, on dark paper or on light.
pub(super) fn media(input: &mut Parser, writer: &mut Writer, on_dark: bool) -> Result<Query, ParseError> {
    let mut media = Media {
        knows_paper: true,
        ..Media::default()
    };
    media.read(input, writer)?;
    match media.paper {
        // Where there are several, each may hold by itself.
        Some(_) if media.is_list => refused(),
        Some(dark) if dark != on_dark => Ok(Query::ForOtherPaper { dark }),
        // A picture that is asked for on one paper alone would tell its sender on which its reader reads.
        Some(_) => Ok(Query::Holds { asks: true }),
        None => Ok(Query::Holds { asks: media.asks }),
    }
}

#[derive(Default)]
struct Media {
    /// Whether it may ask for the paper.
    knows_paper: bool,
    asks: bool,
    /// The paper it is for; true: a dark one.
    paper: Option<bool>,
    /// It holds also where one of its conditions does not.
    is_list: bool,
}

impl Media {
    fn read(&mut self, input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
        while let Ok(token) = input.next_including_whitespace().cloned() {
            match &token {
                Token::Ident(word) if follows_frame(word) => return refused(),
                Token::Ident(word) => {
                    self.is_list |= word.eq_ignore_ascii_case("not") || word.eq_ignore_ascii_case("or");
                    self.asks |= !is_of_width(word);
                    writer.token(&token)?;
                }
                Token::Comma => {
                    self.is_list = true;
                    writer.token(&token)?;
                }
                Token::WhiteSpace(_)
                | Token::Number { .. }
                | Token::Dimension { .. }
                | Token::Colon
                | Token::Delim('/') => writer.token(&token)?,
                Token::ParenthesisBlock => self.brackets(input, writer)?,
                _ => return refused(),
            }
        }
        Ok(())
    }

    fn brackets(&mut self, input: &mut Parser, writer: &mut Writer) -> Result<(), ParseError> {
        if self.knows_paper
            && let Ok(dark) = input.try_parse(|input| input.parse_nested_block(paper))
        {
            self.is_list |= self.paper.is_some_and(|before| before != dark);
            self.paper = Some(dark);
            return always(writer);
        }
        if let Ok(range) = input.try_parse(|input| input.parse_nested_block(Range::read)) {
            return range.write(writer);
        }
        writer.token(&Token::ParenthesisBlock)?;
        input.parse_nested_block(|inside| self.read(inside, writer))?;
        writer.close(')');
        Ok(())
    }
}

/// `prefers-color-scheme: dark`, or light (Media Queries Level 5, section 12.5).
fn paper(input: &mut Parser) -> Result<bool, ParseError> {
    input.expect_ident_matching("prefers-color-scheme")?;
    input.expect_colon()?;
    let word = input.expect_ident_cloned()?;
    input.expect_exhausted()?;
    match word.to_ascii_lowercase().as_str() {
        "dark" => Ok(true),
        "light" => Ok(false),
        _ => refused(),
    }
}

/// A condition that holds everywhere, in place of one that was found to hold.
fn always(writer: &mut Writer) -> Result<(), ParseError> {
    writer.token(&Token::ParenthesisBlock)?;
    for token in [
        Token::Ident("min-width".into()),
        Token::Colon,
        Token::WhiteSpace(" "),
        Token::Number {
            has_sign: false,
            value: 0.0,
            int_value: Some(0),
        },
    ] {
        writer.token(&token)?;
    }
    writer.close(')');
    Ok(())
}

/// What no letter may ask. The look of the system, which is not the app's, in any form but the one that is decided above. The height
/// of the window, in any form: the frame is as high as its letter, so a letter that is high in a low frame and low in a high one
/// would never come to rest.
fn follows_frame(word: &str) -> bool {
    const FEATURES: [&str; 11] = [
        "prefers-color-scheme",
        "block-size",
        "min-block-size",
        "max-block-size",
        "height",
        "min-height",
        "max-height",
        "aspect-ratio",
        "min-aspect-ratio",
        "max-aspect-ratio",
        "orientation",
    ];
    FEATURES.iter().any(|feature| feature.eq_ignore_ascii_case(word))
}

/// Words of queries that ask for nothing but how wide the window is, on a screen.
fn is_of_width(word: &str) -> bool {
    [
        "all",
        "screen",
        "only",
        "and",
        "or",
        "width",
        "min-width",
        "max-width",
    ]
    .iter()
    .any(|known| known.eq_ignore_ascii_case(word))
}
