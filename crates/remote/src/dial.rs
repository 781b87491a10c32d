//! A TCP connection to a name and a port: every address of the name gets its chance, and a broken IPv6 does
//! not cost the person twenty seconds (RFC 8305).
//!
//! Not here: encryption.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;

use crate::RemoteError;

/// How long a connection may take, from the name to an open socket; and again for TLS.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How long one address is waited for before the next one is tried beside it (RFC 8305, section 5).
const STAGGER: Duration = Duration::from_millis(250);

/// After how much silence the system asks whether the other side is still there.
const QUIET: Duration = Duration::from_secs(60);

pub(crate) async fn dial(host: &str, port: u16) -> Result<TcpStream, RemoteError> {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let found = async {
        let found = tokio::net::lookup_host((name, port)).await?;
        race(found.collect()).await
    };
    open(host, port, found).await
}

/// The same where the addresses are known already.
pub(crate) async fn dial_at(
    addresses: Vec<SocketAddr>,
    host: &str,
    port: u16,
) -> Result<TcpStream, RemoteError> {
    open(host, port, race(addresses)).await
}

async fn open(
    host: &str,
    port: u16,
    connecting: impl Future<Output = io::Result<TcpStream>>,
) -> Result<TcpStream, RemoteError> {
    let unreachable = |source| RemoteError::Unreachable {
        host: host.to_owned(),
        port,
        source,
    };
    let stream = tokio::time::timeout(PATIENCE, connecting)
        .await
        .unwrap_or_else(|_| Err(io::Error::new(io::ErrorKind::TimedOut, "no answer")))
        .map_err(unreachable)?;
    // A connection that waits for mail is silent for long, and nobody tells when the other side has vanished, or a
    // router has forgotten us. The system asks now and then (RFC 9293, section 3.8.4).
    let keep_alive = TcpKeepalive::new().with_time(QUIET).with_interval(QUIET / 4);
    SockRef::from(&stream)
        .set_tcp_keepalive(&keep_alive)
        .map_err(unreachable)?;
    // A command is written whole, so nothing is gained by waiting for more of it.
    stream.set_nodelay(true).map_err(unreachable)?;
    Ok(stream)
}

async fn race(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let mut waiting = interleave(addresses);
    let mut running = FuturesUnordered::new();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    loop {
        if let Some(address) = waiting.pop_front() {
            running.push(TcpStream::connect(address));
        }
        let pause = async {
            if waiting.is_empty() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(STAGGER).await;
        };
        tokio::select! {
            () = pause => {}
            done = running.next() => match done {
                Some(Ok(stream)) => return Ok(stream),
                Some(Err(error)) => last = error,
                None => return Err(last),
            },
        }
    }
}

/// The resolver's order within each family, the families taking turns (RFC 8305, section 4).
fn interleave(addresses: Vec<SocketAddr>) -> VecDeque<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (mut one, mut other): (VecDeque<_>, VecDeque<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv6() == first_is_v6);
    let mut turns = VecDeque::with_capacity(one.len() + other.len());
    while !(one.is_empty() && other.is_empty()) {
        turns.extend(one.pop_front());
        turns.extend(other.pop_front());
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_families_are_tried_early() {
        let address = |text: &str| text.parse::<SocketAddr>().unwrap();
        let (a, b, c) = (address("[::1]:1"), address("[::2]:1"), address("127.0.0.1:1"));
        assert_eq!(
            interleave(vec![a, b, c]),
            [a, c, b],
            "the only IPv4 address is not the last"
        );
    }

    #[tokio::test]
    async fn a_port_where_nobody_listens_is_unreachable_at_once() {
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap().port()
        };
        let error = dial("127.0.0.1", port).await.expect_err("the listener is gone");
        assert!(
            matches!(error, RemoteError::Unreachable { .. }),
            "{error} names the place"
        );
    }
}
