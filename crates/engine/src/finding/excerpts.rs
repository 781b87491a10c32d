//! Excerpts for the rows of a search that somebody looks at: why each letter was found, where its row does not show that. They are
//! asked for after the rows were drawn, for those that are seen, and end when something else is searched for.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use waxwing_mime::Paper;
use waxwing_model::EmailId;
use waxwing_store::{FoundIn, Piece, Reading, Shown, ShownPart, StoreError, WordSet};

use crate::engine::{Engine, blocking, locked};
use crate::error::Result;

/// Octets of a letter whose files are opened for an excerpt.
const LARGE: i64 = 4 << 20;

/// A text with the octets of it that are words of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedText {
    pub text: String,
    pub marks: Vec<Range<usize>>,
}

/// Why a letter was found, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Excerpt {
    /// What stands in its text.
    Text(MarkedText),
    /// What one of its files is called.
    FileName(MarkedText),
    /// Both, where each tells of other words.
    NameAndText { name: MarkedText, said: MarkedText },
    /// What stands in the file of this name.
    InFile { name: String, said: MarkedText },
    /// It stands in one of its files, which it would be too much work to open now.
    InSomeFile,
    /// It stands in what of the letter is on a server alone.
    Elsewhere,
}

/// What is said of one letter.
enum Told {
    /// Its row says enough.
    None,
    By(Excerpt),
    /// More can be said once its text has come.
    OnceItIsHere,
}

/// Which search excerpts are made for.
#[derive(Default)]
pub(super) struct Excerpts {
    query: Mutex<String>,
    latest: Arc<AtomicU64>,
}

impl Excerpts {
    /// A turn to make excerpts, which ends the one before.
    fn begin(&self, query: &str) -> Turn {
        query.clone_into(&mut locked(&self.query));
        let mine = self.latest.fetch_add(1, Ordering::AcqRel) + 1;
        let latest = Arc::clone(&self.latest);
        Turn { latest, mine }
    }

    /// Nobody looks at another search any more than at this one.
    pub(super) fn end_but_for(&self, query: &str) {
        if *locked(&self.query) != query {
            self.latest.fetch_add(1, Ordering::AcqRel);
        }
    }
}

/// Whoever makes excerpts, for as long as nobody asks for others.
#[derive(Clone)]
struct Turn {
    latest: Arc<AtomicU64>,
    mine: u64,
}

impl Turn {
    fn is_mine(&self) -> bool {
        self.latest.load(Ordering::Acquire) == self.mine
    }
}

impl Engine {
    /// Why some letters were found: of each an excerpt, or `None` where what a row shows of it says so. Whoever asks for others, or
    /// for a page of another search, ends it: then fewer are told.
    pub async fn excerpts(&self, query: &str, emails: Vec<EmailId>) -> Result<Vec<Option<Excerpt>>> {
        let turn = self.inner.finding.excerpts.begin(query);
        let mut excerpts = Vec::with_capacity(emails.len());
        let mut elsewhere = Vec::new();
        for email in emails {
            if !turn.is_mine() {
                break;
            }
            // One that cannot be read keeps the others from nothing.
            let found = self.excerpt(query, email).await.unwrap_or_else(|error| {
                tracing::warn!(%email, %error, "it cannot be told why a letter was found");
                Told::None
            });
            excerpts.push(match found {
                Told::None => None,
                Told::By(excerpt) => Some(excerpt),
                Told::OnceItIsHere => {
                    elsewhere.push(email);
                    Some(Excerpt::Elsewhere)
                }
            });
        }
        self.bring_found(query, elsewhere);
        Ok(excerpts)
    }

    /// In which of its files the words of a search stand for which a letter was found, by their parts: where the letter was found by
    /// its text or the names of its files alone, in none.
    pub async fn found_in_files(&self, query: &str, email: EmailId) -> Result<Vec<String>> {
        let Some(FoundIn::Papers(missing)) = self.why_found(query, email).await? else {
            return Ok(Vec::new());
        };
        let Some(raw) = self.read(move |reading| reading.raw(email)).await? else {
            return Ok(Vec::new());
        };
        let query = query.to_owned();
        let parts = blocking(move || {
            let papers = waxwing_mime::papers_apart(&raw);
            let pieces = pieces_of(&query, missing, &papers)?;
            let found = papers.into_iter().zip(pieces);
            let found = found.filter(|(_, piece)| piece.as_ref().is_some_and(|one| one.words.meets(missing)));
            Ok::<_, StoreError>(found.map(|(paper, _)| paper.part).collect())
        });
        Ok(parts.await??)
    }

    async fn why_found(&self, query: &str, email: EmailId) -> Result<Option<FoundIn>> {
        let query = query.to_owned();
        self.read(move |reading| reading.why_found(&query, email)).await
    }

    async fn excerpt(&self, query: &str, email: EmailId) -> Result<Told> {
        let Some(found) = self.why_found(query, email).await? else {
            return Ok(Told::None);
        };
        let asked = query.to_owned();
        let excerpt = match found {
            FoundIn::Text(piece) => {
                let text = blocking(move || marked(&asked, ShownPart::Text, line_of(&piece)));
                Excerpt::Text(text.await??)
            }
            FoundIn::FileName(name) => {
                let name = blocking(move || marked(&asked, ShownPart::FileName, name));
                Excerpt::FileName(name.await??)
            }
            FoundIn::NameAndText(name, piece) => {
                let both = blocking(move || {
                    let name = marked(&asked, ShownPart::FileName, name)?;
                    let said = marked(&asked, ShownPart::Text, line_of(&piece))?;
                    Ok::<_, StoreError>(Excerpt::NameAndText { name, said })
                });
                both.await??
            }
            FoundIn::Elsewhere { in_part: false } => return Ok(Told::OnceItIsHere),
            FoundIn::Elsewhere { in_part: true } => Excerpt::Elsewhere,
            FoundIn::Papers(missing) => match self.excerpt_of_files(asked, email, missing).await? {
                Some(excerpt) => excerpt,
                None => return Ok(Told::None),
            },
        };
        Ok(Told::By(excerpt))
    }

    async fn excerpt_of_files(
        &self,
        query: String,
        email: EmailId,
        missing: WordSet,
    ) -> Result<Option<Excerpt>> {
        let Some(size) = self.read(move |reading| reading.body_size(email)).await? else {
            // Its files are not here, and whoever has found it has looked where they are.
            return Ok(Some(Excerpt::Elsewhere));
        };
        if size > LARGE {
            return Ok(Some(Excerpt::InSomeFile));
        }
        let Some(raw) = self.read(move |reading| reading.raw(email)).await? else {
            return Ok(None);
        };
        let excerpt = blocking(move || {
            let Some(papers) = waxwing_mime::papers_apart_soon(&raw) else {
                return Ok(Some(Excerpt::InSomeFile));
            };
            let mut pieces = pieces_of(&query, missing, &papers)?;
            let telling = Reading::telling(&pieces, missing);
            let told = telling.and_then(|at| Some((papers.into_iter().nth(at)?, pieces.swap_remove(at)?)));
            let Some((paper, piece)) = told.filter(|(_, piece)| piece.words.meets(missing)) else {
                // It stands elsewhere in the letter than here is known of: its files have been read otherwise.
                return Ok(None);
            };
            let said = marked(&query, ShownPart::Papers, line_of(&piece))?;
            let name = paper.name;
            Ok::<_, StoreError>(Some(Excerpt::InFile { name, said }))
        });
        Ok(excerpt.await??)
    }
}

/// Of each file the piece that tells most of words that are missing elsewhere.
fn pieces_of(query: &str, missing: WordSet, papers: &[Paper]) -> Result<Vec<Option<Piece>>, StoreError> {
    let shown: Vec<Shown> = papers
        .iter()
        .map(|paper| Shown {
            part: ShownPart::Papers,
            text: paper.text.clone(),
        })
        .collect();
    Reading::pieces_in(query, missing, &shown)
}

/// A piece on one line. Where something stands before it, it says so.
fn line_of(piece: &Piece) -> String {
    let line = waxwing_mime::excerpt(&piece.text);
    match piece.goes_on {
        true => format!("… {line}"),
        false => line,
    }
}

/// The words of the search are looked for in the very line that is shown.
fn marked(query: &str, part: ShownPart, text: String) -> Result<MarkedText, StoreError> {
    let shown = Shown { part, text };
    let marks = Reading::marks(query, std::slice::from_ref(&shown))?.concat();
    Ok(MarkedText {
        text: shown.text,
        marks,
    })
}

#[cfg(test)]
mod tests;
