//! Finding messages by UID SEARCH (RFC 9051, section 6.4.4).
//!
//! Not here: searching for words. The store's index does that.

use super::command::Command;
use super::path::Names;
use super::response::Data;
use super::uid_set::UidSet;
use super::{Session, grammar::Cursor};
use crate::RemoteError;

impl Session {
    /// Every message of the selected mailbox, those on their way out (`\Deleted`) among them, ascending.
    pub async fn uids(&mut self) -> Result<Vec<u32>, RemoteError> {
        self.search(Command::new("listing messages", "UID SEARCH ALL"))
            .await
    }

    /// The messages in a mailbox with this Message-ID, angle brackets or not, those on their way out among them. The mailbox
    /// is selected if it is not.
    pub async fn find_message_id(&mut self, path: &str, message_id: &str) -> Result<Vec<u32>, RemoteError> {
        self.find(path, "", message_id).await
    }

    /// The same without those on their way out.
    pub async fn find_undeleted(&mut self, path: &str, message_id: &str) -> Result<Vec<u32>, RemoteError> {
        self.find(path, " UNDELETED", message_id).await
    }

    async fn find(&mut self, path: &str, which: &str, message_id: &str) -> Result<Vec<u32>, RemoteError> {
        const DOING: &str = "looking for a message";
        if self.selected() != Some(path) {
            self.select(path).await?;
        }
        // HEADER looks for a part of the field, and the brackets make sure that it is the whole of an id.
        let whole = format!(
            "<{}>",
            message_id.trim().trim_start_matches('<').trim_end_matches('>')
        );
        // Where UTF-8 is spoken a charset is neither needed nor allowed (RFC 6855, section 3).
        let names = self.exchange.news.names();
        let charset = match whole.is_ascii() || names == Names::Utf8 {
            true => "",
            false => " CHARSET UTF-8",
        };
        let text = format!("UID SEARCH{charset}{which} HEADER Message-ID");
        self.search(Command::new(DOING, &text).words(&whole, names)?)
            .await
    }

    pub(super) async fn search(&mut self, command: Command<'_>) -> Result<Vec<u32>, RemoteError> {
        let doing = command.doing;
        let mut found = Vec::new();
        let mut malformed = false;
        self.exchange
            .run(command.laborious(), &mut |data| {
                let ours = data.is("SEARCH") || data.is("ESEARCH");
                if ours {
                    match read(data) {
                        Some(mut uids) => found.append(&mut uids),
                        None => malformed = true,
                    }
                }
                ours
            })
            .await?;
        if malformed {
            // A message left out of this list would be taken for one that is gone.
            return Err(RemoteError::protocol(
                doing,
                "the list of messages cannot be read",
            ));
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

fn read(data: &Data<'_>) -> Option<Vec<u32>> {
    let mut cursor = data.rest;
    if data.is("ESEARCH") {
        return read_extended(cursor);
    }
    let mut uids = Vec::new();
    loop {
        cursor.spaces();
        if cursor.at_end() {
            return Some(uids);
        }
        // `(MODSEQ 5)` may stand at the end (RFC 7162, section 3.1.5).
        if cursor.peek() == Some(b'(') {
            cursor.skip_value()?;
            continue;
        }
        uids.push(cursor.number()?);
    }
}

/// What IMAP4rev2 answers instead (RFC 9051, section 7.3.4): `(TAG "W1") UID ALL 1:5,9`.
fn read_extended(mut cursor: Cursor<'_>) -> Option<Vec<u32>> {
    let mut uids = Vec::new();
    loop {
        cursor.spaces();
        if cursor.at_end() {
            return Some(uids);
        }
        if cursor.peek() == Some(b'(') {
            cursor.skip_value()?;
            continue;
        }
        if cursor.atom()?.eq_ignore_ascii_case(b"ALL") {
            cursor.spaces();
            let set: UidSet = std::str::from_utf8(cursor.atom()?).ok()?.parse().ok()?;
            // An open or absurd range would fill the memory.
            if set.count() > 50_000_000 {
                return None;
            }
            uids.extend(set.iter());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imap::response::Response;

    fn uids(line: &str) -> Option<Vec<u32>> {
        match Response::read(line.as_bytes()) {
            Some(Response::Data(data)) => read(&data),
            other => panic!("{line} is {other:?}"),
        }
    }

    #[test]
    fn both_forms_of_the_answer_are_read() {
        assert_eq!(
            uids("* SEARCH 3 1 2 \r\n").unwrap(),
            [3, 1, 2],
            "a space at the end is usual"
        );
        assert_eq!(
            uids("* SEARCH\r\n").unwrap(),
            Vec::<u32>::new(),
            "nothing is an answer"
        );
        assert_eq!(uids("* SEARCH 5 (MODSEQ 917162500)\r\n").unwrap(), [5]);
        assert_eq!(
            uids("* ESEARCH (TAG \"W1\") UID ALL 1:3,9\r\n").unwrap(),
            [1, 2, 3, 9]
        );
        assert_eq!(uids("* ESEARCH (TAG \"W1\") UID\r\n").unwrap(), Vec::<u32>::new());
        assert_eq!(uids("* SEARCH 5 x\r\n"), None, "half a list is none");
        assert_eq!(uids("* ESEARCH UID ALL 1:*\r\n"), None, "nor is an endless one");
    }
}
