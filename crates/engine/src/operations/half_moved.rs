//! Letters that an earlier try of the same move has copied already. Without MOVE (RFC 6851) a move is COPY and then a
//! deletion; when the answer to COPY is lost, copying once more would leave two. Not here: the move itself.

use std::collections::HashSet;

use waxwing_model::{EmailId, MailboxId};
use waxwing_remote::imap::Session;

use crate::engine::Engine;
use crate::error::Result;

/// Those of `messages` that stand in the target by now: a message there has their Message-ID, and nothing here knows
/// that one. Whatever was known there before is another letter, and does not count. The session may have another
/// mailbox selected afterwards.
pub(super) async fn half_moved(
    engine: &Engine,
    session: &mut Session,
    messages: &[(u32, EmailId)],
    to: MailboxId,
    path: &str,
) -> Result<Vec<(u32, EmailId)>> {
    let ids: Vec<EmailId> = messages.iter().map(|(_, email)| *email).collect();
    let emails = engine.read(move |reading| reading.emails(&ids)).await?;
    let mut taken = HashSet::new();
    let mut copied = Vec::new();
    for (uid, email) in messages {
        let message_id = emails
            .iter()
            .find(|known| known.id == *email)
            .and_then(|known| known.message_id.as_deref());
        let Some(message_id) = message_id else { continue };
        let found = session.find_message_id(path, message_id).await?;
        for copy in found {
            let known = engine.read(move |reading| reading.email_at(to, copy)).await?;
            if known.is_none() && taken.insert(copy) {
                copied.push((*uid, *email));
                break;
            }
        }
    }
    Ok(copied)
}
