//! How many selectors a letter may have, by what each costs a web view.

use super::census::Census;
use super::ground::Ground;

/// A web view holds each selector of a letter against each of its elements: so many comparisons a letter may cost.
const MOST_COMPARISONS: usize = 40_000_000;
/// More selectors than this no letter needs, and so many it may have however long it is, by what each costs.
const MOST_SELECTORS: usize = 20_000;
const ALWAYS: usize = 200;

/// What the selectors of all sheets of a letter may cost still.
pub(super) struct Room<'f> {
    left: usize,
    /// So many elements stand side by side at the most, which is how far a selector may walk among siblings.
    pub(super) widest: usize,
    /// Who they can be for.
    pub(super) census: Census<'f>,
    /// What the letter stands on.
    pub(super) ground: Ground<'f>,
}

impl<'f> Room<'f> {
    /// For a letter with so many elements, so many of them side by side.
    pub(super) fn for_letter(elements: usize, widest: usize, fragment: &'f str, body: &'f str) -> Self {
        Self {
            left: (MOST_COMPARISONS / elements.max(1)).clamp(ALWAYS, MOST_SELECTORS),
            widest,
            census: Census::of(fragment),
            ground: Ground::of(fragment, body),
        }
    }

    /// Takes what a selector costs, if there is room for it.
    pub(super) fn take(&mut self, cost: usize) -> Option<()> {
        self.left = self.left.checked_sub(cost)?;
        Some(())
    }
}
