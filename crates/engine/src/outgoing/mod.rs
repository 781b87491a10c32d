//! Letters on their way out: written, handed over, and filed in Sent.

pub(crate) mod awaited;
mod bcc;
mod copy;
mod deliver;
mod drafts;
mod keep_sending;
mod send;

pub(crate) use keep_sending::{Calls, keep_sending};
