//! `audit`: folders compared with their servers, message by message, and what was put right.

use serde::Serialize;
use waxwing_engine::{Engine, MailboxAudit};
use waxwing_model::Protocol;

use super::mailboxes;
use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

/// One folder. The numbers are of messages that were put right.
#[derive(Serialize)]
struct AuditLine<'a> {
    account: &'a str,
    mailbox: i64,
    path: &'a str,
    complete: bool,
    compared: u32,
    missing: u32,
    gone: u32,
    marks: u32,
    sizes: u32,
    bodies: u32,
    places: u32,
    counts: bool,
}

pub async fn run(
    engine: &Engine,
    mailbox: Option<&str>,
    account: Option<&str>,
    output: &Output,
) -> Result<(), Failure> {
    let mut accounts = profile::accounts(engine, account).await?;
    let mut wanted = None;
    if let Some(named) = mailbox {
        let only = match accounts.as_slice() {
            [one] => Some(one.id),
            _ => None,
        };
        let found = mailboxes::find(engine, named, only).await?;
        accounts.retain(|account| account.id == found.account);
        wanted = Some(found.id);
    }
    // Where none is named, the accounts without folders on a server are not meant.
    if account.is_none() && mailbox.is_none() {
        accounts.retain(|account| account.protocol == Protocol::Imap);
    }
    let mut failed = false;
    for account in accounts {
        let report = engine.audit(&account, wanted).await?;
        for audit in &report.mailboxes {
            failed |= !audit.complete;
            output.result(&line(&report.account, audit), audit)?;
        }
        for error in &report.errors {
            output.error(error);
        }
        failed |= !report.errors.is_empty();
    }
    if failed { Err(Failure::Partly) } else { Ok(()) }
}

fn line<'a>(account: &'a str, audit: &'a MailboxAudit) -> AuditLine<'a> {
    AuditLine {
        account,
        mailbox: audit.mailbox.0,
        path: &audit.path,
        complete: audit.complete,
        compared: audit.compared,
        missing: audit.missing,
        gone: audit.gone,
        marks: audit.marks,
        sizes: audit.sizes,
        bodies: audit.bodies,
        places: audit.places,
        counts: audit.counts,
    }
}
