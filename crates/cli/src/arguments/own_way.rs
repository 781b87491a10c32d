//! What may be typed about a server that sends and that one signs in to in a way of its own.

use clap::Args;

#[derive(Args)]
pub struct OwnWay {
    /// The user name at the server that sends, where it is another one.
    #[arg(long, value_name = "U")]
    pub outgoing_user: Option<String>,
    /// The server that sends has a password of its own: the last line that is read from standard input.
    #[arg(long, conflicts_with = "outgoing_oauth")]
    pub outgoing_password: bool,
    /// Sign in in a browser for the server that sends alone.
    #[arg(long)]
    pub outgoing_oauth: bool,
    /// A client id of one's own at the provider of the server that sends.
    #[arg(long, value_name = "ID", requires = "outgoing_oauth")]
    pub outgoing_client_id: Option<String>,
    /// The "secret" that some providers give with it.
    #[arg(long, value_name = "S", requires = "outgoing_client_id")]
    pub outgoing_client_secret: Option<String>,
}

impl OwnWay {
    pub fn is_taken(&self) -> bool {
        self.outgoing_password || self.outgoing_oauth
    }
}
