//! What is in the maildrop: UIDL and STAT for a glance, LIST for the sizes (RFC 1939, sections 5 and 7).
//!
//! What is not here: which of them are new.

use std::collections::{BTreeMap, HashMap};

use super::{answer::Refusal, session::Session};
use crate::RemoteError;

/// One message of the maildrop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its number in this session, and only in this one.
    pub number: u32,
    /// What the server says it measures in octets.
    pub size: u32,
    /// Its name in every session. `None` where the server has no UIDL or gave none for this message.
    pub uidl: Option<String>,
}

/// What is told in one round trip, and is enough to see that nothing has happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    /// How many messages there are, and how many octets all of them measure. `None` where the server's answer makes
    /// no sense.
    pub total: Option<(u32, u64)>,
    /// Numbers and names. `None` where the server has no UIDL.
    pub names: Option<Vec<(u32, String)>>,
}

const DOING: &str = "listing the letters on the server";

impl Session {
    /// Everything in the maildrop, by ascending number.
    pub async fn list(&mut self) -> Result<Vec<Listed>, RemoteError> {
        let (sizes, names) = self.ask_both().await?;
        let sizes = sizes.map_err(|refusal| refusal.into_error(DOING))?;
        let mut names = match names {
            Ok(lines) => lines.iter().filter_map(|line| name(line)).collect(),
            // UIDL is optional. But where it is offered a refusal is a failure: going on without the names would
            // take every letter for a new one.
            Err(refusal) if self.capabilities.uidl => return Err(refusal.into_error(DOING)),
            Err(_) => HashMap::new(),
        };
        let mut listed = BTreeMap::new();
        for line in &sizes {
            let (number, size) = size(line).ok_or_else(|| nonsense(line))?;
            listed.insert(
                number,
                Listed {
                    number,
                    size,
                    uidl: names.remove(&number),
                },
            );
        }
        self.sizes = listed.values().map(|one| (one.number, one.size)).collect();
        Ok(listed.into_values().collect())
    }

    /// UIDL and STAT. What is new may be told by it, what it measures not yet.
    pub async fn glance(&mut self) -> Result<Glance, RemoteError> {
        let (names, total) = if self.capabilities.pipelining {
            self.dialogue.begin(DOING)?;
            self.dialogue.lines.send(b"UIDL\r\nSTAT\r\n", DOING).await?;
            let names = self.dialogue.listing(DOING).await?;
            let total = self.dialogue.verdict(DOING).await?;
            self.dialogue.end();
            (names, total)
        } else {
            let names = self.dialogue.ask_listing("UIDL", DOING).await?;
            (names, self.dialogue.ask("STAT", DOING).await?)
        };
        let names = match names {
            Ok(lines) => Some(lines.iter().filter_map(|line| name(line)).collect()),
            Err(refusal) if self.capabilities.uidl => return Err(refusal.into_error(DOING)),
            Err(_) => None,
        };
        Ok(Glance {
            total: total.ok().and_then(|text| stat_of(&text)),
            names,
        })
    }

    /// LIST: what each message measures, by ascending number.
    pub async fn sizes(&mut self) -> Result<Vec<(u32, u32)>, RemoteError> {
        let lines = self.dialogue.ask_listing("LIST", DOING).await?;
        let lines = lines.map_err(|refusal| refusal.into_error(DOING))?;
        self.sizes.clear();
        for line in &lines {
            let (number, size) = size(line).ok_or_else(|| nonsense(line))?;
            self.sizes.insert(number, size);
        }
        let mut sizes: Vec<(u32, u32)> = self.sizes.iter().map(|(number, size)| (*number, *size)).collect();
        sizes.sort_unstable();
        Ok(sizes)
    }

    /// Both questions in one round trip where the server allows it (RFC 2449, section 6.6).
    async fn ask_both(&mut self) -> Result<(Answers, Answers), RemoteError> {
        if !self.capabilities.pipelining {
            let sizes = self.dialogue.ask_listing("LIST", DOING).await?;
            return Ok((sizes, self.dialogue.ask_listing("UIDL", DOING).await?));
        }
        self.dialogue.begin(DOING)?;
        self.dialogue.lines.send(b"LIST\r\nUIDL\r\n", DOING).await?;
        let sizes = self.dialogue.listing(DOING).await?;
        let names = self.dialogue.listing(DOING).await?;
        self.dialogue.end();
        Ok((sizes, names))
    }
}

fn nonsense(line: &str) -> RemoteError {
    RemoteError::protocol(DOING, format!("a line of the list makes no sense: {line}"))
}

/// "2 320", and whatever a server adds to it (RFC 1939, section 5).
fn stat_of(text: &str) -> Option<(u32, u64)> {
    let mut words = text.split_ascii_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}

type Answers = Result<Vec<String>, Refusal>;

/// "7 1205", and whatever a server adds to it (RFC 1939, section 5). A size too large for the type stays too large.
fn size(line: &str) -> Option<(u32, u32)> {
    let mut words = line.split_ascii_whitespace();
    let number = words.next()?.parse().ok().filter(|number| *number > 0)?;
    let size: u64 = words.next()?.parse().ok()?;
    Some((number, u32::try_from(size).unwrap_or(u32::MAX)))
}

/// "7 whqtswO00WBw418f9t5JxYwZ". RFC 1939 allows 1 to 70 printable characters; longer ones exist and are kept.
fn name(line: &str) -> Option<(u32, String)> {
    let (number, name) = line.trim().split_once([' ', '\t'])?;
    let name = name.trim();
    let printable = !name.is_empty() && !name.chars().any(char::is_control);
    printable.then(|| Some((number.parse().ok()?, name.to_owned())))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_names_are_read_and_nonsense_is_not() {
        assert_eq!(size("1 120"), Some((1, 120)));
        assert_eq!(size(" 12   9999999999 extra "), Some((12, u32::MAX)));
        for nonsense in ["", "0 12", "x 12", "1", "1 -5", "4294967296 1"] {
            assert_eq!(size(nonsense), None, "{nonsense}");
        }
        assert_eq!(name("1 abc"), Some((1, "abc".into())));
        assert_eq!(
            name("2 a b"),
            Some((2, "a b".into())),
            "a name with a space is still a name"
        );
        for nonsense in ["1", "1 ", "x abc", "1 a\u{7}b"] {
            assert_eq!(name(nonsense), None, "{nonsense}");
        }
    }
}
