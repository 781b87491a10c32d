//! A small internet from a file, for tests of the whole program: where its DNS and its web servers are, which authority
//! is believed there, at which ports mail servers are looked for, and under which
//! names where those are not the usual ones, and which providers sign people in there.
//!
//! ```json
//! { "dns": "127.0.0.1:5353", "https": 4443, "home": "127.0.0.1", "ca": "-----BEGIN CERTIFICATE-----…",
//!   "imap": [[9993, "tls"], [9143, "starttls"]], "pop3": [], "smtp": [[9465, "tls"]],
//!   "hosts": ["localhost"], "providers": [{ "name": "Nordlicht", … }] }
//! ```

use serde_json::Value;
use waxwing_model::Security;

use super::plan::{Ports, Probing};
use super::surroundings::{Stage, Surroundings};
use crate::{RemoteError, Trust};

impl Surroundings {
    pub fn from_stage_file(text: &str) -> Result<Self, RemoteError> {
        let wrong = |detail: &str| RemoteError::protocol("reading the surroundings", detail);
        let file: Value = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
        let word = |name: &str| file.get(name).and_then(Value::as_str);
        let trust = match word("ca") {
            Some(pem) => Trust::with_extra_ca(pem)?,
            None => Trust::system(),
        };
        let read = |name: &str| word(name).ok_or_else(|| wrong(&format!("{name} is missing")));
        let hosts = file.get("hosts").and_then(Value::as_array);
        let hosts: Vec<String> = hosts
            .into_iter()
            .flatten()
            .filter_map(|host| host.as_str().map(str::to_owned))
            .collect();
        let usual = Probing::default();
        let stage = Stage {
            dns: read("dns")?
                .parse()
                .map_err(|_| wrong("dns is not an address and a port"))?,
            home: read("home")?
                .parse()
                .map_err(|_| wrong("home is not an address"))?,
            https: file
                .get("https")
                .and_then(port)
                .ok_or_else(|| wrong("https is not a port"))?,
            probing: Probing {
                ports: Ports {
                    imap: doors(&file, "imap"),
                    pop3: doors(&file, "pop3"),
                    smtp: doors(&file, "smtp"),
                },
                hosts: if hosts.is_empty() { usual.hosts } else { hosts },
            },
            pace: 1,
        };
        let providers = file.get("providers").and_then(Value::as_array);
        Ok(Self::staged(stage, trust)?.with_providers(providers.map_or(&[], Vec::as_slice)))
    }
}

fn port(value: &Value) -> Option<u16> {
    u16::try_from(value.as_u64()?).ok()
}

fn doors(file: &Value, name: &str) -> Vec<(u16, Security)> {
    let all = file.get(name).and_then(Value::as_array);
    let door = |door: &Value| {
        let security = match door.get(1)?.as_str()? {
            "tls" => Security::Tls,
            "starttls" => Security::StartTls,
            _ => return None,
        };
        Some((port(door.get(0)?)?, security))
    };
    all.into_iter().flatten().filter_map(door).collect()
}
