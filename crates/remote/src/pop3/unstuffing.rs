//! The end of a multi-line answer, and the dots that are not part of it (RFC 1939, section 3).
//!
//! It works on pieces of any size, so that a letter is never held twice. Only CRLF ends a line here: were a bare LF
//! taken for one, a letter that holds LF "." CRLF could end early, and what follows in it would pass for the next answer.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    LineStart,
    /// A dot at the start of a line.
    Dot,
    /// A dot and a CR at the start of a line: LF ends the answer.
    DotCr,
    Middle,
    Cr,
}

#[derive(Debug)]
pub(super) struct Unstuffing {
    state: State,
}

impl Unstuffing {
    pub(super) fn new() -> Self {
        Self {
            state: State::LineStart,
        }
    }

    /// Adds what `input` holds of the letter to `letter`. Gives how much of `input` belongs to this answer, and whether
    /// its end has been seen.
    pub(super) fn feed(&mut self, input: &[u8], letter: &mut Vec<u8>) -> (usize, bool) {
        let mut rest = input;
        loop {
            if self.state == State::Middle {
                let Some(end) = memchr::memchr(b'\r', rest) else {
                    letter.extend_from_slice(rest);
                    return (input.len(), false);
                };
                let (line, tail) = rest.split_at(end + 1);
                letter.extend_from_slice(line);
                rest = tail;
                self.state = State::Cr;
            }
            let Some((&byte, tail)) = rest.split_first() else {
                return (input.len(), false);
            };
            rest = tail;
            match (self.state, byte) {
                (State::LineStart, b'.') => self.state = State::Dot,
                (State::Dot, b'\r') => self.state = State::DotCr,
                (State::DotCr, b'\n') => return (input.len() - rest.len(), true),
                (State::DotCr, _) => {
                    // The dot was a stuffed one after all, and the CR stands by itself in the letter.
                    letter.push(b'\r');
                    self.push(byte, true, letter);
                }
                (State::Cr, _) => self.push(byte, true, letter),
                (State::LineStart | State::Dot | State::Middle, _) => self.push(byte, false, letter),
            }
        }
    }

    fn push(&mut self, byte: u8, after_cr: bool, letter: &mut Vec<u8>) {
        letter.push(byte);
        self.state = match byte {
            b'\r' => State::Cr,
            b'\n' if after_cr => State::LineStart,
            _ => State::Middle,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds `wire` in pieces of `size` and gives the letter and what is left behind its end.
    fn unstuffed(wire: &[u8], size: usize) -> Option<(Vec<u8>, Vec<u8>)> {
        let (mut unstuffing, mut letter, mut at) = (Unstuffing::new(), Vec::new(), 0);
        for piece in wire.chunks(size) {
            let (used, done) = unstuffing.feed(piece, &mut letter);
            at += used;
            if done {
                return Some((letter, wire[at..].to_vec()));
            }
        }
        None
    }

    #[test]
    fn dots_are_taken_off_whatever_the_size_of_the_pieces() {
        let wire = b"Subject: dots\r\n\r\n..\r\n...three\r\n.x\r\n a.\r\n\r\n.\r\n+OK next";
        for size in 1..wire.len() {
            let (letter, rest) = unstuffed(wire, size).expect("the end is there");
            assert_eq!(
                String::from_utf8_lossy(&letter),
                "Subject: dots\r\n\r\n.\r\n..three\r\nx\r\n a.\r\n\r\n",
                "in pieces of {size}"
            );
            assert_eq!(rest, b"+OK next", "what follows belongs to the next answer");
        }
    }

    #[test]
    fn an_empty_letter_ends_at_once() {
        assert_eq!(unstuffed(b".\r\n", 3), Some((Vec::new(), Vec::new())));
    }

    #[test]
    fn a_dot_between_bare_line_feeds_does_not_end_the_letter() {
        for trick in [
            &b"a\n.\r\nb\r\n.\r\n"[..],
            b"a\n.\nb\r\n.\r\n",
            b"a\r.\r\nb\r\n.\r\n",
            b"a\r\n.\nb\r\n.\r\n",
        ] {
            let (letter, rest) = unstuffed(trick, 2).expect("the true end is there");
            assert!(letter.ends_with(b"b\r\n"), "{trick:?} gave {letter:?}");
            assert!(
                rest.is_empty(),
                "nothing of the letter is left for the next answer"
            );
        }
    }

    #[test]
    fn a_lone_cr_after_a_stuffed_dot_stays_in_the_letter() {
        let (letter, _) = unstuffed(b".\rx\r\n.\r\n", 1).expect("the end is there");
        assert_eq!(letter, b"\rx\r\n");
        let (letter, _) = unstuffed(b".\r\r\n.\r\n", 1).expect("the end is there");
        assert_eq!(letter, b"\r\r\n");
    }

    #[test]
    fn without_the_end_there_is_no_letter() {
        assert_eq!(unstuffed(b"half a letter\r\n", 4), None);
    }
}
