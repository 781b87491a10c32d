//! Bad input through the whole engine: messages, servers, certificates, stores and disks as they should not be. Each gets
//! a clear sentence and loses nothing.

mod broken;
mod certificates;
mod doors;
mod full_disk;
mod imap;
mod letters;
mod newer;
mod pop3;
mod sentence;
mod silence;
mod smtp;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
