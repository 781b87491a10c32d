//! A letter of the outbox as it is handed over: read from where it stands, piece by piece.

use std::io::{Read, Result};

use waxwing_remote::Letter;
use waxwing_store::Parcel;

/// Bytes that only one's own copy has, and the letter behind them.
#[derive(Debug, Clone)]
pub(super) struct Handed {
    before: Vec<u8>,
    letter: Parcel,
}

impl Handed {
    pub(super) fn new(before: Vec<u8>, letter: Parcel) -> Self {
        Self { before, letter }
    }

    pub(super) fn into_letter(self) -> Parcel {
        self.letter
    }

    /// All of it, where it has to be looked at as a whole.
    pub(super) fn whole(&self) -> Result<Vec<u8>> {
        let mut whole = Vec::with_capacity(usize::try_from(self.size()).unwrap_or_default());
        whole.extend_from_slice(&self.before);
        self.letter.reader().read_to_end(&mut whole)?;
        Ok(whole)
    }
}

impl From<Parcel> for Handed {
    fn from(letter: Parcel) -> Self {
        Self::new(Vec::new(), letter)
    }
}

impl Letter for Handed {
    fn size(&self) -> u64 {
        self.before.len() as u64 + self.letter.size()
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize> {
        match at.checked_sub(self.before.len() as u64) {
            Some(at) => self.letter.read_at(at, into),
            None => self.before.as_slice().read_at(at, into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_the_letter_and_the_letter_are_one() {
        let handed = Handed::new(b"Bcc: x\r\n".to_vec(), b"To: y\r\n\r\nz".to_vec().into());
        let whole = handed.whole().unwrap();
        assert_eq!(whole, b"Bcc: x\r\nTo: y\r\n\r\nz");
        assert_eq!(handed.size(), whole.len() as u64);
        for at in 0..=whole.len() {
            let mut into = [0; 3];
            let count = handed.read_at(at as u64, &mut into).unwrap();
            assert_eq!(into[..count], whole[at..at + count], "from octet {at}");
            assert_eq!(count == 0, at == whole.len(), "nothing comes at the end only");
        }
    }
}
