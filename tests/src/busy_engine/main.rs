//! An engine that works until it is killed: it adds the demo mailbox, moves and marks letters, writes drafts, and prints
//! a line for each thing once the engine has acknowledged it. `tests/live/killing.rs` kills it and looks. With a number
//! behind the folder it does mixed work on an account that is there already (`mixed.rs`).

mod mixed;

use std::io::Write;

use waxwing_engine::Action;
use waxwing_model::{DraftContent, Keyword, Keywords, Role};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("the profile's folder is missing")?;
    let person = journeys::Person::at(std::path::Path::new(&folder)).await;
    if let Some(seed) = std::env::args().nth(2) {
        return mixed::work(&person, seed.parse()?).await;
    }
    let account = person.engine.add_demo().await?;
    acknowledge("demo")?;
    let inbox = person.mailbox(Role::Inbox).await;
    let archive = person.mailbox(Role::Archive).await;
    for round in 0_u64.. {
        for mailbox in [&inbox, &archive] {
            let other = if mailbox.id == inbox.id {
                archive.id
            } else {
                inbox.id
            };
            let Some(email) = person.letters(mailbox).await.into_iter().next() else {
                continue;
            };
            person
                .engine
                .perform(Action::Move {
                    emails: vec![email.id],
                    to: other,
                })
                .await?;
            acknowledge(&format!("moved {} {other}", email.id))?;
            let (add, remove) = if round % 2 == 0 {
                (Keywords::only(Keyword::FLAGGED), Keywords::none())
            } else {
                (Keywords::none(), Keywords::only(Keyword::FLAGGED))
            };
            let starred = !add.is_empty();
            person
                .engine
                .perform(Action::SetKeywords {
                    emails: vec![email.id],
                    add,
                    remove,
                })
                .await?;
            acknowledge(&format!("starred {} {starred}", email.id))?;
        }
        let content = DraftContent {
            subject: format!("draft {round}"),
            ..DraftContent::default()
        };
        let draft = person.engine.new_draft(Some(account), content).await?;
        acknowledge(&format!("draft {}", draft.id))?;
    }
    Ok(())
}

/// Written only after the engine has said that it is done; unbuffered, so that a kill does not swallow it.
fn acknowledge(what: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{what}")?;
    out.flush()
}
