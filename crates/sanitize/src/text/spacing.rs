//! Which spaces of a plain text are looked at. Where they all stay (`white-space: pre-wrap`), WebKit measures word by word and
//! takes seven times as long to set a letter as where neighbours become one (2.50: 20 ms for 30 KB, and 3): so they stay where somebody would
//! see the difference, and nowhere else.

/// Before what keeps all its spaces. The class is ours alone.
pub(super) const OPEN: &str = "<span class=\"waxwing-spaced\">";
pub(super) const CLOSE: &str = "</span>";
/// Before lines that are laid out by columns, which keep theirs and are of one width. They are a block, which may be wider than words are.
pub(super) const OPEN_COLUMNS: &str = "<div class=\"waxwing-columns\">";
pub(super) const CLOSE_COLUMNS: &str = "</div>";

/// A line of more sentences than this is one element, and not one for each space between them.
const MOST_SENTENCES: usize = 200;

/// What the spaces of a line are there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    /// They part words, each by itself.
    Words,
    /// Two of them stand between sentences, as some write.
    Sentences,
    /// They put something in its place: a drawing, a paragraph.
    LaidOut,
}

pub(super) fn of(line: &str) -> Spacing {
    let line = line.trim_end_matches(' ');
    // What is not shown could stand between two spaces.
    if line.starts_with(' ') || line.contains("   ") || line.contains(char::is_control) {
        Spacing::LaidOut
    } else if line.contains("  ") {
        match line.matches("  ").nth(MOST_SENTENCES) {
            None => Spacing::Sentences,
            Some(_) => Spacing::LaidOut,
        }
    } else {
        Spacing::Words
    }
}

/// Whether a line is one that is drawn, as between the head of a table and its rows.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.bytes().all(|byte| b"-=_+|*~. ".contains(&byte))
}

/// Writes what stands in a line of sentences, and keeps the spaces between those.
pub(super) fn keep(
    piece: &str,
    elements: &mut usize,
    html: &mut String,
    mut write: impl FnMut(&str, &mut String),
) {
    for (at, words) in piece.split("  ").enumerate() {
        if at > 0 {
            html.push_str(OPEN);
            html.push_str("  ");
            html.push_str(CLOSE);
            *elements += 1;
        }
        write(words, html);
    }
}
