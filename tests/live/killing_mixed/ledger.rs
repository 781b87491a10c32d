//! What an account holds, letters and folders, and what the busy engine has said that it did to it.

use std::collections::{BTreeMap, BTreeSet};

use journeys::{Held, Person, on_server};
use waxwing_model::Account;
use waxwing_testkit::{Dovecot, address};

use super::Outcome;

/// Folders by path, and how many letters of each kind there are. Letters that are alike in all that is looked at may
/// stand for one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    folders: BTreeSet<String>,
    letters: BTreeMap<String, i64>,
}

impl State {
    pub async fn here(person: &Person, account: &Account) -> Self {
        let folders = person.folders(account).await;
        Self::of(
            folders.into_iter().map(|(_, path)| path),
            person.held(account).await,
        )
    }

    pub fn there(dovecot: &Dovecot, person: &str) -> Outcome<Self> {
        let listed = dovecot.doveadm(&["mailbox", "list", "-u", &address(person)])?;
        Ok(Self::of(
            listed.lines().map(str::to_owned),
            on_server(dovecot, person),
        ))
    }

    fn of(folders: impl Iterator<Item = String>, letters: Vec<Held>) -> Self {
        let mut state = Self {
            folders: folders.collect(),
            letters: BTreeMap::new(),
        };
        for letter in letters {
            let Held {
                folder,
                subject,
                flagged,
            } = letter;
            state.count(&format!("{folder}|{subject}|{flagged}"), 1);
        }
        state
    }

    /// Lets the things of an effect go and come: `-/Folder 1` a folder, `+INBOX|Buoy|true` a letter.
    pub fn apply(&mut self, effect: &str) {
        for thing in effect.split('\t') {
            if let Some(folder) = thing.strip_prefix("-/") {
                self.folders.remove(folder);
            } else if let Some(folder) = thing.strip_prefix("+/") {
                self.folders.insert(folder.to_owned());
            } else if let Some(letter) = thing.strip_prefix('-') {
                self.count(letter, -1);
            } else if let Some(letter) = thing.strip_prefix('+') {
                self.count(letter, 1);
            }
        }
    }

    fn count(&mut self, letter: &str, by: i64) {
        let count = self.letters.entry(letter.to_owned()).or_default();
        *count += by;
        if *count == 0 {
            self.letters.remove(letter);
        }
    }

    /// What another state has more or less of.
    pub fn differs(&self, other: &Self) -> String {
        let mut differences = Vec::new();
        for folder in self.folders.symmetric_difference(&other.folders) {
            let sign = if other.folders.contains(folder) { '+' } else { '-' };
            differences.push(format!("{sign}/{folder}"));
        }
        let kinds: BTreeSet<&String> = self.letters.keys().chain(other.letters.keys()).collect();
        for kind in kinds {
            let count = |state: &Self| state.letters.get(kind).copied().unwrap_or_default();
            let more = count(other) - count(self);
            if more != 0 {
                differences.push(format!("{more:+} {kind}"));
            }
        }
        differences.join(", ")
    }
}

/// What the busy engine said before it was killed.
#[derive(Debug, Default)]
pub struct Log {
    /// Effects of what was acknowledged.
    pub done: Vec<String>,
    /// The effect of what was begun and not acknowledged.
    pub open: Option<String>,
    pub troubles: Vec<String>,
}

impl Log {
    pub fn read(said: &str) -> Self {
        let mut log = Self::default();
        // A line that the kill has cut off says nothing.
        for line in said.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            let line = line.trim_end_matches('\n');
            match line.split_once('\t').unwrap_or((line, "")) {
                ("will", effect) => log.open = Some(effect.to_owned()),
                ("did", _) => log.done.extend(log.open.take()),
                ("not", _) => log.open = None,
                ("trouble", what) => log.troubles.push(what.to_owned()),
                _ => {}
            }
        }
        log
    }
}
