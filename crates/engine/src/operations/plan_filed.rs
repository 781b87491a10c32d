//! What it means to move or copy letters where a letter can be in several mailboxes and be one (`Filing`).
//!
//! In folders, a move takes a letter out of the folder that it is moved from; where nobody says which, out of all. On
//! Gmail, where mailboxes are labels, a move takes the label away that it is moved from; where nobody says which, that
//! of the inbox, as Gmail's own interface does it. Nothing takes a letter out of "All Mail" but Trash and Junk, and those
//! take all labels away.

use std::collections::{BTreeMap, HashMap};

use waxwing_model::{AccountId, Email, EmailId, Filing, MailboxId, Operation, Role};
use waxwing_store::{Reading, Writing};

use super::perform::Refusal;
use super::plan::{Plan, is_inside, mailbox_for};

/// Letters of one account into one of its mailboxes. `from` is where the person saw them, if they saw them in one.
pub(super) fn push_move(
    reading: &Reading<'_>,
    plan: &mut Plan,
    account: AccountId,
    emails: &[EmailId],
    from: Option<MailboxId>,
    to: MailboxId,
) -> Result<(), Refusal> {
    let emails = reading.emails(emails)?;
    let mut filed = Filed::default();
    match reading.filing(account)? {
        Filing::Labels => {
            let labels = Labels::of(reading, account)?;
            for email in emails {
                labels.push_move(&mut filed, &email, from, to);
            }
        }
        Filing::Folders | Filing::Copies => {
            for email in emails.into_iter().filter(|email| email.mailboxes != [to]) {
                let among_others = email.mailboxes.len() > 1;
                match from.filter(|from| among_others && email.mailboxes.contains(from) && *from != to) {
                    Some(from) => filed.refile(email.id, Some(from), to),
                    None => filed.moved(email.id, to),
                }
            }
        }
    }
    filed.push(plan, account);
    Ok(())
}

/// Letters that stay where they are and are in one more mailbox of their account. Only where that is one letter.
pub(super) fn push_one_more(
    reading: &Reading<'_>,
    plan: &mut Plan,
    account: AccountId,
    emails: &[EmailId],
    to: MailboxId,
) -> Result<(), Refusal> {
    let labels = match reading.filing(account)? {
        Filing::Labels => Some(Labels::of(reading, account)?),
        Filing::Folders | Filing::Copies => None,
    };
    let mut filed = Filed::default();
    for email in reading.emails(emails)? {
        if email.mailboxes.contains(&to) || email.mailboxes.is_empty() {
            continue;
        }
        match &labels {
            Some(labels) if labels.hides(to) || labels.hidden(&email) => filed.moved(email.id, to),
            _ => filed.refile(email.id, None, to),
        }
    }
    filed.push(plan, account);
    Ok(())
}

/// Where archived letters go: on Gmail they lose the inbox and are in "All Mail" as before.
pub(super) fn archive_for(
    writing: &mut Writing<'_>,
    account: AccountId,
    plan: &mut Plan,
) -> Result<MailboxId, Refusal> {
    if writing.filing(account)? == Filing::Labels
        && let Some(all) = writing.mailbox_with_role(account, Role::All)?
    {
        return Ok(all.id);
    }
    mailbox_for(writing, account, Role::Archive, plan)
}

/// Whether a letter is in Trash and nowhere else: only then is it deleted for good.
pub(super) fn is_only_in(reading: &Reading<'_>, email: &Email, trash: MailboxId) -> bool {
    !email.mailboxes.is_empty()
        && email
            .mailboxes
            .iter()
            .all(|mailbox| is_inside(reading, *mailbox, trash))
}

/// Letters by what becomes of them.
#[derive(Default)]
struct Filed {
    moved: BTreeMap<MailboxId, Vec<EmailId>>,
    refiled: BTreeMap<(Option<MailboxId>, MailboxId), Vec<EmailId>>,
}

impl Filed {
    fn moved(&mut self, email: EmailId, to: MailboxId) {
        self.moved.entry(to).or_default().push(email);
    }

    fn refile(&mut self, email: EmailId, from: Option<MailboxId>, to: MailboxId) {
        self.refiled.entry((from, to)).or_default().push(email);
    }

    fn push(self, plan: &mut Plan, account: AccountId) {
        for (to, emails) in self.moved {
            plan.push((account, Operation::Move { emails, to }));
        }
        for ((from, to), emails) in self.refiled {
            let to = Some(to);
            plan.push((account, Operation::Refile { emails, from, to }));
        }
    }
}

/// The mailboxes of an account that are labels, by what they are for.
struct Labels {
    roles: HashMap<MailboxId, Role>,
}

impl Labels {
    fn of(reading: &Reading<'_>, account: AccountId) -> Result<Self, Refusal> {
        let mailboxes = reading.mailboxes(Some(account))?;
        Ok(Self {
            roles: mailboxes
                .into_iter()
                .filter_map(|mailbox| Some((mailbox.id, mailbox.role?)))
                .collect(),
        })
    }

    fn is(&self, mailbox: MailboxId, role: Role) -> bool {
        self.roles.get(&mailbox) == Some(&role)
    }

    /// Trash and Junk: a letter in one of them is in no other mailbox.
    fn hides(&self, mailbox: MailboxId) -> bool {
        self.is(mailbox, Role::Trash) || self.is(mailbox, Role::Junk)
    }

    fn hidden(&self, email: &Email) -> bool {
        email.mailboxes.iter().any(|mailbox| self.hides(*mailbox))
    }

    fn push_move(&self, filed: &mut Filed, email: &Email, from: Option<MailboxId>, to: MailboxId) {
        if email.mailboxes == [to] || email.mailboxes.is_empty() && from.is_some() {
            return;
        }
        if self.hides(to) || self.hidden(email) || email.mailboxes.is_empty() {
            filed.moved(email.id, to);
            return;
        }
        let seen_in = match from {
            Some(from) => Some(from).filter(|from| !self.is(*from, Role::All)),
            None => email
                .mailboxes
                .iter()
                .copied()
                .find(|mailbox| self.is(*mailbox, Role::Inbox)),
        };
        let leaves = seen_in.filter(|mailbox| *mailbox != to && email.mailboxes.contains(mailbox));
        let is_there = email.mailboxes.contains(&to) || self.is(to, Role::All);
        if leaves.is_some() || !is_there {
            filed.refile(email.id, leaves, to);
        }
    }
}
