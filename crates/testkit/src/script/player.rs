//! Plays a script on one connection. What a script can say is in `step.rs`.

use std::io;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use super::lock;
use super::step::{Answer, Script, Step};
use crate::{CertificatePair, tls};

/// Plays the script to its end. An error is a sentence about where the client left it.
pub(super) async fn play(
    stream: TcpStream,
    script: Script,
    pair: Option<CertificatePair>,
    tls: bool,
    heard: &Mutex<Vec<String>>,
) -> Result<(), String> {
    let mut player = Player {
        wire: BufReader::new(Wire::Plain(stream)),
        last: String::new(),
        heard,
    };
    if tls {
        player = player.start_tls(pair.as_ref()).await?;
    }
    for step in script.steps {
        match step {
            Step::Say(bytes) => player.say(&bytes).await?,
            Step::Hear(text) => {
                let line = player
                    .line()
                    .await?
                    .ok_or_else(|| format!("hung up before {text:?}"))?;
                if !contains(&line, &text) {
                    return Err(format!("said {line:?} where the script has {text:?}"));
                }
            }
            Step::Reply(text) => {
                let tag = player.last.split(' ').next().unwrap_or_default().to_owned();
                player.say(format!("{tag} {text}\r\n").as_bytes()).await?;
            }
            Step::StartTls => player = player.start_tls(pair.as_ref()).await?,
            Step::Pause(time) => tokio::time::sleep(time).await,
            Step::Silence => player.listen_in_silence().await?,
            Step::HangUp => break,
            Step::Reset => return player.reset(),
            Step::Serve(answers) => return player.serve(&answers).await,
        }
    }
    player.hang_up().await
}

struct Player<'a> {
    wire: BufReader<Wire>,
    last: String,
    heard: &'a Mutex<Vec<String>>,
}

impl Player<'_> {
    async fn serve(&mut self, answers: &[(String, Answer)]) -> Result<(), String> {
        while let Some(line) = self.line().await? {
            let found = answers.iter().find(|(text, _)| contains(&line, text));
            let (_, answer) =
                found.ok_or_else(|| format!("said {line:?}, for which nothing was prepared"))?;
            let mut answer = answer;
            // DATA is answered twice: before the letter and after it.
            while let Answer::Data(first, then) = answer {
                self.say(format!("{first}\r\n").as_bytes()).await?;
                while self.line().await?.ok_or("hung up within a letter")? != "." {}
                answer = then;
            }
            match answer {
                Answer::Say(text) => self.say_about(text, &line).await?,
                Answer::Last(text) => {
                    self.say_about(text, &line).await?;
                    return self.hang_up().await;
                }
                Answer::HangUp => return self.hang_up().await,
                Answer::Reset => return self.reset(),
                Answer::Nothing | Answer::Data(..) => {}
            }
        }
        Ok(())
    }

    async fn say_about(&mut self, text: &str, line: &str) -> Result<(), String> {
        let tag = line.split(' ').next().unwrap_or_default();
        self.say(format!("{}\r\n", text.replace("{tag}", tag)).as_bytes())
            .await
    }

    async fn say(&mut self, bytes: &[u8]) -> Result<(), String> {
        let wire = self.wire.get_mut();
        // A client that has left already is no problem of the script: tests of time-outs do that on purpose.
        let _ = wire.write_all(bytes).await;
        let _ = wire.flush().await;
        Ok(())
    }

    /// The next line without its end; none when the client has left.
    async fn line(&mut self) -> Result<Option<String>, String> {
        let mut bytes = Vec::new();
        match self.wire.read_until(b'\n', &mut bytes).await {
            Ok(0) | Err(_) => Ok(None),
            Ok(_) => {
                let line = String::from_utf8_lossy(&bytes)
                    .trim_end_matches(['\r', '\n'])
                    .to_owned();
                lock(self.heard).push(line.clone());
                self.last.clone_from(&line);
                Ok(Some(line))
            }
        }
    }

    async fn listen_in_silence(&mut self) -> Result<(), String> {
        while self.line().await?.is_some() {}
        Ok(())
    }

    async fn hang_up(&mut self) -> Result<(), String> {
        let _ = self.wire.get_mut().shutdown().await;
        Ok(())
    }

    fn reset(&mut self) -> Result<(), String> {
        let stream = match self.wire.get_ref() {
            Wire::Plain(stream) => stream,
            Wire::Tls(stream) => stream.get_ref().0,
        };
        stream.set_zero_linger().map_err(|error| error.to_string())
    }

    async fn start_tls(self, pair: Option<&CertificatePair>) -> Result<Self, String> {
        let pair = pair.ok_or("the script starts TLS but has no certificate")?;
        let Wire::Plain(stream) = self.wire.into_inner() else {
            return Err("TLS was started twice".to_owned());
        };
        let stream = tls::accept(pair, stream)
            .await
            .map_err(|error| format!("TLS failed: {error}"))?;
        Ok(Player {
            wire: BufReader::new(Wire::Tls(Box::new(stream))),
            ..self
        })
    }
}

fn contains(line: &str, text: &str) -> bool {
    line.to_ascii_lowercase().contains(&text.to_ascii_lowercase())
}

/// A connection before or after TLS began.
enum Wire {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Wire::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Wire::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Wire::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Wire::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
