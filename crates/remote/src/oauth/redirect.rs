//! The place on this computer to which the browser comes back (RFC 8252, section 7.3): 127.0.0.1 alone, at a port that the system
//! chooses, for one sign-in. It knows one path and one answer, and is shut when that has come, or is waited for no longer.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::judge::{Expected, Verdict, judge};
use super::page::Page;
use crate::RemoteError;

/// As it is told to providers that register clients: the port is another one each time.
pub(super) const REGISTERED: &str = "http://127.0.0.1/";
/// Octets of a request. A code has a few hundred.
const LARGEST: usize = 32 * 1024;
/// For a request to come whole.
const PATIENCE: Duration = Duration::from_secs(10);
/// Browsers open connections that they do not use; others may do so to keep us busy.
const AT_ONCE: usize = 16;
/// As long as this computer has no file left to open, no connection can be taken.
const AFTER_AN_ERROR: Duration = Duration::from_millis(100);

pub(super) struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listener {
    pub(super) async fn open() -> Result<Self, RemoteError> {
        let failed = |error: io::Error| RemoteError::Unreachable {
            host: "127.0.0.1".to_owned(),
            port: 0,
            source: error,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Where the browser is sent.
    pub(super) fn uri(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Waits for the one answer. Whatever else comes is turned away.
    pub(super) async fn wait(self, expected: &Expected) -> Result<SecretString, RemoteError> {
        let host = self.address.to_string();
        let mut guests = FuturesUnordered::new();
        loop {
            tokio::select! {
                come = self.come(), if guests.len() < AT_ONCE => {
                    if let Some(stream) = come {
                        guests.push(receive(stream, &host, expected));
                    }
                }
                Some(answer) = guests.next() => {
                    if let Some(outcome) = answer {
                        return outcome;
                    }
                }
            }
        }
    }

    /// The next connection. `None`: it could not be taken, and the next one hardly could be at once.
    async fn come(&self) -> Option<TcpStream> {
        match self.listener.accept().await {
            Ok((stream, _)) => Some(stream),
            Err(error) => {
                tracing::debug!(%error, "a connection of the browser could not be taken");
                tokio::time::sleep(AFTER_AN_ERROR).await;
                None
            }
        }
    }
}

/// One connection: read, judged and answered. `None`: it was not the answer.
async fn receive(
    mut stream: TcpStream,
    host: &str,
    expected: &Expected,
) -> Option<Result<SecretString, RemoteError>> {
    let head = tokio::time::timeout(PATIENCE, head(&mut stream)).await.ok()??;
    let (page, outcome) = match question(&head, host) {
        Err(page) => (page, None),
        Ok(query) => match judge(query, expected) {
            Verdict::NotOurs => (Page::NotOurs, None),
            Verdict::Ours(Ok(code)) => (Page::Heard, Some(Ok(code))),
            Verdict::Ours(Err(error)) => (Page::Refused, Some(Err(error))),
        },
    };
    let farewell = async {
        stream.write_all(page.answer().as_bytes()).await?;
        stream.shutdown().await?;
        // Until the browser has read it: to close over what it still says would take the page from it.
        let mut rest = [0; 1024];
        while stream.read(&mut rest).await? > 0 {}
        Ok::<_, io::Error>(())
    };
    // A browser that went away has said what it had to say.
    let _ = tokio::time::timeout(Duration::from_secs(1), farewell).await;
    outcome
}

/// Everything before the empty line.
async fn head(stream: &mut TcpStream) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST));
    let mut buffer = Zeroizing::new([0_u8; 4096]);
    loop {
        let length = stream.read(buffer.as_mut_slice()).await.ok()?;
        bytes.extend_from_slice(buffer.get(..length)?);
        if bytes.windows(4).any(|four| four == b"\r\n\r\n") {
            return std::str::from_utf8(&bytes)
                .ok()
                .map(|text| Zeroizing::new(text.to_owned()));
        }
        if length == 0 || bytes.len() + buffer.len() > LARGEST {
            return None;
        }
    }
}

/// The query of a request that is for us, or the page for one that is not.
fn question<'h>(head: &'h str, host: &str) -> Result<&'h str, Page> {
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    // A name that somebody has made lead here is not ours.
    let named = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim());
    match (method, path) {
        ("GET", "/") if named == Some(host) => Ok(query),
        ("GET", _) => Err(Page::NotHere),
        _ => Err(Page::OnlyGet),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    async fn say(address: SocketAddr, request: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    fn expected() -> Expected {
        Expected {
            state: "right".into(),
            issuer: None,
            says_who: false,
        }
    }

    #[tokio::test]
    async fn only_the_right_answer_is_taken_and_then_the_door_is_shut() {
        let listener = Listener::open().await.unwrap();
        let address = listener.address;
        assert!(address.ip().is_loopback() && listener.uri().starts_with("http://127.0.0.1:"));
        let waiting = tokio::spawn(async move { listener.wait(&expected()).await });
        // Somebody who says nothing keeps nobody else from being heard.
        let _silent = TcpStream::connect(address).await.unwrap();
        for (request, status) in [
            (
                format!("GET /?code=a&state=wrong HTTP/1.1\r\nHost: {address}\r\n\r\n"),
                "400",
            ),
            (
                format!("GET /favicon.ico HTTP/1.1\r\nHost: {address}\r\n\r\n"),
                "404",
            ),
            (
                format!("GET //?code=a&state=right HTTP/1.1\r\nHost: {address}\r\n\r\n"),
                "404",
            ),
            (
                format!("GET /x?code=a&state=right HTTP/1.1\r\nHost: {address}\r\n\r\n"),
                "404",
            ),
            (
                format!("POST /?code=a&state=right HTTP/1.1\r\nHost: {address}\r\n\r\n"),
                "405",
            ),
            (
                format!("HEAD /?code=a&state=right HTTP/1.1\r\nHost: {address}\r\n\r\n"),
                "405",
            ),
            (
                "GET /?code=a&state=right HTTP/1.1\r\nHost: evil.test\r\n\r\n".to_owned(),
                "404",
            ),
            ("GET /?code=a&state=right HTTP/1.1\r\n\r\n".to_owned(), "404"),
        ] {
            let answer = say(address, &request).await;
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status}")),
                "{request}: {answer}"
            );
            assert!(!waiting.is_finished(), "{request} is not what was waited for");
        }
        let answer = say(
            address,
            &format!("GET /?code=the-code&state=right HTTP/1.1\r\nHost: {address}\r\n\r\n"),
        )
        .await;
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.contains("default-src 'none'"),
            "{answer}"
        );
        assert!(
            !answer.contains("<script") && !answer.contains("the-code"),
            "{answer}"
        );
        let code = waiting.await.unwrap().expect("it is the answer");
        assert_eq!(code.expose_secret(), "the-code");
        TcpStream::connect(address).await.expect_err("the door is shut");
    }

    #[tokio::test]
    async fn a_request_without_an_end_is_given_up() {
        let listener = Listener::open().await.unwrap();
        let address = listener.address;
        let waiting = tokio::spawn(async move { listener.wait(&expected()).await });
        let mut stream = TcpStream::connect(address).await.unwrap();
        let _ = stream.write_all(&[b'x'; LARGEST + 4096]).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(answer.is_empty(), "nothing is said to it");
        assert!(!waiting.is_finished());
        waiting.abort();
        let _ = waiting.await;
        TcpStream::connect(address).await.expect_err("given up is shut");
    }
}
