//! `sync`, which ends with a report, and `watch`, which stays and prints what happens.

use serde::Serialize;
use waxwing_engine::{Engine, SyncReport, SyncScope};

use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

/// The report of one account: counts, octets and milliseconds.
#[derive(Serialize)]
struct ReportLine<'a> {
    account: &'a str,
    mailboxes: u32,
    messages: u32,
    new: u32,
    bytes: u64,
    round_trips: u64,
    milliseconds: u64,
    first_rows_milliseconds: Option<u64>,
    first_rows_round_trips: Option<u64>,
    errors: &'a [String],
}

pub async fn run(
    engine: &Engine,
    account: Option<&str>,
    headers_only: bool,
    no_index: bool,
    output: &Output,
) -> Result<(), Failure> {
    let scope = if headers_only {
        SyncScope::HeadersOnly
    } else {
        SyncScope::Everything
    };
    let mut failed = false;
    for account in profile::accounts(engine, account).await? {
        let report = match no_index {
            true => engine.sync_unindexed(&account, scope).await,
            false => engine.sync_once(&account, scope).await,
        };
        for error in &report.errors {
            output.error(error);
        }
        failed |= !report.errors.is_empty();
        tell(&report, output)?;
    }
    if failed { Err(Failure::Partly) } else { Ok(()) }
}

/// The report is JSON whether asked for or not: it is what the command ends with.
fn tell(report: &SyncReport, output: &Output) -> Result<(), Failure> {
    output.json_line(&ReportLine {
        account: &report.account,
        mailboxes: report.mailboxes,
        messages: report.messages,
        new: report.new,
        bytes: report.bytes,
        round_trips: report.round_trips,
        milliseconds: report.milliseconds,
        first_rows_milliseconds: report.first_rows_milliseconds,
        first_rows_round_trips: report.first_rows_round_trips,
        errors: &report.errors,
    })
}

pub async fn watch(engine: &Engine, output: &Output) -> Result<(), Failure> {
    let mut changes = engine.changes();
    // What was being written when the program ended.
    if let Err(error) = engine.file_drafts().await {
        output.error(&error);
    }
    engine.start().await?;
    loop {
        tokio::select! {
            gathered = changes.next() => {
                for change in gathered {
                    output.json_line(&change)?;
                }
            }
            _ = tokio::signal::ctrl_c() => {
                engine.stop().await;
                return Ok(());
            }
        }
    }
}
