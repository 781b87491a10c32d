//! A secret that a person has typed, on its way in. It is read straight into memory that is wiped when it is dropped, and can be
//! neither printed nor sent out again.
//!
//! What is not in our hands, and so is not wiped: the text of the message from the web view, and what Tauri reads out of it before
//! a command is called ([ADR 40](../../../docs/adr/0040-where-a-typed-secret-is-wiped.md)).

use std::fmt;

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use specta::Type;

/// What somebody has typed and nobody is to see. It comes in and never goes out.
#[derive(Type)]
pub struct Typed(#[specta(type = String)] SecretString);

impl Typed {
    pub fn secret(self) -> SecretString {
        self.0
    }
}

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asked for a text, the reader of JSON would repeat whatever else stands there.
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

/// What is no text is refused without repeating it: a number may be a password in the wrong shape.
const NO_TEXT: &str = "a secret is a text";

impl Visitor<'_> for Reader {
    type Value = Typed;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Typed, E> {
        // It has just the room that it needs, so that no half of it is left behind by growing or shrinking.
        Ok(Typed(SecretString::from(text)))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Typed, E> {
        let text = Zeroizing::new(text);
        self.visit_str(&text)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Typed, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Typed, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Typed, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Typed, E> {
        Err(E::custom(NO_TEXT))
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_secret_comes_in_as_it_was_typed() {
        let typed: Typed = serde_json::from_value(json!("correct \"horse\" ü")).expect("a text");
        assert_eq!(typed.secret().expose_secret(), "correct \"horse\" ü");
        let escaped: Typed = serde_json::from_str(r#""a\"b\u00fc""#).expect("a text");
        assert_eq!(
            escaped.secret().expose_secret(),
            "a\"bü",
            "also where it is written in escapes"
        );
        let left_out: Option<Typed> = serde_json::from_value(Value::Null).expect("nothing is nothing");
        assert!(left_out.is_none());
    }

    #[test]
    fn what_is_refused_is_not_repeated() {
        for wrong in [
            json!(44_170_417),
            json!(-44_170_417),
            json!(4417.5),
            json!(true),
            json!(["4417"]),
        ] {
            let refused = serde_json::from_value::<Typed>(wrong.clone());
            let words = refused.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(
                !words.is_empty() && !words.contains("4417") && !words.contains("true"),
                "{wrong}: {words}"
            );
        }
    }
}
