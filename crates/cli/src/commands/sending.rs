//! `send`, which hands one ready message over, and `outbox`, which tells where the letters are.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use waxwing_engine::Engine;
use waxwing_model::{Holder, ReportLine, Submission, SubmissionState, Trouble, TroubleKind};

use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

#[derive(Serialize)]
struct SubmissionLine<'a> {
    id: i64,
    account: i64,
    message_id: &'a str,
    subject: &'a str,
    recipients: &'a [String],
    #[serde(flatten)]
    state: &'a SubmissionState,
    attempts: u32,
    hold_until: Option<i64>,
    holder: Option<Holder>,
    reports: Vec<&'a ReportLine>,
}

pub async fn send(
    engine: &Engine,
    file: &Path,
    account: Option<&str>,
    minutes: Option<u32>,
    output: &Output,
) -> Result<(), Failure> {
    let raw = std::fs::read(file)
        .map_err(|error| Failure::Usage(format!("{} could not be read: {error}", file.display())))?;
    let account = match account {
        Some(_) => profile::account(engine, account).await?,
        None => engine.sender_of(&raw).await?,
    };
    let at = minutes.map(|minutes| now().saturating_add(i64::from(minutes) * 60_000));
    let id = engine.send_message_at(&account, raw, at).await?;
    let submission = engine.deliver_now(&account, id).await?;
    tell(&submission, output)?;
    match submission.state {
        SubmissionState::Sent { .. } => Ok(()),
        SubmissionState::Waiting if at.is_some() => Ok(()),
        SubmissionState::Failed { trouble, .. } => Err(trouble.into()),
        _ => Err(Trouble::new(
            TroubleKind::BadAnswer,
            "It is not known whether the letter was sent.",
        )
        .into()),
    }
}

pub async fn outbox(engine: &Engine, output: &Output) -> Result<(), Failure> {
    for submission in engine.outbox().await? {
        tell(&submission, output)?;
    }
    Ok(())
}

fn now() -> i64 {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
}

fn tell(submission: &Submission, output: &Output) -> Result<(), Failure> {
    let line = SubmissionLine {
        id: submission.id.0,
        account: submission.account.0,
        message_id: &submission.message_id,
        subject: &submission.subject,
        recipients: &submission.envelope.to,
        state: &submission.state,
        attempts: submission.attempts,
        hold_until: submission.wishes.hold_until,
        holder: submission.holder,
        reports: submission.reports.iter().map(|report| &report.line).collect(),
    };
    let state = match &submission.state {
        SubmissionState::Waiting if submission.holder == Some(Holder::Here) => {
            "waiting for its time".to_owned()
        }
        SubmissionState::Waiting => "waiting".to_owned(),
        SubmissionState::Sending => "sending".to_owned(),
        SubmissionState::Sent { reply } => format!("sent: {reply}"),
        SubmissionState::Failed { trouble, .. } => format!("failed: {trouble}"),
        SubmissionState::Unknown => "unknown".to_owned(),
    };
    output.result(
        &line,
        format_args!("{}\t{}\t{state}", submission.id, submission.subject),
    )
}
