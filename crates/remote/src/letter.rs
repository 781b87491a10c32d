//! A letter that is handed over, to a server for sending or into a folder. It is taken piece by piece, so that a large one
//! need not stand in memory.
//!
//! Not here: where it stands, which is its owner's affair.

use std::io::Result;

/// How much is taken at once.
pub(crate) const PIECE: usize = 64 * 1024;

/// A header is not looked at any further than this.
const LONGEST_HEADER: usize = 1024 * 1024;

/// Bytes that can be read from any place, more than once, and always the same. Reading must not take longer than looking
/// into a file that was written lately.
pub trait Letter: Send + Sync {
    /// Octets.
    fn size(&self) -> u64;

    /// Some of the bytes from there, at least one unless there are no more.
    fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize>;
}

impl<T: AsRef<[u8]> + Send + Sync> Letter for T {
    fn size(&self) -> u64 {
        octets(self.as_ref().len())
    }

    fn read_at(&self, at: u64, mut into: &mut [u8]) -> Result<usize> {
        let rest = usize::try_from(at).ok().and_then(|at| self.as_ref().get(at..));
        std::io::Write::write(&mut into, rest.unwrap_or_default())
    }
}

/// A letter from its beginning to its end.
pub(crate) struct Pages<'a> {
    letter: &'a dyn Letter,
    at: u64,
    page: Vec<u8>,
}

impl<'a> Pages<'a> {
    pub(crate) fn of(letter: &'a dyn Letter) -> Self {
        Self {
            letter,
            at: 0,
            page: Vec::new(),
        }
    }

    /// The next piece, as long as all but the last; `None` behind that one. A letter that is shorter than it was said to be
    /// is an error.
    pub(crate) fn turn(&mut self) -> Result<Option<&[u8]>> {
        self.page.resize(PIECE, 0);
        let mut count = 0;
        while let Some(room) = self.page.get_mut(count..).filter(|room| !room.is_empty()) {
            match self.letter.read_at(self.at + octets(count), room)? {
                0 => break,
                read => count += read,
            }
        }
        if count == 0 {
            return match self.at == self.letter.size() {
                true => Ok(None),
                false => Err(std::io::ErrorKind::UnexpectedEof.into()),
            };
        }
        self.at += octets(count);
        Ok(self.page.get(..count))
    }
}

/// The header up to the first empty line.
pub(crate) fn header(letter: &dyn Letter) -> Result<Vec<u8>> {
    let mut header = Vec::new();
    let mut pages = Pages::of(letter);
    while header.len() < LONGEST_HEADER
        && let Some(page) = pages.turn()?
    {
        let from = header.len().saturating_sub(2);
        header.extend_from_slice(page);
        if let Some(end) = end_from(&header, from) {
            header.truncate(end);
            return Ok(header);
        }
    }
    Ok(header)
}

/// Behind the last line of the header, looked for from there.
fn end_from(raw: &[u8], from: usize) -> Option<usize> {
    let fresh = raw.get(from..)?;
    let end = fresh.windows(2).zip(1..).find_map(|(pair, at)| match pair {
        b"\n\n" => Some(at),
        b"\n\r" if fresh.get(at + 1) == Some(&b'\n') => Some(at),
        _ => None,
    });
    end.map(|end| from + end)
}

fn octets(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few octets at a time, and fewer than it says.
    struct Trickle(&'static [u8], u64);

    impl Letter for Trickle {
        fn size(&self) -> u64 {
            self.1
        }

        fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize> {
            let few = into.len().min(3);
            self.0.read_at(at, into.get_mut(..few).unwrap_or_default())
        }
    }

    #[test]
    fn a_piece_is_whole_however_it_comes_and_a_letter_that_ends_too_soon_is_an_error() {
        let letter = Trickle(b"a letter", 8);
        let mut pages = Pages::of(&letter);
        assert_eq!(pages.turn().unwrap(), Some(&b"a letter"[..]));
        assert_eq!(pages.turn().unwrap(), None);
        let letter = Trickle(b"a letter", 9);
        let mut pages = Pages::of(&letter);
        assert!(pages.turn().unwrap().is_some());
        assert!(pages.turn().is_err(), "an octet is missing");
    }

    #[test]
    fn the_header_ends_at_the_first_empty_line_wherever_the_pages_end() {
        for (raw, expected) in [
            ("A: b\r\n\r\nbody", "A: b\r\n"),
            ("A: b\n\nbody", "A: b\n"),
            ("A: b\r\nC: d", "A: b\r\nC: d"),
        ] {
            assert_eq!(header(&raw.as_bytes()).unwrap(), expected.as_bytes());
        }
        for shift in 0..5 {
            let field = format!("A: {}\r\n", "x".repeat(PIECE - 5 - shift));
            let raw = format!("{field}\r\nbody\r\n\r\n");
            assert_eq!(
                header(&raw.as_bytes()).unwrap(),
                field.as_bytes(),
                "shifted by {shift}"
            );
        }
    }
}
