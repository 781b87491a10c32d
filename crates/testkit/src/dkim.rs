//! A sender that seals letters (DKIM, RFC 6376 and RFC 8463), for tests of those who look at seals. It is written line by
//! line after the standard and shares nothing with the verifier. Its keys guard nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};

use crate::dns::{NameServer, Record};

const RSA: &str = include_str!("../keys/dkim-rsa.pk8.base64");
const RSA_PUBLIC: &str = include_str!("../keys/dkim-rsa.public.base64");

/// A domain with a key.
pub struct Sealer {
    pub domain: String,
    pub selector: String,
    key: SealingKey,
}

enum SealingKey {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// How one letter is sealed.
#[derive(Debug, Clone)]
pub struct Sealing<'s> {
    /// As in `c=`.
    pub canonical: &'s str,
    /// As in `h=`.
    pub fields: &'s str,
    /// So many octets of the body only.
    pub length: Option<usize>,
    /// In seconds since 1970.
    pub expires: Option<u64>,
}

impl Default for Sealing<'_> {
    fn default() -> Self {
        Self {
            canonical: "relaxed/relaxed",
            fields: "from:to:subject:date:message-id",
            length: None,
            expires: None,
        }
    }
}

impl Sealer {
    /// `None` where the key that lies beside this file is damaged.
    pub fn rsa(domain: &str, selector: &str) -> Option<Self> {
        let octets = STANDARD.decode(RSA.split_whitespace().collect::<String>()).ok()?;
        Some(Self {
            domain: domain.to_owned(),
            selector: selector.to_owned(),
            key: SealingKey::Rsa(RsaKeyPair::from_pkcs8(&octets).ok()?),
        })
    }

    pub fn ed25519(domain: &str, selector: &str) -> Option<Self> {
        Some(Self {
            domain: domain.to_owned(),
            selector: selector.to_owned(),
            key: SealingKey::Ed25519(Ed25519KeyPair::from_seed_unchecked(&[7; 32]).ok()?),
        })
    }

    /// What stands in DNS under [`Sealer::name`].
    pub fn record(&self) -> String {
        match &self.key {
            SealingKey::Rsa(_) => {
                let key: String = RSA_PUBLIC.split_whitespace().collect();
                format!("v=DKIM1; k=rsa; p={key}")
            }
            SealingKey::Ed25519(pair) => {
                format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(pair.public_key()))
            }
        }
    }

    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    pub fn publish(&self, names: &NameServer) {
        names.put(&self.name(), Record::Txt(self.record().into_bytes()));
    }

    /// The letter with a seal at its top. Its lines end with CR LF.
    pub fn seal(&self, raw: &[u8], how: &Sealing<'_>) -> Vec<u8> {
        let text = String::from_utf8_lossy(raw);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let (for_head, for_body) = how.canonical.split_once('/').unwrap_or((how.canonical, "simple"));
        let mut body = match for_body {
            "relaxed" => {
                let lines: Vec<String> = body.split("\r\n").map(squeezed).collect();
                lines.join("\r\n")
            }
            _ => body.to_owned(),
        };
        while body.ends_with("\r\n") {
            body.truncate(body.len() - 2);
        }
        if !body.is_empty() || for_body != "relaxed" {
            body.push_str("\r\n");
        }
        let signed = how
            .length
            .map_or(body.as_str(), |length| body.get(..length).unwrap_or(&body));
        let hash = STANDARD.encode(digest(&SHA256, signed.as_bytes()));
        let algorithm = match self.key {
            SealingKey::Rsa(_) => "rsa-sha256",
            SealingKey::Ed25519(_) => "ed25519-sha256",
        };
        let length = how
            .length
            .map(|length| format!(" l={length};"))
            .unwrap_or_default();
        let expires = how.expires.map(|end| format!(" x={end};")).unwrap_or_default();
        let field = format!(
            "DKIM-Signature: v=1; a={algorithm}; c={}; d={}; s={};{length}{expires}\r\n\th={};\r\n\tbh={hash};\r\n\tb=",
            how.canonical, self.domain, self.selector, how.fields
        );
        let mut fields: Vec<String> = Vec::new();
        for line in head.split("\r\n") {
            match fields.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
                Some(field) => {
                    field.push_str("\r\n");
                    field.push_str(line);
                }
                None => fields.push(line.to_owned()),
            }
        }
        let mut octets = String::new();
        for name in how.fields.split(':') {
            // From the bottom up, each once.
            let found = fields.iter().rposition(|field| {
                field
                    .split_once(':')
                    .is_some_and(|(known, _)| known.trim().eq_ignore_ascii_case(name.trim()))
            });
            if let Some(place) = found {
                octets.push_str(&canonical(&fields.remove(place), for_head));
                octets.push_str("\r\n");
            }
        }
        octets.push_str(&canonical(&field, for_head));
        let signature = STANDARD.encode(self.signature(octets.as_bytes()));
        [field.as_bytes(), signature.as_bytes(), b"\r\n", raw].concat()
    }

    fn signature(&self, octets: &[u8]) -> Vec<u8> {
        match &self.key {
            SealingKey::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                let made = pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), octets, &mut signature);
                match made {
                    Ok(()) => signature,
                    Err(_) => Vec::new(),
                }
            }
            SealingKey::Ed25519(pair) => pair.sign(digest(&SHA256, octets).as_ref()).as_ref().to_vec(),
        }
    }
}

fn canonical(field: &str, how: &str) -> String {
    if how != "relaxed" {
        return field.to_owned();
    }
    let (name, value) = field.split_once(':').unwrap_or((field, ""));
    let words: Vec<&str> = value.split_whitespace().collect();
    format!("{}:{}", name.trim().to_ascii_lowercase(), words.join(" "))
}

/// A line with one space for several, and none at its end.
fn squeezed(line: &str) -> String {
    let mut squeezed = String::new();
    for one in line.trim_end_matches([' ', '\t']).chars() {
        match one {
            ' ' | '\t' if squeezed.ends_with(' ') => {}
            ' ' | '\t' => squeezed.push(' '),
            _ => squeezed.push(one),
        }
    }
    squeezed
}
