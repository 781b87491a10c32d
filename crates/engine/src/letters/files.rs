//! All files that came into some folders or from a person, of the starred or of what a search finds, in one of several orders, a page at
//! a time. What they are stands in the store (`listed_files.rs`): no letter is opened for a list.

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
    /// Where the next page begins, if there is one.
    pub next: Option<u32>,
    /// Files of the whole list.
    pub total: u32,
    /// Letters anywhere whose files are not known yet: they are being read, and may bring more. Those that could not be read are not
    /// counted: nobody knows when they can be.
    pub unread: u32,
}

/// What a list is of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    source: FileSource,
    order: FilesOrder,
    words: String,
}

/// Lists that were made, so that their further pages are those of the first one.
#[derive(Default)]
pub(crate) struct FileLists {
    kept: Mutex<VecDeque<(Asked, Arc<Vec<FilePlace>>)>>,
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
    fn find(&self, asked: &Asked) -> Option<Arc<Vec<FilePlace>>> {
        let mut kept = locked(&self.kept);
        let at = kept.iter().position(|(of, _)| of == asked)?;
        let found = kept.remove(at)?;
        let list = Arc::clone(&found.1);
        kept.push_front(found);
        Some(list)
    }

    fn keep(&self, asked: Asked, list: &Arc<Vec<FilePlace>>) {
        let mut kept = locked(&self.kept);
        kept.retain(|(of, _)| *of != asked);
        kept.truncate(KEPT - 1);
        kept.push_front((asked, Arc::clone(list)));
    }
}

impl Engine {
    /// Files of a source that go by some words, from this place of their list on, so many at the most. The first page is of what is
    /// there now; those behind it go on with the list of that moment, less what has gone since. Files of letters whose text was never
    /// here are not among them: nothing is fetched for a list.
    pub async fn files(
        &self,
        source: FileSource,
        order: FilesOrder,
        words: &str,
        offset: u32,
        limit: u32,
    ) -> Result<FilesPage> {
        let asked = Asked {
            source,
            order,
            words: words.to_owned(),
        };
        let kept = match offset {
            0 => None,
            _ => self.inner.file_lists.find(&asked),
        };
        let is_made = kept.is_none();
        let begin = usize::try_from(offset).unwrap_or(usize::MAX);
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let wish = asked.clone();
        let aside = self.inner.file_lists.aside.letters();
        let read = self.read(move |reading| {
            let list = match kept {
                Some(list) => list,
                None => Arc::new(reading.file_list(&wish.source, wish.order, &wish.words)?),
            };
            let mut files = Vec::new();
            let mut end = begin;
            for at in list.iter().skip(begin) {
                if files.len() >= most {
                    break;
                }
                end += 1;
                if let Some(file) = reading.file_at(*at)? {
                    files.push((at.email, file));
                }
            }
            let mut emails: Vec<EmailId> = files.iter().map(|(email, _)| *email).collect();
            emails.sort_unstable();
            emails.dedup();
            Ok((
                list,
                files,
                end,
                reading.emails(&emails)?,
                reading.unlisted_count(&aside)?,
            ))
        });
        let (list, files, end, letters, unread) = read.await?;
        // A page of an older list that comes late takes the place of no newer one.
        if is_made {
            self.inner.file_lists.keep(asked, &list);
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
            next: (end < list.len()).then(|| u32::try_from(end).unwrap_or(u32::MAX)),
            total: u32::try_from(list.len()).unwrap_or(u32::MAX),
            unread,
        })
    }
}

#[cfg(test)]
mod tests;
