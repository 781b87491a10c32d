//! Letters that a server calls by a name (EMAILID, RFC 8474; Gmail's X-GM-MSGID). A letter that is known already gets one
//! more place and costs no second header and no second body.
//!
//! Not here: what actions do to such letters (`operations`), and how names are read (`remote`).

use waxwing_model::{AccountId, EmailId, MailboxId, ObjectIds, Role};
use waxwing_remote::imap::{Identified, UidSet};
use waxwing_store::{StoreError, Writing};

use super::ImapWorker;
use super::arrivals::{WINDOW, place};
use crate::error::Result;

/// As many headers are fetched right away: asking for names first would cost the round trip that it saves.
const FEW: usize = 10;

impl ImapWorker {
    /// Notes how the server keeps letters: what an action means depends on it, and actions need no server.
    pub(super) async fn note_filing(&self) -> Result<()> {
        let (account, filing) = (self.account.id, self.session.capabilities().filing());
        let noted = self.engine.read(move |reading| reading.filing(account)).await?;
        if noted != filing {
            self.engine
                .write_soon(move |writing| writing.set_filing(account, filing))
                .await?;
        }
        Ok(())
    }

    /// Looks for known letters among messages of the selected mailbox, and gives them their place in it. Gives the
    /// messages whose headers are still to be fetched.
    pub(super) async fn recognise(&mut self, mailbox: MailboxId, uids: &[u32]) -> Result<Vec<u32>> {
        if !self.has_known_letters(mailbox, uids.len()).await? {
            return Ok(uids.to_vec());
        }
        let told = self.session.fetch_identities(&UidSet::from_uids(uids)).await?;
        let account = self.account.id;
        self.engine
            .write_soon(move |writing| {
                let mut unknown = Vec::new();
                // The person may have deleted the folder meanwhile.
                if writing.mailbox(mailbox)?.is_none() {
                    return Ok(unknown);
                }
                for Identified { marks, ids } in told {
                    let known = match marks.deleted {
                        true => None,
                        false => known(writing, account, ids.as_ref())?,
                    };
                    match known {
                        Some(email) => place(writing, mailbox, marks.uid, email, &marks.keywords)?,
                        None => unknown.push(marks.uid),
                    }
                }
                Ok(unknown)
            })
            .await
    }

    /// All that is in "All Mail" is in other mailboxes too, and much of what is behind a label. The inbox is looked at
    /// first, before anything is known.
    async fn has_known_letters(&self, mailbox: MailboxId, messages: usize) -> Result<bool> {
        if messages == 0 || !self.session.capabilities().filing().knows_letters() {
            return Ok(false);
        }
        let mailbox = self.engine.read(move |reading| reading.mailbox(mailbox)).await?;
        Ok(match mailbox.and_then(|mailbox| mailbox.role) {
            Some(Role::All) => true,
            Some(Role::Inbox) => false,
            _ => messages > FEW,
        })
    }

    /// Letters that were nowhere when the last of the folders had been looked at.
    pub(super) async fn forget_adrift(&mut self) -> Result<()> {
        if !self.session.capabilities().filing().knows_letters() {
            return Ok(());
        }
        let account = self.account.id;
        self.engine
            .write_soon(move |writing| writing.remove_adrift(account))
            .await
    }

    /// Asks for the names of letters that a mailbox is known to have and that were not heard: they were known before
    /// the server told any, or were put there from here. Two that have one name become one. Once in a session, and
    /// again when something was put there.
    pub(super) async fn learn_names(&mut self, mailbox: MailboxId) -> Result<()> {
        if !self.session.capabilities().filing().knows_letters() || !self.named.insert(mailbox) {
            return Ok(());
        }
        let nameless = self
            .engine
            .read(move |reading| reading.unidentified(mailbox))
            .await?;
        let account = self.account.id;
        for window in nameless.chunks(WINDOW) {
            let uids: Vec<u32> = window.iter().map(|(uid, _)| *uid).collect();
            let told = self.session.fetch_identities(&UidSet::from_uids(&uids)).await?;
            self.engine
                .write_soon(move |writing| {
                    for Identified { marks, ids } in told {
                        if let (Some(email), Some(ids)) = (writing.email_at(mailbox, marks.uid)?, ids) {
                            name(writing, account, email, &ids)?;
                        }
                    }
                    Ok(())
                })
                .await?;
        }
        Ok(())
    }
}

/// The letter that is called so, if it is here.
pub(super) fn known(
    writing: &Writing<'_>,
    account: AccountId,
    ids: Option<&ObjectIds>,
) -> Result<Option<EmailId>, StoreError> {
    match ids {
        Some(ids) => writing.email_identified(account, &ids.email),
        None => Ok(None),
    }
}

fn name(
    writing: &mut Writing<'_>,
    account: AccountId,
    email: EmailId,
    ids: &ObjectIds,
) -> Result<(), StoreError> {
    match writing.email_identified(account, &ids.email)? {
        Some(whole) if whole != email => {
            writing.merge_emails(email, whole)?;
            Ok(())
        }
        _ => writing.set_identity(email, ids),
    }
}
