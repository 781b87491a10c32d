//! The table `bare_subject`: answers that name nothing find what they answer by its subject. It is asked only where nothing
//! else speaks: the letter is an answer by its subject, names no other letter, and the server knows no conversations. And a
//! subject alone joins nobody: who answers was written to, or who is answered wrote, and not long ago.

use std::cmp::Reverse;

use rusqlite::params;
use sha2::{Digest, Sha256};
use waxwing_model::{AccountId, Address, EmailId, Filing, ThreadId, Timestamp};

use crate::collation;
use crate::column::from_json;
use crate::newcomers::{Newcomer, Newcomers};
use crate::{NewEmail, Reading, StoreError, Writing};

/// Of a letter what is asked for by its subject.
pub(crate) struct Heading<'a> {
    pub account: AccountId,
    pub at: Timestamp,
    pub from: &'a [Address],
    pub to: &'a [Address],
    pub cc: &'a [Address],
    bare: Option<Bare>,
}

/// The subject of a letter that names no others, and has one to speak of.
#[derive(Clone, Copy)]
struct Bare {
    /// The digest.
    key: i64,
    is_answer: bool,
}

impl<'a> From<&'a NewEmail> for Heading<'a> {
    fn from(new: &'a NewEmail) -> Self {
        let names_others = names_others(&new.in_reply_to, &new.references);
        let people = [new.from.as_slice(), &new.to, &new.cc];
        Self::of(new.account, new.received_at, &new.subject, people, names_others)
    }
}

impl<'a> Heading<'a> {
    /// The digest of the subject, where it is asked for.
    pub fn key(&self) -> Option<i64> {
        self.bare.map(|bare| bare.key)
    }

    /// `names_others`: the letter says itself what it answers.
    pub fn of(
        account: AccountId,
        at: Timestamp,
        subject: &str,
        [from, to, cc]: [&'a [Address]; 3],
        names_others: bool,
    ) -> Self {
        let bare = match names_others {
            true => None,
            false => bare_of(account, subject),
        };
        Self {
            account,
            at,
            from,
            to,
            cc,
            bare,
        }
    }
}

/// Whether a letter with these fields says what it answers.
pub(crate) fn names_others(in_reply_to: &[String], references: &[String]) -> bool {
    in_reply_to
        .iter()
        .chain(references)
        .any(|name| !name.trim().is_empty())
}

/// What programs put before the subject of an answer. Forwards are not among them: they go to others.
const ANSWERS: [&str; 6] = ["re", "aw", "sv", "vs", "antw", "odp"];
/// The same for forwards, which are taken off as well.
const FORWARDS: [&str; 6] = ["fw", "fwd", "wg", "tr", "rv", "enc"];
/// Who answers after more than this writes a new letter with an old subject.
const WINDOW: Timestamp = 60 * 24 * 3_600_000;
/// As many letters of one subject are looked at: "Daily report" has thousands.
const LOOKED_AT: usize = 20;

/// A subject without what answers and forwards made of it.
struct Base {
    words: String,
    is_answer: bool,
}

/// A letter that may be what another answers, or the answer.
struct Candidate {
    thread: ThreadId,
    writers: Vec<String>,
    readers: Vec<String>,
    at: Timestamp,
}

impl From<&Newcomer<'_>> for Candidate {
    fn from(letter: &Newcomer<'_>) -> Self {
        Self::of(letter.thread, &letter.heading)
    }
}

impl Candidate {
    fn of(thread: ThreadId, heading: &Heading<'_>) -> Self {
        Self {
            thread,
            writers: lowered(heading.from),
            readers: lowered(&[heading.to, heading.cc].concat()),
            at: heading.at,
        }
    }
}

/// The base subject (RFC 5256, section 2.1): without "Re:" and its relatives, "(fwd)" behind, and what stands in brackets
/// before either.
fn base_of(subject: &str) -> Base {
    let mut is_answer = false;
    let mut rest = subject.trim();
    loop {
        if let Some(shorter) = cut_end(rest, "(fwd)") {
            rest = shorter.trim_end();
        } else if let Some((word, after)) = prefix_of(rest) {
            is_answer |= ANSWERS.iter().any(|known| word.eq_ignore_ascii_case(known));
            rest = after.trim_start();
        } else if let Some(after) = after_blob(rest) {
            rest = after;
        } else {
            break;
        }
    }
    Base {
        words: collation::of_name(rest),
        is_answer,
    }
}

fn cut_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(end.len())?;
    let tail = text.get(at..)?;
    tail.eq_ignore_ascii_case(end).then(|| text.get(..at)).flatten()
}

/// "Re: ", "AW[2]: ", "Re (3):", and what stands behind it.
fn prefix_of(text: &str) -> Option<(&str, &str)> {
    let (before, after) = text.split_once([':', '：'])?;
    let word = before.split(['[', '(']).next()?.trim();
    let is_known = before.chars().count() <= 10
        && ANSWERS
            .iter()
            .chain(&FORWARDS)
            .any(|known| word.eq_ignore_ascii_case(known));
    is_known.then_some((word, after))
}

/// What stands behind a name in brackets, unless nothing does.
fn after_blob(text: &str) -> Option<&str> {
    let (_, after) = text.strip_prefix('[')?.split_once(']')?;
    let after = after.trim_start();
    (!after.is_empty()).then_some(after)
}

/// The digest of an account and a base subject: even, and odd for answers.
fn key_of(account: AccountId, base: &Base) -> i64 {
    let mut hash = Sha256::new();
    hash.update(account.0.to_le_bytes());
    hash.update(base.words.as_bytes());
    let digest = hash.finalize();
    let number = digest
        .iter()
        .take(8)
        .fold(0_i64, |number, octet| (number << 8) | i64::from(*octet));
    (number & !1) | i64::from(base.is_answer)
}

impl Reading<'_> {
    /// Letters with a digest that came between two moments, the nearest to the first of them first; also those whose rows
    /// are still to be written.
    fn bare(
        &self,
        newcomers: &Newcomers<'_>,
        key: i64,
        (near, far): (Timestamp, Timestamp),
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut found = self.bare_rows(key, (near, far))?;
        let coming = newcomers.of_subject(key, near.min(far)..=near.max(far));
        // Of one moment, the one that came last is the newest.
        if near > far {
            found.splice(0..0, coming.rev().take(LOOKED_AT).map(Candidate::from));
            found.sort_by_key(|candidate| Reverse(candidate.at));
        } else {
            found.extend(coming.take(LOOKED_AT).map(Candidate::from));
            found.sort_by_key(|candidate| candidate.at);
        }
        found.truncate(LOOKED_AT);
        Ok(found)
    }

    fn bare_rows(&self, key: i64, (near, far): (Timestamp, Timestamp)) -> Result<Vec<Candidate>, StoreError> {
        let (from, to) = (near.min(far), near.max(far));
        let order = if near > far { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT email.thread_id, from_addresses, to_addresses, cc_addresses, email.received_at FROM bare_subject
             CROSS JOIN email ON email.id = bare_subject.email_id
             WHERE bare_subject.subject = ?1 AND bare_subject.received_at BETWEEN ?2 AND ?3
             ORDER BY bare_subject.received_at {order}, bare_subject.email_id {order} LIMIT {LOOKED_AT}"
        );
        self.all(
            "looking for letters of a subject",
            &sql,
            params![key, from, to],
            |row| {
                let mut readers: Vec<Address> = from_json(row, 2)?;
                readers.extend(from_json::<Vec<Address>>(row, 3)?);
                Ok(Candidate {
                    thread: ThreadId(row.get(0)?),
                    writers: lowered(&from_json::<Vec<Address>>(row, 1)?),
                    readers: lowered(&readers),
                    at: row.get(4)?,
                })
            },
        )
    }

    /// The person's own addresses, those of identities included.
    fn own(&self) -> Result<Vec<String>, StoreError> {
        self.all(
            "reading one's own addresses",
            "SELECT lower(email) FROM account UNION SELECT lower(email) FROM identity",
            [],
            |row| row.get(0),
        )
    }

    /// Whether a conversation has a letter of that subject which began something.
    fn has_beginning(
        &self,
        newcomers: &Newcomers<'_>,
        thread: ThreadId,
        key: i64,
    ) -> Result<bool, StoreError> {
        if newcomers.has_subject(thread, key) {
            return Ok(true);
        }
        let found = self.number(
            "looking for what an answer answers",
            "SELECT EXISTS (SELECT 1 FROM email CROSS JOIN bare_subject ON bare_subject.email_id = email.id
             WHERE email.thread_id = ?1 AND bare_subject.subject = ?2)",
            params![thread.0, key],
        )?;
        Ok(found != 0)
    }
}

impl Writing<'_> {
    /// The conversations that a letter which names no others belongs to by its subject, those of `newcomers` included.
    pub(crate) fn threads_by_subject(
        &self,
        new: &Heading<'_>,
        newcomers: &Newcomers<'_>,
    ) -> Result<Vec<ThreadId>, StoreError> {
        let Some(Bare { key, is_answer }) = new.bare else {
            return Ok(Vec::new());
        };
        let at = new.at;
        let mut before = Vec::new();
        if is_answer {
            let span = (at, at.saturating_sub(WINDOW));
            before = self.bare(newcomers, key, span)?;
            before.extend(self.bare(newcomers, key & !1, span)?);
            before.sort_by_key(|candidate| Reverse(candidate.at));
        }
        // Its answers may have come first: a folder is fetched from its newest letter on.
        let after = self.bare(newcomers, key | 1, (at, at.saturating_add(WINDOW)))?;
        // With servers that know conversations, they speak.
        if before.is_empty() && after.is_empty() || self.filing(new.account)? != Filing::Folders {
            return Ok(Vec::new());
        }
        let own = self.own()?;
        let this = Candidate::of(ThreadId(0), new);
        let answered = before
            .into_iter()
            .find(|candidate| answers(&this, candidate, &own));
        let mut found: Vec<ThreadId> = answered.map(|candidate| candidate.thread).into_iter().collect();
        for candidate in after {
            if answers(&candidate, &this, &own)
                && !self.has_beginning(newcomers, candidate.thread, key & !1)?
            {
                found.push(candidate.thread);
            }
        }
        Ok(found)
    }

    /// Notes those of some letters that name no others, so that their answers find them, or they what they answer.
    pub(crate) fn note_subjects<'a>(
        &self,
        letters: impl IntoIterator<Item = (EmailId, &'a Heading<'a>)>,
    ) -> Result<(), StoreError> {
        let bare = letters.into_iter().filter_map(|(email, heading)| {
            let Bare { key, .. } = heading.bare?;
            Some((email.0, key, heading.at))
        });
        let _added: Vec<usize> = self.each(
            "noting the subject of a letter",
            "INSERT INTO bare_subject (email_id, subject, received_at) VALUES (?1, ?2, ?3)",
            bare,
            |statement, letter| statement.execute(letter),
        )?;
        Ok(())
    }
}

/// `None`: there is no subject to speak of.
fn bare_of(account: AccountId, subject: &str) -> Option<Bare> {
    let base = base_of(subject);
    (!base.words.is_empty()).then(|| Bare {
        key: key_of(account, &base),
        is_answer: base.is_answer,
    })
}

/// Who answers was written to, or the answer goes to who wrote. One's own addresses are in all letters and say nothing.
fn answers(answer: &Candidate, answered: &Candidate, own: &[String]) -> bool {
    let others = |people: &Vec<String>| -> Vec<String> {
        let others = people.iter().filter(|address| !own.contains(address));
        others.cloned().collect()
    };
    others(&answer.writers)
        .iter()
        .any(|address| answered.readers.contains(address))
        || others(&answered.writers)
            .iter()
            .any(|address| answer.readers.contains(address))
}

fn lowered(people: &[Address]) -> Vec<String> {
    people.iter().map(|person| person.email.to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_of_a_subject_is_what_it_was_before_it_was_answered() {
        for (subject, is_answer) in [
            ("Lamp room", false),
            ("Re: Lamp room", true),
            ("[keepers] Re: lamp Room", true),
            ("RE[2]: Fwd: [keepers] Lamp room (fwd)", true),
            ("AW：Lamp room", true),
            ("Fwd: Lamp room", false),
        ] {
            let base = base_of(subject);
            assert_eq!(base.words, "lamp room", "{subject}");
            assert_eq!(base.is_answer, is_answer, "{subject}");
        }
        assert_eq!(
            base_of("Re: [keepers]").words,
            "keepers]",
            "a name in brackets alone is a subject"
        );
        assert_eq!(base_of("Re: ").words, "", "and nothing is nothing");
    }
}
