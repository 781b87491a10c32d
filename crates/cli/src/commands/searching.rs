//! `search`, `searches` and `index`.

use serde::Serialize;
use waxwing_engine::{Engine, Fault, FaultKind, Wrong};
use waxwing_model::Email;

use super::letters::email_text;
use crate::arguments::{IndexWork, SearchLetters, SearchesCommand};
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    email: &'a Email,
    /// The server has found it; its text is not here.
    on_server: bool,
}

pub async fn search(engine: &Engine, wanted: SearchLetters, output: &Output) -> Result<(), Failure> {
    let query = whole(&wanted.query.join(" "));
    for fault in engine.query_faults(&query).await? {
        output.error(&sentence(&fault));
    }
    let there = match wanted.servers {
        true => engine.search_on_servers(&query).await?,
        false => Default::default(),
    };
    for (account, sentence) in &there.failed {
        output.error(&format!("account {account} could not be asked: {sentence}"));
    }
    if wanted.count {
        let count = engine.search_count(&query).await?;
        return output.result(&serde_json::json!({ "count": count }), count.to_string());
    }
    let found = engine.search(&query, wanted.limit).await?;
    output.results(found.iter().map(|email| {
        let on_server = there.emails.contains(&email.id);
        let mark = if on_server { "\t(on the server)" } else { "" };
        let text = format!("{}{mark}", email_text(email));
        (Found { email, on_server }, text)
    }))
}

/// A query as it is read with a space behind it: nobody goes on typing its last word.
fn whole(query: &str) -> String {
    format!("{query} ")
}

/// What is odd about a query, in words.
fn sentence(fault: &Fault) -> String {
    let piece = &fault.piece;
    match fault.kind {
        FaultKind::Value(Wrong::Day) => {
            format!("{piece}: this is not a day; write 2026-11-23, 2026-11, today or 7d")
        }
        FaultKind::Value(Wrong::Size) => format!("{piece}: this is not a size; write 500k or 5M"),
        FaultKind::Value(Wrong::Word) => {
            format!("{piece}: this means nothing special here, and is looked for as it stands")
        }
        FaultKind::Value(Wrong::Folder) => format!("{piece}: there is no folder of this name"),
        FaultKind::Value(Wrong::Account) => format!("{piece}: there is no account of this name"),
        FaultKind::NoWord => format!("{piece}: signs by themselves are not looked for"),
        FaultKind::NoValue => format!("{piece}: nothing follows it"),
        FaultKind::OneSided => {
            format!("{piece}: there is nothing on one side of it; write it in quotes to look for the word")
        }
        FaultKind::Parenthesis => format!("{piece}: this parenthesis has no other half"),
        FaultKind::Quote => format!("{piece}: the quotes are not closed"),
        FaultKind::TooMuch => {
            format!("{piece}: this is more than can be looked for at once; the rest is left out")
        }
    }
}

pub async fn searches(engine: &Engine, command: SearchesCommand, output: &Output) -> Result<(), Failure> {
    match command {
        SearchesCommand::List => {}
        SearchesCommand::Add { name, query } => {
            engine.save_search(&name, &query.join(" ")).await?;
        }
        SearchesCommand::Change { id, name, query } => {
            engine.change_saved_search(id, &name, &query.join(" ")).await?;
        }
        SearchesCommand::Remove { id } => engine.remove_saved_search(id).await?,
    }
    for search in engine.saved_searches().await? {
        let (id, name, query) = (search.id, search.name, search.query.trim_end());
        let count = engine.search_count(&search.query).await?;
        let text = format!("{id}\t{name}\t{query}\t{count}");
        output.result(
            &serde_json::json!({ "id": id, "name": name, "query": query, "letters": count }),
            text,
        )?;
    }
    Ok(())
}

pub async fn index(engine: &Engine, work: IndexWork, output: &Output) -> Result<(), Failure> {
    if work.rebuild {
        engine.rebuild_search().await?;
    }
    let repairs = match work.repair {
        true => engine.repair_search().await?,
        false => Default::default(),
    };
    engine.index_now().await?;
    engine.put_index_together().await?;
    let text = format!(
        "{} letters were missing, {} lines were of no letter, {} in the wrong place, {} volumes were damaged",
        repairs.missing, repairs.astray, repairs.misplaced, repairs.damaged
    );
    output.result(
        &serde_json::json!({
            "missing": repairs.missing, "astray": repairs.astray, "misplaced": repairs.misplaced,
            "damaged": repairs.damaged
        }),
        text,
    )
}
