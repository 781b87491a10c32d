//! Letters from before the table `bare_subject`: they are noted behind the scenes, some at a time and the newest first, and find
//! each other by their subjects as if they came just now. What the person has said of conversations holds as it does then.

use std::collections::BTreeSet;

use rusqlite::params;
use waxwing_model::{AccountId, Address, EmailId, ThreadId, Timestamp};

use crate::column::from_json;
use crate::newcomers::Newcomers;
use crate::subjects::{Heading, names_others};
use crate::{Reading, StoreError, Writing};

/// The newest letter that has not been looked at. Where there is no such setting, all have been.
const TO_LOOK_THROUGH: &str = "subjects.to_look_through";

/// A letter as it is in the store already.
struct Old {
    email: EmailId,
    thread: ThreadId,
    account: AccountId,
    at: Timestamp,
    subject: String,
    from: Vec<Address>,
    to: Vec<Address>,
    cc: Vec<Address>,
    names_others: bool,
}

impl Old {
    fn heading(&self) -> Heading<'_> {
        let people = [self.from.as_slice(), &self.to, &self.cc];
        Heading::of(self.account, self.at, &self.subject, people, self.names_others)
    }
}

impl Reading<'_> {
    /// Whether there are letters whose subjects have not been looked at.
    pub fn has_old_subjects(&self) -> Result<bool, StoreError> {
        Ok(self.setting(TO_LOOK_THROUGH)?.is_some())
    }

    /// Letters from this one down that have not been noted; with it the last that was looked at.
    fn old_letters(&self, newest: i64, limit: u32) -> Result<(Vec<Old>, Option<EmailId>), StoreError> {
        let looked_at: Vec<(bool, Old)> = self.all(
            "looking for letters whose subjects were never noted",
            "SELECT email.id, thread_id, account_id, email.received_at, email.subject, from_addresses, to_addresses,
               cc_addresses, in_reply_to, reference_ids, bare_subject.email_id IS NOT NULL
             FROM email LEFT JOIN bare_subject ON bare_subject.email_id = email.id
             WHERE email.id <= ?1 ORDER BY email.id DESC LIMIT ?2",
            params![newest, limit],
            |row| {
                let old = Old {
                    email: EmailId(row.get(0)?),
                    thread: ThreadId(row.get(1)?),
                    account: AccountId(row.get(2)?),
                    at: row.get(3)?,
                    subject: row.get(4)?,
                    from: from_json(row, 5)?,
                    to: from_json(row, 6)?,
                    cc: from_json(row, 7)?,
                    names_others: names_others(&from_json::<Vec<String>>(row, 8)?, &from_json::<Vec<String>>(row, 9)?),
                };
                Ok((row.get(10)?, old))
            },
        )?;
        let last = looked_at.last().map(|(_, old)| old.email);
        let wanted = looked_at
            .into_iter()
            .filter(|(is_noted, old)| !is_noted && !old.names_others);
        Ok((wanted.map(|(_, old)| old).collect(), last))
    }
}

impl Writing<'_> {
    /// Looks at the subjects of some letters more. `false`: that were all.
    pub fn look_at_old_subjects(&mut self, limit: u32) -> Result<bool, StoreError> {
        let Some(newest) = self.setting(TO_LOOK_THROUGH)? else {
            return Ok(false);
        };
        // Somebody else wrote it: then there is nothing to go by.
        let newest = newest.parse().unwrap_or(0);
        let (letters, last) = self.old_letters(newest, limit)?;
        let mut moved = BTreeSet::new();
        for mut letter in letters {
            // One before it may have taken its conversation along.
            if moved.contains(&letter.thread) {
                letter.thread = self
                    .member(letter.email)?
                    .map_or(letter.thread, |member| member.thread);
            }
            moved.extend(self.join_by_subject(&letter)?);
            self.note_subjects([(letter.email, &letter.heading())])?;
        }
        match last {
            Some(last) => self.put_setting(TO_LOOK_THROUGH, &(last.0 - 1).to_string())?,
            None => self.remove_setting(TO_LOOK_THROUGH)?,
        }
        Ok(last.is_some())
    }

    /// Joins the conversation of a letter with those that it belongs to by its subject, and gives those that are gone by it.
    fn join_by_subject(&mut self, letter: &Old) -> Result<Vec<ThreadId>, StoreError> {
        let mut all = BTreeSet::from([letter.thread]);
        all.extend(self.threads_by_subject(&letter.heading(), &Newcomers::default())?);
        if all.len() < 2 || self.is_apart(letter.thread)? {
            return Ok(Vec::new());
        }
        let mut joining = Vec::new();
        for thread in all {
            if thread == letter.thread || !self.is_apart(thread)? {
                joining.push(thread);
            }
        }
        let mut muted = 0;
        for thread in &joining {
            muted += usize::from(self.is_muted(*thread)?);
        }
        // Nobody has asked for them to be one: it takes no letter out of hearing, and none into it against the person's word.
        if muted > 0 && muted < joining.len() {
            return Ok(Vec::new());
        }
        // The oldest stays, because it is the one that somebody may be looking at.
        let mut joining = joining.into_iter();
        let Some(oldest) = joining.next() else {
            return Ok(Vec::new());
        };
        let gone: Vec<ThreadId> = joining.collect();
        for other in &gone {
            self.join(*other, oldest)?;
        }
        Ok(gone)
    }
}
