//! The runtime of a program that is the engine and no window. Not here: the window's, which Tauri brings.

use tokio::runtime::{Builder, Runtime};

/// Threads that wait for the store and for files. The allocator gives each thread memory of its own and keeps what was used there
/// once, so that ten of them hold three times what two would. One that waits for a name to be resolved is among them, so there must
/// be some.
const WAITING: usize = 4;

/// A runtime whose memory stays small however much is synchronised.
pub fn headless_runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .max_blocking_threads(WAITING)
        .enable_all()
        .build()
}

/// A runtime for a question or two to the store, after which the program ends: it begins no thread that would have nothing to do.
pub fn reading_runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread()
        .max_blocking_threads(WAITING)
        .enable_all()
        .build()
}
