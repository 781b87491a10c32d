//! Mailing lists, by what their letters say of them: how a list is called (RFC 2919), how one writes to it and how one
//! leaves it (RFC 2369), and whether one request is enough to leave it (RFC 8058). Nothing here asks anybody.

use std::borrow::Cow;

use waxwing_model::Address;

use crate::fields::{self, Field};
use crate::transfer::percent_decoded;
use crate::{address, visible, words};

/// What a letter says of the list that it came by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailingList {
    /// By which the list is known, in lower case: its List-Id, or the address of its sender where it has none.
    pub id: String,
    /// How people call it.
    pub name: String,
    /// `None`: the list does not say how to leave it.
    pub leave: Option<Leave>,
}

/// The ways out, each as the list prefers it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leave {
    /// Pages.
    pub web: Option<String>,
    /// A letter to write, as a mailto: link.
    pub mail: Option<String>,
    /// One request to the page is enough, as far as the list says.
    pub one_click: bool,
}

/// The letter by which a list is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveLetter {
    pub to: Address,
    pub subject: String,
    pub text: String,
}

/// Ways that are looked at.
const MOST: usize = 8;
/// Octets that a letter of leaving may have: whoever asks for more wants something else sent in the reader's name.
const LONGEST_SUBJECT: usize = 200;
const LONGEST_TEXT: usize = 1_000;

/// `None`: the letter came by no list.
pub fn mailing_list(raw: &[u8]) -> Option<MailingList> {
    of(&fields::split(&fields::header_of(raw)).0)
}

pub(crate) fn of(fields: &[Field<'_>]) -> Option<MailingList> {
    let first = |name: &str| fields::first(fields, name);
    let ways = fields.iter().filter(|field| field.is("List-Unsubscribe"));
    let ways: Vec<String> = ways.take(MOST).map(|way| way.unfolded().into_owned()).collect();
    let leave = leave(&ways, first("List-Unsubscribe-Post").as_deref());
    let named = first("List-Id").map(|value| id_and_name(&value));
    let from = first("From")
        .map(|value| address::list(&value))
        .unwrap_or_default();
    let sender = from.into_iter().next();
    let (id, name) = match named.filter(|(id, _)| !id.is_empty()) {
        Some(named) => named,
        // Newsletters without a name are known by who writes them.
        None if leave.is_some() => (sender.as_ref()?.email.to_lowercase(), String::new()),
        None => return None,
    };
    if id.is_empty() {
        return None;
    }
    let name = match (name.is_empty(), sender) {
        (true, Some(sender)) => sender.name.unwrap_or(sender.email),
        (true, None) => id.clone(),
        (false, _) => name,
    };
    Some(MailingList { id, name, leave })
}

/// `Rust Nieuws <nieuws.rustnieuws.example>`; the name may be missing, and so may the brackets.
fn id_and_name(value: &str) -> (String, String) {
    let shown = visible::one_line(&words::decode(value));
    let clean = |id: &str| {
        let id: String = id.chars().filter(|one| !one.is_whitespace()).collect();
        id.to_lowercase()
    };
    match shown.rsplit_once('<') {
        Some((name, id)) => (
            clean(id.split('>').next().unwrap_or_default()),
            name.trim().trim_matches('"').trim().to_owned(),
        ),
        None => (clean(&shown), String::new()),
    }
}

/// Addresses, the preferred first (RFC 2369, section 2).
fn leave(values: &[String], post: Option<&str>) -> Option<Leave> {
    let mut found = Leave::default();
    let addresses = values.iter().flat_map(|value| addresses(value));
    for address in addresses.take(MOST) {
        // White space within the brackets is to be ignored.
        let address: String = address
            .chars()
            .filter(|one| !one.is_whitespace() && !one.is_control())
            .collect();
        let (scheme, _) = address.split_once(':').unwrap_or_default();
        match scheme.to_ascii_lowercase().as_str() {
            // One that is encrypted is preferred.
            "https" if !found.web.as_deref().is_some_and(is_encrypted) => found.web = Some(address),
            "http" if found.web.is_none() => found.web = Some(address),
            "mailto" => {
                found.mail.get_or_insert(address);
            }
            _ => {}
        }
    }
    let post = post.is_some_and(|post| {
        let outside = without_comments(post);
        let said: String = outside.chars().filter(|one| !one.is_whitespace()).collect();
        said.eq_ignore_ascii_case("List-Unsubscribe=One-Click")
    });
    found.one_click = post && found.web.as_deref().is_some_and(is_encrypted);
    (found.web.is_some() || found.mail.is_some()).then_some(found)
}

/// What stands in angle brackets, outside of comments; of a field without any, what looks like an address all the same.
fn addresses(value: &str) -> Vec<String> {
    let outside = without_comments(value);
    let bracketed: Vec<String> = outside
        .split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>').map(|(address, _)| address.to_owned()))
        .take(MOST)
        .collect();
    if !bracketed.is_empty() {
        return bracketed;
    }
    // A comma may belong to an address, but a blank behind it ends it.
    let bare = outside
        .split_whitespace()
        .map(|piece| piece.trim_end_matches(','));
    bare.filter(|piece| piece.contains(':'))
        .map(str::to_owned)
        .take(MOST)
        .collect()
}

/// A field without its comments (RFC 5322, section 3.2.2), which may stand in each other. In angle brackets there are none.
fn without_comments(value: &str) -> Cow<'_, str> {
    let mut outside = String::new();
    let (mut depth, mut in_brackets) = (0_usize, false);
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        match sign {
            // The sign behind it means nothing.
            '\\' if depth > 0 => {
                signs.next();
            }
            '(' if !in_brackets => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            sign => {
                in_brackets = match sign {
                    '<' => true,
                    '>' => false,
                    _ => in_brackets,
                };
                outside.push(sign);
            }
        }
    }
    // One that is never closed is none.
    match depth {
        0 => Cow::Owned(outside),
        _ => Cow::Borrowed(value),
    }
}

/// The letter that a mailto: link asks for (RFC 6068): recipient, subject and text, and nothing else of it. `None` where it
/// asks for several recipients, or for more words than it takes to leave a list.
pub fn leave_letter(mailto: &str) -> Option<LeaveLetter> {
    let rest = mailto.get(7..).filter(|_| {
        mailto
            .get(..7)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
    })?;
    let (to, query) = rest.split_once('?').unwrap_or((rest, ""));
    let value = |name: &str| {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            // A plus is a plus (RFC 6068, section 5).
            .map(|(_, value)| percent_decoded(value))
    };
    // Whoever is written to may stand behind the question mark too.
    let to = match (percent_decoded(to), value("to")) {
        (to, None) => to,
        (to, Some(other)) if to.trim().is_empty() => other,
        _ => return None,
    };
    let to = to.trim().to_owned();
    if address::check(&to).is_err() {
        return None;
    }
    let subject = visible::one_line(&value("subject").unwrap_or_default());
    let text = visible::many_lines(&value("body").unwrap_or_default());
    (subject.len() <= LONGEST_SUBJECT && text.len() <= LONGEST_TEXT).then_some(LeaveLetter {
        to: Address::new("", to),
        // Some programs throw letters without a subject away.
        subject: if subject.is_empty() {
            "unsubscribe".to_owned()
        } else {
            subject
        },
        text,
    })
}

fn is_encrypted(address: &str) -> bool {
    address
        .get(..6)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"))
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

    use super::*;

    fn list(head: &str) -> Option<MailingList> {
        mailing_list(format!("{head}\r\nFrom: Rust Nieuws <post@nieuws.example>\r\n\r\n").as_bytes())
    }

    #[test]
    fn a_list_says_how_it_is_called_and_how_to_leave_it() {
        let found = list(
            "List-Id: =?utf-8?q?Rust_Nieuws?= <Nieuws.Rust.example>\r\n\
             List-Unsubscribe: (by mail) <mailto:leave@nieuws.example?subject=x>,\r\n <https://nieuws.example/leave/\r\n abc>, <ftp://x>\r\n\
             List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        )
        .unwrap();
        assert_eq!(
            (found.id.as_str(), found.name.as_str()),
            ("nieuws.rust.example", "Rust Nieuws")
        );
        let leave = found.leave.unwrap();
        assert_eq!(
            leave.mail.as_deref(),
            Some("mailto:leave@nieuws.example?subject=x")
        );
        assert_eq!(
            leave.web.as_deref(),
            Some("https://nieuws.example/leave/abc"),
            "folds are no part of it"
        );
        assert!(leave.one_click);
    }

    #[test]
    fn one_click_needs_its_field_and_a_page_that_is_encrypted() {
        for (head, one_click) in [
            ("List-Unsubscribe: <https://a.example/>", false),
            (
                "List-Unsubscribe: <http://a.example/>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click",
                false,
            ),
            (
                "List-Unsubscribe: <https://a.example/>\r\nList-Unsubscribe-Post: something",
                false,
            ),
            (
                "List-Unsubscribe: <http://a.example/>, <https://a.example/>\r\nList-Unsubscribe-Post: list-unsubscribe=one-click",
                true,
            ),
            (
                "List-Unsubscribe: <https://a.example/>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click ",
                true,
            ),
        ] {
            assert_eq!(list(head).unwrap().leave.unwrap().one_click, one_click, "{head}");
        }
    }

    #[test]
    fn ways_out_are_found_however_they_are_written() {
        let leave = |head: &str| list(head).and_then(|list| list.leave).unwrap_or_default();
        let (web, mail) = (Some("https://a.example/x"), Some("mailto:leave@a.example"));
        for (head, found) in [
            (
                "List-Unsubscribe: (not (<https://evil.example/>) this \\) <ftp://b>) <https://a.example/x>",
                (web, None),
            ),
            (
                "List-Unsubscribe: <https://a.\r\n\texample/ x>\r\n ,\r\n <mailto:leave@a.example>",
                (web, mail),
            ),
            (
                "List-Unsubscribe: <https://a.example/x>\r\nList-Unsubscribe: <mailto:leave@a.example>",
                (web, mail),
            ),
            (
                "List-Unsubscribe: https://a.example/x, mailto:leave@a.example",
                (web, mail),
            ),
            (
                "list-unsubscribe:<MAILTO:leave@a.example> (or) < HTTPS://a.example/x >",
                (Some("HTTPS://a.example/x"), Some("MAILTO:leave@a.example")),
            ),
            (
                "List-Unsubscribe: <https://a.example/x(1)>",
                (Some("https://a.example/x(1)"), None),
            ),
            (
                "List-Unsubscribe: (never closed <https://a.example/x>",
                (web, None),
            ),
            ("List-Unsubscribe: <https://a.example/x", (None, None)),
            (
                "List-Unsubscribe: <javascript:alert(1)>, <data:text/html,x>",
                (None, None),
            ),
        ] {
            let leave = leave(head);
            assert_eq!((leave.web.as_deref(), leave.mail.as_deref()), found, "{head}");
        }
        let one_click = "List-Unsubscribe: <https://a.example/x>\r\nList-Unsubscribe-Post: (one press)\r\n List-Unsubscribe = One-Click";
        assert!(leave(one_click).one_click);
        let behind = |brackets| format!("List-Unsubscribe: {}<https://a.example/x>", "(".repeat(brackets));
        assert_linear("brackets", 10_000, behind, |head| leave(head));
        assert_eq!(leave(&behind(100_000)).web.as_deref(), web);
    }

    #[test]
    fn the_letter_that_leaves_a_list_has_what_the_list_asks_for_and_no_more() {
        let letter = leave_letter("mailto:leave%2Blena@nieuws.example?Subject=stop%0D%0ABcc:%20x@y&body=id%3D7%0D%0Abye&attach=/etc/passwd&bcc=z@y.example").unwrap();
        assert_eq!(letter.to, Address::new("", "leave+lena@nieuws.example"));
        assert_eq!(letter.subject, "stop  Bcc: x@y", "a line break makes no field");
        assert_eq!(letter.text, "id=7\nbye");
        assert_eq!(leave_letter("MAILTO:a@b.example").unwrap().subject, "unsubscribe");
        let behind = leave_letter("mailto:?subject=leave&to=%20a@b.example").unwrap();
        assert_eq!(
            (behind.to.email.as_str(), behind.subject.as_str()),
            ("a@b.example", "leave")
        );
        for nobody in [
            "mailto:",
            "mailto:nobody",
            "https://b.example",
            "mailto:a@b.example%0d%0aRCPT",
            "mailto:a@b.example,c@d.example",
            "mailto:a@b.example%2Cc@d.example",
            "mailto:a@b.example?to=c@d.example",
            "mailto:?to=a@b.example,c@d.example",
            "",
        ] {
            assert_eq!(leave_letter(nobody), None, "{nobody}");
        }
        for (field, most) in [("subject", 200), ("body", 1_000)] {
            let asked =
                |length: usize| leave_letter(&format!("mailto:a@b.example?{field}={}", "x".repeat(length)));
            assert!(asked(most).is_some(), "{field}: as much as it takes");
            assert_eq!(
                asked(most + 1),
                None,
                "{field}: nobody needs so much to leave a list"
            );
        }
    }

    #[test]
    fn a_list_without_a_name_is_known_by_its_sender() {
        let found = list("List-Unsubscribe: <mailto:leave@nieuws.example>").unwrap();
        assert_eq!(
            (found.id.as_str(), found.name.as_str()),
            ("post@nieuws.example", "Rust Nieuws")
        );
        assert_eq!(
            list("List-Id: <crew.example>").unwrap().name,
            "Rust Nieuws",
            "no name but its writer's"
        );
        assert_eq!(list("Subject: x"), None, "a letter of a person");
        assert_eq!(
            list("List-Unsubscribe: <javascript:alert(1)>, nonsense"),
            None,
            "no way out"
        );
    }
}
