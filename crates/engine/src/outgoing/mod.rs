//! Letters on their way out: written, handed over, and filed in Sent.

pub(crate) mod awaited;
mod bcc;
mod copy;
mod deliver;
mod drafts;
mod filing;
mod handed;
mod keep_sending;
mod line;
mod meetings;
mod own_copy;
mod put_together;
mod receipts;
mod resume;
mod send;
pub(crate) mod sender;
pub(crate) mod under_way;
mod unknown;
mod way_out;

pub use receipts::ReceiptAnswer;

pub(crate) use keep_sending::{Calls, keep_sending};
