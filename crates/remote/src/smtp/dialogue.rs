//! Commands out, replies in.
//!
//! Not here: which commands, and what a reply means for the letter.

use super::reply::{self, Reply};
use crate::{
    RemoteError,
    lines::{Lines, words},
};

/// A reply of more lines than this is none. EHLO answers of forty lines have been seen.
const LONGEST_REPLY: usize = 1_000;

/// The same for its octets.
const LARGEST_REPLY: usize = 1024 * 1024;

#[derive(Debug)]
pub(super) struct Dialogue {
    pub(super) lines: Lines,
}

impl Dialogue {
    /// One command and its reply. lettre's commands bring their own CRLF.
    pub(super) async fn ask(&mut self, command: &str, doing: &'static str) -> Result<Reply, RemoteError> {
        self.lines.send(command.as_bytes(), doing).await?;
        self.reply(doing).await
    }

    pub(super) async fn reply(&mut self, doing: &'static str) -> Result<Reply, RemoteError> {
        let mut gathered = Gathering::default();
        loop {
            let line = self.lines.line(doing).await?;
            if let Some(reply) = gathered.take(&line, doing)? {
                return Ok(reply);
            }
        }
    }
}

/// The lines of one reply as they come, from the wire or from the clear text before STARTTLS.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    code: Option<u16>,
    lines: Vec<String>,
    octets: usize,
}

impl Gathering {
    /// The reply, once `line` is its last.
    pub(super) fn take(&mut self, line: &[u8], doing: &'static str) -> Result<Option<Reply>, RemoteError> {
        let (code, more, text) = reply::line(line)
            .ok_or_else(|| RemoteError::protocol(doing, format!("not an SMTP reply: {}", words(line))))?;
        // "All lines have the same code" (RFC 5321, section 4.2.1). Else two replies could pass for one.
        if *self.code.get_or_insert(code) != code {
            return Err(RemoteError::protocol(
                doing,
                "a reply whose lines have different codes",
            ));
        }
        self.octets += line.len();
        self.lines.push(text);
        if self.lines.len() > LONGEST_REPLY || self.octets > LARGEST_REPLY {
            return Err(RemoteError::limit("an SMTP reply that does not end"));
        }
        Ok((!more).then(|| Reply {
            code,
            lines: std::mem::take(&mut self.lines),
        }))
    }
}
