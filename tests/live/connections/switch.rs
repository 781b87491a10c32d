//! A port whose other side can be exchanged, as a computer that is carried from one network to another has it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub struct Switch {
    port: u16,
    target: Arc<AtomicU16>,
    connections: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Switch {
    /// Nobody is at the other side.
    pub const NOBODY: u16 = 0;

    pub async fn to(target: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let target = Arc::new(AtomicU16::new(target));
        let connections = Arc::new(AtomicU64::new(0));
        let (now, count) = (Arc::clone(&target), Arc::clone(&connections));
        let task = tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let target = now.load(Ordering::SeqCst);
                if target == Self::NOBODY {
                    let _ = near.set_zero_linger();
                    continue;
                }
                tokio::spawn(async move {
                    let far = SocketAddr::from((Ipv4Addr::LOCALHOST, target));
                    if let Ok(mut far) = TcpStream::connect(far).await {
                        let _ = copy_bidirectional(&mut near, &mut far).await;
                    }
                });
            }
        });
        Ok(Self {
            port,
            target,
            connections,
            task,
        })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Who is there for connections that are made from now on.
    pub fn turn(&self, target: u16) {
        self.target.store(target, Ordering::SeqCst);
    }

    pub fn connections(&self) -> u64 {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Switch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The sign-in page of a public network: a web server that answers to whatever is said to it. Gives its port.
pub async fn portal() -> std::io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = client.read(&mut [0; 4096]).await;
                let page =
                    b"HTTP/1.1 302 Found\r\nLocation: http://portal.test/\r\nContent-Length: 0\r\n\r\n";
                let _ = client.write_all(page).await;
                let _ = client.shutdown().await;
            });
        }
    });
    Ok(port)
}

/// A server that takes every connection and never says a word. Gives its port.
pub async fn silence() -> std::io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((client, _)) = listener.accept().await {
            open.push(client);
        }
    });
    Ok(port)
}
