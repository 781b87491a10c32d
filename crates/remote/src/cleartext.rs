//! The few lines that are said before STARTTLS (RFC 3501, section 6.2.1) or STLS (RFC 2595, section 4), and the
//! step from there to TLS.
//!
//! Nothing that is heard here outlives the step: the type is used up by [`Cleartext::upgrade`], which refuses
//! when the server, or someone in between, has already said more than it was asked. Not here: the commands.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::wire::Wire;
use crate::{RemoteError, Trust, tls};

/// A greeting or an answer longer than this is none.
const LONGEST_LINE: usize = 8 * 1024;

/// A connection in clear that is to be encrypted before anything of worth is said.
#[derive(Debug)]
pub struct Cleartext {
    wire: Wire,
    host: String,
    heard: Vec<u8>,
}

impl Cleartext {
    pub fn new(wire: Wire, host: &str) -> Self {
        Self {
            wire,
            host: host.to_owned(),
            heard: Vec::new(),
        }
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    /// One line without its end.
    pub async fn read_line(&mut self) -> Result<String, RemoteError> {
        const DOING: &str = "asking for encryption";
        loop {
            if let Some(end) = self.heard.iter().position(|byte| *byte == b'\n') {
                let rest = self.heard.split_off(end + 1);
                let line = std::mem::replace(&mut self.heard, rest);
                return Ok(String::from_utf8_lossy(&line)
                    .trim_end_matches(['\r', '\n'])
                    .to_owned());
            }
            if self.heard.len() > LONGEST_LINE {
                return Err(RemoteError::limit("a line before encryption that does not end"));
            }
            match self.wire.read_buf(&mut self.heard).await {
                Ok(0) => return Err(RemoteError::closed(DOING)),
                Ok(_) => {}
                Err(error) => return Err(RemoteError::from_io(DOING, &error)),
            }
        }
    }

    /// Says one line; its end is added here. It must be nothing that anybody may not read.
    pub async fn write_line(&mut self, line: &str) -> Result<(), RemoteError> {
        let line = format!("{line}\r\n");
        let written = async {
            self.wire.write_all(line.as_bytes()).await?;
            self.wire.flush().await
        };
        written
            .await
            .map_err(|error| RemoteError::from_io("asking for encryption", &error))
    }

    /// TLS, now that the server has agreed. Bytes that came before it are an attempt to have them taken for
    /// the server's encrypted words (CVE-2011-0411), and end the connection.
    pub async fn upgrade(self, trust: &Trust) -> Result<Wire, RemoteError> {
        if !self.heard.is_empty() {
            return Err(RemoteError::tls_refused(
                &self.host,
                "something was slipped in before encryption",
            ));
        }
        let peer = self.wire.peer();
        tls::encrypt(self.wire.into_channel(), peer, &self.host, trust).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn words_slipped_in_behind_the_answer_end_the_connection() {
        let (near, mut far) = tokio::io::duplex(256);
        let mut clear = Cleartext::new(Wire::new(Box::new(near), None, false), "localhost");
        far.write_all(b"a OK begin TLS now\r\n* CAPABILITY IMAP4rev1\r\n")
            .await
            .unwrap();
        assert_eq!(
            clear.read_line().await.unwrap(),
            "a OK begin TLS now",
            "the answer is one line"
        );
        let error = clear
            .upgrade(&Trust::system())
            .await
            .expect_err("more was said than asked");
        assert!(
            matches!(error, RemoteError::TlsRefused { .. }),
            "{error} comes before any handshake"
        );
    }

    #[tokio::test]
    async fn a_line_without_an_end_is_not_read_for_ever() {
        let (near, mut far) = tokio::io::duplex(1024 * 1024);
        let mut clear = Cleartext::new(Wire::new(Box::new(near), None, false), "localhost");
        far.write_all(&vec![b'x'; 100_000]).await.unwrap();
        let error = clear.read_line().await.expect_err("no end comes");
        assert!(
            matches!(error, RemoteError::Limit { .. }),
            "{error} says that it was too much"
        );
    }
}
