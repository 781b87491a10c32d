//! What styles cost a web view beyond what can be said of one value: what is drawn apart and laid over everything else, what is taken
//! out of its place, rows and cells that a style makes of anything, and fonts that are looked for. One of each costs nothing; thousands
//! of them, one over the other, keep a window busy for minutes or fill its memory. Each is counted once for each element that it may
//! hold for, and what is too much is left out.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::fonts::{Fonts, is_of_font};
use super::{Colour, Found};

/// What is drawn apart, by what each takes: on a core without a graphics card about seven milliseconds for a whole window.
const MOST_DRAWN: usize = 600;
/// Elements that are taken out of their place: each has a layer, and layers are sorted.
const MOST_PLACED: usize = 10_000;
/// Squares of tables that styles make, a cell in each row: as many as a letter's own tables have at the most.
const MOST_SQUARES: usize = 2_000_000;
/// Elements at which counting begins anew: each is looked for among those before it.
const MOST_COUNTED: usize = 3_000;
/// Octets of a letter beyond which nothing is drawn or weighed line by line: a megabyte of lines with one outline takes four seconds.
const LONG: usize = 128 * 1024;

/// Flexible boxes, or boxes as high as a part of what is around them, where there are more of the other kind: with each of either
/// within another WebKit lays out all that is in it twice as often, so that thirty take an hour.
const MOST_FLEXIBLE: usize = 4;
/// Dots and dashes around corners, which are drawn along the whole of a line wherever it is seen: those of twenty thousand pixels take
/// a third of a second.
const MOST_ROUND: usize = 12;

/// What a declaration costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cost {
    Nothing,
    /// It is drawn apart, and takes so much.
    Drawn(usize),
    Placed,
    Counted,
    Row,
    Cell,
    Flexible,
    /// As high as a part of what is around it.
    Part,
    Round,
    Dotted,
}

/// What was spent of a letter's purse.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    /// What the parts before have taken, which stays taken.
    before: [usize; 9],
    drawn: AtomicUsize,
    placed: AtomicUsize,
    counted: AtomicUsize,
    rows: AtomicUsize,
    cells: AtomicUsize,
    flexible: AtomicUsize,
    parts: AtomicUsize,
    round: AtomicUsize,
    dotted: AtomicUsize,
    fonts: Mutex<Fonts>,
    /// Octets of the letter.
    length: AtomicUsize,
}

impl Spent {
    /// Takes what a declaration costs that holds for so many elements, who are counted only where that matters. `None`: it is too much.
    pub(super) fn take(&self, name: &str, value: &str, elements: impl FnOnce() -> usize) -> Option<()> {
        if is_of_font(name) {
            return self.fonts(|fonts| fonts.take(name, value));
        }
        if self.length.load(Ordering::Relaxed) > longest(name, value) {
            return None;
        }
        let (spent, each, most) = match cost(name, value) {
            Cost::Nothing => return Some(()),
            Cost::Drawn(each) => (&self.drawn, each, MOST_DRAWN),
            Cost::Placed => (&self.placed, 1, MOST_PLACED),
            Cost::Counted => (&self.counted, 1, MOST_COUNTED),
            Cost::Row => (
                &self.rows,
                1,
                MOST_SQUARES / (self.cells.load(Ordering::Relaxed) + 1),
            ),
            Cost::Cell => (
                &self.cells,
                1,
                MOST_SQUARES / (self.rows.load(Ordering::Relaxed) + 1),
            ),
            Cost::Flexible => (&self.flexible, 1, beside(&self.parts, MOST_FLEXIBLE)),
            Cost::Part => (&self.parts, 1, beside(&self.flexible, MOST_FLEXIBLE)),
            Cost::Round => (&self.round, 1, beside(&self.dotted, MOST_ROUND)),
            Cost::Dotted => (&self.dotted, 1, beside(&self.round, MOST_ROUND)),
        };
        let all = elements()
            .saturating_mul(each)
            .saturating_add(spent.load(Ordering::Relaxed));
        if all > most {
            return None;
        }
        spent.store(all, Ordering::Relaxed);
        Some(())
    }

    /// Whether so much was spent as is remembered by `mark`.
    pub(super) fn mark(&self) -> usize {
        let spent = self.all().into_iter().map(|spent| spent.load(Ordering::Relaxed));
        spent.fold(0, usize::saturating_add)
    }

    fn all(&self) -> [&AtomicUsize; 9] {
        [
            &self.drawn,
            &self.placed,
            &self.counted,
            &self.rows,
            &self.cells,
            &self.flexible,
            &self.parts,
            &self.round,
            &self.dotted,
        ]
    }

    /// Takes note of a word that names a font. `None`: there are more of them than any letter has.
    pub(super) fn font(&self, word: &str) -> Option<()> {
        self.fonts(|fonts| fonts.name(word))
    }

    fn fonts(&self, take: impl FnOnce(&mut Fonts) -> Option<()>) -> Option<()> {
        take(&mut self.fonts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes note of how long the letter is.
    pub(super) fn is_of(&self, octets: usize) {
        self.length.store(octets, Ordering::Relaxed);
    }

    /// Begins anew, for another reading of the same part.
    pub(super) fn forget(&self) {
        for (spent, before) in self.all().into_iter().zip(self.before) {
            spent.store(before, Ordering::Relaxed);
        }
    }

    /// For the next part of the same letter, which has what this one has left.
    pub(super) fn carried_on(&self) -> Self {
        let fonts = self.fonts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let next = Self {
            before: self.all().map(|spent| spent.load(Ordering::Relaxed)),
            fonts: Mutex::new(fonts),
            ..Self::default()
        };
        next.forget();
        next
    }
}

/// How many there may be of one kind where there are more of another.
fn beside(other: &AtomicUsize, most: usize) -> usize {
    match other.load(Ordering::Relaxed) > most {
        true => most,
        false => usize::MAX,
    }
}

/// Whether an attribute that says how high something is may stay.
pub(crate) fn bears_height(height: &str, found: &Found) -> bool {
    found.spent.take("height", height, || 1).is_some()
}

/// Whether an attribute of before CSS that names fonts may stay.
pub(crate) fn names_fonts(names: &str, found: &Found) -> bool {
    names
        .split(',')
        .all(|name| found.spent.font(name.trim()).is_some())
}

/// Octets of the longest letter in which a declaration may be that is drawn around each line, or has each line weighed against others.
fn longest(name: &str, value: &str) -> usize {
    const DRAWN: [&str; 8] = [
        "dashed", "dotted", "double", "groove", "inset", "outset", "ridge", "solid",
    ];
    match name {
        "outline" | "outline-style" if DRAWN.iter().any(|style| contains(value, style)) => LONG,
        // It is one ring, and less work.
        "outline" | "outline-style" if contains(value, "auto") => 4 * LONG,
        "text-wrap" if contains(value, "pretty") || contains(value, "balance") => LONG,
        _ => usize::MAX,
    }
}

/// `name` is in lower case, and the value is clean.
fn cost(name: &str, value: &str) -> Cost {
    let value = value.strip_suffix(" !important").unwrap_or(value);
    match name {
        "opacity" if !is_one_of(value, &["1", "100%", "1.0", "inherit", "initial"]) => Cost::Drawn(1),
        "box-shadow" | "-webkit-box-shadow" | "text-shadow"
            if !is_one_of(value, &["none", "inherit", "initial", "unset"]) =>
        {
            let each = if contains(value, "inset") { 30 } else { 4 };
            Cost::Drawn(each * pieces(value))
        }
        "background-blend-mode" if !value.eq_ignore_ascii_case("normal") => Cost::Drawn(30 * pieces(value)),
        "background" | "background-image" | "list-style" | "list-style-image" => match gradients(value) {
            0 => Cost::Nothing,
            count => Cost::Drawn(3 * count),
        },
        "outline" | "outline-style" if contains(value, "auto") => Cost::Drawn(5),
        _ if name.ends_with("-radius") && !is_square(value) => Cost::Round,
        _ if (name.starts_with("border") || name.starts_with("outline")) && is_dotted(value) => Cost::Dotted,
        "position" if is_one_of(value, &["absolute", "relative"]) => Cost::Placed,
        // Each is a line of its own in its line, whose direction is found before anything is laid out.
        "unicode-bidi" if !is_one_of(value, &["normal", "initial", "unset"]) => Cost::Placed,
        "counter-reset" if !is_one_of(value, &["none", "inherit", "initial", "unset"]) => Cost::Counted,
        // Each may be written as often as elements stand within each other.
        "content" if contains(value, "counters(") => Cost::Placed,
        "translate" | "rotate" | "scale" if !value.eq_ignore_ascii_case("none") => Cost::Placed,
        "transform" if !value.eq_ignore_ascii_case("none") => Cost::Placed,
        "display" => display(value),
        "height" | "min-height" | "max-height" | "block-size" | "min-block-size" | "max-block-size"
            if value.contains('%') || contains(value, "available") || contains(value, "stretch") =>
        {
            Cost::Part
        }
        _ => Cost::Nothing,
    }
}

/// What is written in the place of a value that is too much, so that what stands around it is seen as it was meant: lines without
/// dots, and one colour where there were several. `None`: nothing is.
pub(super) fn plainer(name: &str, value: &str) -> Option<String> {
    match cost(name, value) {
        Cost::Dotted => {
            let words = value.split(' ').map(|word| match is_dotted(word) {
                true => "solid",
                false => word,
            });
            Some(words.collect::<Vec<_>>().join(" "))
        }
        Cost::Drawn(_) if name == "background" => {
            let (_, stops) = value.split_once("gradient(")?;
            let colour = split_commas(stops).find_map(|stop| colour_of(stop.trim()))?;
            let important = if value.ends_with(" !important") {
                " !important"
            } else {
                ""
            };
            Some(format!("{colour}{important}"))
        }
        _ => None,
    }
}

/// The colour that a stop of a gradient begins with.
fn colour_of(stop: &str) -> Option<&str> {
    let is_function = ["rgb", "hsl"].iter().any(|name| stop.starts_with(name));
    let end = match is_function {
        true => stop.find(')')? + 1,
        false => stop.find([' ', ')']).unwrap_or(stop.len()),
    };
    let colour = stop.get(..end)?;
    let is_colour = is_function || colour.starts_with('#') || Colour::named(colour).is_some();
    is_colour.then_some(colour)
}

fn display(value: &str) -> Cost {
    let is = |end: &str| value.len() >= end.len() && contains(value, end);
    if is("table-cell") {
        Cost::Cell
    } else if is("table-row") || is("-group") || is("table-caption") || is("table-column") {
        Cost::Row
    } else if is("flex") {
        Cost::Flexible
    } else {
        Cost::Nothing
    }
}

/// How many a list has.
fn pieces(value: &str) -> usize {
    split_commas(value).count()
}

/// The pieces of a list. Commas within brackets are of colours.
fn split_commas(value: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    value.split(move |sign| {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        sign == ',' && depth == 0
    })
}

/// Whether a radius is none.
fn is_square(value: &str) -> bool {
    let mut parts = value.split([' ', '/']).filter(|part| !part.is_empty());
    parts.all(|part| is_one_of(part, &["0", "0px", "0%"]))
}

fn gradients(value: &str) -> usize {
    match value.contains('(') {
        true => value.to_ascii_lowercase().matches("gradient(").count(),
        false => 0,
    }
}

fn is_dotted(value: &str) -> bool {
    contains(value, "dotted") || contains(value, "dashed")
}

fn contains(value: &str, word: &str) -> bool {
    value
        .as_bytes()
        .windows(word.len())
        .any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

fn is_one_of(value: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(value))
}

#[cfg(test)]
mod tests;
