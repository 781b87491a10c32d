//! What people do to a server that is in use: other passwords, another certificate. Clients find out at their next sign-in,
//! which a restart hastens.

use std::fs;

use super::{Dovecot, configuration};
use crate::{CertificateKind, StageError};

impl Dovecot {
    /// From now on a person signs in with this password, and nobody stays signed in.
    pub fn set_password(&self, person: &str, password: &str) -> Result<(), StageError> {
        self.rewrite("users", configuration::users_but(person, password))?;
        self.restart()
    }

    /// From now on the server shows another certificate, with another key.
    pub fn renew_certificate(&self, kind: CertificateKind) -> Result<(), StageError> {
        let pair = self.certificates.pair(kind);
        self.rewrite("server.pem", pair.cert_pem)?;
        self.rewrite("server.key", pair.key_pem)?;
        self.restart()
    }

    fn rewrite(&self, name: &str, content: String) -> Result<(), StageError> {
        fs::write(self.path(name), content).map_err(StageError::io(format!("write Dovecot's file {name}")))
    }
}
