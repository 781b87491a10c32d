//! Media queries of today, written so that web views of yesterday read them too (Media Queries Level 4, section 2.4.3).

use cssparser::{Parser, Token};

use super::writer::Writer;
use super::{ParseError, refused};

/// How wide the window may be, written with signs: `(width <= 600px)`, `(400px < width <= 600px)`.
#[derive(Default)]
pub(super) struct Range<'i> {
    least: Option<Token<'i>>,
    most: Option<Token<'i>>,
}

impl<'i> Range<'i> {
    pub(super) fn read(input: &mut Parser<'i>) -> Result<Self, ParseError> {
        range(input)
    }

    /// In the words that every web view knows.
    pub(super) fn write(&self, writer: &mut Writer) -> Result<(), ParseError> {
        let ends = [("min-width", &self.least), ("max-width", &self.most)];
        let ends = ends
            .into_iter()
            .filter_map(|(name, end)| Some((name, end.as_ref()?)));
        let is_double = self.least.is_some() && self.most.is_some();
        if is_double {
            writer.token(&Token::ParenthesisBlock)?;
        }
        for (number, (name, end)) in ends.enumerate() {
            if number > 0 {
                for token in [
                    Token::WhiteSpace(" "),
                    Token::Ident("and".into()),
                    Token::WhiteSpace(" "),
                ] {
                    writer.token(&token)?;
                }
            }
            for token in [
                &Token::ParenthesisBlock,
                &Token::Ident(name.into()),
                &Token::Colon,
                &Token::WhiteSpace(" "),
                end,
            ] {
                writer.token(token)?;
            }
            writer.close(')');
        }
        if is_double {
            writer.close(')');
        }
        Ok(())
    }
}

fn range<'i>(input: &mut Parser<'i>) -> Result<Range<'i>, ParseError> {
    let mut range = Range::default();
    let before = input.try_parse(length).ok();
    if let Some(before) = before {
        match sign(input)? {
            ('<', step) => range.least = Some(moved(before, step)),
            (_, step) => range.most = Some(moved(before, -step)),
        }
    }
    input.expect_ident_matching("width")?;
    if !input.is_exhausted() {
        let (sign, step) = sign(input)?;
        let after = length(input)?;
        let (end, step) = match sign {
            '<' => (&mut range.most, -step),
            _ => (&mut range.least, step),
        };
        if end.replace(moved(after, step)).is_some() {
            return refused();
        }
    }
    input.expect_exhausted()?;
    match (&range.least, &range.most) {
        (None, None) => refused(),
        _ => Ok(range),
    }
}

fn length<'i>(input: &mut Parser<'i>) -> Result<Token<'i>, ParseError> {
    match input.next()?.clone() {
        length @ Token::Dimension { .. } => Ok(length),
        _ => refused(),
    }
}

/// `<` or `>`, and how far from its end a range without that end begins.
fn sign(input: &mut Parser) -> Result<(char, f32), ParseError> {
    let sign = match input.next()?.clone() {
        Token::Delim(sign @ ('<' | '>')) => sign,
        _ => return refused(),
    };
    let with_end = input.try_parse(|input| input.expect_delim('=')).is_ok();
    Ok((sign, if with_end { 0.0 } else { 0.02 }))
}

fn moved(length: Token<'_>, step: f32) -> Token<'_> {
    match length {
        Token::Dimension {
            has_sign,
            value,
            unit,
            ..
        } if step != 0.0 => Token::Dimension {
            has_sign,
            value: value + step,
            int_value: None,
            unit,
        },
        same => same,
    }
}
