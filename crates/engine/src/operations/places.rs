//! Letters that the server has in several places, each to be reached at one of them. What is noted of a place may be old:
//! another client may have taken the letter out of it, and a command about it would be answered with OK and do nothing.
//! So each place is looked at first, and where the letter is gone from it the next one is tried.

use std::collections::{BTreeMap, HashSet};

use waxwing_model::{EmailId, MailboxId, Role};
use waxwing_remote::imap::Session;

use super::replay::{Group, uid_set};
use crate::engine::Engine;
use crate::error::Result;

pub(super) struct Places {
    /// The places of each letter that are still to be tried, the best last.
    left: Vec<(EmailId, Vec<(MailboxId, u32)>)>,
    /// Letters that are in none of their places.
    pub(super) nowhere: Vec<EmailId>,
    /// One of them could not be told for certain.
    pub(super) unclear: bool,
}

impl Places {
    /// Only places that have a rank are tried, the lowest first.
    pub(super) async fn of(
        engine: &Engine,
        emails: &[EmailId],
        rank: impl Fn(MailboxId, Option<Role>) -> Option<u8> + Send + 'static,
    ) -> Result<Self> {
        let emails = emails.to_vec();
        let left = engine
            .read(move |reading| {
                let mut left = Vec::with_capacity(emails.len());
                for email in emails {
                    let mut ranked = Vec::new();
                    for location in reading.locations(&[email])? {
                        let role = reading
                            .mailbox(location.mailbox)?
                            .and_then(|mailbox| mailbox.role);
                        if let Some(rank) = rank(location.mailbox, role) {
                            ranked.push((rank, location.mailbox, location.uid));
                        }
                    }
                    ranked.sort_unstable_by(|one, other| other.cmp(one));
                    let places = ranked
                        .into_iter()
                        .map(|(_, mailbox, uid)| (mailbox, uid))
                        .collect();
                    left.push((email, places));
                }
                Ok(left)
            })
            .await?;
        Ok(Self {
            left,
            nowhere: Vec::new(),
            unclear: false,
        })
    }

    /// The next letters that stand in one mailbox at this moment. It is selected.
    pub(super) async fn next(&mut self, engine: &Engine, session: &mut Session) -> Result<Option<Group>> {
        loop {
            let (spent, left): (Vec<_>, Vec<_>) = std::mem::take(&mut self.left)
                .into_iter()
                .partition(|(_, places)| places.is_empty());
            self.nowhere.extend(spent.into_iter().map(|(email, _)| email));
            self.left = left;
            let Some(mailbox) = self
                .left
                .first()
                .and_then(|(_, places)| places.last())
                .map(|(mailbox, _)| *mailbox)
            else {
                return Ok(None);
            };
            let mut tried: BTreeMap<EmailId, Vec<(MailboxId, u32)>> = BTreeMap::new();
            let mut messages = Vec::new();
            let mut others = Vec::new();
            for (email, mut places) in std::mem::take(&mut self.left) {
                match places.last().copied() {
                    Some((place, uid)) if place == mailbox => {
                        places.pop();
                        messages.push((uid, email));
                        tried.insert(email, places);
                    }
                    _ => others.push((email, places)),
                }
            }
            self.left = others;
            let there = self.there(engine, session, mailbox, messages).await?;
            for (_, email) in there.iter().flat_map(|group| &group.messages) {
                tried.remove(email);
            }
            self.left.extend(tried);
            if let Some(group) = there.filter(|group| !group.messages.is_empty()) {
                return Ok(Some(group));
            }
        }
    }

    /// Those of the messages that the mailbox has, and that are not on their way out of it.
    async fn there(
        &mut self,
        engine: &Engine,
        session: &mut Session,
        mailbox: MailboxId,
        messages: Vec<(u32, EmailId)>,
    ) -> Result<Option<Group>> {
        let Some(group) = engine.group(mailbox, messages).await? else {
            return Ok(None);
        };
        let Some(mut group) = engine.open_group(session, group).await? else {
            self.unclear = true;
            return Ok(None);
        };
        let told = session.fetch_flags(&uid_set(&group)).await?;
        let standing: HashSet<u32> = told
            .into_iter()
            .filter(|marks| !marks.deleted)
            .map(|marks| marks.uid)
            .collect();
        group.messages.retain(|(uid, _)| standing.contains(uid));
        Ok(Some(group))
    }
}
