//! All that stands on an IMAP server, by the headers of its letters. Nothing is written.

use std::collections::HashSet;

use waxwing_model::{Address, Filing, Keywords, ObjectIds, Role, Timestamp};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{FetchedHeader, ListedMailbox, Session, UidSet};

use crate::engine::blocking;
use crate::error::{EngineError, Result};

/// Letters whose headers are asked for at once.
const WINDOW: usize = 1_000;

/// By what a letter is compared before its text is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sight {
    pub(super) message_id: Option<String>,
    /// Who, what and when; it stands for the Message-ID where there is none.
    pub(super) looks: String,
    pub(super) size: u32,
}

impl Sight {
    pub(super) fn new(
        message_id: Option<String>,
        (from, subject, date): (&[Address], &str, Option<Timestamp>),
        size: u32,
    ) -> Self {
        let people: Vec<&str> = from.iter().map(|address| address.email.as_str()).collect();
        let date = date.map(|moment| moment.to_string()).unwrap_or_default();
        Self {
            message_id,
            looks: format!("{}\n{}\n{date}", people.join(" "), subject.trim()),
            size,
        }
    }
}

/// A letter on the server.
#[derive(Debug, Clone)]
pub(super) struct There {
    /// Which of [`Census::folders`].
    pub(super) folder: usize,
    pub(super) uid: u32,
    pub(super) sight: Sight,
    pub(super) keywords: Keywords,
    pub(super) ids: Option<ObjectIds>,
}

/// A folder that can be opened.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    pub(super) path: String,
    pub(super) parts: Vec<String>,
    pub(super) role: Option<Role>,
    pub(super) uid_validity: u32,
    pub(super) uid_next: u32,
}

#[derive(Debug)]
pub(super) struct Census {
    pub(super) listed: Vec<ListedMailbox>,
    pub(super) folders: Vec<Folder>,
    pub(super) letters: Vec<There>,
    pub(super) filing: Filing,
}

impl Census {
    /// `tell` hears how many letters of how many were looked at.
    pub(super) async fn take(session: &mut Session, tell: &(dyn Fn(u32, u32) + Sync)) -> Result<Self> {
        let mut listed = session.list().await?;
        // Parents before children.
        listed.sort_by_key(|mailbox| mailbox.parts.len());
        if !listed
            .iter()
            .any(|mailbox| mailbox.path.eq_ignore_ascii_case("INBOX"))
        {
            return Err(EngineError::Invalid(
                "the server does not list an inbox, so that nothing can be compared with it".into(),
            ));
        }
        let mut census = Self {
            folders: Vec::new(),
            letters: Vec::new(),
            filing: session.capabilities().filing(),
            listed,
        };
        let mut to_read = Vec::new();
        for mailbox in in_order(&census.listed) {
            let selected = match session.select(&mailbox.path).await {
                Ok(selected) => selected,
                // Folders of others that may be seen and not opened.
                Err(RemoteError::Refused { .. }) if mailbox.role.is_none() => continue,
                Err(error) => return Err(error.into()),
            };
            let uids = match selected.exists {
                0 => Vec::new(),
                _ => session.uids().await?,
            };
            census.folders.push(Folder {
                path: mailbox.path.clone(),
                parts: mailbox.parts.clone(),
                role: mailbox.role,
                uid_validity: selected.uid_validity,
                uid_next: selected.uid_next,
            });
            to_read.push(uids);
        }
        let total = count(to_read.iter().map(Vec::len).sum());
        let mut done = 0;
        // A server that names its letters has one of them in several folders; it counts where it was met first.
        let mut named = HashSet::new();
        for (at, uids) in to_read.into_iter().enumerate() {
            let Some(folder) = census.folders.get(at) else {
                continue;
            };
            if !uids.is_empty() && session.selected() != Some(folder.path.as_str()) {
                let again = session.select(&folder.path).await?;
                if again.uid_validity != folder.uid_validity {
                    return Err(EngineError::Invalid(
                        "the server has numbered a folder anew meanwhile; please try again".into(),
                    ));
                }
            }
            for window in uids.chunks(WINDOW) {
                let mut headers = Vec::with_capacity(window.len());
                session
                    .fetch_headers(&UidSet::from_uids(window), &mut |header| headers.push(header))
                    .await?;
                for letter in blocking(move || read(at, headers)).await? {
                    let name = letter.ids.as_ref().map(|ids| ids.email.clone());
                    if name.is_none_or(|name| named.insert(name)) {
                        census.letters.push(letter);
                    }
                }
                done += count(window.len());
                tell(done, total);
            }
        }
        Ok(census)
    }
}

/// The inbox first, and "All Mail" behind the folders whose letters it has too.
fn in_order(listed: &[ListedMailbox]) -> Vec<ListedMailbox> {
    let mut folders: Vec<ListedMailbox> = listed.iter().filter(|one| one.selectable).cloned().collect();
    folders.sort_by_key(|mailbox| match mailbox.role {
        Some(Role::Inbox) => 0,
        Some(Role::All) => 2,
        _ => 1,
    });
    folders
}

fn read(folder: usize, mut headers: Vec<FetchedHeader>) -> Vec<There> {
    headers.sort_by_key(|header| header.uid);
    // A server may tell of one twice.
    headers.dedup_by_key(|header| header.uid);
    headers
        .into_iter()
        .map(|header| {
            let envelope = waxwing_mime::parse_envelope(&header.header);
            let told = (envelope.from.as_slice(), envelope.subject.as_str(), envelope.date);
            There {
                folder,
                uid: header.uid,
                sight: Sight::new(envelope.message_id.clone(), told, header.size),
                keywords: header.keywords,
                ids: header.ids,
            }
        })
        .collect()
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
