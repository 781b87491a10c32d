//! Some letters of a volume, as the table `beginning` has them: each by its number among all letters of the volume.

use waxwing_model::EmailId;

use super::octets::{ids, octets};

/// How the numbers of letters are written.
const AS_LIST: u8 = 0;
const AS_BITS: u8 = 1;

/// Some letters of a volume.
pub(crate) struct Letters {
    /// All that the volume had when it was looked through, ascending. A letter's place is its number.
    all: Vec<i64>,
    bits: Vec<u8>,
}

impl Letters {
    fn none_of(all: Vec<i64>) -> Self {
        Self {
            bits: vec![0; all.len().div_ceil(8)],
            all,
        }
    }

    pub fn of(all: Vec<i64>, some: &[i64]) -> Self {
        let mut letters = Self::none_of(all);
        for id in some {
            if let Ok(number) = letters.all.binary_search(id) {
                letters.set(number);
            }
        }
        letters
    }

    /// From what is written in the table.
    pub fn read(all: Vec<i64>, written: &[u8]) -> Self {
        let mut letters = Self::none_of(all);
        match written.split_first() {
            Some((&AS_BITS, bits)) => {
                for (here, there) in letters.bits.iter_mut().zip(bits) {
                    *here = *there;
                }
            }
            Some((_, list)) => {
                for number in ids(list) {
                    letters.set(usize::try_from(number).unwrap_or(usize::MAX));
                }
            }
            None => {}
        }
        letters
    }

    /// The shorter of the two ways.
    pub fn written(&self) -> Vec<u8> {
        let numbers: Vec<i64> = (0_i64..)
            .zip(0..self.all.len())
            .filter(|(_, place)| self.is_set(*place))
            .map(|(number, _)| number)
            .collect();
        let (tag, mut what) = match octets(&numbers) {
            list if list.len() < self.bits.len() => (AS_LIST, list),
            _ => (AS_BITS, self.bits.clone()),
        };
        what.insert(0, tag);
        what
    }

    /// All of the volume's.
    pub fn all(&self) -> &[i64] {
        &self.all
    }

    pub fn has(&self, email: EmailId) -> bool {
        self.all
            .binary_search(&email.0)
            .is_ok_and(|number| self.is_set(number))
    }

    /// Leaves those that are among others of the same volume.
    pub fn and(&mut self, others: &Self) {
        for (here, there) in self.bits.iter_mut().zip(&others.bits) {
            *here &= there;
        }
    }

    /// Their ids, ascending.
    pub fn ids(&self) -> impl Iterator<Item = i64> {
        self.all
            .iter()
            .enumerate()
            .filter(|(number, _)| self.is_set(*number))
            .map(|(_, id)| *id)
    }

    fn is_set(&self, number: usize) -> bool {
        self.bits
            .get(number / 8)
            .is_some_and(|octet| octet & (1 << (number % 8)) != 0)
    }

    fn set(&mut self, number: usize) {
        if let Some(octet) = self.bits.get_mut(number / 8) {
            *octet |= 1 << (number % 8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_written_and_read_back_few_or_many() {
        let all: Vec<i64> = (0..1000).map(|number| number * 7 + 3).collect();
        for every in [1, 2, 9, 400, 5000] {
            let some: Vec<i64> = all.iter().copied().skip(1).step_by(every).collect();
            let written = Letters::of(all.clone(), &some).written();
            let read = Letters::read(all.clone(), &written);
            assert_eq!(read.ids().collect::<Vec<_>>(), some, "one in {every}");
            assert!(read.has(EmailId(some[0])) && !read.has(EmailId(all[0])) && !read.has(EmailId(4)));
            assert!(written.len() <= all.len() / 8 + 1);
        }
    }
}
