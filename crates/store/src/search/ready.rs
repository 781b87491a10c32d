//! Lines of letters that wait for theirs, made ready while others write: what they are made of is read beforehand, and so are
//! the files of the letters, so that each line is written once. FTS5 pays for a line that is written and replaced at each merge.
//! Whoever writes them has only to see that the letters are still what they were; one that is not waits for the next time.

use waxwing_model::{Address, Change, EmailId};

use super::{Indexed, Line, Rest};
use crate::bodies::place_from;
use crate::column::{from_json, from_json_of};
use crate::packs::Place;
use crate::{Papers, Proof, Reading, StoreError, Unindexed, Writing};

/// Octets of text that are indexed in one transaction, at about the most.
const OCTETS: usize = 4 << 20;

/// Lines that are to be written, by ascending id.
#[derive(Default)]
pub struct Ready(Vec<ReadyLine>);

struct ReadyLine {
    email: EmailId,
    made_of: MadeOf,
    line: Line,
    /// Octets of the letter, where it is here whole and there may be text in its files.
    with_files: Option<i64>,
}

/// What a line was made of beside the letter's header, which never changes, but for what an older version has not read of it.
#[derive(PartialEq, Eq)]
struct MadeOf {
    /// Where the letter stands with its record: one that is read anew stands elsewhere.
    place: Place,
    /// The proof of the whole letter.
    whole: Option<Vec<u8>>,
    /// That of the text of a letter that is here in part.
    part: Option<Proof>,
    sent_by: Option<Address>,
}

/// A letter that waits, as its rows have it.
struct Waiting {
    email: EmailId,
    subject: String,
    people: [Vec<Address>; 5],
    has_attachment: bool,
    place: Place,
    size: i64,
    text_size: i64,
    whole: Option<Vec<u8>>,
    part: Option<String>,
    sent_by: Option<Address>,
}

impl Ready {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Letters of up to so many octets in whose files there may be text.
    pub fn with_files(&self, largest: i64) -> Vec<EmailId> {
        let some = self
            .0
            .iter()
            .filter(|one| one.with_files.is_some_and(|size| size <= largest));
        some.map(|one| one.email).collect()
    }

    /// Has the line of a letter written with what stands in its files.
    pub fn put_papers(&mut self, email: EmailId, papers: Papers) {
        let Ok(at) = self.0.binary_search_by_key(&email, |one| one.email) else {
            return;
        };
        if let Some(one) = self.0.get_mut(at)
            && one.with_files.is_some()
        {
            let line = std::mem::take(&mut one.line);
            one.line = line.with_papers(papers);
        }
    }
}

impl Reading<'_> {
    /// Makes the lines of some letters ready that wait, of `limit` at the most.
    pub fn ready_lines(&self, which: Unindexed, limit: u32) -> Result<Ready, StoreError> {
        let condition = match which {
            Unindexed::Whole => "WHERE whole = 1",
            Unindexed::All => "",
        };
        let sql = format!(
            "SELECT email.id, subject, from_addresses, to_addresses, cc_addresses, bcc_addresses,
               reply_to_addresses, has_attachment,
               coalesce(body.pack, 0), coalesce(body.start, 0), coalesce(body.size, 0), coalesce(body.text_size, 0),
               body.sha256, partial_body.text, sent_by
             FROM unindexed CROSS JOIN email ON email.id = unindexed.email_id
             LEFT JOIN body ON body.email_id = email.id
             LEFT JOIN partial_body ON partial_body.email_id = email.id
             {condition} ORDER BY unindexed.email_id LIMIT ?1"
        );
        let waiting = self.all("looking for letters to index", &sql, [limit], |row| {
            Ok(Waiting {
                email: EmailId(row.get(0)?),
                subject: row.get(1)?,
                people: [
                    from_json(row, 2)?,
                    from_json(row, 3)?,
                    from_json(row, 4)?,
                    from_json(row, 5)?,
                    from_json(row, 6)?,
                ],
                has_attachment: row.get(7)?,
                place: place_from(row, 8)?,
                size: row.get(10)?,
                text_size: row.get(11)?,
                whole: row.get(12)?,
                part: row.get(13)?,
                sent_by: from_json_of(row, 14)?,
            })
        })?;
        let mut octets = 0;
        let mut ready = Vec::with_capacity(waiting.len());
        for letter in waiting {
            let record = match (&letter.whole, &letter.part) {
                (Some(_), _) => self.text_at(letter.place, letter.size, letter.text_size)?,
                (None, part) => part.clone().unwrap_or_default(),
            };
            octets += record.len();
            ready.push(letter.ready(&record));
            if octets >= OCTETS {
                break;
            }
        }
        Ok(Ready(ready))
    }

    /// What the line of a letter is to be made of that waits for one, and in which volume an older one stands.
    fn waits(&self, email: EmailId) -> Result<Option<(Option<i64>, MadeOf)>, StoreError> {
        self.one(
            "looking what a letter is",
            "SELECT unindexed.volume, body.sha256, partial_body.text, coalesce(body.pack, 0), coalesce(body.start, 0), sent_by
             FROM unindexed JOIN email ON email.id = unindexed.email_id
             LEFT JOIN body ON body.email_id = unindexed.email_id
             LEFT JOIN partial_body ON partial_body.email_id = unindexed.email_id
             WHERE unindexed.email_id = ?1",
            [email.0],
            |row| {
                let part: Option<String> = row.get(2)?;
                let made_of = MadeOf {
                    place: place_from(row, 3)?,
                    whole: row.get(1)?,
                    part: part.map(|text| Proof::of(text.as_bytes())),
                    sent_by: from_json_of(row, 5)?,
                };
                Ok((row.get(0)?, made_of))
            },
        )
    }
}

impl Waiting {
    fn ready(self, record: &str) -> ReadyLine {
        let [from, to, cc, bcc, reply_to] = &self.people;
        let line = Line::of(&Indexed {
            subject: &self.subject,
            from,
            reply_to,
            sent_by: self.sent_by.as_ref(),
            to,
            cc,
            bcc,
            record,
        });
        let with_files = match line.rest {
            Rest::Nothing => false,
            Rest::Files => true,
            Rest::Untold => self.has_attachment,
        };
        ReadyLine {
            email: self.email,
            with_files: (with_files && self.whole.is_some()).then_some(self.size),
            made_of: MadeOf {
                place: self.place,
                whole: self.whole,
                part: self.part.map(|text| Proof::of(text.as_bytes())),
                sent_by: self.sent_by,
            },
            line,
        }
    }
}

impl Writing<'_> {
    /// Writes lines that were made ready, as far as their letters are still what they were. Gives how many it were.
    pub fn write_ready(&mut self, ready: Ready) -> Result<u32, StoreError> {
        let mut lines = Vec::with_capacity(ready.0.len());
        let mut older = Vec::new();
        for one in ready.0 {
            // One that went, or was written with others, waits no more.
            let Some((volume, made_of)) = self.waits(one.email)? else {
                continue;
            };
            if made_of != one.made_of {
                continue;
            }
            let sql = "DELETE FROM unindexed WHERE email_id = ?1";
            self.run("indexing letters", sql, [one.email.0])?;
            older.extend(volume.map(|volume| (one.email, volume)));
            lines.push((one.email, one.line));
        }
        for (email, volume) in older {
            self.remove_line(email, volume)?;
        }
        for volume in self.write_lines(&lines)? {
            self.cut_if_full(volume)?;
        }
        self.settle_volumes()?;
        if !lines.is_empty() {
            // They are found from now on.
            self.note(Change::Searches);
        }
        Ok(u32::try_from(lines.len()).unwrap_or(u32::MAX))
    }
}
