//! Moving messages to another mailbox, and copying them there: MOVE (RFC 6851) where there is one, else copy, read
//! back, then delete.
//!
//! At every instant at least one copy is on the server, and nothing is deleted before its copy was seen to stand. A
//! second try first looks for what the first one has done. Not here: undoing. The engine moves back.

use std::collections::HashSet;

use super::command::{Command, SET_BYTES};
use super::copy_uid::CopyUid;
use super::likeness::Likeness;
use super::response::State;
use super::{Before, Session, UidSet};
use crate::RemoteError;

/// What a move or a copy came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Old UID and new UID, as far as they are known.
    pub pairs: Vec<(u32, u32)>,
    /// Of the target.
    pub uid_validity: Option<u32>,
    /// What the server refused after it had taken others: these are where they were.
    pub left: Option<Left>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub uids: UidSet,
    /// In the server's words.
    pub reply: String,
}

/// Whether the same was begun before, and nobody knows how far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    First,
    Again,
}

/// What becomes of the messages that were copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Originals {
    Go,
    Stay,
}

/// The mailbox that messages come from.
struct Source {
    path: String,
    uid_validity: u32,
}

/// What became of a COPY in several commands.
#[derive(Default)]
struct Copied {
    uids: Vec<u32>,
    told: Vec<CopyUid>,
    refused: Option<Left>,
}

const MOVING: &str = "moving messages";
const MISSING: &str = "the copies cannot be found in the folder, so nothing was deleted";

impl Session {
    /// Moves messages of the selected mailbox, which stays selected. Those that are gone are passed over. `before` is
    /// what the target was like before the first try.
    pub async fn move_messages(
        &mut self,
        uids: &UidSet,
        to: &str,
        before: Before,
        which: Try,
    ) -> Result<Moved, RemoteError> {
        if self.selected.as_ref().is_some_and(|chosen| chosen.read_only) {
            // Before anything is copied: what was copied could not be deleted here.
            return Err(RemoteError::refused(MOVING, "the folder can only be read"));
        }
        if self.capabilities.r#move && which == Try::First {
            return self.move_at_once(uids, to).await;
        }
        self.bring(uids, to, before, which, Originals::Go).await
    }

    /// The same, and the originals stay.
    pub async fn copy_messages(
        &mut self,
        uids: &UidSet,
        to: &str,
        before: Before,
        which: Try,
    ) -> Result<Moved, RemoteError> {
        self.bring(uids, to, before, which, Originals::Stay).await
    }

    /// Copies messages of the selected mailbox where nothing depends on it: no original goes. What a server that has them
    /// there already says of their numbers may be nothing.
    pub async fn copy_at_once(&mut self, uids: &UidSet, to: &str) -> Result<Moved, RemoteError> {
        let mut copied = Moved::default();
        for chunk in uids.chunks(SET_BYTES) {
            for told in self.transfer("UID COPY", &chunk, to).await? {
                copied.uid_validity = Some(told.uid_validity);
                copied.pairs.extend(told.pairs);
            }
        }
        Ok(copied)
    }

    async fn bring(
        &mut self,
        uids: &UidSet,
        to: &str,
        before: Before,
        which: Try,
        originals: Originals,
    ) -> Result<Moved, RemoteError> {
        let source = self.source()?;
        let there = match uids.is_empty() {
            true => Vec::new(),
            false => self.likenesses(uids).await?,
        };
        if there.is_empty() {
            return Ok(Moved::default());
        }
        let mut moved = Moved {
            uid_validity: Some(before.uid_validity),
            ..Moved::default()
        };
        if which == Try::Again {
            moved.pairs = self.copies_of(&there, to, before, &[]).await?;
            moved.uid_validity = self.selected.as_ref().map(|chosen| chosen.uid_validity);
            self.reopen(&source).await?;
        }
        let done: HashSet<u32> = moved.pairs.iter().map(|(old, _)| *old).collect();
        // One that is marked as deleted and has no copy was deleted by another client; gone is done.
        let rest: Vec<Likeness> = there
            .into_iter()
            .filter(|one| !one.deleted && !done.contains(&one.uid))
            .collect();
        if originals == Originals::Go && self.capabilities.r#move {
            self.destroy_copied(&moved.pairs, to, &source).await?;
            return self.move_rest(&rest, to, moved).await;
        }
        let copied = self.copy_in_chunks(&rest, to).await?;
        moved.left = copied.refused.clone();
        if !copied.uids.is_empty() {
            let verified = self.read_back(&rest, &copied, to, before, &moved.pairs).await?;
            moved.uid_validity = self.selected.as_ref().map(|chosen| chosen.uid_validity);
            self.reopen(&source).await?;
            let seen: HashSet<u32> = verified.iter().map(|(old, _)| *old).collect();
            let missing: Vec<u32> = copied
                .uids
                .into_iter()
                .filter(|uid| !seen.contains(uid))
                .collect();
            if !missing.is_empty() {
                let earlier = moved
                    .left
                    .take()
                    .map_or(Vec::new(), |left| left.uids.iter().collect());
                moved.left = Some(Left {
                    uids: UidSet::from_uids(&[missing, earlier].concat()),
                    reply: MISSING.to_owned(),
                });
            }
            moved.pairs.extend(verified);
        }
        if originals == Originals::Go {
            self.destroy_copied(&moved.pairs, to, &source).await?;
        }
        match moved.left {
            // All of it was refused.
            Some(left) if moved.pairs.is_empty() => Err(RemoteError::refused(MOVING, left.reply)),
            _ => Ok(moved),
        }
    }

    /// What an earlier try has not copied.
    async fn move_rest(
        &mut self,
        rest: &[Likeness],
        to: &str,
        mut moved: Moved,
    ) -> Result<Moved, RemoteError> {
        let uids = UidSet::from_uids(&rest.iter().map(|one| one.uid).collect::<Vec<_>>());
        match self.move_at_once(&uids, to).await {
            Ok(more) => {
                moved.pairs.extend(more.pairs);
                moved.left = more.left;
            }
            Err(RemoteError::Refused { reply, .. }) if !moved.pairs.is_empty() => {
                moved.left = Some(Left { uids, reply });
            }
            Err(error) => return Err(error),
        }
        Ok(moved)
    }

    /// Deletes originals whose copies stand. A server that does not let us delete gets its copies taken away again,
    /// or there would be two of each.
    async fn destroy_copied(
        &mut self,
        pairs: &[(u32, u32)],
        to: &str,
        source: &Source,
    ) -> Result<(), RemoteError> {
        let originals = UidSet::from_uids(&pairs.iter().map(|(old, _)| *old).collect::<Vec<_>>());
        let refusal = match self.destroy(&originals).await {
            Err(refusal @ RemoteError::Refused { .. }) => refusal,
            outcome => return outcome,
        };
        let there = self.likenesses(&originals).await?;
        let copies: Vec<u32> = pairs
            .iter()
            .filter(|(old, _)| there.iter().any(|one| one.uid == *old && !one.deleted))
            .map(|(_, new)| *new)
            .collect();
        self.select(to).await?;
        self.destroy(&UidSet::from_uids(&copies)).await?;
        self.reopen(source).await?;
        Err(refusal)
    }

    async fn move_at_once(&mut self, uids: &UidSet, to: &str) -> Result<Moved, RemoteError> {
        let mut moved = Moved::default();
        let mut any = false;
        for chunk in uids.chunks(SET_BYTES) {
            self.exchange.news.expect_expunges(chunk.count());
            let told = self.transfer("UID MOVE", &chunk, to).await;
            self.exchange.news.expect_expunges(0);
            match told {
                Err(RemoteError::Refused { reply, .. }) if any => {
                    moved.left = Some(Left {
                        uids: from(uids, &chunk),
                        reply,
                    });
                    return Ok(moved);
                }
                told => {
                    for copied in told? {
                        moved.uid_validity = Some(copied.uid_validity);
                        moved.pairs.extend(copied.pairs);
                    }
                    any = true;
                }
            }
        }
        Ok(moved)
    }

    /// Each COPY is done or not done as a whole (RFC 9051, section 6.4.7). After a refusal there is no further one.
    async fn copy_in_chunks(&mut self, originals: &[Likeness], to: &str) -> Result<Copied, RemoteError> {
        let uids: Vec<u32> = originals.iter().map(|one| one.uid).collect();
        let all = UidSet::from_uids(&uids);
        let mut copied = Copied::default();
        for chunk in all.chunks(SET_BYTES) {
            match self.transfer("UID COPY", &chunk, to).await {
                Err(RemoteError::Refused { reply, .. }) => {
                    let uids = from(&all, &chunk);
                    copied.refused = Some(Left { uids, reply });
                    break;
                }
                told => {
                    copied.told.extend(told?);
                    copied.uids.extend(chunk.iter());
                }
            }
        }
        Ok(copied)
    }

    /// Looks whether the copies stand in the target, which is selected by this. Those of `known` are others'.
    async fn read_back(
        &mut self,
        originals: &[Likeness],
        copied: &Copied,
        to: &str,
        before: Before,
        known: &[(u32, u32)],
    ) -> Result<Vec<(u32, u32)>, RemoteError> {
        let originals: Vec<Likeness> = originals
            .iter()
            .filter(|one| copied.uids.contains(&one.uid))
            .cloned()
            .collect();
        if copied.told.is_empty() {
            let taken: Vec<u32> = known.iter().map(|(_, new)| *new).collect();
            return self.copies_of(&originals, to, before, &taken).await;
        }
        let uid_validity = self.select(to).await?.uid_validity;
        let pairs: Vec<(u32, u32)> = copied
            .told
            .iter()
            .filter(|told| told.uid_validity == uid_validity)
            .flat_map(|told| told.pairs.iter().copied())
            .collect();
        let new: Vec<u32> = pairs.iter().map(|(_, new)| *new).collect();
        let there = self.likenesses(&UidSet::from_uids(&new)).await?;
        Ok(pairs
            .into_iter()
            .filter(|(old, new)| {
                let original = originals.iter().find(|one| one.uid == *old);
                let copy = there.iter().find(|one| one.uid == *new && !one.deleted);
                original
                    .zip(copy)
                    .is_some_and(|(original, copy)| original.is_like(copy))
            })
            .collect())
    }

    fn source(&self) -> Result<Source, RemoteError> {
        match &self.selected {
            Some(chosen) => Ok(Source {
                path: chosen.path.clone(),
                uid_validity: chosen.uid_validity,
            }),
            None => Err(RemoteError::refused(MOVING, "no folder is open")),
        }
    }

    /// Back to where the messages come from. Numbered anew meanwhile, its UIDs would be other messages.
    async fn reopen(&mut self, source: &Source) -> Result<(), RemoteError> {
        let selected = self.select(&source.path).await?;
        if selected.uid_validity == source.uid_validity {
            return Ok(());
        }
        Err(RemoteError::protocol(
            MOVING,
            "the folder was numbered anew meanwhile, so nothing was deleted",
        ))
    }

    /// MOVE or COPY, with what the server tells of it in the tagged or in untagged responses (RFC 6851, section 4.3).
    async fn transfer(&mut self, verb: &str, uids: &UidSet, to: &str) -> Result<Vec<CopyUid>, RemoteError> {
        let mut told = Vec::new();
        let command = Command::new(MOVING, &format!("{verb} {uids}"))
            .path(to, self.exchange.news.names())?
            .laborious();
        let condition = self
            .exchange
            .attempt(
                command,
                &mut |data| match data.condition().as_ref().and_then(CopyUid::read) {
                    Some(copied) => {
                        told.push(copied);
                        true
                    }
                    None => false,
                },
            )
            .await?;
        if condition.state != State::Ok {
            return Err(condition.failure(MOVING));
        }
        told.extend(CopyUid::read(&condition));
        if !self.capabilities.uidplus {
            // What a server does not announce it does not promise either; the copies are looked for instead.
            told.clear();
        }
        Ok(told)
    }
}

/// The part of a set that begins with this chunk of it.
fn from(all: &UidSet, chunk: &UidSet) -> UidSet {
    let first = chunk.iter().next().unwrap_or(u32::MAX);
    UidSet::from_ranges(
        all.ranges()
            .filter(|range| *range.end() >= first)
            .map(|range| (*range.start()).max(first)..=*range.end()),
    )
}
