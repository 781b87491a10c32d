//! waxwing-cli.
fn main() {}
