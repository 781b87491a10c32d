//! Bringing letters here: RETR one by one or several ahead, and TOP for the header alone.
//!
//! What is not here: keeping them.

use std::collections::VecDeque;

use super::{answer::Refusal, dialogue::LETTER_CAP, session::Session};
use crate::RemoteError;

/// Whether [`Session::retrieve_each`] goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Continue,
    Stop,
}

/// How many letters are asked for ahead, at most.
const WINDOW: usize = 64;

/// How many octets are asked for ahead, as far as LIST told the truth: what a Stop has to read and throw away.
const AHEAD: u64 = 1024 * 1024;

/// What a letter is taken to measure when LIST was not asked.
const USUAL_SIZE: u32 = 64 * 1024;

/// What a header is taken to measure.
const USUAL_HEADER: u32 = 4 * 1024;

/// Which part of it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Letter,
    Header,
}

impl What {
    fn command(self, number: u32) -> String {
        match self {
            Self::Letter => format!("RETR {number}"),
            Self::Header => format!("TOP {number} 0"),
        }
    }
}

const DOING: &str = "bringing a letter from the server";

impl Session {
    /// A whole letter as it stands on the server, with its CRLFs and without the stuffed dots.
    pub async fn retrieve(&mut self, number: u32) -> Result<Vec<u8>, RemoteError> {
        if self.is_too_large(number) {
            return Err(too_large());
        }
        self.letter(&format!("RETR {number}")).await
    }

    /// The header and so many lines of the body (RFC 1939, section 7).
    pub async fn top(&mut self, number: u32, lines: u32) -> Result<Vec<u8>, RemoteError> {
        self.letter(&format!("TOP {number} {lines}")).await
    }

    /// Several letters in the order of `numbers`, each given to `each` once it is complete. Where the server takes
    /// commands ahead (PIPELINING), the next ones are already on their way meanwhile.
    ///
    /// A letter that is gone is passed over. One that the server refuses or that is too large is passed over too, so
    /// that it does not keep the others from coming, and the first such error is given back at the end.
    pub async fn retrieve_each(
        &mut self,
        numbers: &[u32],
        each: &mut (dyn FnMut(u32, Vec<u8>) -> Next + Send),
    ) -> Result<(), RemoteError> {
        let (fitting, trouble): (Vec<u32>, Vec<u32>) =
            numbers.iter().partition(|number| !self.is_too_large(**number));
        let trouble = (!trouble.is_empty()).then(too_large);
        self.ask_each(What::Letter, &fitting, trouble, each).await
    }

    /// The same for headers alone. Servers are free not to know TOP; then the error says that it was refused.
    pub async fn headers_each(
        &mut self,
        numbers: &[u32],
        each: &mut (dyn FnMut(u32, Vec<u8>) -> Next + Send),
    ) -> Result<(), RemoteError> {
        self.ask_each(What::Header, numbers, None, each).await
    }

    async fn ask_each(
        &mut self,
        what: What,
        numbers: &[u32],
        mut trouble: Option<RemoteError>,
        each: &mut (dyn FnMut(u32, Vec<u8>) -> Next + Send),
    ) -> Result<(), RemoteError> {
        let mut waiting: VecDeque<u32> = numbers.iter().copied().collect();
        let mut asked: VecDeque<u32> = VecDeque::new();
        let mut wanted = Next::Continue;
        loop {
            if wanted == Next::Continue {
                self.ask_ahead(what, &mut waiting, &mut asked).await?;
            }
            let Some(number) = asked.pop_front() else {
                return trouble.map_or(Ok(()), Err);
            };
            let expected = self.expected(what, number);
            match self.dialogue.letter(expected as usize, DOING).await? {
                // What was asked for ahead of a Stop still comes, and is read so that the session can go on.
                Ok(letter) if wanted == Next::Continue => wanted = each(number, letter),
                Ok(_) => {}
                Err(refusal) if refusal.means_gone() => {}
                Err(refusal) => trouble = trouble.or_else(|| Some(refusal.into_error(DOING))),
            }
            if asked.is_empty() {
                self.dialogue.end();
            }
        }
    }

    /// Fills the window: at least one letter, and no more than fits.
    async fn ask_ahead(
        &mut self,
        what: What,
        waiting: &mut VecDeque<u32>,
        asked: &mut VecDeque<u32>,
    ) -> Result<(), RemoteError> {
        let window = if self.capabilities.pipelining { WINDOW } else { 1 };
        let expected = |number: &u32| u64::from(self.expected(what, *number));
        let mut octets: u64 = asked.iter().map(expected).sum();
        // Asked for by the dozen: a command by itself would be a packet by itself.
        if !asked.is_empty() && (asked.len() * 2 > window || octets * 2 > AHEAD) {
            return Ok(());
        }
        let mut commands = String::new();
        let idle = asked.is_empty();
        while asked.len() < window {
            let Some(&number) = waiting.front() else { break };
            octets += expected(&number);
            if octets > AHEAD && !asked.is_empty() {
                break;
            }
            waiting.pop_front();
            asked.push_back(number);
            commands.push_str(&what.command(number));
            commands.push_str("\r\n");
        }
        if commands.is_empty() {
            return Ok(());
        }
        if idle {
            self.dialogue.begin(DOING)?;
        }
        self.dialogue.lines.send(commands.as_bytes(), DOING).await
    }

    /// About how many octets the answer has.
    fn expected(&self, what: What, number: u32) -> u32 {
        match what {
            What::Letter => self.size(number),
            What::Header => self.size(number).min(USUAL_HEADER),
        }
    }

    async fn letter(&mut self, command: &str) -> Result<Vec<u8>, RemoteError> {
        self.dialogue.begin(DOING)?;
        self.dialogue.tell(command, DOING).await?;
        let letter = self.dialogue.letter(0, DOING).await?;
        self.dialogue.end();
        letter.map_err(refused)
    }

    fn size(&self, number: u32) -> u32 {
        self.sizes.get(&number).copied().unwrap_or(USUAL_SIZE)
    }

    /// Not even begun, because giving up half-way costs the connection.
    fn is_too_large(&self, number: u32) -> bool {
        self.size(number) as usize > LETTER_CAP
    }
}

fn refused(refusal: Refusal) -> RemoteError {
    if refusal.means_gone() {
        RemoteError::Gone
    } else {
        refusal.into_error(DOING)
    }
}

fn too_large() -> RemoteError {
    RemoteError::limit("a message of more than 256 MB")
}

#[cfg(test)]
mod tests {
    use std::{collections::HashMap, time::Duration};

    use tokio::io::AsyncWriteExt;

    use super::super::{capabilities::Capabilities, dialogue::Dialogue};
    use super::*;
    use crate::{Wire, lines::Lines};

    fn session() -> (Session, tokio::io::DuplexStream) {
        let (near, far) = tokio::io::duplex(1024 * 1024);
        let mut wire = Wire::new(Box::new(near), None, false);
        wire.set_patience(Duration::from_millis(150));
        let dialogue = Dialogue::new(Lines::new(wire));
        (
            Session {
                dialogue,
                capabilities: Capabilities::default(),
                sizes: HashMap::new(),
            },
            far,
        )
    }

    #[tokio::test]
    async fn a_server_that_falls_silent_in_a_letter_is_left_and_not_asked_again() {
        let (mut session, mut far) = session();
        far.write_all(b"+OK\r\nSubject: half\r\n").await.unwrap();
        let error = session.retrieve(1).await.expect_err("the rest does not come");
        assert!(matches!(error, RemoteError::TimedOut { .. }), "{error}");
        let error = session.retrieve(2).await.expect_err("the rest may still come");
        assert!(matches!(error, RemoteError::Closed { .. }), "{error}");
    }

    #[tokio::test]
    async fn a_letter_that_does_not_end_stops_at_the_cap() {
        let (mut session, mut far) = session();
        let flood = tokio::spawn(async move {
            far.write_all(b"+OK\r\n").await.unwrap();
            let piece = vec![b'x'; 1024 * 1024];
            while far.write_all(&piece).await.is_ok() {}
        });
        let error = session.retrieve(1).await.expect_err("it never ends");
        assert!(matches!(error, RemoteError::Limit { .. }), "{error}");
        drop(session);
        flood.await.unwrap();
    }
}
