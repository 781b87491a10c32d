//! Whether what a person has allowed holds for a letter: only where it is sure that the letter is from those whom they meant,
//! or else anybody could write in their name and be shown. Nobody is asked for that here; what the account's own server
//! wrote, and what is kept of seals, is enough or it is not.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use waxwing_mime::{Checks, count_of};
use waxwing_model::{Email, EmailId, Role};
use waxwing_remote::discover::registered_domain;
use waxwing_remote::dkim::{Seal, SealState};
use waxwing_store::{Reading, StoreError};

use super::houses::is_of_everybody;
use super::remote_content::{AllowedFor, domain};
use super::servers_word::{self, verdict, word};
use super::who::{Verdict, domain_of};
use crate::engine::Engine;
use crate::error::Result;

/// What a person's permission comes to for a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Permission {
    /// Nobody has given one.
    None,
    /// Pictures are shown, since those of these always are.
    Used(AllowedFor),
    /// There is one for these, but nobody vouches that the letter is from them.
    Held(AllowedFor),
}

impl Permission {
    /// For whom it was given.
    pub(crate) fn whose(self) -> Option<AllowedFor> {
        match self {
            Self::None => None,
            Self::Used(whose) | Self::Held(whose) => Some(whose),
        }
    }
}

/// Whether a permission that is given over a letter would hold for it, and for letters like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holds {
    /// One for its sender, or for everybody of the sender's domain.
    pub sender: bool,
    /// One for the list that it came by.
    pub list: bool,
}

/// A permission that speaks of a letter's sender or list, with what was kept along with it.
struct Given {
    whose: AllowedFor,
    /// The one sender whose letters are taken for the list's, where its own domain vouches for none.
    pinned: String,
}

/// A letter, and the permissions that speak of its sender or its list.
pub(crate) struct Permitted {
    letter: Email,
    given: Vec<Given>,
}

/// Registered domains that stand for a letter.
#[derive(Debug, Default)]
struct Vouching {
    /// The one that is shown does.
    sender: bool,
    all: Vec<String>,
}

impl Engine {
    pub(crate) async fn permission(&self, email: EmailId) -> Result<Permission> {
        let permitted = self.read(move |reading| permitted(reading, email)).await?;
        self.judge(permitted).await
    }

    /// Whether one of the permissions that were found holds.
    pub(crate) async fn judge(&self, permitted: Option<Permitted>) -> Result<Permission> {
        let Some(Permitted { letter, given }) = permitted else {
            return Ok(Permission::None);
        };
        let Some(first) = given.first() else {
            return Ok(Permission::None);
        };
        let vouching = self.vouching(&letter).await?;
        let sender = sender(&letter);
        Ok(
            match given.iter().find(|given| holds(given, &sender, &vouching)) {
                Some(given) => Permission::Used(given.whose.clone()),
                None => Permission::Held(first.whose.clone()),
            },
        )
    }

    /// Whose letters are taken for those of a list that is allowed over this one.
    pub(super) async fn pinned(&self, email: EmailId, list: &str) -> Result<Option<String>> {
        let Some(letter) = self.emails(vec![email]).await?.into_iter().next() else {
            return Ok(None);
        };
        let vouching = self.vouching(&letter).await?;
        Ok(to_pin(list, sender(&letter), &vouching))
    }

    /// Whether somebody vouches for whom a letter shows, as far as is known without asking anybody.
    pub(crate) async fn is_vouched(&self, letter: &Email) -> Result<bool> {
        Ok(self.vouching(letter).await?.sender)
    }

    /// For whom pictures could be allowed over a letter from now on, as far as is known without asking anybody.
    pub(super) async fn would_hold(&self, letter: &Email, raw: &Arc<Vec<u8>>) -> Result<Holds> {
        let email = letter.id;
        let list = self.read(move |reading| reading.list_of(email)).await?;
        let vouching = self.vouching_at_hand(letter, Arc::clone(raw)).await?;
        Ok(would_hold(
            list.as_ref().map(|list| list.list.as_str()),
            &sender(letter),
            &vouching,
        ))
    }

    async fn vouching(&self, letter: &Email) -> Result<Vouching> {
        let readable = self.readable_here(letter.id).await?;
        let raw = readable.map(|readable| readable.raw).unwrap_or_default();
        self.vouching_at_hand(letter, Arc::new(raw)).await
    }

    /// The same of a letter whose bytes are at hand; of none where it is not here.
    async fn vouching_at_hand(&self, letter: &Email, raw: Arc<Vec<u8>>) -> Result<Vouching> {
        let account = self.account(letter.account).await?;
        let own = letter.from.first().and_then(domain);
        // Nobody else can have put it there.
        if account.demo || self.stands_in(letter, &[Role::Sent, Role::Drafts]).await? {
            return Ok(Vouching {
                sender: true,
                all: own.into_iter().collect(),
            });
        }
        if raw.is_empty() {
            return Ok(Vouching::default());
        }
        // Whose name is shown is then each reader's choice.
        if count_of(&raw, "From") > 1 || letter.from.len() > 1 {
            return Ok(Vouching::default());
        }
        let inner = self.inner.clone();
        let checks = self
            .read(move |reading| word(reading, &account, &raw, &inner.learned))
            .await?;
        let seals = self.kept_seals(letter.id).await?.unwrap_or_default();
        let shown = letter.from.first().map(domain_of).unwrap_or_default();
        Ok(stand(checks.as_ref(), &seals, &shown))
    }
}

/// Who stands for a letter, by the word of the account's own server and by seals that hold for all that is shown.
fn stand(checks: Option<&Checks>, seals: &[Seal], shown: &str) -> Vouching {
    let own = registered_domain(shown);
    let said = checks.and_then(|checks| verdict(checks, shown));
    let signers = checks.map(servers_word::signers).unwrap_or_default();
    let holds = |seal: &&Seal| {
        seal.state == SealState::Good
            && seal.loose.is_empty()
            && seal.covers.iter().any(|name| name == "from")
    };
    let sealed = seals.iter().filter(holds).map(|seal| seal.domain.clone());
    let mut all: Vec<String> = signers
        .into_iter()
        .chain(sealed)
        .filter_map(|domain| registered_domain(&domain))
        .collect();
    // A server that asks not to believe the sender is believed more than whoever has sealed it.
    let sender = said == Some(Verdict::Vouched)
        || said != Some(Verdict::Failed) && own.as_ref().is_some_and(|own| all.contains(own));
    all.extend(own.filter(|_| said == Some(Verdict::Vouched)));
    all.sort();
    all.dedup();
    Vouching { sender, all }
}

/// The address that a letter shows, however it is written.
fn sender(letter: &Email) -> String {
    let sender = letter
        .from
        .first()
        .map(|sender| sender.email.trim().to_lowercase());
    sender.unwrap_or_default()
}

/// Whether the list's own domain vouches.
fn is_of_list(list: &str, vouching: &Vouching) -> bool {
    registered_domain(list).is_some_and(|own| vouching.all.contains(&own) && !is_of_everybody(&own))
}

/// Whom to know a list by that does not vouch for its letters itself: its sender to the letter, if it is sure that it is they.
/// Not their domain, where others may have addresses too, and none that carries letters for others: anybody can be its
/// customer and name the same list.
fn to_pin(list: &str, sender: String, vouching: &Vouching) -> Option<String> {
    (vouching.sender && !is_of_list(list, vouching)).then_some(sender)
}

fn holds(given: &Given, sender: &str, vouching: &Vouching) -> bool {
    match &given.whose {
        AllowedFor::Sender(_) | AllowedFor::Domain(_) => vouching.sender,
        AllowedFor::List(list) => {
            is_of_list(list, vouching) || vouching.sender && given.pinned == sender && sender.contains('@')
        }
    }
}

fn would_hold(list: Option<&str>, sender: &str, vouching: &Vouching) -> Holds {
    let given = |whose: AllowedFor| {
        let pinned = match &whose {
            AllowedFor::List(list) => to_pin(list, sender.to_owned(), vouching).unwrap_or_default(),
            AllowedFor::Sender(_) | AllowedFor::Domain(_) => String::new(),
        };
        whose.setting().is_some() && holds(&Given { whose, pinned }, sender, vouching)
    };
    Holds {
        sender: given(AllowedFor::Sender(sender.to_owned())),
        list: list.is_some_and(|list| given(AllowedFor::List(list.to_owned()))),
    }
}

/// What a person has permitted that may be meant for a letter. `None`: the letter is gone.
pub(crate) fn permitted(
    reading: &Reading<'_>,
    email: EmailId,
) -> std::result::Result<Option<Permitted>, StoreError> {
    let Some(letter) = reading.email(email)? else {
        return Ok(None);
    };
    let sender = letter.from.first().map(|sender| sender.email.clone());
    let domain = letter.from.first().and_then(domain);
    // What was allowed before the registered domain was what is kept names the host.
    let host = letter.from.first().map(domain_of);
    let list = reading.list_of(email)?.map(|list| list.list);
    let asked = [
        sender.map(AllowedFor::Sender),
        host.filter(|host| Some(host) != domain.as_ref())
            .map(AllowedFor::Domain),
        domain.map(AllowedFor::Domain),
        list.map(AllowedFor::List),
    ];
    let mut given = Vec::new();
    for whose in asked.into_iter().flatten() {
        let Some(setting) = whose.setting() else { continue };
        if let Some(pinned) = reading.setting(&setting)? {
            given.push(Given { whose, pinned });
        }
    }
    Ok(Some(Permitted { letter, given }))
}
