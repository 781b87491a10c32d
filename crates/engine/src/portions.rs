//! What is done behind everything else, for as long as the program runs: in small portions, and behind each stands a rest that is several
//! times as long. Where somebody sees that it is not done yet, it goes on without a rest. Not here: what is done.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::error::Result;

/// Somebody who sees it asks again sooner than that.
const SEEN: Duration = Duration::from_secs(5);

/// How a portion ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Portion {
    /// Something was done, and there may be more.
    Done,
    /// Others have something to do, and come first.
    OthersFirst,
    /// There is nothing to do for so long.
    NothingFor(Duration),
    /// There will be nothing to do any more.
    AllDone,
}

/// How long is waited.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// The program has other things to do when it starts.
    first: Duration,
    /// How long the rest behind a portion is, in times of what it took, and at least.
    rest: u32,
    shortest_rest: Duration,
    /// While others are busy it is looked again after so long.
    look: Duration,
    /// After an error of the store, such as a full disk.
    after_an_error: Duration,
}

impl Pace {
    pub(crate) const BEHIND_EVERYTHING: Self = Self {
        first: Duration::from_secs(20),
        rest: 4,
        shortest_rest: Duration::from_millis(100),
        look: Duration::from_secs(5),
        after_an_error: Duration::from_secs(30),
    };

    /// How long is waited behind a portion that took so long.
    fn behind(self, portion: Portion, took: Duration, is_seen: bool) -> Option<Duration> {
        match portion {
            Portion::Done if is_seen => Some(Duration::ZERO),
            Portion::Done => Some((took * self.rest).max(self.shortest_rest)),
            Portion::OthersFirst => Some(self.look),
            Portion::NothingFor(pause) => Some(pause),
            Portion::AllDone => None,
        }
    }
}

/// Does one portion after the other until it is told to end, or all is done. `asked` waits until somebody sees that it is not done yet;
/// `portion` is told whether somebody does. What an error says is logged behind `in_vain`, and it is tried again later.
pub(crate) async fn in_portions<A: Future<Output = ()>, P: Future<Output = Result<Portion>>>(
    pace: Pace,
    end: Arc<Notify>,
    in_vain: &str,
    asked: impl Fn() -> A,
    mut portion: impl FnMut(bool) -> P,
) {
    let mut pause = pace.first;
    let mut seen_until = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = end.notified() => return,
            () = asked() => seen_until = Instant::now() + SEEN,
            () = tokio::time::sleep(pause) => {}
        }
        let begun = Instant::now();
        let is_seen = begun < seen_until;
        pause = match portion(is_seen).await {
            Ok(portion) => match pace.behind(portion, begun.elapsed(), is_seen) {
                Some(pause) => pause,
                None => return,
            },
            Err(error) => {
                tracing::warn!(%error, "{in_vain}");
                pace.after_an_error
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::engine::locked;
    use crate::error::EngineError;

    const HOUR: Duration = Duration::from_secs(3_600);
    const AT_ONCE: Pace = Pace {
        first: Duration::ZERO,
        rest: 0,
        shortest_rest: Duration::ZERO,
        look: Duration::ZERO,
        after_an_error: Duration::ZERO,
    };

    /// A task whose portions end one after the other as was said, and what each was told.
    struct Task {
        end: Arc<Notify>,
        asked: Arc<Notify>,
        told: Arc<Mutex<Vec<bool>>>,
        under_way: tokio::task::JoinHandle<()>,
    }

    impl Task {
        fn begin(pace: Pace, ends: Vec<Result<Portion>>) -> Self {
            let [end, asked] = std::array::from_fn(|_| Arc::new(Notify::new()));
            let told = Arc::new(Mutex::new(Vec::new()));
            let (ending, asking, telling) = (Arc::clone(&end), Arc::clone(&asked), Arc::clone(&told));
            let mut ends = ends.into_iter();
            let under_way = tokio::spawn(async move {
                let portion = |is_seen| {
                    locked(&telling).push(is_seen);
                    std::future::ready(ends.next().expect("no more was to be done"))
                };
                in_portions(pace, ending, "in vain", || asking.notified(), portion).await;
            });
            Self {
                end,
                asked,
                told,
                under_way,
            }
        }

        /// What each portion was told, once it is over.
        async fn over(self) -> Vec<bool> {
            let over = tokio::time::timeout(Duration::from_secs(60), self.under_way);
            over.await.expect("it ends").expect("as it should");
            std::mem::take(&mut *locked(&self.told))
        }

        async fn after(&self, portions: usize) {
            let looked = async {
                while locked(&self.told).len() < portions {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(60), looked)
                .await
                .expect("they are done");
        }
    }

    #[tokio::test]
    async fn one_portion_follows_the_other_also_behind_an_error_until_all_is_done() {
        let ends = vec![
            Ok(Portion::Done),
            Err(EngineError::Closing),
            Ok(Portion::OthersFirst),
            Ok(Portion::NothingFor(Duration::ZERO)),
            Ok(Portion::Done),
            Ok(Portion::AllDone),
        ];
        let count = ends.len();
        assert_eq!(
            Task::begin(AT_ONCE, ends).over().await,
            vec![false; count],
            "nobody sees it"
        );
    }

    #[tokio::test]
    async fn whoever_sees_that_it_is_not_done_ends_a_rest_and_has_none_until_it_is() {
        let pace = Pace {
            shortest_rest: HOUR,
            ..AT_ONCE
        };
        let ends = vec![
            Ok(Portion::Done),
            Ok(Portion::Done),
            Ok(Portion::Done),
            Ok(Portion::AllDone),
        ];
        let task = Task::begin(pace, ends);
        task.after(1).await;
        task.asked.notify_one();
        assert_eq!(task.over().await, [false, true, true, true]);
    }

    #[tokio::test]
    async fn it_ends_in_the_midst_of_a_rest() {
        for end in [Portion::NothingFor(HOUR), Portion::OthersFirst] {
            let pace = Pace {
                look: HOUR,
                ..AT_ONCE
            };
            let task = Task::begin(pace, vec![Ok(end)]);
            task.after(1).await;
            task.end.notify_one();
            assert_eq!(task.over().await, [false], "{end:?}");
        }
        let pace = Pace {
            after_an_error: HOUR,
            ..AT_ONCE
        };
        let task = Task::begin(pace, vec![Err(EngineError::Closing)]);
        task.after(1).await;
        task.end.notify_one();
        assert_eq!(task.over().await, [false], "after an error");
    }

    #[test]
    fn the_rest_behind_a_portion_is_longer_than_it_was() {
        let pace = Pace::BEHIND_EVERYTHING;
        let took = Duration::from_millis(200);
        let behind = |took, is_seen| pace.behind(Portion::Done, took, is_seen);
        assert!(behind(took, false) >= Some(took * 4));
        assert_eq!(behind(Duration::ZERO, false), Some(pace.shortest_rest));
        assert_eq!(behind(took, true), Some(Duration::ZERO), "somebody waits for it");
    }
}
