//! How fast letters are read: `throughput LETTERS [SEED]` makes letters in memory and prints, as one line of JSON each,
//! what parsing them and rendering them (parsing and sanitising) takes. Run it with `--release`.
//!
//! What is not here: the wire and the store.
#![expect(
    clippy::print_stdout,
    reason = "it is a measurement, and prints what it measured"
)]

use std::time::Instant;

use waxwing_engine::letters::inspect;
use waxwing_testkit::letters;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().ok_or("how many letters?")?.parse()?;
    let seed: u64 = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let made: Vec<Vec<u8>> = letters::generate(seed, count).collect();
    let octets: usize = made.iter().map(Vec::len).sum();
    tell("parse", octets, || {
        made.iter().map(|raw| inspect::inspect(raw).preview.len()).sum()
    });
    tell("parse and sanitise", octets, || {
        made.iter().map(|raw| inspect::render(raw).len()).sum()
    });
    Ok(())
}

/// Runs it once to warm up and once to count. The sum keeps the compiler from leaving the work out.
fn tell(what: &str, octets: usize, work: impl Fn() -> usize) {
    let warm = work();
    let begun = Instant::now();
    let sum = work();
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(warm, sum, "the same letters give the same");
    println!(r#"{{"what":"{what}","octets":{octets},"seconds":{seconds}}}"#);
}
