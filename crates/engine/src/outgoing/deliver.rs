//! One letter handed to its server, with each step written down before it is taken.

use waxwing_model::{
    Account, Activity, CopyState, Keyword, Keywords, Protocol, ResponseKind, Role, Submission, SubmissionId,
    SubmissionState, Trouble, TroubleKind,
};
use waxwing_remote::RemoteError;
use waxwing_remote::smtp::{self, Receipt, SendError};
use waxwing_store::{StoreError, Writing};

use super::bcc::with_bcc;
use crate::accounts::credentials::{Door, trust};
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::letters::ingest::{self, Circumstances};
use crate::operations::Action;

/// Why a letter did not go.
enum Unsent {
    /// It may have gone.
    Unknown(RemoteError),
    Failed {
        trouble: Trouble,
        permanent: bool,
    },
}

impl Engine {
    /// Sends every letter of the account whose time has come, oldest first.
    pub(crate) async fn deliver_due(&self, account: &Account) -> Result<()> {
        let id = account.id;
        let mut first = None;
        for submission in self
            .read(move |reading| reading.due_submissions(id, now()))
            .await?
        {
            // One letter that cannot be handed over does not keep the others.
            if let Err(error) = self.deliver(account, submission).await {
                tracing::error!(%error, "a letter of the outbox met an error");
                first = first.or(Some(error));
            }
        }
        first.map_or(Ok(()), Err)
    }

    /// Hands one letter over now, for scripts, and tells where it is.
    pub async fn deliver_now(&self, account: &Account, submission: SubmissionId) -> Result<Submission> {
        self.deliver(account, submission).await?;
        self.submission(submission).await
    }

    /// A letter found as being sent after a crash may have been taken by the server or not: it is never sent again
    /// silently.
    pub(crate) async fn doubt_interrupted(&self, account: &Account) -> Result<()> {
        let id = account.id;
        self.write(move |writing| {
            for submission in writing.sending_submissions(id)? {
                writing.set_submission_state(submission, &SubmissionState::Unknown)?;
            }
            Ok(())
        })
        .await
    }

    async fn deliver(&self, account: &Account, id: SubmissionId) -> Result<()> {
        // In one transaction, so that a letter that is taken back or handed over meanwhile is not sent (again).
        let claimed = self
            .write(move |writing| {
                let (Some(submission), Some(raw)) = (writing.submission(id)?, writing.submission_raw(id)?)
                else {
                    return Ok(None);
                };
                if !matches!(
                    submission.state,
                    SubmissionState::Waiting | SubmissionState::Failed { permanent: false, .. }
                ) {
                    return Ok(None);
                }
                writing.set_submission_state(id, &SubmissionState::Sending)?;
                Ok(Some((submission, raw)))
            })
            .await?;
        let Some((submission, raw)) = claimed else {
            return Ok(());
        };
        let outcome = self.hand_over(account, &submission, &raw).await;
        match outcome {
            Ok(receipt) => self.sent(account, submission, raw, receipt).await,
            Err(Unsent::Unknown(error)) => {
                tracing::warn!(%error, "a letter may or may not have been taken");
                self.write(move |writing| writing.set_submission_state(id, &SubmissionState::Unknown))
                    .await
            }
            // A passing failure is tried again by itself, later each time; the store sets the time with the state.
            Err(Unsent::Failed { trouble, permanent }) => {
                let failed = SubmissionState::Failed { trouble, permanent };
                self.write(move |writing| writing.set_submission_state(id, &failed))
                    .await
            }
        }
    }

    async fn hand_over(
        &self,
        account: &Account,
        submission: &Submission,
        raw: &[u8],
    ) -> Result<Receipt, Unsent> {
        let Some(server) = &account.outgoing else {
            return Ok(Receipt {
                reply: "Delivered to this computer.".into(),
                refused: Vec::new(),
                without_notices: false,
            });
        };
        let trust = trust(account)?;
        let credentials = match server.authentication {
            waxwing_model::Authentication::None => None,
            _ => Some(self.credentials(account.id, server, Door::Outgoing).await?),
        };
        Ok(smtp::send(server, credentials.as_ref(), &trust, &submission.envelope, raw).await?)
    }

    /// Written in one transaction: the server took it, and on this computer the copy stands in Sent.
    async fn sent(
        &self,
        account: &Account,
        submission: Submission,
        raw: Vec<u8>,
        receipt: Receipt,
    ) -> Result<()> {
        let (keeper, id) = (account.clone(), submission.id);
        let reply = told(&receipt);
        let copy = with_bcc(&submission.recipients, raw.clone());
        self.write(move |writing| {
            writing.set_submission_state(id, &SubmissionState::Sent { reply })?;
            match keeper.protocol {
                // The server keeps the copy; the mail task appends it.
                Protocol::Imap => Ok(()),
                Protocol::Pop3 | Protocol::Local => {
                    let seen = Keywords::only(Keyword::SEEN);
                    keep_copy(writing, &keeper, Role::Sent, &copy, seen)?;
                    if keeper.demo {
                        keep_copy(writing, &keeper, Role::Inbox, &raw, Keywords::none())?;
                    }
                    writing.set_copy_state(id, CopyState::Filed)
                }
            }
        })
        .await?;
        if !receipt.refused.is_empty() {
            let who: Vec<String> = receipt
                .refused
                .iter()
                .map(|(address, reply)| format!("{address}: {reply}"))
                .collect();
            let sentence = "The letter was sent, but not to everyone.";
            self.tell(
                Some(account.id),
                Trouble::new(TroubleKind::Refused, sentence).with_detail(who.join("; ")),
            );
        }
        if let Some(answered) = submission.answers {
            let keyword = match answered.kind {
                ResponseKind::Forward => Keyword::FORWARDED,
                ResponseKind::Reply | ResponseKind::ReplyAll => Keyword::ANSWERED,
            };
            self.perform(Action::SetKeywords {
                emails: vec![answered.email],
                add: Keywords::only(keyword),
                remove: Keywords::none(),
            })
            .await?;
        }
        if account.protocol == Protocol::Local {
            self.set_activity(account.id, Activity::UpToDate { checked_at: now() });
        }
        self.wake(account.id);
        Ok(())
    }
}

impl From<SendError> for Unsent {
    fn from(error: SendError) -> Self {
        let permanent = match &error {
            // Whoever stands in between goes away again.
            SendError::NotSent(error) => !error.is_transient() && !error.is_another(),
            error => !error.is_transient(),
        };
        match error {
            SendError::Unknown(error) => Self::Unknown(error),
            error => {
                let mut trouble = error.trouble();
                // What the system says of a connection is not said by the server.
                trouble
                    .detail
                    .take_if(|_| trouble.kind == TroubleKind::Unreachable);
                Self::Failed { trouble, permanent }
            }
        }
    }
}

/// A failure of ours before the connection: nothing has left this computer.
impl From<EngineError> for Unsent {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Remote(error) => SendError::NotSent(error).into(),
            other => Self::Failed {
                trouble: other.trouble(),
                // A vault that is locked and a store that is full are so for a while.
                permanent: !matches!(other, EngineError::Vault(_) | EngineError::Store(_)),
            },
        }
    }
}

fn told(receipt: &Receipt) -> String {
    if receipt.refused.is_empty() {
        return receipt.reply.clone();
    }
    let refused: Vec<String> = receipt
        .refused
        .iter()
        .map(|(address, reply)| format!("not to {address}: {reply}"))
        .collect();
    format!("{}; {}", receipt.reply, refused.join("; "))
}

fn keep_copy(
    writing: &mut Writing<'_>,
    account: &Account,
    role: Role,
    raw: &[u8],
    keywords: Keywords,
) -> Result<(), StoreError> {
    let mailbox = writing
        .mailbox_with_role(account.id, role)?
        .ok_or(StoreError::NoSuch {
            what: "mailbox",
            id: account.id.0,
        })?;
    let circumstances = Circumstances {
        received_at: now(),
        keywords,
        uid: None,
    };
    ingest::insert_whole(writing, account.id, mailbox.id, raw, circumstances)?;
    Ok(())
}
