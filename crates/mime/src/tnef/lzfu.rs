//! Rich text as Outlook packs it (MS-OXRTFCP): literal bytes, and references into the four kilobytes before them, which
//! begin with words that most rich text holds. Not here: what rich text means.

use super::Bytes;

const COMPRESSED: u32 = 0x7546_5a4c;
const PLAIN: u32 = 0x414c_454d;
const WINDOW: usize = 4096;
/// More rich text than this no letter is (a picture in one would be).
const LONGEST: usize = 32 * 1024 * 1024;

/// What the window holds before anything was read (MS-OXRTFCP, section 2.1.2.1).
const BEGINNING: &[u8; 207] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\
\\u\\tab\\tx";

/// The rich text, as far as it is there. `None`: this is not packed rich text.
pub(super) fn unpacked(data: &[u8]) -> Option<Vec<u8>> {
    let mut rest = Bytes(data);
    rest.u32()?;
    let size = usize::try_from(rest.u32()?).ok()?.min(LONGEST);
    let kind = rest.u32()?;
    // The checksum tells of damage that there is nothing to be done about.
    rest.u32()?;
    match kind {
        PLAIN => Some(rest.all().iter().copied().take(size).collect()),
        COMPRESSED => Some(unpack(rest, size)),
        _ => None,
    }
}

fn unpack(mut rest: Bytes<'_>, size: usize) -> Vec<u8> {
    let mut all = BEGINNING.to_vec();
    let begun = all.len();
    'all: while let Some(&[which]) = rest.take(1) {
        for bit in 0..8 {
            if all.len() - begun >= size {
                break 'all;
            }
            if (which >> bit) & 1 == 0 {
                let Some(literal) = rest.take(1) else { break 'all };
                all.extend_from_slice(literal);
                continue;
            }
            let Some(&[high, low]) = rest.take(2) else {
                break 'all;
            };
            let reference = u16::from_be_bytes([high, low]);
            let (place, length) = (usize::from(reference >> 4), usize::from(reference & 0xf) + 2);
            // A reference to where the next byte goes is the end.
            let here = all.len() % WINDOW;
            if place == here {
                break 'all;
            }
            let back = (here + WINDOW - place) % WINDOW;
            for _ in 0..length {
                // What was never written is nothing.
                let byte = all.len().checked_sub(back).and_then(|at| all.get(at)).copied();
                all.push(byte.unwrap_or(0));
            }
        }
    }
    all.drain(..begun);
    all.truncate(size);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two examples of MS-OXRTFCP, section 3.
    #[test]
    fn the_examples_of_the_specification_are_unpacked() {
        let hello = [
            0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0, 0x0a, 0,
            0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09,
            0, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        assert_eq!(
            unpacked(&hello).as_deref(),
            Some(&b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"[..])
        );
        let crossing = [
            0x1a, 0, 0, 0, 0x1c, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xe2, 0xd4, 0x4b, 0x51, 0x41, 0, 0x04,
            0x20, 0x57, 0x58, 0x59, 0x5a, 0x0d, 0x6e, 0x7d, 0x01, 0x0e, 0xb0,
        ];
        assert_eq!(
            unpacked(&crossing).as_deref(),
            Some(&b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"[..]),
            "a reference may reach into what it writes itself"
        );
    }

    #[test]
    fn what_lies_or_is_cut_off_is_unpacked_as_far_as_it_goes() {
        for data in [&b""[..], b"LZFu", &[0; 15], &[0xff; 40]] {
            assert_eq!(unpacked(data), None, "no rich text is in {data:?}");
        }
        let mut endless = vec![0xff; 16];
        endless.splice(4..12, [0xff, 0xff, 0xff, 0xff, 0x4c, 0x5a, 0x46, 0x75]);
        endless.extend([0xff, 0x12, 0x3f].repeat(2_000));
        let unpacked = unpacked(&endless).expect("some of it");
        assert!(
            unpacked.len() <= endless.len() * 9,
            "it is at most nine times as long, whatever it says of itself"
        );
    }
}
