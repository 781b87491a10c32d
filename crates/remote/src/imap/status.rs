//! How many messages a mailbox holds, without selecting it (STATUS, RFC 9051, section 6.3.11).

use super::Session;
use super::command::Command;
use super::grammar::Cursor;
use crate::RemoteError;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    pub messages: u32,
    pub unseen: u32,
    /// 0 where the server does not say.
    pub uid_next: u32,
    /// 0 where the server does not say.
    pub uid_validity: u32,
}

impl Session {
    pub async fn status(&mut self, path: &str) -> Result<Status, RemoteError> {
        const DOING: &str = "asking about a folder";
        let command = Command::new(DOING, "STATUS")
            .string(path)?
            .text(" (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)");
        let mut status = None;
        self.exchange
            .run(command, &mut |data| {
                let ours = data.is("STATUS");
                if ours {
                    status = read(data.rest);
                }
                ours
            })
            .await?;
        status.ok_or_else(|| RemoteError::protocol(DOING, "the server says nothing about it"))
    }
}

fn read(mut cursor: Cursor<'_>) -> Option<Status> {
    cursor.astring()?;
    cursor.spaces();
    cursor.eat(b'(')?;
    let mut status = Status::default();
    loop {
        cursor.spaces();
        if cursor.eat(b')').is_some() {
            return Some(status);
        }
        let name = cursor.atom()?;
        cursor.spaces();
        let mut value = cursor;
        let number: u32 = value.number().unwrap_or(0);
        match name.to_ascii_uppercase().as_slice() {
            b"MESSAGES" => status.messages = number,
            b"UNSEEN" => status.unseen = number,
            b"UIDNEXT" => status.uid_next = number,
            b"UIDVALIDITY" => status.uid_validity = number,
            _ => {}
        }
        cursor.skip_value()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_any_order_and_some_not_at_all() {
        let answer = b"\"a (b\" (UIDNEXT 7 HIGHESTMODSEQ 9.3e6 MESSAGES 3 )\r\n";
        let status = read(Cursor::new(answer)).unwrap();
        assert_eq!(
            status,
            Status {
                messages: 3,
                unseen: 0,
                uid_next: 7,
                uid_validity: 0
            }
        );
    }
}
