//! What servers say they have found out about where a letter comes from (Authentication-Results, RFC 8601). Anybody can
//! write such a field: whose word counts is not decided here.

use crate::fields::{self, Field};

/// Fields that are read; a letter has a few.
const MOST: usize = 20;

/// One field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// As the server calls itself (authserv-id), in lower case.
    pub server: String,
    pub checks: Vec<Check>,
}

/// One finding: `dkim=pass header.d=fjord.example`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// `dkim`, `spf`, `dmarc`, …
    pub method: String,
    /// `pass`, `fail`, `none`, …
    pub result: String,
    /// `header.d`, `smtp.mailfrom`, …, with their values.
    pub about: Vec<(String, String)>,
}

impl Check {
    pub fn property(&self, name: &str) -> Option<&str> {
        self.about
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The fields of a letter from the top.
pub fn authentication_results(raw: &[u8]) -> Vec<Checks> {
    fields::split(&fields::header_of(raw))
        .0
        .iter()
        .filter(|field| field.is("Authentication-Results"))
        .take(MOST)
        .filter_map(read)
        .collect()
}

/// How many fields of that name a letter has.
pub fn count_of(raw: &[u8], name: &str) -> usize {
    fields::split(&fields::header_of(raw))
        .0
        .iter()
        .filter(|field| field.is(name))
        .count()
}

fn read(field: &Field<'_>) -> Option<Checks> {
    let mut pieces = pieces(&field.unfolded()).into_iter();
    let first = pieces.next()?;
    // A version may stand behind the name (section 2.2).
    let server = first.first().filter(|word| !word.contains('='))?;
    Some(Checks {
        server: server.trim_end_matches('.').to_ascii_lowercase(),
        checks: pieces.filter_map(|words| check(&words)).collect(),
    })
}

fn check(words: &[String]) -> Option<Check> {
    let (method, result) = words.first()?.split_once('=')?;
    // The version of a method is of no interest.
    let method = method.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let about = words
        .iter()
        .skip(1)
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_ascii_lowercase()));
    Some(Check {
        method,
        result: result.to_ascii_lowercase(),
        about: about.collect(),
    })
}

/// The words between semicolons, without comments and quotation marks, and without the spaces about a sign of equality.
fn pieces(text: &str) -> Vec<Vec<String>> {
    let mut pieces = vec![Vec::new()];
    let mut word = String::new();
    let mut depth = 0_u32;
    let mut quoted = false;
    let mut glued = false;
    let mut characters = text.chars();
    let end = |word: &mut String, pieces: &mut Vec<Vec<String>>| {
        if !word.is_empty()
            && let Some(piece) = pieces.last_mut()
        {
            piece.push(std::mem::take(word));
        }
    };
    while let Some(one) = characters.next() {
        match one {
            '\\' if depth > 0 || quoted => {
                if let Some(next) = characters.next()
                    && depth == 0
                {
                    word.push(next);
                }
            }
            '(' if !quoted => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            '"' => quoted = !quoted,
            ';' if !quoted => {
                end(&mut word, &mut pieces);
                pieces.push(Vec::new());
            }
            '=' if !quoted => {
                if word.is_empty()
                    && let Some(before) = pieces.last_mut().and_then(Vec::pop)
                {
                    word = before;
                }
                word.push('=');
                glued = true;
                continue;
            }
            one if one.is_whitespace() && !quoted => {
                if !glued {
                    end(&mut word, &mut pieces);
                }
                continue;
            }
            one => word.push(one),
        }
        glued = false;
    }
    end(&mut word, &mut pieces);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(value: &str) -> Checks {
        let raw =
            format!("Received: x\r\nAuthentication-Results: {value}\r\n\r\nAuthentication-Results: no\r\n");
        authentication_results(raw.as_bytes())
            .into_iter()
            .next()
            .unwrap_or_default()
    }

    #[test]
    fn findings_are_read_as_servers_write_them() {
        let read = one(
            "mx.Nordlicht.example 1;\r\n\tdkim=pass (2048-bit; key) header.i=@fjord.example header.s=one header.b=\"abc;d\";\r\n \
             spf=pass (nordlicht.example: domain of x@fjord.example designates 1.2.3.4 (a; b)) smtp.mailfrom=Jonas@fjord.example;\r\n \
             dmarc = pass (p=NONE) header.from=fjord.example",
        );
        assert_eq!(read.server, "mx.nordlicht.example");
        let told: Vec<_> = read
            .checks
            .iter()
            .map(|check| (check.method.as_str(), check.result.as_str()))
            .collect();
        assert_eq!(
            told,
            [("dkim", "pass"), ("spf", "pass"), ("dmarc", "pass")],
            "{read:?}"
        );
        assert_eq!(read.checks[0].property("header.i"), Some("@fjord.example"));
        assert_eq!(
            read.checks[0].property("header.b"),
            Some("abc;d"),
            "a quoted sign separates nothing"
        );
        assert_eq!(
            read.checks[1].property("smtp.mailfrom"),
            Some("jonas@fjord.example")
        );
        assert_eq!(read.checks[2].property("header.from"), Some("fjord.example"));
    }

    #[test]
    fn what_hides_in_a_comment_is_no_finding() {
        let read = one("mx.example; none (; dkim=pass header.d=bank.example");
        assert_eq!(read.checks, [], "an open comment swallows the rest");
        let read = one("mx.example (; dmarc=pass); dkim=fail (dkim=pass) header.d=bank.example");
        assert_eq!(read.checks.len(), 1);
        assert_eq!(read.checks[0].result, "fail");
    }

    #[test]
    fn a_field_without_a_server_s_name_says_nothing() {
        assert_eq!(one("spf=pass smtp.mailfrom=fjord.example").server, "");
        assert_eq!(authentication_results(b"Subject: x\r\n\r\n"), []);
    }
}
