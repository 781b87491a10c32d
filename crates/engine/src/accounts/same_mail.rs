//! Whether another server has the mail that an account has here. If it has other mail, the folders would be taken for emptied,
//! and what is still to be done would be done to the letters of somebody else: UIDs say nothing of another server, whatever
//! its UIDVALIDITY (RFC 9051, section 2.3.1.1).

use std::collections::BTreeMap;

use waxwing_model::{Account, Role};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Session, UidSet};

use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Letters at either end of a folder that are held against the server's.
const SAMPLE: u32 = 8;

/// A folder of the account as it was seen at the server before.
struct Known {
    path: String,
    uid_validity: u32,
    /// Message-IDs by UID, the oldest and the newest.
    sample: BTreeMap<u32, Option<String>>,
}

impl Engine {
    /// Says so plainly if `host` has not. The session is one that its trial has left.
    pub(super) async fn require_the_same_mail(
        &self,
        account: &Account,
        host: &str,
        mut session: Session,
    ) -> Result<()> {
        let is_there = match self.known_folder(account).await {
            Ok(Some(known)) => is_there(&mut session, &known).await,
            Ok(None) => Ok(true),
            Err(error) => Err(error),
        };
        session.logout().await;
        match is_there? {
            true => Ok(()),
            false => Err(EngineError::Invalid(format!(
                "{host} has other mail than this account has had until now. Add it as an account of its own; this one \
                 keeps its letters, and when it is removed they can stay in the local folders"
            ))),
        }
    }

    /// The folder that tells most: the inbox, or else the first one with letters.
    async fn known_folder(&self, account: &Account) -> Result<Option<Known>> {
        let id = account.id;
        self.read(move |reading| {
            let mut mailboxes = reading.mailboxes(Some(id))?;
            mailboxes.sort_by_key(|mailbox| mailbox.role != Some(Role::Inbox));
            for mailbox in mailboxes {
                let Some(remote) = reading.remote_mailbox(mailbox.id)? else {
                    continue;
                };
                let (Some(path), Some(uid_validity)) = (remote.path, remote.sync.uid_validity) else {
                    continue;
                };
                let Some(last) = reading.highest_uid(mailbox.id)? else {
                    continue;
                };
                let mut ends = reading.located(mailbox.id, 0, SAMPLE)?;
                ends.extend(reading.located(mailbox.id, last.saturating_sub(SAMPLE), SAMPLE + 1)?);
                let mut sample = BTreeMap::new();
                for located in ends {
                    let letter = reading.email(located.email)?;
                    sample.insert(located.uid, letter.and_then(|letter| letter.message_id));
                }
                return Ok(Some(Known {
                    path,
                    uid_validity,
                    sample,
                }));
            }
            Ok(None)
        })
        .await
    }
}

/// One letter that is another shows that the mail is another; so does it if none is there.
async fn is_there(session: &mut Session, known: &Known) -> Result<bool> {
    match session.select(&known.path).await {
        Ok(selected) if selected.uid_validity == known.uid_validity => {}
        Ok(_) | Err(RemoteError::Refused { .. }) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    let uids: Vec<u32> = known.sample.keys().copied().collect();
    let mut same = 0_usize;
    let mut others = 0_usize;
    session
        .fetch_headers(&UidSet::from_uids(&uids), &mut |header| {
            let there = waxwing_mime::parse_envelope(&header.header).message_id;
            match known.sample.get(&header.uid) {
                Some(here) if *here == there => same += 1,
                Some(_) => others += 1,
                None => {}
            }
        })
        .await?;
    Ok(others == 0 && same > 0)
}
