//! Letters that belong to a folder and whose number there is not known: moved here without the server saying where to,
//! or numbered anew with the folder. They are matched with what the server lists rather than downloaded again.

use std::collections::HashMap;

use waxwing_model::{Body, Email, EmailId, MailboxId, ObjectIds, Role, Timestamp};
use waxwing_store::{NewEmail, Reading, StoreError, Writing};

/// What stands for a Message-ID where there is none.
type Looks = (Timestamp, u32, String);

/// The candidates of one folder.
#[derive(Debug, Default)]
pub(super) struct Unplaced {
    by_message_id: HashMap<String, Vec<EmailId>>,
    by_looks: HashMap<Looks, Vec<EmailId>>,
}

impl Unplaced {
    pub(super) fn gather(reading: &Reading<'_>, mailbox: MailboxId) -> Result<Self, StoreError> {
        let mut found = Self::default();
        let mut candidates = reading.unlocated_by_count(mailbox)?;
        candidates.extend(reading.displaced(mailbox)?);
        candidates.sort_unstable();
        candidates.dedup();
        for email in candidates {
            let Some(email) = reading.email(email)? else {
                continue;
            };
            match email.message_id {
                Some(message_id) => found.by_message_id.entry(message_id).or_default().push(email.id),
                None => found
                    .by_looks
                    .entry((email.received_at, email.size, email.subject))
                    .or_default()
                    .push(email.id),
            }
        }
        Ok(found)
    }

    /// The letter that the server lists in this mailbox, if it is one of those: it is not offered again.
    pub(super) fn take(
        &mut self,
        writing: &Writing<'_>,
        mailbox: MailboxId,
        listed: &NewEmail,
        ids: Option<&ObjectIds>,
    ) -> Result<Option<EmailId>, StoreError> {
        let candidates = match &listed.message_id {
            Some(message_id) => self.by_message_id.get_mut(message_id),
            None => {
                let looks = (listed.received_at, listed.size, listed.subject.clone());
                self.by_looks.get_mut(&looks)
            }
        };
        let Some(candidates) = candidates else {
            return Ok(None);
        };
        let mut letters = Vec::new();
        for candidate in &*candidates {
            // It may be gone, or have been found, since it was noted.
            if let Some(email) = writing.email(*candidate)?
                && !writing
                    .locations(&[email.id])?
                    .iter()
                    .any(|location| location.mailbox == mailbox)
                && can_be(writing, email.id, ids)?
            {
                letters.push(email);
            }
        }
        let is_draft = writing
            .mailbox(mailbox)?
            .is_some_and(|mailbox| mailbox.role == Some(Role::Drafts));
        let chosen = choose(&letters, listed, is_draft);
        candidates.retain(|candidate| {
            Some(*candidate) != chosen && letters.iter().any(|letter| letter.id == *candidate)
        });
        Ok(chosen)
    }
}

/// What the server calls by another name is another letter, however alike they are.
fn can_be(writing: &Writing<'_>, email: EmailId, ids: Option<&ObjectIds>) -> Result<bool, StoreError> {
    Ok(match (writing.identity_of(email)?, ids) {
        (Some(name), Some(ids)) => name == ids.email,
        _ => true,
    })
}

/// Two letters can have one Message-ID, as the copy from a list and the direct one do: the size tells them apart. A
/// draft keeps its Message-ID in some programs when it is written further, so that another size is another text.
fn choose(letters: &[Email], listed: &NewEmail, is_draft: bool) -> Option<EmailId> {
    let same_size = letters.iter().find(|letter| letter.size == listed.size);
    let chosen = same_size.or_else(|| {
        letters
            .iter()
            .find(|letter| !is_draft || letter.body == Body::Absent)
    });
    chosen.map(|letter| letter.id)
}
