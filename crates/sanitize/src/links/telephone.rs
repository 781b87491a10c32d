//! Telephone numbers of links (`tel:`, RFC 3966), as they would be dialled. A code for the telephone itself, as one that leads all calls
//! elsewhere, is written like a number: it is told apart here, and whoever opens it is asked.

use url::Url;

use crate::image::percent_decoded;

/// Signs that are dialled. A number has 15 at the most (E.164); behind it a few may follow to those who answer.
const LONGEST: usize = 40;
/// Fewer digits in a text are no number.
const FEWEST: usize = 5;

/// A number that a link would dial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number(String);

impl Number {
    /// What would be dialled, without what only parts its digits for the eye. `None`: nobody could dial that.
    pub(crate) fn of(url: &Url) -> Option<Self> {
        let (_, number) = url.as_str().split_once(':').filter(|_| url.scheme() == "tel")?;
        let number = percent_decoded(number)?;
        // What is said beside the number is not dialled, but for an extension.
        let (number, beside) = number.split_once(';').unwrap_or((&number, ""));
        let mut dialled = String::new();
        for sign in number.trim().chars() {
            match sign {
                '0'..='9' | '*' | '#' | ',' => dialled.push(sign),
                '+' if dialled.is_empty() => dialled.push(sign),
                '-' | '.' | '(' | ')' | '/' | ' ' | '\u{a0}' => {}
                _ => return None,
            }
        }
        let mut extension = beside.split(';').filter_map(|said| said.strip_prefix("ext="));
        if let Some(extension) = extension.next() {
            let is_number = extension.bytes().all(|byte| byte.is_ascii_digit());
            dialled.push(',');
            dialled.push_str(Some(extension).filter(|_| is_number)?);
        }
        let is_number = dialled.bytes().any(|byte| byte.is_ascii_digit()) && dialled.len() <= LONGEST;
        is_number.then_some(Self(dialled))
    }

    pub(crate) fn shown(&self) -> &str {
        &self.0
    }

    /// The link that dials it and nothing else.
    pub(crate) fn address(&self) -> String {
        format!("tel:{}", self.0.replace('#', "%23"))
    }

    /// It tells the telephone what to do.
    pub(crate) fn is_code(&self) -> bool {
        self.0.contains(['*', '#'])
    }

    /// A number in the text above the link that is another one.
    pub(super) fn other_in(&self, text: &str) -> Option<String> {
        let is_part = |sign: char| {
            sign.is_ascii_digit() || matches!(sign, '+' | '-' | '.' | '(' | ')' | '/' | ' ' | '\u{a0}')
        };
        let own = digits(self.0.split(',').next().unwrap_or_default());
        text.split(|sign: char| !is_part(sign))
            .filter(|said| digits(said).len() >= FEWEST)
            .find(|said| !is_same(&digits(&said.replace("(0)", "")), &own))
            .map(|said| said.trim().chars().take(LONGEST).collect())
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether one number is the other with more of where it is before it. A nought before a number is dialled within a country alone.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
    one.ends_with(other) || other.ends_with(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(href: &str) -> Option<String> {
        let number = Number::of(&Url::parse(href).ok()?)?;
        Some(number.shown().to_owned())
    }

    #[test]
    fn a_number_is_what_would_be_dialled() {
        for (href, dialled) in [
            ("tel:+49-30-123 456", Some("+4930123456")),
            ("TEL:(030)%20123.456/7", Some("0301234567")),
            ("tel:112", Some("112")),
            ("tel:030123;ext=12;phone-context=+49", Some("030123,12")),
            ("tel:0800123,,1#", Some("0800123,,1#")),
            ("tel:*21*0900123456%23", Some("*21*0900123456#")),
            ("tel:*21*0900123456#", Some("*21*0900123456#")),
            ("tel:", None),
            ("tel:+", None),
            ("tel:12+34", None),
            ("tel:0800-FLOWERS", None),
            ("tel:112%0a113", None),
            ("tel:\u{202e}211", None),
            ("tel://112/x", None),
            ("tel:1;ext=<b>", None),
            ("mailto:112", None),
        ] {
            assert_eq!(number(href).as_deref(), dialled, "{href}");
        }
        assert_eq!(
            number(&format!("tel:{}", "1".repeat(40))).map(|all| all.len()),
            Some(40)
        );
        assert_eq!(
            number(&format!("tel:{}", "1".repeat(41))),
            None,
            "nobody dials that"
        );
    }

    #[test]
    fn a_code_is_no_number_and_a_text_may_name_another() {
        let of = |href: &str| Number::of(&Url::parse(href).unwrap()).unwrap();
        assert!(of("tel:**61*0900123456#").is_code() && of("tel:*%2306%23").is_code());
        assert!(!of("tel:+4930123456").is_code());
        assert_eq!(
            of("tel:*21*1#").address(),
            "tel:*21*1%23",
            "all of it is the number"
        );
        let own = of("tel:+49 30 1234567");
        for text in ["Call us", "030 / 1234567", "+49 (0)30 123-4567, room 12", "24/7"] {
            assert_eq!(own.other_in(text), None, "{text}");
        }
        assert_eq!(
            own.other_in("Call 030 7654321 now").as_deref(),
            Some("030 7654321")
        );
        assert_eq!(
            of("tel:0900-1234567").other_in("+49 30 1234567").as_deref(),
            Some("+49 30 1234567"),
            "where it is counts too"
        );
    }
}
