//! How much of an IMAP account's mail stands on this computer. What is left out stays on the server and comes when it is
//! asked for; POP3 and local accounts keep everything, since nobody else does.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Which letters are kept whole. The headers of all others are kept, so that they are listed and found by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Keep {
    #[default]
    All,
    /// Those that came within so many days.
    Days { days: u16 },
    /// None, but for those that are opened.
    Headers,
}

/// What the person chose for one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Keeping {
    pub keep: Keep,
    /// Megabytes (of 1,000,000 octets). Of a larger letter the text is kept, and its attachments come when they are
    /// clicked. `None`: no letter is too large. That is the default, because "all letters" has to mean all of them.
    pub large: Option<u16>,
}

const DAY: Timestamp = 86_400_000;
const MEGABYTE: u32 = 1_000_000;

impl Keeping {
    /// Letters that came before this moment are not kept whole; `None` where none is.
    pub fn since(&self, now: Timestamp) -> Option<Timestamp> {
        match self.keep {
            Keep::All => Some(Timestamp::MIN),
            Keep::Days { days } => Some(now.saturating_sub(Timestamp::from(days) * DAY)),
            Keep::Headers => None,
        }
    }

    /// Letters of more octets are not kept whole.
    pub fn largest(&self) -> u32 {
        self.large
            .map_or(u32::MAX, |large| u32::from(large.max(1)).saturating_mul(MEGABYTE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_moment_follows_from_the_choice() {
        let keeping = |keep| Keeping {
            keep,
            ..Keeping::default()
        };
        assert_eq!(
            keeping(Keep::All).since(0),
            Some(Timestamp::MIN),
            "nothing is too old"
        );
        assert_eq!(
            keeping(Keep::Days { days: 30 }).since(31 * DAY),
            Some(DAY),
            "thirty days before now"
        );
        assert_eq!(keeping(Keep::Headers).since(0), None, "no letter is kept whole");
    }

    #[test]
    fn a_limit_is_in_megabytes_and_never_nothing() {
        let keeping = |large| Keeping {
            large,
            ..Keeping::default()
        };
        assert_eq!(keeping(None).largest(), u32::MAX, "no letter is too large");
        assert_eq!(keeping(Some(25)).largest(), 25_000_000);
        assert_eq!(
            keeping(Some(0)).largest(),
            1_000_000,
            "a limit of nothing would leave out every letter"
        );
        assert_eq!(
            keeping(Some(u16::MAX)).largest(),
            u32::MAX,
            "as much as there can be"
        );
    }
}
