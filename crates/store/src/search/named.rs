//! Folders and accounts that a query names (`in:`, `account:`). Case and accents make no difference, as in words; a folder is also known
//! by what it stands in (`projects/lighthouse`), so that those of one name can be told apart.

use unicode_normalization::UnicodeNormalization;
use waxwing_model::{Account, Mailbox, MailboxId};

use super::condition::Known;
use super::cut::is_mark;
use super::fold::folded;
use super::operator::Asked;
use crate::column::word;

/// Folders within each other that a name is put together of.
const DEEPEST: usize = 32;

/// The mailboxes that are meant, where some are.
pub(crate) fn mailboxes(asked: &Asked, known: &Known<'_>) -> Option<Vec<i64>> {
    match asked {
        Asked::Folder(name) => Some(folders(known.mailboxes, name, false)),
        Asked::FolderLike(name) => Some(folders(known.mailboxes, name, true)),
        Asked::Account(name) => Some(of_accounts(known, name, false)),
        Asked::AccountLike(name) => Some(of_accounts(known, name, true)),
        _ => None,
    }
}

/// Whether there is what a wish names.
pub(crate) fn is_known(asked: &Asked, mailboxes: &[Mailbox], all_accounts: &[Account]) -> bool {
    match asked {
        Asked::Folder(name) => !folders(mailboxes, name, false).is_empty(),
        Asked::Account(name) => !accounts(all_accounts, name, false).is_empty(),
        _ => true,
    }
}

/// The mailboxes that have this name or this role; those that begin so, where there is none and it may still be typed.
fn folders(mailboxes: &[Mailbox], name: &str, typing: bool) -> Vec<i64> {
    chosen(mailboxes, name, typing, |mailbox| {
        let role = mailbox.role.and_then(|role| word(&role).ok()).unwrap_or_default();
        let mut names = paths(mailboxes, mailbox);
        names.push(role);
        names
    })
    .map(|mailbox| mailbox.id.0)
    .collect()
}

/// What a mailbox may be called: its name, that with what it stands in, and so on.
fn paths(mailboxes: &[Mailbox], mailbox: &Mailbox) -> Vec<String> {
    let named = |id: MailboxId| mailboxes.iter().find(|one| one.id == id);
    let mut paths = vec![mailbox.name.clone()];
    let mut around = mailbox.parent.and_then(named);
    while let (Some(one), true) = (around, paths.len() < DEEPEST) {
        let path = format!("{}/{}", one.name, paths.last().map_or("", String::as_str));
        paths.push(path);
        around = one.parent.and_then(named);
    }
    paths
}

/// The same of accounts, by their address, the part before the @, and what they are called.
fn of_accounts(known: &Known<'_>, name: &str, typing: bool) -> Vec<i64> {
    let accounts = accounts(known.accounts, name, typing);
    known
        .mailboxes
        .iter()
        .filter(|mailbox| accounts.contains(&mailbox.account.0))
        .map(|mailbox| mailbox.id.0)
        .collect()
}

fn accounts(accounts: &[Account], name: &str, typing: bool) -> Vec<i64> {
    chosen(accounts, name, typing, |account| {
        let local = account.email.split('@').next().unwrap_or_default().to_owned();
        vec![
            account.email.clone(),
            local,
            account.name.clone(),
            account.label.clone(),
        ]
    })
    .map(|account| account.id.0)
    .collect()
}

fn chosen<'a, T>(
    all: &'a [T],
    name: &str,
    typing: bool,
    names: impl Fn(&T) -> Vec<String>,
) -> impl Iterator<Item = &'a T> {
    let name = plain(name);
    let those = |wanted: &dyn Fn(&str) -> bool| -> Vec<&'a T> {
        all.iter()
            .filter(|one| names(one).iter().any(|candidate| wanted(&plain(candidate))))
            .collect()
    };
    let exact = those(&|candidate| candidate == name);
    let chosen = if exact.is_empty() && typing {
        those(&|candidate| candidate.starts_with(&name))
    } else {
        exact
    };
    chosen.into_iter()
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    let folded = folded(name);
    let letters = folded.nfd().filter(|letter| !is_mark(*letter));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailbox(id: i64, name: &str, parent: Option<i64>) -> Mailbox {
        Mailbox {
            id: MailboxId(id),
            account: waxwing_model::AccountId(1),
            parent: parent.map(MailboxId),
            name: name.to_owned(),
            role: None,
            selectable: true,
            total: 0,
            unread: 0,
            subscribed: true,
        }
    }

    #[test]
    fn a_folder_is_known_by_its_name_without_accents_and_by_what_it_stands_in() {
        let all = [
            mailbox(1, "Réunions", None),
            mailbox(2, "Projects", None),
            mailbox(3, "Straße", Some(2)),
            mailbox(4, "Łódź", None),
            mailbox(5, "Strasse", Some(4)),
            mailbox(6, "a/b", None),
            // Two that hold each other end somewhere.
            mailbox(7, "left", Some(8)),
            mailbox(8, "right", Some(7)),
        ];
        for (name, expected) in [
            ("reunions", vec![1]),
            ("RE\u{301}UNIONS", vec![1]),
            ("strasse", vec![3, 5]),
            ("projects/strasse", vec![3]),
            ("lodz/straße", vec![5]),
            ("a/b", vec![6]),
            ("b", vec![]),
            ("right/left", vec![7]),
        ] {
            assert_eq!(folders(&all, name, false), expected, "{name}");
        }
        assert_eq!(folders(&all, "reun", true), [1], "while it is being typed");
        assert_eq!(folders(&all, "projects/s", true), [3]);
        assert_eq!(folders(&all, "reun", false), [0; 0]);
    }
}
