//! All files that came into a folder or from a person, newest first, a page at a time. What they are is read from the
//! letters themselves as they are asked for.

use waxwing_model::{Email, EmailId, MailboxId};

use super::attachments::{Attachment, Seen, rows};
use super::readable::Readable;
use crate::engine::{Engine, blocking};
use crate::error::Result;

/// Whose files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    Mailbox(MailboxId),
    /// By the address that they wrote from.
    Person(String),
}

/// A file and the letter that it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileWithLetter {
    pub letter: Email,
    pub file: Attachment,
}

impl Engine {
    /// The files of the letters from `offset` on, `letters` of them at the most, and where the next page begins, if there is
    /// one. Letters whose bytes are not here are passed over: nothing is fetched for a list.
    pub async fn files(
        &self,
        source: FileSource,
        offset: u32,
        letters: u32,
    ) -> Result<(Vec<FileWithLetter>, Option<u32>)> {
        let found: Vec<EmailId> = self
            .read(move |reading| match &source {
                FileSource::Mailbox(mailbox) => reading.letters_with_files_in(*mailbox, offset, letters),
                FileSource::Person(address) => reading.letters_with_files_from(address, offset, letters),
            })
            .await?;
        let is_full = u32::try_from(found.len()).is_ok_and(|count| count == letters);
        let mut files = Vec::new();
        for letter in self.emails(found).await? {
            let Some(Readable { raw, absent }) = self.readable_here(letter.id).await? else {
                continue;
            };
            let own = blocking(move || {
                let read = waxwing_mime::parse(&raw);
                let named = waxwing_mime::shown_content_ids(&read.html_parts);
                let seen = Seen {
                    own: &|file| !file.is_file(),
                    wrapped: &|id| named.contains(id),
                };
                rows(&raw, &read, &seen, &absent, "")
            })
            .await?;
            files.extend(own.into_iter().map(|file| FileWithLetter {
                letter: letter.clone(),
                file,
            }));
        }
        Ok((files, is_full.then_some(offset + letters)))
    }
}
