//! What a provider remembers: clients, codes, tokens, what it gave out, and how often it was asked.

use std::collections::{HashMap, VecDeque};
use std::time::Instant;

use super::{Mood, ProviderOptions};

pub(super) struct Desk {
    pub(super) options: ProviderOptions,
    pub(super) clients: Vec<String>,
    pub(super) codes: HashMap<String, Code>,
    pub(super) access: HashMap<String, Token>,
    pub(super) refresh: HashMap<String, Grant>,
    pub(super) moods: VecDeque<Mood>,
    pub(super) disowns: bool,
    pub(super) heard: Heard,
    pub(super) given_out: Vec<String>,
    number: u32,
}

/// How often it was asked for what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    pub registrations: u32,
    pub exchanges: u32,
    pub refreshes: u32,
    pub introspections: u32,
    pub revocations: u32,
    /// At its page about people.
    pub people: u32,
}

/// A person has agreed, for this client, at this place, with this challenge.
pub(super) struct Code {
    pub(super) client: String,
    pub(super) person: String,
    pub(super) redirect: String,
    pub(super) challenge: String,
}

pub(super) struct Token {
    /// An address.
    pub(super) person: String,
    pub(super) until: Instant,
}

pub(super) struct Grant {
    pub(super) client: String,
    pub(super) person: String,
}

impl Desk {
    pub(super) fn new(options: ProviderOptions) -> Self {
        Desk {
            options,
            clients: Vec::new(),
            codes: HashMap::new(),
            access: HashMap::new(),
            refresh: HashMap::new(),
            moods: VecDeque::new(),
            disowns: false,
            heard: Heard::default(),
            given_out: Vec::new(),
            number: 0,
        }
    }

    pub(super) fn issuer(&self) -> String {
        format!("https://{}", self.options.host)
    }

    /// An address of one of its pages.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.issuer())
    }

    /// Something that nobody has had before. It is easy to find in what should not hold it.
    pub(super) fn new_secret(&mut self, kind: &str) -> String {
        self.number += 1;
        let name = self.options.name.to_lowercase();
        let secret = format!("{name}-{kind}-{:06}-do-not-keep-me-in-the-clear", self.number);
        self.given_out.push(secret.clone());
        secret
    }

    pub(super) fn new_client(&mut self) -> String {
        self.number += 1;
        let client = format!("client-{}", self.number);
        self.clients.push(client.clone());
        client
    }
}
