//! What servers find among letters whose text is not here. They are asked over a connection of their own, and what they
//! find is shown among the rest until something else is searched for.

use std::sync::atomic::Ordering;
use std::time::Duration;

use waxwing_model::{Account, AccountId, EmailId, Protocol, Sought};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;
use waxwing_store::{Reading, Unfetched};

use crate::accounts::credentials::Door;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// How long all of an account's folders may take.
const PATIENCE: Duration = Duration::from_secs(45);
/// Folders of an account that are asked, those with the most letters that are not here first.
const FOLDERS: usize = 60;

/// What is said of a server whose folders took longer.
const OUT_OF_TIME: &str = "The server took too long; not all of its folders were searched.";

/// What servers have found beside what is here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundThere {
    /// Letters of which only the header is here.
    pub emails: Vec<EmailId>,
    /// Messages of which nothing is here yet.
    pub unknown: u32,
    /// Accounts whose server could not be asked, or not for all its folders, and why.
    pub failed: Vec<(AccountId, String)>,
}

impl Engine {
    /// Asks the servers of all accounts with letters that are not here whole. A later search makes an earlier one end.
    pub async fn search_on_servers(&self, query: &str) -> Result<FoundThere> {
        let mine = self.inner.finding.asked.fetch_add(1, Ordering::AcqRel) + 1;
        let mut found = FoundThere::default();
        let Some(sought) = Reading::sought(query) else {
            return Ok(found);
        };
        let accounts = self.read(|reading| reading.accounts()).await?;
        let asked = accounts
            .into_iter()
            .filter(|account| account.protocol == Protocol::Imap && !account.disabled);
        for account in asked {
            if self.inner.finding.asked.load(Ordering::Acquire) != mine {
                return Ok(FoundThere::default());
            }
            // What some folders have found is kept, whatever becomes of the others.
            let asking = self.search_on_server(&account, &sought, &mut found);
            let trouble = match tokio::time::timeout(PATIENCE, asking).await {
                Ok(Ok(trouble)) => trouble,
                Ok(Err(error)) => Some(error.trouble().sentence),
                Err(_) => Some(OUT_OF_TIME.to_owned()),
            };
            found
                .failed
                .extend(trouble.map(|sentence| (account.id, sentence)));
        }
        if self.inner.finding.asked.load(Ordering::Acquire) != mine {
            return Ok(FoundThere::default());
        }
        // One may be in several folders, and the index may know it by what its header says.
        let known = query.to_owned();
        let here = self.read(move |reading| reading.search_here(&known)).await?;
        let here: std::collections::HashSet<EmailId> = here.into_iter().collect();
        found.emails.retain(|email| !here.contains(email));
        found.emails.sort_unstable();
        found.emails.dedup();
        self.inner.store.show_beside(query, found.emails.clone());
        Ok(found)
    }

    /// Gives what is to be said where some of the folders could not be searched.
    async fn search_on_server(
        &self,
        account: &Account,
        sought: &Sought,
        found: &mut FoundThere,
    ) -> Result<Option<String>> {
        let id = account.id;
        let folders = self.read(move |reading| reading.unfetched(id)).await?;
        if folders.is_empty() {
            return Ok(None);
        }
        let server = account
            .incoming
            .clone()
            .ok_or(EngineError::Gone("the account's server"))?;
        let (server, trust) = (&server, &self.trust(account).await?);
        let mut session = self
            .signed_in(id, server, Door::Incoming, |credentials| async move {
                Session::connect(server, &credentials, trust).await
            })
            .await?;
        session.enable(&server.host).await?;
        let mut trouble = None;
        for folder in folders.into_iter().take(FOLDERS) {
            let uids = match words_in(&mut session, &folder, sought).await {
                Ok(uids) => uids,
                // The others can be asked over the same line.
                Err(error @ (RemoteError::Refused { .. } | RemoteError::Temporary { .. })) => {
                    tracing::warn!(account = %id, %error, "a folder could not be searched on its server");
                    trouble.get_or_insert(error.trouble().sentence);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let mailbox = folder.mailbox;
            let (emails, unknown) = self
                .read(move |reading| reading.found_there(mailbox, &uids))
                .await?;
            found.emails.extend(emails);
            found.unknown += unknown;
        }
        session.logout().await;
        Ok(trouble)
    }
}

/// The letters of a folder that have the words. A folder that was made anew has others than we know.
async fn words_in(
    session: &mut Session,
    folder: &Unfetched,
    sought: &Sought,
) -> std::result::Result<Vec<u32>, RemoteError> {
    let selected = session.select(&folder.path).await?;
    if selected.uid_validity != folder.uid_validity {
        return Ok(Vec::new());
    }
    session.search_words(sought).await
}
