//! Where the addresses in a line of plain text begin and end. Every sign is looked at a few times at the most, however the
//! line is made, and each look is counted: a megabyte of dots takes as long as a megabyte of words. Not here: what becomes
//! of them, and whether they may stay, which the last filter decides.

/// What an address is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// With its scheme.
    Web,
    /// Without one, but surely meant: it begins with `www.`, as "notes.txt" does not.
    Www,
    Person,
}

/// Hands on a line piece by piece: addresses, and what stands between them. The signs that were looked at are counted.
pub(super) fn pieces<'t>(line: &'t str, steps: &mut usize, tell: &mut impl FnMut(&'t str, Option<Kind>)) {
    let (mut told, mut at) = (0, 0);
    while let Some(sign) = next_sign(line, at, steps) {
        at = sign + 1;
        let found = match line.as_bytes().get(sign) {
            Some(b'@') => person(line, told, sign, steps).map(|found| (found, Kind::Person)),
            Some(b':') => web(line, told, sign, steps).map(|found| (found, Kind::Web)),
            _ => www(line, told, sign, steps).map(|found| (found, Kind::Www)),
        };
        let Some(((start, end), kind)) = found else {
            continue;
        };
        let (Some(between), Some(address)) = (line.get(told..start), line.get(start..end)) else {
            continue;
        };
        if !between.is_empty() {
            tell(between, None);
        }
        tell(address, Some(kind));
        (told, at) = (end, end);
    }
    match line.get(told..) {
        Some(rest) if !rest.is_empty() => tell(rest, None),
        _ => {}
    }
}

/// The next sign that may belong to an address.
fn next_sign(line: &str, from: usize, steps: &mut usize) -> Option<usize> {
    let rest = line.as_bytes().get(from..)?;
    let found = rest
        .iter()
        .position(|byte| matches!(byte, b':' | b'@' | b'w' | b'W'));
    *steps += found.unwrap_or(rest.len()) + 1;
    found.map(|at| from + at)
}

/// `https://` and what follows it, where the sign is its colon.
fn web(line: &str, from: usize, colon: usize, steps: &mut usize) -> Option<(usize, usize)> {
    let address = line.get(colon..)?.strip_prefix("://")?;
    let begins = |one: char| one.is_alphanumeric() || one == '[';
    address.chars().next().filter(|&one| begins(one))?;
    let before = line.get(from..colon)?;
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        let start = before.len().checked_sub(scheme.len());
        start
            .and_then(|start| before.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    // In "xhttps://" somebody means something else.
    if !stands_alone(line, from, start) {
        return None;
    }
    let quote = line
        .get(from..start)
        .and_then(|before| before.chars().next_back());
    Some((start, colon + 3 + length(address, quote, steps)))
}

/// `www.` and what follows it, where the sign is its first letter.
fn www(line: &str, from: usize, start: usize, steps: &mut usize) -> Option<(usize, usize)> {
    let address = line.get(start..)?;
    let (www, host) = address.split_at_checked(4)?;
    if !www.eq_ignore_ascii_case("www.") || !stands_alone(line, from, start) {
        return None;
    }
    host.chars().next().filter(|one| one.is_alphanumeric())?;
    let quote = line
        .get(from..start)
        .and_then(|before| before.chars().next_back());
    Some((start, start + length(address, quote, steps)))
}

fn stands_alone(line: &str, from: usize, start: usize) -> bool {
    let before = line
        .get(from..start)
        .and_then(|before| before.chars().next_back());
    before.is_none_or(|one| !one.is_alphanumeric() && !matches!(one, '@' | '/' | '.' | '-' | '_' | '+'))
}

/// How much of a text that begins with a host belongs to the address. What a sentence puts behind it does not.
fn length(address: &str, quote: Option<char>, steps: &mut usize) -> usize {
    let quote = quote.filter(|one| matches!(one, '\'' | '"'));
    let (mut round, mut square, mut curly) = (0_i32, 0_i32, 0_i32);
    let mut in_host = true;
    let mut end = 0;
    for (at, one) in address.char_indices() {
        *steps += 1;
        in_host &= !matches!(one, '/' | '?' | '#');
        let is_foreign = one.is_whitespace() || one.is_control() || Some(one) == quote;
        if is_foreign || is_bracket_of_text(one) || in_host && !is_of_host(one) {
            break;
        }
        let open = match one {
            '(' | ')' => &mut round,
            '[' | ']' => &mut square,
            '{' | '}' => &mut curly,
            _ => {
                if !matches!(one, '?' | '!' | '.' | ',' | ':' | ';' | '*' | '\'' | '_' | '~') {
                    end = at + one.len_utf8();
                }
                continue;
            }
        };
        match one {
            '(' | '[' | '{' => *open += 1,
            // It was opened before the address.
            _ if *open == 0 => break,
            _ => {
                *open -= 1;
                end = at + one.len_utf8();
            }
        }
    }
    end
}

fn is_of_host(one: char) -> bool {
    one.is_alphanumeric() || matches!(one, '.' | '-' | '_' | '~' | ':' | '@' | '%' | '[' | ']')
}

/// Signs that no address has as they are, and those around and behind addresses in other scripts.
fn is_bracket_of_text(one: char) -> bool {
    matches!(one, '"' | '<' | '>' | '|' | '`' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
        || matches!(
            one,
            '“' | '”' | '„' | '»' | '«' | '（' | '）' | '，' | '；' | '：' | '！' | '？'
        )
}

/// `jonas@example.org`, where the sign is in its middle.
fn person(line: &str, from: usize, at: usize, steps: &mut usize) -> Option<(usize, usize)> {
    let before = line.get(from..at)?;
    let mut name = before.len();
    for (start, one) in before.char_indices().rev() {
        *steps += 1;
        if !is_of_name(one) {
            // In "@lena@example.org" no address is meant.
            if one == '@' {
                return None;
            }
            break;
        }
        name = start;
    }
    let name = before.get(name..)?;
    let own = name.trim_start_matches(|one: char| !one.is_alphanumeric() && one != '_');
    if own.is_empty() || own.ends_with('.') {
        return None;
    }
    let after = line.get(at + 1..)?;
    let mut end = 0;
    let mut dots = 0;
    let mut last = '.';
    for (start, one) in after.char_indices() {
        *steps += 1;
        let goes_on = one.is_alphanumeric() || one == '-' && last != '.' || one == '.' && last != '.';
        if !goes_on || is_bracket_of_text(one) {
            break;
        }
        if one.is_alphanumeric() {
            dots += usize::from(last == '.');
            end = start + one.len_utf8();
        }
        last = one;
    }
    // The first word of a host has no dot before it.
    (dots > 1).then_some((at - own.len(), at + 1 + end))
}

/// Signs of the part before the `@` (RFC 5322, section 3.2.3) but for those that mean something else in a link.
fn is_of_name(one: char) -> bool {
    one.is_alphanumeric() || "!$'*+-=^_{}~.".contains(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<(&str, Kind)> {
        let mut all = String::new();
        let mut found = Vec::new();
        pieces(line, &mut 0, &mut |piece, kind| {
            all.push_str(piece);
            found.extend(kind.map(|kind| (piece, kind)));
        });
        assert_eq!(all, line, "every word is handed on");
        found
    }

    #[test]
    fn addresses_end_where_a_sentence_goes_on() {
        for (line, expected) in [
            ("see https://a.example/x?y=1.", "https://a.example/x?y=1"),
            ("(https://a.example/x)", "https://a.example/x"),
            (
                "https://en.example/Waxwing_(bird), a bird",
                "https://en.example/Waxwing_(bird)",
            ),
            ("<HTTPS://a.example/x>;", "HTTPS://a.example/x"),
            ("'https://a.example/x'", "https://a.example/x"),
            ("auf https://grün.example/straße!", "https://grün.example/straße"),
            ("見よ https://a.example/東京。", "https://a.example/東京"),
            ("https://[::1]/x", "https://[::1]/x"),
            ("https://a.example:8080/#part", "https://a.example:8080/#part"),
        ] {
            assert_eq!(found(line), [(expected, Kind::Web)], "{line}");
        }
        assert_eq!(
            found("www.a.example, WWW.b.example/x."),
            [("www.a.example", Kind::Www), ("WWW.b.example/x", Kind::Www)]
        );
        assert_eq!(
            found("https://a.example,https://b.example"),
            [("https://a.example", Kind::Web), ("https://b.example", Kind::Web)]
        );
    }

    #[test]
    fn people_are_found_and_half_people_are_not() {
        for (line, expected) in [
            ("jonas@example.org.", Some("jonas@example.org")),
            (
                "<lena.k+list@mail.example.org>",
                Some("lena.k+list@mail.example.org"),
            ),
            ("*amara@example.org*", Some("amara@example.org")),
            ("mailto:jonas@example.org", Some("jonas@example.org")),
            ("jonas@localhost", None),
            ("@lena@example.org", None),
            ("lena@.example.org", None),
            ("a.@example.org", None),
            ("jonas?bcc=amara@example.org", Some("bcc=amara@example.org")),
        ] {
            let found: Vec<&str> = found(line).into_iter().map(|(piece, _)| piece).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{line}");
        }
        for line in [
            "notes.txt",
            "file:///etc/passwd",
            "xhttp://a.example",
            "http://",
            "www.",
            "a:b://c",
        ] {
            assert_eq!(found(line), [], "{line}");
        }
    }

    #[test]
    fn the_signs_that_are_looked_at_grow_with_the_line_however_it_is_made() {
        for piece in [
            "_a.",
            "~a.",
            "a@",
            "@",
            "a:",
            "://",
            "(",
            "http://",
            "https://a(",
            "www.",
            "w",
            "a@b.",
            "a.@",
            "http://a.b@",
            "www.a)",
            "-",
            "a@-",
            "é@é",
        ] {
            let looks = |times: usize| {
                let mut steps = 0;
                pieces(&piece.repeat(times), &mut steps, &mut |_, _| {});
                steps
            };
            let most = 5 * piece.len() * 100_000;
            assert!(looks(100_000) <= most, "{piece:?} takes {} looks", looks(100_000));
        }
    }
}
