//! What the server has: letters, mailboxes, and what it means to put one into the other. No byte of IMAP is here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Semantics;
use super::syntax::field;

pub(super) const DELETED: &str = "\\Deleted";

pub(super) struct Letter {
    pub(super) thread: Option<u64>,
    pub(super) raw: Vec<u8>,
    pub(super) received: String,
    /// Gmail's: of the letter, whatever mailbox it is looked at in.
    flags: BTreeSet<String>,
}

/// A message: a letter in a mailbox.
pub(super) struct Message {
    pub(super) letter: u64,
    /// Its own, and where letters have flags only whether it is deleted.
    flags: BTreeSet<String>,
    pub(super) modseq: u64,
}

pub(super) struct Mailbox {
    pub(super) path: String,
    /// SPECIAL-USE (RFC 6154).
    pub(super) attribute: Option<&'static str>,
    pub(super) identity: String,
    pub(super) validity: u32,
    pub(super) next: u32,
    pub(super) modseq: u64,
    pub(super) messages: BTreeMap<u32, Message>,
}

pub(super) struct World {
    pub(super) semantics: Semantics,
    pub(super) letters: BTreeMap<u64, Letter>,
    pub(super) mailboxes: Vec<Mailbox>,
    pub(super) heard: Vec<String>,
    modseq: u64,
    named: u64,
    bodies: HashMap<u64, u32>,
    headers: HashMap<u64, u32>,
}

/// Gmail's names are numbers of this size.
const FIRST_LETTER: u64 = 1_278_455_344_230_334_865;

impl World {
    pub(super) fn new(semantics: Semantics) -> Self {
        let mut world = Self {
            semantics,
            letters: BTreeMap::new(),
            mailboxes: Vec::new(),
            heard: Vec::new(),
            modseq: 100,
            named: 0,
            bodies: HashMap::new(),
            headers: HashMap::new(),
        };
        let usual: &[(&str, Option<&'static str>)] = match semantics {
            Semantics::Gmail => &[
                ("INBOX", None),
                ("[Gmail]/All Mail", Some("\\All")),
                ("[Gmail]/Sent Mail", Some("\\Sent")),
                ("[Gmail]/Spam", Some("\\Junk")),
                ("[Gmail]/Trash", Some("\\Trash")),
            ],
            Semantics::Objects => &[
                ("INBOX", None),
                ("Junk", Some("\\Junk")),
                ("Sent", Some("\\Sent")),
                ("Trash", Some("\\Trash")),
            ],
        };
        for (path, attribute) in usual {
            world.create(path);
            if let Some(mailbox) = world.mailboxes.last_mut() {
                mailbox.attribute = *attribute;
            }
        }
        world
    }

    pub(super) fn create(&mut self, path: &str) -> bool {
        if self.mailbox(path).is_some() {
            return false;
        }
        self.named += 1;
        self.mailboxes.push(Mailbox {
            path: path.to_owned(),
            attribute: None,
            identity: format!("F{}", self.named),
            validity: 7,
            next: 1,
            modseq: self.modseq,
            messages: BTreeMap::new(),
        });
        true
    }

    /// Labels go and leave their letters; folders take what is in them along.
    pub(super) fn delete(&mut self, path: &str) -> bool {
        let before = self.mailboxes.len();
        self.mailboxes.retain(|mailbox| mailbox.path != path);
        self.forget_unplaced();
        self.mailboxes.len() < before
    }

    pub(super) fn rename(&mut self, from: &str, to: &str) -> bool {
        if self.mailbox(from).is_none() || self.mailbox(to).is_some() {
            return false;
        }
        let within = format!("{from}/");
        for mailbox in &mut self.mailboxes {
            if mailbox.path == from {
                mailbox.path = to.to_owned();
            } else if let Some(rest) = mailbox.path.strip_prefix(&within) {
                mailbox.path = format!("{to}/{rest}");
            }
        }
        true
    }

    pub(super) fn renumber(&mut self, path: &str) {
        if let Some(mailbox) = self.mailbox_mut(path) {
            mailbox.validity += 1;
            let messages = std::mem::take(&mut mailbox.messages);
            mailbox.messages = (1001..).zip(messages.into_values()).collect();
            mailbox.next = 2001;
        }
    }

    pub(super) fn mailbox(&self, path: &str) -> Option<&Mailbox> {
        self.mailboxes.iter().find(|mailbox| is_named(mailbox, path))
    }

    fn mailbox_mut(&mut self, path: &str) -> Option<&mut Mailbox> {
        self.mailboxes.iter_mut().find(|mailbox| is_named(mailbox, path))
    }

    pub(super) fn create_letter(&mut self, raw: Vec<u8>, thread: Option<u64>) -> u64 {
        self.named += 1;
        let number = self.named;
        let minutes = number % 1_440;
        self.letters.insert(
            FIRST_LETTER + number,
            Letter {
                thread,
                raw,
                received: format!("02-Jan-2023 {:02}:{:02}:00 +0000", minutes / 60, minutes % 60),
                flags: BTreeSet::new(),
            },
        );
        FIRST_LETTER + number
    }

    /// Puts a letter into a mailbox and says under which number. A label is put on a letter once.
    pub(super) fn put(&mut self, path: &str, letter: u64) -> Option<u32> {
        self.put_with(path, letter, BTreeSet::new())
    }

    fn put_with(&mut self, path: &str, letter: u64, flags: BTreeSet<String>) -> Option<u32> {
        let attribute = self.mailbox(path)?.attribute;
        if self.semantics == Semantics::Gmail {
            if is_out_of_sight(attribute) {
                self.take_everywhere(letter, |other| other.path != path);
            } else {
                self.take_everywhere(letter, |other| is_out_of_sight(other.attribute));
                if attribute != Some("\\All") {
                    self.put("[Gmail]/All Mail", letter);
                }
            }
            if let Some((uid, _)) = self.find(path, letter) {
                return Some(uid);
            }
        }
        self.modseq += 1;
        let modseq = self.modseq;
        let mailbox = self.mailbox_mut(path)?;
        let uid = mailbox.next;
        mailbox.next += 1;
        mailbox.modseq = modseq;
        mailbox.messages.insert(
            uid,
            Message {
                letter,
                flags,
                modseq,
            },
        );
        Some(uid)
    }

    /// Takes a letter out of a mailbox, as a move does that ends elsewhere.
    pub(super) fn take(&mut self, path: &str, letter: u64) {
        self.take_everywhere(letter, |mailbox| is_named(mailbox, path));
        self.forget_unplaced();
    }

    fn take_everywhere(&mut self, letter: u64, which: impl Fn(&Mailbox) -> bool) {
        self.modseq += 1;
        for mailbox in self.mailboxes.iter_mut().filter(|mailbox| which(mailbox)) {
            let before = mailbox.messages.len();
            mailbox.messages.retain(|_, message| message.letter != letter);
            if mailbox.messages.len() < before {
                mailbox.modseq = self.modseq;
            }
        }
    }

    /// COPY of one message. Gives the new number.
    pub(super) fn copy(&mut self, from: &str, uid: u32, to: &str) -> Option<u32> {
        let message = self.mailbox(from)?.messages.get(&uid)?;
        let (letter, flags) = (message.letter, message.flags.clone());
        self.put_with(to, letter, flags)
    }

    /// MOVE of one message. Gives the new number.
    pub(super) fn carry(&mut self, from: &str, uid: u32, to: &str) -> Option<u32> {
        let new = self.copy(from, uid, to)?;
        let stays = self.semantics == Semantics::Gmail && self.mailbox(from)?.attribute == Some("\\All");
        if from != to && !stays {
            self.remove(from, uid);
        }
        Some(new)
    }

    /// EXPUNGE of one message.
    pub(super) fn expunge(&mut self, path: &str, uid: u32) {
        let Some(mailbox) = self.mailbox(path) else { return };
        let letter = mailbox.messages.get(&uid).map(|message| message.letter);
        let for_good = is_out_of_sight(mailbox.attribute) || mailbox.attribute == Some("\\All");
        match letter {
            Some(letter) if self.semantics == Semantics::Gmail && for_good => {
                self.take_everywhere(letter, |_| true);
            }
            _ => self.remove(path, uid),
        }
        self.forget_unplaced();
    }

    fn remove(&mut self, path: &str, uid: u32) {
        self.modseq += 1;
        let modseq = self.modseq;
        if let Some(mailbox) = self.mailbox_mut(path)
            && mailbox.messages.remove(&uid).is_some()
        {
            mailbox.modseq = modseq;
        }
    }

    fn forget_unplaced(&mut self) {
        let placed: BTreeSet<u64> = self
            .mailboxes
            .iter()
            .flat_map(|mailbox| mailbox.messages.values().map(|message| message.letter))
            .collect();
        self.letters.retain(|letter, _| placed.contains(letter));
    }

    pub(super) fn mark(&mut self, path: &str, letter: u64, flag: &str, set: bool) {
        if let Some((uid, _)) = self.find(path, letter) {
            self.mark_at(path, uid, flag, set);
        }
    }

    /// STORE of one flag.
    pub(super) fn mark_at(&mut self, path: &str, uid: u32, flag: &str, set: bool) {
        self.modseq += 1;
        let modseq = self.modseq;
        let of_letter = self.semantics == Semantics::Gmail && flag != DELETED;
        let Some(message) = self
            .mailbox_mut(path)
            .and_then(|mailbox| mailbox.messages.get_mut(&uid))
        else {
            return;
        };
        message.modseq = modseq;
        let letter = message.letter;
        if !of_letter {
            change(&mut message.flags, flag, set);
            if let Some(mailbox) = self.mailbox_mut(path) {
                mailbox.modseq = modseq;
            }
            return;
        }
        if let Some(letter) = self.letters.get_mut(&letter) {
            change(&mut letter.flags, flag, set);
        }
        for mailbox in &mut self.mailboxes {
            for message in mailbox.messages.values_mut() {
                if message.letter == letter {
                    message.modseq = modseq;
                    mailbox.modseq = modseq;
                }
            }
        }
    }

    pub(super) fn flags(&self, message: &Message) -> Vec<String> {
        let letter = self.letters.get(&message.letter);
        let mut flags = message.flags.clone();
        flags.extend(letter.into_iter().flat_map(|letter| letter.flags.iter().cloned()));
        flags.into_iter().collect()
    }

    fn find(&self, path: &str, letter: u64) -> Option<(u32, &Message)> {
        let messages = &self.mailbox(path)?.messages;
        messages
            .iter()
            .find(|(_, message)| message.letter == letter)
            .map(|(uid, message)| (*uid, message))
    }

    pub(super) fn flags_of(&self, path: &str, letter: u64) -> Vec<String> {
        self.find(path, letter)
            .map(|(_, message)| self.flags(message))
            .unwrap_or_default()
    }

    pub(super) fn places(&self, letter: u64) -> Vec<String> {
        let mut places: Vec<String> = self
            .mailboxes
            .iter()
            .flat_map(|mailbox| {
                mailbox
                    .messages
                    .values()
                    .filter(|message| message.letter == letter)
                    .map(|_| mailbox.path.clone())
            })
            .collect();
        places.sort();
        places
    }

    pub(super) fn with_subject(&self, subject: &str) -> Vec<u64> {
        self.letters
            .iter()
            .filter(|(_, letter)| field(&letter.raw, "Subject") == subject)
            .map(|(name, _)| *name)
            .collect()
    }

    pub(super) fn gave_body(&mut self, letter: u64) {
        *self.bodies.entry(letter).or_default() += 1;
    }

    pub(super) fn gave_header(&mut self, letter: u64) {
        *self.headers.entry(letter).or_default() += 1;
    }

    pub(super) fn bodies_given(&self, letter: u64) -> u32 {
        self.bodies.get(&letter).copied().unwrap_or(0)
    }

    pub(super) fn headers_given(&self, letter: u64) -> u32 {
        self.headers.get(&letter).copied().unwrap_or(0)
    }
}

fn is_named(mailbox: &Mailbox, path: &str) -> bool {
    mailbox.path == path || (path.eq_ignore_ascii_case("INBOX") && mailbox.path == "INBOX")
}

/// Trash and Spam: what is in them is in no other mailbox.
fn is_out_of_sight(attribute: Option<&str>) -> bool {
    matches!(attribute, Some("\\Trash" | "\\Junk"))
}

fn change(flags: &mut BTreeSet<String>, flag: &str, set: bool) {
    if set {
        flags.insert(flag.to_owned());
    } else {
        flags.remove(flag);
    }
}
