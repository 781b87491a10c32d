//! A server that follows a script: for what no real server would say when asked to. It greets, waits for lines,
//! answers NO, BAD, garbage or nothing, starts TLS, hangs up. It knows no protocol by itself; a few ready
//! scripts for SMTP are in `script/smtp.rs`, the words of a script in `script/step.rs`.

mod player;
mod smtp;
mod step;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::CertificatePair;
pub use smtp::SmtpFault;
pub use step::{Answer, Script};

/// A running scripted server. It ends when this is dropped.
pub struct ScriptedServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    connections: AtomicU64,
    heard: Mutex<Vec<String>>,
    problems: Mutex<Vec<String>>,
}

impl ScriptedServer {
    /// Plays one script a connection, in this order; the last one is played again for all that follow.
    pub async fn start(scripts: Vec<Script>) -> io::Result<ScriptedServer> {
        ScriptedServer::listen(scripts, None, false).await
    }

    /// The same inside TLS.
    pub async fn start_tls(scripts: Vec<Script>, pair: CertificatePair) -> io::Result<ScriptedServer> {
        ScriptedServer::listen(scripts, Some(pair), true).await
    }

    /// The same in clear, with a certificate for the moment when the script starts TLS.
    pub async fn start_with_starttls(
        scripts: Vec<Script>,
        pair: CertificatePair,
    ) -> io::Result<ScriptedServer> {
        ScriptedServer::listen(scripts, Some(pair), false).await
    }

    async fn listen(
        scripts: Vec<Script>,
        pair: Option<CertificatePair>,
        tls: bool,
    ) -> io::Result<ScriptedServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            connections: AtomicU64::new(0),
            heard: Mutex::new(Vec::new()),
            problems: Mutex::new(Vec::new()),
        });
        let play = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            let mut scripts = scripts.into_iter();
            let mut script = scripts.next().unwrap_or_default();
            while let Ok((stream, _)) = listener.accept().await {
                play.connections.fetch_add(1, Ordering::SeqCst);
                let next = scripts.next().unwrap_or_else(|| script.clone());
                let current = std::mem::replace(&mut script, next);
                tokio::spawn(play_one(stream, current, pair.clone(), tls, Arc::clone(&play)));
            }
        });
        Ok(ScriptedServer {
            address,
            shared,
            task,
        })
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port where clients connect.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many connections were made.
    pub fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Every line that was heard, without its line end, over all connections.
    pub fn heard(&self) -> Vec<String> {
        lock(&self.shared.heard).clone()
    }

    /// Where clients left the script. A test that needs the script followed asserts that this is empty.
    pub fn problems(&self) -> Vec<String> {
        lock(&self.shared.problems).clone()
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn play_one(
    stream: TcpStream,
    script: Script,
    pair: Option<CertificatePair>,
    tls: bool,
    shared: Arc<Shared>,
) {
    let _ = stream.set_nodelay(true);
    if let Err(problem) = player::play(stream, script, pair, tls, &shared.heard).await {
        lock(&shared.problems).push(problem);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
