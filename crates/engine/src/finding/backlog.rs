//! How far the search index is behind the letters. Whoever searches meanwhile follows that, and it costs them nothing to speak of:
//! whether anything waits is known at once, and how much is counted again only after a rest that is many times as long as counting
//! took, and half a minute at the most.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::engine::{Engine, locked};
use crate::error::Result;

/// The rest behind a count, in times of what it took, and at the most.
const REST: u32 = 100;
const LONGEST_REST: Duration = Duration::from_secs(30);

/// What the search index is still to be given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Letters that have no line there, or an older one.
    pub letters: u32,
    /// Of so many, where there are any.
    pub of: u32,
    /// Letters whose files are still to be read.
    pub files: u32,
}

/// What was counted last, until when that is good enough.
#[derive(Default)]
pub(crate) struct Counted(Mutex<Option<(Backlog, Instant)>>);

impl Counted {
    fn at(&self, moment: Instant) -> Option<Backlog> {
        let (backlog, until) = (*locked(&self.0))?;
        (moment < until).then_some(backlog)
    }

    fn keep(&self, backlog: Backlog, moment: Instant, took: Duration) {
        let rest = took.saturating_mul(REST).min(LONGEST_REST);
        *locked(&self.0) = Some((backlog, moment + rest));
    }

    fn forget(&self) {
        *locked(&self.0) = None;
    }
}

impl Engine {
    /// How far the index is behind the letters. That it is not behind any more is told at once.
    pub async fn search_waiting(&self) -> Result<Backlog> {
        let counted = &self.inner.finding.counted_backlog;
        if !self.read(|reading| reading.has_search_waiting()).await? {
            counted.forget();
            return Ok(Backlog::default());
        }
        if let Some(known) = counted.at(Instant::now()) {
            return Ok(known);
        }
        let count = self.read(|reading| {
            // How long it takes, without how long it waits for its turn.
            let begun = Instant::now();
            let (letters, files) = reading.search_waiting()?;
            let of = if letters > 0 { reading.letters()? } else { 0 };
            Ok((Backlog { letters, of, files }, begun.elapsed()))
        });
        let (backlog, took) = count.await?;
        counted.keep(backlog, Instant::now(), took);
        Ok(backlog)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::without_keyring::engine;

    const SOME: Backlog = Backlog {
        letters: 700_000,
        of: 1_000_000,
        files: 3,
    };

    #[test]
    fn what_takes_long_to_count_is_counted_seldom() {
        let now = Instant::now();
        let counted = Counted::default();
        assert_eq!(counted.at(now), None, "nobody has counted");
        let took = Duration::from_millis(20);
        counted.keep(SOME, now, took);
        assert_eq!(counted.at(now + took * 99), Some(SOME));
        assert_eq!(
            counted.at(now + took * 100),
            None,
            "whoever counts quickly does so for a hundredth of the time"
        );
        let took = Duration::from_secs(5);
        counted.keep(SOME, now, took);
        assert_eq!(
            counted.at(now + LONGEST_REST - took),
            Some(SOME),
            "whoever counts slowly rests as long"
        );
        assert_eq!(
            counted.at(now + LONGEST_REST),
            None,
            "and no longer, though counting takes more of the time then"
        );
    }

    #[tokio::test]
    async fn a_count_is_good_for_a_while_and_that_nothing_waits_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(folder.path()).await;
        engine.add_demo().await.unwrap();
        engine.index_now().await.unwrap();
        // What the engine does behind the scenes would be in the way.
        engine.stop().await;
        engine.rebuild_search().await.unwrap();
        let counted = &engine.inner.finding.counted_backlog;
        counted.keep(SOME, Instant::now(), LONGEST_REST);
        assert_eq!(engine.search_waiting().await.unwrap(), SOME, "nothing is counted");
        engine.index_now().await.unwrap();
        assert_eq!(engine.search_waiting().await.unwrap(), Backlog::default());
        engine.rebuild_search().await.unwrap();
        let anew = engine.search_waiting().await.unwrap();
        assert!(
            anew.letters > 0 && anew != SOME,
            "what begins anew is counted: {anew:?}"
        );
    }
}
