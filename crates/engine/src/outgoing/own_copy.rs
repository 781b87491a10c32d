//! Finding out whether a server files copies of sent letters by itself. Some do, some let the person choose, and none says
//! so. The first copy is ours, and is looked after a minute later: if another one stands beside it, the server does, and
//! ours goes again.

use waxwing_model::{Account, MailboxId, Role};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Session, UidSet};
use waxwing_store::OwnCopy;

use crate::clock::now;
use crate::engine::Engine;
use crate::error::Result;

/// So long a server takes for a copy of its own, in milliseconds.
const SETTLED: i64 = 60_000;

/// Whether a second copy would be there by now. A clock that was set back makes no copy wait for ever.
pub(super) fn is_settled(own: &OwnCopy) -> bool {
    now().abs_diff(own.filed_at) >= SETTLED.unsigned_abs()
}

impl Engine {
    /// Counts the copies of a letter that was filed by us, and takes ours away where the server has one of its own. Gives
    /// the Sent mailbox when it changed.
    pub(super) async fn look_after(
        &self,
        session: &mut Session,
        account: &Account,
        own: OwnCopy,
    ) -> Result<Option<MailboxId>> {
        let id = account.id;
        let sent = self
            .read(move |reading| {
                let Some(sent) = reading.mailbox_with_role(id, Role::Sent)? else {
                    return Ok(None);
                };
                let path = reading.remote_mailbox(sent.id)?.and_then(|remote| remote.path);
                Ok(path.map(|path| (sent.id, path)))
            })
            .await?;
        let Some((sent, path)) = sent else {
            self.write(move |writing| writing.forget_own_copy(id, &own))
                .await?;
            return Ok(None);
        };
        // A copy that the person has deleted is none: ours may be the only one that is left.
        let there = match session.find_undeleted(&path, &own.message_id).await {
            Err(RemoteError::Refused { .. }) => Vec::new(),
            found => found?,
        };
        let is_ours = session.uid_validity() == Some(own.uid_validity) && there.contains(&own.uid);
        let others = there.len().saturating_sub(usize::from(is_ours));
        let changed = is_ours && others > 0;
        if changed {
            match session.destroy(&UidSet::from_uids(&[own.uid])).await {
                // Two are better than none.
                Ok(()) | Err(RemoteError::Refused { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        // Where ours is gone meanwhile nothing is known.
        let itself = (is_ours || others > 0).then_some(others > 0);
        self.write(move |writing| {
            if itself.is_some() {
                writing.set_files_copies(id, itself)?;
            }
            writing.forget_own_copy(id, &own)
        })
        .await?;
        Ok(changed.then_some(sent))
    }
}
