//! A Dovecot with lena's mailbox, and lena signed in to it over IMAP. Nothing is tested here.

#![allow(dead_code, reason = "each test program uses its own part of this")]

use waxwing_model::{Authentication, Security, ServerSettings};
use waxwing_remote::imap::Session;
use waxwing_remote::{Credentials, Trust};
use waxwing_testkit::{Dovecot, DovecotOptions, PASSWORD, address, letters};

pub fn start(options: &DovecotOptions) -> Dovecot {
    Dovecot::start(options).expect("Dovecot is installed and starts")
}

/// Dovecot with fewer capabilities, as old servers are.
pub fn old(capabilities: &str) -> DovecotOptions {
    let capabilities = format!("IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS {capabilities}");
    DovecotOptions {
        capabilities: Some(capabilities),
        ..DovecotOptions::default()
    }
}

pub async fn connect(dovecot: &Dovecot) -> Session {
    let trust = Trust::with_extra_ca(dovecot.ca_pem()).expect("the authority is good PEM");
    let settings = ServerSettings {
        host: "localhost".to_owned(),
        port: dovecot.imaps(),
        security: Security::Tls,
        username: address("lena"),
        authentication: Authentication::Auto,
    };
    let lena = Credentials {
        username: address("lena"),
        password: PASSWORD.into(),
    };
    Session::connect(&settings, &lena, &trust)
        .await
        .expect("lena is let in")
}

pub fn deliver(dovecot: &Dovecot, mailbox: &str, raw: &[u8]) {
    dovecot.deliver("lena", mailbox, raw).expect("it is delivered");
}

pub fn letter(subject: &str) -> Vec<u8> {
    letters::simple("jonas", "lena", subject, "Hello Lena.\nJonas")
}
