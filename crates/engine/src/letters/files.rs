//! All files that came into some folders or from a person, of the starred or of what a search finds, newest first, a page at a time. What they are is read from the
//! letters themselves as they are asked for.

use std::cell::OnceCell;

use waxwing_model::{Email, EmailId, MailboxId};

use super::attachments::{Attachment, Seen, rows};
use super::readable::Readable;
use super::render::shown_ids;
use crate::engine::{Engine, blocking};
use crate::error::Result;

/// Octets of letters that are read for one page, which ends with the letter that reaches them: large letters come a few at a time,
/// so that whoever waits sees them come, and many small ones are one page.
const ENOUGH: usize = 16 * 1024 * 1024;

/// Whose files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    /// In any of these.
    Mailboxes(Vec<MailboxId>),
    /// By the address that they wrote from.
    Person(String),
    /// With a star, outside Trash and Junk.
    Starred,
    /// That this finds, in the order of the search.
    Search(String),
}

/// A file and the letter that it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileWithLetter {
    pub letter: Email,
    pub file: Attachment,
}

impl Engine {
    /// The files of the letters from `offset` on, `letters` of them at the most, and where the next page begins, if there is
    /// one. A page ends sooner where letters are large. Letters whose bytes are not here are passed over: nothing is
    /// fetched for a list.
    pub async fn files(
        &self,
        source: FileSource,
        offset: u32,
        letters: u32,
    ) -> Result<(Vec<FileWithLetter>, Option<u32>)> {
        self.files_within(source, offset, letters, ENOUGH).await
    }

    /// `enough`: octets. At least one letter is looked into, however large it is.
    async fn files_within(
        &self,
        source: FileSource,
        offset: u32,
        letters: u32,
        enough: usize,
    ) -> Result<(Vec<FileWithLetter>, Option<u32>)> {
        let found: Vec<EmailId> = self
            .read(move |reading| match &source {
                FileSource::Mailboxes(mailboxes) => reading.letters_with_files_in(mailboxes, offset, letters),
                FileSource::Person(address) => reading.letters_with_files_from(address, offset, letters),
                FileSource::Starred => reading.letters_with_files_starred(offset, letters),
                FileSource::Search(query) => reading.letters_with_files_found(query, offset, letters),
            })
            .await?;
        let is_full = u32::try_from(found.len()).is_ok_and(|count| count == letters);
        let mut next = is_full.then_some(offset + letters);
        let mut files = Vec::new();
        let mut octets = 0;
        for letter in self.emails(found.clone()).await? {
            if octets >= enough {
                let here = found.iter().position(|id| *id == letter.id);
                next = here
                    .and_then(|place| u32::try_from(place).ok())
                    .map(|place| offset + place);
                break;
            }
            let Some(Readable { raw, absent }) = self.readable_here(letter.id).await? else {
                continue;
            };
            octets += raw.len();
            let own = blocking(move || {
                let read = waxwing_mime::parse(&raw);
                // Hardly a letter has a wrapper, and nothing else asks.
                let named = OnceCell::new();
                let named = || named.get_or_init(|| shown_ids(&raw, &read));
                let seen = Seen {
                    // An invitation is no file by itself, but stands beside the files of its letter here as there.
                    own: &|file| file.shown || file.signature,
                    wrapped: &|id| named().contains(id),
                };
                rows(&raw, &read, &seen, &absent, "")
            })
            .await?;
            files.extend(own.into_iter().map(|file| FileWithLetter {
                letter: letter.clone(),
                file,
            }));
        }
        Ok((files, next))
    }
}

#[cfg(test)]
mod tests {
    use waxwing_model::{Keywords, Mailbox, Role};

    use super::*;
    use crate::letters::body::Look;
    use crate::letters::ingest::{Circumstances, insert_whole};
    use crate::without_keyring::engine;

    const GIF: &str = "GIF89a\u{1}\0\u{1}\0";

    /// A letter with a file that is called after it.
    fn from(people: &str, subject: &str) -> String {
        format!(
            "From: {people}\r\nSubject: {subject}\r\nMessage-ID: <{subject}@orchard.test>\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere it is.\r\n\
             --b\r\nContent-Type: text/csv; name={subject}.csv\r\n\
             Content-Disposition: attachment; filename={subject}.csv\r\n\r\n1,2\r\n--b--\r\n"
        )
    }

    #[tokio::test]
    async fn files_from_a_person_are_those_of_letters_that_the_person_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(folder.path()).await;
        engine.add_demo().await.unwrap();
        engine.stop().await;
        let mailboxes = engine.mailboxes().await.unwrap();
        let is = |role| move |mailbox: &&Mailbox| mailbox.role == Some(role);
        let junk = mailboxes.iter().find(is(Role::Junk)).unwrap();
        let account = junk.account;
        let mut own = mailboxes.iter().filter(|mailbox| mailbox.account == account);
        let inbox = own.find(is(Role::Inbox)).unwrap();
        for (received_at, (people, subject, mailbox)) in (1..).zip([
            ("Jonas <jonas@orchard.test>", "first", inbox.id),
            ("\"jonas@orchard.test\" <thief@lucky.test>", "pretended", inbox.id),
            ("Lena <lena@orchard.test>", "another", inbox.id),
            (
                "Lena <lena@orchard.test>, J <Jonas@Orchard.test>",
                "together",
                junk.id,
            ),
        ]) {
            let raw = from(people, subject);
            let insert = engine.write(move |writing| {
                let circumstances = Circumstances {
                    received_at,
                    keywords: Keywords::default(),
                    uid: None,
                };
                insert_whole(writing, account, mailbox, raw.as_bytes(), circumstances)
            });
            insert.await.unwrap();
        }
        let page = async |offset, letters| {
            let person = FileSource::Person("jonas@ORCHARD.test".to_owned());
            let (files, next) = engine.files(person, offset, letters).await.unwrap();
            let files = files.into_iter().map(|each| {
                assert_eq!(each.file.name, format!("{}.csv", each.letter.subject));
                each.letter.subject
            });
            (files.collect::<Vec<_>>(), next)
        };
        let all = vec!["together".to_owned(), "first".to_owned()];
        assert_eq!(page(0, 10).await, (all, None), "in whatever folder, newest first");
        assert_eq!(page(0, 1).await, (vec!["together".to_owned()], Some(1)));
        assert_eq!(page(1, 1).await, (vec!["first".to_owned()], Some(2)));
        assert_eq!(page(2, 1).await, (Vec::new(), None));
        let large = async |offset| {
            let person = FileSource::Person("jonas@orchard.test".to_owned());
            let (files, next) = engine.files_within(person, offset, 10, 1).await.unwrap();
            let subjects = files.into_iter().map(|each| each.letter.subject);
            (subjects.collect::<Vec<_>>(), next)
        };
        assert_eq!(
            large(0).await,
            (vec!["together".to_owned()], Some(1)),
            "of letters that are as large as a page each is one"
        );
        assert_eq!(large(1).await, (vec!["first".to_owned()], None));
        let both = FileSource::Mailboxes(vec![inbox.id, junk.id]);
        let (files, _) = engine.files(both, 0, 100).await.unwrap();
        let count = |subject: &str| files.iter().filter(|each| each.letter.subject == subject).count();
        assert_eq!((count("another"), count("together")), (1, 1), "of both folders");
    }

    /// A letter of HTML and one other part.
    fn letter(subject: &str, html: &str, fields: &str, octets: &str) -> String {
        format!(
            "From: lena@waxwing.test\r\nSubject: {subject}\r\nMessage-ID: <{subject}@waxwing.test>\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n\
             --b\r\n{fields}\r\n\r\n{octets}\r\n--b--\r\n"
        )
    }

    #[tokio::test]
    async fn lists_the_browser_and_the_letter_say_alike_what_is_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(folder.path()).await;
        engine.add_demo().await.unwrap();
        engine.stop().await;
        let mailboxes = engine.mailboxes().await.unwrap();
        let junk = mailboxes
            .iter()
            .find(|mailbox| mailbox.role == Some(Role::Junk))
            .unwrap();
        let (mailbox, account) = (junk.id, junk.account);
        let picture = "Content-Type: image/gif; name=a.gif\r\nContent-Location: a.gif";
        for (subject, raw, files) in [
            ("shown", letter("shown", "<img src=a.gif>", picture, GIF), 0),
            (
                "mentioned",
                letter("mentioned", "<a href=a.gif>x</a>", picture, GIF),
                1,
            ),
            (
                "hover",
                letter(
                    "hover",
                    "<style>p:hover{background:url(cid:a)}</style><p>x</p>",
                    "Content-Type: image/gif; name=a.gif\r\nContent-ID: <a>",
                    GIF,
                ),
                1,
            ),
            ("none", letter("none", "<img src=a.gif>", picture, "<html>"), 1),
            (
                "paper",
                letter(
                    "paper",
                    "<img src=cid:a>",
                    "Content-Type: application/pdf; name=a.pdf\r\nContent-ID: <a>",
                    "%PDF",
                ),
                1,
            ),
        ] {
            let insert = engine.write(move |writing| {
                let circumstances = Circumstances {
                    received_at: 0,
                    keywords: Keywords::default(),
                    uid: None,
                };
                insert_whole(writing, account, mailbox, raw.as_bytes(), circumstances)
            });
            let email = insert.await.unwrap();
            let letter = engine.emails(vec![email]).await.unwrap().remove(0);
            assert_eq!(letter.has_attachment, files > 0, "the list of {subject}");
            let body = engine.body(email, Look::default()).await.unwrap();
            assert_eq!(body.attachments.len(), files, "the rows of {subject}");
            let (browsed, _) = engine
                .files(FileSource::Mailboxes(vec![mailbox]), 0, 100)
                .await
                .unwrap();
            let browsed = browsed.iter().filter(|file| file.letter.id == email);
            assert_eq!(browsed.count(), files, "the browser of {subject}");
        }
    }
}
