//! The mailboxes of an account: LIST (RFC 9051, section 6.3.9), with what each is for, whether it is subscribed, and
//! how it stands.
//!
//! One command where the server can tell all of it at once (LIST-EXTENDED, RFC 5258; LIST-STATUS, RFC 5819), else
//! LIST and LSUB. Not here: which of them are shown, and which are looked into.

use std::collections::{BTreeMap, BTreeSet};

use waxwing_model::Role;

use super::command::Command;
use super::grammar::Cursor;
use super::response::Data;
use super::status::{self, Status};
use super::{Session, path, role};
use crate::RemoteError;

/// A mailbox as the server lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedMailbox {
    /// As it stands on the wire, for every other command.
    pub path: String,
    /// The names that people see, outermost first.
    pub parts: Vec<String>,
    pub delimiter: Option<char>,
    /// No two mailboxes of a list have the same.
    pub role: Option<Role>,
    pub selectable: bool,
    pub subscribed: bool,
    /// Only where it was asked for and told.
    pub status: Option<Status>,
    /// What the server calls it, whatever its name is; only where that was asked for and told (MAILBOXID, RFC 8474).
    pub identity: Option<String>,
}

/// One LIST or LSUB response.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    attributes: Vec<String>,
    pub(super) delimiter: Option<char>,
    path: String,
    /// The name was no text, so no command can ever name it.
    unspeakable: bool,
}

const DOING: &str = "listing the folders";

/// What tells whether a mailbox has changed. The number of unseen messages is not among it: counting them is what
/// makes STATUS dear on some servers, and the mod-sequence says it as well.
const NUMBERS: &str = "MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ";

/// What was told beside one command.
#[derive(Default)]
struct Told {
    entries: Vec<Entry>,
    statuses: BTreeMap<String, (Status, Option<String>)>,
    malformed: bool,
}

impl Session {
    /// All mailboxes, the inbox first.
    pub async fn list(&mut self) -> Result<Vec<ListedMailbox>, RemoteError> {
        self.list_returning(None).await
    }

    /// The same with how each stands, where one command tells it of all (LIST-STATUS) and it can tell whether a
    /// mailbox has changed (CONDSTORE), and with what each is called, where the server gives names (OBJECTID); else
    /// without.
    pub async fn list_with_status(&mut self) -> Result<Vec<ListedMailbox>, RemoteError> {
        let numbers = self.capabilities.condstore.then_some(NUMBERS);
        let name = self.capabilities.object_id.then_some("MAILBOXID");
        let items: Vec<&str> = [numbers, name].into_iter().flatten().collect();
        if !self.capabilities.list_status || items.is_empty() {
            return self.list().await;
        }
        let status = format!("STATUS ({})", items.join(" "));
        match self.list_returning(Some(&status)).await {
            // A server that cannot do what it announces, or stumbles over one of its mailboxes.
            Err(RemoteError::Refused { reply, .. }) => {
                tracing::warn!(reply, "the folders are listed without their status");
                self.list().await
            }
            listed => listed,
        }
    }

    async fn list_returning(&mut self, status: Option<&str>) -> Result<Vec<ListedMailbox>, RemoteError> {
        let extended = self.capabilities.has("LIST-EXTENDED");
        let subscribed = extended.then_some("SUBSCRIBED");
        let special_use = (extended && self.capabilities.special_use).then_some("SPECIAL-USE");
        let options: Vec<&str> = [subscribed, special_use, status].into_iter().flatten().collect();
        let command = match options.as_slice() {
            [] => "LIST \"\" \"*\"".to_owned(),
            options => format!("LIST \"\" \"*\" RETURN ({})", options.join(" ")),
        };
        let mut told = self.told(DOING, &command, "LIST").await?;
        let subscribed = if extended {
            let subscribed = told.entries.iter().filter(|entry| entry.has("\\subscribed"));
            subscribed.map(|entry| entry.path.clone()).collect()
        } else {
            let lsub = self.told(DOING, "LSUB \"\" \"*\"", "LSUB").await?.entries;
            // `\Noselect` in LSUB is a place that only has subscribed mailboxes below it (RFC 3501, section 6.3.9).
            lsub.into_iter()
                .filter(|entry| !entry.has("\\noselect"))
                .map(|entry| entry.path)
                .collect()
        };
        let mut listed = mailboxes(std::mem::take(&mut told.entries), &subscribed);
        for mailbox in &mut listed {
            if let Some((status, identity)) = told.statuses.remove(&mailbox.path) {
                mailbox.status = Some(status);
                mailbox.identity = identity;
            }
        }
        Ok(listed)
    }

    pub(super) async fn entries(
        &mut self,
        doing: &'static str,
        command: &str,
        name: &str,
    ) -> Result<Vec<Entry>, RemoteError> {
        Ok(self.told(doing, command, name).await?.entries)
    }

    async fn told(&mut self, doing: &'static str, command: &str, name: &str) -> Result<Told, RemoteError> {
        let mut told = Told::default();
        self.exchange
            .run(Command::new(doing, command), &mut |data| {
                if data.is("STATUS") {
                    // One that cannot be read is as good as none: its mailbox is looked into.
                    if let Some(one) = status::read(data.rest)
                        && let Ok(name) = std::str::from_utf8(&one.name)
                    {
                        told.statuses.insert(canonical(name), (one.status, one.identity));
                    }
                    return true;
                }
                if !data.is(name) {
                    return false;
                }
                match Entry::read(data) {
                    Some(entry) => told.entries.push(entry),
                    None => told.malformed = true,
                }
                true
            })
            .await?;
        if told.malformed {
            // A folder left out of the list would be taken for one that was deleted.
            return Err(RemoteError::protocol(
                doing,
                "the name of a folder cannot be read",
            ));
        }
        Ok(told)
    }
}

/// INBOX has no case, and one name for it is enough (RFC 9051, section 5.1).
fn canonical(path: &str) -> String {
    if path.eq_ignore_ascii_case("INBOX") {
        "INBOX".to_owned()
    } else {
        path.to_owned()
    }
}

impl Entry {
    fn read(data: &Data<'_>) -> Option<Self> {
        let mut cursor: Cursor<'_> = data.rest;
        let attributes = cursor.atoms()?;
        cursor.spaces();
        let delimiter = cursor.nstring()?;
        cursor.spaces();
        let name = cursor.astring().unwrap_or_default();
        let path = String::from_utf8_lossy(&name).into_owned();
        let unspeakable = path.as_bytes() != &*name || path.contains(['\r', '\n', '\0']);
        Some(Self {
            attributes: attributes
                .into_iter()
                .map(|one| String::from_utf8_lossy(one).to_ascii_lowercase())
                .collect(),
            delimiter: delimiter.and_then(|text| String::from_utf8_lossy(&text).chars().next()),
            path: canonical(&path),
            unspeakable,
        })
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|one| one == attribute)
    }
}

fn mailboxes(entries: Vec<Entry>, subscribed: &BTreeSet<String>) -> Vec<ListedMailbox> {
    let mut seen = BTreeSet::new();
    let mut mailboxes: Vec<ListedMailbox> = Vec::new();
    let mut told = Vec::new();
    for entry in entries {
        if entry.path.is_empty() || !seen.insert(entry.path.clone()) {
            continue;
        }
        told.push(
            entry
                .attributes
                .iter()
                .find_map(|attribute| role::from_attribute(attribute)),
        );
        mailboxes.push(ListedMailbox {
            parts: path::decode_path(&entry.path, entry.delimiter),
            delimiter: entry.delimiter,
            role: None,
            selectable: !(entry.has("\\noselect") || entry.has("\\nonexistent") || entry.unspeakable),
            subscribed: subscribed.contains(&entry.path),
            path: entry.path,
            status: None,
            identity: None,
        });
    }
    give_roles(&mut mailboxes, &told);
    mailboxes.sort_by_key(|mailbox| mailbox.role != Some(Role::Inbox));
    mailboxes
}

/// What the server tells counts first; a name is only a guess, and the best guess for a role wins.
fn give_roles(mailboxes: &mut [ListedMailbox], told: &[Option<Role>]) {
    let mut given = BTreeSet::new();
    for (mailbox, told) in mailboxes.iter_mut().zip(told) {
        let role = if mailbox.path == "INBOX" {
            Some(Role::Inbox)
        } else {
            *told
        };
        if let Some(role) =
            role.filter(|role| mailbox.selectable && *role != Role::Inbox || mailbox.path == "INBOX")
            && given.insert(role)
        {
            mailbox.role = Some(role);
        }
    }
    let mut guesses: Vec<(Role, usize, usize)> = mailboxes
        .iter()
        .enumerate()
        .filter(|(_, mailbox)| mailbox.role.is_none() && mailbox.selectable)
        .filter_map(|(at, mailbox)| role::from_names(&mailbox.parts).map(|(role, rank)| (role, rank, at)))
        .collect();
    guesses.sort_unstable();
    for (role, _, at) in guesses {
        if given.insert(role)
            && let Some(mailbox) = mailboxes.get_mut(at)
        {
            mailbox.role = Some(role);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imap::response::Response;

    fn listed(lines: &[&str]) -> Vec<ListedMailbox> {
        let entries = lines.iter().map(|line| match Response::read(line.as_bytes()) {
            Some(Response::Data(data)) => Entry::read(&data).expect("it is a LIST"),
            other => panic!("{line} is {other:?}"),
        });
        mailboxes(entries.collect(), &BTreeSet::new())
    }

    fn role_of(list: &[ListedMailbox], path: &str) -> Option<Role> {
        list.iter()
            .find(|mailbox| mailbox.path == path)
            .unwrap_or_else(|| panic!("{path} is in {list:?}"))
            .role
    }

    #[test]
    fn names_are_read_however_they_are_written() {
        let list = listed(&[
            "* LIST () \"/\" plain\r\n",
            "* LIST (\\HasNoChildren) \"/\" \"with \\\"quotes\\\" and \\\\\"\r\n",
            "* LIST () NIL {7}\r\nliteral\r\n",
            "* LIST () \"\\\\\" \"a\\\\b\" (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n",
            "* LIST (\\Noselect) \"/\" \"a]b\"\r\n",
            "* LIST () \"/\" inbox\r\n",
        ]);
        let paths: Vec<&str> = list.iter().map(|mailbox| mailbox.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "INBOX",
                "plain",
                "with \"quotes\" and \\",
                "literal",
                "a\\b",
                "a]b"
            ]
        );
        assert_eq!(list[4].parts, ["a", "b"], "a backslash can be the delimiter");
        assert_eq!(list[3].delimiter, None, "and there may be none");
        assert!(!list[5].selectable, "a place for folders holds no letters");
    }

    #[test]
    fn what_the_server_says_of_a_folder_counts_more_than_its_name() {
        let list = listed(&[
            "* LIST () \"/\" INBOX\r\n",
            "* LIST () \"/\" Trash\r\n",
            "* LIST (\\Trash) \"/\" Elsewhere\r\n",
            "* LIST (\\Sent) \"/\" Sent\r\n",
            "* LIST (\\Sent) \"/\" \"Sent Items\"\r\n",
            "* LIST () \"/\" Drafts\r\n",
            "* LIST () \"/\" INBOX/Drafts\r\n",
            "* LIST (\\Noselect) \"/\" Archive\r\n",
        ]);
        assert_eq!(role_of(&list, "Elsewhere"), Some(Role::Trash));
        assert_eq!(role_of(&list, "Trash"), None, "there is one Trash");
        assert_eq!(
            role_of(&list, "Sent Items"),
            None,
            "and one Sent, whatever the server says"
        );
        assert_eq!(
            role_of(&list, "Drafts"),
            Some(Role::Drafts),
            "a name is a guess where nothing is said"
        );
        assert_eq!(role_of(&list, "INBOX/Drafts"), None);
        assert_eq!(
            role_of(&list, "Archive"),
            None,
            "what holds no letters is no archive"
        );
    }

    #[test]
    fn a_name_that_is_no_text_is_seen_and_not_touched() {
        let Some(Response::Data(data)) = Response::read(b"* LIST () \"/\" \"Entw\xfcrfe\"\r\n") else {
            panic!()
        };
        let list = mailboxes(vec![Entry::read(&data).unwrap()], &BTreeSet::new());
        assert!(!list[0].selectable, "no command could name it");
    }
}
