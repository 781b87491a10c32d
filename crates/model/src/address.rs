//! Who wrote, and to whom (RFC 5322, section 3.4).

use serde::{Deserialize, Serialize};

/// An address with the name that stood beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    pub name: Option<String>,
    /// `local@domain` as it stood in the header; may be empty in a broken letter.
    pub email: String,
}

impl Address {
    /// An empty name is none.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            name: (!name.is_empty()).then_some(name),
            email: email.into(),
        }
    }

    /// What a list shows: the name, or the address where there is none.
    pub fn display(&self) -> &str {
        self.name
            .as_deref()
            .filter(|name| !name.trim().is_empty())
            .unwrap_or(&self.email)
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name.as_deref() {
            Some(name) if !name.is_empty() => write!(f, "{name} <{}>", self.email),
            _ => f.write_str(&self.email),
        }
    }
}
