//! The seals of a letter, looked at once and kept. DNS is asked here, for the keys of those who signed.

use waxwing_model::EmailId;
use waxwing_remote::dkim::{self, Seal, SealState};
use waxwing_store::KeptSeal;

use crate::clock::now;
use crate::engine::Engine;
use crate::error::Result;
use crate::letters::body::whole;

const STATES: [(&str, SealState); 8] = [
    ("good", SealState::Good),
    ("partial", SealState::Partial),
    ("broken", SealState::Broken),
    ("expired", SealState::Expired),
    ("no-key", SealState::NoKey),
    ("weak", SealState::Weak),
    ("unreadable", SealState::Unreadable),
    ("unknown", SealState::Unknown),
];

impl Engine {
    /// What is known of a letter's seals without asking anybody.
    pub(super) async fn kept_seals(&self, email: EmailId) -> Result<Option<Vec<Seal>>> {
        let kept = self.read(move |reading| reading.seals(email)).await?;
        Ok(kept.map(|seals| seals.into_iter().filter_map(read).collect()))
    }

    /// The seals of a letter; DNS is asked if it was not yet. `None`: the letter is not here as a whole.
    pub(super) async fn seals(&self, email: EmailId) -> Result<Option<Vec<Seal>>> {
        if let Some(known) = self.kept_seals(email).await? {
            return Ok(Some(known));
        }
        let Some(raw) = self.read(move |reading| whole(reading, email)).await? else {
            return Ok(None);
        };
        let seconds = u64::try_from(now() / 1_000).unwrap_or_default();
        let seals = dkim::seals(&raw, &self.surroundings(), seconds).await;
        // Where DNS did not answer it is asked another time.
        if seals.iter().all(|seal| seal.state != SealState::Unknown) {
            let kept: Vec<KeptSeal> = seals.iter().map(written).collect();
            self.write_soon(move |writing| match writing.has_email(email)? {
                true => writing.put_seals(email, &kept),
                false => Ok(()),
            })
            .await?;
        }
        Ok(Some(seals))
    }
}

fn read(kept: KeptSeal) -> Option<Seal> {
    let state = STATES.iter().find(|(word, _)| *word == kept.state)?.1;
    Some(Seal {
        domain: kept.domain,
        selector: String::new(),
        covers: kept.covers,
        state,
    })
}

fn written(seal: &Seal) -> KeptSeal {
    let word = STATES.iter().find(|(_, state)| *state == seal.state);
    KeptSeal {
        domain: seal.domain.clone(),
        covers: seal.covers.clone(),
        state: word.map(|(word, _)| (*word).to_owned()).unwrap_or_default(),
    }
}
