//! What may be typed to look for the servers of an address.

use std::path::PathBuf;

use clap::Args;

#[derive(Args)]
pub struct SearchServers {
    pub email: String,
    /// Tell the whole address to the domain's own server, for providers whose answer depends on it.
    #[arg(long)]
    pub tell_address: bool,
    /// Also ask this host, to which a redirection or a record of DNS leads.
    #[arg(long, value_name = "HOST")]
    pub consent: Vec<String>,
    /// For tests: the small internet that this file describes.
    #[arg(long, value_name = "FILE.json")]
    pub surroundings: Option<PathBuf>,
}
