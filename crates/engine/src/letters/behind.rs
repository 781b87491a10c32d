//! What opening a letter leaves in the store: what it would have told of its reader, and to whom a picture of it did. Somebody waits
//! for the letter, so this is kept behind the answer wherever it can wait. Not here: what letters tell, which `caution` works out.

use tokio::sync::watch as signal;
use waxwing_model::EmailId;
use waxwing_store::TrackerFact;

use crate::caution::{Listener, WaysToTell};
use crate::engine::Engine;
use crate::error::Result;

/// How many things are still to be kept that nobody was made to wait for.
#[derive(Default)]
pub(crate) struct Behind(signal::Sender<usize>);

/// One of them, until it is kept or given up.
struct Due(Engine);

impl Due {
    fn new(engine: &Engine) -> Self {
        engine.inner.behind.0.send_modify(|due| *due += 1);
        Self(engine.clone())
    }
}

impl Drop for Due {
    fn drop(&mut self) {
        self.0.inner.behind.0.send_modify(|due| *due -= 1);
    }
}

impl Engine {
    /// Waits until everything is kept that answers did not wait for.
    pub async fn all_kept(&self) {
        // The one who tells of it is at hand, so there is always an answer.
        let _ = self.inner.behind.0.subscribe().wait_for(|due| *due == 0).await;
    }

    /// Keeps what a letter would have told, if that is not known yet. What was told once stays told.
    pub(super) async fn keep_trackers(&self, email: EmailId, told: WaysToTell) -> Result<()> {
        let known = self.read(move |reading| reading.trackers(email)).await?;
        self.note_trackers(email, told, known).await
    }

    /// The same for whoever has looked what is known. Where pictures that tell are about to be asked for, it is kept when this
    /// returns, since what they tell is noted with it; all else is kept a little later.
    pub(super) async fn note_trackers(
        &self,
        email: EmailId,
        told: WaysToTell,
        known: Vec<TrackerFact>,
    ) -> Result<()> {
        let WaysToTell { mut ways, are_near } = told;
        for way in &mut ways {
            let is_same = |one: &&TrackerFact| one.host == way.host && one.kind == way.kind;
            way.loaded = known.iter().find(is_same).is_some_and(|known| known.loaded);
        }
        if known == ways {
            return Ok(());
        }
        if are_near {
            return self.put_trackers(email, ways).await;
        }
        let due = Due::new(self);
        // Nobody waits for its end but those who ask for all of them.
        drop(self.begin(async move {
            if let Err(error) = due.0.put_trackers(email, ways).await {
                tracing::warn!(%error, "what a letter would have told could not be kept");
            }
        }));
        Ok(())
    }

    async fn put_trackers(&self, email: EmailId, ways: Vec<TrackerFact>) -> Result<()> {
        self.write_soon(move |writing| writing.put_trackers(email, &ways))
            .await
    }

    /// Somebody was asked for a picture of a letter and has answered, so they know that it was opened. A picture that is here is
    /// shown even where this cannot be kept.
    pub(super) async fn keep_told(&self, email: EmailId, to: Listener) {
        let Listener { host, service } = to;
        let kept = self.write_soon(move |writing| writing.tracker_told(email, &host, service));
        if let Err(error) = kept.await {
            tracing::warn!(%error, "who was told of a letter could not be kept");
        }
    }
}
