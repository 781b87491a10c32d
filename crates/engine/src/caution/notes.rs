//! What is odd about a sender, next to the people whom the person knows.

use waxwing_mime::{SenderTrick, base_subject, count_of, same_parts};
use waxwing_model::{Address, Email, EmailId, Role};
use waxwing_remote::discover::registered_domain;
use waxwing_store::{Correspondent, Reading, StoreError};

use super::acquaintances::Acquaintances;
use super::bearers::same_name;
use super::links::looks_like;
use super::sites::named_site;
use super::who::{Note, domain_of};
use crate::engine::Engine;
use crate::error::Result;
use crate::letters::readable::whole;

/// Letters of an address that are looked at to find out whether it is known whose it is.
const LOOKED_AT: u32 = 12;

pub(super) fn note(trick: SenderTrick) -> Note {
    match trick {
        SenderTrick::AddressInName(address) => Note::AddressInName(address),
        SenderTrick::HiddenSigns => Note::HiddenSigns,
        SenderTrick::EncodedAddress => Note::EncodedAddress,
        SenderTrick::SeveralFrom => Note::SeveralFrom,
        SenderTrick::SeveralSenders => Note::SeveralSenders,
        SenderTrick::NoAddress => Note::NoAddress,
    }
}

impl Engine {
    /// What the people whom the person knows tell of this one.
    pub(super) async fn known_notes(&self, letter: &Email, sealed: bool, domain: &str) -> Result<Vec<Note>> {
        let sender = letter.from.first().filter(|sender| sender.email.contains('@'));
        let Some(sender) = sender.cloned() else {
            return Ok(Vec::new());
        };
        let acquaintances = self.acquaintances().await?;
        let Acquaintances { people, domains } = &*acquaintances;
        let mut notes = Vec::new();
        let known = people
            .iter()
            .any(|person| person.written_to && person.address.email.eq_ignore_ascii_case(&sender.email));
        if !known && self.is_first(letter, &sender).await? {
            notes.push(Note::First);
        }
        if !known && let Some(other) = self.bearer(&sender, people).await? {
            notes.push(Note::NameOf(other));
        }
        if let Some(like) = looks_like(domain, domains) {
            notes.push(Note::LooksLike(like));
        }
        let named = || named_site(sender.name.as_deref()?, domain, domains);
        if !known && let Some((site, known)) = named() {
            notes.push(Note::SiteInName { site, known });
        }
        if let Some(answers) = letter.reply_to.first()
            && registered_domain(&domain_of(answers)) != registered_domain(domain)
        {
            // Whoever vouches for a letter may still have answers go to somebody who is to be taken for another.
            let is_odd = !sealed
                || looks_like(&domain_of(answers), domains).is_some()
                || self.bearer(answers, people).await?.is_some();
            if is_odd {
                notes.push(Note::AnswersTo(answers.clone()));
            }
        }
        Ok(notes)
    }

    /// Whose name the sender bears too: somebody the person has written to, or of whose letters it is sure that they wrote
    /// them. Whoever only wrote may be a forger, and would make the true one look like one.
    async fn bearer(&self, sender: &Address, people: &[Correspondent]) -> Result<Option<Address>> {
        for person in same_name(sender, people) {
            if person.written_to || self.is_known_to_write(&person.address).await? {
                return Ok(Some(person.address.clone()));
            }
        }
        Ok(None)
    }

    /// Whether somebody vouches that a letter of this address was theirs, as far as is known without asking anybody.
    async fn is_known_to_write(&self, address: &Address) -> Result<bool> {
        let email = address.email.clone();
        let letters = self
            .read(move |reading| reading.letters_from(&email, LOOKED_AT))
            .await?;
        for letter in letters {
            if self.is_vouched(&letter).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The person's own copy of a letter that they have sent, by whichever of their accounts.
    pub(super) async fn sent_copy(&self, letter: &Email) -> Result<SentCopy> {
        let Some(id) = letter.message_id.clone() else {
            return Ok(SentCopy::None);
        };
        let (letter, accounts) = (letter.clone(), self.accounts().await?);
        self.read(move |reading| {
            for account in accounts {
                for email in reading.email_with_message_id(account.id, &id)? {
                    let copy = sent_copy(reading, email, &letter)?;
                    if copy != SentCopy::None {
                        return Ok(copy);
                    }
                }
            }
            Ok(SentCopy::None)
        })
        .await
    }

    async fn is_first(&self, letter: &Email, sender: &Address) -> Result<bool> {
        let (letter, address) = (letter.clone(), sender.email.clone());
        self.read(move |reading| Ok(!reading.has_earlier_from(&address, &letter)?))
            .await
    }
}

/// Whether a letter came from somewhere: each server on the way writes above what it hands on (RFC 5321, section 4.4). What the
/// person's own programs have laid down bears no such field.
pub(super) fn came_over_a_wire(raw: &[u8]) -> bool {
    count_of(raw, "Received") > 0
}

/// What is known of a letter that may be one that the person has sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SentCopy {
    None,
    /// There is one of that name, and one of the two is not whole on this computer.
    Likely,
    /// There is one, with the same words.
    Same(Box<Email>),
}

/// Whether one of the letters with this Message-ID is the person's own copy of it. Whoever it was sent to knows its Message-ID, and
/// can put that on words of their own: only the same words are proof, where both are here.
fn sent_copy(
    reading: &Reading<'_>,
    copy: EmailId,
    letter: &Email,
) -> std::result::Result<SentCopy, StoreError> {
    let Some(found) = reading.email(copy)?.filter(|found| found.id != letter.id) else {
        return Ok(SentCopy::None);
    };
    let raw = whole(reading, copy)?;
    let mut is_own = raw.as_deref().is_some_and(|raw| !came_over_a_wire(raw));
    for place in &found.mailboxes {
        is_own |= reading.mailbox(*place)?.and_then(|mailbox| mailbox.role) == Some(Role::Sent);
    }
    let says_so =
        found.sent_at == letter.sent_at && base_subject(&found.subject) == base_subject(&letter.subject);
    if !is_own || !says_so {
        return Ok(SentCopy::None);
    }
    Ok(match (raw, whole(reading, letter.id)?) {
        (Some(own), Some(came)) if same_parts(&own, &came) => SentCopy::Same(Box::new(found)),
        (Some(_), Some(_)) => SentCopy::None,
        _ => SentCopy::Likely,
    })
}
