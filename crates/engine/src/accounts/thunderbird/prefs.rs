//! `prefs.js`: one `user_pref("name", value);` a line, where a value is a string of JavaScript, a number or a truth value.
//! It is no program for us: nothing in it is carried out, and a line that is anything else is passed over.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

/// Real ones have some hundred kilobytes.
const LARGEST: u64 = 20_000_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Number(i64),
}

pub(super) type Prefs = HashMap<String, Value>;

pub(super) fn read(file: &Path) -> Option<Prefs> {
    Some(parse(&read_text(file, LARGEST)?))
}

/// A file of text, whatever its encoding, as far as it is not longer than that.
pub(super) fn read_text(file: &Path, largest: u64) -> Option<String> {
    let opened = std::fs::File::open(file).ok()?;
    // A pipe or a device has no end.
    if !opened.metadata().ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    opened.take(largest).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

pub(super) fn parse(text: &str) -> Prefs {
    let mut prefs = Prefs::new();
    for line in text.lines() {
        let Some(rest) = line.trim_start().strip_prefix("user_pref(") else {
            continue;
        };
        // Only what is needed is kept: there are thousands of others.
        if let Some((name, value)) = pair(rest)
            && name.starts_with("mail.")
        {
            prefs.insert(name, value);
        }
    }
    prefs
}

fn pair(rest: &str) -> Option<(String, Value)> {
    let (name, rest) = string(rest.trim_start())?;
    let rest = rest.trim_start().strip_prefix(',')?.trim_start();
    let value = match string(rest) {
        Some((text, _)) => Value::Text(text),
        None => {
            let word = rest.split([')', ';', ' ']).next()?;
            match word {
                "true" => Value::Number(1),
                "false" => Value::Number(0),
                digits => Value::Number(digits.parse().ok()?),
            }
        }
    };
    Some((name, value))
}

/// A string in double or single quotes, with JavaScript's escapes, and what stands behind it.
fn string(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let mut inner = text.get(1..)?.char_indices();
    let mut read = String::new();
    while let Some((at, letter)) = inner.next() {
        match letter {
            _ if letter == quote => return Some((read, text.get(at + 2..)?)),
            '\\' => match inner.next()?.1 {
                'n' => read.push('\n'),
                'r' => read.push('\r'),
                't' => read.push('\t'),
                'x' => read.push(escaped(&mut inner, 2)?),
                'u' => {
                    let units = unit(&mut inner, 4)?;
                    read.push(whole(units, &mut inner));
                }
                other => read.push(other),
            },
            other => read.push(other),
        }
    }
    None
}

fn escaped(inner: &mut std::str::CharIndices<'_>, digits: usize) -> Option<char> {
    char::from_u32(unit(inner, digits)?)
}

fn unit(inner: &mut std::str::CharIndices<'_>, digits: usize) -> Option<u32> {
    (0..digits).try_fold(0, |value, _| Some(value << 4 | inner.next()?.1.to_digit(16)?))
}

/// A letter beyond the first plane stands as two halves (UTF-16).
fn whole(first: u32, inner: &mut std::str::CharIndices<'_>) -> char {
    const LOST: char = char::REPLACEMENT_CHARACTER;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first).unwrap_or(LOST);
    }
    let mut ahead = inner.clone();
    let second = match (ahead.next(), ahead.next()) {
        (Some((_, '\\')), Some((_, 'u'))) => unit(&mut ahead, 4),
        _ => None,
    };
    match second {
        Some(second) if (0xdc00..0xe000).contains(&second) => {
            *inner = ahead;
            char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)).unwrap_or(LOST)
        }
        _ => LOST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(line: &str) -> Option<Value> {
        parse(line).remove("mail.x")
    }

    #[test]
    fn strings_numbers_and_truth_are_read() {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        assert_eq!(
            value(r#"user_pref("mail.x", "harbour.example");"#),
            text("harbour.example")
        );
        assert_eq!(
            value(r#"  user_pref( "mail.x" ,"a\"b\\c\x41\u00e9\ud83d\ude00" );"#),
            text("a\"b\\cAé😀")
        );
        assert_eq!(value("user_pref('mail.x', 'it\\'s');"), text("it's"));
        assert_eq!(value("user_pref(\"mail.x\", 993);"), Some(Value::Number(993)));
        assert_eq!(value("user_pref(\"mail.x\", -1);"), Some(Value::Number(-1)));
        assert_eq!(value("user_pref(\"mail.x\", true);"), Some(Value::Number(1)));
        assert_eq!(
            value(r#"user_pref("mail.x", "\ud83d!");"#),
            text("\u{fffd}!"),
            "half a letter"
        );
    }

    #[test]
    fn what_is_no_line_of_it_is_passed_over() {
        for line in [
            "",
            "user_pref(",
            "user_pref(\"mail.x\"",
            "user_pref(\"mail.x\",",
            "user_pref(\"mail.x\", \"open",
            "user_pref(\"mail.x\", \"\\",
            "user_pref(\"mail.x\", \"\\u12\");",
            "user_pref(\"mail.x\", evil());",
            "// user_pref(\"mail.x\", 1);",
            "lockPref(\"mail.x\", 1);",
            "user_pref(\"é",
            "user_pref(\"mail.x\", 99999999999999999999999);",
        ] {
            assert_eq!(value(line), None, "{line:?}");
        }
    }
}
