//! The demo mailbox: an account without servers, filled with letters to look around in. What is sent in it is
//! delivered to itself.

use waxwing_model::{AccountId, Keeping, MailboxId, NewAccount, Protocol, Retention, Role};
use waxwing_store::{NewMailbox, StoreError, Writing};

use super::add::insert_local_folders;
use crate::clock::now;
use crate::demo::{self, DemoMailbox};
use crate::engine::Engine;
use crate::error::Result;
use crate::letters::ingest::{self, Circumstances};

const ADDRESS: &str = "lena@demo.waxwing.test";
const NAME: &str = "Lena Brandt";

impl Engine {
    /// Gives the demo account, made and filled in one transaction where there is none yet.
    pub async fn add_demo(&self) -> Result<AccountId> {
        if let Some(there) = self.accounts().await?.into_iter().find(|account| account.demo) {
            return Ok(there.id);
        }
        let letters = demo::letters(now());
        let account = self
            .write(move |writing| {
                let account = writing.insert_account(&NewAccount {
                    email: ADDRESS.to_owned(),
                    name: NAME.to_owned(),
                    protocol: Protocol::Local,
                    incoming: None,
                    outgoing: None,
                    retention: Retention::Keep,
                    keeping: Keeping::default(),
                    extra_ca: None,
                    demo: true,
                })?;
                insert_local_folders(writing, account)?;
                for letter in letters {
                    let mailbox = mailbox(writing, account, letter.mailbox)?;
                    let circumstances = Circumstances {
                        received_at: letter.received_at,
                        keywords: letter.keywords,
                        uid: None,
                    };
                    ingest::insert_whole(writing, account, mailbox, &letter.raw, circumstances)?;
                }
                Ok(account)
            })
            .await?;
        // So many at once would be indexed a little later.
        self.index_now().await?;
        self.run_account(account);
        Ok(account)
    }
}

fn mailbox(
    writing: &mut Writing<'_>,
    account: AccountId,
    place: DemoMailbox,
) -> Result<MailboxId, StoreError> {
    let role = match place {
        DemoMailbox::Inbox => Role::Inbox,
        DemoMailbox::Archive => Role::Archive,
        DemoMailbox::Sent => Role::Sent,
        DemoMailbox::Trash => Role::Trash,
        DemoMailbox::Junk => Role::Junk,
        DemoMailbox::Named(path) => return folder(writing, account, path),
    };
    let there = writing.mailbox_with_role(account, role)?;
    there.map(|mailbox| mailbox.id).ok_or(StoreError::NoSuch {
        what: "mailbox",
        id: account.0,
    })
}

/// The folder at a path, each part of it made where it is missing.
fn folder(writing: &mut Writing<'_>, account: AccountId, path: &str) -> Result<MailboxId, StoreError> {
    let mut parent = None;
    for name in path.split('/') {
        let there = writing
            .mailbox_named(account, parent, name)?
            .map(|mailbox| mailbox.id);
        parent = Some(match there {
            Some(id) => id,
            None => writing.insert_mailbox(&NewMailbox {
                account,
                parent,
                name: name.to_owned(),
                role: None,
                selectable: true,
                path: None,
                delimiter: None,
            })?,
        });
    }
    parent.ok_or(StoreError::NoSuch {
        what: "mailbox",
        id: account.0,
    })
}
