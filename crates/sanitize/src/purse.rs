//! What a letter may have in all, however many parts it has: each limit of what a web view bears is one of the window, and a letter of a
//! hundred parts is drawn in one. Not here: the limits, which stand where they are kept.

use std::sync::Arc;

use crate::css;

/// What the parts before have taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct Purse {
    /// Octets of HTML and of text that were read.
    pub(crate) octets: usize,
    pub(crate) elements: usize,
    pub(crate) items: usize,
    pub(crate) rubies: usize,
    /// How often its text has turned its direction.
    pub(crate) turns: usize,
    /// What its long words cost.
    pub(crate) words: usize,
    /// So many elements of a part stand side by side at the most, which is how far a selector of any part may walk.
    pub(crate) widest: usize,
    /// Octets of style sheets.
    pub(crate) sheets: usize,
    /// What selectors cost.
    pub(crate) selectors: usize,
    pub(crate) styles: Arc<css::Spent>,
}

/// The parts of a letter stand in one document, so that the sheets of each may be for the elements of all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Whole {
    /// The clean fragments of all parts, one behind the other.
    pub(crate) fragments: String,
    pub(crate) elements: usize,
    pub(crate) widest: usize,
}
