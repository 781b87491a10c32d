//! What may be typed behind `account change-protocol`.

use clap::Args;
use waxwing_model::{Fingerprint, Security};

use super::{ProtocolName, server};

#[derive(Args)]
pub struct ChangeProtocol {
    pub account: String,
    #[arg(long, value_enum)]
    pub to: ProtocolName,
    /// The server; looked for by the address where it is missing.
    #[arg(long, value_name = "HOST:PORT:tls|starttls|plain", value_parser = server)]
    pub server: Option<(String, u16, Security)>,
    /// The user name; that of before where it is missing.
    #[arg(long, value_name = "U")]
    pub user: Option<String>,
    /// Take a certificate with this SHA-256 fingerprint at that server, although nobody vouches for it.
    #[arg(long, value_name = "FINGERPRINT")]
    pub accept: Vec<Fingerprint>,
    /// To IMAP: put letters that stand only here on the server.
    #[arg(long, conflicts_with = "keep_here")]
    pub upload: bool,
    /// To IMAP: keep letters that stand only here in Local Folders.
    #[arg(long)]
    pub keep_here: bool,
    /// Only tell what is on both sides.
    #[arg(long)]
    pub dry_run: bool,
}
