//! Accounts and the servers they live on.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Keeping};

/// How mail reaches this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// Mail stays on the server and in step on every device (RFC 9051).
    Imap,
    /// Mail is brought to this computer (RFC 1939).
    Pop3,
    /// There is no server: the demo mailbox, and local folders.
    Local,
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS after STARTTLS or STLS, and nothing without it.
    StartTls,
    /// None. Only after an explicit choice.
    Plain,
}

/// How the person proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authentication {
    /// The best of what the server offers.
    #[default]
    Auto,
    /// SASL PLAIN (RFC 4616), or the protocol's own LOGIN or USER and PASS where PLAIN is missing.
    Plain,
    /// SASL LOGIN, or the protocol's own LOGIN or USER and PASS.
    Login,
    /// CRAM-MD5 (RFC 2195).
    CramMd5,
    /// SCRAM-SHA-256 (RFC 7677), tied to the TLS connection where both sides can.
    #[serde(rename = "scram-sha-256")]
    ScramSha256,
    /// An access token instead of a password: XOAUTH2, as Google and Microsoft have it.
    #[serde(rename = "xoauth2")]
    XOAuth2,
    /// An access token instead of a password: OAUTHBEARER (RFC 7628).
    #[serde(rename = "oauthbearer")]
    OAuthBearer,
    /// APOP of POP3 (RFC 1939, section 7): a proof made from the greeting. Only where it is asked for.
    Apop,
    /// No sign-in: some relays for sending want none.
    None,
}

impl Authentication {
    /// Whether the secret is an access token, which is no password.
    pub fn takes_token(self) -> bool {
        matches!(self, Self::XOAuth2 | Self::OAuthBearer)
    }
}

/// One server, as a person would write it on a note.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ServerSettings {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: String,
    pub authentication: Authentication,
}

/// What happens to the server's copy of a message that POP3 has brought here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Retention {
    /// It stays.
    #[default]
    Keep,
    /// It goes once the message stands in the store and has been read back.
    RemoveAfterDownload,
    /// It goes that many days after the download.
    RemoveAfterDays { days: u16 },
    /// It goes when the message is moved to Trash here.
    RemoveWhenTrashed,
    /// It goes when the message is deleted for good here, as by emptying Trash.
    RemoveWhenDeleted,
}

/// An account as it stands in the store. Its password does not: that is the vault's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    /// The address people write to.
    pub email: String,
    /// The person's name, as it stands in From.
    pub name: String,
    pub protocol: Protocol,
    /// `None` only for [`Protocol::Local`].
    pub incoming: Option<ServerSettings>,
    /// `None` only for [`Protocol::Local`].
    pub outgoing: Option<ServerSettings>,
    pub retention: Retention,
    pub keeping: Keeping,
    /// Nothing is fetched by itself; what the person asks for is.
    pub paused: bool,
    /// A further certificate authority in PEM, for servers of one's own.
    pub extra_ca: Option<String>,
    /// The demo mailbox delivers to itself and is removed with one click.
    pub demo: bool,
    /// What the person calls it; empty: its address.
    pub label: String,
    /// It does not connect at all. Its letters stay.
    pub disabled: bool,
    /// How often it is looked after where nobody tells of news, in minutes. `None`: as usual.
    pub check_minutes: Option<u16>,
    /// The dot's colour in the sidebar: an index into the interface's palette.
    pub colour: u8,
}

impl Account {
    /// What it is called.
    pub fn called(&self) -> &str {
        if self.label.is_empty() {
            &self.email
        } else {
            &self.label
        }
    }

    /// Whether letters leave from it: there is a server for them, or it is the demo mailbox, which delivers to itself.
    pub fn can_send(&self) -> bool {
        (self.outgoing.is_some() || self.demo) && !self.disabled
    }
}

/// An account that has not been saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub protocol: Protocol,
    pub incoming: Option<ServerSettings>,
    pub outgoing: Option<ServerSettings>,
    pub retention: Retention,
    pub keeping: Keeping,
    pub extra_ca: Option<String>,
    pub demo: bool,
}
