//! The server's copies removed, as the person's choice says. What is asked to be removed is written down first, since the
//! answer may not come.

use std::collections::HashMap;

use waxwing_model::{Account, Retention};
use waxwing_remote::pop3::Session;

use super::survey::Survey;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::sync::report::SyncReport;

/// How long a message that is listed no more is kept in mind.
const IN_MIND: i64 = 90 * 24 * 60 * 60 * 1000;

/// Marks what is due, and gives the names of what was marked. The server carries it out at QUIT.
pub(super) async fn remove_due(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    numbers: &HashMap<String, u32>,
    report: &mut SyncReport,
) -> Result<Vec<String>> {
    if account.retention == Retention::Keep {
        return Ok(Vec::new());
    }
    let (id, retention) = (account.id, account.retention);
    let due = engine
        .read(move |reading| reading.uidls_to_remove(id, &retention, now()))
        .await?;
    remove(engine, account, session, numbers, due, report).await
}

pub(super) async fn remove(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    numbers: &HashMap<String, u32>,
    names: Vec<String>,
    report: &mut SyncReport,
) -> Result<Vec<String>> {
    let id = account.id;
    let mut wanted: Vec<(u32, String)> = names
        .into_iter()
        .filter_map(|name| Some((*numbers.get(&name)?, name)))
        .collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let leaving: Vec<String> = wanted.iter().map(|(_, name)| name.clone()).collect();
    // This waits for the disk, and so for every letter that was written before it.
    engine
        .write(move |writing| writing.set_uidls_leaving(id, &leaving))
        .await?;
    let marked: Vec<u32> = wanted.iter().map(|(number, _)| *number).collect();
    let refused = session.delete(&marked).await?;
    if let Some(error) = refused.why {
        tracing::warn!(account = %account.email, %error, "the server keeps a message");
        report.errors.push(EngineError::from(error).trouble().to_string());
    }
    wanted.retain(|(number, _)| !refused.numbers.contains(number));
    Ok(wanted.into_iter().map(|(_, name)| name).collect())
}

/// Notes what the server does not list any more.
pub(super) async fn note_gone(engine: &Engine, account: &Account, survey: Survey) -> Result<()> {
    let there = survey.numbers;
    let gone: Vec<String> = survey
        .pool
        .rest()
        .into_iter()
        // Another message may have its name by now.
        .filter(|row| row.gone_at.is_none() && !there.contains_key(&row.uidl))
        .map(|row| row.uidl)
        .collect();
    let id = account.id;
    let forgotten = now().saturating_sub(IN_MIND);
    if gone.is_empty() {
        return Ok(());
    }
    engine
        .write(move |writing| {
            writing.set_uidls_gone(id, &gone, now())?;
            writing.forget_uidls_gone_before(id, forgotten)
        })
        .await
}
