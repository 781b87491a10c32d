//! Files of a ZIP archive (APPNOTE 6.3.9), as far as Office packages need it: those that are stored or deflated, without
//! encryption. Names and sizes are believed as far as the octets bear them out.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::budget::Budget;

/// Files that an archive may list.
const ENTRIES: usize = 20_000;
/// What it is worth as work that a file is looked at.
const LOOK: usize = 512;

pub(super) struct Entry<'a> {
    pub name: String,
    deflated: bool,
    data: &'a [u8],
}

impl Entry<'_> {
    /// Its octets, as many as are wanted.
    pub fn read(&self, most: usize, budget: &Budget) -> Vec<u8> {
        budget.work(LOOK);
        if !self.deflated {
            let plain = self.data.get(..most.min(self.data.len())).unwrap_or_default();
            budget.work(plain.len());
            return plain.to_vec();
        }
        let mut out = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX);
        // What is packed may be long and give nothing, and many files may be told to be the same octets.
        let data = self.data.get(..budget.left().min(self.data.len()));
        let mut unpacking = DeflateDecoder::new(data.unwrap_or_default()).take(limit);
        // What came before the damage is read.
        let _cut = unpacking.read_to_end(&mut out);
        let read = usize::try_from(unpacking.get_ref().total_in()).unwrap_or(usize::MAX);
        budget.work(read.saturating_add(out.len()));
        out
    }
}

/// The files of an archive. What is no archive has none.
pub(super) fn entries(archive: &[u8]) -> Vec<Entry<'_>> {
    // The end of the directory has a comment of 65,535 octets at the most (section 4.3.16).
    let from = archive.len().saturating_sub(65_557);
    let Some(end) = archive
        .get(from..)
        .and_then(|tail| memchr::memmem::rfind(tail, b"PK\x05\x06"))
    else {
        return Vec::new();
    };
    let mut at = number(archive, from + end + 16, 4).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    while found.len() < ENTRIES
        && archive
            .get(at..)
            .is_some_and(|rest| rest.starts_with(b"PK\x01\x02"))
    {
        let Some((entry, next)) = entry(archive, at) else {
            break;
        };
        found.extend(entry);
        at = next;
    }
    found
}

/// A line of the directory (section 4.3.12), and where the next begins.
fn entry(archive: &[u8], at: usize) -> Option<(Option<Entry<'_>>, usize)> {
    let flags = number(archive, at + 8, 2)?;
    let method = number(archive, at + 10, 2)?;
    let size = number(archive, at + 20, 4)?;
    let name_size = number(archive, at + 28, 2)?;
    let behind = name_size + number(archive, at + 30, 2)? + number(archive, at + 32, 2)?;
    let local = number(archive, at + 42, 4)?;
    let name = archive.get(at + 46..)?.get(..name_size)?;
    let data = || {
        // Before the file stands its own header, with a name and extra fields of their own length (section 4.3.7).
        let skip =
            30 + number(archive, local.checked_add(26)?, 2)? + number(archive, local.checked_add(28)?, 2)?;
        archive.get(local.checked_add(skip)?..)?.get(..size)
    };
    let entry = match (flags & 1, method, data()) {
        (0, 0 | 8, Some(data)) => Some(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            deflated: method == 8,
            data,
        }),
        _ => None,
    };
    Some((entry, at + 46 + behind))
}

/// A number of some octets, the lowest first.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
    )
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// An archive of these files, deflated.
    pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut directory = Vec::new();
        for (name, body) in files {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(body).unwrap();
            let packed = encoder.finish().unwrap();
            let offset = u32::try_from(out.len()).unwrap();
            let name_size = u16::try_from(name.len()).unwrap().to_le_bytes();
            let size = u32::try_from(packed.len()).unwrap().to_le_bytes();
            let common = [
                &[20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
                &size,
                &size,
                &name_size,
                &[0, 0],
            ]
            .concat();
            out.extend([b"PK\x03\x04", &common[..], name.as_bytes(), &packed].concat());
            directory.extend(
                [
                    b"PK\x01\x02\x14\x00",
                    &common[..],
                    &[0; 10],
                    &offset.to_le_bytes(),
                    name.as_bytes(),
                ]
                .concat(),
            );
        }
        let start = u32::try_from(out.len()).unwrap().to_le_bytes();
        let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
        let count = u16::try_from(files.len()).unwrap().to_le_bytes();
        out.extend(directory);
        out.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &start, &[0, 0]].concat());
        out
    }

    #[test]
    fn files_come_out_as_they_went_in_and_no_longer_than_is_wanted() {
        let bomb = vec![b'a'; 10_000_000];
        let archive = archive(&[("one.xml", b"kettle"), ("bomb", &bomb)]);
        let found = entries(&archive);
        let names: Vec<&str> = found.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["one.xml", "bomb"]);
        assert_eq!(found[0].read(100, &Budget::new()), b"kettle");
        assert_eq!(
            found[1].read(1000, &Budget::new()).len(),
            1000,
            "a bomb does not go off"
        );
    }

    #[test]
    fn what_is_cut_or_wrong_gives_what_is_there() {
        let whole = archive(&[("one.xml", b"kettle"), ("two.xml", b"boat")]);
        for cut in 0..whole.len() {
            entries(&whole[..cut]);
            let mut wrong = whole.clone();
            wrong[cut] ^= 0xff;
            for entry in entries(&wrong) {
                entry.read(100, &Budget::new());
            }
        }
    }
}
