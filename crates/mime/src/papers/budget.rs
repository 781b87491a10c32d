//! What the files of a letter may cost: octets gone through and things made of them, counted instead of timed, so that the
//! same file gives the same text on every computer. Readers stop where it is spent, with what they have.

use std::cell::Cell;

/// Work for one letter, and for one of its files. A unit is about an octet gone through.
const LETTER: usize = 512 << 20;
const FILE: usize = 192 << 20;
/// Octets of memory for what is kept of one file while it is read.
const KEPT: usize = 96 << 20;

#[derive(Debug)]
pub(crate) struct Budget {
    letter: Cell<usize>,
    file: Cell<usize>,
    kept: Cell<usize>,
}

impl Budget {
    pub fn new() -> Self {
        Self::of(LETTER)
    }

    pub fn of(work: usize) -> Self {
        let budget = Self {
            letter: Cell::new(work),
            file: Cell::new(0),
            kept: Cell::new(0),
        };
        budget.next_file();
        budget
    }

    /// Another file begins.
    pub fn next_file(&self) {
        self.file.set(FILE.min(self.letter.get()));
        self.kept.set(KEPT);
    }

    /// Work that the file may still make.
    pub fn left(&self) -> usize {
        self.file.get()
    }

    /// Counts work that was done.
    pub fn work(&self, units: usize) {
        self.file.set(self.file.get().saturating_sub(units));
        self.letter.set(self.letter.get().saturating_sub(units));
    }

    /// Whether nothing is left for the letter.
    pub fn is_spent(&self) -> bool {
        self.letter.get() == 0
    }

    /// Octets that may still be kept.
    pub fn room(&self) -> usize {
        self.kept.get()
    }

    /// Counts octets that are kept. `false`: there is no room for them.
    pub fn keep(&self, octets: usize) -> bool {
        let fits = octets <= self.kept.get();
        self.kept.set(self.kept.get().saturating_sub(octets));
        fits
    }
}
