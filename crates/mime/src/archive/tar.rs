//! Files of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format"; and the long names of GNU tar), read from its beginning to its
//! end and no further than is allowed.

use std::io::Read;

/// Octets of a header, and what the octets of a file are filled up to.
pub(super) const BLOCK: usize = 512;
/// Octets of a name that stands in a block of its own.
const NAME: u64 = 64 * 1024;
/// Files that are gone through.
const FILES: usize = 20_000;

/// A file.
pub(super) struct Entry {
    pub name: String,
    pub size: u64,
}

/// A way through an archive.
pub(super) struct Walk<'m, R> {
    archive: R,
    /// Octets that may still be read.
    most: &'m mut u64,
    /// Octets of the file before, with what it is filled up with, that are not read yet.
    left: u64,
    files: usize,
    end: End,
}

#[derive(PartialEq, Eq)]
enum End {
    Ahead,
    /// The end that the archive has itself.
    Reached,
    /// It is damaged, or goes on too long.
    Lost,
}

/// Whether octets begin like a tar archive: with a header whose sum is what it says.
pub(super) fn begins(start: &[u8]) -> bool {
    start.get(..BLOCK).is_some_and(is_header)
}

impl<'m, R: Read> Walk<'m, R> {
    pub fn through(archive: R, most: &'m mut u64) -> Self {
        Self {
            archive,
            most,
            left: 0,
            files: 0,
            end: End::Ahead,
        }
    }

    /// The next file; folders are passed over.
    pub fn next_file(&mut self) -> Option<Entry> {
        let mut long_name = None;
        loop {
            self.pass();
            if self.end != End::Ahead {
                return None;
            }
            let header = self.block(BLOCK);
            if header.is_empty() || header.iter().all(|octet| *octet == 0) {
                self.end = End::Reached;
                return None;
            }
            let size = size(&header);
            let Some(size) = size.filter(|_| is_header(&header) && self.files < FILES) else {
                self.end = End::Lost;
                return None;
            };
            self.left = size.div_ceil(BLOCK as u64).saturating_mul(BLOCK as u64);
            match header.get(156) {
                // The name of what follows is long, as GNU tar and as POSIX write it.
                Some(b'L') => long_name = Some(text(&self.take_all(size))),
                Some(b'x') => long_name = path(&self.take_all(size)).or(long_name),
                Some(b'5' | b'g' | b'K') => {}
                _ => {
                    self.files += 1;
                    let name = long_name.unwrap_or_else(|| name(&header));
                    return Some(Entry { name, size });
                }
            }
        }
    }

    /// The first octets of the file that was met last.
    pub fn read(&mut self, most: usize) -> Vec<u8> {
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(most);
        let octets = self.block(wanted);
        self.left -= octets.len() as u64;
        octets
    }

    /// Whether the way has led to the end.
    pub fn is_whole(&self) -> bool {
        self.end == End::Reached
    }

    fn take_all(&mut self, size: u64) -> Vec<u8> {
        let mut octets = self.read(usize::try_from(size.min(NAME)).unwrap_or_default());
        octets.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        octets
    }

    /// Passes over what is left of a file.
    fn pass(&mut self) {
        let wanted = std::mem::take(&mut self.left);
        let mut allowed = self.archive.by_ref().take(wanted.min(*self.most));
        let passed = std::io::copy(&mut allowed, &mut std::io::sink()).unwrap_or(0);
        *self.most = self.most.saturating_sub(passed);
        if passed < wanted {
            self.end = End::Lost;
        }
    }

    fn block(&mut self, wanted: usize) -> Vec<u8> {
        let mut octets = Vec::new();
        let mut allowed = self.archive.by_ref().take((wanted as u64).min(*self.most));
        if allowed.read_to_end(&mut octets).is_err() || *self.most == 0 {
            self.end = End::Lost;
        }
        *self.most = self.most.saturating_sub(octets.len() as u64);
        octets
    }
}

/// The sum of the header's octets, its own field taken for blanks, is what that field says.
fn is_header(header: &[u8]) -> bool {
    let told = header.get(148..156).and_then(octal);
    let sum: u64 = (0_usize..)
        .zip(header)
        .map(|(at, octet)| match at {
            148..156 => u64::from(b' '),
            _ => u64::from(*octet),
        })
        .sum();
    header.len() == BLOCK && told == Some(sum)
}

/// In octal digits, or as GNU tar writes what is large: the highest bit, and the number behind it.
fn size(header: &[u8]) -> Option<u64> {
    let field = header.get(124..136)?;
    if field.first().is_some_and(|first| first & 0x80 != 0) {
        let low = field.get(4..)?;
        return Some(low.iter().fold(0, |sum, octet| sum << 8 | u64::from(*octet)));
    }
    octal(field)
}

fn octal(field: &[u8]) -> Option<u64> {
    let digits = text(field);
    let digits = digits.trim_matches([' ', '\0']);
    u64::from_str_radix(if digits.is_empty() { "0" } else { digits }, 8).ok()
}

fn name(header: &[u8]) -> String {
    let last = text(header.get(..100).unwrap_or_default());
    let before = match header.get(257..263) {
        Some(b"ustar\0") => text(header.get(345..500).unwrap_or_default()),
        _ => String::new(),
    };
    match before.is_empty() {
        true => last,
        false => format!("{before}/{last}"),
    }
}

/// The path of a pax header: lines of a length, a word, "=" and a value.
fn path(lines: &[u8]) -> Option<String> {
    let mut rest = lines;
    while let Some(space) = rest.iter().position(|octet| *octet == b' ') {
        let length: usize = std::str::from_utf8(rest.get(..space)?).ok()?.parse().ok()?;
        let line = rest.get(space + 1..length)?;
        if let Some(value) = line.strip_prefix(b"path=") {
            return Some(text(value.strip_suffix(b"\n").unwrap_or(value)));
        }
        rest = rest.get(length..)?;
    }
    None
}

/// Up to the first NUL.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|octet| *octet == 0).unwrap_or(field.len());
    let field = field.get(..end).unwrap_or_default();
    match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => crate::charset::text_of(field, None),
    }
}
