//! The search for servers in a small internet: every source present, absent, slow and lying, and every pair of them that
//! does not agree.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod autodiscover;
mod lies;
mod pairs;
mod privacy;
mod sources;
mod world;
