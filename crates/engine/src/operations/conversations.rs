//! Conversations put right by hand. They are of this computer: no server hears of it but for the letters that count as read
//! when their conversation is muted. What is remembered is the store's.

use std::collections::BTreeSet;

use waxwing_model::{AccountId, Arrangement, EmailId, Keyword, Keywords, Operation, ThreadId};
use waxwing_store::Writing;

use super::perform::Refusal;
use super::plan::{Plan, by_account};
use crate::error::EngineError;

pub(super) fn plan_take_out(writing: &Writing<'_>, emails: &[EmailId]) -> Result<Plan, Refusal> {
    let accounts = by_account(writing, emails)?.into_iter();
    Ok(accounts
        .map(|(account, emails)| (account, Operation::TakeOut { emails }))
        .collect())
}

pub(super) fn plan_unite(writing: &Writing<'_>, emails: &[EmailId]) -> Result<Plan, Refusal> {
    let accounts = by_account(writing, emails)?;
    if accounts.len() > 1 {
        return Err(EngineError::Invalid("letters of two accounts cannot be one conversation".into()).into());
    }
    let mut plan = Plan::new();
    for (account, emails) in accounts {
        let threads = threads_of(writing, &emails)?;
        let mut muted = false;
        for thread in &threads {
            muted |= writing.is_muted(*thread)?;
        }
        plan.push((account, Operation::Unite { emails }));
        // With a muted one they are muted.
        if muted {
            plan.extend(read(writing, account, &threads)?);
        }
    }
    Ok(plan)
}

/// What is muted has nothing unread: that is one thing with it, and is taken back with it.
pub(super) fn plan_mute(writing: &Writing<'_>, emails: &[EmailId], muted: bool) -> Result<Plan, Refusal> {
    let mut plan = Plan::new();
    for (account, emails) in by_account(writing, emails)? {
        let threads = threads_of(writing, &emails)?;
        plan.push((account, Operation::Mute { emails, muted }));
        if muted {
            plan.extend(read(writing, account, &threads)?);
        }
    }
    Ok(plan)
}

fn threads_of(writing: &Writing<'_>, emails: &[EmailId]) -> Result<BTreeSet<ThreadId>, Refusal> {
    let emails = writing.emails(emails)?.into_iter();
    Ok(emails.map(|email| email.thread).collect())
}

/// That the letters of conversations count as read, if any does not.
fn read(
    writing: &Writing<'_>,
    account: AccountId,
    threads: &BTreeSet<ThreadId>,
) -> Result<Option<(AccountId, Operation)>, Refusal> {
    let mut unread = Vec::new();
    for thread in threads {
        let letters = writing.thread(*thread)?.into_iter();
        unread.extend(
            letters
                .filter(|letter| !letter.keywords.has(Keyword::SEEN))
                .map(|letter| letter.id),
        );
    }
    unread.sort_unstable();
    Ok((!unread.is_empty()).then(|| {
        let marking = Operation::SetKeywords {
            emails: unread,
            add: Keywords::only(Keyword::SEEN),
            remove: Keywords::none(),
        };
        (account, marking)
    }))
}

pub(super) fn take_out(writing: &mut Writing<'_>, emails: &[EmailId]) -> Result<Vec<Operation>, Refusal> {
    let arrangement = writing.arrangement(emails)?;
    if !writing.take_out(emails)? {
        return Err(EngineError::Invalid(
            "there is nothing to take it out of: it begins its conversation".into(),
        )
        .into());
    }
    Ok(vec![Operation::Arrange { arrangement }])
}

pub(super) fn unite(writing: &mut Writing<'_>, emails: &[EmailId]) -> Result<Vec<Operation>, Refusal> {
    let arrangement = writing.arrangement(emails)?;
    if !writing.unite(emails)? {
        return Err(EngineError::Invalid("they are one conversation already".into()).into());
    }
    Ok(vec![Operation::Arrange { arrangement }])
}

pub(super) fn arrange(
    writing: &mut Writing<'_>,
    arrangement: &Arrangement,
) -> Result<Vec<Operation>, Refusal> {
    let stood = arrangement.conversations.iter();
    let emails: Vec<EmailId> = stood.flat_map(|stood| stood.emails.clone()).collect();
    let now = writing.arrangement(&emails)?;
    writing.arrange(arrangement)?;
    Ok(vec![Operation::Arrange { arrangement: now }])
}

pub(super) fn mute(
    writing: &mut Writing<'_>,
    emails: &[EmailId],
    muted: bool,
) -> Result<Vec<Operation>, Refusal> {
    let changed = writing.mute(emails, muted)?;
    Ok(match changed.is_empty() {
        true => Vec::new(),
        false => vec![Operation::Mute {
            emails: changed,
            muted: !muted,
        }],
    })
}
