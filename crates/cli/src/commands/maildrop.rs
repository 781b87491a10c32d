//! `maildrop list`, `maildrop remove` and `maildrop download`: what is still on the server of a POP3 account.

use serde::Serialize;
use waxwing_engine::{Engine, Here, OnServer};
use waxwing_model::Timestamp;

use crate::arguments::MaildropCommand;
use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

#[derive(Serialize)]
struct MessageLine {
    name: String,
    size: u32,
    subject: String,
    from: Option<String>,
    date: Option<Timestamp>,
    /// `whole`, `header`, `deleted` or `no`.
    here: &'static str,
    /// The letter's number, where it is here.
    id: Option<i64>,
}

#[derive(Serialize)]
struct Count {
    messages: u32,
}

pub async fn run(engine: &Engine, command: MaildropCommand, output: &Output) -> Result<(), Failure> {
    match command {
        MaildropCommand::List { account } => {
            let account = profile::account(engine, Some(&account)).await?;
            for message in engine.still_on_server(account.id).await?.messages {
                let line = line(message);
                let text = format!("{}\t{}\t{}\t{}", line.name, line.size, line.here, line.subject);
                output.result(&line, text)?;
            }
            Ok(())
        }
        MaildropCommand::Remove { account, names } => {
            let account = profile::account(engine, Some(&account)).await?;
            let messages = engine.remove_from_server(account.id, names).await?;
            output.result(
                &Count { messages },
                format_args!("{messages} removed from the server"),
            )
        }
        MaildropCommand::Download { account, names } => {
            let account = profile::account(engine, Some(&account)).await?;
            let messages = engine.download_again(account.id, names).await?;
            output.result(&Count { messages }, format_args!("{messages} brought"))
        }
    }
}

fn line(message: OnServer) -> MessageLine {
    let (here, id) = match message.here {
        Here::Whole(email) => ("whole", Some(email.0)),
        Here::Header(email) => ("header", Some(email.0)),
        Here::Deleted => ("deleted", None),
        Here::No => ("no", None),
    };
    MessageLine {
        name: message.name,
        size: message.size,
        subject: message.subject,
        from: message.from.into_iter().next().map(|address| address.email),
        date: message.date,
        here,
        id,
    }
}
