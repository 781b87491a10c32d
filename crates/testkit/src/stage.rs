//! A stage: one Dovecot and one Postfix that belong together, with mailboxes for the people of the tests.
//! Faults are not made here; put a `proxy` before a port, or play a `script` instead of a server.

use crate::{Dovecot, DovecotOptions, Postfix, PostfixOptions, StageError};

/// Both servers. A letter that is sent through `postfix` arrives in a mailbox of `dovecot`.
pub struct Stage {
    // Dropped in this order, so that Postfix does not miss its Dovecot on the way out.
    pub postfix: Postfix,
    pub dovecot: Dovecot,
    ca_pem: String,
}

impl Stage {
    /// The usual servers.
    pub fn start() -> Result<Stage, StageError> {
        Stage::start_with(&DovecotOptions::default(), &PostfixOptions::default())
    }

    /// Servers that differ from the usual ones.
    pub fn start_with(dovecot: &DovecotOptions, postfix: &PostfixOptions) -> Result<Stage, StageError> {
        let dovecot = Dovecot::start(dovecot)?;
        let postfix = Postfix::start(postfix, &dovecot)?;
        let ca_pem = [dovecot.ca_pem(), postfix.ca_pem()].concat();
        Ok(Stage {
            postfix,
            dovecot,
            ca_pem,
        })
    }

    /// The two authorities that a client has to trust, one for each server, in PEM.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }
}
