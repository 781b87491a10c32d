//! What is in an archive that came with a letter, as far as it can be told without unpacking it to anywhere: the names of its files and
//! how large they are, which of them may do harm, which are encrypted, and whether that is all. ZIP, tar and gzip are looked into, and
//! such archives within them; of all other kinds it is said that nobody has. So much is looked at, and no more: files, octets that are
//! unpacked in memory, archives within archives. What is found is the same on every computer, since work is counted and not timed.

mod kind;
mod tar;

use std::io::Read;

use flate2::read::MultiGzDecoder;

use self::kind::{Packing, packing};
use crate::danger::{Danger, dangers};
use crate::papers::budget::Budget;
use crate::papers::zip;
use crate::{charset, file_name};

/// Files that are told, and of what was not told those that may do harm.
const TOLD: usize = 1_000;
/// Octets that are unpacked altogether, and of one archive within another.
const WORK: usize = 128 << 20;
const WITHIN: usize = 16 << 20;
/// Archives within archives that are looked into.
const DEEPEST: usize = 3;
/// First octets of a file that are looked at.
const START: usize = 64;
/// What stands between an archive and what is in it.
const BETWEEN: &str = " › ";

/// What is in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// In the order of the archive. What an archive within it has stands behind that one.
    pub files: Vec<PackedFile>,
    /// Files in all, with those that are not told.
    pub count: usize,
    /// There may be more in it: it is of a kind that is not looked into, or damaged, or too large to be gone through.
    pub closed: bool,
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedFile {
    /// The way to it, safe to be shown.
    pub name: String,
    /// Octets unpacked, as the archive says; `None` where it does not.
    pub size: Option<u64>,
    /// It is encrypted.
    pub locked: bool,
    pub dangers: Vec<Danger>,
}

impl PackedFile {
    /// Whether it would be asked about if it came by itself.
    pub fn may_do_harm(&self) -> bool {
        self.dangers.iter().any(|danger| *danger != Danger::Closed)
    }
}

impl Contents {
    /// Why the archive is not opened without a word.
    pub fn dangers(&self) -> Vec<Danger> {
        let is_closed = |file: &PackedFile| file.dangers.contains(&Danger::Closed);
        let told = [
            (Danger::Packed, self.files.iter().any(PackedFile::may_do_harm)),
            (Danger::Locked, self.files.iter().any(|file| file.locked)),
            (Danger::Closed, self.closed || self.files.iter().any(is_closed)),
        ];
        told.into_iter()
            .filter_map(|(danger, is_so)| is_so.then_some(danger))
            .collect()
    }

    /// Those in it that may do harm.
    pub fn harmful(&self) -> impl Iterator<Item = &PackedFile> {
        self.files.iter().filter(|file| file.may_do_harm())
    }
}

/// Whether a file is an archive, by what it is called.
pub fn is_archive(media_type: &str, name: &str) -> bool {
    packing(media_type, name).is_some()
}

/// What is in an archive. `None`: it is called none.
pub fn look_into(media_type: &str, name: &str, bytes: &[u8]) -> Option<Contents> {
    let packing = packing(media_type, name)?;
    let mut looking = Looking {
        found: Contents::default(),
        budget: Budget::of(WORK),
    };
    looking.look_into_archive(packing, name, bytes, "", 0);
    Some(looking.found)
}

struct Looking {
    found: Contents,
    budget: Budget,
}

/// A file that was met.
struct Met<'a> {
    /// As the archive has it.
    name: &'a str,
    size: Option<u64>,
    locked: bool,
    /// Its first octets.
    start: &'a [u8],
}

impl Looking {
    /// `before` is the way to the archive.
    fn look_into_archive(&mut self, packing: Packing, name: &str, bytes: &[u8], before: &str, depth: usize) {
        match packing {
            // A self-made name makes no archive, and no other program would find a file in it either.
            Packing::Zip if is_other(bytes) => self.found.closed = true,
            Packing::Zip => self.look_into_zip(bytes, before, depth),
            Packing::Tar => self.look_into_tar(bytes, before, depth),
            Packing::Gzip => self.look_into_gzip(name, bytes, before, depth),
            Packing::Other => self.found.closed = true,
        }
    }

    fn look_into_zip(&mut self, bytes: &[u8], before: &str, depth: usize) {
        let directory = zip::directory(bytes);
        self.found.closed |= !directory.whole;
        for entry in directory.entries.iter().filter(|entry| !is_folder(&entry.name)) {
            let start = entry.read(START, &self.budget);
            let met = Met {
                name: &entry.name,
                size: Some(entry.size),
                locked: entry.locked,
                start: &start,
            };
            let within = self
                .within(&entry.name, entry.size, depth)
                .filter(|_| entry.is_readable());
            let octets = within.map(|packing| (packing, entry.read(WITHIN + 1, &self.budget)));
            self.meet(&met, octets, before, depth);
        }
    }

    fn look_into_tar(&mut self, archive: impl Read, before: &str, depth: usize) {
        let mut most = u64::try_from(self.budget.left()).unwrap_or(u64::MAX);
        let all = most;
        let mut walk = tar::Walk::through(archive, &mut most);
        while let Some(entry) = walk.next_file() {
            let within = self.within(&entry.name, entry.size, depth);
            let wanted = if within.is_some() { WITHIN + 1 } else { START };
            let mut octets = walk.read(wanted);
            octets.truncate(usize::try_from(entry.size).unwrap_or(usize::MAX));
            let met = Met {
                name: &entry.name,
                size: Some(entry.size),
                locked: false,
                start: octets.get(..START.min(octets.len())).unwrap_or_default(),
            };
            self.meet(
                &met,
                within.map(|packing| (packing, octets.clone())),
                before,
                depth,
            );
        }
        self.found.closed |= !walk.is_whole();
        self.budget
            .work(usize::try_from(all - most).unwrap_or(usize::MAX));
    }

    /// One file, or a tar archive.
    fn look_into_gzip(&mut self, name: &str, bytes: &[u8], before: &str, depth: usize) {
        let mut start = Vec::new();
        let mut unpacking = MultiGzDecoder::new(bytes);
        let limit = u64::try_from(tar::BLOCK).unwrap_or(u64::MAX);
        let read = unpacking.by_ref().take(limit).read_to_end(&mut start);
        if tar::begins(&start) {
            self.look_into_tar(MultiGzDecoder::new(bytes), before, depth);
            return;
        }
        self.found.closed |= read.is_err();
        // The name that it had, or the one that is left without the ending (RFC 1952, section 2.3.1).
        let told = unpacking.header().and_then(|header| header.filename());
        let told = told.map(charset::name_of).filter(|name| !name.trim().is_empty());
        let left = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        // Programs differ in which of the two they believe, and the worse one counts.
        let is_bad = |name: &str| !dangers(name, "", &start).is_empty() || packed_as(name).is_some();
        let met = Met {
            name: &told.filter(|told| is_bad(told) || !is_bad(&left)).unwrap_or(left),
            size: None,
            locked: false,
            start: &start,
        };
        self.meet(&met, None, before, depth);
    }

    /// How a file is packed that is an archive itself and can be looked into.
    fn within(&self, name: &str, size: u64, depth: usize) -> Option<Packing> {
        let fits = usize::try_from(size).is_ok_and(|size| size <= WITHIN && size <= self.budget.left());
        packed_as(name).filter(|packing| *packing != Packing::Other && fits && depth < DEEPEST)
    }

    fn meet(&mut self, met: &Met<'_>, octets: Option<(Packing, Vec<u8>)>, before: &str, depth: usize) {
        let last = met.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut found = dangers(last, "", met.start);
        // One of which more comes than it was told to have is not gone through.
        let octets = octets.filter(|(_, octets)| octets.len() <= WITHIN);
        if octets.is_none() && !met.locked && packed_as(met.name).is_some() {
            found.push(Danger::Closed);
        }
        let name = format!("{before}{}", shown(met.name));
        let file = PackedFile {
            name: name.clone(),
            size: met.size,
            locked: met.locked,
            dangers: found,
        };
        self.found.count += 1;
        let weighs = file.locked || !file.dangers.is_empty();
        if self.found.files.len() < TOLD || (weighs && self.found.files.len() < TOLD * 2) {
            self.found.files.push(file);
        }
        if let Some((packing, octets)) = octets {
            self.look_into_archive(packing, last, &octets, &format!("{name}{BETWEEN}"), depth + 1);
        }
    }
}

/// How a file in an archive is packed itself, by the name that it has once it is unpacked.
fn packed_as(way: &str) -> Option<Packing> {
    packing("", &file_name::safe(way)?)
}

/// Octets of an archive of another kind than ZIP, whatever it is called: RAR, 7-Zip, ACE.
fn is_other(bytes: &[u8]) -> bool {
    [&b"Rar!\x1a\x07"[..], b"7z\xbc\xaf\x27\x1c"]
        .iter()
        .any(|magic| bytes.starts_with(magic))
        || bytes.get(7..).is_some_and(|rest| rest.starts_with(b"**ACE**"))
}

fn is_folder(name: &str) -> bool {
    name.ends_with(['/', '\\'])
}

/// The way to a file as it may be shown: each step of it is a name, and none leads out.
fn shown(way: &str) -> String {
    let steps: Vec<String> = way.split(['/', '\\']).filter_map(file_name::safe).collect();
    match steps.is_empty() {
        true => "_".to_owned(),
        false => steps.join("/"),
    }
}

#[cfg(test)]
mod tests;
