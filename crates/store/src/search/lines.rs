//! Lines of the search index that a transaction has still to write. They are written together at its end: a statement
//! that fires triggers opens a savepoint, at each savepoint FTS5 writes out all that it has gathered so far, and that
//! costs more than the indexing itself. Where there are many, they are left to [`Writing::index_waiting`].

use std::collections::BTreeMap;

use rusqlite::params;
use waxwing_model::EmailId;

use super::cut;
use crate::{StoreError, Writing};

/// Letters of one transaction that are indexed in it. More come from a synchronisation under way, which will soon touch
/// the same letters again.
const AT_ONCE: usize = 50;

/// What of a letter is searched, as text.
pub(crate) struct Line {
    pub subject: String,
    pub sender: String,
    pub recipients: String,
    pub body: String,
}

/// Whether the index has a line for the letter already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Former {
    None,
    /// It had one, unless that one was still to be written.
    Older,
}

/// By ascending id, which is the order in which FTS5 takes them best. `None`: there were too many to keep them.
#[derive(Default)]
pub(crate) struct Lines(BTreeMap<EmailId, (Former, Option<Line>)>);

impl Writing<'_> {
    /// Has a line written, in the place of the one that waits or stands there. It is made only where it is kept.
    pub(crate) fn line_up(
        &mut self,
        email: EmailId,
        former: Former,
        line: impl FnOnce(&Self) -> Result<Line, StoreError>,
    ) -> Result<(), StoreError> {
        // What waited is not in the index, so there may be nothing to replace there.
        let former = self.lines.0.remove(&email).map_or(former, |(before, _)| before);
        let line = match self.lines.0.len() < AT_ONCE {
            true => Some(line(self)?),
            false => None,
        };
        self.lines.0.insert(email, (former, line));
        Ok(())
    }

    /// Takes a letter out of the index.
    pub(crate) fn unindex(&mut self, email: EmailId) -> Result<(), StoreError> {
        let waited = self.lines.0.remove(&email);
        if !matches!(waited, Some((Former::None, _))) && self.has_line(email)? {
            self.remove_line(email)?;
        }
        Ok(())
    }

    /// Writes the lines that wait, or has them written later. The store calls it before each commit.
    pub(crate) fn settle_lines(&mut self) -> Result<(), StoreError> {
        let lines = std::mem::take(&mut self.lines).0;
        if lines.len() > AT_ONCE {
            return self.leave_all_unindexed(lines.into_iter().map(|(email, (former, _))| (email, former)));
        }
        let mut written = Vec::with_capacity(lines.len());
        for (email, (former, line)) in lines {
            let Some(line) = line else {
                // There were more of them for a while.
                self.leave_unindexed(email..=email, former)?;
                continue;
            };
            if former == Former::Older && self.has_line(email)? {
                self.remove_line(email)?;
            }
            written.push((email, line));
        }
        self.write_lines(&written)
    }

    /// Letters that follow each other are left by one statement.
    fn leave_all_unindexed(
        &self,
        letters: impl Iterator<Item = (EmailId, Former)>,
    ) -> Result<(), StoreError> {
        let mut run: Option<(EmailId, EmailId, Former)> = None;
        for (email, former) in letters {
            run = match run {
                Some((first, last, same)) if same == former && email.0 == last.0 + 1 => {
                    Some((first, email, same))
                }
                before => {
                    if let Some((first, last, former)) = before {
                        self.leave_unindexed(first..=last, former)?;
                    }
                    Some((email, email, former))
                }
            };
        }
        match run {
            Some((first, last, former)) => self.leave_unindexed(first..=last, former),
            None => Ok(()),
        }
    }

    /// Writes lines of letters that have none.
    pub(crate) fn write_lines(&self, lines: &[(EmailId, Line)]) -> Result<(), StoreError> {
        for (email, line) in lines {
            self.run(
                "indexing a letter",
                "INSERT INTO search (rowid, subject, sender, recipients, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    email.0,
                    cut::for_index(&line.subject),
                    cut::for_index(&line.sender),
                    cut::for_index(&line.recipients),
                    cut::for_index(&line.body),
                ],
            )?;
        }
        Ok(())
    }

    pub(crate) fn remove_line(&self, email: EmailId) -> Result<(), StoreError> {
        self.run(
            "taking a letter out of the index",
            "DELETE FROM search WHERE rowid = ?1",
            [email.0],
        )?;
        Ok(())
    }
}
