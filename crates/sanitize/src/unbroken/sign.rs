//! What a sign is for the length of a word: whether a line may end beside it, and whether it is set together with its neighbours. Not
//! here: how long a word may be.

use unicode_normalization::char::is_combining_mark;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line may end beside it: white space, also of no width, and the signs of the East.
    End,
    /// It is set by itself.
    Plain,
    /// Of Arabic, of India and of the scripts around them: they are shaped by what stands beside them, and so is what stands above or
    /// below another sign.
    Shaped,
    /// Of Thailand, Laos, Myanmar and Cambodia, whose words a web view finds in a dictionary.
    Southern,
}

pub(super) fn kind(sign: char) -> Kind {
    match sign {
        // These keep together what is beside them.
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{f0c}' => Kind::Plain,
        // Behind each syllable of Tibetan stands one of these.
        '\u{200b}' | '\u{f0b}' | '\u{f0d}'..='\u{f12}' => Kind::End,
        '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{20000}'..='\u{3ffff}' => Kind::End,
        _ if sign.is_whitespace() => Kind::End,
        '\0'..='\u{2ff}' => Kind::Plain,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Kind::Southern,
        '\u{300}'..='\u{36f}'
        | '\u{590}'..='\u{fff}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{1700}'..='\u{1cff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}'..='\u{200d}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{a800}'..='\u{abff}'
        | '\u{fb1d}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{fe70}'..='\u{feff}'
        | '\u{10000}'..='\u{1ffff}' => Kind::Shaped,
        _ => Kind::Plain,
    }
}

/// Whether a line that begins with a sign takes none apart.
pub(super) fn may_stand_first(sign: char) -> bool {
    sign.is_ascii() || sign.is_alphanumeric() && !is_combining_mark(sign)
}

/// Signs without a space beyond which no text of these scripts goes on: they have one behind each clause.
const LONGEST_CLAUSE: usize = 400;
/// Letters in a row without a vowel beyond which no word goes on, and signs that stand on one letter.
const LONGEST_ROW: usize = 12;
const LARGEST_SIGN: usize = 8;

/// What was written last in a script without spaces.
#[derive(Debug, Default)]
pub(super) struct Southern {
    clause: usize,
    row: usize,
    one: usize,
    /// What follows stands below what was last.
    joins: bool,
}

impl Southern {
    /// Whether such a sign was written last.
    pub(super) fn is_last(&self) -> bool {
        self.clause > 0
    }

    /// Whether what follows is a part of the sign that was begun.
    pub(super) fn goes_on(&self) -> bool {
        self.joins
    }

    /// Takes note of a sign, and says whether it is not seen to stand in a word: a web view looks long for the end of those.
    pub(super) fn is_strange(&mut self, sign: char) -> bool {
        let is_part = is_combining_mark(sign) || self.joins;
        self.clause += 1;
        self.one = if is_part { self.one + 1 } else { 1 };
        self.row = if is_part || is_vowel(sign) {
            0
        } else {
            self.row + 1
        };
        // Those of Myanmar and Cambodia by which one letter stands below another.
        self.joins = matches!(sign, '\u{1039}' | '\u{17d2}');
        self.clause > LONGEST_CLAUSE || self.row > LONGEST_ROW || self.one > LARGEST_SIGN
    }
}

/// The vowels of Thai and Lao that are letters.
fn is_vowel(sign: char) -> bool {
    matches!(
        sign,
        '\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e40}'..='\u{e45}' | '\u{eb0}' | '\u{eb2}' | '\u{eb3}' | '\u{ebd}' | '\u{ec0}'..='\u{ec4}'
    )
}
