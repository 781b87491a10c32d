//! Accounts that Thunderbird has on this computer, so that nobody types them twice: its profiles, the servers and the
//! addresses in them. Its passwords stand elsewhere and are not looked for.
//!
//! The files are another program's and may be anything: what cannot be read is passed over in silence, and nothing is
//! written.

mod prefs;
mod profiles;

use std::collections::HashMap;
use std::path::Path;

use waxwing_model::{Authentication, Protocol, Security, ServerSettings};

use self::prefs::{Prefs, Value};
use crate::engine::{Engine, blocking};
use crate::error::Result;

/// Nobody has more, and the screen has an end.
const MOST_ACCOUNTS: usize = 50;

/// What the setup screen can be filled in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAccount {
    pub email: String,
    /// The person's name.
    pub name: String,
    /// IMAP or POP3.
    pub protocol: Protocol,
    pub incoming: ServerSettings,
    /// Where it has a server for sending.
    pub outgoing: Option<ServerSettings>,
}

impl Engine {
    /// Accounts of Thunderbird that are not here yet.
    pub async fn accounts_of_thunderbird(&self) -> Result<Vec<FoundAccount>> {
        self.accounts_of_thunderbird_in(profiles::homes()).await
    }

    /// The same for Thunderbird's own folders elsewhere.
    pub async fn accounts_of_thunderbird_in(
        &self,
        homes: Vec<std::path::PathBuf>,
    ) -> Result<Vec<FoundAccount>> {
        let here = self.accounts().await?;
        let mut found = blocking(move || {
            let mut found: Vec<FoundAccount> = Vec::new();
            for profile in homes.iter().flat_map(|home| profiles::in_home(home)) {
                for account in in_profile(&profile) {
                    // A profile may be a copy of another.
                    if !found.contains(&account) {
                        found.push(account);
                    }
                }
            }
            found
        })
        .await?;
        found.retain(|account| {
            !here.iter().any(|there| {
                there.protocol == account.protocol && there.email.eq_ignore_ascii_case(&account.email)
            })
        });
        found.truncate(MOST_ACCOUNTS);
        Ok(found)
    }
}

fn in_profile(profile: &Path) -> Vec<FoundAccount> {
    let Some(prefs) = prefs::read(&profile.join("prefs.js")) else {
        return Vec::new();
    };
    let listed = text(&prefs, "mail.accountmanager.accounts").unwrap_or_default();
    let accounts = listed.split(',').map(str::trim).filter(|key| !key.is_empty());
    accounts.filter_map(|key| account(&prefs, key)).collect()
}

fn account(prefs: &Prefs, key: &str) -> Option<FoundAccount> {
    let own = text(prefs, &format!("mail.account.{key}.server"))?;
    let server = format!("mail.server.{own}");
    let protocol = match text(prefs, &format!("{server}.type"))? {
        "imap" => Protocol::Imap,
        "pop3" => Protocol::Pop3,
        // Local folders, newsgroups, feeds.
        _ => return None,
    };
    let identities = text(prefs, &format!("mail.account.{key}.identities")).unwrap_or_default();
    // The first is the usual one.
    let identity = identities.split(',').map(str::trim).find(|key| !key.is_empty())?;
    let email = text(prefs, &format!("mail.identity.{identity}.useremail"))?;
    if !email.contains('@') {
        return None;
    }
    let incoming = Kind::of(protocol).server(
        prefs,
        &server,
        &["realhostname", "hostname"],
        &["realuserName", "userName"],
    )?;
    Some(FoundAccount {
        name: text(prefs, &format!("mail.identity.{identity}.fullName"))
            .unwrap_or_default()
            .to_owned(),
        outgoing: outgoing(prefs, identity),
        email: email.to_owned(),
        protocol,
        incoming,
    })
}

fn outgoing(prefs: &Prefs, identity: &str) -> Option<ServerSettings> {
    let key = text(prefs, &format!("mail.identity.{identity}.smtpServer"))
        .or_else(|| text(prefs, "mail.smtp.defaultserver"))?;
    Kind::Smtp.server(
        prefs,
        &format!("mail.smtpserver.{key}"),
        &["hostname"],
        &["username"],
    )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Imap,
    Pop3,
    Smtp,
}

impl Kind {
    fn of(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Pop3 => Self::Pop3,
            Protocol::Imap | Protocol::Local => Self::Imap,
        }
    }

    /// The port that Thunderbird leaves out, since it is the usual one.
    fn usual_port(self, security: Security) -> u16 {
        match (self, security) {
            (Self::Imap, Security::Tls) => 993,
            (Self::Imap, _) => 143,
            (Self::Pop3, Security::Tls) => 995,
            (Self::Pop3, _) => 110,
            (Self::Smtp, Security::Tls) => 465,
            (Self::Smtp, Security::StartTls) => 587,
            (Self::Smtp, Security::Plain) => 25,
        }
    }

    fn server(self, prefs: &Prefs, at: &str, hosts: &[&str], users: &[&str]) -> Option<ServerSettings> {
        let first = |names: &[&str]| names.iter().find_map(|name| text(prefs, &format!("{at}.{name}")));
        let host = first(hosts)?;
        let security = match number(
            prefs,
            &format!(
                "{at}.{}",
                if self == Self::Smtp {
                    "try_ssl"
                } else {
                    "socketType"
                }
            ),
        ) {
            Some(3) => Security::Tls,
            // 1 was "STARTTLS, if available", which is not hoped for here.
            Some(1 | 2) => Security::StartTls,
            // Never proposed: whoever wants no encryption says so once more.
            _ => return self.encrypted(host, first(users)),
        };
        let port = number(prefs, &format!("{at}.port")).and_then(|port| u16::try_from(port).ok());
        Some(ServerSettings {
            host: host.to_owned(),
            port: port
                .filter(|port| *port != 0)
                .unwrap_or_else(|| self.usual_port(security)),
            security,
            username: first(users).unwrap_or_default().to_owned(),
            authentication: match number(prefs, &format!("{at}.authMethod")) {
                Some(1) if self == Self::Smtp => Authentication::None,
                _ => Authentication::Auto,
            },
        })
    }

    /// A server that Thunderbird talks to in the clear: what it would be with encryption.
    fn encrypted(self, host: &str, user: Option<&str>) -> Option<ServerSettings> {
        Some(ServerSettings {
            host: host.to_owned(),
            port: self.usual_port(Security::Tls),
            security: Security::Tls,
            username: user.unwrap_or_default().to_owned(),
            authentication: Authentication::Auto,
        })
    }
}

/// A word that can be shown and typed: of one line, and not endless.
fn text<'a>(prefs: &'a HashMap<String, Value>, name: &str) -> Option<&'a str> {
    let Value::Text(text) = prefs.get(name)? else {
        return None;
    };
    let text = text.trim();
    let fit = !text.is_empty() && text.chars().count() <= 2_000 && !text.chars().any(char::is_control);
    fit.then_some(text)
}

fn number(prefs: &HashMap<String, Value>, name: &str) -> Option<i64> {
    match prefs.get(name)? {
        Value::Number(number) => Some(*number),
        Value::Text(_) => None,
    }
}

#[cfg(test)]
mod tests;
