//! What the style filter saw on its way. It is counted from a filter that may run on another thread.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Counts that the filter adds to.
#[derive(Debug, Default)]
pub(crate) struct Found {
    remote_images: AtomicU32,
    colours: AtomicBool,
}

impl Found {
    /// Notes a URL, if following it would leave this computer.
    pub(crate) fn url(&self, url: &str) {
        if crate::link::is_remote(url) {
            self.remote_images.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Notes that the letter brings colours of its own.
    pub(crate) fn colour(&self) {
        self.colours.store(true, Ordering::Relaxed);
    }

    pub(crate) fn remote_images(&self) -> u32 {
        self.remote_images.load(Ordering::Relaxed)
    }

    pub(crate) fn has_colours(&self) -> bool {
        self.colours.load(Ordering::Relaxed)
    }
}
