//! What benchmarks of IMAP and POP3 are held against, for those that are not written in Rust.
//!
//! - `waxwing-yardstick fetch headers|bodies|flags PORT CA USER PASSWORD`: asks once for all of INBOX, throws it away, and
//!   prints `{"seconds":…,"octets":…}`.
//! - `waxwing-yardstick maildrop PORT CA USER PASSWORD`: the same for every message of a maildrop.
//! - `waxwing-yardstick long-way MILLISECONDS PORT`: a way to the port that is so much longer, there and back; prints the
//!   port to go to, and ends with its standard input.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use serde_json::json;
use waxwing_testkit::floor::{self, Asked, Floor};
use waxwing_testkit::long_way;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(io::stderr().lock(), "{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(words: &[&str]) -> Result<(), Box<dyn std::error::Error>> {
    match words {
        ["fetch", asked, port, ca, user, password] => {
            let asked = match *asked {
                "headers" => Asked::Headers,
                "bodies" => Asked::Bodies,
                "flags" => Asked::Flags,
                other => return Err(format!("{other} cannot be asked for").into()),
            };
            let ca = std::fs::read_to_string(ca)?;
            tell(floor::fetch(port.parse()?, &ca, user, password, asked).await?)?;
        }
        ["maildrop", port, ca, user, password] => {
            let ca = std::fs::read_to_string(ca)?;
            tell(floor::fetch_maildrop(port.parse()?, &ca, user, password).await?)?;
        }
        ["long-way", milliseconds, port] => {
            let there = Duration::from_secs_f64(milliseconds.parse::<f64>()? / 2_000.0);
            let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse()?));
            let port = long_way::start(server, there).await?;
            writeln!(io::stdout().lock(), "{port}")?;
            tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new())).await??;
        }
        _ => {
            return Err(
                "usage: fetch headers|bodies|flags PORT CA USER PASSWORD, maildrop PORT CA USER PASSWORD, \
                 or long-way MS PORT"
                    .into(),
            );
        }
    }
    Ok(())
}

fn tell(floor: Floor) -> io::Result<()> {
    let told = json!({ "seconds": floor.took.as_secs_f64(), "octets": floor.octets });
    writeln!(io::stdout().lock(), "{told}")
}
