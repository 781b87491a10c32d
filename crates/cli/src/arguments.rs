//! What may be typed.

mod browser;
mod form;
mod identity;
mod keeping;
mod mailbox;
mod maildrop;
mod managing;
mod own_way;
mod protocol;
mod reading;
mod search;
mod searching;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use waxwing_model::{Authentication, Keep, Protocol, Retention, Security};

pub use browser::Browser;
pub use form::Form;
pub use identity::IdentityCommand;
use keeping::{keep, large, retention};
pub use mailbox::MailboxCommand;
pub use maildrop::MaildropCommand;
pub use managing::ManagingCommand;
pub use own_way::OwnWay;
pub use protocol::ChangeProtocol;
pub use search::SearchServers;
pub use searching::{IndexWork, SearchLetters, SearchesCommand};

#[derive(Parser)]
#[command(name = "waxwing-cli", version, about = "Waxwing without a window")]
pub struct Arguments {
    /// The folder that holds everything of this person.
    #[arg(long, global = true, env = "WAXWING_PROFILE", value_name = "DIR")]
    pub profile: Option<PathBuf>,
    /// Results as JSON: one value, or one a line.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Add, list, change and remove accounts.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Look for the servers of an address, as the setup screen does.
    Servers(SearchServers),
    /// Bring an account (or every account) into step, then report.
    Sync {
        #[arg(long, value_name = "A")]
        account: Option<String>,
        /// IMAP only: leave the bodies on the server.
        #[arg(long)]
        headers_only: bool,
        /// Leave what came by the thousand out of the search index, until the next time.
        #[arg(long)]
        no_index: bool,
    },
    /// Compare the folders of IMAP accounts with their servers, message by message, and put right what differs.
    Audit {
        /// One folder: its number, its role or its path. All where none is named.
        mailbox: Option<String>,
        #[arg(long, value_name = "A")]
        account: Option<String>,
    },
    /// List the mailboxes of every account.
    Mailboxes,
    /// List the letters of a mailbox, newest first.
    List {
        /// Its number, its role (inbox, sent, …) or its path ("Projects/Lighthouse").
        mailbox: String,
        #[arg(long, value_name = "A")]
        account: Option<String>,
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// One row a conversation.
        #[arg(long)]
        threads: bool,
    },
    /// Show one letter.
    Show {
        id: i64,
        #[command(flatten)]
        form: Form,
    },
    /// Add or remove keywords, such as $seen and $flagged.
    Flag {
        #[arg(required = true)]
        ids: Vec<i64>,
        #[arg(long, value_name = "KEYWORD")]
        add: Vec<String>,
        #[arg(long, value_name = "KEYWORD")]
        remove: Vec<String>,
    },
    /// Move letters; the last word is the mailbox.
    Move {
        #[arg(required = true, num_args = 2.., value_names = ["ID", "MAILBOX"])]
        ids_and_mailbox: Vec<String>,
    },
    /// Copy letters, of their own account or into another; the last word is the mailbox.
    Copy {
        #[arg(required = true, num_args = 2.., value_names = ["ID", "MAILBOX"])]
        ids_and_mailbox: Vec<String>,
    },
    /// Delete letters: to Trash, and from Trash for good.
    Delete {
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Create, rename, move and delete mailboxes.
    Mailbox {
        #[command(subcommand)]
        command: MailboxCommand,
    },
    /// See and change what is still on the server of a POP3 account.
    Maildrop {
        #[command(subcommand)]
        command: MaildropCommand,
    },
    /// Send a ready message. Its envelope comes from its To, Cc and Bcc.
    Send {
        #[arg(value_name = "FILE.eml")]
        file: PathBuf,
        #[arg(long, value_name = "A")]
        account: Option<String>,
        /// Not before so many minutes have passed. The server keeps it until then where it can; else the next `sync`
        /// after that sends it.
        #[arg(long = "in", value_name = "MINUTES")]
        minutes: Option<u32>,
    },
    /// Show where the sent letters are.
    Outbox,
    /// As whom letters go: the addresses of the accounts.
    Identity {
        #[command(subcommand)]
        command: IdentityCommand,
    },
    /// Search every account.
    Search(SearchLetters),
    /// Searches that are kept, as folders.
    Searches {
        #[command(subcommand)]
        command: SearchesCommand,
    },
    /// Write what the search index is still to be given.
    Index(IndexWork),
    /// Stay, and print each change as a JSON line.
    Watch,
    /// Take the last words back: undo an action by the number that it gave.
    Undo { action: i64 },
    /// Check that the store is whole.
    Check,
    /// Read a message on standard input and print what was understood, as JSON.
    Parse,
    /// Read a message on standard input and print the document that the frame would get.
    Render,
    /// The same for a bare HTML body.
    Sanitize,
}

#[derive(Subcommand)]
pub enum AccountCommand {
    /// Add an account. The password is the first line of standard input, or --oauth.
    Add(Box<AddAccount>),
    List,
    /// Add folders that stand on this computer and belong to no server.
    AddLocal {
        #[arg(long, value_name = "N", default_value = "Local Folders")]
        name: String,
    },
    /// Change how much of an account stands on this computer, and whether it is fetched by itself.
    Set(SetAccount),
    /// Make a POP3 account an IMAP account, or the other way round, with all its letters.
    ChangeProtocol(ChangeProtocol),
    Remove {
        account: String,
        /// Put its letters into the local folders first.
        #[arg(long)]
        keep_letters: bool,
    },
    #[command(flatten)]
    Managing(ManagingCommand),
}

#[derive(Args)]
pub struct SetAccount {
    pub account: String,
    /// IMAP: which letters are kept whole. Of the others the headers are.
    #[arg(long, value_name = "all|days:N|headers", value_parser = keep)]
    pub keep: Option<Keep>,
    /// Of letters larger than so many megabytes only the text is fetched by itself; with POP3 the header.
    #[arg(long, value_name = "MB|off", value_parser = large)]
    pub large: Option<Large>,
    /// POP3: what happens to the server's copies, of what is here already too.
    #[arg(long, value_name = "always|never|days:N|until-trashed|until-deleted", value_parser = retention)]
    pub pop3_keep: Option<Retention>,
    /// POP3: only tell what --pop3-keep would remove from the server.
    #[arg(long, requires = "pop3_keep")]
    pub dry_run: bool,
    /// Give up what is here and need not be: letters that these wishes leave on the server.
    #[arg(long)]
    pub free: bool,
    /// Fetch nothing by itself until --resume.
    #[arg(long, conflicts_with = "resume")]
    pub pause: bool,
    #[arg(long)]
    pub resume: bool,
}

/// A limit in megabytes, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Large(pub Option<u16>);

#[derive(Args)]
pub struct AddAccount {
    #[arg(long, value_name = "A")]
    pub email: String,
    #[arg(long, value_name = "N", default_value = "")]
    pub name: String,
    #[arg(long, value_enum)]
    pub protocol: ProtocolName,
    #[arg(long, value_name = "HOST:PORT:tls|starttls|plain", value_parser = server)]
    pub incoming: (String, u16, Security),
    #[arg(long, value_name = "HOST:PORT:tls|starttls|plain", value_parser = server)]
    pub outgoing: (String, u16, Security),
    /// The user name; the address where it is missing.
    #[arg(long, value_name = "U")]
    pub user: Option<String>,
    /// How to sign in to both servers. With oauthbearer and xoauth2 what is read is an access token.
    #[arg(long, value_enum, default_value = "auto")]
    pub method: MethodName,
    /// A further certificate authority to trust.
    #[arg(long, value_name = "FILE.pem")]
    pub ca: Option<PathBuf>,
    /// What happens to the server's copies.
    #[arg(long, value_name = "always|never|days:N|until-trashed|until-deleted", value_parser = retention, default_value = "always")]
    pub pop3_keep: Retention,
    /// IMAP: which letters are kept whole on this computer. Of the others the headers are.
    #[arg(long, value_name = "all|days:N|headers", value_parser = keep, default_value = "all")]
    pub keep: Keep,
    /// IMAP: of letters larger than so many megabytes only the text is fetched by itself.
    #[arg(long, value_name = "MB|off", value_parser = large, default_value = "off")]
    pub large: Large,
    /// Save without signing in first.
    #[arg(long)]
    pub no_check: bool,
    #[command(flatten)]
    pub browser: Browser,
    #[command(flatten)]
    pub own_way: OwnWay,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ProtocolName {
    Imap,
    Pop3,
}

impl From<ProtocolName> for Protocol {
    fn from(name: ProtocolName) -> Self {
        match name {
            ProtocolName::Imap => Self::Imap,
            ProtocolName::Pop3 => Self::Pop3,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum MethodName {
    Auto,
    #[value(name = "scram-sha-256")]
    ScramSha256,
    Plain,
    Login,
    CramMd5,
    #[value(name = "oauthbearer")]
    OAuthBearer,
    #[value(name = "xoauth2")]
    XOAuth2,
    /// POP3 alone.
    Apop,
}

impl From<MethodName> for Authentication {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Auto => Self::Auto,
            MethodName::ScramSha256 => Self::ScramSha256,
            MethodName::Plain => Self::Plain,
            MethodName::Login => Self::Login,
            MethodName::Apop => Self::Apop,
            MethodName::CramMd5 => Self::CramMd5,
            MethodName::OAuthBearer => Self::OAuthBearer,
            MethodName::XOAuth2 => Self::XOAuth2,
        }
    }
}

fn server(text: &str) -> Result<(String, u16, Security), String> {
    let mut parts = text.rsplitn(3, ':');
    let (security, port, host) = (parts.next(), parts.next(), parts.next());
    let security = match security {
        Some("tls") => Security::Tls,
        Some("starttls") => Security::StartTls,
        Some("plain") => Security::Plain,
        _ => return Err("the security is tls, starttls or plain".into()),
    };
    let port = port
        .and_then(|port| port.parse().ok())
        .filter(|port| *port != 0)
        .ok_or("the port is a number up to 65535")?;
    let host = host
        .filter(|host| !host.is_empty())
        .ok_or("the host is missing")?;
    Ok((host.trim_matches(['[', ']']).to_owned(), port, security))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_server_is_host_port_and_security() {
        assert_eq!(
            server("imap.post.example:993:tls"),
            Ok(("imap.post.example".into(), 993, Security::Tls))
        );
        assert_eq!(
            server("[::1]:143:starttls"),
            Ok(("::1".into(), 143, Security::StartTls)),
            "an IPv6 address"
        );
        for wrong in ["host", "host:993", "host:0:tls", ":993:tls", "host:993:ssl"] {
            assert!(server(wrong).is_err(), "{wrong} is incomplete");
        }
    }
}
