//! Searches that are kept, and how much they find. Counting is done behind the scenes and not more often than every few
//! seconds: a list asks for it whenever letters change.

use std::time::{Duration, Instant};

use waxwing_model::Change;
use waxwing_store::SavedSearch;

use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// Between two counts.
const PAUSE: Duration = Duration::from_secs(3);
/// Characters of a name.
const LONGEST: usize = 200;

/// A search that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSearch {
    pub id: i64,
    pub name: String,
    /// As it is to be asked: with a space at its end, since nobody goes on typing its last word.
    pub query: String,
    /// Conversations that it finds, and those of them with something to read; `None` until they were counted.
    pub found: Option<(u32, u32)>,
}

/// Whether kept searches are being counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counting {
    #[default]
    Rests,
    UnderWay,
    /// And somebody has asked since it was begun to look: letters may have changed that were not seen.
    AskedAgain,
}

impl Counting {
    /// Somebody asks. `true`: they have to begin.
    fn ask(&mut self) -> bool {
        let begins = *self == Self::Rests;
        *self = match begins {
            true => Self::UnderWay,
            false => Self::AskedAgain,
        };
        begins
    }

    /// The letters are looked at as they are now.
    fn look(&mut self) {
        *self = Self::UnderWay;
    }

    /// They were counted. `true`: they have to be once more.
    fn end(&mut self) -> bool {
        let again = *self == Self::AskedAgain;
        *self = match again {
            true => Self::UnderWay,
            false => Self::Rests,
        };
        again
    }
}

impl Engine {
    /// In the order in which the person has them. What is told of how much they find may be some seconds old; when it is
    /// different, that is told.
    pub async fn saved_searches(&self) -> Result<Vec<KeptSearch>> {
        let saved = self.read(|reading| reading.saved_searches()).await?;
        if !saved.is_empty() {
            self.count_saved_searches();
        }
        let counts = locked(&self.inner.finding.counts);
        Ok(saved
            .into_iter()
            .map(|search| {
                let query = whole(&search.query);
                KeptSearch {
                    found: counts.get(&query).copied(),
                    id: search.id,
                    name: search.name,
                    query,
                }
            })
            .collect())
    }

    /// Keeps a search under a name, behind the others, and gives its number. Neither may be empty.
    pub async fn save_search(&self, name: &str, query: &str) -> Result<i64> {
        let (name, query) = (named(name)?, asked(query)?);
        self.write(move |writing| writing.insert_saved_search(&name, &query))
            .await
    }

    /// Another name, another query, or both.
    pub async fn change_saved_search(&self, id: i64, name: &str, query: &str) -> Result<()> {
        let search = SavedSearch {
            id,
            name: named(name)?,
            query: asked(query)?,
        };
        self.write(move |writing| writing.update_saved_search(&search))
            .await
    }

    /// No longer keeps it. The letters that it finds stay as they are.
    pub async fn remove_saved_search(&self, id: i64) -> Result<()> {
        self.write(move |writing| writing.remove_saved_search(id)).await
    }

    /// Their numbers in the order in which the person has them from now on.
    pub async fn order_saved_searches(&self, order: Vec<i64>) -> Result<()> {
        self.write(move |writing| writing.order_saved_searches(&order))
            .await
    }

    fn count_saved_searches(&self) {
        if !locked(&self.inner.finding.counting).ask() {
            return;
        }
        let engine = self.clone();
        self.begin(async move {
            loop {
                engine.count_once().await;
                if !locked(&engine.inner.finding.counting).end() {
                    break;
                }
            }
        });
    }

    async fn count_once(&self) {
        let finding = &self.inner.finding;
        let last = *locked(&finding.counted);
        if let Some(since) = last.map(|last| last.elapsed()).filter(|since| *since < PAUSE) {
            tokio::time::sleep(PAUSE.saturating_sub(since)).await;
        }
        locked(&finding.counting).look();
        let counted = self.read(|reading| {
            let searches = reading.saved_searches()?;
            searches
                .into_iter()
                .map(|search| {
                    let query = whole(&search.query);
                    Ok((reading.search_conversations(&query)?, query))
                })
                .collect::<std::result::Result<Vec<_>, _>>()
        });
        let changed = match counted.await {
            Ok(counted) => {
                let counted = counted.into_iter().map(|(found, query)| (query, found)).collect();
                let mut counts = locked(&finding.counts);
                let changed = *counts != counted;
                *counts = counted;
                changed
            }
            Err(error) => {
                tracing::warn!(%error, "kept searches could not be counted");
                false
            }
        };
        *locked(&finding.counted) = Some(Instant::now());
        if changed {
            self.inner.changes.publish(vec![Change::Searches]);
        }
    }
}

fn named(name: &str) -> Result<String> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(EngineError::Invalid("a search needs a name".to_owned())),
        1..=LONGEST => Ok(name.to_owned()),
        _ => Err(EngineError::Invalid(
            "the name of the search is too long".to_owned(),
        )),
    }
}

/// A query that is typed to its end.
fn whole(query: &str) -> String {
    format!("{query} ")
}

fn asked(query: &str) -> Result<String> {
    match query.trim() {
        "" => Err(EngineError::Invalid("the search asks for nothing".to_owned())),
        query => Ok(query.to_owned()),
    }
}

#[cfg(test)]
#[path = "saved_tests.rs"]
mod tests;
