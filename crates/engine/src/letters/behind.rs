//! What opening a letter leaves in the store: what it would have told of its reader. Somebody waits for the letter, so this is
//! kept behind the answer wherever it can wait. Not here: what letters tell, which `caution` works out.

use tokio::sync::watch as signal;
use waxwing_model::EmailId;
use waxwing_store::TrackerFact;

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
    pub(super) async fn keep_trackers(&self, email: EmailId, told: Vec<TrackerFact>) -> Result<()> {
        let known = self.read(move |reading| reading.trackers(email)).await?;
        self.note_trackers(email, told, known).await
    }

    /// The same for whoever has looked what is known. What is about to be told, since pictures are about to be shown, is kept
    /// when this returns; all else a little later.
    pub(super) async fn note_trackers(
        &self,
        email: EmailId,
        mut told: Vec<TrackerFact>,
        known: Vec<TrackerFact>,
    ) -> Result<()> {
        let was_loaded = |fact: &TrackerFact| {
            let is_same = |one: &&TrackerFact| one.host == fact.host && one.kind == fact.kind;
            known.iter().find(is_same).is_some_and(|known| known.loaded)
        };
        let is_told_now = told.iter().any(|fact| fact.loaded && !was_loaded(fact));
        for fact in &mut told {
            fact.loaded |= was_loaded(fact);
        }
        if known == told {
            return Ok(());
        }
        if is_told_now {
            return self.put_trackers(email, told).await;
        }
        let due = Due::new(self);
        // Nobody waits for its end but those who ask for all of them.
        drop(self.begin(async move {
            if let Err(error) = due.0.put_trackers(email, told).await {
                tracing::warn!(%error, "what a letter would have told could not be kept");
            }
        }));
        Ok(())
    }

    async fn put_trackers(&self, email: EmailId, told: Vec<TrackerFact>) -> Result<()> {
        self.write_soon(move |writing| writing.put_trackers(email, &told))
            .await
    }
}
