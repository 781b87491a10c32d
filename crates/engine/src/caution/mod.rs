//! Care for who reads: who a letter is truly from, where its links truly lead, what it would tell of its reader, and how to
//! leave the list that it came by. What is told is worked out here from what the rooms below know; nothing is decided for
//! the person.

mod acquaintances;
mod bearers;
mod houses;
mod leaving;
mod links;
mod notes;
mod permission;
mod reached;
mod remote_content;
mod sealed;
mod seals;
mod servers_word;
mod sites;
mod who;
mod within;

pub(crate) use acquaintances::KeptAcquaintances;
pub(crate) use houses::house_of;
pub use leaving::{LeaveWay, ListOfLetter, WaysOut};
pub use permission::Holds;
pub(crate) use permission::{Permission, Permitted, permitted};
pub use reached::ListSubscription;
pub use remote_content::{AllowedFor, RemoteContent};
pub(crate) use remote_content::{Listener, WaysToTell, facts, listeners};
pub(crate) use servers_word::Learned;
pub use waxwing_sanitize::{LinkKind, LinkLook, LinkWarning};
pub use who::{Note, Verdict, Who};

use waxwing_model::{Email, Role};
use waxwing_store::{Reading, StoreError};

use crate::engine::Engine;
use crate::error::Result;

const SIGNATURES: &str = "caution.signatures";
const LINKS: &str = "caution.links";
const CLEANING: &str = "caution.cleaning";

/// Whether DNS is asked for the keys of those who signed a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AskForKeys {
    /// Where the account's own server has not said who a letter is from.
    #[default]
    WhenNeeded,
    Always,
    Never,
}

/// Before which links a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AskBeforeLinks {
    /// Those that are odd.
    #[default]
    Odd,
    All,
}

/// What a person has chosen of all this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CautionWishes {
    pub keys: AskForKeys,
    pub links: AskBeforeLinks,
    /// Links lose what only tells who follows them.
    pub clean_links: bool,
}

impl Default for CautionWishes {
    fn default() -> Self {
        Self {
            keys: AskForKeys::default(),
            links: AskBeforeLinks::default(),
            clean_links: true,
        }
    }
}

impl CautionWishes {
    pub(crate) fn read(reading: &Reading<'_>) -> std::result::Result<Self, StoreError> {
        let keys = reading.setting(SIGNATURES)?;
        let links = reading.setting(LINKS)?;
        let cleaning = reading.setting(CLEANING)?;
        Ok(Self {
            keys: match keys.as_deref() {
                Some("always") => AskForKeys::Always,
                Some("never") => AskForKeys::Never,
                _ => AskForKeys::WhenNeeded,
            },
            links: match links.as_deref() {
                Some("all") => AskBeforeLinks::All,
                _ => AskBeforeLinks::Odd,
            },
            clean_links: cleaning.as_deref() != Some("no"),
        })
    }
}

impl Engine {
    /// Whether a letter stands in a folder of one of these roles.
    async fn stands_in(&self, letter: &Email, roles: &'static [Role]) -> Result<bool> {
        let places = letter.mailboxes.clone();
        self.read(move |reading| {
            for place in places {
                let role = reading.mailbox(place)?.and_then(|mailbox| mailbox.role);
                if role.is_some_and(|role| roles.contains(&role)) {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await
    }

    /// What the person has chosen, or what holds where they have not.
    pub async fn caution_wishes(&self) -> Result<CautionWishes> {
        self.read(CautionWishes::read).await
    }

    /// From the next letter and the next link on.
    pub async fn set_caution_wishes(&self, wishes: CautionWishes) -> Result<()> {
        let keys = match wishes.keys {
            AskForKeys::WhenNeeded => "when-needed",
            AskForKeys::Always => "always",
            AskForKeys::Never => "never",
        };
        let links = match wishes.links {
            AskBeforeLinks::Odd => "odd",
            AskBeforeLinks::All => "all",
        };
        let cleaning = if wishes.clean_links { "yes" } else { "no" };
        self.write(move |writing| {
            writing.put_setting(SIGNATURES, keys)?;
            writing.put_setting(LINKS, links)?;
            writing.put_setting(CLEANING, cleaning)
        })
        .await
    }
}
