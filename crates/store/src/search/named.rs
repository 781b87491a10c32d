//! Folders and accounts that a query names (`in:`, `account:`). Case and accents make no difference, as in words; a folder is also known
//! by what it stands in (`projects/lighthouse`, `work/inbox`), the account last of all, so that those of one name can be told apart.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use waxwing_model::{Account, AccountId, Mailbox, MailboxId};

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
        Asked::Folder(name) => Some(folders(known.mailboxes, known.accounts, name, false)),
        Asked::FolderLike(name) => Some(folders(known.mailboxes, known.accounts, name, true)),
        Asked::Account(name) => Some(of_accounts(known, name, false)),
        Asked::AccountLike(name) => Some(of_accounts(known, name, true)),
        _ => None,
    }
}

/// Whether there is what a wish names.
pub(crate) fn is_known(asked: &Asked, mailboxes: &[Mailbox], all_accounts: &[Account]) -> bool {
    match asked {
        Asked::Folder(name) => !folders(mailboxes, all_accounts, name, false).is_empty(),
        Asked::Account(name) => !accounts(all_accounts, name, false).is_empty(),
        _ => true,
    }
}

/// The mailboxes that have this name or this role; those that begin so, where there is none and it may still be typed.
fn folders(mailboxes: &[Mailbox], accounts: &[Account], name: &str, typing: bool) -> Vec<i64> {
    let names: HashMap<MailboxId, Named> = mailboxes
        .iter()
        .map(|mailbox| {
            let parent = mailbox.parent;
            let name = plain(&mailbox.name);
            (mailbox.id, Named { name, parent })
        })
        .collect();
    // What stands in no folder stands in its account. Without a stroke in what is typed nobody can mean that.
    let within: HashMap<AccountId, Vec<String>> = accounts
        .iter()
        .filter(|_| name.contains('/'))
        .map(|account| (account.id, names_of(account)))
        .collect();
    let called = mailboxes.iter().map(|mailbox| {
        let role = mailbox.role.and_then(|role| word(&role).ok());
        let mut called = paths(&names, mailbox.id);
        let whole = called.last().cloned();
        let role = role.map(|role| plain(&role));
        let account = within.get(&mailbox.account).into_iter().flatten();
        let full = account.flat_map(|account| {
            let ends = whole.iter().chain(role.iter());
            ends.map(move |end| format!("{account}/{end}"))
        });
        let full: Vec<String> = full.collect();
        called.extend(role);
        called.extend(full);
        (mailbox.id.0, called)
    });
    chosen(called, name, typing)
}

/// A mailbox's name as it is compared, and what it stands in.
struct Named {
    name: String,
    parent: Option<MailboxId>,
}

/// What a mailbox may be called: its name, that with what it stands in, and so on.
fn paths(names: &HashMap<MailboxId, Named>, mailbox: MailboxId) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    let mut next = names.get(&mailbox);
    while let (Some(one), true) = (next, paths.len() < DEEPEST) {
        paths.push(match paths.last() {
            Some(within) => format!("{}/{within}", one.name),
            None => one.name.clone(),
        });
        next = one.parent.and_then(|parent| names.get(&parent));
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
    let called = accounts.iter().map(|account| (account.id.0, names_of(account)));
    chosen(called, name, typing)
}

/// What an account may be called, as it is compared.
fn names_of(account: &Account) -> Vec<String> {
    let local = account.email.split('@').next().unwrap_or_default();
    let called = [account.email.as_str(), local, &account.name, &account.label];
    let called = called.into_iter().map(plain);
    called.filter(|name| !name.is_empty()).collect()
}

/// Those that are called so, of all with what they may be called as it is compared.
fn chosen(all: impl Iterator<Item = (i64, Vec<String>)>, name: &str, typing: bool) -> Vec<i64> {
    let name = plain(name);
    let (mut exact, mut likely) = (Vec::new(), Vec::new());
    for (id, called) in all {
        if called.contains(&name) {
            exact.push(id);
        } else if typing && called.iter().any(|called| called.starts_with(&name)) {
            likely.push(id);
        }
    }
    if exact.is_empty() { likely } else { exact }
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    let folded = folded(name);
    let letters = folded.nfd().filter(|letter| !is_mark(*letter));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

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
            assert_eq!(folders(&all, &[], name, false), expected, "{name}");
        }
        assert_eq!(folders(&all, &[], "reun", true), [1], "while it is being typed");
        assert_eq!(folders(&all, &[], "projects/s", true), [3]);
        assert_eq!(folders(&all, &[], "reun", false), [0; 0]);
    }

    #[test]
    fn as_many_folders_as_a_server_may_have_are_looked_at_once_each() {
        let all = |count: usize| -> Vec<Mailbox> {
            let count = i64::try_from(count).unwrap();
            let within = |id: i64| (id > 1).then_some(id - 1);
            (1..=count)
                .map(|id| mailbox(id, &format!("Réunion {id}"), within(id)))
                .collect()
        };
        assert_eq!(folders(&all(500), &[], "reunion 499/reunion 500", false), [500]);
        assert_linear("folders", 500, all, |all| {
            folders(all, &[], "nothing of that name", true)
        });
    }
}
