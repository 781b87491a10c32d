//! The letters of a conversation, and which of them are one: a letter that one has sent and got as well. What makes two letters one
//! is the store's to say, whose lists count them the same way.

use std::collections::HashMap;

use waxwing_model::{Email, EmailId, Keyword, ThreadId};
use waxwing_store::{Filed, Reading, StoreError, came_back, named_alike};

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
    let filed: Vec<Filed<'_>> = emails.iter().map(filed).collect();
    let same = match emails.first() {
        Some(first) if named_alike(&filed) => {
            let mailboxes = reading.mailboxes(Some(first.account))?.into_iter();
            let roles = mailboxes.filter_map(|mailbox| Some((mailbox.id, mailbox.role?)));
            came_back(&filed, &roles.collect())
        }
        _ => HashMap::new(),
    };
    let letters = emails.into_iter().map(|email| ConversationLetter {
        same_as: same.get(&email.id).copied(),
        email,
    });
    Ok(letters.collect())
}

fn filed(email: &Email) -> Filed<'_> {
    Filed {
        email: email.id,
        message_id: email.message_id.as_deref(),
        sent_at: email.sent_at,
        from: &email.from,
        draft: email.keywords.has(Keyword::DRAFT),
        mailboxes: &email.mailboxes,
    }
}
