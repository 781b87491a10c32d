//! Journeys through the engine, against real servers. They are one binary, since each would be linked with all of the engine;
//! `npm test` runs each room of it in a process of its own, several side by side (`scripts/check/cargo.mjs`). What needs a
//! process for itself whoever runs it stands beside this: `bad_input` bears silences for seconds only, and `memory` measures
//! what it takes.

mod accounts;
mod across_accounts;
mod across_accounts_cut;
mod across_accounts_killed;
mod caution;
mod connections;
mod drafts;
mod emptying;
mod emptying_cut;
mod fault_matrix;
mod finding;
mod first_sync;
mod imap;
mod imap_folders;
mod imap_namespaces;
mod imap_notify;
mod imap_odds;
mod imap_resync;
mod imap_room;
mod keeping;
mod killing;
mod killing_mixed;
mod labels;
mod local_folders;
mod many_letters;
mod moving;
mod oauth;
mod other_servers;
mod outbox;
mod pop3;
mod pop3_faults;
mod pop3_names;
mod protocol;
mod refused_folders;
mod sending;
mod setup;
mod setup_search;
mod smtp_faults;
mod subscriptions;
