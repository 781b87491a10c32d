//! "Who is this": whether anybody vouches for the sender whom a letter shows, and what is odd about them, next to the
//! people whom the person knows.

use waxwing_mime::{SenderTrick, count_of, sender_tricks};
use waxwing_model::{Address, Email, EmailId, Role};
use waxwing_remote::discover::registered_domain;
use waxwing_remote::dkim::{Seal, SealState};
use waxwing_store::Correspondent;

use super::AskForKeys;
use super::bearers::same_name;
use super::servers_word::{verdict, word};
use crate::clock::now;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// Whether the sender's domain stands for the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Vouched,
    /// It does for some of it; text behind that, or fields that change what is shown, may be anybody's.
    Partly,
    /// Another domain does.
    ByOther(String),
    /// It was signed, and then changed or never true.
    Broken,
    /// The sender's domain asks that such a letter be not believed.
    Failed,
    /// Nobody.
    Nobody,
    /// It could not be found out, or was not to be.
    Unknown,
    /// The person wrote it.
    Own,
}

/// Something to know beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Nothing from this address has come before.
    First,
    /// Somebody the person knows has this name and another address.
    NameOf(Address),
    /// The domain is made to look like one that the person knows.
    LooksLike(String),
    AddressInName(String),
    HiddenSigns,
    EncodedAddress,
    SeveralFrom,
    SeveralSenders,
    /// From says something that holds no address.
    NoAddress,
    /// Answers would go to another domain.
    AnswersTo(Address),
}

/// Who a letter is from, who says so, and what is odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    pub address: Option<Address>,
    /// The sender's domain.
    pub domain: String,
    pub verdict: Verdict,
    /// The account's own server, where the verdict is its word; else we looked ourselves.
    pub server: Option<String>,
    pub notes: Vec<Note>,
}

impl Engine {
    /// Who a letter is from, as far as can be told. DNS may be asked, as the person wishes.
    pub async fn who(&self, email: EmailId) -> Result<Who> {
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let letter = letter.ok_or(EngineError::Gone("the letter"))?;
        let account = self.account(letter.account).await?;
        let demo = account.demo;
        let identities = self.identities().await?;
        let address = letter.from.first().cloned();
        let domain = address.as_ref().map(domain_of).unwrap_or_default();
        let raw = match self.readable_here(email).await? {
            Some(readable) => readable.raw,
            None => Vec::new(),
        };
        let own = letter
            .from
            .iter()
            .any(|from| identities.iter().any(|identity| identity.receives(&from.email)));
        if own && self.stands_in(&letter, &[Role::Sent, Role::Drafts]).await? {
            return Ok(Who {
                address,
                domain,
                verdict: Verdict::Own,
                server: None,
                notes: Vec::new(),
            });
        }
        let inner = self.inner.clone();
        let (raw, checks) = self
            .read(move |reading| {
                let checks = word(reading, &account, &raw, &inner.learned)?;
                Ok((raw, checks))
            })
            .await?;
        // Whose name is shown is then each reader's choice.
        let several = count_of(&raw, "From") > 1 || letter.from.len() > 1;
        let believed = checks.filter(|_| !several);
        let from_server = believed
            .as_ref()
            .and_then(|checks| Some((verdict(checks, &domain)?, checks.server.clone())));
        // Letters that were made up here are nobody's to ask about.
        let keys = match demo {
            true => AskForKeys::Never,
            false => self.caution_wishes().await?.keys,
        };
        let looked = match keys {
            AskForKeys::WhenNeeded if from_server.is_some() => self.kept_seals(email).await?,
            AskForKeys::Never => self.kept_seals(email).await?,
            AskForKeys::Always | AskForKeys::WhenNeeded => {
                self.seals(&letter, |seal| vouches(seal, &domain)).await?
            }
        };
        let is_old = now() > letter.received_at.saturating_add(KEYS_LAST);
        let ours = looked.map_or(Verdict::Unknown, |seals| of_seals(&seals, &domain, is_old));
        let ours = match ours {
            Verdict::Vouched if several => Verdict::Partly,
            ours => ours,
        };
        let (found, server) = match (from_server, ours) {
            // What we have seen ourselves needs nobody's word.
            (_, Verdict::Vouched) => (Verdict::Vouched, None),
            (Some((said, server)), _) => (said, Some(server)),
            (None, ours) => (ours, None),
        };
        let tricks = blocking(move || sender_tricks(&raw)).await?;
        let mut notes: Vec<Note> = tricks.into_iter().map(note).collect();
        // A letter in one's own name is told by who vouches for it.
        if !own {
            // A server's word is about who sent it, and not about where answers go.
            let sealed = found == Verdict::Vouched && server.is_none();
            notes.extend(self.known_notes(&letter, sealed, &domain).await?);
            notes.retain(|note| !demo || *note != Note::First);
        }
        Ok(Who {
            address,
            domain,
            verdict: found,
            server,
            notes,
        })
    }

    /// What the people whom the person knows tell of this one.
    async fn known_notes(&self, letter: &Email, sealed: bool, domain: &str) -> Result<Vec<Note>> {
        let Some(sender) = letter.from.first().cloned() else {
            return Ok(Vec::new());
        };
        let people = self.read(|reading| reading.correspondents()).await?;
        let mut notes = Vec::new();
        let known = people
            .iter()
            .any(|person| person.written_to && person.address.email.eq_ignore_ascii_case(&sender.email));
        if !known && self.is_first(letter, &sender).await? {
            notes.push(Note::First);
        }
        let domains = self.known_domains(&people).await?;
        let identities = self.identities().await?;
        let own = identities.iter().map(|identity| Correspondent {
            address: identity.address(),
            letters: 1,
            written_to: true,
        });
        let everybody: Vec<Correspondent> = people.into_iter().chain(own).collect();
        if !known && let Some(other) = self.bearer(&sender, &everybody).await? {
            notes.push(Note::NameOf(other));
        }
        if let Some(like) = super::links::looks_like(domain, &domains) {
            notes.push(Note::LooksLike(like));
        }
        if let Some(answers) = letter.reply_to.first()
            && !sealed
            && registered_domain(&domain_of(answers)) != registered_domain(domain)
        {
            notes.push(Note::AnswersTo(answers.clone()));
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

    async fn is_first(&self, letter: &Email, sender: &Address) -> Result<bool> {
        let (letter, address) = (letter.clone(), sender.email.clone());
        self.read(move |reading| Ok(!reading.has_earlier_from(&address, &letter)?))
            .await
    }
}

pub(super) fn domain_of(address: &Address) -> String {
    address
        .email
        .rsplit_once('@')
        .map(|(_, domain)| domain.trim_end_matches('.').to_lowercase())
        .unwrap_or_default()
}

/// Keys are taken out of DNS when they have served. A letter that is older than this may have been sealed with one.
const KEYS_LAST: i64 = 30 * 24 * 60 * 60 * 1_000;

fn is_aligned(seal: &Seal, domain: &str) -> bool {
    let own = registered_domain(domain);
    own.is_some() && registered_domain(&seal.domain) == own
}

fn signs_sender(seal: &Seal) -> bool {
    seal.covers.iter().any(|name| name == "from")
}

/// Whether this seal alone says that the domain stands for all that is shown.
fn vouches(seal: &Seal, domain: &str) -> bool {
    seal.state == SealState::Good && signs_sender(seal) && seal.loose.is_empty() && is_aligned(seal, domain)
}

/// What our own look at the seals comes to for the domain that is shown.
fn of_seals(seals: &[Seal], domain: &str, is_old: bool) -> Verdict {
    if seals.iter().any(|seal| vouches(seal, domain)) {
        return Verdict::Vouched;
    }
    let holds =
        |seal: &&Seal| matches!(seal.state, SealState::Good | SealState::Partial) && signs_sender(seal);
    if seals.iter().filter(holds).any(|seal| is_aligned(seal, domain)) {
        return Verdict::Partly;
    }
    let good = |seal: &&Seal| seal.state == SealState::Good && signs_sender(seal);
    if let Some(other) = seals.iter().find(good) {
        return Verdict::ByOther(other.domain.clone());
    }
    let is_open = |seal: &Seal| match seal.state {
        SealState::Unknown | SealState::Unasked | SealState::Expired => true,
        SealState::NoKey => is_old,
        _ => false,
    };
    if seals.iter().any(is_open) {
        return Verdict::Unknown;
    }
    let is_broken = |seal: &Seal| seal.state == SealState::Broken && is_aligned(seal, domain);
    match seals.iter().any(is_broken) {
        true => Verdict::Broken,
        false => Verdict::Nobody,
    }
}

/// Letters of an address that are looked at to find out whether it is known whose it is.
const LOOKED_AT: u32 = 12;

fn note(trick: SenderTrick) -> Note {
    match trick {
        SenderTrick::AddressInName(address) => Note::AddressInName(address),
        SenderTrick::HiddenSigns => Note::HiddenSigns,
        SenderTrick::EncodedAddress => Note::EncodedAddress,
        SenderTrick::SeveralFrom => Note::SeveralFrom,
        SenderTrick::SeveralSenders => Note::SeveralSenders,
        SenderTrick::NoAddress => Note::NoAddress,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(domain: &str, state: SealState) -> Seal {
        Seal {
            domain: domain.to_owned(),
            selector: String::new(),
            covers: vec!["from".to_owned()],
            loose: Vec::new(),
            state,
        }
    }

    #[test]
    fn a_seal_counts_for_the_domain_that_is_shown_and_only_if_it_covers_the_sender() {
        let good = seal("mail.fjord.test", SealState::Good);
        assert_eq!(
            of_seals(std::slice::from_ref(&good), "fjord.test", false),
            Verdict::Vouched
        );
        let bare = Seal {
            covers: Vec::new(),
            ..good.clone()
        };
        assert_eq!(
            of_seals(&[bare], "fjord.test", false),
            Verdict::Nobody,
            "another From stands above"
        );
        let loose = Seal {
            loose: vec!["reply-to".to_owned()],
            ..good.clone()
        };
        assert_eq!(
            of_seals(std::slice::from_ref(&loose), "fjord.test", false),
            Verdict::Partly,
            "anybody may have added where answers go"
        );
        assert_eq!(
            of_seals(&[loose, good.clone()], "fjord.test", false),
            Verdict::Vouched,
            "another seal leaves nothing open"
        );
        assert_eq!(
            of_seals(&[good], "bank.test", false),
            Verdict::ByOther("mail.fjord.test".into())
        );
        for (state, expected) in [
            (SealState::Partial, Verdict::Partly),
            (SealState::Broken, Verdict::Broken),
            (SealState::Expired, Verdict::Unknown),
            (SealState::Unasked, Verdict::Unknown),
            (SealState::NoKey, Verdict::Nobody),
            (SealState::Weak, Verdict::Nobody),
            (SealState::Unreadable, Verdict::Nobody),
            (SealState::Unknown, Verdict::Unknown),
        ] {
            assert_eq!(
                of_seals(&[seal("fjord.test", state)], "fjord.test", false),
                expected
            );
        }
        assert_eq!(
            of_seals(&[seal("fjord.test", SealState::NoKey)], "fjord.test", true),
            Verdict::Unknown,
            "the key of an old letter may have had its day"
        );
        assert_eq!(of_seals(&[], "fjord.test", false), Verdict::Nobody);
        assert_eq!(
            of_seals(&[seal("co.uk", SealState::Good)], "bank.co.uk", false),
            Verdict::ByOther("co.uk".into()),
            "nobody owns a public suffix"
        );
    }
}
