//! A letter that one has sent and got as well: one to oneself, or one's own that came back by a list. Where a server files in
//! folders these are two letters of one name (Message-ID, RFC 5322, section 3.6.4), of which a conversation shows and counts one.
//!
//! A copy that somebody made in a folder is none: whoever makes two wants two.

use std::collections::HashMap;

use waxwing_model::{Address, EmailId, MailboxId, Role, Timestamp};

/// A letter of a conversation, as far as it matters whether it is the same as another.
#[derive(Debug, Clone, Copy)]
pub struct Filed<'a> {
    pub email: EmailId,
    pub message_id: Option<&'a str>,
    pub sent_at: Option<Timestamp>,
    pub from: &'a [Address],
    /// It is marked as a draft, wherever it stands.
    pub draft: bool,
    pub mailboxes: &'a [MailboxId],
}

impl Filed<'_> {
    pub(crate) fn is_in(&self, roles: &HashMap<MailboxId, Role>, role: Role) -> bool {
        self.mailboxes.iter().any(|id| roles.get(id) == Some(&role))
    }

    pub(crate) fn is_draft(&self, roles: &HashMap<MailboxId, Role>) -> bool {
        self.draft || self.is_in(roles, Role::Drafts)
    }
}

/// Of each letter in Sent that came as well, the one that came: that in the inbox, else one that is neither in Trash nor in Junk.
pub fn came_back(letters: &[Filed<'_>], roles: &HashMap<MailboxId, Role>) -> HashMap<EmailId, EmailId> {
    if !named_alike(letters) {
        return HashMap::new();
    }
    let is_aside = |letter: &Filed<'_>| letter.is_in(roles, Role::Trash) || letter.is_in(roles, Role::Junk);
    let (sent, others): (Vec<&Filed<'_>>, Vec<&Filed<'_>>) = letters
        .iter()
        .filter(|letter| !letter.is_draft(roles))
        .partition(|letter| letter.is_in(roles, Role::Sent));
    let came = |letter: &Filed<'_>| {
        others
            .iter()
            .filter(|other| is_same(letter, other) && !is_aside(other))
            .max_by_key(|other| other.is_in(roles, Role::Inbox))
            .map(|other| (letter.email, other.email))
    };
    sent.into_iter().filter_map(came).collect()
}

/// Whether two letters have one name: no others can be the same.
pub fn named_alike(letters: &[Filed<'_>]) -> bool {
    let mut names: Vec<&str> = letters.iter().filter_map(|letter| letter.message_id).collect();
    names.sort_unstable();
    names
        .iter()
        .zip(names.iter().skip(1))
        .any(|(one, next)| one == next)
}

/// One name, one date of writing, and one writer. A list changes neither of the first two; where it puts itself in the place of who
/// wrote, they are two letters. Whoever got the letter knows its name and date, and is to put none of theirs in its place.
fn is_same(one: &Filed<'_>, other: &Filed<'_>) -> bool {
    let writers = |letter: &Filed<'_>| -> Vec<String> {
        let writers = letter.from.iter();
        writers.map(|writer| writer.email.to_lowercase()).collect()
    };
    one.message_id.is_some()
        && one.message_id == other.message_id
        && one.sent_at == other.sent_at
        && writers(one) == writers(other)
}
