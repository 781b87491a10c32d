//! A mailbox as it is listed: its names, what it is for, and the place that it stands in, from the responses to LIST (RFC
//! 9051, section 7.3.1).
//!
//! Not here: the commands (`list`).

use std::collections::BTreeSet;

use waxwing_model::Role;

use super::grammar::Cursor;
use super::path::{self, Names};
use super::response::Data;
use super::role;
use super::status::Status;

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
    pub(super) path: String,
    /// The name was no text, so no command can ever name it.
    unspeakable: bool,
}

/// INBOX has no case, and one name for it is enough (RFC 9051, section 5.1).
pub(super) fn canonical(path: &str) -> String {
    if path.eq_ignore_ascii_case("INBOX") {
        "INBOX".to_owned()
    } else {
        path.to_owned()
    }
}

impl Entry {
    pub(super) fn read(data: &Data<'_>, names: Names) -> Option<Self> {
        let mut cursor: Cursor<'_> = data.rest;
        let attributes = cursor.atoms()?;
        cursor.spaces();
        let delimiter = cursor.nstring()?;
        cursor.spaces();
        let name = cursor.astring().unwrap_or_default();
        let path = String::from_utf8_lossy(&name).into_owned();
        let unspeakable = path.as_bytes() != &*name || path.contains(['\r', '\n', '\0']);
        let path = names.heard(&path);
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

    /// What it is for, if the server says so.
    fn role(&self) -> Option<Role> {
        self.attributes
            .iter()
            .find_map(|attribute| role::from_attribute(attribute))
    }

    pub(super) fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|one| one == attribute)
    }
}

/// Whether a mailbox is said to be for something and may be another person's, so that letters which are sent or thrown
/// away would land there.
pub(super) fn doubtful(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| {
        let deep = path::decode_path(&entry.path, entry.delimiter);
        deep.len() > 1
            && deep.first().is_some_and(|first| {
                // Google keeps a person's own folders in one of its own.
                let own = ["INBOX", "[Gmail]", "[Google Mail]"];
                !own.iter().any(|own| first.eq_ignore_ascii_case(own))
            })
            && entry.role().is_some()
    })
}

pub(super) fn mailboxes(
    entries: Vec<Entry>,
    subscribed: &BTreeSet<String>,
    is_foreign: impl Fn(&str) -> bool,
) -> Vec<ListedMailbox> {
    let mut seen = BTreeSet::new();
    let mut mailboxes: Vec<ListedMailbox> = Vec::new();
    let mut told = Vec::new();
    for entry in entries {
        if entry.path.is_empty() || !seen.insert(entry.path.clone()) {
            continue;
        }
        told.push(entry.role().filter(|_| !is_foreign(&entry.path)));
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
    add_headings(&mut mailboxes);
    mailboxes.sort_by_key(|mailbox| mailbox.role != Some(Role::Inbox));
    mailboxes
}

/// A place that only holds mailboxes need not be listed (RFC 9051, section 6.3.9.5): `Shared Folders` above
/// `Shared Folders/team`. Without it nobody would see whose `team` that is.
fn add_headings(mailboxes: &mut Vec<ListedMailbox>) {
    let mut known: BTreeSet<Vec<String>> = mailboxes.iter().map(|one| one.parts.clone()).collect();
    let mut headings = Vec::new();
    for mailbox in mailboxes.iter() {
        let Some(delimiter) = mailbox.delimiter else {
            continue;
        };
        for (end, _) in mailbox.path.match_indices(delimiter) {
            let Some(path) = mailbox.path.get(..end) else {
                continue;
            };
            let parts = path::decode_path(path, Some(delimiter));
            // INBOX is the same in any case; a delimiter at the beginning names nothing.
            let is_inbox = parts.len() == 1 && path.eq_ignore_ascii_case("INBOX");
            if parts.is_empty() || is_inbox || !known.insert(parts.clone()) {
                continue;
            }
            headings.push(ListedMailbox {
                path: path.to_owned(),
                parts,
                delimiter: Some(delimiter),
                role: None,
                selectable: false,
                subscribed: false,
                status: None,
                identity: None,
            });
        }
    }
    mailboxes.append(&mut headings);
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
            Some(Response::Data(data)) => Entry::read(&data, Names::default()).expect("it is a LIST"),
            other => panic!("{line} is {other:?}"),
        });
        mailboxes(entries.collect(), &BTreeSet::new(), |path| {
            path.starts_with("Other Users")
        })
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
                "a]b",
                "a"
            ]
        );
        assert_eq!(list[4].parts, ["a", "b"], "a backslash can be the delimiter");
        assert!(
            !list[6].selectable,
            "and what stands before it is a place for folders"
        );
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
    fn folders_of_others_stand_under_a_heading_and_are_for_nothing_of_ours() {
        let list = listed(&[
            "* LIST () \"/\" INBOX\r\n",
            "* LIST (\\Sent) \"/\" \"Other Users/jonas/Sent\"\r\n",
            "* LIST (\\Trash) \"/\" \"Mine/Gone\"\r\n",
            "* LIST () \"/\" \"Mine\"\r\n",
            "* LIST () \".\" Inbox.Sent\r\n",
        ]);
        let headings: Vec<(&str, &[String])> = list
            .iter()
            .filter(|mailbox| !mailbox.selectable)
            .map(|mailbox| (mailbox.path.as_str(), mailbox.parts.as_slice()))
            .collect();
        let parts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            headings,
            [
                ("Other Users", parts(&["Other Users"]).as_slice()),
                ("Other Users/jonas", parts(&["Other Users", "jonas"]).as_slice())
            ],
            "each place is there once, and INBOX needs none"
        );
        assert_eq!(role_of(&list, "Other Users/jonas/Sent"), None, "it is jonas's");
        assert_eq!(role_of(&list, "Mine/Gone"), Some(Role::Trash));
    }

    #[test]
    fn a_name_that_is_no_text_is_seen_and_not_touched() {
        let Some(Response::Data(data)) = Response::read(b"* LIST () \"/\" \"Entw\xfcrfe\"\r\n") else {
            panic!()
        };
        let entries = vec![Entry::read(&data, Names::default()).unwrap()];
        let list = mailboxes(entries, &BTreeSet::new(), |_| false);
        assert!(!list[0].selectable, "no command could name it");
    }
}
