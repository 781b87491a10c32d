//! Putting a message into a mailbox (APPEND, RFC 9051, section 6.3.12).

use waxwing_model::{Keyword, Keywords, Timestamp};

use super::command::{Command, flag_list};
use super::path::Names;
use super::response::{Condition, State};
use super::{Session, date};
use crate::RemoteError;
use crate::letter::{self, Letter};

const DOING: &str = "putting a message into a folder";

/// How a message is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrapping {
    Plain,
    /// In the words of RFC 6855, section 4, which wants them for a header with UTF-8 in it.
    Utf8,
}

impl Session {
    /// The UIDVALIDITY and UID that it got, where the server tells them (APPENDUID, RFC 4315, section 3).
    pub async fn append(
        &mut self,
        path: &str,
        keywords: &Keywords,
        received_at: Option<Timestamp>,
        raw: &[u8],
    ) -> Result<Option<(u32, u32)>, RemoteError> {
        self.append_letter(path, keywords, received_at, &raw).await
    }

    /// The same for a message that may be too large to be held.
    pub async fn append_letter(
        &mut self,
        path: &str,
        keywords: &Keywords,
        received_at: Option<Timestamp>,
        letter: &dyn Letter,
    ) -> Result<Option<(u32, u32)>, RemoteError> {
        let header = letter::header(letter).map_err(|error| RemoteError::from_io(DOING, &error))?;
        // IMAP4rev2 takes UTF-8 in any message (RFC 9051, section 6.3.12).
        let news = &self.exchange.news;
        let wrapping = if news.utf8_accepted() && !news.rev2() && !header.is_ascii() {
            Wrapping::Utf8
        } else {
            Wrapping::Plain
        };
        let names = news.names();
        let message = Message {
            path,
            keywords,
            received_at,
            letter,
        };
        let mut condition = self
            .exchange
            .attempt(message.command(wrapping, names)?, &mut |_| false)
            .await?;
        if condition.state == State::Bad && wrapping == Wrapping::Utf8 {
            // RFC 9755, section 4, has taken these words back and has the message handed over like any other.
            condition = self
                .exchange
                .attempt(message.command(Wrapping::Plain, names)?, &mut |_| false)
                .await?;
        }
        if condition.state != State::Ok {
            return Err(condition.failure(DOING));
        }
        Ok(uid(&condition))
    }
}

struct Message<'a> {
    path: &'a str,
    keywords: &'a Keywords,
    received_at: Option<Timestamp>,
    letter: &'a dyn Letter,
}

impl<'a> Message<'a> {
    fn command(&self, wrapping: Wrapping, names: Names) -> Result<Command<'a>, RemoteError> {
        let mut command = Command::new(DOING, "APPEND").path(self.path, names)?.laborious();
        if !self.keywords.is_empty() {
            command = command
                .text(" ")
                .text(&flag_list(self.keywords.iter().map(Keyword::to_imap)));
        }
        if let Some(moment) = self.received_at.and_then(date::format) {
            command = command.text(&format!(" \"{moment}\""));
        }
        Ok(match wrapping {
            Wrapping::Plain => command.letter(self.letter),
            Wrapping::Utf8 => command.utf8_letter(self.letter),
        })
    }
}

fn uid(condition: &Condition) -> Option<(u32, u32)> {
    if condition.code != "APPENDUID" {
        return None;
    }
    let mut numbers = condition
        .arguments
        .split_ascii_whitespace()
        .map(|word| word.parse().ok());
    Some((numbers.next().flatten()?, numbers.next().flatten()?))
}
