//! What a row tells of its whole conversation, whatever folders the letters of it lie in: who has written in it, and how many
//! letters whoever opens it sees. What is done with a row is done with its own letters, which are `rows`'.
//!
//! It counts as the conversation's view does (`ui/src/state/aside.ts`, `copies`): letters of Trash and Junk stand there only where
//! they are looked at, and what was sent and came back is one. Of a conversation that goes on and on not all is read: the row says
//! then that there is more.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::iter::successors;

use waxwing_model::{
    AccountId, Address, EmailId, Keyword, Keywords, MailboxId, OwnAddress, Participant, Role, ThreadId,
    Timestamp,
};

use crate::column::{from_json, from_word_of};
use crate::copies::{Filed, came_back};
use crate::listing::clamped;
use crate::{Reading, StoreError};

const DOING: &str = "reading who takes part in a conversation";

/// So many letters of a conversation are read for one row, those that came last: a page of such rows is still a page.
const MOST: usize = 200;

const LETTERS_OF_THREAD: &str = "SELECT count(*) FROM (SELECT 1 FROM email WHERE thread_id = ?1 LIMIT ?2)";

/// The newest as they came here stand last in the index, so that none is read to be left out.
const PARTS: &str =
    "SELECT email.id, email.received_at, email.sent_at, email.keywords, email.message_id, email.from_addresses,
       (SELECT json_group_array(mailbox_id) FROM membership WHERE membership.email_id = email.id),
       (SELECT max(arrival) FROM membership WHERE membership.email_id = email.id)
     FROM email WHERE email.thread_id = ?1 ORDER BY email.id DESC LIMIT ?2";

/// A folder in folders, and so on: as deep as anybody looks for Trash around it.
const DEPTH: usize = 64;

/// A letter of the row itself.
pub(crate) struct OwnLetter<'a> {
    pub email: EmailId,
    pub received_at: Timestamp,
    pub unread: bool,
    pub draft: bool,
    /// Who wrote it; `None` where the row tells to whom it goes.
    pub from: Option<&'a [Address]>,
}

impl<'a> OwnLetter<'a> {
    /// A letter that is still being written is nobody's word.
    fn written(&self) -> Option<Written<'a>> {
        let from = self.from.filter(|_| !self.draft)?;
        Some(Written {
            at: self.received_at,
            unread: self.unread,
            from,
        })
    }
}

/// Who takes part in a conversation, and how many letters it shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Whole {
    /// In the order in which they wrote first, each once.
    pub writers: Vec<Participant>,
    pub letters: u32,
    /// There may be more letters than that.
    pub more: bool,
}

impl Whole {
    /// A letter that stands for itself.
    pub fn of_one() -> Self {
        Self {
            letters: 1,
            ..Self::default()
        }
    }
}

/// What is the same for all rows of a page, and asked for by the first that needs it.
#[derive(Default)]
pub(crate) struct Around {
    pub addresses: Option<Vec<OwnAddress>>,
    folders: HashMap<AccountId, Folders>,
}

#[derive(Default)]
struct Folders {
    roles: HashMap<MailboxId, Role>,
    /// Trash, Junk, and what stands in them.
    aside: HashSet<MailboxId>,
}

/// A letter of the conversation, wherever it lies.
struct Part {
    email: EmailId,
    received_at: Timestamp,
    sent_at: Option<Timestamp>,
    unread: bool,
    draft: bool,
    message_id: Option<String>,
    from: Vec<Address>,
    mailboxes: Vec<MailboxId>,
    arrival: Option<i64>,
}

impl Part {
    fn filed(&self) -> Filed<'_> {
        Filed {
            email: self.email,
            message_id: self.message_id.as_deref(),
            sent_at: self.sent_at,
            from: &self.from,
            draft: self.draft,
            mailboxes: &self.mailboxes,
        }
    }

    fn written(&self) -> Written<'_> {
        Written {
            at: self.received_at,
            unread: self.unread,
            from: &self.from,
        }
    }
}

/// Somebody has written then.
pub(crate) struct Written<'a> {
    pub at: Timestamp,
    pub unread: bool,
    pub from: &'a [Address],
}

impl Reading<'_> {
    /// The whole of a conversation of which a row has these letters, newest first. `scattered`: they were gathered from several
    /// folders, and two of them may be one.
    pub(crate) fn whole(
        &self,
        around: &mut Around,
        (account, thread): (AccountId, ThreadId),
        own: &[OwnLetter<'_>],
        scattered: bool,
    ) -> Result<Whole, StoreError> {
        let Around { addresses, folders } = around;
        let addresses = self.own_among(addresses)?;
        let all = self.letters_up_to(thread, own.len() + MOST + 1)?;
        let is_all_here = all <= own.len();
        if is_all_here && (!scattered || own.len() == 1) {
            return Ok(Whole {
                writers: participants(
                    addresses,
                    own.iter().rev().filter_map(OwnLetter::written).collect(),
                ),
                letters: clamped(own.len()),
                more: false,
            });
        }
        let folders = self.folders_among(folders, account)?;
        let parts = self.parts(thread)?;
        let read: HashSet<EmailId> = parts.iter().map(|part| part.email).collect();
        let standing = standing(&parts, folders, own);
        let beyond: Vec<&OwnLetter<'_>> = own.iter().filter(|own| !read.contains(&own.email)).collect();
        let letters = clamped(standing.len() + beyond.len());
        let more = all > parts.len() + beyond.len();
        let written = standing
            .into_iter()
            .filter(|part| !part.filed().is_draft(&folders.roles))
            .map(Part::written)
            .chain(beyond.into_iter().rev().filter_map(OwnLetter::written));
        Ok(Whole {
            writers: participants(addresses, written.collect()),
            letters,
            more,
        })
    }

    pub(crate) fn own_among<'a>(
        &self,
        known: &'a mut Option<Vec<OwnAddress>>,
    ) -> Result<&'a [OwnAddress], StoreError> {
        let addresses = match known.take() {
            Some(addresses) => addresses,
            None => self.own_addresses()?,
        };
        Ok(known.insert(addresses))
    }

    fn folders_among<'a>(
        &self,
        known: &'a mut HashMap<AccountId, Folders>,
        account: AccountId,
    ) -> Result<&'a Folders, StoreError> {
        Ok(match known.entry(account) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(place) => place.insert(self.folders(account)?),
        })
    }

    fn folders(&self, account: AccountId) -> Result<Folders, StoreError> {
        let sql = "SELECT id, parent_id, role FROM mailbox WHERE account_id = ?1";
        let all: Vec<(MailboxId, Option<MailboxId>, Option<Role>)> =
            self.all(DOING, sql, [account.0], |row| {
                Ok((
                    MailboxId(row.get(0)?),
                    row.get::<_, Option<i64>>(1)?.map(MailboxId),
                    from_word_of(row, 2)?,
                ))
            })?;
        let roles: HashMap<MailboxId, Role> = all
            .iter()
            .filter_map(|&(id, _, role)| Some((id, role?)))
            .collect();
        let parents: HashMap<MailboxId, MailboxId> = all
            .iter()
            .filter_map(|&(id, parent, _)| Some((id, parent?)))
            .collect();
        let is_aside = |id: &MailboxId| matches!(roles.get(id), Some(Role::Trash | Role::Junk));
        let within = |id: MailboxId| successors(parents.get(&id).copied(), |at| parents.get(at).copied());
        let aside = all
            .iter()
            .filter(|(id, _, role)| {
                is_aside(id) || role.is_none() && within(*id).take(DEPTH).any(|at| is_aside(&at))
            })
            .map(|(id, ..)| *id)
            .collect();
        Ok(Folders { roles, aside })
    }

    /// How many letters a conversation has, as far as it matters; an index alone answers.
    fn letters_up_to(&self, thread: ThreadId, most: usize) -> Result<usize, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let found = self.number(DOING, LETTERS_OF_THREAD, [thread.0, most])?;
        Ok(usize::try_from(found).unwrap_or(0))
    }

    /// The letters that came last, where they are shown anywhere.
    fn parts(&self, thread: ThreadId) -> Result<Vec<Part>, StoreError> {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        self.all(DOING, PARTS, [thread.0, most], |row| {
            let keywords: Keywords = from_json(row, 3)?;
            Ok(Part {
                email: EmailId(row.get(0)?),
                received_at: row.get(1)?,
                sent_at: row.get(2)?,
                unread: !keywords.has(Keyword::SEEN),
                draft: keywords.has(Keyword::DRAFT),
                message_id: row.get(4)?,
                from: from_json(row, 5)?,
                mailboxes: from_json(row, 6)?,
                arrival: row.get(7)?,
            })
        })
    }
}

/// The letters that stand in the conversation, oldest first: those of the row in any case, others where they are not put aside, and
/// each once. Where all are put aside, all.
fn standing<'a>(parts: &'a [Part], folders: &Folders, own: &[OwnLetter<'_>]) -> Vec<&'a Part> {
    let looked_at: HashSet<EmailId> = own.iter().map(|letter| letter.email).collect();
    let shown = || parts.iter().filter(|part| !part.mailboxes.is_empty());
    let is_aside = |part: &Part| {
        part.mailboxes
            .iter()
            .all(|mailbox| folders.aside.contains(mailbox))
    };
    let mut among: Vec<&Part> = shown()
        .filter(|part| looked_at.contains(&part.email) || !is_aside(part))
        .collect();
    if among.is_empty() {
        among = shown().collect();
    }
    let filed: Vec<Filed<'_>> = shown().map(Part::filed).collect();
    let here: HashSet<EmailId> = among.iter().map(|part| part.email).collect();
    let left: HashSet<EmailId> = came_back(&filed, &folders.roles)
        .into_iter()
        .filter(|(_, came)| here.contains(came))
        .map(
            |(sent, came)| match looked_at.contains(&sent) && !looked_at.contains(&came) {
                true => came,
                false => sent,
            },
        )
        .collect();
    among.retain(|part| !left.contains(&part.email));
    among.sort_by_key(|part| (part.received_at, part.arrival, part.email));
    among
}

/// Those who have written, whoever wrote first before the others, and oneself once by whichever of one's addresses.
pub(crate) fn participants(own: &[OwnAddress], mut written: Vec<Written<'_>>) -> Vec<Participant> {
    written.sort_by_key(|written| written.at);
    let mut all: Vec<Participant> = Vec::new();
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    let mut newest_unread = None;
    for letter in &written {
        let mut first = None;
        for address in letter.from {
            let name = address.display();
            if name.is_empty() {
                continue;
            }
            let is_own = own.iter().any(|own| own.receives(&address.email));
            let place = *places
                .entry((!is_own).then(|| address.email.to_lowercase()))
                .or_insert(all.len());
            if place == all.len() {
                all.push(Participant {
                    name: name.into_owned(),
                    email: address.email.clone(),
                    own: is_own,
                    newest_unread: false,
                });
            }
            first.get_or_insert(place);
        }
        if letter.unread && first.is_some() {
            newest_unread = first;
        }
    }
    if let Some(participant) = newest_unread.and_then(|place| all.get_mut(place)) {
        participant.newest_unread = true;
    }
    all
}

#[cfg(test)]
mod tests;
