//! What a transaction changed, each thing once, in the order in which it was first noted.

use std::collections::HashSet;

use waxwing_model::{AccountId, Change, EmailId, MailboxId};

/// Notes are kept apart by kind, because a batch of a thousand letters notes its mailbox a thousand times.
#[derive(Default)]
pub(crate) struct Changes {
    in_order: Vec<Change>,
    mailboxes: HashSet<AccountId>,
    listings: HashSet<MailboxId>,
    emails: HashSet<EmailId>,
    emails_in_order: Vec<EmailId>,
    accounts: bool,
    drafts: bool,
    outbox: bool,
    searches: bool,
}

impl Changes {
    pub(crate) fn note(&mut self, change: Change) {
        let is_new = match &change {
            Change::Accounts => !std::mem::replace(&mut self.accounts, true),
            Change::Drafts => !std::mem::replace(&mut self.drafts, true),
            Change::Searches => !std::mem::replace(&mut self.searches, true),
            Change::Outbox => !std::mem::replace(&mut self.outbox, true),
            Change::Mailboxes { account } => self.mailboxes.insert(*account),
            Change::Listing { mailbox } => self.listings.insert(*mailbox),
            Change::Emails { emails } => {
                for &email in emails {
                    if self.emails.insert(email) {
                        self.emails_in_order.push(email);
                    }
                }
                false
            }
            Change::Arrived { .. }
            | Change::Refiled { .. }
            | Change::ListLeft { .. }
            | Change::Activity { .. }
            | Change::Progress { .. }
            | Change::Trouble { .. } => !self.in_order.contains(&change),
        };
        if is_new {
            self.in_order.push(change);
        }
    }

    pub(crate) fn into_vec(self) -> Vec<Change> {
        let mut all = self.in_order;
        if !self.emails_in_order.is_empty() {
            // First, so that a letter's new state is known before the list that shows it is asked again.
            all.insert(
                0,
                Change::Emails {
                    emails: self.emails_in_order,
                },
            );
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_twice_is_told_once_and_letters_are_gathered() {
        let mut changes = Changes::default();
        for email in [3, 1, 3] {
            changes.note(Change::Listing {
                mailbox: MailboxId(7),
            });
            changes.note(Change::Emails {
                emails: vec![EmailId(email)],
            });
            changes.note(Change::Accounts);
        }
        let expected = vec![
            Change::Emails {
                emails: vec![EmailId(3), EmailId(1)],
            },
            Change::Listing {
                mailbox: MailboxId(7),
            },
            Change::Accounts,
        ];
        assert_eq!(
            changes.into_vec(),
            expected,
            "each thing is told once, in the order it was first noted"
        );
    }
}
