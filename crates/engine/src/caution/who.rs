//! "Who is this": whether anybody vouches for the sender whom a letter shows, and what is odd about them.

use std::sync::Arc;

use waxwing_mime::{count_of, mailing_list, sender_tricks};
use waxwing_model::{Address, Email, EmailId, Role};
use waxwing_remote::dkim::Seal;

use super::AskForKeys;
use super::notes::{SentCopy, came_over_a_wire, note};
use super::permission::Holds;
use super::sealed::{KEYS_LAST, of_seals, vouches};
use super::servers_word::{verdict, word};
use super::within::{Brought, brought};
use crate::clock::now;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::readable::Readable;

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
    /// The sender's domain does not; whether another does could not be found out, or was not to be.
    OtherUnknown,
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
    /// The name is that of a site, which is not the sender's.
    SiteInName {
        site: String,
        /// It is one that the person knows, or that is often forged.
        known: bool,
    },
    /// It bears one of the person's own addresses and came from somewhere, nobody vouches that it is theirs, and it is not among
    /// what they sent.
    OwnAddress,
    /// The same of one that somebody who had signed in, or a program on a server, gave in within the network of this domain, which
    /// is the person's own: scanners and programs write so.
    OwnAddressWithin(String),
    /// The same of one that seems never to have left that network, which no sign-in proves.
    OwnAddressSeemingly(String),
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
    /// For whom pictures could be shown from now on.
    pub pictures: Holds,
    /// Keys of its signers are still to be asked for: [`Engine::who`] may tell better.
    pub open: bool,
}

/// Whom DNS is asked about while that is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// The signers, as the person wishes.
    Signers,
    Nobody,
}

impl Engine {
    /// Who a letter is from, as far as can be told. DNS may be asked, as the person wishes.
    pub async fn who(&self, email: EmailId) -> Result<Who> {
        let readable = self.readable_here(email).await?;
        let is_whole = readable.as_ref().is_some_and(Readable::is_whole);
        let raw = readable.map(|readable| readable.raw).unwrap_or_default();
        self.who_by(email, Arc::new(raw), is_whole, Asking::Signers).await
    }

    /// The same as far as it is known here, of a letter that is at hand. Nobody is asked.
    pub(crate) async fn who_at_hand(&self, email: EmailId, raw: Arc<Vec<u8>>, is_whole: bool) -> Result<Who> {
        self.who_by(email, raw, is_whole, Asking::Nobody).await
    }

    async fn who_by(&self, email: EmailId, raw: Arc<Vec<u8>>, is_whole: bool, asking: Asking) -> Result<Who> {
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let letter = letter.ok_or(EngineError::Gone("the letter"))?;
        let account = self.account(letter.account).await?;
        let demo = account.demo;
        let identities = self.identities().await?;
        let address = letter.from.first().cloned();
        let domain = address.as_ref().map(domain_of).unwrap_or_default();
        let is_own = |address: &Address| identities.iter().any(|one| one.receives(&address.email));
        let own = letter.from.iter().any(is_own);
        let came = raw.is_empty() || came_over_a_wire(&raw);
        // Under an address that is no longer here, too: what has come over no wire was laid there by a program of the person's.
        let is_kept = (own || !came) && self.stands_in(&letter, &[Role::Sent, Role::Drafts]).await?;
        let sent = match own && !is_kept {
            true => self.sent_copy(&letter).await?,
            false => SentCopy::None,
        };
        if is_kept || came_straight_back(&letter, &sent, &raw, is_own) {
            return Ok(Who {
                address,
                domain,
                verdict: Verdict::Own,
                server: None,
                notes: Vec::new(),
                pictures: self.would_hold(&letter, &raw).await?,
                open: false,
            });
        }
        let inner = self.inner.clone();
        let read = Arc::clone(&raw);
        let checks = self
            .read(move |reading| word(reading, &account, &read, &inner.learned))
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
        let enough = |seal: &Seal| vouches(seal, &domain);
        let (looked, open) = match keys {
            AskForKeys::WhenNeeded if from_server.is_some() => (self.kept_seals(email).await?, false),
            AskForKeys::Never => (self.kept_seals(email).await?, false),
            AskForKeys::Always | AskForKeys::WhenNeeded => match asking {
                Asking::Signers => (self.seals(&letter, enough).await?, false),
                Asking::Nobody => self.seals_at_hand(email, &raw, is_whole, enough).await?,
            },
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
        let brought = if own {
            brought(&raw, &domain)
        } else {
            Brought::Elsewhere
        };
        let read = Arc::clone(&raw);
        let tricks = blocking(move || sender_tricks(&read)).await?;
        let mut notes: Vec<Note> = tricks.into_iter().map(note).collect();
        match own {
            // A letter in one's own name is told by who vouches for it.
            true if open || demo || !came || found == Verdict::Vouched || sent != SentCopy::None => {}
            // Where the own domain says that it is none of its letters, it is none.
            true if matches!(found, Verdict::Failed | Verdict::Broken) => notes.push(Note::OwnAddress),
            true => notes.push(match brought {
                Brought::Within => Note::OwnAddressWithin(domain.clone()),
                Brought::Seemingly => Note::OwnAddressSeemingly(domain.clone()),
                Brought::Elsewhere => Note::OwnAddress,
            }),
            false => {
                // A server's word is about who sent it, and not about where answers go.
                // What a seal may still speak for is not told before it was asked for.
                let sealed = open || found == Verdict::Vouched && server.is_none();
                notes.extend(self.known_notes(&letter, sealed, &domain).await?);
                notes.retain(|note| !demo || *note != Note::First);
            }
        }
        Ok(Who {
            address,
            domain,
            verdict: found,
            server,
            notes,
            // Behind the look at its seals, which are kept now.
            pictures: self.would_hold(&letter, &raw).await?,
            open,
        })
    }
}

/// Whether a letter is one that the person wrote to themselves: its words are those of their own copy, it was addressed to them, and no
/// list has handed it on.
fn came_straight_back(
    letter: &Email,
    sent: &SentCopy,
    raw: &[u8],
    is_own: impl Fn(&Address) -> bool,
) -> bool {
    let SentCopy::Same(copy) = sent else {
        return false;
    };
    let addressed = [&copy.to, &copy.cc, &copy.bcc].into_iter().flatten();
    addressed.into_iter().any(is_own)
        && copy.reply_to == letter.reply_to
        && count_of(raw, "From") == 1
        && mailing_list(raw).is_none()
}

pub(super) fn domain_of(address: &Address) -> String {
    address
        .email
        .rsplit_once('@')
        .map(|(_, domain)| domain.trim_end_matches('.').to_lowercase())
        .unwrap_or_default()
}
