//! `flag`, `move`, `copy`, `delete` and `undo`. Each is done here at once; then the server is told, and where it cannot be
//! reached now the journal keeps it for the next `sync`.

use serde::Serialize;
use waxwing_engine::{Action, Engine};
use waxwing_model::{ActionId, EmailId, Keyword, Keywords, MailboxId};

use super::mailboxes;
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
pub struct Done {
    pub affected: u32,
    /// What `undo` takes; none for what cannot be taken back.
    pub undo: Option<i64>,
    /// Whether every server has heard of it. Otherwise it is queued.
    pub replayed: bool,
}

pub async fn flag(
    engine: &Engine,
    ids: &[i64],
    add: &[String],
    remove: &[String],
    output: &Output,
) -> Result<(), Failure> {
    if add.is_empty() && remove.is_empty() {
        return Err(Failure::Usage("say --add KEYWORD or --remove KEYWORD".into()));
    }
    let action = Action::SetKeywords {
        emails: emails(ids),
        add: keywords(add)?,
        remove: keywords(remove)?,
    };
    tell(perform(engine, action, output).await?, output)
}

pub async fn move_letters(
    engine: &Engine,
    ids_and_mailbox: &[String],
    output: &Output,
) -> Result<(), Failure> {
    let (emails, to) = letters_and_target(engine, ids_and_mailbox).await?;
    tell(
        perform(engine, Action::Move { emails, to }, output).await?,
        output,
    )
}

pub async fn copy_letters(
    engine: &Engine,
    ids_and_mailbox: &[String],
    output: &Output,
) -> Result<(), Failure> {
    let (emails, to) = letters_and_target(engine, ids_and_mailbox).await?;
    tell(
        perform(engine, Action::Copy { emails, to }, output).await?,
        output,
    )
}

/// A mailbox that is named by its path or role is looked for in the account of the first letter.
async fn letters_and_target(
    engine: &Engine,
    ids_and_mailbox: &[String],
) -> Result<(Vec<EmailId>, MailboxId), Failure> {
    let Some((mailbox, ids)) = ids_and_mailbox.split_last() else {
        return Err(Failure::Usage("say which letters, then the mailbox".into()));
    };
    let ids: Vec<i64> = ids
        .iter()
        .map(|id| {
            id.parse()
                .map_err(|_| Failure::Usage(format!("“{id}” is not the number of a letter")))
        })
        .collect::<Result<_, _>>()?;
    let emails = emails(&ids);
    let account = engine
        .emails(emails.clone())
        .await?
        .first()
        .map(|email| email.account);
    let to = mailboxes::find(engine, mailbox, account).await?.id;
    Ok((emails, to))
}

pub async fn delete(engine: &Engine, ids: &[i64], output: &Output) -> Result<(), Failure> {
    tell(
        perform(engine, Action::Delete { emails: emails(ids) }, output).await?,
        output,
    )
}

pub async fn undo(engine: &Engine, action: i64, output: &Output) -> Result<(), Failure> {
    engine.undo(ActionId(action)).await?;
    let replayed = push(engine, output).await?;
    tell(
        Done {
            affected: 1,
            undo: None,
            replayed,
        },
        output,
    )
}

pub async fn perform(engine: &Engine, action: Action, output: &Output) -> Result<Done, Failure> {
    let performed = engine.perform(action).await?;
    let replayed = push(engine, output).await?;
    Ok(Done {
        affected: performed.affected,
        undo: performed.undo.map(|action| action.0),
        replayed,
    })
}

async fn push(engine: &Engine, output: &Output) -> Result<bool, Failure> {
    let mut replayed = true;
    // Twice: a letter that has arrived in one account is only then let go in another.
    for account in [engine.accounts().await?, engine.accounts().await?].concat() {
        if !engine.has_pending_operations(account.id).await? {
            continue;
        }
        match engine.push_once(&account).await {
            Ok(refused) => {
                for reason in &refused {
                    output.error(reason);
                }
                if !refused.is_empty() {
                    return Err(Failure::Partly);
                }
            }
            Err(error) => {
                output.error(&format_args!(
                    "kept for the next sync of {}: {}",
                    account.email,
                    error.trouble()
                ));
            }
        }
    }
    for account in engine.accounts().await? {
        replayed &= !engine.has_pending_operations(account.id).await?;
    }
    Ok(replayed)
}

fn tell(done: Done, output: &Output) -> Result<(), Failure> {
    let state = if done.replayed {
        "done"
    } else {
        "done here, queued for the server"
    };
    let text = match done.undo {
        Some(action) => format!("{state}: {} affected; undo with: undo {action}", done.affected),
        None => format!("{state}: {} affected", done.affected),
    };
    output.result(&done, text)
}

fn emails(ids: &[i64]) -> Vec<EmailId> {
    ids.iter().copied().map(EmailId).collect()
}

/// Keywords, also by the names of IMAP's flags ("\Seen") and without their sign ("seen").
fn keywords(texts: &[String]) -> Result<Keywords, Failure> {
    texts
        .iter()
        .map(|text| {
            let known = ["seen", "flagged", "answered", "draft", "forwarded"];
            let lower = text.to_ascii_lowercase();
            match lower.as_str() {
                name if known.contains(&name) => Ok(Keyword::new(&format!("${name}"))),
                flag if flag.starts_with('\\') => Keyword::from_imap(flag)
                    .ok_or_else(|| Failure::Usage(format!("{text} cannot be set by hand"))),
                _ => Ok(Keyword::new(text)),
            }
        })
        .collect()
}
