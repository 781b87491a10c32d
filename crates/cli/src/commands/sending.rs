//! `send`, which hands one ready message over, and `outbox`, which tells where the letters are.

use std::path::Path;

use serde::Serialize;
use waxwing_engine::Engine;
use waxwing_model::{Submission, SubmissionState, Trouble, TroubleKind};

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
}

pub async fn send(
    engine: &Engine,
    file: &Path,
    account: Option<&str>,
    output: &Output,
) -> Result<(), Failure> {
    let raw = std::fs::read(file)
        .map_err(|error| Failure::Usage(format!("{} could not be read: {error}", file.display())))?;
    let account = match account {
        Some(_) => profile::account(engine, account).await?,
        None => engine.sender_of(&raw).await?,
    };
    let id = engine.send_message(&account, raw).await?;
    let submission = engine.deliver_now(&account, id).await?;
    tell(&submission, output)?;
    match submission.state {
        SubmissionState::Sent { .. } => Ok(()),
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

fn tell(submission: &Submission, output: &Output) -> Result<(), Failure> {
    let line = SubmissionLine {
        id: submission.id.0,
        account: submission.account.0,
        message_id: &submission.message_id,
        subject: &submission.subject,
        recipients: &submission.envelope.to,
        state: &submission.state,
        attempts: submission.attempts,
    };
    let state = match &submission.state {
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
