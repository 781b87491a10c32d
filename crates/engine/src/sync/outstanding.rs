//! The bodies of an account that are still to come, in portions of one folder each, the newest first. Whoever has a
//! connection to spare takes the next portion; what somebody else is fetching is not given out twice.

use std::collections::{BTreeMap, HashSet, VecDeque};

use tokio::sync::Mutex;
use waxwing_model::{AccountId, Activity, EmailId, Keeping, MailboxId};
use waxwing_store::MissingBody;

use super::progress::Progress;
use crate::clock::now;
use crate::engine::{Engine, locked};
use crate::error::Result;

/// Letters that are looked up at a time.
const LOOKED_UP: u32 = 2_000;
/// Letters of a portion, and octets: small enough that a letter which is opened meanwhile does not wait long.
pub(super) const LETTERS: usize = 500;
const OCTETS: u64 = 3_000_000;
/// A message of more is not taken in one piece, and asking for it ends the connection.
pub(super) const LARGEST: u32 = 250 * 1024 * 1024;

/// Bodies to fetch from one folder in one command.
#[derive(Debug)]
pub(super) struct Portion {
    pub(super) mailbox: MailboxId,
    /// By UID.
    pub(super) wanted: BTreeMap<u32, EmailId>,
    octets: u64,
    /// How many it was joined from.
    pub(super) portions: usize,
}

/// One of its letters, with the octets that the server says it has.
struct Letter {
    uid: u32,
    email: EmailId,
    size: u32,
}

pub(super) struct Outstanding {
    account: AccountId,
    /// Which bodies are wanted at all.
    keeping: Keeping,
    lists: Mutex<Lists>,
    progress: std::sync::Mutex<Progress>,
}

#[derive(Default)]
struct Lists {
    portions: VecDeque<Portion>,
    /// Being fetched.
    taken: HashSet<EmailId>,
    /// Could not be had in this session; they are asked for again in the next.
    unobtainable: HashSet<EmailId>,
}

impl Outstanding {
    pub(super) fn of(account: AccountId, keeping: Keeping) -> Self {
        Self {
            account,
            keeping,
            lists: Mutex::default(),
            progress: std::sync::Mutex::new(Progress::new()),
        }
    }

    /// How many bodies are wanted and are not here.
    pub(super) async fn count(&self, engine: &Engine) -> Result<u32> {
        let (account, keeping) = (self.account, self.keeping);
        engine
            .read(move |reading| reading.bodies_missing_count(account, &keeping, now()))
            .await
    }

    /// So many are about to come.
    pub(super) fn expect(&self, count: u32) {
        let mut progress = locked(&self.progress);
        *progress = Progress::new();
        progress.expect(usize::try_from(count).unwrap_or(usize::MAX));
    }

    /// So many have come. The account's activity tells how many are left.
    pub(super) fn advance(&self, engine: &Engine, count: usize) {
        locked(&self.progress).advance(count);
        if let Some(activity) = self.activity() {
            engine.set_activity(self.account, activity);
        }
    }

    /// How far it has come; `None` while nothing is expected.
    pub(super) fn activity(&self) -> Option<Activity> {
        locked(&self.progress).activity()
    }

    /// The next portion, joined with those of the same folder that follow it, up to so many; `None` when nothing is left
    /// that nobody is fetching.
    pub(super) async fn next(&self, engine: &Engine, most: usize) -> Result<Option<Portion>> {
        let mut lists = self.lists.lock().await;
        // Further ones may stand behind a list of nothing but what cannot be had.
        loop {
            if let Some(portion) = joined(&mut lists.portions, most) {
                lists.taken.extend(portion.wanted.values());
                return Ok(Some(portion));
            }
            if !lists.look_up(engine, self.account, self.keeping).await? {
                return Ok(None);
            }
        }
    }

    /// These have come, or not: nobody is fetching them any more.
    pub(super) async fn give_back(&self, letters: impl IntoIterator<Item = EmailId>) {
        let mut lists = self.lists.lock().await;
        for email in letters {
            lists.taken.remove(&email);
        }
    }

    /// These cannot be had for now.
    pub(super) async fn give_up(&self, letters: impl IntoIterator<Item = EmailId>) {
        let mut lists = self.lists.lock().await;
        for email in letters {
            lists.taken.remove(&email);
            lists.unobtainable.insert(email);
        }
    }

    /// The first of these that was not given up.
    pub(super) async fn first_hopeful(&self, letters: impl IntoIterator<Item = EmailId>) -> Option<EmailId> {
        let lists = self.lists.lock().await;
        letters
            .into_iter()
            .find(|email| !lists.unobtainable.contains(email))
    }

    /// How many were given up.
    pub(super) async fn given_up(&self) -> usize {
        self.lists.lock().await.unobtainable.len()
    }

    /// Newer letters have come, and stand before those that were looked up.
    pub(super) async fn look_again(&self) {
        self.lists.lock().await.portions.clear();
    }
}

impl Lists {
    /// `false`: there is nothing more to look for.
    async fn look_up(&mut self, engine: &Engine, account: AccountId, keeping: Keeping) -> Result<bool> {
        let known = self.taken.len() + self.unobtainable.len();
        let asked = LOOKED_UP.saturating_add(u32::try_from(known).unwrap_or(u32::MAX));
        let mut missing = engine
            .read(move |reading| reading.bodies_to_fetch(account, &keeping, now(), asked))
            .await?;
        missing.retain(|letter| {
            !self.taken.contains(&letter.email) && !self.unobtainable.contains(&letter.email)
        });
        // Any place will do.
        missing.dedup_by_key(|letter| letter.email);
        if missing.is_empty() {
            return Ok(false);
        }
        let mut groups: Vec<(MailboxId, Vec<Letter>)> = Vec::new();
        for MissingBody { email, size, place } in missing {
            match place {
                // The attempt would cost the connection, each time.
                Some(_) if size > LARGEST => {
                    self.unobtainable.insert(email);
                }
                Some((mailbox, uid)) => match groups.iter_mut().find(|(known, _)| *known == mailbox) {
                    Some((_, letters)) => letters.push(Letter { uid, email, size }),
                    None => groups.push((mailbox, vec![Letter { uid, email, size }])),
                },
                // Shown here and nowhere on the server: the next look at its folder decides.
                None => {
                    self.unobtainable.insert(email);
                }
            }
        }
        for (mailbox, letters) in groups {
            self.portions.extend(portions(mailbox, letters));
        }
        Ok(true)
    }
}

/// The first portion with those of its folder that stand behind it.
fn joined(portions: &mut VecDeque<Portion>, most: usize) -> Option<Portion> {
    let mut first = portions.pop_front()?;
    while first.portions < most
        && let Some(next) = portions.pop_front_if(|next| next.mailbox == first.mailbox)
    {
        first.wanted.extend(next.wanted);
        first.octets += next.octets;
        first.portions += next.portions;
    }
    Some(first)
}

fn portions(mailbox: MailboxId, letters: Vec<Letter>) -> Vec<Portion> {
    let mut portions: Vec<Portion> = Vec::new();
    for Letter { uid, email, size } in letters {
        match portions.last_mut() {
            Some(last) if last.wanted.len() < LETTERS && last.octets + u64::from(size) <= OCTETS => {
                last.wanted.insert(uid, email);
                last.octets += u64::from(size);
            }
            _ => portions.push(Portion {
                mailbox,
                wanted: BTreeMap::from([(uid, email)]),
                octets: u64::from(size),
                portions: 1,
            }),
        }
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(uid: u32, size: u32) -> Letter {
        let email = EmailId(uid.into());
        Letter { uid, email, size }
    }

    #[test]
    fn a_portion_ends_before_it_is_too_large_and_a_large_letter_is_one_by_itself() {
        let letters = [2_000_000, 900_000, 200_000, 30_000_000, 1]
            .into_iter()
            .zip(1_u32..)
            .map(|(size, uid)| letter(uid, size))
            .collect();
        let portions: Vec<Vec<u32>> = portions(MailboxId(1), letters)
            .iter()
            .map(|portion| portion.wanted.keys().copied().collect())
            .collect();
        assert_eq!(portions, [vec![1, 2], vec![3], vec![4], vec![5]]);
        let small = (1..=1_200).map(|uid| letter(uid, 10)).collect();
        let counts: Vec<usize> = super::portions(MailboxId(1), small)
            .iter()
            .map(|portion| portion.wanted.len())
            .collect();
        assert_eq!(counts, [500, 500, 200], "nor has it too many letters");
    }

    #[test]
    fn portions_of_one_folder_are_joined_up_to_as_many_as_are_wanted() {
        let small = |uids: std::ops::RangeInclusive<u32>| uids.map(|uid| letter(uid, 10)).collect();
        let mut all: VecDeque<Portion> = portions(MailboxId(1), small(1..=1_700)).into();
        all.extend(portions(MailboxId(2), small(1..=3)));
        let mut taken = Vec::new();
        while let Some(portion) = joined(&mut all, 3) {
            taken.push((portion.mailbox.0, portion.wanted.len(), portion.portions));
        }
        assert_eq!(
            taken,
            [(1, 1_500, 3), (1, 200, 1), (2, 3, 1)],
            "no more than three, and none of another folder"
        );
    }
}
