//! Who wrote, and to whom (RFC 5322, section 3.4).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// An address with the name that stood beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    pub name: Option<String>,
    /// `local@domain` as it stood in the header; may be empty in a broken letter.
    pub email: String,
}

impl Address {
    /// An empty name is none.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            name: (!name.is_empty()).then_some(name),
            email: email.into(),
        }
    }

    /// What a list shows: the name, or the address where there is none. A name that is written like somebody else's address
    /// stands behind the true one.
    pub fn display(&self) -> Cow<'_, str> {
        let name = self.name.as_deref().filter(|name| !name.trim().is_empty());
        match name {
            None => Cow::Borrowed(&self.email),
            Some(name) if self.address_in_name().is_some() => {
                Cow::Owned(format!("{} \u{201c}{name}\u{201d}", self.email))
            }
            Some(name) => Cow::Borrowed(name),
        }
    }

    /// The first address that the name holds and that is not this one.
    pub fn address_in_name(&self) -> Option<String> {
        // Signs that look like "@" and are none stand for it.
        let name = self.name.as_deref()?.replace(['\u{ff20}', '\u{fe6b}'], "@");
        let around = |one: char| {
            one.is_whitespace() || matches!(one, '<' | '>' | '(' | ')' | '"' | '\'' | ',' | ';' | '[' | ']')
        };
        let is_address = |word: &&str| {
            word.split_once('@').is_some_and(|(user, domain)| {
                !user.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
            })
        };
        let found = name.split(around).find(is_address)?;
        (!found.eq_ignore_ascii_case(&self.email)).then(|| found.to_owned())
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name.as_deref() {
            Some(name) if !name.is_empty() => write!(f, "{name} <{}>", self.email),
            _ => f.write_str(&self.email),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn a_name_that_is_anothers_address_stands_behind_the_true_one() {
        for (name, email, shown) in [
            ("Jonas", "jonas@fjord.test", "Jonas"),
            ("", "jonas@fjord.test", "jonas@fjord.test"),
            ("Jonas@Fjord.test", "jonas@fjord.test", "Jonas@Fjord.test"),
            ("Jonas @ Fjord", "jonas@fjord.test", "Jonas @ Fjord"),
            (
                "service@bank.test",
                "x@evil.test",
                "x@evil.test \u{201c}service@bank.test\u{201d}",
            ),
            (
                "Bank (service\u{ff20}bank.test)",
                "x@evil.test",
                "x@evil.test \u{201c}Bank (service\u{ff20}bank.test)\u{201d}",
            ),
        ] {
            assert_eq!(Address::new(name, email).display(), shown);
        }
    }
}
