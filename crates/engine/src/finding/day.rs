//! What another day means for searches: `newer:7d` finds other letters from midnight on, though nothing was written. Which day it is,
//! is the store's to say, which counts days in searches.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use waxwing_model::Change;

use crate::engine::Engine;
use crate::error::Result;

/// How often it is looked what day it is. A computer that slept, or was carried to another zone, has another day without a midnight.
const LOOK: Duration = Duration::from_secs(60);

impl Engine {
    /// Notices each day that begins where the person is, for as long as the program runs.
    pub(crate) async fn keep_the_day(self, end: Arc<Notify>) {
        let mut known = None;
        loop {
            if let Err(error) = self.look_at_the_day(&mut known).await {
                tracing::warn!(%error, "it is not known what day it is");
            }
            tokio::select! {
                biased;
                () = end.notified() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Where it is another day than the one that is known, what was found is found anew: lists of searches, and how much the kept
    /// ones find.
    async fn look_at_the_day(&self, known: &mut Option<String>) -> Result<()> {
        let today = self.read(|reading| reading.today()).await?;
        let is_another = known.as_ref().is_some_and(|known| *known != today);
        *known = Some(today);
        if is_another {
            self.inner.store.forget_gathered();
            self.inner.changes.publish(vec![Change::Searches]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::without_keyring::engine;

    #[tokio::test]
    async fn another_day_is_told_once_to_whoever_shows_a_search() {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(folder.path()).await;
        let mut told = engine.inner.changes.subscribe();
        let mut hears = async |known: &mut Option<String>| {
            engine.look_at_the_day(known).await.unwrap();
            let next = tokio::time::timeout(Duration::from_millis(500), told.next()).await;
            next.unwrap_or_default()
        };
        let mut known = None;
        assert_eq!(
            hears(&mut known).await,
            [],
            "a day that one begins with is no other"
        );
        let today = known.clone().expect("it is a day");
        assert_eq!(today.len(), "2026-11-27".len(), "{today}");
        known = Some("1999-12-31".to_owned());
        assert_eq!(hears(&mut known).await, [Change::Searches]);
        assert_eq!(known, Some(today));
        assert_eq!(hears(&mut known).await, [], "and it goes on all day");
    }
}
