//! A proxy before a real server that breaks the connection by rule: it cuts, stalls, resets, delays, rewrites.
//! It passes bytes on as they are, or ends TLS on both sides so that rules can see lines inside it.
//! The rules are in `proxy/rule.rs`, their work on one direction of one connection in `proxy/pump.rs`.

mod pump;
mod rule;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::CertificatePair;
use crate::tls;
pub use rule::{Action, Deed, Direction, Rule, When};

/// What the proxy does about TLS.
#[derive(Clone)]
pub enum ProxyTls {
    /// It passes bytes on as they are, encrypted or not.
    Pass,
    /// It speaks TLS with the client, showing this certificate, and plain with the server.
    Client(CertificatePair),
    /// It speaks TLS with both; the server is trusted by this authority (PEM) and is called `localhost`.
    Both(CertificatePair, String),
    /// It speaks plain with the client and TLS with the server, which is trusted by this authority (PEM).
    Server(String),
}

/// A running proxy. It ends, and cuts every connection, when this is dropped.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// A connection to one side, encrypted or not.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

struct Shared {
    rules: Mutex<Vec<Rule>>,
    refusing: AtomicBool,
    connections: AtomicU64,
    acted: AtomicU64,
    to_server: AtomicU64,
    to_client: AtomicU64,
    transcript: Mutex<Vec<(Direction, Vec<u8>)>>,
    cuts: watch::Sender<u64>,
}

impl Proxy {
    /// Starts a proxy on a free port of loopback before the given server.
    pub async fn start(server: SocketAddr, tls: ProxyTls) -> io::Result<Proxy> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            rules: Mutex::new(Vec::new()),
            refusing: AtomicBool::new(false),
            connections: AtomicU64::new(0),
            acted: AtomicU64::new(0),
            to_server: AtomicU64::new(0),
            to_client: AtomicU64::new(0),
            transcript: Mutex::new(Vec::new()),
            cuts: watch::Sender::new(0),
        });
        let task = tokio::spawn(accept(listener, server, tls, Arc::clone(&shared)));
        Ok(Proxy {
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

    /// Adds a rule, which holds for connections that exist too. The first rule that fits a line wins.
    pub fn add(&self, rule: Rule) {
        lock(&self.shared.rules).push(rule);
    }

    /// Forgets all rules.
    pub fn clear(&self) {
        lock(&self.shared.rules).clear();
    }

    /// Whether new connections are reset at once, as when the network is gone.
    pub fn refuse(&self, refusing: bool) {
        self.shared.refusing.store(refusing, Ordering::SeqCst);
    }

    /// Cuts every connection that is open now.
    pub fn cut(&self) {
        self.shared.cuts.send_modify(|count| *count += 1);
    }

    /// How many connections were made, refused ones included.
    pub fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How often a rule has acted.
    pub fn acted(&self) -> u64 {
        self.shared.acted.load(Ordering::SeqCst)
    }

    /// How many bytes were passed on in a direction.
    pub fn bytes(&self, direction: Direction) -> u64 {
        self.shared.counter(direction).load(Ordering::SeqCst)
    }

    /// What was passed on in a direction so far, up to some megabytes.
    pub fn said(&self, direction: Direction) -> Vec<u8> {
        let transcript = lock(&self.shared.transcript);
        transcript
            .iter()
            .filter(|(to, _)| *to == direction)
            .flat_map(|(_, bytes)| bytes.clone())
            .collect()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
        self.cut();
    }
}

impl Shared {
    fn counter(&self, direction: Direction) -> &AtomicU64 {
        match direction {
            Direction::ToServer => &self.to_server,
            Direction::ToClient => &self.to_client,
        }
    }

    /// Counts and remembers what was passed on.
    fn record(&self, direction: Direction, bytes: &[u8]) {
        const REMEMBERED: u64 = 8 << 20;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.counter(direction).fetch_add(length, Ordering::SeqCst) < REMEMBERED {
            lock(&self.transcript).push((direction, bytes.to_vec()));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, server: SocketAddr, tls: ProxyTls, shared: Arc<Shared>) {
    while let Ok((client, _)) = listener.accept().await {
        shared.connections.fetch_add(1, Ordering::SeqCst);
        if shared.refusing.load(Ordering::SeqCst) {
            let _ = client.set_zero_linger();
            continue;
        }
        let (tls, shared) = (tls.clone(), Arc::clone(&shared));
        let mut cuts = shared.cuts.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                _ = connection(client, server, tls, shared) => {}
                _ = cuts.changed() => {}
            }
        });
    }
}

/// One connection from its first to its last byte.
async fn connection(
    client: TcpStream,
    server: SocketAddr,
    tls: ProxyTls,
    shared: Arc<Shared>,
) -> io::Result<()> {
    let server = TcpStream::connect(server).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    // A second handle on each socket: what reads and writes is hidden inside TLS when a reset is asked for.
    let (client, client_handle) = twice(client)?;
    let (server, server_handle) = twice(server)?;
    let (client, server): (Box<dyn Wire>, Box<dyn Wire>) = match tls {
        ProxyTls::Pass => (Box::new(client), Box::new(server)),
        ProxyTls::Client(pair) => (Box::new(tls::accept(&pair, client).await?), Box::new(server)),
        ProxyTls::Server(ca) => (Box::new(client), Box::new(tls::connect(&ca, server).await?)),
        ProxyTls::Both(pair, ca) => (
            Box::new(tls::accept(&pair, client).await?),
            Box::new(tls::connect(&ca, server).await?),
        ),
    };
    let (client_reads, mut client_writes) = tokio::io::split(client);
    let (server_reads, mut server_writes) = tokio::io::split(server);
    let (to_client, for_client) = mpsc::unbounded_channel();
    let (to_server, for_server) = mpsc::unbounded_channel();
    let end = tokio::try_join!(
        pump::pump(
            client_reads,
            &mut server_writes,
            pump::Aside::new(Direction::ToServer, to_client, for_server),
            &shared,
        ),
        pump::pump(
            server_reads,
            &mut client_writes,
            pump::Aside::new(Direction::ToClient, to_server, for_client),
            &shared,
        ),
    );
    match end {
        Err(pump::End::Reset) => {
            client_handle.set_zero_linger()?;
            server_handle.set_zero_linger()?;
        }
        Err(pump::End::Cut) | Ok(_) => {
            let _ = client_writes.shutdown().await;
            let _ = server_writes.shutdown().await;
        }
    }
    Ok(())
}

fn twice(stream: TcpStream) -> io::Result<(TcpStream, TcpStream)> {
    let stream = stream.into_std()?;
    let handle = stream.try_clone()?;
    Ok((TcpStream::from_std(stream)?, TcpStream::from_std(handle)?))
}
