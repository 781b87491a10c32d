//! Lists of files: those of some folders, of a person, of the starred or of what a search finds, that go by some words, in one of
//! several orders. A list says which files stand in it and no more, so that one of a hundred thousand is small.

use std::cmp::Reverse;
use std::collections::HashSet;

use rusqlite::{Row, params};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use waxwing_model::{Address, EmailId, MailboxId};

use crate::collation;
use crate::column::{from_json, json};
use crate::error::Doing;
use crate::files::FilePlace;
use crate::{Reading, StoreError};

const DOING: &str = "listing files";

/// Letters of which the files are read by one statement.
const PORTION: usize = 10_000;

/// Whose files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    /// In any of these.
    Mailboxes(Vec<MailboxId>),
    /// By the address that they wrote from.
    Person(String),
    /// With a star, outside Trash and Junk.
    Starred,
    /// That this finds.
    Search(String),
}

/// In which order. What is equal stands as in the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilesOrder {
    /// The newest first; of a search, as it found their letters.
    Newest,
    /// As one counts: 9 stands before 10.
    Name,
    /// The largest first.
    Size,
    /// By who sent them.
    Sender,
    /// Those of one kind together, then by the ends of their names.
    Kind,
}

/// A file on its way into a list.
struct Listed {
    at: FilePlace,
    key: Key,
}

/// What an order goes by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    None,
    Size(Reverse<u32>),
    Text(String),
    Kind(u8, String, String),
}

impl Reading<'_> {
    /// The files of a source that go by all these words: each stands in its name, in its letter's subject, or in who sent it.
    pub fn file_list(
        &self,
        source: &FileSource,
        order: FilesOrder,
        words: &str,
    ) -> Result<Vec<FilePlace>, StoreError> {
        let letters = self.letters_with_files(source)?;
        let wanted = folded(words);
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let mut list = Vec::with_capacity(letters.len());
        for portion in letters.chunks(PORTION) {
            self.files_of(portion, order, &wanted, &mut list)?;
        }
        // It keeps what is equal as it came.
        if order != FilesOrder::Newest {
            list.sort_by(|one, other| one.key.cmp(&other.key));
        }
        Ok(list.into_iter().map(|listed| listed.at).collect())
    }

    fn files_of(
        &self,
        letters: &[EmailId],
        order: FilesOrder,
        wanted: &[&str],
        list: &mut Vec<Listed>,
    ) -> Result<(), StoreError> {
        let ids: Vec<i64> = letters.iter().map(|letter| letter.0).collect();
        let ids = json(&ids).doing(DOING)?;
        // The wide row of a letter is read only for what stands nowhere else.
        let needs_letters = !wanted.is_empty() || order == FilesOrder::Sender;
        let sql = match needs_letters {
            true => {
                "SELECT file.email_id, file.place, file.name, file.size, file.kind, email.subject, email.from_addresses
                 FROM json_each(?1) AS wanted CROSS JOIN file ON file.email_id = wanted.value
                 CROSS JOIN email ON email.id = file.email_id ORDER BY wanted.key, file.place"
            }
            false => {
                "SELECT file.email_id, file.place, file.name, file.size, file.kind
                 FROM json_each(?1) AS wanted CROSS JOIN file ON file.email_id = wanted.value
                 ORDER BY wanted.key, file.place"
            }
        };
        // A vector of nothing takes no room.
        self.all(DOING, sql, [ids], |row| {
            let from = match needs_letters {
                true => from_json::<Vec<Address>>(row, 6)?,
                false => Vec::new(),
            };
            if goes_by(row, &from, wanted)? {
                list.push(Listed {
                    at: FilePlace {
                        email: EmailId(row.get(0)?),
                        place: row.get(1)?,
                    },
                    key: key(row, &from, order)?,
                });
            }
            Ok(())
        })
        .map(drop)
    }

    /// Letters of a source that have files, and maybe some others, each once.
    fn letters_with_files(&self, source: &FileSource) -> Result<Vec<EmailId>, StoreError> {
        match source {
            FileSource::Mailboxes(mailboxes) => self.letters_with_files_in(mailboxes),
            FileSource::Person(address) => self.letters_with_files_from(address),
            FileSource::Starred => self.letters_with_files_starred(),
            FileSource::Search(query) => self.letters_with_files_found(query),
        }
    }

    fn letters_with_files_in(&self, mailboxes: &[MailboxId]) -> Result<Vec<EmailId>, StoreError> {
        let count = "SELECT count(*) FROM email INDEXED BY email_attached WHERE has_attachment = 1";
        let with_files = self.number(DOING, count, [])?;
        let mut found = Vec::new();
        for mailbox in mailboxes {
            let shown = self.number(DOING, "SELECT total FROM mailbox WHERE id = ?1", [mailbox.0])?;
            // It begins with whatever are fewer: the letters there, or those with files anywhere.
            let sql = match shown <= with_files {
                true => {
                    "SELECT received_at, arrival, email_id FROM membership INDEXED BY membership_newest
                     WHERE mailbox_id = ?1 AND EXISTS (SELECT 1 FROM file WHERE file.email_id = membership.email_id)"
                }
                false => {
                    "SELECT membership.received_at, membership.arrival, membership.email_id
                     FROM email INDEXED BY email_attached
                     CROSS JOIN membership ON membership.email_id = email.id AND membership.mailbox_id = ?1
                     WHERE email.has_attachment = 1"
                }
            };
            found.extend(self.all(DOING, sql, [mailbox.0], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, i64>(2)?,
                ))
            })?);
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        let mut met = HashSet::new();
        let letters = found.into_iter().map(|(_, _, email)| EmailId(email));
        // One that stands in several of them has a number in each.
        Ok(letters
            .filter(|email| mailboxes.len() == 1 || met.insert(*email))
            .collect())
    }

    fn letters_with_files_starred(&self) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            DOING,
            "SELECT DISTINCT email.received_at, email.id
             FROM membership INDEXED BY membership_starred JOIN email ON email.id = membership.email_id
             WHERE membership.starred = 1 AND email.has_attachment = 1
               AND mailbox_id NOT IN (SELECT id FROM mailbox WHERE role IN ('trash', 'junk'))
             ORDER BY email.received_at DESC, email.id DESC",
            [],
            |row| row.get(1).map(EmailId),
        )
    }

    /// Those from an address, in whatever mailboxes, however it is written.
    fn letters_with_files_from(&self, address: &str) -> Result<Vec<EmailId>, StoreError> {
        // To look for it as it is written in JSON is several times as fast as to read the JSON, which nearly always is somebody else's.
        let written = json(address).doing(DOING)?.to_ascii_lowercase();
        self.all(
            DOING,
            "SELECT id FROM email
             WHERE has_attachment = 1 AND instr(lower(from_addresses), ?2) > 0
               AND EXISTS (SELECT 1 FROM membership WHERE email_id = email.id)
               AND EXISTS (SELECT 1 FROM json_each(from_addresses)
                 WHERE json_extract(value, '$.email') = ?1 COLLATE NOCASE)
             ORDER BY received_at DESC, id DESC",
            params![address, written],
            |row| row.get(0).map(EmailId),
        )
    }
}

fn goes_by(row: &Row<'_>, from: &[Address], wanted: &[&str]) -> rusqlite::Result<bool> {
    if wanted.is_empty() {
        return Ok(true);
    }
    let mut known = folded(row.get_ref(2)?.as_str()?);
    // Its name is looked at first: that is mostly what is typed.
    if wanted.iter().all(|word| known.contains(word)) {
        return Ok(true);
    }
    known.push('\n');
    known.push_str(&folded(row.get_ref(5)?.as_str()?));
    for one in from {
        known.push('\n');
        known.push_str(&folded(one.name.as_deref().unwrap_or_default()));
        known.push('\n');
        known.push_str(&folded(&one.email));
    }
    Ok(wanted.iter().all(|word| known.contains(word)))
}

fn key(row: &Row<'_>, from: &[Address], order: FilesOrder) -> rusqlite::Result<Key> {
    Ok(match order {
        FilesOrder::Newest => Key::None,
        FilesOrder::Size => Key::Size(Reverse(row.get(3)?)),
        FilesOrder::Name => Key::Text(counted(row.get_ref(2)?.as_str()?)),
        FilesOrder::Sender => {
            let shown: Vec<_> = from.iter().map(Address::display).collect();
            Key::Text(collation::of_name(&shown.join(", ")))
        }
        FilesOrder::Kind => {
            let name = row.get_ref(2)?.as_str()?;
            let end = name.rsplit_once('.').map_or("", |(_, end)| end);
            Key::Kind(row.get(4)?, end.to_lowercase(), counted(name))
        }
    })
}

/// Without capitals, accents and other forms of the same letters.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = text.nfkd().filter(|one| !is_combining_mark(*one));
    plain.flat_map(char::to_lowercase).collect()
}

/// A name as it is sorted, with its numbers as one counts: how many digits one has is compared before they are.
fn counted(name: &str) -> String {
    let plain = collation::of_name(name);
    let mut key = String::with_capacity(plain.len() + 4);
    let mut rest = plain.as_str();
    while let Some(begin) = rest.find(|one: char| one.is_ascii_digit()) {
        let (before, from) = rest.split_at(begin);
        let end = from.find(|one: char| !one.is_ascii_digit()).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        let number = number.trim_start_matches('0');
        key.push_str(before);
        // Numbers stand where digits stand.
        key.push('0');
        let digits = u32::try_from(number.len()).ok().and_then(char::from_u32);
        key.push(digits.unwrap_or(char::REPLACEMENT_CHARACTER));
        key.push_str(number);
        rest = after;
    }
    key.push_str(rest);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_one_counts_and_writes() {
        let mut names = [
            "bill 10.pdf",
            "Äpfel.pdf",
            "bill 9.pdf",
            "apple.pdf",
            "bill 009.pdf",
            "bill.pdf",
            "bill x.pdf",
            "2 bills.pdf",
            "10 bills.pdf",
        ];
        names.sort_by_key(|name| counted(name));
        assert_eq!(
            names,
            [
                "2 bills.pdf",
                "10 bills.pdf",
                "Äpfel.pdf",
                "apple.pdf",
                "bill 9.pdf",
                "bill 009.pdf",
                "bill 10.pdf",
                "bill x.pdf",
                "bill.pdf"
            ]
        );
    }

    #[test]
    fn words_go_by_letters_and_not_by_how_they_are_written() {
        assert_eq!(folded("ＲEPORT-1 Élan"), "report-1 elan");
        assert_eq!(folded("Ünïcode"), folded("unicode"));
    }
}
