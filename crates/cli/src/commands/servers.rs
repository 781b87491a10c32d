//! `servers`: where the servers of an address are, and who says so. Nothing is saved and no password is asked for.

use std::time::Instant;

use serde::Serialize;
use waxwing_engine::discovery::{Source, Surroundings, Wishes};
use waxwing_engine::{Discovered, DiscoveredServer, Engine};
use waxwing_model::Security;

use crate::arguments::SearchServers;
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct Servers {
    how: String,
    behind: Option<String>,
    imap: Option<Server>,
    pop3: Option<Server>,
    smtp: Option<Server>,
    /// Of one of them at least only DNS says so.
    unvouched: bool,
    /// Names that other sources give instead.
    dissent: Vec<String>,
    page: Option<String>,
    /// A host that may know more and is asked with `--consent`.
    consent: Option<String>,
    /// From the question to the answer.
    milliseconds: u64,
}

#[derive(Serialize)]
struct Server {
    host: String,
    port: u16,
    security: Security,
    username: String,
    outside: bool,
    vouched: bool,
}

pub async fn run(engine: &Engine, wanted: SearchServers, output: &Output) -> Result<(), Failure> {
    if let Some(file) = &wanted.surroundings {
        let text = std::fs::read_to_string(file)?;
        let surroundings = Surroundings::from_stage_file(&text)
            .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
        engine.search_in(surroundings);
    }
    let wishes = Wishes {
        consented: wanted.consent,
        tell_address: wanted.tell_address,
    };
    let began = Instant::now();
    let found = engine.discover(&wanted.email, &wishes).await?;
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let told = servers(found, milliseconds);
    let text = in_words(&told);
    output.result(&told, text)
}

fn servers(found: Discovered, milliseconds: u64) -> Servers {
    Servers {
        how: found
            .how
            .as_ref()
            .map_or_else(|| "nobody knows".to_owned(), source),
        behind: found.behind,
        imap: found.imap.map(server),
        pop3: found.pop3.map(server),
        smtp: found.smtp.map(server),
        unvouched: found.unvouched,
        dissent: found.dissent.into_iter().flat_map(|one| one.hosts).collect(),
        page: found.page,
        consent: found.consent,
        milliseconds,
    }
}

fn server(server: DiscoveredServer) -> Server {
    Server {
        host: server.host,
        port: server.port,
        security: server.security,
        username: server.username,
        outside: server.outside,
        vouched: server.vouched,
    }
}

fn source(source: &Source) -> String {
    match source {
        Source::Catalogue { provider } => format!("the list of providers ({provider})"),
        Source::Pacc { host } => format!("published by {host}, with its digest in DNS"),
        Source::Autoconfig { host } => format!("published by {host}"),
        Source::Srv => "SRV records".to_owned(),
        Source::SharedList { host } => format!("the shared list at {host}"),
        Source::Autodiscover { host } => format!("Autodiscover at {host}"),
        Source::Probing => "the usual names were tried".to_owned(),
    }
}

fn in_words(told: &Servers) -> String {
    let mut lines = vec![told.how.clone()];
    lines.extend(told.behind.as_ref().map(|domain| format!("by way of\t{domain}")));
    for (name, server) in [("IMAP", &told.imap), ("POP3", &told.pop3), ("SMTP", &told.smtp)] {
        lines.extend(server.as_ref().map(|server| {
            format!(
                "{name}\t{}:{}\t{:?}\t{}",
                server.host, server.port, server.security, server.username
            )
        }));
    }
    lines.extend(told.dissent.iter().map(|host| format!("others say\t{host}")));
    lines.extend(told.page.as_ref().map(|page| format!("page\t{page}")));
    lines.extend(told.consent.as_ref().map(|host| format!("may know more\t{host}")));
    lines.join("\n")
}
