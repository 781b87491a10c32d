//! What may be typed behind `maildrop`.

use clap::Subcommand;

#[derive(Subcommand)]
pub enum MaildropCommand {
    /// What is there, newest first, and whether it is here.
    List { account: String },
    /// Remove messages there, by the names that the list gives.
    Remove {
        account: String,
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// Bring messages here once more.
    Download {
        account: String,
        #[arg(required = true)]
        names: Vec<String>,
    },
}
