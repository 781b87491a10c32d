//! A long way to a server: everything arrives later, and nothing arrives slower. For measuring what waits for answers.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::StageError;

/// Pieces that are on their way at once, each of up to 64 KB: more than a fast line holds in the time.
const ON_THE_WAY: usize = 512;

/// Listens on loopback and passes everything on to `server`, each way later by this much. Gives the port; it ends with
/// the runtime.
pub async fn start(server: SocketAddr, later: Duration) -> Result<u16, StageError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(StageError::io("listen for a long way"))?;
    let port = listener
        .local_addr()
        .map_err(StageError::io("listen for a long way"))?
        .port();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            tokio::spawn(async move {
                // Who cannot be reached hangs up, as far away as nearby.
                let Ok(far) = TcpStream::connect(server).await else {
                    return;
                };
                let _ = (near.set_nodelay(true), far.set_nodelay(true));
                let (near_in, near_out) = near.into_split();
                let (far_in, far_out) = far.into_split();
                tokio::join!(pass(near_in, far_out, later), pass(far_in, near_out, later));
            });
        }
    });
    Ok(port)
}

async fn pass(
    mut from: impl AsyncRead + Unpin + Send + 'static,
    mut to: impl AsyncWrite + Unpin,
    later: Duration,
) {
    let (sender, mut pieces) = mpsc::channel::<(Instant, Vec<u8>)>(ON_THE_WAY);
    tokio::spawn(async move {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            let piece = buffer.get(..read).unwrap_or_default().to_vec();
            if sender.send((Instant::now() + later, piece)).await.is_err() {
                return;
            }
        }
    });
    while let Some((due, piece)) = pieces.recv().await {
        tokio::time::sleep_until(due).await;
        if to.write_all(&piece).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}
