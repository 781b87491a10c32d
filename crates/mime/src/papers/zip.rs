//! Files of a ZIP archive (APPNOTE 6.3.9): what its directory lists, and the octets of those that are stored or deflated, without
//! encryption, as Office packages are. Names and sizes are believed as far as the octets bear them out.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::budget::Budget;
use crate::charset;

/// Files that an archive may list.
const ENTRIES: usize = 20_000;
/// What it is worth as work that a file is looked at.
const LOOK: usize = 512;
/// A number that did not fit and stands elsewhere (section 4.5.3).
const ELSEWHERE: usize = 0xffff_ffff;

pub(crate) struct Entry<'a> {
    pub name: String,
    /// Octets that it has unpacked, as its line says.
    pub size: u64,
    /// It is encrypted.
    pub locked: bool,
    packing: Packing,
    data: &'a [u8],
    /// Where its own header stands.
    at: usize,
    /// Whoever goes by its own header, or by another of its names, finds the same file.
    agrees: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    Stored,
    Deflated,
    /// In a way that nothing here unpacks, or its octets are not where its line says.
    Other,
}

/// What a directory lists.
#[derive(Default)]
pub(crate) struct Directory<'a> {
    pub entries: Vec<Entry<'a>>,
    /// These are all the files that whoever unpacks it could find.
    pub whole: bool,
}

impl Entry<'_> {
    pub fn is_readable(&self) -> bool {
        !self.locked && self.packing != Packing::Other
    }

    /// Its octets, as many as are wanted; none of one that cannot be read.
    pub fn read(&self, most: usize, budget: &Budget) -> Vec<u8> {
        budget.work(LOOK);
        if !self.is_readable() {
            return Vec::new();
        }
        if self.packing == Packing::Stored {
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

/// The files of an archive that can be read. What is no archive has none.
pub(super) fn entries(archive: &[u8]) -> Vec<Entry<'_>> {
    let mut entries = directory(archive).entries;
    entries.retain(Entry::is_readable);
    entries
}

/// All that an archive lists.
pub(crate) fn directory(archive: &[u8]) -> Directory<'_> {
    // The end of the directory has a comment of 65,535 octets at the most (section 4.3.16).
    let from = archive.len().saturating_sub(65_557);
    let Some(end) = archive
        .get(from..)
        .and_then(|tail| memchr::memmem::rfind(tail, b"PK\x05\x06"))
    else {
        return Directory::default();
    };
    let end = from + end;
    let told = told_start(archive, end);
    // What stands before an archive, as a program that unpacks it, is not counted by some that write them.
    let shift = match is_line(archive, told) {
        true => 0,
        false => number(archive, end + 12, 4)
            .and_then(|size| end.checked_sub(size)?.checked_sub(told))
            .unwrap_or(0),
    };
    let mut at = told.saturating_add(shift);
    let mut found = Directory::default();
    let mut lines = 0;
    while lines < ENTRIES && is_line(archive, at) {
        let Some((entry, next)) = entry(archive, at, shift) else {
            break;
        };
        found.entries.push(entry);
        lines += 1;
        at = next;
    }
    let count = number(archive, end + 10, 2);
    // Behind another archive: some programs unpack the first, and some the last.
    let hides = archive.starts_with(b"PK\x03\x04") && found.entries.iter().all(|entry| entry.at > 0);
    found.whole = !hides
        && lines < ENTRIES
        && count.is_some_and(|count| count == lines || count == 0xffff)
        && found.entries.iter().all(|entry| entry.agrees)
        && has_one_end(archive, from, end);
    found
}

/// Whether every program goes by this end: its comment is there, it stands in the comment of no other, and a large one before it says the
/// same.
fn has_one_end(archive: &[u8], from: usize, end: usize) -> bool {
    let comment_end = |at: usize| number(archive, at + 20, 2).map(|comment| at + 22 + comment);
    let tail = archive.get(from..end).unwrap_or_default();
    let mut others = memchr::memmem::find_iter(tail, b"PK\x05\x06");
    let (large, told) = (large_start(archive, end), number(archive, end + 16, 4));
    comment_end(end).is_some_and(|comment_end| comment_end <= archive.len())
        && !others.any(|at| comment_end(from + at) == Some(archive.len()))
        && (large.is_none() || told == Some(ELSEWHERE) || large == told)
}

/// Where the directory begins: as its end says, or the end of a large one before that (sections 4.3.14 and 4.3.15).
fn told_start(archive: &[u8], end: usize) -> usize {
    let told = number(archive, end + 16, 4).unwrap_or(usize::MAX);
    if told != ELSEWHERE {
        return told;
    }
    large_start(archive, end).unwrap_or(usize::MAX)
}

fn large_start(archive: &[u8], end: usize) -> Option<usize> {
    let locator = end.checked_sub(20)?;
    archive.get(locator..)?.starts_with(b"PK\x06\x07").then_some(())?;
    let large = number(archive, locator + 8, 8)?;
    number(archive, large.checked_add(48)?, 8)
}

fn is_line(archive: &[u8], at: usize) -> bool {
    archive
        .get(at..)
        .is_some_and(|rest| rest.starts_with(b"PK\x01\x02"))
}

/// A line of the directory (section 4.3.12), and where the next begins.
fn entry(archive: &[u8], at: usize, shift: usize) -> Option<(Entry<'_>, usize)> {
    let flags = number(archive, at + 8, 2)?;
    let method = number(archive, at + 10, 2)?;
    let name_size = number(archive, at + 28, 2)?;
    let extra_size = number(archive, at + 30, 2)?;
    let behind = name_size + extra_size + number(archive, at + 32, 2)?;
    let name = archive.get(at + 46..)?.get(..name_size)?;
    let extra = archive.get(at + 46 + name_size..)?.get(..extra_size)?;
    // What is large stands in a field of its own, in this order (section 4.5.3).
    let mut large = field(extra, 1)
        .chunks_exact(8)
        .filter_map(|eight| number(eight, 0, 8));
    let mut wide = |told: usize| match told {
        ELSEWHERE => large.next().unwrap_or(usize::MAX),
        told => told,
    };
    let size = wide(number(archive, at + 24, 4)?);
    let packed = wide(number(archive, at + 20, 4)?);
    let local = wide(number(archive, at + 42, 4)?).saturating_add(shift);
    let data = || {
        // Before the file stands its own header, with a name and extra fields of their own length (section 4.3.7).
        let skip =
            30 + number(archive, local.checked_add(26)?, 2)? + number(archive, local.checked_add(28)?, 2)?;
        archive.get(local.checked_add(skip)?..)?.get(..packed)
    };
    let data = data();
    let other = other_name(name, extra);
    let entry = Entry {
        name: charset::name_of(other.unwrap_or(name)),
        size: u64::try_from(size).unwrap_or(u64::MAX),
        locked: flags & 1 != 0,
        packing: match (method, data) {
            (0, Some(_)) => Packing::Stored,
            (8, Some(_)) => Packing::Deflated,
            _ => Packing::Other,
        },
        data: data.unwrap_or_default(),
        at: local,
        agrees: own_name(archive, local) == Some(name)
            && other.is_none_or(|other| ending(other).eq_ignore_ascii_case(ending(name))),
    };
    Some((entry, at + 46 + behind))
}

/// The name in a file's own header, by which it is unpacked where an archive is read from its beginning.
fn own_name(archive: &[u8], at: usize) -> Option<&[u8]> {
    let header = archive.get(at..)?.strip_prefix(b"PK\x03\x04")?;
    let size = number(header, 22, 2)?;
    header.get(26..)?.get(..size)
}

/// The name in UTF-8 beside that of a line, if it is that line's (section 4.6.9): many programs believe it, and some do not.
fn other_name<'a>(name: &[u8], extra: &'a [u8]) -> Option<&'a [u8]> {
    let other = field(extra, 0x7075);
    let mut sum = flate2::Crc::new();
    sum.update(name);
    let is_of_name = other.first() == Some(&1) && number(other, 1, 4) == usize::try_from(sum.sum()).ok();
    other.get(5..).filter(|_| is_of_name)
}

fn ending(name: &[u8]) -> &[u8] {
    name.rsplit(|octet| *octet == b'.').next().unwrap_or_default()
}

/// What an extra field holds (section 4.5.1): none has it where it is empty.
fn field(extra: &[u8], wanted: usize) -> &[u8] {
    let mut rest = extra;
    while let (Some(id), Some(size)) = (number(rest, 0, 2), number(rest, 2, 2)) {
        let content = rest.get(4..).unwrap_or_default();
        if id == wanted {
            return content.get(..size.min(content.len())).unwrap_or_default();
        }
        rest = content.get(size..).unwrap_or_default();
    }
    &[]
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
pub(crate) mod tests {
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
            let unpacked = u32::try_from(body.len()).unwrap().to_le_bytes();
            let common = [
                &[20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
                &size,
                &unpacked,
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
