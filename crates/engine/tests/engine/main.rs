//! The engine with a hand on its store, on a real Dovecot or without any server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod answers;
mod audit;
mod copies;
mod killed_listed;
mod opening;
mod own_copy;
mod scene;
