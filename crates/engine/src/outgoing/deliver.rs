//! One letter handed to its server, with each step written down before it is taken.

use std::collections::HashSet;

use waxwing_model::{
    Account, Activity, CopyState, DraftOrigin, Holder, Keyword, Keywords, Protocol, ResponseKind, Role,
    Submission, SubmissionId, SubmissionState, Timestamp, Trouble, TroubleKind,
};
use waxwing_remote::smtp::{self, Receipt, SendError, Wishes};
use waxwing_remote::{Letter, RemoteError};
use waxwing_store::{StoreError, Writing};

use super::bcc::with_bcc;
use super::handed::Handed;
use super::line::Line;
use super::way_out::{Hold, hold};
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result, needs_another_password};
use crate::letters::ingest::{self, Circumstances};
use crate::operations::Action;

/// A letter that a server puts off for longer than this is given up, as servers do among themselves (RFC 5321, section
/// 4.5.4.1). One that finds no network waits without end.
const TRIED_LONG_ENOUGH: Timestamp = 5 * 86_400_000;
/// So long a letter that was sent is shown in the outbox.
const SENT_IS_SHOWN: Timestamp = 30 * 86_400_000;

/// Why a letter did not go.
enum Unsent {
    /// Its moment is still to come, and the server does not keep letters until then.
    NotYet,
    /// It may have gone.
    Unknown(RemoteError),
    Failed {
        trouble: Trouble,
        permanent: bool,
    },
}

impl Engine {
    /// Sends every letter of the account whose time has come, oldest first, and those that waited for them.
    pub(crate) async fn deliver_due(&self, account: &Account) -> Result<()> {
        if account.disabled {
            // They wait until it is switched on.
            return Ok(());
        }
        let id = account.id;
        let mut line = Line::default();
        let mut tried = HashSet::new();
        let mut first = None;
        while first.is_none() {
            let due = self
                .read(move |reading| reading.due_submissions(id, now()))
                .await?;
            let fresh: Vec<_> = due.into_iter().filter(|due| tried.insert(*due)).collect();
            if fresh.is_empty() {
                break;
            }
            for submission in fresh {
                // One letter that cannot be handed over does not keep the others.
                if let Err(error) = self.deliver(account, submission, &mut line).await {
                    tracing::error!(%error, "a letter of the outbox met an error");
                    first = first.or(Some(error));
                }
            }
        }
        line.end();
        first.map_or(Ok(()), Err)
    }

    /// The same for scripts: what is due goes, over one connection.
    pub async fn send_waiting(&self, account: &Account) -> Result<()> {
        self.deliver_due(account).await
    }

    /// Hands one letter over now, for scripts, and tells where it is.
    pub async fn deliver_now(&self, account: &Account, submission: SubmissionId) -> Result<Submission> {
        let mut line = Line::default();
        let delivered = self.deliver(account, submission, &mut line).await;
        line.end();
        delivered?;
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
            writing.forget_sent_before(now().saturating_sub(SENT_IS_SHOWN))
        })
        .await
    }

    async fn deliver(&self, account: &Account, id: SubmissionId, line: &mut Line) -> Result<()> {
        let owner = account.id;
        // In one transaction, so that a letter that is taken back or handed over meanwhile is not sent (again).
        let claimed = self
            .write(move |writing| {
                let Some(submission) = writing.submission(id)? else {
                    return Ok(None);
                };
                // It may have been switched off while the letters before this one went.
                if writing.account(owner)?.is_none_or(|account| account.disabled) {
                    return Ok(None);
                }
                let to_be_tried = matches!(
                    submission.state,
                    SubmissionState::Waiting | SubmissionState::Failed { permanent: false, .. }
                );
                if !to_be_tried || writing.is_held_back(id)? {
                    return Ok(None);
                }
                let raw = match writing.submission_raw(id) {
                    Ok(Some(raw)) => raw,
                    Ok(None) => return Ok(None),
                    // Half a letter is none. It would be the same with the next try.
                    Err(damaged @ StoreError::Damaged(_)) => {
                        let trouble = damaged.trouble();
                        let permanent = true;
                        writing.set_submission_state(id, &SubmissionState::Failed { trouble, permanent })?;
                        return Ok(None);
                    }
                    Err(error) => return Err(error),
                };
                writing.set_submission_state(id, &SubmissionState::Sending)?;
                Ok(Some((submission, Handed::from(raw))))
            })
            .await?;
        let Some((submission, raw)) = claimed else {
            return Ok(());
        };
        // As it stands now: handing it over may take longer than what is left of the time.
        let wait = hold(&submission);
        let outcome = self.hand_over(account, &submission, wait, &raw, line).await;
        self.forget_progress(id);
        match outcome {
            Ok(receipt) => self.sent(account, submission, wait, raw, receipt).await,
            Err(Unsent::Unknown(error)) => {
                tracing::warn!(%error, "a letter may or may not have been taken");
                self.write(move |writing| {
                    writing.set_searched(id, false)?;
                    writing.set_submission_state(id, &SubmissionState::Unknown)
                })
                .await?;
                // Whether it stands in Sent is worth a look at once.
                self.wake(account.id);
                Ok(())
            }
            // Its moment has not come, and no server keeps it until then: this computer does.
            Err(Unsent::NotYet) => self.keep_here(id).await,
            Err(Unsent::Failed { permanent: false, .. }) if wait != Hold::Over => self.keep_here(id).await,
            // A passing failure is tried again by itself, later each time; the store sets the time with the state.
            Err(Unsent::Failed { trouble, permanent }) => {
                let begun = submission.wishes.hold_until.unwrap_or(submission.created_at);
                let too_long = trouble.kind == TroubleKind::Refused
                    && now().saturating_sub(begun.max(submission.created_at)) > TRIED_LONG_ENOUGH;
                let failed = SubmissionState::Failed {
                    trouble,
                    permanent: permanent || too_long,
                };
                self.write(move |writing| writing.set_submission_state(id, &failed))
                    .await
            }
        }
    }

    async fn keep_here(&self, submission: SubmissionId) -> Result<()> {
        self.write(move |writing| {
            let until = writing
                .submission(submission)?
                .and_then(|there| there.wishes.hold_until);
            writing.set_submission_state(submission, &SubmissionState::Waiting)?;
            writing.set_holder(submission, Holder::Here)?;
            writing.reschedule(submission, until.unwrap_or_else(now))
        })
        .await
    }

    async fn hand_over(
        &self,
        account: &Account,
        submission: &Submission,
        wait: Hold,
        raw: &Handed,
        line: &mut Line,
    ) -> Result<Receipt, Unsent> {
        let Some((server, door)) = self.way_out(account, submission).await? else {
            return match wait {
                Hold::Ask(_) | Hold::Here => Err(Unsent::NotYet),
                Hold::Over => Ok(Receipt {
                    reply: "Delivered to this computer.".into(),
                    refused: Vec::new(),
                    without_notices: false,
                }),
            };
        };
        let held_until = match wait {
            Hold::Over => None,
            Hold::Ask(until) => Some(until),
            Hold::Here => return Err(Unsent::NotYet),
        };
        let total = raw.size();
        loop {
            let kept = line.take(&server);
            let is_kept = kept.is_some();
            let mut session = match kept {
                Some(session) => session,
                None => self.open_line(account, &server, door).await?,
            };
            if held_until.is_some_and(|until| !session.can_hold_until(now(), until)) {
                line.put(&server, session);
                return Err(Unsent::NotYet);
            }
            let wishes = Wishes {
                notices: submission.wishes.notices.then(|| submission.message_id.clone()),
                tls_all_the_way: submission.wishes.encryption,
                hold_until: held_until,
            };
            let mut progress = |written| self.note_progress(submission.id, written, total);
            let result = session
                .send(&submission.envelope, raw, &wishes, &mut progress)
                .await;
            line.put(&server, session);
            match result {
                // A connection that was kept may have ended meanwhile. Nothing was sent, so another one is tried.
                Err(SendError::NotSent(error)) if is_kept && error.is_transient() => {}
                result => return Ok(result?),
            }
        }
    }

    /// Written in one transaction: the server took it, and on this computer the copy stands in Sent.
    async fn sent(
        &self,
        account: &Account,
        submission: Submission,
        wait: Hold,
        raw: Handed,
        receipt: Receipt,
    ) -> Result<()> {
        let (keeper, id) = (account.clone(), submission.id);
        let (reply, recipients) = (told(&receipt), submission.recipients.clone());
        self.write(move |writing| {
            writing.set_submission_state(id, &SubmissionState::Sent { reply })?;
            if matches!(wait, Hold::Ask(_)) {
                writing.set_holder(id, Holder::Server)?;
            }
            match keeper.protocol {
                // The server keeps the copy; the mail task appends it.
                Protocol::Imap => Ok(()),
                Protocol::Pop3 | Protocol::Local => {
                    let seen = Keywords::only(Keyword::SEEN);
                    let doing = "reading a letter that was sent";
                    if keeper.demo {
                        let raw = raw.whole().map_err(|error| StoreError::io(doing, error))?;
                        keep_copy(writing, &keeper, Role::Inbox, &raw, Keywords::none())?;
                    }
                    let copy = with_bcc(&recipients, raw.into_letter()).and_then(|copy| copy.whole());
                    let copy = copy.map_err(|error| StoreError::io(doing, error))?;
                    keep_copy(writing, &keeper, Role::Sent, &copy, seen)?;
                    writing.set_copy_state(id, CopyState::Filed)
                }
            }
        })
        .await?;
        if !receipt.refused.is_empty() {
            let who: Vec<String> = receipt
                .refused
                .iter()
                .map(|(address, reply)| smtp::refusal(address, reply))
                .collect();
            let sentence = "The letter was sent, but not to everyone.";
            self.tell(
                Some(account.id),
                Trouble::new(TroubleKind::Refused, sentence).with_detail(who.join(" ")),
            );
        }
        self.mark_answered(submission.answers).await?;
        if account.protocol == Protocol::Local {
            self.set_activity(
                account.id,
                Activity::UpToDate {
                    checked_at: now(),
                    shut: Vec::new(),
                },
            );
        }
        self.wake(account.id);
        Ok(())
    }

    /// Marks the letter that one which was sent answers or passes on.
    pub(super) async fn mark_answered(&self, answered: Option<DraftOrigin>) -> Result<()> {
        let Some(answered) = answered else {
            return Ok(());
        };
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
                permanent: match &other {
                    EngineError::Vault(error) => needs_another_password(error),
                    other => !matches!(other, EngineError::Store(_)),
                },
            },
        }
    }
}

fn told(receipt: &Receipt) -> String {
    let mut told = vec![receipt.reply.clone()];
    let refused = receipt.refused.iter();
    told.extend(refused.map(|(address, reply)| format!("not to {address}: {reply}")));
    if receipt.without_notices {
        told.push("it makes no reports of how letters fare".to_owned());
    }
    told.join("; ")
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
