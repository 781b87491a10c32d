//! Putting a message into a mailbox (APPEND, RFC 9051, section 6.3.12).

use waxwing_model::{Keyword, Keywords, Timestamp};

use super::command::{Command, flag_list};
use super::{Session, date};
use crate::RemoteError;

impl Session {
    /// The UIDVALIDITY and UID that it got, where the server tells them (APPENDUID, RFC 4315, section 3).
    pub async fn append(
        &mut self,
        path: &str,
        keywords: &Keywords,
        received_at: Option<Timestamp>,
        raw: &[u8],
    ) -> Result<Option<(u32, u32)>, RemoteError> {
        const DOING: &str = "putting a message into a folder";
        let mut command = Command::new(DOING, "APPEND").string(path)?.laborious();
        if !keywords.is_empty() {
            command = command
                .text(" ")
                .text(&flag_list(keywords.iter().map(Keyword::to_imap)));
        }
        if let Some(moment) = received_at.and_then(date::format) {
            command = command.text(&format!(" \"{moment}\""));
        }
        let condition = self.exchange.run(command.literal(raw), &mut |_| false).await?;
        if condition.code != "APPENDUID" {
            return Ok(None);
        }
        let mut numbers = condition
            .arguments
            .split_ascii_whitespace()
            .map(|word| word.parse().ok());
        Ok(match (numbers.next().flatten(), numbers.next().flatten()) {
            (Some(uid_validity), Some(uid)) => Some((uid_validity, uid)),
            _ => None,
        })
    }
}
