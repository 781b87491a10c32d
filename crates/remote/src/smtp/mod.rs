//! SMTP submission (RFC 6409, RFC 5321): a letter handed over, and what the server said to it.
//!
//! Why not lettre's own connection: after a failure it does not tell whether the final dot had been written, which
//! is the difference between trying again and sending twice; its buffer outlives STARTTLS, so that words slipped in
//! before the handshake count as the server's; it takes no rustls configuration of ours; it stops at the first
//! refused recipient; it knows no SIZE; and a server's line in Latin-1 or without a space behind its code ends it.
//! So lettre's lower layer writes the commands (`lettre::transport::smtp::commands`) and we hold the conversation.
//!
//! Not here: when to try again, the outbox, and what stands in the letter (Bcc is taken out where it is written).

mod body;
mod check;
mod connect;
mod dialogue;
mod envelope;
mod features;
mod outcome;
mod prepared;
mod rehearse;
mod reply;
mod send;
mod session;
mod sign_in;
mod status;
mod wishes;

pub use check::check;
pub use outcome::{Receipt, SendError};
pub use rehearse::{Rehearsal, rehearse};
pub use session::{Session, send};
pub use status::refusal;
pub use wishes::Wishes;
