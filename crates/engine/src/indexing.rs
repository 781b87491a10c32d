//! The search index, brought up behind the scenes. A synchronisation that brings letters by the thousand leaves their
//! lines to be written; they are written here, whole letters at once and headers when no body has come for a while,
//! since FTS5 pays for each line that is written twice. Files of letters are opened before their line is written; what takes
//! longer is opened by a second task (`finding/opening.rs`), so that no file holds up new mail; a third reads letters anew after an
//! update (`rereading.rs`), a fourth lists files (`listing_files.rs`), and a fifth notices when another day begins (`finding/day.rs`). Once a
//! day the first gives room back to the disk and compares the index with the letters, a step at a time (`indexing/comparison.rs`).

mod comparison;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{MutexGuard, Notify};
use tokio::task::JoinHandle;
use waxwing_store::{Ready, Repairs, StillToCompare, StoreError, Unindexed};

use self::comparison::{Comparison, Due, Occasion};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::finding::opening::Opening;

/// Letters of one transaction. The writer is free in between.
const BATCH: u32 = 1_000;
/// Pages of the index that are written in one transaction when a volume is put together: about a megabyte.
const PAGES: u32 = 256;
/// Words of a volume that are listed in one transaction.
const WORDS: u32 = 5_000;
/// While letters are fetched, fewer than that are indexed after so long.
const SOON: Duration = Duration::from_secs(2);
/// How often it is looked whether there is something to index.
const LOOK: Duration = Duration::from_millis(500);
/// When nothing is being fetched and no body has come for this long, headers are indexed without waiting for theirs.
const QUIET: Duration = Duration::from_secs(3);
/// And after this long in any case, so that what is listed can be found.
const LONGEST: Duration = Duration::from_secs(20);
/// A volume is put together when nothing was indexed for so long: the oldest one grows while letters are fetched.
const REST: Duration = Duration::from_secs(30);
/// Single letters that come or change are no occasion; after so long it is looked all the same whether there is anything to do.
const AGAIN: Duration = Duration::from_secs(600);
/// Between two steps of that, for whoever else has something to write.
const BETWEEN: Duration = Duration::from_millis(100);
/// After an error of the store, such as a full disk.
const AFTER_AN_ERROR: Duration = Duration::from_secs(30);

/// How long the end of the program waits for the step that is under way.
const LAST_STEP: Duration = Duration::from_secs(3);

/// The tasks, and how each is told to end.
pub(crate) struct Indexing {
    tasks: [(JoinHandle<()>, Arc<Notify>); 5],
}

impl Indexing {
    pub(crate) fn start(engine: &Engine) -> Self {
        let [indexing, opening, anew, listing, day] = std::array::from_fn(|_| Arc::new(Notify::new()));
        Self {
            tasks: [
                (
                    engine.begin(engine.clone().keep_indexing(Arc::clone(&indexing))),
                    indexing,
                ),
                (
                    engine.begin(engine.clone().keep_opening(Arc::clone(&opening))),
                    opening,
                ),
                (
                    engine.begin(engine.clone().keep_reading_anew(Arc::clone(&anew))),
                    anew,
                ),
                (
                    engine.begin(engine.clone().keep_listing_files(Arc::clone(&listing))),
                    listing,
                ),
                (engine.begin(engine.clone().keep_the_day(Arc::clone(&day))), day),
            ],
        }
    }

    /// Ends them between two steps: one that is under way would hold the store open.
    pub(crate) async fn end(self) {
        for (_, end) in &self.tasks {
            end.notify_one();
        }
        for (mut task, _) in self.tasks {
            if tokio::time::timeout(LAST_STEP, &mut task).await.is_err() {
                task.abort();
            }
        }
    }
}

impl Engine {
    /// Indexes what waits, for as long as the program runs.
    async fn keep_indexing(self, end: Arc<Notify>) {
        let mut busy = Instant::now();
        let mut waiting_since = None;
        // Something was written since the volumes were looked through, last at this time.
        let (mut written, mut written_at) = (true, Instant::now());
        let mut under_way = None;
        let has_begun = self.read(|reading| reading.is_comparing()).await;
        let mut comparison = Comparison::new(Instant::now(), has_begun.unwrap_or_default());
        // Of a store from before subjects were noted.
        let mut has_old = true;
        loop {
            self.compare_where_due(&mut comparison).await;
            let indexed = self.index_a_little(&mut busy, &mut waiting_since).await;
            let mut pause = match indexed {
                Ok(true) => {
                    (written, written_at) = (true, Instant::now());
                    Duration::ZERO
                }
                Ok(false) if has_old => match self.look_at_old_subjects().await {
                    Ok(more) => {
                        has_old = more;
                        BETWEEN
                    }
                    Err(error) => {
                        tracing::warn!(%error, "the subjects of older letters could not be noted");
                        AFTER_AN_ERROR
                    }
                },
                Ok(false)
                    if waiting_since.is_none()
                        && written_at.elapsed() >= if written { REST } else { AGAIN } =>
                {
                    match self.finish_some(&mut under_way).await {
                        Ok(more) => {
                            written = more;
                            if !more {
                                written_at = Instant::now();
                            }
                            if more { BETWEEN } else { LOOK }
                        }
                        Err(error) => {
                            tracing::warn!(%error, "volumes of the search index could not be finished");
                            AFTER_AN_ERROR
                        }
                    }
                }
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::warn!(%error, "letters could not be indexed");
                    match error {
                        // It is mended soon.
                        EngineError::Store(StoreError::DamagedIndex(_))
                            if self.due(&mut comparison).is_some() =>
                        {
                            LOOK
                        }
                        _ => AFTER_AN_ERROR,
                    }
                }
            };
            // What is damaged is not written to again and again until it is mended.
            while comparison.is_mending() {
                if self.rests(comparison.rest(Instant::now()), &end).await {
                    return;
                }
                self.compare_where_due(&mut comparison).await;
                pause = Duration::ZERO;
            }
            if self.rests(Some(pause), &end).await {
                return;
            }
        }
    }

    /// `true`: it is to end.
    async fn rests(&self, pause: Option<Duration>, end: &Notify) -> bool {
        tokio::select! {
            biased;
            () = end.notified() => true,
            () = tokio::time::sleep(pause.unwrap_or_default()) => false,
        }
    }

    /// Compares a little more of the index, once a day, when room is given back to the disk too, and when somebody has met a part that
    /// is damaged.
    async fn compare_where_due(&self, comparison: &mut Comparison) {
        let Some(due) = self.due(comparison) else {
            return;
        };
        if due == Due::Begin(Occasion::Day) {
            self.give_back_room().await;
        }
        let begun = Instant::now();
        let step = self.compare_some(due).await;
        let now = Instant::now();
        if let Due::Begin(occasion) = due {
            comparison.begins(occasion, now);
        }
        match step {
            Ok(step) => {
                let all = comparison.went_on(step, now - begun, now);
                if let Some(repairs) = all.filter(|repairs| *repairs != Repairs::default()) {
                    tracing::warn!(
                        ?repairs,
                        "the search index was not as it should be, and is put right"
                    );
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the search index could not be compared with the letters");
                comparison.was_in_vain(now);
            }
        }
    }

    /// What of comparing is to be done now. Hears of damage that somebody has met.
    fn due(&self, comparison: &mut Comparison) -> Option<Due> {
        if self.inner.store.has_met_damage() {
            comparison.note_damage();
        }
        comparison.due(Instant::now())
    }

    async fn compare_some(&self, due: Due) -> Result<(Repairs, StillToCompare)> {
        let store = self.inner.store.clone();
        let compare = move || {
            if let Due::Begin(_) = due {
                store.begin_comparing()?;
            }
            store.compare_some()
        };
        Ok(blocking(compare).await??)
    }

    /// Opens the files of letters that wait for it, for as long as the program runs.
    async fn keep_opening(self, end: Arc<Notify>) {
        loop {
            let pause = match self.open_a_little().await {
                Ok(true) => Duration::ZERO,
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::warn!(%error, "files could not be indexed");
                    AFTER_AN_ERROR
                }
            };
            tokio::select! {
                biased;
                () = end.notified() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Letters from before subjects were noted find each other by them, some at a time. `false`: there are none any more.
    async fn look_at_old_subjects(&self) -> Result<bool> {
        if !self.read(|reading| reading.has_old_subjects()).await? {
            return Ok(false);
        }
        self.write_soon(|writing| writing.look_at_old_subjects(BATCH))
            .await
    }

    /// What is in files comes last. `false`: there is nothing to do just now.
    async fn open_a_little(&self) -> Result<bool> {
        if self.read(|reading| reading.has_unindexed(Unindexed::All)).await? {
            return Ok(false);
        }
        self.open_some().await
    }

    /// Gives back to the disk what letters have left that are gone. What is in the way of it is in nobody else's.
    pub(crate) async fn give_back_room(&self) {
        let store = self.inner.store.clone();
        match blocking(move || store.give_back()).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the store could not be made smaller"),
            Err(error) => tracing::warn!(%error, "the store could not be made smaller"),
        }
    }

    /// Indexes all that waits, now. All of it is found then; nothing is put together.
    pub async fn index_now(&self) -> Result<()> {
        while self.index_some(Unindexed::Whole).await?
            || self.index_some(Unindexed::All).await?
            || self.look_at_old_subjects().await?
            || self.open_some().await?
        {}
        Ok(())
    }

    /// Puts together what is worth it of the index and lists its words, now.
    pub async fn put_index_together(&self) -> Result<()> {
        let mut under_way = None;
        while self.finish_some(&mut under_way).await? {}
        Ok(())
    }

    /// Goes on with putting volumes of the index together: with the one that is under way until it is done, since half of it is
    /// worth nothing. `false`: there is none to be.
    async fn compact_some(&self, under_way: &mut Option<i64>) -> Result<bool> {
        let begun = *under_way;
        let volume = match begun {
            Some(volume) => volume,
            None => match self.read(|reading| reading.loose_volume()).await? {
                Some(volume) => volume,
                None => return Ok(false),
            },
        };
        let more = self
            .write_soon(move |writing| writing.compact(volume, PAGES))
            .await?;
        *under_way = more.then_some(volume);
        // When one is done the next is looked for.
        Ok(more || begun.is_some())
    }

    /// Goes on with listing the words of volumes. `false`: all are listed to which nothing is added any more.
    async fn list_some(&self) -> Result<bool> {
        let Some(volume) = self.read(|reading| reading.unlisted_volume()).await? else {
            return Ok(false);
        };
        self.write_soon(move |writing| writing.list_words(volume, WORDS))
            .await?;
        Ok(true)
    }

    /// What is done to volumes to which nothing is added any more.
    async fn finish_some(&self, under_way: &mut Option<i64>) -> Result<bool> {
        Ok(self.compact_some(under_way).await? || self.list_some().await?)
    }

    /// `false`: there is nothing to do just now.
    async fn index_a_little(&self, busy: &mut Instant, waiting_since: &mut Option<Instant>) -> Result<bool> {
        // Few lines at a time cost more than many.
        let is_soon = busy.elapsed() < SOON && self.is_fetching();
        if is_soon
            && !self
                .read(|reading| reading.has_many_unindexed(Unindexed::Whole, BATCH))
                .await?
        {
            return Ok(false);
        }
        if self.index_some(Unindexed::Whole).await? {
            *busy = Instant::now();
            return Ok(true);
        }
        if !self.read(|reading| reading.has_unindexed(Unindexed::All)).await? {
            *waiting_since = None;
            return Ok(false);
        }
        let waiting = waiting_since.get_or_insert_with(Instant::now);
        // Bodies are about to come, and a line that is written for a header is written once more then.
        let is_quiet = busy.elapsed() >= QUIET && !self.is_fetching();
        if !is_quiet && waiting.elapsed() < LONGEST {
            return Ok(false);
        }
        self.index_some(Unindexed::All).await
    }

    async fn index_some(&self, which: Unindexed) -> Result<bool> {
        let (ready, opening) = self.made_ready(which).await?;
        if ready.is_empty() {
            return Ok(false);
        }
        let noted = opening.is_some();
        self.write_soon(move |writing| {
            if noted {
                writing.end_papers()?;
            }
            writing.write_ready(ready)
        })
        .await?;
        drop(opening);
        Ok(true)
    }

    /// The lines of some letters that wait, with what is in their files as far as it was opened beforehand. Whoever writes is held
    /// up by the writing of lines alone.
    pub(crate) async fn made_ready(
        &self,
        which: Unindexed,
    ) -> Result<(Ready, Option<MutexGuard<'_, Opening>>)> {
        // First: what ended the program gets its line there, and is not among those that wait for theirs.
        let opening = self.turn_to_open().await?;
        let mut ready = self
            .read(move |reading| reading.ready_lines(which, BATCH))
            .await?;
        let opening = match opening {
            Some(opening) => self.open_beforehand(opening, &mut ready).await?,
            None => None,
        };
        Ok((ready, opening))
    }
}
