//! JSON that holds tokens: its texts are wiped when it is dropped.

use std::ops::Deref;

use secrecy::SecretString;
use secrecy::zeroize::{Zeroize, Zeroizing};
use serde_json::{Map, Value};

pub(super) struct Wiped(Map<String, Value>);

impl Wiped {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => Some(Self(object)),
            Ok(mut other) => {
                wipe(&mut other);
                None
            }
            Err(_) => None,
        }
    }

    /// As one text, written into room that never moves.
    pub(super) fn to_text(&self) -> SecretString {
        let mut text = Zeroizing::new(Vec::with_capacity(length(&self.0)));
        // Writing into memory does not fail, and a map of texts is JSON.
        let _never_fails = serde_json::to_writer(&mut *text, &self.0);
        SecretString::from(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl std::fmt::Debug for Wiped {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Wiped({} fields)", self.0.len())
    }
}

impl From<Map<String, Value>> for Wiped {
    fn from(object: Map<String, Value>) -> Self {
        Self(object)
    }
}

impl Deref for Wiped {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.values_mut().for_each(wipe);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(object) => object.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Octets that it takes at most: an octet may become six (RFC 8259, section 7).
fn length(object: &Map<String, Value>) -> usize {
    let each = |(name, value): (&String, &Value)| name.len() * 6 + room(value) + 4;
    object.iter().map(each).sum::<usize>() + 2
}

fn room(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() * 6 + 2,
        Value::Object(object) => length(object),
        Value::Array(values) => values.iter().map(|each| room(each) + 1).sum::<usize>() + 2,
        // A number of 64 bits, or a word.
        Value::Null | Value::Bool(_) | Value::Number(_) => 32,
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_written_as_it_was_read_and_never_moves() {
        let text = r#"{"access":"a\"\u0001ü","hosts":["imap.nordlicht.test",{"x":null}],"obtained":18446744073709551615}"#;
        let read = Wiped::read(text.as_bytes()).expect("an object");
        let again = read.to_text();
        let (one, other): (Value, Value) = (
            serde_json::from_str(text).unwrap(),
            serde_json::from_str(again.expose_secret()).unwrap(),
        );
        assert_eq!(one, other);
        assert!(
            again.expose_secret().len() <= length(&read),
            "there was room enough"
        );
        assert!(Wiped::read(b"[\"secret\"]").is_none() && Wiped::read(b"{").is_none());
    }

    #[test]
    fn every_text_in_it_is_wiped() {
        let mut value = json!({ "a": "secret", "b": ["secret", { "c": "secret" }], "d": 7 });
        wipe(&mut value);
        assert!(!value.to_string().contains("secret"), "{value}");
    }
}
