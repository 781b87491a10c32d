//! What a measurement of IMAP or POP3 is held against: a client that signs in over TLS, asks once, and throws away what comes.
//! It parses nothing and keeps nothing, so nobody who does can be faster.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{StageError, tls};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What a list is made of, for each message.
    Headers,
    /// Every byte of each message.
    Bodies,
    /// The flags of each message.
    Flags,
}

/// What it cost.
#[derive(Debug, Clone, Copy)]
pub struct Floor {
    /// From the connection to the end of the last answer.
    pub took: Duration,
    pub octets: u64,
}

impl Asked {
    fn items(self) -> &'static str {
        match self {
            Self::Headers => {
                "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (From Sender Reply-To To Cc Bcc Subject \
                 Date Message-ID In-Reply-To References Content-Type List-Id)])"
            }
            Self::Bodies => "(UID BODY.PEEK[])",
            Self::Flags => "(UID FLAGS)",
        }
    }
}

/// Asks for all of INBOX.
pub async fn fetch(
    port: u16,
    ca_pem: &str,
    user: &str,
    password: &str,
    asked: Asked,
) -> Result<Floor, StageError> {
    let begun = Instant::now();
    let failed = StageError::io("ask the server for everything");
    let outcome = async {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut stream = tls::connect(ca_pem, stream).await?;
        let mut octets = until(&mut stream, b"* OK").await?;
        for (tag, command) in [
            ("a1 OK", format!("a1 LOGIN \"{user}\" \"{password}\"\r\n")),
            ("a2 OK", "a2 EXAMINE INBOX\r\n".to_owned()),
            ("a3 OK", format!("a3 FETCH 1:* {}\r\n", asked.items())),
        ] {
            stream.write_all(command.as_bytes()).await?;
            octets += until(&mut stream, tag.as_bytes()).await?;
        }
        Ok::<_, std::io::Error>(octets)
    };
    let octets = outcome.await.map_err(failed)?;
    Ok(Floor {
        took: begun.elapsed(),
        octets,
    })
}

/// Asks for all of a maildrop, every message ahead of the first one's answer.
pub async fn fetch_maildrop(
    port: u16,
    ca_pem: &str,
    user: &str,
    password: &str,
) -> Result<Floor, StageError> {
    let begun = Instant::now();
    let failed = StageError::io("ask the server for everything");
    let outcome = async {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let (mut reads, mut writes) = tokio::io::split(tls::connect(ca_pem, stream).await?);
        let mut octets = until(&mut reads, b"+OK").await?;
        for command in [format!("USER {user}\r\n"), format!("PASS {password}\r\n")] {
            writes.write_all(command.as_bytes()).await?;
            octets += until(&mut reads, b"+OK").await?;
        }
        writes.write_all(b"STAT\r\n").await?;
        let mut answer = [0; 128];
        let read = reads.read(&mut answer).await?;
        let answer = String::from_utf8_lossy(answer.get(..read).unwrap_or_default()).into_owned();
        let count: u32 = answer
            .split(' ')
            .nth(1)
            .and_then(|count| count.parse().ok())
            .ok_or(std::io::ErrorKind::InvalidData)?;
        let mut commands: String = (1..=count).map(|number| format!("RETR {number}\r\n")).collect();
        commands.push_str("QUIT\r\n");
        let asking = async {
            writes.write_all(commands.as_bytes()).await?;
            writes.flush().await
        };
        let reading = async {
            let mut buffer = vec![0; 256 * 1024];
            let mut octets = 0;
            loop {
                match reads.read(&mut buffer).await {
                    Ok(0) => return Ok(octets),
                    Ok(read) => octets += read as u64,
                    // Some servers end without a farewell of TLS.
                    Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(octets),
                    Err(error) => return Err(error),
                }
            }
        };
        let ((), read) = tokio::try_join!(asking, reading)?;
        Ok::<_, std::io::Error>(octets + read)
    };
    let octets = outcome.await.map_err(failed)?;
    Ok(Floor {
        took: begun.elapsed(),
        octets,
    })
}

/// Reads until the end of what was read holds this word and a line end. The last line of an answer is the last that
/// comes, so its beginning is looked for in the last bytes only.
async fn until(stream: &mut (impl AsyncReadExt + Unpin), word: &[u8]) -> std::io::Result<u64> {
    let mut buffer = vec![0; 256 * 1024];
    let mut tail: Vec<u8> = Vec::new();
    let mut octets = 0;
    loop {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        octets += read as u64;
        let fresh = buffer.get(..read).unwrap_or_default();
        tail.extend_from_slice(fresh.get(read.saturating_sub(512)..).unwrap_or_default());
        tail.drain(..tail.len().saturating_sub(512));
        let is_last = tail.ends_with(b"\n")
            && tail
                .rsplitn(3, |byte| *byte == b'\n')
                .nth(1)
                .is_some_and(|line| line.starts_with(word));
        if is_last {
            return Ok(octets);
        }
    }
}
