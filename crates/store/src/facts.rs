//! Reads of letters what decides where their rows stand in a list: of the wide table only what that list needs. What comes
//! of it is `ordering`'s.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::Row as SqlRow;
use waxwing_model::{Address, MailboxId};

use crate::collation;
use crate::column::from_json;
use crate::listing::clamped;
use crate::order::{Fact, Needs};
use crate::rows::{People, columns as columns_of};

/// How many columns stand before those of whom a letter is about.
const WHOM: usize = 12;

/// What the facts of letters are read with.
pub(crate) struct Reader<'a> {
    pub mailboxes: &'a [MailboxId],
    pub own: Vec<String>,
    pub needs: Needs,
    pub people: People,
    /// Names that have been met: there are few of them.
    pub names: HashSet<Arc<str>>,
}

impl Reader<'_> {
    /// What is read of a letter: of the wide table `e` only what is needed.
    pub fn columns(&self) -> String {
        let needs = self.needs;
        let of = |is_needed: bool, column, otherwise| if is_needed { column } else { otherwise };
        let mut columns = vec![
            "m.email_id, m.thread_id, m.mailbox_id, m.received_at, m.arrival, m.unread, m.starred",
            of(needs.size, "e.size", "0"),
            of(needs.attachment, "e.has_attachment", "0"),
            of(needs.subject, "e.subject", "''"),
            of(needs.to_me, "e.to_addresses, e.cc_addresses", "'[]', '[]'"),
        ];
        let whom = columns_of(self.people).replace("email.", "e.");
        if needs.sender {
            columns.push(&whom);
        }
        columns.join(", ")
    }

    /// A letter, of such a row.
    pub fn fact(&mut self, row: &SqlRow<'_>) -> rusqlite::Result<Fact> {
        let mailbox: i64 = row.get(2)?;
        let place = self.mailboxes.iter().position(|each| each.0 == mailbox);
        Ok(Fact {
            email: row.get(0)?,
            thread: row.get(1)?,
            mailbox: place.map_or(0, clamped),
            received_at: row.get(3)?,
            arrival: u32::try_from(row.get::<_, i64>(4)?).unwrap_or(u32::MAX),
            unread: row.get(5)?,
            starred: row.get(6)?,
            size: row.get::<_, i64>(7)?.try_into().unwrap_or(0),
            attachment: row.get(8)?,
            to_me: self.needs.to_me && self.is_to_me(row)?,
            text: self.text(row)?,
        })
    }

    fn is_to_me(&self, row: &SqlRow<'_>) -> rusqlite::Result<bool> {
        for column in [10, 11] {
            let recipients = row.get_ref(column)?.as_str()?.to_ascii_lowercase();
            if self
                .own
                .iter()
                .any(|address| recipients.contains(address.as_str()))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn text(&mut self, row: &SqlRow<'_>) -> rusqlite::Result<Option<Arc<str>>> {
        if self.needs.subject {
            return Ok(Some(collation::of_subject(row.get_ref(9)?.as_str()?).into()));
        }
        if !self.needs.sender {
            return Ok(None);
        }
        let mut people: Vec<Address> = from_json(row, WHOM)?;
        if self.people == People::Recipients && people.is_empty() {
            people = from_json(row, WHOM + 1)?;
            people.extend(from_json::<Vec<Address>>(row, WHOM + 2)?);
        }
        let name = people.first().map(|first| collation::of_name(first.display()));
        let name: Arc<str> = name.unwrap_or_default().into();
        match self.names.get(&name) {
            Some(known) => Ok(Some(Arc::clone(known))),
            None => {
                self.names.insert(Arc::clone(&name));
                Ok(Some(name))
            }
        }
    }
}
