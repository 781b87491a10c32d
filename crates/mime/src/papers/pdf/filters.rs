//! How the streams of a file are packed (ISO 32000-1, section 7.4), as far as text is: pictures are packed in other ways, and give
//! nothing here. What is damaged gives what came before the damage.

use std::io::Read;
use std::ops::Range;

use flate2::read::ZlibDecoder;

use super::syntax::Value;

/// Ways on top of each other that are undone. Two are usual: octets are packed, and written in plain characters.
const FILTERS: usize = 4;

/// Codes of LZW that stand for no octet: all strings are forgotten, and the end.
const CLEAR: usize = 256;
const END: usize = 257;
/// The first code that stands for a string, and the last: codes have twelve bits at the most.
const STRINGS: usize = 258;
const CODES: usize = 4096;

/// What comes out, up to a length, and the octets gone through for it.
pub(super) fn unpack(packed: &[u8], filters: &[Value], most: usize) -> (Vec<u8>, usize) {
    if filters.len() > FILTERS {
        return (Vec::new(), 0);
    }
    let Some((first, others)) = filters.split_first() else {
        let plain = packed.get(..most.min(packed.len())).unwrap_or_default();
        return (plain.to_vec(), plain.len());
    };
    let (mut out, mut work) = step(packed, first, most);
    for filter in others {
        let (next, more) = step(&out, filter, most);
        work = work.saturating_add(more);
        out = next;
    }
    (out, work)
}

fn step(packed: &[u8], filter: &Value, most: usize) -> (Vec<u8>, usize) {
    let Value::Name(name) = filter else {
        return (Vec::new(), 0);
    };
    let out = match &**name {
        b"FlateDecode" | b"Fl" => return inflate(packed, most),
        b"ASCII85Decode" | b"A85" => of_base_85(packed, most),
        b"ASCIIHexDecode" | b"AHx" => of_hexadecimal(packed, most),
        b"LZWDecode" | b"LZW" => of_lzw(packed, most),
        b"RunLengthDecode" | b"RL" => of_runs(packed, most),
        _ => return (Vec::new(), 0),
    };
    let work = packed.len().saturating_add(out.len());
    (out, work)
}

fn inflate(packed: &[u8], most: usize) -> (Vec<u8>, usize) {
    let mut out = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let mut unpacking = ZlibDecoder::new(packed).take(most);
    let _cut = unpacking.read_to_end(&mut out);
    let read = usize::try_from(unpacking.get_ref().total_in()).unwrap_or(usize::MAX);
    let work = read.saturating_add(out.len());
    (out, work)
}

/// Five characters are four octets (section 7.4.3); `z` stands for four that are nothing, `~` for the end.
fn of_base_85(text: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    let text = text.strip_prefix(b"<~").unwrap_or(text);
    for byte in text {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => continue,
        }
        if group.len() == 5 {
            out.extend(octets_of(&group));
            group.clear();
        }
        if out.len() >= most {
            break;
        }
    }
    // At the end stands one character more than there are octets.
    if group.len() > 1 {
        let octets = group.len() - 1;
        group.resize(5, b'u' - b'!');
        out.extend(octets_of(&group).get(..octets).unwrap_or_default());
    }
    out.truncate(most);
    out
}

fn octets_of(group: &[u8]) -> [u8; 4] {
    let sum = group.iter().fold(0_u32, |sum, digit| {
        sum.wrapping_mul(85).wrapping_add(u32::from(*digit))
    });
    sum.to_be_bytes()
}

/// Two digits are one octet (section 7.4.2); `>` is the end, before which the last digit may be left out.
fn of_hexadecimal(text: &[u8], most: usize) -> Vec<u8> {
    let digits = text.iter().take_while(|byte| **byte != b'>');
    let digits: Vec<u8> = digits
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .take(most.saturating_mul(2))
        .collect();
    let octets = digits.chunks(2).map(|pair| match pair {
        [high, low] => high << 4 | low,
        [high] => high << 4,
        _ => 0,
    });
    octets.collect()
}

/// A count, and that many octets or one that many times (section 7.4.5).
fn of_runs(packed: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = packed;
    while let Some((count, behind)) = rest.split_first() {
        let count = usize::from(*count);
        rest = match count {
            0..=127 => {
                let (these, others) = behind.split_at(behind.len().min(count + 1));
                out.extend_from_slice(these);
                others
            }
            129.. => {
                let Some((byte, others)) = behind.split_first() else {
                    break;
                };
                out.resize(out.len() + 257 - count, *byte);
                others
            }
            _ => break,
        };
        if out.len() >= most {
            break;
        }
    }
    out.truncate(most);
    out
}

/// Codes for strings that came before (section 7.4.4), a bit longer whenever there are twice as many of them.
fn of_lzw(packed: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    // Each is the one before it and the octet behind that: it stands there already.
    let mut strings: Vec<Range<usize>> = Vec::new();
    let mut before: Option<Range<usize>> = None;
    let mut bits = Bits { packed, at: 0 };
    while out.len() < most {
        // Writers make codes longer by one code too early.
        let known = STRINGS + strings.len() + 1;
        let Some(code) = bits.take((known.ilog2() + 1).clamp(9, 12)) else {
            break;
        };
        match code {
            END => break,
            CLEAR => {
                strings.clear();
                before = None;
                continue;
            }
            _ => {}
        }
        if let Some(before) = before.take()
            && STRINGS + strings.len() < CODES
        {
            strings.push(before.start..before.end + 1);
        }
        let start = out.len();
        match u8::try_from(code) {
            Ok(byte) => out.push(byte),
            Err(_) => {
                let Some(string) = code.checked_sub(STRINGS).and_then(|at| strings.get(at)) else {
                    break;
                };
                // The last of it may be the first of itself.
                for at in string.clone() {
                    out.extend(out.get(at).copied());
                }
            }
        }
        before = Some(start..out.len());
    }
    out.truncate(most);
    out
}

/// Reads numbers of so many bits, the high ones first.
struct Bits<'a> {
    packed: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> Option<usize> {
        let mut number = 0;
        for _ in 0..count {
            let byte = *self.packed.get(self.at / 8)?;
            number = number << 1 | usize::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(packed: &[u8], filters: &[&str], most: usize) -> String {
        let filters: Vec<Value> = filters
            .iter()
            .map(|name| Value::Name(name.as_bytes().into()))
            .collect();
        String::from_utf8_lossy(&unpack(packed, &filters, most).0).into_owned()
    }

    #[test]
    fn what_is_written_in_plain_characters_is_octets_again() {
        for (text, expected) in [
            ("E,9)oF*2M7/c~>", "pleasure."),
            ("<~E,9)\n oF*2M7/c~>", "pleasure."),
            ("z!!~>", "\0\0\0\0\0"),
            ("@:B~> behind", "ab"),
            ("", ""),
        ] {
            assert_eq!(
                unpacked(text.as_bytes(), &["ASCII85Decode"], 100),
                expected,
                "{text}"
            );
        }
        assert_eq!(unpacked(b"62 6F6174 7>", &["ASCIIHexDecode"], 100), "boatp");
        assert_eq!(unpacked(b"626F6174", &["AHx"], 2), "bo", "no more than is wanted");
    }

    #[test]
    fn runs_and_strings_that_came_before_are_written_out() {
        assert_eq!(
            unpacked(b"\x03boat\xfe!\x80behind", &["RunLengthDecode"], 100),
            "boat!!!"
        );
        // The example of section 7.4.4.2.
        let example = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(unpacked(&example, &["LZWDecode"], 100), "-----A---B");
        assert_eq!(unpacked(&example, &["LZWDecode"], 7), "-----A-");
    }

    #[test]
    fn one_way_may_stand_on_top_of_another() {
        assert_eq!(
            unpacked(b"036F61740A80>", &["ASCIIHexDecode", "RunLengthDecode"], 100),
            "oat\n"
        );
        assert_eq!(unpacked(b"boat", &["DCTDecode"], 100), "", "pictures are no text");
        assert_eq!(unpacked(b"626F>", &["AHx", "DCTDecode"], 100), "");
        assert_eq!(unpacked(b"boat", &[], 2), "bo");
        let many = ["AHx"; FILTERS + 1];
        assert_eq!(unpacked(b"3636>", &many, 100), "", "nobody packs so often");
    }

    #[test]
    fn nothing_breaks_whatever_is_packed() {
        let mut noise: Vec<u8> = Vec::new();
        let mut state = 7_u32;
        for _ in 0..20_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            noise.extend(state.to_be_bytes().first());
        }
        for name in ["A85", "AHx", "LZW", "RL", "Fl"] {
            for start in 0..64 {
                let packed = noise.get(start..).unwrap_or_default();
                assert!(
                    unpacked(packed, &[name], 1_000).chars().count() <= 1_000,
                    "{name}"
                );
            }
        }
    }
}
