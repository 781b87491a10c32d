//! Address lists (RFC 5322, section 3.4), from headers and from what a person types.
//!
//! A list is taken apart before its encoded words are decoded, and an address itself is never decoded: so no
//! name can turn into an address, or an address into another one.

use std::iter::Peekable;
use std::str::Chars;

use waxwing_model::Address;

use crate::{ComposeError, visible, words};

/// What a person types: `Jonas <jonas@a.example>, amara@b.example; …`. Nothing typed gives an empty list.
pub fn parse_addresses(text: &str) -> Result<Vec<Address>, ComposeError> {
    let typed: String = text.chars().map(|c| if c == '\n' { ',' } else { c }).collect();
    let addresses = Reader::read(&typed, Manner::Typed);
    for address in &addresses {
        check(&address.email).map_err(|_| bad(address))?;
    }
    Ok(addresses)
}

/// The error for an address, in the words that the person typed.
pub(crate) fn bad(address: &Address) -> ComposeError {
    let shown = if address.email.is_empty() {
        address.display().to_owned()
    } else {
        address.to_string()
    };
    ComposeError::BadAddress(visible::one_line(&shown))
}

/// The addresses of a header field, unfolded and undecoded. A name that has none is kept with an empty address.
pub(crate) fn list(value: &str) -> Vec<Address> {
    Reader::read(value, Manner::Header)
}

/// The address as SMTP may see it: checked, and its domain in ASCII (RFC 5890).
pub(crate) fn check(email: &str) -> Result<lettre::Address, ComposeError> {
    let bad = || ComposeError::BadAddress(visible::one_line(email));
    if email
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() && !email.starts_with('"'))
    {
        return Err(bad());
    }
    let (user, domain) = email.rsplit_once('@').ok_or_else(bad)?;
    let domain = match domain.starts_with('[') {
        true => domain.to_owned(),
        false => idna::domain_to_ascii(domain).map_err(|_| bad())?,
    };
    lettre::Address::new(user, domain).map_err(|_| bad())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// A name with a comma that should have been quoted is put together again.
    Header,
    /// What has no address is a mistake that the person is told.
    Typed,
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
    manner: Manner,
    /// The words before an address, undecoded and unquoted.
    phrase: String,
    angle: Option<String>,
    comment: Option<String>,
    /// Words that ended at a comma without an address: the first half of "Okafor, Amara <…>".
    pending: String,
    found: Vec<Address>,
}

impl<'a> Reader<'a> {
    fn read(text: &'a str, manner: Manner) -> Vec<Address> {
        let mut reader = Self {
            chars: text.chars().peekable(),
            manner,
            phrase: String::new(),
            angle: None,
            comment: None,
            pending: String::new(),
            found: Vec::new(),
        };
        while let Some(c) = reader.chars.next() {
            match c {
                '"' => reader.quoted(),
                '(' => reader.commented(),
                '<' => reader.angled(),
                ',' => reader.finish(true),
                ';' => reader.finish(false),
                // The name of a group (section 3.4); its members follow, and a semicolon.
                ':' if reader.angle.is_none() && !reader.phrase.contains('@') => {
                    reader.phrase.clear();
                    reader.pending.clear();
                }
                c => reader.phrase.push(c),
            }
        }
        reader.finish(false);
        reader.found
    }

    /// A quoted string (section 3.2.4). Before an "@" it is a local part and keeps its quotes.
    fn quoted(&mut self) {
        let mut text = String::new();
        while let Some(c) = self.chars.next() {
            match c {
                '"' => break,
                '\\' => text.extend(self.chars.next()),
                c => text.push(c),
            }
        }
        if self.chars.peek() == Some(&'@') {
            text = format!("\"{text}\"");
        }
        self.phrase.push_str(&text);
    }

    /// A comment (section 3.2.2), which may hold comments. The last one stands in for a missing name.
    fn commented(&mut self) {
        let mut text = String::new();
        let mut depth = 1u32;
        while let Some(c) = self.chars.next() {
            match c {
                '(' => depth += 1,
                ')' if depth == 1 => break,
                ')' => depth -= 1,
                '\\' => text.extend(self.chars.next()),
                c => text.push(c),
            }
        }
        self.phrase.push(' ');
        self.comment = Some(text);
    }

    /// What stands in angle brackets. An open one ends where the next address starts.
    fn angled(&mut self) {
        if self.angle.is_some() {
            self.finish(false);
        }
        let mut text = String::new();
        let mut quoted = false;
        while let Some(&c) = self.chars.peek() {
            // A route (section 4.4) has commas of its own.
            let ends = matches!(c, ',' | ';') && text.contains('@') && !text.starts_with('@');
            if ends && !quoted {
                break;
            }
            self.chars.next();
            match c {
                '>' if !quoted => break,
                '"' => quoted = !quoted,
                _ => {}
            }
            text.push(c);
        }
        self.angle = Some(text);
    }

    fn finish(&mut self, at_comma: bool) {
        let phrase = visible::collapse(&std::mem::take(&mut self.phrase));
        let comment = self.comment.take();
        if let Some(angle) = self.angle.take() {
            let pending = std::mem::take(&mut self.pending);
            let name = if phrase.is_empty() && pending.is_empty() {
                comment
            } else {
                Some(pending + &phrase)
            };
            self.add(name, &angle);
        } else if phrase.contains('@') {
            self.flush_pending();
            let (name, email) = split_bare(&phrase);
            self.add(name.or(comment), &email);
        } else if !phrase.is_empty() {
            self.pending.push_str(&phrase);
            self.pending.push_str(", ");
            if !at_comma || self.manner == Manner::Typed {
                self.flush_pending();
            }
        }
        if !at_comma {
            self.flush_pending();
        }
    }

    fn flush_pending(&mut self) {
        let name = std::mem::take(&mut self.pending);
        if let Some(name) = name.strip_suffix(", ") {
            self.add(Some(name.to_owned()), "");
        }
    }

    fn add(&mut self, name: Option<String>, email: &str) {
        let email = clean_email(email);
        let name = name
            .map(|name| clean_name(&name))
            .filter(|name| !name.is_empty() && *name != email);
        if name.is_some() || !email.is_empty() {
            self.found.push(Address { name, email });
        }
    }
}

/// An address without brackets, and the words before it.
fn split_bare(phrase: &str) -> (Option<String>, String) {
    let is_whole = |word: &str| {
        word.split_once('@')
            .is_some_and(|(user, domain)| !user.is_empty() && !domain.is_empty())
    };
    match phrase.rsplit_once(' ') {
        Some((words, last)) if is_whole(last) && !phrase.starts_with('"') => {
            (Some(words.to_owned()), last.to_owned())
        }
        _ => (None, phrase.to_owned()),
    }
}

fn clean_email(text: &str) -> String {
    let text = visible::one_line(text);
    let text = match text.starts_with('@') {
        true => text.split_once(':').map_or(text.as_str(), |(_, address)| address),
        false => text.strip_prefix("mailto:").unwrap_or(&text),
    };
    let keeps_spaces = text.starts_with('"');
    let text: String = text
        .chars()
        .filter(|c| keeps_spaces || !c.is_whitespace())
        .collect();
    text.trim_matches('\'').to_owned()
}

fn clean_name(text: &str) -> String {
    let name = visible::collapse(&visible::one_line(&words::decode(text)));
    let unquoted = ['\'', '"']
        .iter()
        .find_map(|&quote| name.strip_prefix(quote)?.strip_suffix(quote));
    unquoted.map(|name| name.trim().to_owned()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str) -> Vec<String> {
        list(value)
            .iter()
            .map(|a| format!("{}|{}", a.name.as_deref().unwrap_or("-"), a.email))
            .collect()
    }

    #[test]
    fn lists_are_read_in_every_way_they_are_written() {
        for (value, expected) in [
            ("lena@a.example", vec!["-|lena@a.example"]),
            (
                "Lena Brandt <lena@a.example>, amara@b.example",
                vec!["Lena Brandt|lena@a.example", "-|amara@b.example"],
            ),
            (
                "\"Okafor, Amara\" <amara@b.example>",
                vec!["Okafor, Amara|amara@b.example"],
            ),
            (
                "Okafor, Amara <amara@b.example>",
                vec!["Okafor, Amara|amara@b.example"],
            ),
            (
                "amara@b.example (Amara (of the lighthouse) Okafor)",
                vec!["Amara of the lighthouse Okafor|amara@b.example"],
            ),
            (
                "=?utf-8?q?Mika_Per=C3=A4l=C3=A4?= <mika@c.example>",
                vec!["Mika Perälä|mika@c.example"],
            ),
            (
                "\"=?utf-8?q?Mika?=\" <mika@c.example>",
                vec!["Mika|mika@c.example"],
            ),
            (
                "Crew: lena@a.example, Jonas <jonas@d.example>;",
                vec!["-|lena@a.example", "Jonas|jonas@d.example"],
            ),
            ("undisclosed-recipients:;", vec![]),
            (
                "<@relay.example,@b.example:amara@b.example>",
                vec!["-|amara@b.example"],
            ),
            ("\"the crew\"@a.example", vec!["-|\"the crew\"@a.example"]),
            ("Lena lena@a.example", vec!["Lena|lena@a.example"]),
            (
                "Lena <lena@a.example, Jonas <jonas@d.example>",
                vec!["Lena|lena@a.example", "Jonas|jonas@d.example"],
            ),
            ("'lena@a.example' <lena@a.example>", vec!["-|lena@a.example"]),
            ("MAILER-DAEMON", vec!["MAILER-DAEMON|"]),
            ("<>", vec![]),
            (",, ;", vec![]),
        ] {
            assert_eq!(shown(value), expected, "{value}");
        }
    }

    #[test]
    fn an_encoded_address_does_not_become_another_address() {
        let found = list("=?utf-8?b?Ym9zc0BiYW5rLmV4YW1wbGUA?=@evil.example");
        assert!(
            found[0].email.ends_with("@evil.example"),
            "the address stays undecoded: {found:?}"
        );
        let found = list("=?utf-8?q?boss=40bank.example=0A=3Cx=3E=2C?= <thief@evil.example>");
        assert_eq!(found.len(), 1, "a decoded comma or bracket separates nothing");
        assert_eq!(
            found[0].email, "thief@evil.example",
            "and the address is that in the brackets"
        );
        assert!(
            !found[0].name.as_deref().unwrap_or_default().contains('\n'),
            "no control character survives"
        );
    }

    #[test]
    fn what_a_person_types_is_read_or_refused_in_words() {
        let typed =
            parse_addresses("Jonas <jonas@a.example>; amara@b.example,\n Lena <lena@grün.example>").unwrap();
        assert_eq!(typed.len(), 3, "commas, semicolons and lines separate");
        assert_eq!(parse_addresses(" , ").unwrap(), [], "nothing is nothing");
        for wrong in [
            "jonas",
            "jonas@",
            "jonas, amara@b.example",
            "a b@c.example d@",
            "x@y..example",
        ] {
            assert!(
                matches!(parse_addresses(wrong), Err(ComposeError::BadAddress(_))),
                "{wrong}"
            );
        }
        let error = parse_addresses("jonas").unwrap_err().to_string();
        assert_eq!(error, "“jonas” is not an email address.", "a sentence");
    }

    #[test]
    fn a_domain_with_umlauts_goes_out_in_ascii() {
        assert_eq!(
            check("lena@grün.example").unwrap().to_string(),
            "lena@xn--grn-ioa.example",
            "RFC 5890"
        );
        assert!(
            check("lena@a.example\r\nRCPT TO:<x@y>").is_err(),
            "no line break reaches SMTP"
        );
    }
}
