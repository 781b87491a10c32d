//! The mailboxes of an account: LIST (RFC 9051, section 6.3.9), with what each is for, whether it is subscribed, and
//! how it stands.
//!
//! One command where the server can tell all of it at once (LIST-EXTENDED, RFC 5258; LIST-STATUS, RFC 5819), else
//! LIST and LSUB. Not here: what is read of an answer (`listed`); which of them are shown, and which are looked into.

use std::collections::BTreeMap;

use super::Session;
use super::command::Command;
use super::listed::{Entry, ListedMailbox, canonical, doubtful, mailboxes};
use super::status::{self, Status};
use crate::RemoteError;

const DOING: &str = "listing the folders";

/// What tells whether a mailbox has changed. The number of unseen messages is not among it: counting them is what
/// makes STATUS dear on some servers, and the mod-sequence says it as well.
const NUMBERS: &str = "MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ";

/// What was told beside one command.
#[derive(Default)]
struct Told {
    entries: Vec<Entry>,
    statuses: BTreeMap<String, (Status, Option<String>)>,
    malformed: bool,
}

impl Session {
    /// All mailboxes, the inbox first.
    pub async fn list(&mut self) -> Result<Vec<ListedMailbox>, RemoteError> {
        self.list_returning(None).await
    }

    /// The same with how each stands, where one command tells it of all (LIST-STATUS) and it can tell whether a
    /// mailbox has changed (CONDSTORE); else without. What each is called (OBJECTID) is not asked here: Cyrus 3.6 has
    /// been seen to answer that with bytes out of nowhere, which end the session.
    pub async fn list_with_status(&mut self) -> Result<Vec<ListedMailbox>, RemoteError> {
        if !self.capabilities.list_status || !self.capabilities.condstore {
            return self.list().await;
        }
        let status = format!("STATUS ({NUMBERS})");
        match self.list_returning(Some(&status)).await {
            // A server that cannot do what it announces, or stumbles over one of its mailboxes.
            Err(RemoteError::Refused { reply, .. }) => {
                tracing::warn!(reply, "the folders are listed without their status");
                self.list().await
            }
            listed => listed,
        }
    }

    /// How large each mailbox is, by its path, where one command tells it of all (LIST-STATUS with STATUS=SIZE, RFC
    /// 8438). Apart from the list that tells what has changed: a server may have to count.
    pub async fn sizes(&mut self) -> Result<BTreeMap<String, u64>, RemoteError> {
        const DOING: &str = "asking how large the folders are";
        if !self.capabilities.list_status || !self.capabilities.has("STATUS=SIZE") {
            return Ok(BTreeMap::new());
        }
        let command = "LIST \"\" \"*\" RETURN (STATUS (SIZE))";
        let statuses = self.told(DOING, command, "LIST").await?.statuses;
        Ok(statuses
            .into_iter()
            .filter_map(|(path, (status, _))| Some((path, status.size?)))
            .collect())
    }

    async fn list_returning(&mut self, status: Option<&str>) -> Result<Vec<ListedMailbox>, RemoteError> {
        let extended = self.capabilities.has("LIST-EXTENDED");
        let subscribed = extended.then_some("SUBSCRIBED");
        let special_use = (extended && self.capabilities.special_use).then_some("SPECIAL-USE");
        let options: Vec<&str> = [subscribed, special_use, status].into_iter().flatten().collect();
        let command = match options.as_slice() {
            [] => "LIST \"\" \"*\"".to_owned(),
            options => format!("LIST \"\" \"*\" RETURN ({})", options.join(" ")),
        };
        let mut told = self.told(DOING, &command, "LIST").await?;
        let subscribed = if extended {
            let subscribed = told.entries.iter().filter(|entry| entry.has("\\subscribed"));
            subscribed.map(|entry| entry.path.clone()).collect()
        } else {
            let lsub = self.told(DOING, "LSUB \"\" \"*\"", "LSUB").await?.entries;
            // `\Noselect` in LSUB is a place that only has subscribed mailboxes below it (RFC 3501, section 6.3.9).
            lsub.into_iter()
                .filter(|entry| !entry.has("\\noselect"))
                .map(|entry| entry.path)
                .collect()
        };
        let namespaces = if self.capabilities.has("NAMESPACE") && doubtful(&told.entries) {
            Some(self.namespaces().await?)
        } else {
            None
        };
        let is_foreign = |path: &str| namespaces.as_ref().is_some_and(|known| known.is_foreign(path));
        let mut listed = mailboxes(told.entries, &subscribed, is_foreign);
        for mailbox in &mut listed {
            if let Some((status, identity)) = told.statuses.remove(&mailbox.path) {
                mailbox.status = Some(status);
                mailbox.identity = identity;
            }
        }
        Ok(listed)
    }

    pub(super) async fn entries(
        &mut self,
        doing: &'static str,
        command: &str,
        name: &str,
    ) -> Result<Vec<Entry>, RemoteError> {
        Ok(self.told(doing, command, name).await?.entries)
    }

    async fn told(&mut self, doing: &'static str, command: &str, name: &str) -> Result<Told, RemoteError> {
        let mut told = Told::default();
        let names = self.exchange.news.names();
        self.exchange
            .run(Command::new(doing, command), &mut |data| {
                if data.is("STATUS") {
                    // One that cannot be read is as good as none: its mailbox is looked into.
                    if let Some(one) = status::read(data.rest)
                        && let Ok(name) = std::str::from_utf8(&one.name)
                    {
                        told.statuses
                            .insert(canonical(&names.heard(name)), (one.status, one.identity));
                    }
                    return true;
                }
                if !data.is(name) {
                    return false;
                }
                match Entry::read(data, names) {
                    Some(entry) => told.entries.push(entry),
                    None => told.malformed = true,
                }
                true
            })
            .await?;
        if told.malformed {
            // A folder left out of the list would be taken for one that was deleted.
            return Err(RemoteError::protocol(
                doing,
                "the name of a folder cannot be read",
            ));
        }
        Ok(told)
    }
}
