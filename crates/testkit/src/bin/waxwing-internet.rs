//! A small internet for tests and benchmarks that are not written in Rust: names, web pages and an authority. It writes the
//! file that Waxwing's `--surroundings` reads, prints `{}` once it stands, and ends with its standard input.
//!
//! `waxwing-internet FILE [--authorities FILE.pem] [--host NAME]… [--imap PORT:tls|starttls]… [--pop3 …]… [--smtp …]…
//! [--provider HOST]…`
//!
//! The ports are those at which mail servers are looked for, at the hosts given or at the usual names. Where
//! providers' servers are named, Nordlicht signs people in for them. Each line on standard input is an order, answered by one line
//! of JSON:
//!
//! - `describe DOMAIN [imap|pop3|smtp=HOST:PORT]…`: the domain publishes its servers (autoconfig)
//! - `records DOMAIN [imap|pop3|smtp=HOST:PORT]…`: its DNS names them (SRV)
//! - `address NAME`: the name exists, here
//! - `hang DOMAIN`: what the domain could publish is never answered
//! - `introspection`: where mail servers ask Nordlicht what a token is worth
//! - `browse deny|EMAIL ADDRESS`: the person in the browser opens the address and says no, or agrees as whoever has this email
//! - `revoke EMAIL`: takes back what this person has granted
//! - `heard`: how often Nordlicht was asked for fresh tokens

use std::io::{self, BufRead, Write};
use std::net::Ipv4Addr;
use std::process::ExitCode;

use serde_json::{Value, json};
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::provider::Decision;
use waxwing_testkit::web::Page;
use waxwing_testkit::{Internet, Provider, ProviderOptions};

#[tokio::main]
async fn main() -> ExitCode {
    match run(std::env::args().skip(1)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(io::stderr().lock(), "The internet could not be set up: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(mut words: impl Iterator<Item = String>) -> Result<(), Box<dyn std::error::Error>> {
    let file = words.next().ok_or("the file to write is missing")?;
    let (mut ports, mut hosts, mut authorities) = (MailPorts::default(), Vec::new(), String::new());
    let mut signs_in = Vec::new();
    while let Some(option) = words.next() {
        let value = words.next().ok_or("an option has no value")?;
        match option.as_str() {
            "--authorities" => authorities = std::fs::read_to_string(value)?,
            "--host" => hosts.push(value),
            "--provider" => signs_in.push(value),
            "--imap" => ports.imap.push(door(&value)?),
            "--pop3" => ports.pop3.push(door(&value)?),
            "--smtp" => ports.smtp.push(door(&value)?),
            other => return Err(format!("{other} is no option").into()),
        }
    }
    let internet = Internet::start().await?;
    let provider = Provider::open(&internet, ProviderOptions::default()).await?;
    let signs_in: Vec<&str> = signs_in.iter().map(String::as_str).collect();
    let providers = match signs_in.is_empty() {
        true => Vec::new(),
        false => vec![provider.file(&signs_in, None)],
    };
    let surroundings = internet.stage_file_with(&authorities, &ports, &hosts, &providers);
    std::fs::write(file, surroundings)?;
    answer(&json!({}))?;
    // Blocking: the servers run on other threads.
    for line in io::stdin().lock().lines() {
        let line = line?;
        let told = match sign_in(&provider, &line).await? {
            Some(told) => told,
            None => {
                obey(&internet, &line)?;
                json!({})
            }
        };
        answer(&told)?;
    }
    Ok(())
}

/// An order for the provider, where it is one.
async fn sign_in(provider: &Provider, order: &str) -> Result<Option<Value>, Box<dyn std::error::Error>> {
    let words: Vec<&str> = order.split_whitespace().collect();
    Ok(Some(match words.as_slice() {
        ["introspection"] => json!({ "at": provider.introspection() }),
        ["browse", decision, address] => {
            let decision = match *decision {
                "deny" => Decision::Deny,
                email => Decision::Consent(email.to_owned()),
            };
            provider.browse(address, decision).await?;
            json!({})
        }
        ["revoke", email] => {
            provider.revoke(email);
            json!({})
        }
        ["heard"] => json!({ "refreshes": provider.heard().refreshes }),
        _ => return Ok(None),
    }))
}

fn answer(told: &Value) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{told}")?;
    out.flush()
}

fn door(value: &str) -> Result<(u16, &'static str), Box<dyn std::error::Error>> {
    let (port, security) = value
        .split_once(':')
        .ok_or("a port is PORT:tls or PORT:starttls")?;
    let security = match security {
        "tls" => "tls",
        "starttls" => "starttls",
        other => return Err(format!("{other} is no encryption").into()),
    };
    Ok((port.parse()?, security))
}

fn obey(internet: &Internet, order: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut words = order.split_whitespace();
    let (verb, domain) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let rest: Vec<&str> = words.collect();
    let server = |kind: &str| {
        let found = rest
            .iter()
            .find_map(|word| word.strip_prefix(kind)?.strip_prefix('='));
        found.and_then(|place| {
            let (host, port) = place.rsplit_once(':')?;
            Some((host, port.parse::<u16>().ok()?))
        })
    };
    let [imap, pop3, smtp] = ["imap", "pop3", "smtp"].map(server);
    let places = [
        format!("autoconfig.{domain}/mail/config-v1.1.xml"),
        format!("{domain}/.well-known/autoconfig/mail/config-v1.1.xml"),
        format!("ua-auto-config.{domain}/.well-known/user-agent-configuration.json"),
    ];
    match verb {
        "describe" => {
            let [own, ..] = &places;
            internet.publish(own, Page::Body(Internet::description(imap, pop3, smtp)));
        }
        "records" => {
            for (service, server) in [("_imaps", imap), ("_pop3s", pop3), ("_submissions", smtp)] {
                if let Some((host, port)) = server {
                    let name = format!("{service}._tcp.{domain}");
                    internet.names.put_srv(&name, port, host);
                }
            }
        }
        "address" => internet.names.put_address(domain, Ipv4Addr::LOCALHOST),
        "hang" => {
            for place in &places {
                internet.publish(place, Page::Never);
            }
        }
        other => return Err(format!("{other} is no order").into()),
    }
    Ok(())
}
