//! Words that are longer than anybody writes: a file as one line of base64, an address of a megabyte. A web view that breaks a line
//! within a word measures all the rest of it for each line, so that a word of a million signs takes a minute. Here such words are given
//! places where a line may end (`<wbr>`), which nobody sees and nobody copies. Not here: where words end in other ways, as at a block.

mod sign;
#[cfg(test)]
mod tests;

use crate::attributes::escape;
use sign::{Kind, Southern, kind, may_stand_first};

/// Signs in a row without a place where a line may end. Hardly an address in a letter has as many.
const LONGEST: usize = 500;
/// A sign that is set together with its neighbours counts as so many: WebKit takes ten times as long to find where a line of them ends,
/// and hardly a word in any script has a hundred.
const SHAPED: usize = 5;
/// As many more signs are passed over where one would stand within a sign of several.
const MOST_PASSED: usize = 16;

/// Signs of a word up to which it costs a web view nothing worth counting: such a word mostly stands in one line.
const USUAL: usize = 36;
const USUAL_SHAPED: usize = 24;
/// What each sign beyond that costs, where signs are set by themselves and where they are set together. A line that ends within a word
/// of the latter takes WebKit (2.50) a millisecond, as it is measured from its beginning to each of its signs.
const COST: usize = 1;
const COST_SHAPED: usize = 8;
/// What a sign costs of a script without spaces, and one of those that are not seen to stand in words: a web view looks for words there.
const COST_SOUTHERN: usize = 2;
/// So much all of that may cost. Beyond it all words of the letter are divided that do not fit into a narrow line.
const MOST: usize = 64_000;
/// Signs of a word in a letter that has spent all that.
const CROWDED: usize = 24;
const CROWDED_SHAPED: usize = 16;

/// What was written last without such a place, and what all long words of the letter have cost.
#[derive(Debug, Default)]
pub(crate) struct Unbroken {
    /// Its signs, those that are set together counted as several.
    run: usize,
    signs: usize,
    /// Some of them are set together, so that all are.
    shaped: bool,
    /// So many of them came after it was long enough.
    passed: usize,
    southern: Southern,
    spent: usize,
}

impl Unbroken {
    /// In a letter whose long words have cost so much before.
    pub(crate) fn after(spent: usize) -> Self {
        Self {
            spent,
            ..Self::default()
        }
    }

    /// What all long words of the letter have cost.
    pub(crate) fn spent(&self) -> usize {
        self.spent
    }

    /// Something was written beside which a line may end.
    pub(crate) fn ends(&mut self) {
        self.word_ends();
        self.southern = Southern::default();
    }

    /// Writes text, and says how many places it was given.
    pub(crate) fn write(&mut self, text: &str, to: &mut String) -> usize {
        if self.may_pass(text) {
            self.pass(text);
            escape(text, to);
            return 0;
        }
        let (mut from, mut places) = (0, 0);
        for (at, sign) in text.char_indices() {
            let kind = kind(sign);
            if self.is_full(kind) {
                if self.passed >= MOST_PASSED || self.may_end_before(sign) {
                    escape(text.get(from..at).unwrap_or_default(), to);
                    to.push_str("<wbr>");
                    (from, places) = (at, places + 1);
                    self.word_ends();
                } else {
                    self.passed += 1;
                }
            }
            self.take(sign, kind);
        }
        escape(text.get(from..).unwrap_or_default(), to);
        places
    }

    /// Whether no word can become too long with a text, nor cost anything worth counting. Mostly that is seen by its length.
    fn may_pass(&self, text: &str) -> bool {
        // A sign of two octets or more counts as five at the most.
        let most = match text.is_ascii() {
            true => text.len(),
            false if may_be_shaped(text) => return false,
            false => 3 * text.len(),
        };
        self.run + most <= LONGEST && (!self.is_crowded() || 3 * (self.signs + text.len()) <= CROWDED)
    }

    /// Takes note of a text that is written as it is.
    fn pass(&mut self, text: &str) {
        let last = text
            .char_indices()
            .rev()
            .find(|(_, sign)| kind(*sign) == Kind::End);
        let after = match last {
            Some((at, end)) => {
                self.ends();
                text.get(at + end.len_utf8()..).unwrap_or_default()
            }
            None => text,
        };
        let signs = after.chars().count();
        self.run += signs;
        self.signs += signs;
    }

    /// Takes note of a sign.
    fn take(&mut self, sign: char, kind: Kind) {
        let weight = match kind {
            Kind::End => return self.ends(),
            Kind::Southern => return self.take_southern(sign),
            Kind::Plain => 1,
            Kind::Shaped => SHAPED,
        };
        if self.southern.is_last() {
            self.ends();
        }
        self.run += weight;
        self.signs += 1;
        if kind == Kind::Shaped && !self.shaped {
            self.shaped = true;
            // Those before it are measured with it.
            self.spent += COST_SHAPED * self.signs.saturating_sub(USUAL_SHAPED);
        } else if self.shaped && self.signs > USUAL_SHAPED {
            self.spent += COST_SHAPED;
        } else if self.signs > USUAL {
            self.spent += COST;
        }
    }

    /// The same of a sign of a script without spaces. A line may end beside most, and nobody knows beside which without a dictionary.
    fn take_southern(&mut self, sign: char) {
        if !self.southern.is_last() {
            self.word_ends();
        }
        (self.run, self.shaped) = (0, true);
        self.signs += 1;
        self.spent += match self.southern.is_strange(sign) {
            true => COST_SHAPED,
            false => COST_SOUTHERN,
        };
    }

    fn word_ends(&mut self) {
        (self.run, self.signs, self.shaped, self.passed) = (0, 0, false, 0);
    }

    fn is_crowded(&self) -> bool {
        self.spent > MOST
    }

    fn most_signs(&self) -> usize {
        match self.shaped {
            true => CROWDED_SHAPED,
            false => CROWDED,
        }
    }

    /// Whether a line should be able to end before a sign of this kind.
    fn is_full(&self, kind: Kind) -> bool {
        kind != Kind::End && (self.run >= LONGEST || self.is_crowded() && self.signs >= self.most_signs())
    }

    /// Whether no sign is taken apart by a place before this one.
    fn may_end_before(&self, sign: char) -> bool {
        may_stand_first(sign) && !self.southern.goes_on()
    }
}

/// Whether some sign of a text may be set together with its neighbours, or is one of a script without spaces, as is seen by its octets:
/// those of nearly all such signs begin with one of these.
fn may_be_shaped(text: &str) -> bool {
    let may_be = |byte: u8| matches!(byte, 0xcc | 0xcd | 0xd6..=0xe1 | 0xea | 0xef | 0xf0);
    text.bytes().fold(false, |found, byte| found | may_be(byte))
}
