//! A DNS server that answers from a table: addresses, SRV, MX and TXT over UDP, and, where a test wants it, late, never,
//! or with nonsense. It knows its own zone only, and says that everything else does not exist.

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// Types of records (RFC 1035, section 3.2.2; RFC 3596; RFC 2782).
const A: u16 = 1;
const MX: u16 = 15;
const TXT: u16 = 16;
const AAAA: u16 = 28;
const SRV: u16 = 33;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    Address(IpAddr),
    Mx {
        preference: u16,
        exchange: String,
    },
    Srv {
        priority: u16,
        weight: u16,
        port: u16,
        /// "." says that the service is not there.
        target: String,
    },
    /// Written in pieces of 255 octets.
    Txt(Vec<u8>),
}

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Behaviour {
    #[default]
    Honest,
    /// It never answers.
    Silent,
    /// It answers after this time.
    Late(Duration),
    /// It answers with octets that are no message of DNS.
    Nonsense,
    /// It says that it cannot answer (SERVFAIL).
    Failing,
}

/// A running server. It ends when this is dropped.
pub struct NameServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    records: Mutex<HashMap<String, Vec<Record>>>,
    behaviour: Mutex<Behaviour>,
    silent: Mutex<HashSet<String>>,
    asked: Mutex<Vec<(String, u16)>>,
}

impl NameServer {
    pub async fn start() -> io::Result<NameServer> {
        let socket = Arc::new(UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?);
        let address = socket.local_addr()?;
        let shared = Arc::new(Shared::default());
        let serving = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            let mut buffer = vec![0; 4096];
            while let Ok((length, client)) = socket.recv_from(&mut buffer).await {
                let question = buffer.get(..length).unwrap_or_default().to_vec();
                tokio::spawn(answer(
                    Arc::clone(&socket),
                    client,
                    question,
                    Arc::clone(&serving),
                ));
            }
        });
        Ok(NameServer {
            address,
            shared,
            task,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds a record. A name that begins with `*.` is for every name below that has no records of its own.
    pub fn put(&self, name: &str, record: Record) {
        lock(&self.shared.records)
            .entry(name.to_ascii_lowercase())
            .or_default()
            .push(record);
    }

    pub fn put_address(&self, name: &str, address: impl Into<IpAddr>) {
        self.put(name, Record::Address(address.into()));
    }

    pub fn put_srv(&self, name: &str, port: u16, target: &str) {
        self.put(
            name,
            Record::Srv {
                priority: 0,
                weight: 1,
                port,
                target: target.to_owned(),
            },
        );
    }

    pub fn put_mx(&self, name: &str, exchange: &str) {
        let (preference, exchange) = (10, exchange.to_owned());
        self.put(name, Record::Mx { preference, exchange });
    }

    pub fn behave(&self, behaviour: Behaviour) {
        *lock(&self.shared.behaviour) = behaviour;
    }

    /// Questions about this name are never answered.
    pub fn silence(&self, name: &str) {
        lock(&self.shared.silent).insert(name.to_ascii_lowercase());
    }

    /// Every name that was asked for.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.shared.asked)
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(socket: Arc<UdpSocket>, client: SocketAddr, question: Vec<u8>, shared: Arc<Shared>) {
    let Some((name, kind, end)) = read_question(&question) else {
        return;
    };
    lock(&shared.asked).push((name.clone(), kind));
    if lock(&shared.silent).contains(&name) {
        return;
    }
    let behaviour = *lock(&shared.behaviour);
    let reply = match behaviour {
        Behaviour::Silent => return,
        Behaviour::Nonsense => b"this is no message of DNS, and it is long enough to be one".to_vec(),
        Behaviour::Failing => message(&question, end, 2, &[]),
        Behaviour::Honest | Behaviour::Late(_) => {
            let found = lookup(&lock(&shared.records), &name);
            match found {
                // The name does not exist.
                None => message(&question, end, 3, &[]),
                Some(records) => {
                    let fitting: Vec<Record> =
                        records.into_iter().filter(|one| kind_of(one) == kind).collect();
                    message(&question, end, 0, &fitting)
                }
            }
        }
    };
    if let Behaviour::Late(pause) = behaviour {
        tokio::time::sleep(pause).await;
    }
    let _ = socket.send_to(&reply, client).await;
}

fn lookup(records: &HashMap<String, Vec<Record>>, name: &str) -> Option<Vec<Record>> {
    if let Some(found) = records.get(name) {
        return Some(found.clone());
    }
    let mut rest = name;
    while let Some((_, parent)) = rest.split_once('.') {
        if let Some(found) = records.get(&format!("*.{parent}")) {
            return Some(found.clone());
        }
        rest = parent;
    }
    // A name above others exists, and has nothing.
    let below = format!(".{name}");
    records.keys().any(|other| other.ends_with(&below)).then(Vec::new)
}

/// The name, the type, and where the question ends.
fn read_question(message: &[u8]) -> Option<(String, u16, usize)> {
    let mut at = 12;
    let mut labels = Vec::new();
    loop {
        let length = usize::from(*message.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        let label = message.get(at..at + length)?;
        labels.push(String::from_utf8_lossy(label).to_ascii_lowercase());
        at += length;
    }
    let kind = u16::from_be_bytes([*message.get(at)?, *message.get(at + 1)?]);
    Some((labels.join("."), kind, at + 4))
}

fn message(question: &[u8], end: usize, code: u8, records: &[Record]) -> Vec<u8> {
    let mut reply = Vec::new();
    reply.extend(question.get(..2).unwrap_or_default());
    // A response, authoritative, recursion desired and available, with its code.
    reply.extend([0x85, 0x80 | code]);
    reply.extend([0, 1]);
    reply.extend(u16::try_from(records.len()).unwrap_or_default().to_be_bytes());
    reply.extend([0, 0, 0, 0]);
    reply.extend(question.get(12..end).unwrap_or_default());
    for record in records {
        // The name is the question's, which begins at octet 12.
        reply.extend([0xc0, 0x0c]);
        reply.extend(kind_of(record).to_be_bytes());
        reply.extend([0, 1]);
        reply.extend(60_u32.to_be_bytes());
        let data = data(record);
        reply.extend(u16::try_from(data.len()).unwrap_or_default().to_be_bytes());
        reply.extend(data);
    }
    reply
}

fn kind_of(record: &Record) -> u16 {
    match record {
        Record::Address(IpAddr::V4(_)) => A,
        Record::Address(IpAddr::V6(_)) => AAAA,
        Record::Mx { .. } => MX,
        Record::Srv { .. } => SRV,
        Record::Txt(_) => TXT,
    }
}

fn data(record: &Record) -> Vec<u8> {
    match record {
        Record::Address(IpAddr::V4(address)) => address.octets().to_vec(),
        Record::Address(IpAddr::V6(address)) => address.octets().to_vec(),
        Record::Mx { preference, exchange } => {
            [preference.to_be_bytes().to_vec(), wire_name(exchange)].concat()
        }
        Record::Srv {
            priority,
            weight,
            port,
            target,
        } => {
            let numbers = [priority, weight, port].map(|number| number.to_be_bytes());
            [numbers.concat(), wire_name(target)].concat()
        }
        Record::Txt(text) => text
            .chunks(255)
            .flat_map(|piece| [&[u8::try_from(piece.len()).unwrap_or(u8::MAX)], piece].concat())
            .collect(),
    }
}

fn wire_name(name: &str) -> Vec<u8> {
    let labels = name.split('.').filter(|label| !label.is_empty());
    let mut wire: Vec<u8> = labels
        .flat_map(|label| [&[u8::try_from(label.len()).unwrap_or_default()], label.as_bytes()].concat())
        .collect();
    wire.push(0);
    wire
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
