//! How many selectors a letter may have, by what each costs a web view.

use super::census::Census;
use super::ground::Ground;

/// A web view holds each selector of a letter against each of its elements: so many comparisons a letter may cost.
const MOST_COMPARISONS: usize = 40_000_000;
/// More selectors than this no letter needs, and so many it may have however long it is, by what each costs.
const MOST_SELECTORS: usize = 20_000;
const ALWAYS: usize = 200;

/// What a part's style sheets are for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stands<'f> {
    /// So many elements the whole letter has.
    pub(crate) elements: usize,
    /// So many of the part's stand side by side.
    pub(crate) widest: usize,
    /// The clean part, and the clean attributes of its body.
    pub(crate) fragment: &'f str,
    pub(crate) body: &'f str,
    /// All clean parts of the letter.
    pub(crate) fragments: &'f str,
    /// What the selectors of the parts before cost.
    pub(crate) taken: usize,
}

/// What the selectors of all sheets of a letter may cost still.
pub(super) struct Room<'f> {
    left: usize,
    all: usize,
    /// So many elements stand side by side at the most, which is how far a selector may walk among siblings.
    pub(super) widest: usize,
    /// Who they can be for.
    pub(super) census: Census<'f>,
    /// What the letter stands on.
    pub(super) ground: Ground<'f>,
}

impl<'f> Room<'f> {
    pub(super) fn for_letter(letter: &Stands<'f>) -> Self {
        let all = (MOST_COMPARISONS / letter.elements.max(1)).clamp(ALWAYS, MOST_SELECTORS);
        Self {
            left: all.saturating_sub(letter.taken),
            all: all.max(letter.taken),
            widest: letter.widest,
            census: Census::of(letter.fragments),
            ground: Ground::of(letter.fragment, letter.body),
        }
    }

    /// What was taken, with what the parts before had.
    pub(super) fn taken(&self) -> usize {
        self.all - self.left
    }

    /// Takes what a selector costs, if there is room for it.
    pub(super) fn take(&mut self, cost: usize) -> Option<()> {
        self.left = self.left.checked_sub(cost)?;
        Some(())
    }
}
