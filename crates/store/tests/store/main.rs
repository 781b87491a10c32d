//! The store from outside: what it promises to the engine, and what it survives. What needs its insides stands
//! beside the code.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets what it did not expect is to stop there"
)]

mod astray;
mod beside;
mod bodies;
mod by_hand;
mod caution;
mod conversations;
mod damage;
mod drafts;
mod files;
mod folding;
mod going_along;
mod identities;
mod indexing;
mod journal;
mod keeping;
mod kill;
mod killed_rebuild;
mod known_people;
#[path = "../../src/lena.rs"]
mod lena;
mod letters;
mod lists;
mod mailboxes;
mod marks;
mod meetings;
mod muting;
mod names;
mod old_subjects;
mod orders;
mod outbox;
mod outgoing;
mod packs;
mod parcels;
mod people;
mod pop3;
mod ready;
mod reports;
mod rereading;
mod room;
mod scene;
mod search;
mod searches;
mod subjects;
mod tags;
mod threads;
mod together;
mod truth;
mod unlocated;
mod whole;
mod why_found;
mod wishes;

// What `lena` makes mailboxes of.
use waxwing_store::NewMailbox;
