//! Character references (`&amp;`, `&#38;`, `&notit`), and the signs that a tokenizer changes as it reads: line ends and NULs
//! (WHATWG HTML, sections 13.2.3.5 and 13.2.5.72 to 80). Not here: where a tag begins and ends.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr3;

/// Where a text stands: that decides what a tokenizer makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between tags, where NULs are left out.
    Between,
    /// In an element whose content is text with references.
    Rcdata,
    /// In an element whose content is text as it stands.
    Raw,
    /// In the value of an attribute, where some references are none: `?a=1&copy=2`.
    Attribute,
    /// In a name.
    Name,
}

/// Names of references that need no semicolon are at most so long.
const LONGEST_WITHOUT_END: usize = 8;

/// A text as a tokenizer hands it on; the very one where nothing in it is to be changed, as nearly always. The octets that
/// were looked at for it, and those of each name that was looked up, are counted in `steps`.
pub(crate) fn read<'t>(text: &'t str, place: Place, steps: &mut usize) -> Cow<'t, str> {
    *steps += text.len();
    if memchr3(b'&', b'\r', 0, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let has_references = !matches!(place, Place::Raw | Place::Name);
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| matches!(byte, b'\r' | 0) || byte == b'&' && has_references)
    {
        *steps += at + 1;
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        whole.push_str(plain);
        rest = match from.as_bytes().first() {
            Some(b'\r') => {
                whole.push('\n');
                let after = from.get(1..).unwrap_or_default();
                after.strip_prefix('\n').unwrap_or(after)
            }
            Some(b'&') => reference(from, place, &mut whole, steps),
            _ => {
                if place != Place::Between {
                    whole.push('\u{fffd}');
                }
                from.get(1..).unwrap_or_default()
            }
        };
    }
    *steps += rest.len();
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// Writes what a text that begins with `&` begins with, and gives what is behind it.
fn reference<'t>(text: &'t str, place: Place, to: &mut String, steps: &mut usize) -> &'t str {
    let after = text.get(1..).unwrap_or_default();
    let found = match after.strip_prefix('#') {
        Some(number) => numeric(number, steps),
        None => named(after, place, steps),
    };
    match found {
        Some((signs, rest)) => {
            to.extend(signs.into_iter().filter(|&sign| sign != '\0'));
            rest
        }
        None => {
            to.push('&');
            after
        }
    }
}

fn numeric<'t>(text: &'t str, steps: &mut usize) -> Option<([char; 2], &'t str)> {
    let (digits, base) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let end = digits
        .find(|one: char| !one.is_digit(base))
        .unwrap_or(digits.len());
    *steps += end;
    let (digits, rest) = digits.split_at_checked(end)?;
    if digits.is_empty() {
        return None;
    }
    // What does not fit is no sign at all.
    let number = digits
        .chars()
        .filter_map(|digit| digit.to_digit(base))
        .fold(0_u32, |number, digit| {
            number.saturating_mul(base).saturating_add(digit)
        });
    let replaced = number
        .checked_sub(0x80)
        .and_then(|at| C1_REPLACEMENTS.get(usize::try_from(at).ok()?).copied().flatten());
    let sign = match (number, replaced) {
        (0, _) => '\u{fffd}',
        (_, Some(sign)) => sign,
        (number, None) => char::from_u32(number).unwrap_or('\u{fffd}'),
    };
    Some(([sign, '\0'], rest.strip_prefix(';').unwrap_or(rest)))
}

fn named<'t>(text: &'t str, place: Place, steps: &mut usize) -> Option<([char; 2], &'t str)> {
    let end = text
        .find(|one: char| !one.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    *steps += end;
    let mut signs = |name: &str| {
        *steps += name.len();
        signs(name)
    };
    let name = text.get(..end)?;
    if name.is_empty() {
        return None;
    }
    // With its semicolon it is the longest that can be found.
    if text.as_bytes().get(end) == Some(&b';')
        && let Some(signs) = text.get(..=end).and_then(&mut signs)
    {
        return Some((signs, text.get(end + 1..)?));
    }
    let lengths = (1..=name.len().min(LONGEST_WITHOUT_END)).rev();
    let (length, signs) = lengths
        .into_iter()
        .find_map(|length| Some((length, signs(name.get(..length)?)?)))?;
    let rest = text.get(length..)?;
    let goes_on = rest.starts_with(|one: char| one == '=' || one.is_ascii_alphanumeric());
    // A parameter of an address that was never meant as one.
    (place != Place::Attribute || !goes_on).then_some((signs, rest))
}

fn signs(name: &str) -> Option<[char; 2]> {
    let known = match name {
        "amp;" => ['&', '\0'],
        "nbsp;" => ['\u{a0}', '\0'],
        "lt;" => ['<', '\0'],
        "gt;" => ['>', '\0'],
        "quot;" => ['"', '\0'],
        name => {
            // Beginnings of names stand in the table too, with nothing behind them.
            let &(first, second) = NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0)?;
            [char::from_u32(first)?, char::from_u32(second)?]
        }
    };
    Some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, place: Place) -> Cow<'_, str> {
        read(text, place, &mut 0)
    }

    /// Octets that are looked at for a thousand of these.
    fn looks(text: &str) -> usize {
        let mut steps = 0;
        read(&text.repeat(1_000), Place::Between, &mut steps);
        steps
    }

    #[test]
    fn what_is_looked_at_for_references_is_counted_and_grows_with_the_text() {
        assert_eq!(looks("plain"), 5_000, "each octet once");
        for text in [
            "&amp;",
            "&amp",
            "&notanentity",
            "&notanentity;",
            "&#38;",
            "&#x26",
            "&",
            "\r",
        ] {
            let (once, twice) = (looks(text), looks(&text.repeat(2)));
            assert!(once > 1_000 * text.len(), "{text:?} is looked at again: {once}");
            assert!(
                twice <= 2 * once,
                "{text:?} takes {once}, and twice as many {twice}"
            );
        }
        assert!(
            looks("&notanentity") > looks("&aa;aa;aa;aa"),
            "names that are tried too"
        );
    }

    #[test]
    fn references_are_read_as_a_browser_reads_them() {
        for (text, between, attribute) in [
            ("&amp;&lt;&gt;&quot;&nbsp;", "&<>\"\u{a0}", "&<>\"\u{a0}"),
            ("?a&copy=1&copy;&copy", "?a©=1©©", "?a&copy=1©©"),
            ("&notit; &notin; &not", "¬it; ∉ ¬", "&notit; ∉ ¬"),
            ("&#38;&#x26;&#X26&#38x", "&&&&x", "&&&&x"),
            (
                "&#0;&#x110000;&#xd800;&#99999999999;",
                "\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
                "\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("&#x80;&#x9f;&#x81;", "€Ÿ\u{81}", "€Ÿ\u{81}"),
            ("&;&#;&#x;& &", "&;&#;&#x;& &", "&;&#;&#x;& &"),
            ("&acE;&NotEqualTilde;", "∾\u{333}≂\u{338}", "∾\u{333}≂\u{338}"),
            ("a\r\nb\rc\0", "a\nb\nc", "a\nb\nc\u{fffd}"),
            ("&#13;\n", "\r\n", "\r\n"),
        ] {
            assert_eq!(told(text, Place::Between), between, "{text:?} between tags");
            assert_eq!(
                told(text, Place::Attribute),
                attribute,
                "{text:?} in an attribute"
            );
        }
        assert_eq!(told("&amp;\0\r", Place::Raw), "&amp;\u{fffd}\n");
        assert!(matches!(told("plain", Place::Between), Cow::Borrowed("plain")));
    }

    #[test]
    fn no_name_without_an_end_is_longer_than_is_looked_for() {
        let longest = NAMED_ENTITIES
            .entries()
            .filter(|(name, (first, _))| *first != 0 && !name.ends_with(';'))
            .map(|(name, _)| name.len())
            .max();
        assert!(
            longest.is_some_and(|longest| longest <= LONGEST_WITHOUT_END),
            "{longest:?}"
        );
    }
}
