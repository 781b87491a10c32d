//! Who sends and who gets a letter, as SMTP sees it (RFC 5321, section 2.3.1).

use std::collections::HashSet;

use uuid::Uuid;
use waxwing_model::{Address, Envelope};

use super::ComposeError;
use crate::address::{bad, check};

/// The envelope, with each recipient once.
pub(super) fn envelope<'a>(
    from: &Address,
    recipients: impl Iterator<Item = &'a Address>,
) -> Result<Envelope, ComposeError> {
    if from.email.trim().is_empty() {
        return Err(ComposeError::NoSender);
    }
    let from = check(&from.email)?.to_string();
    let mut seen = HashSet::new();
    let mut to = Vec::new();
    for recipient in recipients {
        let address = check(&recipient.email).map_err(|_| bad(recipient))?;
        let address = address.to_string();
        if seen.insert(address.to_lowercase()) {
            to.push(address);
        }
    }
    if to.is_empty() {
        Err(ComposeError::NoRecipient)
    } else {
        Ok(Envelope { from, to })
    }
}

/// An identifier that nobody has used (RFC 5322, section 3.6.4). It tells nothing about this computer.
pub(super) fn new_message_id(sender: &str) -> String {
    let domain = sender.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    format!("{}@{domain}", Uuid::new_v4())
}
