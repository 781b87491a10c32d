//! What may be typed behind `account` of one that is there.

use clap::{Subcommand, ValueEnum};
use waxwing_model::{Fingerprint, Role, Security};

use super::{Browser, OwnWay, server};

#[derive(Subcommand)]
pub enum ManagingCommand {
    /// Type a password that has changed: the first line of standard input, or --oauth. It is tried at its servers before it is
    /// kept.
    Password {
        account: String,
        /// For the server that sends alone: from then on it has a way of signing in of its own.
        #[arg(long, conflicts_with = "identity")]
        outgoing: bool,
        /// For the server of this address alone.
        #[arg(long, value_name = "ID", conflicts_with = "oauth")]
        identity: Option<i64>,
        /// Keep it without asking a server.
        #[arg(long)]
        no_check: bool,
        #[command(flatten)]
        browser: Browser,
    },
    /// Move an account to other servers, with the password that is known or by signing in. They are tried before they are kept.
    Servers {
        account: String,
        #[arg(long, value_name = "HOST:PORT:tls|starttls|plain", value_parser = server)]
        incoming: Option<(String, u16, Security)>,
        #[arg(long, value_name = "HOST:PORT:tls|starttls|plain", value_parser = server)]
        outgoing: Option<(String, u16, Security)>,
        /// The user name at both servers.
        #[arg(long, value_name = "U")]
        user: Option<String>,
        /// Take a certificate with this SHA-256 fingerprint, although nobody vouches for it.
        #[arg(long, value_name = "FINGERPRINT")]
        accept: Vec<Fingerprint>,
        /// Only tell what would come of it.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        browser: Browser,
        #[command(flatten)]
        own_way: OwnWay,
    },
    /// List the certificates that were accepted for an account, or give one up.
    Certificates {
        account: String,
        #[arg(long, value_name = "HOST:PORT", value_parser = place)]
        forget: Option<(String, u16)>,
    },
    /// What an account is called, and the number of its colour.
    Look {
        account: String,
        #[arg(long)]
        label: Option<String>,
        #[arg(long)]
        colour: Option<u8>,
    },
    /// The order of the accounts. Those that are not named stand behind.
    Order {
        #[arg(required = true)]
        accounts: Vec<String>,
    },
    /// Switch an account off: it does not connect, and its letters stay.
    Disable {
        account: String,
    },
    Enable {
        account: String,
    },
    /// Choose which folder is for what; "server" leaves it to the server again.
    Role {
        account: String,
        #[arg(value_enum)]
        role: RoleName,
        mailbox: String,
    },
    /// How often an account is looked after where its server does not tell of news: in minutes, or "usual".
    Every {
        account: String,
        #[arg(value_parser = minutes)]
        minutes: Minutes,
    },
    /// List the accounts that Thunderbird has on this computer and that are not here.
    Thunderbird,
}

/// A number of minutes, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minutes(pub Option<u16>);

#[derive(Clone, Copy, ValueEnum)]
pub enum RoleName {
    Drafts,
    Sent,
    Archive,
    Junk,
    Trash,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Drafts => Self::Drafts,
            RoleName::Sent => Self::Sent,
            RoleName::Archive => Self::Archive,
            RoleName::Junk => Self::Junk,
            RoleName::Trash => Self::Trash,
        }
    }
}

fn place(text: &str) -> Result<(String, u16), String> {
    let parts = text.rsplit_once(':');
    let place = parts.and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
    place.ok_or_else(|| "a host and a port are expected, such as mail.example:993".to_owned())
}

fn minutes(text: &str) -> Result<Minutes, String> {
    match text {
        "usual" => Ok(Minutes(None)),
        digits => digits
            .parse()
            .map(|minutes| Minutes(Some(minutes)))
            .map_err(|_| "a number of minutes or \"usual\" is expected".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_minutes_are_read_and_nonsense_is_told() {
        assert_eq!(place("mail.example:993"), Ok(("mail.example".into(), 993)));
        assert_eq!(place("::1:993"), Ok(("::1".into(), 993)));
        assert!(place("mail.example").is_err() && place("mail.example:x").is_err());
        assert_eq!(minutes("usual"), Ok(Minutes(None)));
        assert_eq!(minutes("15"), Ok(Minutes(Some(15))));
        assert!(minutes("often").is_err());
    }
}
