//! A web server for every host name of a small internet, over TLS alone: canned pages by host and path, and what no good
//! web server does on request: answers that come late or never, that have no end, or that lead somewhere else.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::{CertificatePair, tls};

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// With status 200.
    Body(String),
    /// A file, as a store of files gives it: a stream of octets, whatever it is, and a cookie with it.
    File(Vec<u8>),
    /// JSON with this status.
    Json(u16, String),
    /// An empty page with this status.
    Status(u16),
    /// Status 302 to this address.
    Redirect(String),
    /// The same after this time.
    Late(Duration, Box<Page>),
    /// The connection stays open and nothing is said.
    Never,
    /// This text, then spaces until there are so many octets.
    Endless(String, usize),
}

/// What a client asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub method: String,
    pub host: String,
    /// With its query.
    pub path: String,
    pub authorization: String,
    /// Everything above the body.
    pub head: String,
    pub body: String,
}

/// Whoever answers for a whole host.
type Answering = dyn Fn(&Asked) -> Page + Send + Sync;

/// A running server. It ends when this is dropped.
pub struct WebServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    pages: Mutex<HashMap<String, Page>>,
    hosts: Mutex<HashMap<String, Arc<Answering>>>,
    asked: Mutex<Vec<Asked>>,
}

/// No request of ours is longer.
const LONGEST: usize = 64 * 1024;

impl WebServer {
    pub async fn start(certificate: CertificatePair) -> io::Result<WebServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let serving = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, certificate.clone(), Arc::clone(&serving)));
            }
        });
        Ok(WebServer {
            address,
            shared,
            task,
        })
    }

    /// A server without TLS, where one asker answers everything.
    pub async fn start_plain(
        answering: impl Fn(&Asked) -> Page + Send + Sync + 'static,
    ) -> io::Result<WebServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let answering: Arc<Answering> = Arc::new(answering);
        let serving = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (answering, shared) = (Arc::clone(&answering), Arc::clone(&serving));
                tokio::spawn(async move {
                    let Some(asked) = read(&mut stream).await else {
                        return;
                    };
                    let page = answering(&asked);
                    lock(&shared.asked).push(asked);
                    // A client that has gone away is no failure of the server.
                    let _ = write(&mut stream, page).await;
                    let _ = stream.shutdown().await;
                });
            }
        });
        Ok(WebServer {
            address,
            shared,
            task,
        })
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Puts a page at a host and a path without its query: `nordlicht.test/.well-known/…`.
    pub fn put(&self, address: &str, page: Page) {
        lock(&self.shared.pages).insert(address.to_owned(), page);
    }

    /// Has somebody answer for a host, whatever it is asked.
    pub fn put_host(&self, host: &str, answering: impl Fn(&Asked) -> Page + Send + Sync + 'static) {
        lock(&self.shared.hosts).insert(host.to_owned(), Arc::new(answering));
    }

    /// Everything that was asked, in its order.
    pub fn asked(&self) -> Vec<Asked> {
        lock(&self.shared.asked).clone()
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream, certificate: CertificatePair, shared: Arc<Shared>) {
    let Ok(mut stream) = tls::accept(&certificate, stream).await else {
        return;
    };
    let Some(asked) = read(&mut stream).await else {
        return;
    };
    let path = asked.path.split('?').next().unwrap_or_default();
    let answering = lock(&shared.hosts).get(&asked.host).cloned();
    let page = match answering {
        Some(answering) => Some(answering(&asked)),
        None => lock(&shared.pages).get(&format!("{}{path}", asked.host)).cloned(),
    };
    lock(&shared.asked).push(asked);
    // A client that has gone away is no failure of the server.
    let _ = write(&mut stream, page.unwrap_or(Page::Status(404))).await;
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some(asked) = parse(&bytes) {
            return Some(asked);
        }
        let length = stream.read(&mut buffer).await.ok()?;
        if length == 0 || bytes.len() > LONGEST {
            return None;
        }
        bytes.extend(buffer.get(..length)?);
    }
}

/// A whole request, once it has come (RFC 9112).
fn parse(bytes: &[u8]) -> Option<Asked> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let header = |name: &str| {
        let mut headers = head.split("\r\n").filter_map(|line| line.split_once(':'));
        let found = headers.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_owned())
    };
    let length: usize = header("content-length").map_or(Some(0), |told| told.parse().ok())?;
    (body.len() >= length).then(|| Asked {
        method: method.to_owned(),
        host: header("host").unwrap_or_default(),
        path: path.to_owned(),
        authorization: header("authorization").unwrap_or_default(),
        head: head.to_owned(),
        body: body.to_owned(),
    })
}

async fn write(stream: &mut (impl AsyncWrite + Unpin), page: Page) -> io::Result<()> {
    let mut page = page;
    while let Page::Late(pause, next) = page {
        tokio::time::sleep(pause).await;
        page = *next;
    }
    let (status, more, body, length) = match page {
        Page::Never | Page::Late(..) => {
            std::future::pending::<()>().await;
            return Ok(());
        }
        Page::Status(status) => (status, String::new(), Vec::new(), 0),
        Page::File(bytes) => {
            let length = bytes.len();
            let more = "Content-Type: binary/octet-stream\r\nSet-Cookie: reader=lena\r\n";
            (200, more.to_owned(), bytes, length)
        }
        Page::Json(status, body) => {
            let length = body.len();
            (
                status,
                "Content-Type: application/json\r\n".to_owned(),
                body.into_bytes(),
                length,
            )
        }
        Page::Redirect(to) => (302, format!("Location: {to}\r\n"), Vec::new(), 0),
        Page::Body(body) => {
            let length = body.len();
            (200, String::new(), body.into_bytes(), length)
        }
        Page::Endless(body, length) => (200, String::new(), body.into_bytes(), length),
    };
    let head = format!("HTTP/1.1 {status} -\r\n{more}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    let spaces = [b' '; 8192];
    let mut left = length.saturating_sub(body.len());
    while left > 0 {
        let now = spaces.get(..left.min(spaces.len())).unwrap_or_default();
        stream.write_all(now).await?;
        left -= now.len();
    }
    stream.flush().await
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
