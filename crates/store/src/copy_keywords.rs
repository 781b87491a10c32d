//! The table `copy_keywords`: where a server keeps copies of one letter, each copy has keywords of its own, and the
//! letter has one set (RFC 8621, section 4.1.1). It is read when all its copies are, and has every other mark that any
//! of them has. Only what differs from the letter's set is kept, so most letters have no row here.

use std::collections::HashMap;

use rusqlite::params;
use waxwing_model::{EmailId, Filing, Keyword, Keywords, MailboxId};

use crate::column::{from_json, json};
use crate::error::Doing;
use crate::{Location, Reading, StoreError, Writing};

const DOING: &str = "keeping the marks of a letter's copies";

impl Reading<'_> {
    /// The keywords of each message of a letter, as the server last told them.
    fn keywords_by_copy(
        &self,
        email: EmailId,
        copies: &[Location],
    ) -> Result<HashMap<(MailboxId, u32), Keywords>, StoreError> {
        let whole = self.email(email)?.map(|email| email.keywords).unwrap_or_default();
        let mut found = HashMap::new();
        for copy in copies {
            let own = self.one(
                DOING,
                "SELECT keywords FROM copy_keywords WHERE mailbox_id = ?1 AND uid = ?2",
                params![copy.mailbox.0, copy.uid],
                |row| from_json(row, 0),
            )?;
            found.insert((copy.mailbox, copy.uid), own.unwrap_or_else(|| whole.clone()));
        }
        Ok(found)
    }

    fn keeps_copies(&self, email: EmailId) -> Result<bool, StoreError> {
        Ok(match self.email(email)? {
            Some(email) => self.filing(email.account)? == Filing::Copies,
            None => false,
        })
    }
}

impl Writing<'_> {
    /// Takes over the marks that the server has on one message of a letter.
    pub fn set_keywords_at(
        &mut self,
        email: EmailId,
        mailbox: MailboxId,
        uid: u32,
        told: &Keywords,
    ) -> Result<(), StoreError> {
        let copies = self.locations(&[email])?;
        if copies.len() < 2 || !self.keeps_copies(email)? {
            return self.set_keywords(email, told);
        }
        let mut by_copy = self.keywords_by_copy(email, &copies)?;
        by_copy.insert((mailbox, uid), told.clone());
        self.gather_keywords(email, &by_copy)
    }

    /// What the person changed about a letter is changed on each of its copies.
    pub fn change_copies(
        &mut self,
        email: EmailId,
        add: &Keywords,
        remove: &Keywords,
    ) -> Result<(), StoreError> {
        let copies = self.locations(&[email])?;
        if copies.len() < 2 || !self.keeps_copies(email)? {
            return Ok(());
        }
        let mut by_copy = self.keywords_by_copy(email, &copies)?;
        for keywords in by_copy.values_mut() {
            for keyword in add.iter() {
                keywords.insert(keyword.clone());
            }
            for keyword in remove.iter() {
                keywords.remove(keyword);
            }
        }
        self.gather_keywords(email, &by_copy)
    }

    /// One copy is gone: the letter has the marks of those that are left.
    pub fn regather_keywords(&mut self, email: EmailId) -> Result<(), StoreError> {
        let copies = self.locations(&[email])?;
        if copies.is_empty() || !self.keeps_copies(email)? {
            return Ok(());
        }
        let by_copy = self.keywords_by_copy(email, &copies)?;
        self.gather_keywords(email, &by_copy)
    }

    fn gather_keywords(
        &mut self,
        email: EmailId,
        by_copy: &HashMap<(MailboxId, u32), Keywords>,
    ) -> Result<(), StoreError> {
        let whole = together(by_copy.values());
        self.set_keywords(email, &whole)?;
        for ((mailbox, uid), own) in by_copy {
            if *own == whole {
                let sql = "DELETE FROM copy_keywords WHERE mailbox_id = ?1 AND uid = ?2";
                self.run(DOING, sql, params![mailbox.0, uid])?;
            } else {
                self.run(
                    DOING,
                    "INSERT INTO copy_keywords (mailbox_id, uid, keywords) VALUES (?1, ?2, ?3)
                     ON CONFLICT (mailbox_id, uid) DO UPDATE SET keywords = excluded.keywords",
                    params![mailbox.0, uid, json(own).doing(DOING)?],
                )?;
            }
        }
        Ok(())
    }
}

fn together<'a>(copies: impl Iterator<Item = &'a Keywords> + Clone) -> Keywords {
    let read = copies.clone().all(|own| own.has(Keyword::SEEN));
    copies
        .flat_map(Keywords::iter)
        .filter(|keyword| read || keyword.as_str() != Keyword::SEEN)
        .cloned()
        .collect()
}
