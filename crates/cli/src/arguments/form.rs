//! In which form a letter is shown.

use clap::Args;

#[derive(Args)]
#[group(multiple = false)]
pub struct Form {
    /// Every byte as it came.
    #[arg(long)]
    pub raw: bool,
    /// The plain text.
    #[arg(long)]
    pub text: bool,
    /// The document that the frame would get.
    #[arg(long)]
    pub html: bool,
}
