//! A small POP3 server in memory that does what Dovecot does not: it has no names for its messages, or gives one to several,
//! or counts them, or thinks of new ones; it does not know TOP; it goes without an answer at QUIT, having removed or not;
//! it refuses what it is told to refuse.
//!
//! It speaks RFC 1939 and CAPA within TLS to one person with the password of all. Not here: SASL, locking.

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::{CertificatePair, Certificates, PASSWORD, tls};

/// What UIDL says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// A name for each message that lasts.
    Lasting,
    /// The number in the session.
    Counting,
    /// One for all.
    Same,
    /// UIDL is not known.
    None,
}

/// How QUIT goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Farewell {
    Usual,
    /// What was marked is removed, and the connection ends without an answer.
    RemovedInSilence,
    /// Nothing is removed, and the connection ends without an answer.
    KeptInSilence,
}

/// How the server is. It may be changed at any time.
#[derive(Debug, Clone)]
pub struct Manners {
    pub names: Names,
    pub top: bool,
    pub pipelining: bool,
    pub farewell: Farewell,
    /// Further lines of CAPA.
    pub capabilities: Vec<String>,
    /// Commands that are answered otherwise, by the beginning of the line, each as often as it comes.
    pub refusals: HashMap<String, String>,
    /// A line that is put above each header when it is handed out, as some servers do.
    pub notes: Option<String>,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            names: Names::Lasting,
            top: true,
            pipelining: true,
            farewell: Farewell::Usual,
            capabilities: Vec::new(),
            refusals: HashMap::new(),
            notes: None,
        }
    }
}

#[derive(Debug, Clone)]
struct Message {
    name: String,
    raw: Vec<u8>,
}

#[derive(Debug)]
struct World {
    manners: Manners,
    messages: Vec<Message>,
    next: u64,
    heard: Vec<String>,
}

/// A running server. It ends when this is dropped.
pub struct Maildrop {
    address: SocketAddr,
    ca_pem: String,
    world: Arc<Mutex<World>>,
    task: JoinHandle<()>,
}

impl Maildrop {
    pub async fn start(manners: Manners) -> io::Result<Maildrop> {
        let certificates = Certificates::new();
        let pair = certificates.good();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let world = Arc::new(Mutex::new(World {
            manners,
            messages: Vec::new(),
            next: 1,
            heard: Vec::new(),
        }));
        let shared = Arc::clone(&world);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, pair.clone(), Arc::clone(&shared)));
            }
        });
        Ok(Maildrop {
            address,
            ca_pem: certificates.ca_pem,
            world,
            task,
        })
    }

    /// The port for POP3 within TLS.
    pub fn pop3s(&self) -> u16 {
        self.address.port()
    }

    /// What a client has to trust.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    pub fn change(&self, change: impl FnOnce(&mut Manners)) {
        change(&mut lock(&self.world).manners);
    }

    /// Adds a message at the end, and gives its name.
    pub fn deliver(&self, raw: &[u8]) -> String {
        let mut world = lock(&self.world);
        let name = format!("m{}", world.next);
        world.next += 1;
        world.messages.push(Message {
            name: name.clone(),
            raw: raw.to_vec(),
        });
        name
    }

    /// Another client removes the message at this place, the first being 0.
    pub fn take(&self, place: usize) {
        let mut world = lock(&self.world);
        if place < world.messages.len() {
            world.messages.remove(place);
        }
    }

    /// Gives every message a new name, as after a move to another machine.
    pub fn rename_all(&self, prefix: &str) {
        for message in &mut lock(&self.world).messages {
            message.name = format!("{prefix}{}", message.name);
        }
    }

    /// Gives the message at this place that name.
    pub fn rename(&self, place: usize, name: &str) {
        if let Some(message) = lock(&self.world).messages.get_mut(place) {
            message.name = name.to_owned();
        }
    }

    /// Takes all messages away and gives them back later: what a server shows that has lost sight of its disk.
    pub fn swap(&self, messages: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
        let messages = messages
            .into_iter()
            .map(|(name, raw)| Message { name, raw })
            .collect();
        std::mem::replace(&mut lock(&self.world).messages, messages)
            .into_iter()
            .map(|message| (message.name, message.raw))
            .collect()
    }

    /// The messages that are there.
    pub fn messages(&self) -> Vec<Vec<u8>> {
        lock(&self.world)
            .messages
            .iter()
            .map(|message| message.raw.clone())
            .collect()
    }

    /// What was heard since this was asked last, without passwords.
    pub fn heard(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.world).heard)
    }
}

impl Drop for Maildrop {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One session: the messages as they were when it began, and what was marked since.
struct Session {
    messages: Vec<Message>,
    marked: HashSet<usize>,
}

async fn serve(stream: TcpStream, pair: CertificatePair, world: Arc<Mutex<World>>) -> io::Result<()> {
    let (reads, mut writes) = tokio::io::split(tls::accept(&pair, stream).await?);
    let mut lines = BufReader::new(reads).lines();
    writes.write_all(b"+OK ready\r\n").await?;
    let mut session = Session {
        messages: Vec::new(),
        marked: HashSet::new(),
    };
    while let Some(line) = lines.next_line().await? {
        let answer = {
            let mut world = lock(&world);
            let (verb, _) = line.split_once(' ').unwrap_or((&line, ""));
            let secret = verb.eq_ignore_ascii_case("PASS");
            world
                .heard
                .push(if secret { verb.to_owned() } else { line.clone() });
            session.answer(&mut world, &line)
        };
        match answer {
            Some(answer) => writes.write_all(&answer).await?,
            None => break,
        }
        if line.eq_ignore_ascii_case("QUIT") {
            break;
        }
    }
    writes.shutdown().await
}

impl Session {
    /// `None`: the connection ends.
    fn answer(&mut self, world: &mut World, line: &str) -> Option<Vec<u8>> {
        let manners = world.manners.clone();
        let refusal = manners
            .refusals
            .iter()
            .find(|(begins, _)| line.starts_with(begins.as_str()));
        if let Some((_, refusal)) = refusal {
            return Some(format!("{refusal}\r\n").into_bytes());
        }
        let mut words = line.split_ascii_whitespace();
        let verb = words.next().unwrap_or_default().to_ascii_uppercase();
        let place = words
            .next()
            .and_then(|word| word.parse::<usize>().ok())
            .and_then(|number| number.checked_sub(1));
        let answer = match verb.as_str() {
            "CAPA" => {
                let mut offered = vec!["USER".to_owned()];
                offered.extend((manners.names != Names::None).then(|| "UIDL".to_owned()));
                offered.extend(manners.top.then(|| "TOP".to_owned()));
                offered.extend(manners.pipelining.then(|| "PIPELINING".to_owned()));
                offered.extend(manners.capabilities.clone());
                listing(offered)
            }
            "USER" | "UTF8" | "NOOP" => ok(""),
            "PASS" if line.ends_with(PASSWORD) => {
                self.messages = world.messages.clone();
                ok("in")
            }
            "PASS" => refused("[AUTH] no"),
            "STAT" => {
                let octets: usize = self
                    .there()
                    .map(|(_, message)| message.handed(&manners).len())
                    .sum();
                ok(&format!("{} {octets}", self.there().count()))
            }
            "LIST" => listing(
                self.there()
                    .map(|(place, message)| format!("{} {}", place + 1, message.handed(&manners).len()))
                    .collect(),
            ),
            "UIDL" if manners.names != Names::None => listing(
                self.there()
                    .map(|(place, message)| {
                        let name = match manners.names {
                            Names::Counting => (place + 1).to_string(),
                            Names::Same => "same".to_owned(),
                            _ => message.name.clone(),
                        };
                        format!("{} {name}", place + 1)
                    })
                    .collect(),
            ),
            "RETR" => match self.at(place) {
                Some(message) => letter(&message.handed(&manners)),
                None => refused("no such message"),
            },
            "TOP" if manners.top => match self.at(place) {
                Some(message) => letter(header(&message.handed(&manners))),
                None => refused("no such message"),
            },
            "DELE" => match place.filter(|place| self.at(Some(*place)).is_some()) {
                Some(place) => {
                    self.marked.insert(place);
                    ok("marked")
                }
                None => refused("no such message"),
            },
            "QUIT" => {
                if manners.farewell != Farewell::KeptInSilence {
                    let gone: HashSet<&String> = self
                        .marked
                        .iter()
                        .filter_map(|place| Some(&self.messages.get(*place)?.name))
                        .collect();
                    world.messages.retain(|message| !gone.contains(&message.name));
                }
                if manners.farewell != Farewell::Usual {
                    return None;
                }
                ok("bye")
            }
            _ => refused("unknown command"),
        };
        Some(answer)
    }

    fn there(&self) -> impl Iterator<Item = (usize, &Message)> {
        self.messages
            .iter()
            .enumerate()
            .filter(|(place, _)| !self.marked.contains(place))
    }

    fn at(&self, place: Option<usize>) -> Option<&Message> {
        let place = place.filter(|place| !self.marked.contains(place))?;
        self.messages.get(place)
    }
}

impl Message {
    fn handed(&self, manners: &Manners) -> Vec<u8> {
        match &manners.notes {
            Some(note) => [note.as_bytes(), b"\r\n", &self.raw].concat(),
            None => self.raw.clone(),
        }
    }
}

fn ok(words: &str) -> Vec<u8> {
    format!("+OK {words}\r\n").into_bytes()
}

fn refused(words: &str) -> Vec<u8> {
    format!("-ERR {words}\r\n").into_bytes()
}

fn listing(lines: Vec<String>) -> Vec<u8> {
    let mut answer = ok("");
    for line in lines {
        answer.extend(format!("{line}\r\n").bytes());
    }
    answer.extend(b".\r\n");
    answer
}

fn letter(raw: &[u8]) -> Vec<u8> {
    let mut answer = ok("");
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            answer.push(b'.');
        }
        answer.extend(line);
    }
    if !raw.ends_with(b"\r\n") {
        answer.extend(b"\r\n");
    }
    answer.extend(b".\r\n");
    answer
}

fn header(raw: &[u8]) -> &[u8] {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n");
    end.and_then(|end| raw.get(..end + 4)).unwrap_or(raw)
}
