//! What a message looks like from outside, so that its copy in another mailbox is recognised without its UID.
//!
//! A server without UIDPLUS (RFC 4315) does not tell which message became which, and one that was cut off in the
//! middle told nothing. A copy has the fields and the size of its original, and stands above the UID that the target
//! would have given next before the first try. Not here: copying, and deciding what may be deleted.

use std::collections::{HashMap, HashSet};

use waxwing_model::Timestamp;

use super::command::Command;
use super::fetched::Fetched;
use super::{Session, UidSet, date};
use crate::RemoteError;

/// A mailbox before something was put into it for the first time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Before {
    pub uid_validity: u32,
    /// Whatever is put there gets this UID or a higher one (RFC 9051, section 2.3.1.1).
    pub uid_next: u32,
}

/// A message that came into a mailbox since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    pub uid: u32,
    /// As the server tells it.
    pub size: u64,
    /// Without angle brackets.
    pub message_id: Option<String>,
    pub received_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Likeness {
    pub(super) uid: u32,
    pub(super) size: u64,
    pub(super) received_at: Option<Timestamp>,
    /// The fields of [`FIELDS`] as they stand in the message.
    pub(super) fields: Vec<u8>,
    /// Marked as deleted: it is on its way out, and no copy to rely on.
    pub(super) deleted: bool,
}

/// Together they tell messages apart that have no Message-ID, too.
const FIELDS: &str = "Message-ID Date From Subject";
const DOING: &str = "looking for a message";

impl Session {
    /// What a mailbox is like now, for a later look at what has come into it.
    pub async fn before(&mut self, path: &str) -> Result<Before, RemoteError> {
        let status = self.status(path).await?;
        if status.uid_next > 0 && status.uid_validity > 0 {
            return Ok(Before {
                uid_validity: status.uid_validity,
                uid_next: status.uid_next,
            });
        }
        // Old servers tell neither in STATUS; opening the mailbox says more.
        let selected = self.select(path).await?;
        Ok(Before {
            uid_validity: selected.uid_validity,
            uid_next: selected.uid_next,
        })
    }

    /// Messages that came into a mailbox since, with this Message-ID where one is given. The mailbox is selected.
    /// Where it has been numbered anew since, all those with the Message-ID may have come.
    pub async fn newcomers(
        &mut self,
        path: &str,
        before: Before,
        message_id: Option<&str>,
    ) -> Result<Vec<Newcomer>, RemoteError> {
        let whole = message_id.map(bare);
        let found = match self.select(path).await?.uid_validity == before.uid_validity {
            true => self.since(before).await?,
            false => match message_id {
                Some(message_id) => {
                    let uids = self.find_message_id(path, message_id).await?;
                    self.likenesses(&UidSet::from_uids(&uids)).await?
                }
                None => Vec::new(),
            },
        };
        Ok(found
            .into_iter()
            .filter(|one| !one.deleted)
            .filter(|one| whole.is_none_or(|whole| one.message_id().as_deref() == Some(whole)))
            .map(|one| Newcomer {
                uid: one.uid,
                size: one.size,
                message_id: one.message_id(),
                received_at: one.received_at,
            })
            .collect())
    }

    /// The messages of a mailbox, which is selected, that are copies of these by all that can be seen. Those that are
    /// taken are copies of others.
    pub(super) async fn copies_of(
        &mut self,
        originals: &[Likeness],
        path: &str,
        before: Before,
        taken: &[u32],
    ) -> Result<Vec<(u32, u32)>, RemoteError> {
        let mut candidates = if self.select(path).await?.uid_validity == before.uid_validity {
            self.since(before).await?
        } else {
            let mut uids = Vec::new();
            for message_id in originals.iter().filter_map(Likeness::message_id) {
                uids.extend(self.find_message_id(path, &message_id).await?);
            }
            self.likenesses(&UidSet::from_uids(&uids)).await?
        };
        candidates.retain(|one| !taken.contains(&one.uid));
        Ok(pair(originals, &candidates))
    }

    /// What came into the selected mailbox since.
    async fn since(&mut self, before: Before) -> Result<Vec<Likeness>, RemoteError> {
        let mut found = self
            .likenesses(&UidSet::from_range(before.uid_next..=u32::MAX))
            .await?;
        // `N:*` holds the last message even where its UID is below N (RFC 9051, section 9, seq-range).
        found.retain(|one| one.uid >= before.uid_next);
        Ok(found)
    }

    /// What these messages of the selected mailbox look like, those marked as deleted too. Ascending by UID.
    pub(super) async fn likenesses(&mut self, uids: &UidSet) -> Result<Vec<Likeness>, RemoteError> {
        let items = format!("(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({FIELDS})])");
        let mut found = Vec::new();
        let mut malformed = false;
        self.fetch(DOING, uids, &items, "", &mut |fetched| {
            malformed |= fetched.malformed;
            let Some(uid) = fetched.uid else { return false };
            // A change of flags that is told meanwhile has neither.
            if fetched.section.is_none() && fetched.size.is_none() {
                return false;
            }
            found.push(likeness(uid, fetched));
            true
        })
        .await?;
        if malformed {
            // A message left out of this list would be taken for one that is gone.
            return Err(RemoteError::protocol(DOING, "a message cannot be read"));
        }
        found.sort_by_key(|one| one.uid);
        found.dedup_by_key(|one| one.uid);
        Ok(found)
    }

    /// Whether a message of the selected mailbox is still there and not marked as deleted.
    pub async fn holds(&mut self, uid: u32) -> Result<bool, RemoteError> {
        let command = Command::new(DOING, &format!("UID SEARCH UID {uid} UNDELETED"));
        Ok(self.search(command).await?.contains(&uid))
    }
}

impl Likeness {
    /// Without angle brackets.
    pub(super) fn message_id(&self) -> Option<String> {
        let text = String::from_utf8_lossy(&self.fields);
        let unfolded = text.replace("\r\n ", " ").replace("\r\n\t", " ");
        let value = unfolded.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("message-id").then_some(value)
        })?;
        let id = bare(value);
        (!id.is_empty()).then(|| id.to_owned())
    }

    pub(super) fn is_like(&self, other: &Likeness) -> bool {
        self.size == other.size && self.fields == other.fields
    }
}

/// A copy for each original, none for two. An original that has none is not among the pairs.
pub(super) fn pair(originals: &[Likeness], candidates: &[Likeness]) -> Vec<(u32, u32)> {
    let mut alike: HashMap<(u64, &[u8]), Vec<&Likeness>> = HashMap::new();
    for candidate in candidates.iter().filter(|candidate| !candidate.deleted) {
        alike
            .entry((candidate.size, &candidate.fields))
            .or_default()
            .push(candidate);
    }
    let mut pairs = Vec::new();
    let mut paired = HashSet::new();
    // First those whose time of arrival was kept, as COPY ought to (RFC 9051, section 6.4.7). Where it was not, a
    // Message-ID and the size have to do; without a Message-ID nothing is concluded.
    for same_time in [true, false] {
        for original in originals {
            if paired.contains(&original.uid) || !same_time && original.message_id().is_none() {
                continue;
            }
            let Some(candidates) = alike.get_mut(&(original.size, original.fields.as_slice())) else {
                continue;
            };
            let found = candidates
                .iter()
                .position(|candidate| !same_time || candidate.received_at == original.received_at);
            if let Some(position) = found {
                let copy = candidates.remove(position);
                paired.insert(original.uid);
                pairs.push((original.uid, copy.uid));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn likeness(uid: u32, fetched: Fetched<'_>) -> Likeness {
    Likeness {
        uid,
        size: fetched.size.unwrap_or(0),
        received_at: fetched
            .internal_date
            .as_deref()
            .and_then(|date| date::parse(&String::from_utf8_lossy(date))),
        deleted: fetched.is_deleted(),
        fields: fetched
            .section
            .flatten()
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default(),
    }
}

fn bare(message_id: &str) -> &str {
    message_id.trim().trim_start_matches('<').trim_end_matches('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(uid: u32, size: u64, time: Timestamp, fields: &str) -> Likeness {
        Likeness {
            uid,
            size,
            received_at: Some(time),
            fields: fields.as_bytes().to_vec(),
            deleted: false,
        }
    }

    const A: &str = "Message-ID:\r\n <a@waxwing.test>\r\n\r\n";
    const B: &str = "Message-ID: <b@waxwing.test>\r\n\r\n";

    #[test]
    fn each_original_finds_a_copy_of_its_own() {
        let originals = [
            one(1, 10, 5, A),
            one(2, 10, 6, A),
            one(3, 10, 5, B),
            one(4, 11, 5, B),
        ];
        assert_eq!(
            pair(&originals, &[one(70, 10, 6, A), one(71, 10, 5, A)]),
            [(1, 71), (2, 70)],
            "two that are alike are told apart by the time"
        );
        assert_eq!(
            pair(&originals, &[one(70, 10, 6, A)]),
            [(2, 70)],
            "one copy is not the copy of two"
        );
        assert_eq!(
            pair(&originals, &[one(70, 10, 99, B)]),
            [(3, 70)],
            "a server need not keep the time, and another size is another message"
        );
    }

    #[test]
    fn without_a_message_id_the_time_has_to_be_the_same() {
        let fields = "Subject: hello\r\n\r\n";
        assert_eq!(pair(&[one(1, 10, 5, fields)], &[one(70, 10, 6, fields)]), []);
        assert_eq!(
            pair(&[one(1, 10, 5, fields)], &[one(70, 10, 5, fields)]),
            [(1, 70)]
        );
    }

    #[test]
    fn a_copy_on_its_way_out_is_none() {
        let mut copy = one(70, 10, 5, A);
        copy.deleted = true;
        assert_eq!(pair(&[one(1, 10, 5, A)], &[copy]), []);
    }

    #[test]
    fn a_message_id_is_read_from_a_folded_field() {
        assert_eq!(one(1, 1, 1, A).message_id().as_deref(), Some("a@waxwing.test"));
        assert_eq!(one(1, 1, 1, "Subject: x\r\n\r\n").message_id(), None);
    }
}
