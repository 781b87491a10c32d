//! A letter that one has sent and got as well: one to oneself, or one's own that came back by a list. Where a server files in
//! folders these are two letters of one name (Message-ID, RFC 5322, section 3.6.4), of which a conversation shows one.
//!
//! A copy that somebody made in a folder is none: whoever makes two wants two.

use std::collections::HashMap;

use waxwing_model::{Email, EmailId, Keyword, MailboxId, Role, ThreadId};
use waxwing_store::{Reading, StoreError};

/// A letter as it stands in its conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationLetter {
    pub email: Email,
    /// It stands in Sent, and this letter of the conversation is the same one as it came.
    pub same_as: Option<EmailId>,
}

/// The letters of a conversation that are shown anywhere, oldest first. The folders are asked for only where two letters have one name.
pub(super) fn conversation(
    reading: &Reading<'_>,
    thread: ThreadId,
) -> Result<Vec<ConversationLetter>, StoreError> {
    let mut emails = reading.thread(thread)?;
    // A letter on its way out for good is shown nowhere.
    emails.retain(|email| !email.mailboxes.is_empty());
    let same = match emails.first() {
        Some(first) if named_alike(&emails) => {
            let mailboxes = reading.mailboxes(Some(first.account))?.into_iter();
            let roles = mailboxes.filter_map(|mailbox| Some((mailbox.id, mailbox.role?)));
            came_back(&emails, &roles.collect())
        }
        _ => HashMap::new(),
    };
    let letters = emails.into_iter().map(|email| ConversationLetter {
        same_as: same.get(&email.id).copied(),
        email,
    });
    Ok(letters.collect())
}

fn named_alike(emails: &[Email]) -> bool {
    let mut names: Vec<&str> = emails
        .iter()
        .filter_map(|email| email.message_id.as_deref())
        .collect();
    names.sort_unstable();
    names
        .iter()
        .zip(names.iter().skip(1))
        .any(|(one, next)| one == next)
}

/// Of each letter in Sent that came as well, the one that came: that in the inbox, else one that is neither in Trash nor in Junk.
fn came_back(emails: &[Email], roles: &HashMap<MailboxId, Role>) -> HashMap<EmailId, EmailId> {
    let is_in = |email: &Email, role: Role| email.mailboxes.iter().any(|id| roles.get(id) == Some(&role));
    let may_be_one = |email: &Email| !email.keywords.has(Keyword::DRAFT) && !is_in(email, Role::Drafts);
    let is_aside = |email: &Email| is_in(email, Role::Trash) || is_in(email, Role::Junk);
    let (sent, others): (Vec<&Email>, Vec<&Email>) = emails
        .iter()
        .filter(|email| may_be_one(email))
        .partition(|email| is_in(email, Role::Sent));
    let came = |letter: &Email| {
        others
            .iter()
            .filter(|other| is_same(letter, other) && !is_aside(other))
            .max_by_key(|other| is_in(other, Role::Inbox))
            .map(|other| (letter.id, other.id))
    };
    sent.into_iter().filter_map(came).collect()
}

/// One name, one date of writing, and one writer. A list changes neither of the first two; where it puts itself in the place of who
/// wrote, they are two letters. Whoever got the letter knows its name and date, and is to put none of theirs in its place.
fn is_same(one: &Email, other: &Email) -> bool {
    let writers = |email: &Email| -> Vec<String> {
        email
            .from
            .iter()
            .map(|writer| writer.email.to_lowercase())
            .collect()
    };
    one.message_id.is_some()
        && one.message_id == other.message_id
        && one.sent_at == other.sent_at
        && writers(one) == writers(other)
}
