//! How fast HTML is made safe, beside ammonia alone on the same bodies: `beside_ammonia [--short] FILE...` prints what
//! each takes, as one line of JSON each, and, unless it is to be short, what letters of growing length and depth take. Run it with `--release`.
//!
//! What is not here: MIME, and any letter of its own.
#![expect(
    clippy::print_stdout,
    reason = "it is a measurement, and prints what it measured"
)]

use std::time::Instant;

use waxwing_sanitize::{Colours, Look, Options, Quotes, sanitize};

/// So many octets of bodies are cleaned for one number, over and over.
const ENOUGH: usize = 16 * 1024 * 1024;
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let bodies: Vec<String> = files
        .into_iter()
        .map(std::fs::read_to_string)
        .collect::<Result<_, _>>()?;
    let octets: usize = bodies.iter().map(String::len).sum();
    let times = ENOUGH.div_ceil(octets.max(1));
    let ammonia = ammonia::Builder::default();
    let each = |work: &dyn Fn(&str) -> usize| {
        (0..times)
            .flat_map(|_| &bodies)
            .map(|body| work(body))
            .sum::<usize>()
    };
    tell("ammonia alone", octets * times, || {
        each(&|body| ammonia.clean(body).to_string().len())
    });
    tell("the whole pipeline", octets * times, || {
        each(&|body| shown(body, &Options::blocked()))
    });
    if flags.iter().any(|flag| flag == "--short") {
        return Ok(());
    }
    let dark = Options {
        colours: Colours::Dark,
        quotes: Quotes::Folded,
        ..Options::blocked()
    };
    tell("for dark paper, folded", octets * times, || {
        each(&|body| shown(body, &dark))
    });
    let part = "<table><tr><td style='color:#333;padding:4px'><p>Some words <b>of a letter</b>.</p></td></tr></table>";
    for kilobytes in [128, 512, 2048] {
        let long = part.repeat(kilobytes * 1024 / part.len());
        tell(&format!("{kilobytes} kB in one letter"), long.len(), || {
            shown(&long, &Options::blocked())
        });
    }
    for depth in [2_000, 20_000, 200_000] {
        let deep = "<div><b>".repeat(depth / 2);
        tell(&format!("nested {depth} deep"), deep.len(), || {
            shown(&deep, &Options::blocked())
        });
    }
    Ok(())
}

/// The document that the frame gets.
fn shown(body: &str, options: &Options) -> usize {
    sanitize(body, options).0.frame(Look::LIGHT).len()
}

/// The best of some runs. The sum keeps the compiler from leaving the work out.
fn tell(what: &str, octets: usize, work: impl Fn() -> usize) {
    let warm = work();
    let best = (0..RUNS).map(|_| {
        let (begun, before) = (Instant::now(), busy());
        assert_eq!(warm, work(), "the same bodies give the same");
        let taken = begun.elapsed().as_secs_f64();
        // One long letter is cleaned by another thread, for which only the clock tells.
        match (before, busy()) {
            (Some(before), Some(after)) if octets >= ENOUGH => after - before,
            _ => taken,
        }
    });
    let seconds = best.fold(f64::INFINITY, f64::min);
    println!(r#"{{"what":"{what}","octets":{octets},"seconds":{seconds}}}"#);
}

/// Seconds for which a processor worked for this thread, where the system tells: what others do meanwhile does not count.
fn busy() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = told.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
