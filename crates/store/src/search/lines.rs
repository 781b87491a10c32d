//! Lines of the search index that a transaction has still to write. They are written together at its end: a statement
//! that fires triggers opens a savepoint, at each savepoint FTS5 writes out all that it has gathered so far, and that
//! costs more than the indexing itself. Where there are many, they are left to [`Writing::index_waiting`].

use std::collections::BTreeMap;

use rusqlite::params;
use waxwing_model::EmailId;

use super::record::Rest;
use super::{cut, volumes};
use crate::{Papers, StoreError, Writing};

/// Letters of one transaction that are indexed in it. More come from a synchronisation under way, which will soon touch
/// the same letters again.
const AT_ONCE: usize = 50;

/// After about so many letters that come alone it is looked whether a volume is full.
const LOOK_EVERY: i64 = 64;

/// What of a letter is searched, as text.
#[derive(Default)]
pub(crate) struct Line {
    pub subject: String,
    pub sender: String,
    pub recipients: String,
    pub copies: String,
    pub body: String,
    /// Names of attachments, a line each.
    pub files: String,
    /// Words for what kind of files they are.
    pub kinds: String,
    /// What the mailing list is called.
    pub list: String,
    /// What stands in the attachments.
    pub papers: String,
    /// Whether that is still to be read.
    pub rest: Rest,
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
pub(crate) struct Lines(BTreeMap<EmailId, (Former, Option<Pending>)>);

/// What a line is to be made of beside the letter's header.
struct Pending {
    record: String,
    papers: Option<Papers>,
}

impl Writing<'_> {
    /// Has a line written, with this record of the letter's body and what stands in its files, in the place of the one that waits
    /// or stands there. It is made when it is written.
    pub(crate) fn line_up(&mut self, email: EmailId, former: Former, record: &str, papers: Option<Papers>) {
        // What waited is not in the index, so there may be nothing to replace there.
        let former = self.lines.0.remove(&email).map_or(former, |(before, _)| before);
        let pending = (self.lines.0.len() < AT_ONCE).then(|| Pending {
            record: record.to_owned(),
            papers,
        });
        self.lines.0.insert(email, (former, pending));
    }

    /// Takes a letter out of the index.
    pub(crate) fn unindex(&mut self, email: EmailId) -> Result<(), StoreError> {
        let waited = self.lines.0.remove(&email);
        if !matches!(waited, Some((Former::None, _)))
            && let Some(volume) = self.former_volume(email)?
        {
            self.remove_line(email, volume)?;
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
        for (email, (former, pending)) in lines {
            let Some(Pending { record, papers }) = pending else {
                // There were more of them for a while.
                self.leave_unindexed(email..=email, former)?;
                continue;
            };
            if former == Former::Older
                && let Some(volume) = self.former_volume(email)?
            {
                self.remove_line(email, volume)?;
            }
            let line = match self.line_of(email, &record) {
                // It went in the same transaction.
                Err(StoreError::NoSuch { .. }) => continue,
                line => line?,
            };
            let line = match papers {
                Some(papers) => line.with_papers(papers),
                None => line,
            };
            written.push((email, line));
        }
        let volumes = self.write_lines(&written)?;
        // To count the lines of a volume takes longer than to write one, so that is not done for each.
        if written.iter().any(|(email, _)| email.0 % LOOK_EVERY == 0) {
            for volume in volumes {
                self.cut_if_full(volume)?;
            }
        }
        Ok(())
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

    /// Writes lines of letters that have none. Says into which volumes.
    pub(crate) fn write_lines(&self, lines: &[(EmailId, Line)]) -> Result<Vec<i64>, StoreError> {
        let volumes = self.volumes_of(lines.iter().map(|(email, _)| *email))?;
        let mut written = volumes.clone();
        written.sort_unstable();
        written.dedup();
        // One volume after the other, each by ascending id.
        for &volume in &written {
            self.unlist(volume)?;
            self.prepare_volume(volume, lines.len())?;
            let sql = format!(
                "INSERT INTO {} (rowid, body, subject, sender, recipients, copies, files, kinds, list, papers)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                volumes::table(volume)
            );
            for ((email, line), _) in lines.iter().zip(&volumes).filter(|(_, of)| **of == volume) {
                self.run(
                    "indexing a letter",
                    &sql,
                    params![
                        email.0,
                        cut::for_index(&line.body),
                        cut::for_index(&line.subject),
                        cut::for_index(&line.sender),
                        cut::for_index(&line.recipients),
                        cut::for_index(&line.copies),
                        cut::for_index(&line.files),
                        cut::for_index(&line.kinds),
                        cut::for_index(&line.list),
                        cut::for_index(&line.papers),
                    ],
                )?;
            }
        }
        // Not in between: FTS5 would write out what it has gathered for each of them.
        for (email, line) in lines.iter().filter(|(_, line)| line.rest != Rest::Nothing) {
            self.leave_unopened(*email, line.rest)?;
        }
        Ok(written)
    }

    pub(crate) fn remove_line(&self, email: EmailId, volume: i64) -> Result<(), StoreError> {
        self.run(
            "taking a letter out of the index",
            &format!("DELETE FROM {} WHERE rowid = ?1", volumes::table(volume)),
            [email.0],
        )?;
        Ok(())
    }
}
