//! What may be typed behind `identity`.

use clap::Subcommand;

#[derive(Subcommand)]
pub enum IdentityCommand {
    List,
    /// Add an address to write from.
    Add {
        #[arg(long, value_name = "A")]
        account: Option<String>,
        #[arg(long)]
        email: String,
        #[arg(long, default_value = "")]
        name: String,
        #[arg(long, default_value = "")]
        reply_to: String,
    },
    /// Remove one by its number. An account keeps its first.
    Remove {
        id: i64,
    },
}
