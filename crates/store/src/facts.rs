//! Reads of letters what decides where their rows stand in a list: of the wide table only what that list needs. What comes
//! of it is `ordering`'s.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::Row as SqlRow;
use waxwing_model::{Address, MailboxId, OwnAddress};

use crate::collation;
use crate::column::from_json;
use crate::listing::clamped;
use crate::order::{Fact, Named, Needs};
use crate::rows::{People, columns as columns_of};

/// How many columns stand before those of whom a letter is about.
const WHOM: usize = 12;

/// Senders, recipients, and which of them a letter is about that is shown anywhere, as `rows` has it.
const ANYBODY: &str = "e.from_addresses, e.to_addresses, e.cc_addresses, e.bcc_addresses,
    EXISTS (SELECT 1 FROM membership own CROSS JOIN mailbox ON mailbox.id = own.mailbox_id
            WHERE own.email_id = e.id AND mailbox.role IN ('sent', 'drafts'))";

/// What the facts of letters are read with.
pub(crate) struct Reader<'a> {
    pub mailboxes: &'a [MailboxId],
    pub own: Vec<OwnAddress>,
    pub needs: Needs,
    /// `None`: letters from anywhere, each as it is named there.
    pub people: Option<People>,
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
        let whom = match self.people {
            Some(people) => columns_of(people).replace("email.", "e."),
            None => ANYBODY.to_owned(),
        };
        if needs.sender {
            columns.push(&whom);
        }
        columns.join(", ")
    }

    /// A letter, of such a row.
    pub fn fact(&mut self, row: &SqlRow<'_>) -> rusqlite::Result<Fact> {
        let mailbox: i64 = row.get(2)?;
        let place = self.mailboxes.iter().position(|each| each.0 == mailbox);
        let email = row.get(0)?;
        let received_at = row.get(3)?;
        let arrival = u32::try_from(row.get::<_, i64>(4)?).unwrap_or(u32::MAX);
        let subject = match self.needs.subject {
            true => Some(collation::of_subject(row.get_ref(9)?.as_str()?).into()),
            false => None,
        };
        let name = if self.needs.sender { self.name(row)? } else { None };
        let standing = (received_at, arrival, email);
        Ok(Fact {
            email,
            thread: row.get(1)?,
            mailbox: place.map_or(0, clamped),
            received_at,
            arrival,
            unread: row.get(5)?,
            starred: row.get(6)?,
            size: row.get::<_, i64>(7)?.try_into().unwrap_or(0),
            attachment: row.get(8)?,
            to_me: self.needs.to_me && self.is_to_me(row)?,
            subject,
            named: name.map(|name| Box::new(Named { name, standing })),
        })
    }

    fn is_to_me(&self, row: &SqlRow<'_>) -> rusqlite::Result<bool> {
        let is_own = |email: &str| self.own.iter().any(|own| own.receives(email));
        for column in [10, 11] {
            let recipients = row.get_ref(column)?.as_str()?;
            // Mostly nothing is escaped, and to look for the addresses is several times faster than to read all as JSON.
            let is_to_me = match recipients.contains('\\') {
                false => emails_in(recipients).any(is_own),
                true => from_json::<Vec<Address>>(row, column)?
                    .iter()
                    .any(|recipient| is_own(&recipient.email)),
            };
            if is_to_me {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whom a row names first that has this letter alone, as names are sorted.
    fn name(&mut self, row: &SqlRow<'_>) -> rusqlite::Result<Option<Arc<str>>> {
        let (people, first) = match self.people {
            Some(people) => (people, WHOM),
            None if row.get(WHOM + 4)? => (People::Recipients, WHOM + 1),
            None => (People::Senders, WHOM),
        };
        let mut whom: Vec<Address> = from_json(row, first)?;
        if people == People::Recipients && whom.is_empty() {
            whom = from_json(row, first + 1)?;
            whom.extend(from_json::<Vec<Address>>(row, first + 2)?);
        }
        let Some(shown) = whom.iter().map(Address::display).find(|shown| !shown.is_empty()) else {
            return Ok(None);
        };
        let name: Arc<str> = collation::of_name(&shown).into();
        Ok(Some(match self.names.get(&name) {
            Some(known) => Arc::clone(known),
            None => {
                self.names.insert(Arc::clone(&name));
                name
            }
        }))
    }
}

/// The addresses of a list of people as JSON in which nothing is escaped.
fn emails_in(people: &str) -> impl Iterator<Item = &str> {
    people
        .split("\"email\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}
