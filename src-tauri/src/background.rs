//! Threads for what goes on by itself, synchronising and indexing: they give way to the window, and to what the person asks
//! for in it. On a computer with few cores a first synchronisation would else take every second frame.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

/// It lives as long as the program. Its threads end with it: what counts is in the store before it is said to be done.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// Where such work is put.
pub(crate) fn threads() -> std::io::Result<Handle> {
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime.handle().clone());
    }
    let runtime = Builder::new_multi_thread()
        .thread_name("mail")
        .on_thread_start(give_way)
        .enable_all()
        .build()?;
    Ok(RUNTIME.get_or_init(|| runtime).handle().clone())
}

/// To Linux a thread is a process in this, so that the rest of the program stays as it is (setpriority(2), "C library/kernel
/// differences").
#[cfg(target_os = "linux")]
fn give_way() {
    /// Of nineteen: about a tenth of a core where others want all of it, and all of it where nobody does.
    const NICE: i32 = 10;
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "background work goes on as fast as all the rest");
    }
}

/// Elsewhere the system tells the program in front from all others by itself.
#[cfg(not(target_os = "linux"))]
fn give_way() {}
