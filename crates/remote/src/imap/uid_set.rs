//! A set of UIDs, as IMAP writes them: `1:5,9` (sequence-set, RFC 9051, section 9).
//!
//! Not here: message sequence numbers. Nothing of ours uses them, since they move.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// UIDs, kept as ranges that are sorted and do not touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UidSet(Vec<(u32, u32)>);

impl UidSet {
    pub fn new() -> Self {
        Self::default()
    }

    /// Every message: `1:*`.
    pub fn all() -> Self {
        Self(vec![(1, u32::MAX)])
    }

    /// In any order, twice or once.
    pub fn from_uids(uids: &[u32]) -> Self {
        Self::from_ranges(uids.iter().map(|uid| *uid..=*uid))
    }

    pub fn from_range(range: RangeInclusive<u32>) -> Self {
        Self::from_ranges([range])
    }

    /// A range that ends at `u32::MAX` is open: `5:*`. Zero is no UID and is left out.
    pub fn from_ranges(ranges: impl IntoIterator<Item = RangeInclusive<u32>>) -> Self {
        let mut sorted: Vec<(u32, u32)> = ranges
            .into_iter()
            .map(|range| ((*range.start()).max(1), *range.end()))
            .filter(|(first, last)| first <= last)
            .collect();
        sorted.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (first, last) in sorted {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, uid: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= uid);
        after
            .checked_sub(1)
            .and_then(|at| self.0.get(at))
            .is_some_and(|(_, last)| uid <= *last)
    }

    /// How many UIDs it spans.
    pub fn count(&self) -> u64 {
        self.0
            .iter()
            .map(|(first, last)| u64::from(last - first) + 1)
            .sum()
    }

    pub fn ranges(&self) -> impl Iterator<Item = RangeInclusive<u32>> + '_ {
        self.0.iter().map(|(first, last)| *first..=*last)
    }

    /// Ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.ranges().flatten()
    }

    /// The same UIDs in sets of which none is written with more than `longest` bytes. Servers need not read a
    /// command line of more than 8,192 octets (RFC 7162, section 4).
    pub fn chunks(&self, longest: usize) -> Vec<UidSet> {
        let mut chunks = Vec::new();
        let mut chunk = Vec::new();
        let mut length = 0;
        for range in &self.0 {
            let more = written(*range).len() + 1;
            if length + more > longest && !chunk.is_empty() {
                chunks.push(UidSet(std::mem::take(&mut chunk)));
                length = 0;
            }
            chunk.push(*range);
            length += more;
        }
        if !chunk.is_empty() {
            chunks.push(UidSet(chunk));
        }
        chunks
    }
}

impl fmt::Display for UidSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, range) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            f.write_str(&written(*range))?;
        }
        Ok(())
    }
}

fn written((first, last): (u32, u32)) -> String {
    match last {
        u32::MAX => format!("{first}:*"),
        last if last == first => first.to_string(),
        last => format!("{first}:{last}"),
    }
}

/// What came is no set of UIDs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a set of UIDs")]
pub struct NoUidSet;

impl FromStr for UidSet {
    type Err = NoUidSet;

    fn from_str(text: &str) -> Result<Self, NoUidSet> {
        in_order(text).map(Self::from_ranges)
    }
}

/// The ranges of a set in the order they were written, which means something in COPYUID (RFC 4315, section 3).
/// The end of a range may stand before its beginning.
pub(super) fn in_order(text: &str) -> Result<Vec<RangeInclusive<u32>>, NoUidSet> {
    let number = |text: &str| match text {
        "*" => Ok(u32::MAX),
        digits => digits.parse::<u32>().map_err(|_| NoUidSet),
    };
    text.split(',')
        .map(|part| match part.split_once(':') {
            Some((one, other)) => {
                let (one, other) = (number(one)?, number(other)?);
                Ok(one.min(other)..=one.max(other))
            }
            None => number(part).map(|uid| uid..=uid),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_are_written_as_short_as_can_be() {
        let set = UidSet::from_uids(&[9, 1, 3, 2, 4, 5, 3, 0]);
        assert_eq!(
            set.to_string(),
            "1:5,9",
            "order and repetition do not matter, zero is no UID"
        );
        assert_eq!(set.count(), 6);
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 9]);
        assert_eq!(UidSet::all().to_string(), "1:*");
        assert!(UidSet::from_uids(&[]).is_empty());
    }

    #[test]
    fn a_set_knows_its_members() {
        let set: UidSet = "4:2,9,20:*".parse().unwrap();
        for (uid, inside) in [
            (1, false),
            (2, true),
            (4, true),
            (5, false),
            (9, true),
            (19, false),
            (99, true),
        ] {
            assert_eq!(set.contains(uid), inside, "{uid} in {set}");
        }
        for garbage in ["", "a", "1:", "1,,2", "-1", "99999999999"] {
            assert!(garbage.parse::<UidSet>().is_err(), "{garbage:?} is no set");
        }
    }

    #[test]
    fn a_long_set_is_cut_without_losing_any() {
        let scattered: Vec<u32> = (0..20_000).map(|n| n * 3 + 1).collect();
        let set = UidSet::from_uids(&scattered);
        let chunks = set.chunks(8_000);
        assert!(
            chunks.iter().all(|chunk| chunk.to_string().len() <= 8_000),
            "each fits a command line"
        );
        let together: Vec<u32> = chunks
            .iter()
            .flat_map(|chunk| chunk.iter().collect::<Vec<_>>())
            .collect();
        assert_eq!(together, scattered, "and together they are the whole");
        assert_eq!(
            UidSet::all().chunks(8_000),
            [UidSet::all()],
            "a short set stays one"
        );
    }
}
