//! As much of IMAP's syntax as the commands need: words, sets of numbers, and header fields cut out of a message.

/// The arguments of a command: atoms and quoted strings as they are meant, lists with their parentheses.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(inner) => quoted(inner),
            None if rest.starts_with('(') => list(rest),
            None => {
                let end = rest.find(' ').unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                (word.to_owned(), after)
            }
        };
        words.push(word);
        rest = after.trim_start();
    }
    words
}

fn quoted(inner: &str) -> (String, &str) {
    let mut word = String::new();
    let mut characters = inner.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (word, inner.get(at + 1..).unwrap_or_default()),
            '\\' => word.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => word.push(character),
        }
    }
    (word, "")
}

fn list(rest: &str) -> (String, &str) {
    let mut depth = 0;
    for (at, character) in rest.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (word, after) = rest.split_at(at + 1);
            return (word.to_owned(), after);
        }
    }
    (rest.to_owned(), "")
}

/// What stands within the parentheses of a list.
pub(super) fn inside(list: &str) -> impl Iterator<Item = &str> {
    list.trim_start_matches('(')
        .trim_end_matches(')')
        .split(' ')
        .filter(|word| !word.is_empty())
}

/// Whether a set such as `1:4,9,20:*` holds a number. `*` is the highest there is.
pub(super) fn holds(set: &str, number: u32, highest: u32) -> bool {
    let value = |text: &str| match text {
        "*" => highest,
        text => text.parse().unwrap_or(0),
    };
    set.split(',').any(|range| {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let (first, last) = (value(first), value(last));
        (first.min(last)..=first.max(last)).contains(&number)
    })
}

/// Numbers as a set.
pub(super) fn set(numbers: &[u32]) -> String {
    let texts: Vec<String> = numbers.iter().map(u32::to_string).collect();
    texts.join(",")
}

/// The header of a message, with the empty line behind it.
pub(super) fn header(raw: &[u8]) -> &[u8] {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n");
    end.and_then(|at| raw.get(..at + 4)).unwrap_or(raw)
}

/// Those of its fields that have one of these names, with the empty line behind them.
pub(super) fn fields(raw: &[u8], names: &str) -> Vec<u8> {
    let wanted: Vec<String> = inside(names).map(str::to_ascii_lowercase).collect();
    let mut found = Vec::new();
    let mut taking = false;
    for line in header(raw).split_inclusive(|byte| *byte == b'\n') {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            taking = wanted.contains(&name);
        }
        if taking {
            found.extend_from_slice(line);
        }
    }
    found.extend_from_slice(b"\r\n");
    found
}

/// One field without its name, unfolded.
pub(super) fn field(raw: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(&fields(raw, name)).replace("\r\n ", " ");
    text.split_once(':')
        .map_or(String::new(), |(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_as_they_are_meant() {
        assert_eq!(
            words(r#""a \"b\"" (\Seen (x)) 1:* "" atom"#),
            [r#"a "b""#, r"(\Seen (x))", "1:*", "", "atom"]
        );
        assert!(holds("1:3,7", 7, 9) && holds("8:*", 9, 9) && !holds("1:3", 4, 9));
    }

    #[test]
    fn fields_are_cut_out_whole() {
        let raw = b"From: a\r\nSubject: long\r\n one\r\nTo: b\r\n\r\nSubject: not this\r\n";
        assert_eq!(fields(raw, "(subject)"), b"Subject: long\r\n one\r\n\r\n");
        assert_eq!(field(raw, "Subject"), "long one");
    }
}
