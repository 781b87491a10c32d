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
    /// Something in it is read by other programs in another way, so that they may find other files.
    is_doubtful: bool,
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
            is_doubtful: false,
        }
    }

    /// The next file; folders are passed over.
    pub fn next_file(&mut self) -> Option<Entry> {
        let mut long_name = None;
        let mut said_size = None;
        loop {
            self.pass();
            if self.end != End::Ahead {
                return None;
            }
            let header = self.block(BLOCK);
            if self.end != End::Ahead {
                return None;
            }
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
                Some(b'x') => {
                    let said = Said::of(&self.take_all(size));
                    self.is_doubtful |= said.is_more;
                    long_name = said.path.or(long_name);
                    said_size = said.size.or(said_size);
                }
                Some(b'g') => {
                    let said = Said::of(&self.take_all(size));
                    self.is_doubtful |= said.is_more || said.path.is_some() || said.size.is_some();
                }
                Some(b'5') => self.is_doubtful |= size > 0,
                Some(b'K') => {}
                kind => {
                    self.files += 1;
                    // Links have no octets for some programs, and other kinds have some that no size tells.
                    self.is_doubtful |= match kind {
                        Some(b'0' | b'7' | b'\0') => false,
                        Some(b'1'..=b'6') => size > 0,
                        _ => true,
                    } || said_size.is_some_and(|said| said != size);
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

    /// Whether the way has led to the end, and every other program goes the same.
    pub fn is_whole(&self) -> bool {
        self.end == End::Reached && !self.is_doubtful
    }

    fn take_all(&mut self, size: u64) -> Vec<u8> {
        self.is_doubtful |= size > NAME;
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

/// What a pax header says of the file behind it, in lines of a length, a word, "=" and a value: of several the last one counts.
#[derive(Default)]
struct Said {
    path: Option<String>,
    size: Option<u64>,
    /// It says more that others go by, or is damaged.
    is_more: bool,
}

impl Said {
    fn of(lines: &[u8]) -> Self {
        let mut said = Self::default();
        let mut rest = lines;
        while !rest.is_empty() {
            let Some((word, value, next)) = line(rest) else {
                said.is_more = true;
                break;
            };
            match word {
                b"path" => said.path = Some(text(value)),
                b"size" => said.size = text(value).parse().ok().or(Some(u64::MAX)),
                _ => said.is_more |= word.starts_with(b"GNU.sparse"),
            }
            rest = next;
        }
        said
    }
}

/// The word and the value of a line of a pax header, and what follows it.
fn line(lines: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = lines.iter().take(20).position(|octet| *octet == b' ')?;
    let length: usize = std::str::from_utf8(lines.get(..space)?).ok()?.parse().ok()?;
    let line = lines.get(space + 1..length)?.strip_suffix(b"\n")?;
    let equals = line.iter().position(|octet| *octet == b'=')?;
    Some((line.get(..equals)?, line.get(equals + 1..)?, lines.get(length..)?))
}

/// Up to the first NUL.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|octet| *octet == 0).unwrap_or(field.len());
    let field = field.get(..end).unwrap_or_default();
    crate::charset::name_of(field)
}
