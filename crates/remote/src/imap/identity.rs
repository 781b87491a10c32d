//! What a server calls its letters, conversations and mailboxes: EMAILID, THREADID and MAILBOXID (OBJECTID, RFC 8474), or
//! Gmail's X-GM-MSGID and X-GM-THRID (X-GM-EXT-1). A letter in several mailboxes has one name in all of them.
//!
//! Servers without either are asked nothing that they were not asked before. Not here: what follows from two messages
//! having one name.

use std::collections::BTreeMap;

use waxwing_model::ObjectIds;

use super::command::Command;
use super::fetched::Marks;
use super::grammar::Cursor;
use super::{Session, UidSet, status};
use crate::RemoteError;

/// A message with its marks and what the server calls its letter; `None` where it tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    pub marks: Marks,
    pub ids: Option<ObjectIds>,
}

/// An object identifier has at most so many characters (RFC 8474, section 7).
const LONGEST: usize = 255;

impl Session {
    /// What is asked of each message beside all else, with a space before it.
    pub(super) fn identity_items(&self) -> &'static str {
        match (self.capabilities.gmail, self.capabilities.object_id) {
            (true, _) => " X-GM-MSGID X-GM-THRID",
            (false, true) => " EMAILID THREADID",
            (false, false) => "",
        }
    }

    /// The marks of each message that exists and what it is called, ascending by UID.
    pub async fn fetch_identities(&mut self, uids: &UidSet) -> Result<Vec<Identified>, RemoteError> {
        const DOING: &str = "recognising messages";
        let items = format!("(UID FLAGS{})", self.identity_items());
        let mut found: BTreeMap<u32, Identified> = BTreeMap::new();
        let mut malformed = false;
        self.fetch(DOING, uids, &items, "", &mut |fetched| {
            malformed |= fetched.malformed;
            let Some(marks) = fetched.marks() else {
                return false;
            };
            // Flags that are told a second time come without a name.
            let before = found.remove(&marks.uid).and_then(|before| before.ids);
            let ids = fetched.object_ids().or(before);
            found.insert(marks.uid, Identified { marks, ids });
            true
        })
        .await?;
        if malformed {
            return Err(RemoteError::protocol(
                DOING,
                "what the server says of a message cannot be read",
            ));
        }
        Ok(found.into_values().collect())
    }

    /// The messages of a mailbox that are this letter. The mailbox is selected if it is not.
    pub async fn find_letter(&mut self, path: &str, identity: &str) -> Result<Vec<u32>, RemoteError> {
        const DOING: &str = "looking for a message";
        if self.selected() != Some(path) {
            self.select(path).await?;
        }
        if !is_object_id(identity) {
            return Ok(Vec::new());
        }
        let key = match self.capabilities.gmail {
            true => "X-GM-MSGID",
            false => "EMAILID",
        };
        self.search(Command::new(DOING, &format!("UID SEARCH {key} {identity}")))
            .await
    }

    /// What the server calls a mailbox (RFC 8474, section 4.3); `None` where it does not say.
    pub async fn mailbox_identity(&mut self, path: &str) -> Result<Option<String>, RemoteError> {
        const DOING: &str = "asking about a folder";
        if !self.capabilities.object_id {
            return Ok(None);
        }
        let command = Command::new(DOING, "STATUS").string(path)?.text(" (MAILBOXID)");
        let mut identity = None;
        self.exchange
            .run(command, &mut |data| {
                let ours = data.is("STATUS");
                if ours {
                    identity = status::read(data.rest).and_then(|told| told.identity);
                }
                ours
            })
            .await?;
        Ok(identity)
    }
}

/// `(M123)`, and what servers may write instead. `Some(None)`: NIL, or nothing that can be a name.
pub(super) fn object_id(cursor: &mut Cursor<'_>) -> Option<Option<String>> {
    let mut ahead = *cursor;
    cursor.skip_value()?;
    let listed = ahead.eat(b'(').is_some();
    ahead.spaces();
    let name = ahead
        .astring()
        .map(|name| String::from_utf8_lossy(&name).into_owned());
    ahead.spaces();
    let alone = !listed || ahead.peek() == Some(b')');
    Some(name.filter(|name| alone && is_object_id(name) && !name.eq_ignore_ascii_case("NIL")))
}

/// An unsigned number of 64 bits.
pub(super) fn gmail_id(cursor: &mut Cursor<'_>) -> Option<Option<String>> {
    let mut ahead = *cursor;
    cursor.skip_value()?;
    Some(ahead.number::<u64>().map(|number| number.to_string()))
}

/// As one stands in a response code: `MAILBOXID (F123)`.
pub(super) fn object_id_of(arguments: &str) -> Option<String> {
    object_id(&mut Cursor::new(arguments.as_bytes())).flatten()
}

/// Letters, digits, `_` and `-` (RFC 8474, section 7), so that it can stand in a command as it is.
fn is_object_id(name: &str) -> bool {
    (1..=LONGEST).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_named_in_a_response_code() {
        assert_eq!(
            object_id_of("(F2212ea87-6097)").as_deref(),
            Some("F2212ea87-6097")
        );
        assert_eq!(object_id_of("F1").as_deref(), Some("F1"));
        for none in [
            "",
            "()",
            "NIL",
            "(a) x\r\nA1 LOGOUT",
            "(\"",
            &format!("({})", "x".repeat(256)),
        ] {
            let read = object_id_of(none);
            assert!(
                read.is_none() || read.as_deref() == Some("a"),
                "{none:?} is {read:?}"
            );
        }
    }
}
