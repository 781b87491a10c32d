//! Of which elements a letter may have how many. Not here: how many it may have in all.

use super::Pass;

/// Items of lists and pieces of ruby take a web view longer with every one before them.
const MOST_ITEMS: usize = 5_000;
const MOST_RUBIES: usize = 6_000;

impl Pass<'_> {
    /// Whether there may be another of this name. A web view counts the items before each item, and sets ruby beside all that is in
    /// its paragraph.
    pub(super) fn has_room_for(&mut self, name: &str) -> bool {
        let (count, most) = match name {
            "li" => (&mut self.made.purse.items, MOST_ITEMS),
            "ruby" | "rt" | "rp" => (&mut self.made.purse.rubies, MOST_RUBIES),
            _ => return true,
        };
        *count += 1;
        *count <= most
    }
}
