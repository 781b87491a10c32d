//! All files that came into some folders or from a person, of the starred or of what a search finds, in one of several orders, a page at
//! a time. What they are stands in the store (`listed_files.rs`): no letter is opened for a list. A page begins behind the last file of
//! the one before it, wherever that stands by then.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;
use waxwing_model::{Email, EmailId};
use waxwing_store::{FilePlace, FileSource, FilesOrder};

use super::attachments::Attachment;
use super::listed_files::shown;
use crate::engine::{Engine, locked};
use crate::error::Result;
use crate::set_aside::SetAside;

/// Lists that are kept: the one that somebody goes through, and the one before.
const KEPT: usize = 2;

/// A file and the letter that it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileWithLetter {
    pub letter: Email,
    pub file: Attachment,
}

/// Some files of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilesPage {
    pub files: Vec<FileWithLetter>,
    /// Behind what the next page begins, if there is one.
    pub next: Option<FilesBehind>,
    /// Files of the whole list.
    pub total: u32,
    /// Letters anywhere whose files are not known yet: they are being read, and may bring more. Those that could not be read are not
    /// counted: nobody knows when they can be.
    pub unread: u32,
}

/// The last file of a page, and in which row of the list it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilesBehind {
    pub file: FilePlace,
    pub row: u32,
}

impl FilesBehind {
    /// Where a list goes on behind it. From a list that was made since it may have gone: then with what stands in its place.
    fn row_in(self, list: &[FilePlace]) -> usize {
        let row = usize::try_from(self.row).unwrap_or(usize::MAX);
        if list.get(row) == Some(&self.file) {
            return row + 1;
        }
        match list.iter().position(|file| *file == self.file) {
            Some(row) => row + 1,
            None => row,
        }
    }
}

/// What a list is of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    source: FileSource,
    order: FilesOrder,
    words: String,
}

/// A list that was made.
#[derive(Debug, Clone)]
struct Made {
    /// The state of the store that it is of, if that is known.
    state: Option<u64>,
    files: Arc<Vec<FilePlace>>,
}

/// Lists that were made, so that their further pages are those of the first one, and so that none is made twice of what has not changed.
#[derive(Default)]
pub(crate) struct FileLists {
    kept: Mutex<VecDeque<(Asked, Made)>>,
    /// Somebody sees a list that is not whole.
    wanted: Notify,
    /// Letters whose files could not be listed just then.
    pub(crate) aside: SetAside,
}

impl FileLists {
    /// Waits until somebody sees a list that is not whole.
    pub(crate) async fn asked(&self) {
        self.wanted.notified().await;
    }

    /// One that is gone on with stays longer than those that are not.
    fn find(&self, asked: &Asked) -> Option<Made> {
        let mut kept = locked(&self.kept);
        let at = kept.iter().position(|(of, _)| of == asked)?;
        let found = kept.remove(at)?;
        let list = found.1.clone();
        kept.push_front(found);
        Some(list)
    }

    fn keep(&self, asked: Asked, list: Made) {
        let mut kept = locked(&self.kept);
        kept.retain(|(of, _)| *of != asked);
        kept.truncate(KEPT - 1);
        kept.push_front((asked, list));
    }
}

impl Engine {
    /// Files of a source that go by some words, behind one of their list or from its beginning on, so many at the most. The first page is
    /// of what is there now; those behind it go on with the list of that moment, less what has gone since. Files of letters whose text was
    /// never here are not among them: nothing is fetched for a list.
    pub async fn files(
        &self,
        source: FileSource,
        order: FilesOrder,
        words: &str,
        behind: Option<FilesBehind>,
        limit: u32,
    ) -> Result<FilesPage> {
        let asked = Asked {
            source,
            order,
            words: words.to_owned(),
        };
        let kept = self.inner.file_lists.find(&asked);
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let wish = asked.clone();
        let aside = self.inner.file_lists.aside.passed();
        let read = self.read(move |reading| {
            // Whoever begins anew sees what came since.
            let is_good =
                |made: &Made| behind.is_some() || made.state.is_some() && made.state == reading.state();
            let (made, is_new) = match kept.filter(is_good) {
                Some(made) => (made, false),
                None => {
                    let files = Arc::new(reading.file_list(&wish.source, wish.order, &wish.words)?);
                    let state = reading.state();
                    (Made { state, files }, true)
                }
            };
            let mut files = Vec::new();
            let begin = behind.map_or(0, |behind| behind.row_in(&made.files));
            let mut last = None;
            for (row, at) in made.files.iter().enumerate().skip(begin) {
                if files.len() >= most {
                    break;
                }
                let row = u32::try_from(row).unwrap_or(u32::MAX);
                last = Some(FilesBehind { file: *at, row });
                if let Some(file) = reading.file_at(*at)? {
                    files.push((at.email, file));
                }
            }
            let is_end = last.map_or(begin, |last| last.row_in(&made.files)) >= made.files.len();
            let mut emails: Vec<EmailId> = files.iter().map(|(email, _)| *email).collect();
            emails.sort_unstable();
            emails.dedup();
            Ok((
                (made, is_new),
                files,
                last.filter(|_| !is_end),
                reading.emails(&emails)?,
                reading.unlisted_count(&aside)?,
            ))
        });
        let ((made, is_new), files, next, letters, unread) = read.await?;
        let total = u32::try_from(made.files.len()).unwrap_or(u32::MAX);
        // A page of an older list that comes late takes the place of no newer one.
        if is_new {
            self.inner.file_lists.keep(asked, made);
        }
        if unread > 0 {
            self.inner.file_lists.wanted.notify_one();
        }
        let letters: HashMap<EmailId, Email> =
            letters.into_iter().map(|letter| (letter.id, letter)).collect();
        let files = files.into_iter().filter_map(|(email, file)| {
            Some(FileWithLetter {
                letter: letters.get(&email)?.clone(),
                file: shown(file),
            })
        });
        Ok(FilesPage {
            files: files.collect(),
            next,
            total,
            unread,
        })
    }
}

#[cfg(test)]
mod tests;
