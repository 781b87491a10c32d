//! What may be typed about signing in in a browser.

use clap::Args;

#[derive(Args)]
pub struct Browser {
    /// Sign in in a browser in the place of a password: the address to open is printed, and waited for.
    #[arg(long)]
    pub oauth: bool,
    /// A client id of one's own at the provider.
    #[arg(long, value_name = "ID", requires = "oauth")]
    pub client_id: Option<String>,
    /// The "secret" that some providers give with it.
    #[arg(long, value_name = "S", requires = "client_id")]
    pub client_secret: Option<String>,
    /// Who signs people in for these servers (RFC 8414). Otherwise it is one that Waxwing knows, or the one that the domain of the
    /// address names.
    #[arg(long, value_name = "URL", requires = "oauth")]
    pub issuer: Option<String>,
    /// A small internet of a test.
    #[arg(long, value_name = "FILE", hide = true)]
    pub surroundings: Option<std::path::PathBuf>,
}
