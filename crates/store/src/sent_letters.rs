//! Letters that were sent from here, by their Message-ID: what a report about one of them is held against. Whoever writes a report knows
//! the names of the letters that they got, so a letter that is merely here is none of these.

use std::collections::BTreeSet;

use waxwing_model::{Address, Email, Envelope, Role};

use crate::column::from_json;
use crate::{Reading, StoreError};

/// A letter that was sent from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLetter {
    pub subject: String,
    /// In small letters.
    recipients: BTreeSet<String>,
}

impl SentLetter {
    /// Whether it was sent to this address, as far as is known.
    pub fn went_to(&self, recipient: &str) -> bool {
        self.recipients.contains(&recipient.trim().to_lowercase())
    }

    fn add<'a>(&mut self, recipients: impl IntoIterator<Item = &'a str>) {
        let recipients = recipients.into_iter();
        self.recipients
            .extend(recipients.map(|recipient| recipient.trim().to_lowercase()));
    }
}

impl Reading<'_> {
    /// The letter of this name, if it was sent from here: it went through the outbox, lies in Sent or, written under an address of the
    /// person's, in any folder into which letters do not come by themselves.
    pub fn sent_letter(&self, message_id: &str) -> Result<Option<SentLetter>, StoreError> {
        let mut sent: Option<SentLetter> = None;
        let outgoing: Vec<(String, Vec<Address>, Envelope)> = self.all(
            "looking for a letter that was sent",
            "SELECT subject, recipients, envelope FROM submission WHERE message_id = ?1 ORDER BY id",
            [message_id],
            |row| Ok((row.get(0)?, from_json(row, 1)?, from_json(row, 2)?)),
        )?;
        for (subject, recipients, envelope) in outgoing {
            let sent = sent.get_or_insert_with(|| SentLetter {
                subject,
                recipients: BTreeSet::new(),
            });
            sent.add(recipients.iter().map(|recipient| recipient.email.as_str()));
            sent.add(envelope.to.iter().map(String::as_str));
        }
        for account in self.accounts()? {
            for email in self.email_with_message_id(account.id, message_id)? {
                let Some(letter) = self.email(email)? else {
                    continue;
                };
                if !self.was_sent(&letter)? {
                    continue;
                }
                let sent = sent.get_or_insert_with(|| SentLetter {
                    subject: letter.subject.clone(),
                    recipients: BTreeSet::new(),
                });
                let addressed = [&letter.to, &letter.cc, &letter.bcc];
                sent.add(
                    addressed
                        .into_iter()
                        .flatten()
                        .map(|recipient| recipient.email.as_str()),
                );
            }
        }
        Ok(sent)
    }

    fn was_sent(&self, letter: &Email) -> Result<bool, StoreError> {
        let mut comes_by_itself = false;
        for place in &letter.mailboxes {
            match self.mailbox(*place)?.and_then(|mailbox| mailbox.role) {
                Some(Role::Sent) => return Ok(true),
                Some(Role::Inbox | Role::Junk) => comes_by_itself = true,
                _ => {}
            }
        }
        if comes_by_itself {
            return Ok(false);
        }
        let identities = self.identities()?;
        Ok(letter
            .from
            .first()
            .is_some_and(|from| identities.iter().any(|own| own.receives(&from.email))))
    }
}
