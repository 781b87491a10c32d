//! What each line is for a table: a row of one, a line that is drawn, words, or nothing. A row has gaps that no words have, or bars, or its
//! gaps stand where those of another line stand.

use foldhash::HashMap;

/// Longer lines are no rows: nobody has drawn them.
const LONGEST_ROW: usize = 240;
/// Gaps of a line that are looked at.
const MOST_GAPS: usize = 12;
/// A bar between words. Where it stands in the same place in several lines it parts columns; in menus it does not.
const BAR: &str = " | ";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Empty,
    Words,
    /// It is drawn, as between the head of a table and its rows.
    Rule,
    Row,
}

/// The lines of a text.
pub(super) struct Rows(Vec<Line>);

impl Rows {
    pub(super) fn of(texts: &[&str]) -> Self {
        // The rule of a table in Markdown has bars, and bars are what parts its rows, wherever they stand.
        let barred = texts
            .iter()
            .any(|text| text.contains("-|-") || text.contains("-+-"));
        let mut lines: Vec<Line> = texts.iter().map(|text| line(text, barred)).collect();
        // A gap of two spaces may be anything, and where several lines have one in the same place it is a column.
        let mut places: HashMap<Place, usize> = HashMap::default();
        let gaps: Vec<(usize, Gaps)> = texts
            .iter()
            .enumerate()
            .filter(|(at, text)| {
                lines.get(*at).is_some_and(may_have_gaps) && (text.contains("  ") || text.contains(BAR))
            })
            .map(|(at, text)| (at, gaps(text)))
            .collect();
        for place in gaps.iter().flat_map(|(_, gaps)| &gaps.places) {
            *places.entry(*place).or_default() += 1;
        }
        for (at, gaps) in gaps {
            let is_of_several = |place| places.get(place).is_some_and(|count| *count > 1);
            let is_shared = gaps.places.iter().any(is_of_several)
                || gaps
                    .before
                    .is_some_and(|at| places.contains_key(&Place::Begins(at)));
            if let Some(line) = lines.get_mut(at).filter(|_| is_shared) {
                *line = Line::Row;
            }
        }
        Self(lines)
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn at(&self, at: usize) -> Option<Line> {
        self.0.get(at).copied()
    }
}

fn may_have_gaps(line: &Line) -> bool {
    matches!(line, Line::Words | Line::Row)
}

fn line(text: &str, barred: bool) -> Line {
    let words = text.trim();
    if words.is_empty() {
        Line::Empty
    } else if text.len() > LONGEST_ROW {
        Line::Words
    } else if is_rule(words) {
        Line::Rule
    } else if words.contains("   ")
        || words.contains('\t')
        || has_bars(words)
        || barred && (words.contains(BAR) || words.contains("-|-") || words.contains("-+-"))
    {
        Line::Row
    } else {
        Line::Words
    }
}

/// Whether a line is one that is drawn. One of bars and corners is part of a table wherever it stands.
fn is_rule(words: &str) -> bool {
    let is_drawn = |sign: char| {
        matches!(
            sign,
            '-' | '=' | '_' | '*' | '~' | '.' | ' ' | '─' | '━' | '═' | '–' | '—'
        )
    };
    words.chars().count() > 2 && words.chars().all(is_drawn)
}

/// Whether a line begins and ends with a bar, or holds one that is drawn.
fn has_bars(words: &str) -> bool {
    let is_end = |sign: Option<char>| matches!(sign, Some('|' | '+'));
    let is_between = is_end(words.chars().next()) && is_end(words.chars().next_back());
    is_between && words.len() > 2 && words.contains(['|', '-', '=']) || words.contains(is_box_drawing)
}

/// Corners, bars and crossings. Lines that go from side to side alone part anything.
fn is_box_drawing(sign: char) -> bool {
    matches!(sign, '\u{2500}'..='\u{257f}')
        && !matches!(sign, '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍')
}

/// Where a cell stands that is behind a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Begins(usize),
    /// The last of a line: numbers end below each other.
    Ends(usize),
}

/// The gaps of a line.
struct Gaps {
    /// Where its words begin where that is behind spaces: the cell before is empty, if others have a column there.
    before: Option<usize>,
    places: Vec<Place>,
}

/// Gaps that part no sentences, and bars. In places of type of one width, in which signs of the East take two.
fn gaps(text: &str) -> Gaps {
    let (mut places, mut first) = (Vec::new(), None);
    let (mut place, mut spaces, mut before) = (0_usize, 0_usize, ' ');
    for sign in text.trim_end().chars() {
        if sign == ' ' {
            spaces += 1;
        } else {
            let parts_sentences = matches!(before, '.' | '!' | '?' | ':' | ';' | ',' | '"' | '”');
            let is_gap = spaces > 1 && before != ' ' && !parts_sentences;
            if (is_gap || spaces > 0 && sign == '|') && places.len() < MOST_GAPS {
                places.push(Place::Begins(place));
            }
            if before == ' ' && spaces > 1 {
                first.get_or_insert(place);
            }
            (spaces, before) = (0, sign);
        }
        place += if is_wide(sign) { 2 } else { 1 };
    }
    if !places.is_empty() {
        places.push(Place::Ends(place));
    }
    Gaps {
        before: first,
        places,
    }
}

fn is_wide(sign: char) -> bool {
    matches!(sign, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}
