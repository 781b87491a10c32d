//! What may be typed to look for letters.

use clap::{Args, Subcommand};

#[derive(Args)]
pub struct SearchLetters {
    #[arg(required = true)]
    pub query: Vec<String>,
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
    /// Ask the servers too, for letters whose text is not here.
    #[arg(long)]
    pub servers: bool,
    /// Only say how many there are.
    #[arg(long)]
    pub count: bool,
}

#[derive(Subcommand)]
pub enum SearchesCommand {
    List,
    Add {
        name: String,
        #[arg(required = true)]
        query: Vec<String>,
    },
    Change {
        id: i64,
        name: String,
        #[arg(required = true)]
        query: Vec<String>,
    },
    Remove {
        id: i64,
    },
}

#[derive(Args)]
pub struct IndexWork {
    /// Empty the index first, and write all of it again.
    #[arg(long)]
    pub rebuild: bool,
    /// Compare it with the letters first, and put right what differs.
    #[arg(long)]
    pub repair: bool,
}
