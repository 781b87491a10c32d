//! A small IMAP server in memory that gives letters names, which Dovecot 2.3 does not: with labels as Gmail has them
//! (X-GM-EXT-1), or with copies in folders (OBJECTID, RFC 8474).
//!
//! What it does is taken from what is public: Google's pages "IMAP extensions" and "Gmail and IMAP", and RFC 8474. A
//! message of Gmail's exists once. Moving or copying it into a mailbox puts that label on it; moving it out of one takes
//! that label away; `[Gmail]/All Mail` shows all but what is in Trash or Spam, which take all labels away; only an
//! expunge in Trash or Spam is for good. What an expunge elsewhere does is a setting of the person's: here the harshest,
//! so that a client which relies on a mild one is found out: in All Mail it is for good.
//!
//! It speaks as much of IMAP as Waxwing asks of it, within TLS, one person with the password of all, and tells a session
//! of what others did when a mailbox is selected anew. Not here: IDLE, QRESYNC, MIME, searching for words.

mod session;
mod syntax;
mod world;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::{CertificatePair, Certificates, tls};
use world::World;

/// What two messages with one name are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Semantics {
    /// One letter with labels.
    Gmail,
    /// Copies of one letter, each in its folder with flags of its own.
    Objects,
}

/// A running server. It ends when this is dropped.
pub struct LabelServer {
    address: SocketAddr,
    ca_pem: String,
    world: Arc<Mutex<World>>,
    task: JoinHandle<()>,
}

impl LabelServer {
    /// With the usual mailboxes: Gmail's, or INBOX, Sent, Trash and Junk.
    pub async fn start(semantics: Semantics) -> io::Result<LabelServer> {
        let certificates = Certificates::new();
        let pair = certificates.good();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let world = Arc::new(Mutex::new(World::new(semantics)));
        let shared = Arc::clone(&world);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, pair.clone(), Arc::clone(&shared)));
            }
        });
        Ok(LabelServer {
            address,
            ca_pem: certificates.ca_pem,
            world,
            task,
        })
    }

    /// The port for IMAP within TLS.
    pub fn imaps(&self) -> u16 {
        self.address.port()
    }

    /// What a client has to trust.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// A new letter in these mailboxes, in a conversation of that number. Gives its name.
    pub fn deliver(&self, mailboxes: &[&str], thread: u64, raw: &[u8]) -> u64 {
        let mut world = self.world();
        let letter = world.create_letter(raw.to_vec(), Some(thread));
        for mailbox in mailboxes {
            world.put(mailbox, letter);
        }
        letter
    }

    /// Another client puts a letter into one more mailbox.
    pub fn put(&self, mailbox: &str, letter: u64) {
        self.world().put(mailbox, letter);
    }

    /// Another client takes a letter out of a mailbox.
    pub fn take(&self, mailbox: &str, letter: u64) {
        self.world().take(mailbox, letter);
    }

    /// Another client sets a flag of the letter's message in a mailbox, or clears it.
    pub fn mark(&self, mailbox: &str, letter: u64, flag: &str, set: bool) {
        self.world().mark(mailbox, letter, flag, set);
    }

    pub fn create(&self, mailbox: &str) {
        self.world().create(mailbox);
    }

    /// The mailbox and all within it.
    pub fn rename(&self, from: &str, to: &str) {
        self.world().rename(from, to);
    }

    /// Numbers a mailbox anew, as a server does that was restored from a backup.
    pub fn renumber(&self, mailbox: &str) {
        self.world().renumber(mailbox);
    }

    /// The mailboxes that have a letter, each as often as it has it, in the order of the alphabet.
    pub fn places(&self, letter: u64) -> Vec<String> {
        self.world().places(letter)
    }

    /// The flags of a letter's message in a mailbox, in the order of the alphabet.
    pub fn flags(&self, mailbox: &str, letter: u64) -> Vec<String> {
        self.world().flags_of(mailbox, letter)
    }

    /// The letters with this subject, in all mailboxes.
    pub fn with_subject(&self, subject: &str) -> Vec<u64> {
        self.world().with_subject(subject)
    }

    /// How often the whole of a letter was fetched.
    pub fn bodies_given(&self, letter: u64) -> u32 {
        self.world().bodies_given(letter)
    }

    /// How often the header of a letter was fetched.
    pub fn headers_given(&self, letter: u64) -> u32 {
        self.world().headers_given(letter)
    }

    /// Every command that was heard, without its tag, over all connections.
    pub fn heard(&self) -> Vec<String> {
        self.world().heard.clone()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.world)
    }
}

impl Drop for LabelServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream, pair: CertificatePair, world: Arc<Mutex<World>>) {
    let _ = stream.set_nodelay(true);
    // A client that leaves in the middle is no problem of the server.
    if let Ok(stream) = tls::accept(&pair, stream).await {
        let _ = session::converse(stream, &world).await;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
