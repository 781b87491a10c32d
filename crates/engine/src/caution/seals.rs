//! The seals of a letter, looked at once and kept. DNS is asked here, for the keys of those who signed: as few as are needed,
//! and again on another day where it was silent.

use waxwing_mime::count_of;
use waxwing_model::{Email, EmailId, Role, Timestamp};
use waxwing_remote::discover::registered_domain;
use waxwing_remote::dkim::{self, Seal, SealState};
use waxwing_store::KeptSeal;

use crate::clock::now;
use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::readable::whole;

/// The words that are kept; of two for one state the first is written.
const STATES: [(&str, SealState); 10] = [
    ("good", SealState::Good),
    ("partial", SealState::Partial),
    ("broken", SealState::Broken),
    ("over", SealState::Expired),
    ("no-key", SealState::NoKey),
    ("weak", SealState::Weak),
    ("unreadable", SealState::Unreadable),
    ("unknown", SealState::Unknown),
    ("unasked", SealState::Unasked),
    // Kept while no key was asked for where the time was over.
    ("expired", SealState::Unasked),
];

/// How often DNS is asked for a key at the most, and how long it is left alone between.
const TRIES: u32 = 3;
const PAUSE: i64 = 24 * 60 * 60 * 1_000;

impl Engine {
    /// What is known of a letter's seals without asking anybody.
    pub(super) async fn kept_seals(&self, email: EmailId) -> Result<Option<Vec<Seal>>> {
        let kept = self.read(move |reading| reading.seals(email)).await?;
        Ok(kept.map(|seals| seals.iter().filter_map(read).collect()))
    }

    /// The same of a letter whose bytes are at hand, and whether keys are still to be asked for.
    pub(super) async fn seals_at_hand(
        &self,
        email: EmailId,
        raw: &[u8],
        is_whole: bool,
        enough: impl Fn(&Seal) -> bool,
    ) -> Result<(Option<Vec<Seal>>, bool)> {
        let known = self.read(move |reading| reading.seals(email)).await?;
        Ok(match known {
            Some(known) => {
                let seals = known.iter().filter_map(read).collect();
                (Some(seals), wants_to_ask(&known, enough, now()))
            }
            None if !is_whole => (None, false),
            None if count_of(raw, "DKIM-Signature") > 0 => (None, true),
            // Nobody has signed it (RFC 6376, section 3.5).
            None => (Some(Vec::new()), false),
        })
    }

    /// The seals of a letter. DNS is asked for keys, first for those of the domain that is shown, until one seal is enough.
    /// `None`: the letter is not here as a whole.
    pub(super) async fn seals(
        &self,
        letter: &Email,
        enough: impl Fn(&Seal) -> bool,
    ) -> Result<Option<Vec<Seal>>> {
        let email = letter.id;
        let known = self.read(move |reading| reading.seals(email)).await?;
        if let Some(known) = &known
            && !wants_to_ask(known, &enough, now())
        {
            return Ok(Some(known.iter().filter_map(read).collect()));
        }
        let Some(raw) = self.read(move |reading| whole(reading, email)).await? else {
            return Ok(None);
        };
        let received = u64::try_from(letter.received_at / 1_000).unwrap_or_default();
        let opened = blocking(move || dkim::open(&raw, received)).await?;
        // Who writes to everybody learns nothing from those whose letters lie in Junk.
        if self.stands_in(letter, &[Role::Junk]).await? {
            return Ok(Some(opened.into_iter().map(|opened| opened.seal).collect()));
        }
        let mut kept: Vec<KeptSeal> = match known.filter(|known| known.len() == opened.len()) {
            Some(known) => known,
            None => opened.iter().map(|opened| written(&opened.seal)).collect(),
        };
        let shown = letter.from.first().and_then(super::remote_content::domain);
        let mut questions: Vec<_> = opened.into_iter().enumerate().collect();
        questions.sort_by_key(|(_, opened)| registered_domain(&opened.seal.domain) != shown);
        for (place, opened) in questions {
            if !wants_to_ask(&kept, &enough, now()) {
                break;
            }
            let Some(kept) = kept.get_mut(place).filter(|kept| may_ask(kept, now())) else {
                continue;
            };
            let seal = opened.asked(&self.surroundings()).await;
            *kept = KeptSeal {
                tries: kept.tries + 1,
                asked_at: Some(now()),
                ..written(&seal)
            };
        }
        let seals = kept.iter().filter_map(read).collect();
        self.write_soon(move |writing| match writing.has_email(email)? {
            true => writing.put_seals(email, &kept),
            false => Ok(()),
        })
        .await?;
        Ok(Some(seals))
    }
}

/// Whether anything is left to ask, and not known already.
fn wants_to_ask(known: &[KeptSeal], enough: impl Fn(&Seal) -> bool, at: Timestamp) -> bool {
    let answered = known.iter().filter_map(read).any(|seal| enough(&seal));
    !answered && known.iter().any(|seal| may_ask(seal, at))
}

/// A key that DNS did not give is asked for again, but not at every look: who signs can see each question.
fn may_ask(seal: &KeptSeal, at: Timestamp) -> bool {
    let open = read(seal).is_some_and(|seal| matches!(seal.state, SealState::Unknown | SealState::Unasked));
    let rested = seal
        .asked_at
        .is_none_or(|before| at >= before.saturating_add(PAUSE));
    open && seal.tries < TRIES && rested
}

fn read(kept: &KeptSeal) -> Option<Seal> {
    let state = STATES.iter().find(|(word, _)| *word == kept.state)?.1;
    Some(Seal {
        domain: kept.domain.clone(),
        selector: String::new(),
        covers: kept.covers.clone(),
        loose: kept.loose.clone(),
        state,
    })
}

fn written(seal: &Seal) -> KeptSeal {
    let word = STATES.iter().find(|(_, state)| *state == seal.state);
    KeptSeal {
        domain: seal.domain.clone(),
        covers: seal.covers.clone(),
        loose: seal.loose.clone(),
        state: word.map(|(word, _)| (*word).to_owned()).unwrap_or_default(),
        tries: 0,
        asked_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dns_is_asked_three_times_at_the_most_a_day_apart_and_not_when_enough_is_known() {
        let seal = |state: &str, tries: u32, asked_at: Option<Timestamp>| KeptSeal {
            state: state.to_owned(),
            tries,
            asked_at,
            ..KeptSeal::default()
        };
        let at = 10 * PAUSE;
        for (known, asks, why) in [
            (seal("unasked", 0, None), true, "nobody has asked"),
            (seal("unknown", 1, Some(at - PAUSE)), true, "a day ago"),
            (seal("unknown", 1, Some(at - PAUSE + 1)), false, "it was today"),
            (seal("unknown", 3, Some(0)), false, "it was often enough"),
            (seal("broken", 0, None), false, "nothing is open"),
            (seal("no-key", 1, Some(0)), false, "it was answered"),
            (seal("over", 1, Some(0)), false, "likewise"),
            (
                seal("expired", 0, None),
                true,
                "nobody has asked for such keys before",
            ),
        ] {
            assert_eq!(
                wants_to_ask(std::slice::from_ref(&known), |_| false, at),
                asks,
                "{why}"
            );
            let good = seal("good", 1, Some(0));
            let is_good = |seal: &Seal| seal.state == SealState::Good;
            assert!(
                !wants_to_ask(&[known, good], is_good, at),
                "{why}: one good seal is enough"
            );
        }
    }
}
