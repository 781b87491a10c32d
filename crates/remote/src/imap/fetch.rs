//! Fetching headers and flags by UID (RFC 9051, section 6.4.9), one command for as many as fit.
//!
//! Messages are never marked as read by this (`BODY.PEEK`). Not here: whole messages (`bodies`), which messages to fetch,
//! and parsing them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use waxwing_model::{Keywords, ObjectIds, Timestamp};

use super::command::{Command, SET_BYTES};
use super::fetched::{Fetched, Marks};
use super::response::State;
use super::{Session, UidSet, date};
use crate::RemoteError;

/// The fields that lists and conversations are made of.
const FIELDS: &str = "From Sender Reply-To To Cc Bcc Subject Date Message-ID In-Reply-To References \
    Content-Type List-Id";

/// What is known of a message before its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedHeader {
    pub uid: u32,
    pub keywords: Keywords,
    /// When the server got it; 0 where it does not say.
    pub received_at: Timestamp,
    /// Octets of the whole message, as the server tells it. Some servers tell it wrongly.
    pub size: u32,
    /// Only where the server gives names (`identity`).
    pub ids: Option<ObjectIds>,
    /// The chosen fields as they stand in the message, with the empty line behind them.
    pub header: Vec<u8>,
}

impl Session {
    /// Headers as they come, in the server's order. A message that is gone is left out; one whose header the
    /// server cannot give has an empty one, since it is there. Those marked `\Deleted` are passed over, as RFC 8621,
    /// section 4.1.1, wants: their UIDs are returned.
    pub async fn fetch_headers(
        &mut self,
        uids: &UidSet,
        each: &mut (dyn FnMut(FetchedHeader) + Send),
    ) -> Result<Vec<u32>, RemoteError> {
        let mut deleted = Vec::new();
        let identity = self.identity_items();
        let items =
            format!("(UID FLAGS INTERNALDATE RFC822.SIZE{identity} BODY.PEEK[HEADER.FIELDS ({FIELDS})])");
        self.fetch("fetching headers", uids, &items, "", &mut |fetched| {
            let Some(uid) = fetched.uid else { return false };
            // A change of flags that is told meanwhile has neither.
            if fetched.section.is_none() && fetched.size.is_none() && !fetched.malformed {
                return false;
            }
            if fetched.is_deleted() {
                deleted.push(uid);
            } else {
                each(header_of(uid, fetched));
            }
            true
        })
        .await?;
        Ok(deleted)
    }

    /// The flags of each message that exists, ascending by UID.
    pub async fn fetch_flags(&mut self, uids: &UidSet) -> Result<Vec<Marks>, RemoteError> {
        self.flags(uids, "").await
    }

    /// The flags of each message that has changed since (CONDSTORE, RFC 7162, section 3.1.4), and of all messages
    /// where the server does not know what has.
    pub async fn fetch_changed_flags(
        &mut self,
        uids: &UidSet,
        since_modseq: u64,
    ) -> Result<Vec<Marks>, RemoteError> {
        if self.capabilities.condstore && since_modseq > 0 {
            self.flags(uids, &format!(" (CHANGEDSINCE {since_modseq})")).await
        } else {
            self.flags(uids, "").await
        }
    }

    async fn flags(&mut self, uids: &UidSet, modifier: &str) -> Result<Vec<Marks>, RemoteError> {
        const DOING: &str = "fetching flags";
        let mut flags = Vec::new();
        let mut malformed = false;
        self.fetch(DOING, uids, "(UID FLAGS)", modifier, &mut |fetched| {
            malformed |= fetched.malformed;
            let marks = fetched.marks();
            let ours = marks.is_some();
            flags.extend(marks);
            ours
        })
        .await?;
        if malformed {
            // A message left out of this list would be taken for one that is gone.
            return Err(RemoteError::protocol(
                DOING,
                "the flags of a message cannot be read",
            ));
        }
        Ok(Marks::latest(flags))
    }

    /// The size and the flags of each message that exists, ascending by UID. 0 where the server tells no size.
    pub async fn fetch_sizes(&mut self, uids: &UidSet) -> Result<Vec<(Marks, u32)>, RemoteError> {
        const DOING: &str = "comparing a folder";
        let mut sizes: BTreeMap<u32, (Marks, u32)> = BTreeMap::new();
        let mut malformed = false;
        self.fetch(DOING, uids, "(UID RFC822.SIZE FLAGS)", "", &mut |fetched| {
            malformed |= fetched.malformed;
            let Some(marks) = fetched.marks() else {
                return false;
            };
            let size = fetched.size.map(|size| u32::try_from(size).unwrap_or(u32::MAX));
            // Flags that are told a second time come without a size.
            let size = size.or_else(|| sizes.get(&marks.uid).map(|(_, size)| *size));
            sizes.insert(marks.uid, (marks, size.unwrap_or(0)));
            true
        })
        .await?;
        if malformed {
            return Err(RemoteError::protocol(
                DOING,
                "the size of a message cannot be read",
            ));
        }
        Ok(sizes.into_values().collect())
    }

    /// `take` tells whether a response was the answer it waits for.
    pub(super) async fn fetch(
        &mut self,
        doing: &'static str,
        uids: &UidSet,
        items: &str,
        modifier: &str,
        take: &mut (dyn FnMut(Fetched<'_>) -> bool + Send),
    ) -> Result<(), RemoteError> {
        for chunk in uids.chunks(SET_BYTES) {
            let command = Command::new(doing, &format!("UID FETCH {chunk} {items}{modifier}"));
            let condition = self
                .exchange
                .attempt(command, &mut |data| match Fetched::read(data) {
                    // A message that was not asked for is news, or a server's mistake, and no answer.
                    Some(fetched) if fetched.uid.is_none_or(|uid| chunk.contains(uid)) => take(fetched),
                    _ => false,
                })
                .await?;
            // EXPUNGEISSUED (RFC 5530): some of them are gone, and the others were given.
            if condition.state != State::Ok && condition.code != "EXPUNGEISSUED" {
                return Err(condition.failure(doing));
            }
        }
        Ok(())
    }
}

fn header_of(uid: u32, fetched: Fetched<'_>) -> FetchedHeader {
    let date = fetched.internal_date.as_deref().map(String::from_utf8_lossy);
    FetchedHeader {
        uid,
        keywords: fetched.keywords(),
        ids: fetched.object_ids(),
        received_at: date.and_then(|date| date::parse(&date)).unwrap_or(0),
        size: u32::try_from(fetched.size.unwrap_or(0)).unwrap_or(u32::MAX),
        header: fetched.section.flatten().map(Cow::into_owned).unwrap_or_default(),
    }
}
