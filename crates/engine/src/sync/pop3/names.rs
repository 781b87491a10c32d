//! What messages of a maildrop are called: by the server, where its names say something, and else by what they look like.

use std::collections::{HashMap, HashSet};

use waxwing_model::EmailId;
use waxwing_remote::pop3::Glance;

use super::pool::Face;

/// Behind it stands what a message looks like. The server's own names hold no control characters.
pub(super) const BY_LOOKS: char = '\u{2}';
/// Behind it stands which of several messages that look the same.
const REPEATED: char = '\u{1}';

/// What a letter is called that came here by IMAP and may stand in the maildrop under a name that is not known yet.
pub(crate) fn was(email: EmailId) -> String {
    format!("{BY_LOOKS}was {email}")
}

/// A message that is not known, or not for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fresh {
    pub(super) number: u32,
    /// In octets, as the server says.
    pub(super) size: u32,
    /// `None`: it is known when the message is.
    pub(super) name: Option<String>,
    /// What the name begins with until then.
    pub(super) prefix: String,
}

impl Fresh {
    pub(super) fn named(number: u32, size: u32, name: String) -> Self {
        Self {
            number,
            size,
            name: Some(name),
            prefix: String::new(),
        }
    }
}

/// Names that were given to messages by their looks in this session.
#[derive(Debug, Default)]
pub(super) struct Names {
    times: HashMap<String, u32>,
}

impl Names {
    pub(super) fn give(&mut self, prefix: &str, face: &Face, size: u32) -> String {
        let digits: String = face
            .head
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let base = format!("{prefix}{BY_LOOKS}{digits}-{size}");
        let times = self.times.entry(base.clone()).or_default();
        *times += 1;
        match *times {
            1 => base,
            times => format!("{base}{REPEATED}{times}"),
        }
    }

    pub(super) fn name(&mut self, fresh: &Fresh, face: &Face) -> String {
        match &fresh.name {
            Some(name) => name.clone(),
            None => self.give(&fresh.prefix, face, fresh.size),
        }
    }
}

/// One line of LIST with one of UIDL.
pub(super) struct Listed {
    pub(super) number: u32,
    pub(super) size: u32,
    pub(super) uidl: Option<String>,
}

impl Listed {
    /// The server's name stays part of ours where it says at least something.
    pub(super) fn prefix(&self) -> String {
        match &self.uidl {
            Some(uidl) if *uidl != self.number.to_string() => uidl.clone(),
            _ => String::new(),
        }
    }
}

/// Names that are no more than the number in this session: with the next removal they will be other messages'.
pub(super) fn is_counted<'n>(names: impl Iterator<Item = (u32, &'n str)>) -> bool {
    let mut any = false;
    for (number, name) in names {
        any = true;
        if name != number.to_string() {
            return false;
        }
    }
    any
}

pub(super) fn listed(glance: &Glance, sizes: &[(u32, u32)]) -> Vec<Listed> {
    let mut names: HashMap<u32, &String> = glance
        .names
        .iter()
        .flatten()
        .map(|(number, name)| (*number, name))
        .collect();
    sizes
        .iter()
        .map(|(number, size)| Listed {
            number: *number,
            size: *size,
            uidl: names.remove(number).cloned(),
        })
        .collect()
}

/// Names that several messages have (RFC 1939, section 7, forbids it, and it happens), or all, where they only count.
pub(super) fn unreliable(listed: &[Listed]) -> HashSet<String> {
    let names = || {
        listed
            .iter()
            .filter_map(|one| Some((one.number, one.uidl.as_deref()?)))
    };
    if is_counted(names()) {
        return names().map(|(_, name)| name.to_owned()).collect();
    }
    let mut seen = HashSet::new();
    names()
        .filter(|(_, name)| !seen.insert(*name))
        .map(|(_, name)| name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_only_count_are_none() {
        let counted = |names: &[(u32, &str)]| is_counted(names.iter().copied());
        assert!(counted(&[(1, "1"), (2, "2")]), "the next removal moves them");
        assert!(!counted(&[(1, "2"), (2, "3")]), "these have survived one");
        assert!(!counted(&[]), "there is nothing to doubt");
    }
}
