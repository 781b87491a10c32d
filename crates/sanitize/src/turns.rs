//! Text that turns its direction tens of thousands of times: a word of Hebrew, a word of English, and so on. A web view lays such a
//! paragraph out as one, and for sixty thousand pairs WebKit takes three seconds, for as many marks of direction an hour. Beyond a
//! measure, text stands in boxes that are laid out each by itself, with a line of its own. Not here: long words.

/// Turns in a letter that stand where they are. No letter of a person has as many, and a tenth of a second sets them.
const MOST: usize = 10_000;
/// Turns in a box.
const IN_BOX: usize = 400;

/// A box. No rule of a letter's own sheet makes it none.
pub(crate) const OPEN: &str = "<span style=\"display: inline-block !important\">";
pub(crate) const CLOSE: &str = "</span>";

/// Whether an element is such a box.
pub(crate) fn is_box(name: &str, style: Option<&str>) -> bool {
    let own = OPEN.split('"').nth(1);
    name == "span" && style.is_some() && style == own
}

/// What text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Nothing,
    /// A box that the letter brings.
    Own,
    /// One that was begun for the text before it.
    Ours,
}

/// Which way the text goes that was written last, and how often it has turned.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    count: usize,
    /// Turns in the box that was begun last.
    in_box: usize,
    leftwards: bool,
}

impl Turns {
    /// In a letter that has turned so often before.
    pub(crate) fn after(count: usize) -> Self {
        Self {
            count,
            ..Self::default()
        }
    }

    /// How often the letter has turned.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether what follows turns too often to be set as it is.
    pub(crate) fn are_many(&self) -> bool {
        self.count > MOST
    }

    /// What has a direction of its own begins: the text around it turns for it, and back.
    pub(crate) fn isolated(&mut self) {
        self.count += 2;
    }

    /// A box of this kind stands in the letter itself, and what follows is in it.
    pub(crate) fn enter_box(&mut self) {
        self.in_box = 0;
    }

    /// Hands text on in pieces, each with whether a box begins with it.
    pub(crate) fn pieces<'t>(&mut self, text: &'t str, within: Within, mut piece: impl FnMut(&'t str, bool)) {
        if within == Within::Nothing {
            self.in_box = 0;
        }
        if !self.leftwards && is_rightwards(text) {
            return piece(text, false);
        }
        let mut is_full = self.is_full(within);
        let mut from = 0;
        for (at, sign) in text.char_indices() {
            if !self.turns_at(sign) {
                continue;
            }
            self.count += 1;
            self.in_box += 1;
            let full = is_full || self.is_full(within);
            if full == is_full && !(full && self.in_box > IN_BOX) {
                continue;
            }
            if at > from {
                piece(text.get(from..at).unwrap_or_default(), is_full);
            }
            (from, is_full, self.in_box) = (at, full, 0);
        }
        piece(text.get(from..).unwrap_or_default(), is_full);
    }

    /// Whether what follows is to stand in a box.
    fn is_full(&self, within: Within) -> bool {
        match within {
            // Its first sign may turn, too.
            Within::Own => self.in_box > IN_BOX + 1,
            Within::Ours => self.in_box > IN_BOX,
            Within::Nothing => self.are_many(),
        }
    }

    fn turns_at(&mut self, sign: char) -> bool {
        let leftwards = match direction(sign) {
            Direction::Mark => return true,
            Direction::None => return false,
            Direction::Leftwards => true,
            Direction::Rightwards => false,
        };
        std::mem::replace(&mut self.leftwards, leftwards) != leftwards
    }
}

/// The direction of a sign (Unicode Standard Annex 9, section 3.2), as roughly as it matters here: numbers go rightwards.
enum Direction {
    Leftwards,
    Rightwards,
    /// A sign that says how to go on, and is not seen.
    Mark,
    None,
}

fn direction(sign: char) -> Direction {
    match sign {
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Direction::Mark
        }
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}' => Direction::Leftwards,
        _ if sign.is_alphanumeric() => Direction::Rightwards,
        _ => Direction::None,
    }
}

/// Whether nothing in a text goes leftwards, as is seen by its octets: those of all such signs begin with one of these.
fn is_rightwards(text: &str) -> bool {
    let may_turn = |byte: u8| matches!(byte, 0xd6..=0xe0 | 0xe2 | 0xef | 0xf0);
    !text.bytes().fold(false, |found, byte| found | may_turn(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(turns: &mut Turns, text: &str, within: Within) -> Vec<(String, bool)> {
        let mut pieces = Vec::new();
        turns.pieces(text, within, |piece, boxed| {
            pieces.push((piece.to_owned(), boxed))
        });
        pieces
    }

    #[test]
    fn what_people_write_stays_in_one_piece() {
        for text in [
            "words ".repeat(20_000),
            "שלום ".repeat(20_000),
            "שלום world 12 ".repeat(2_000),
            "Grüße, 灯台 – “x” ".repeat(9_000),
        ] {
            assert_eq!(
                pieces(&mut Turns::default(), &text, Within::Nothing),
                [(text.clone(), false)]
            );
        }
    }

    #[test]
    fn beyond_a_measure_text_stands_in_boxes_and_no_sign_is_lost() {
        for pair in ["א a ", "ב1", "\u{202b}a\u{202c} ", "\u{200f}"] {
            let text = pair.repeat(60_000);
            let found = pieces(&mut Turns::default(), &text, Within::Nothing);
            let whole: String = found.iter().map(|(piece, _)| piece.as_str()).collect();
            assert_eq!(whole, text);
            let boxes = found.iter().filter(|(_, boxed)| *boxed).count();
            let turns = 60_000 * pair.chars().filter(|sign| *sign != ' ').count().min(2);
            assert!(
                (turns / IN_BOX / 2..=turns / IN_BOX).contains(&boxes),
                "{pair:?}: {boxes} boxes"
            );
            let again: Vec<_> = {
                let mut turns = Turns::default();
                let one = |(piece, is_boxed): &(String, bool)| {
                    turns.enter_box();
                    pieces(
                        &mut turns,
                        piece,
                        if *is_boxed { Within::Own } else { Within::Nothing },
                    )
                };
                found.iter().map(one).collect()
            };
            assert!(
                again
                    .iter()
                    .all(|pieces| matches!(pieces.as_slice(), [(_, false)])),
                "{pair:?} once more"
            );
            let longest = found
                .iter()
                .filter(|(_, boxed)| *boxed)
                .map(|(piece, _)| piece.chars().count())
                .max();
            assert!(
                longest.is_some_and(|signs| signs <= 3 * IN_BOX),
                "{pair:?}: {longest:?} signs in one"
            );
        }
    }

    #[test]
    fn turns_are_counted_over_all_pieces_and_those_of_a_box_by_itself() {
        let mut turns = Turns::default();
        for _ in 0..MOST / 2 {
            assert_eq!(
                pieces(&mut turns, "א", Within::Nothing),
                [("א".to_owned(), false)]
            );
            assert_eq!(
                pieces(&mut turns, "a", Within::Nothing),
                [("a".to_owned(), false)]
            );
        }
        assert_eq!(pieces(&mut turns, "א", Within::Nothing), [("א".to_owned(), true)]);
        assert_eq!(
            pieces(&mut turns, " a", Within::Nothing),
            [(" a".to_owned(), true)]
        );
        assert_eq!(
            pieces(&mut turns, " b", Within::Nothing),
            [(" b".to_owned(), false)],
            "it does not turn"
        );
        turns.enter_box();
        let text = "א a ".repeat(IN_BOX / 4);
        assert_eq!(
            pieces(&mut turns, &text, Within::Own),
            [(text.clone(), false)],
            "it is in a box"
        );
        let more = "א a ".repeat(IN_BOX);
        assert!(
            pieces(&mut turns, &more, Within::Own).len() > 1,
            "which holds no more than that"
        );
    }
}
