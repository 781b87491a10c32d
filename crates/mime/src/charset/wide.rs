//! Sets that no table of single octets or of the WHATWG holds: UTF-16 and UTF-32 whatever their order, and the code page
//! of the first PCs.

use std::sync::LazyLock;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// The upper half of code page 437, by octet.
static PAGE_437: LazyLock<[char; 128]> = LazyLock::new(|| {
    let mut page = ['\u{fffd}'; 128];
    for (place, sign) in page.iter_mut().zip(UPPER_437.chars()) {
        *place = sign;
    }
    page
});

/// The signs of it, in their order.
const UPPER_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The text in one of these sets, and whether it is in it; `None`: it is another set.
pub(super) fn decode(bytes: &[u8], label: &str) -> Option<(String, bool)> {
    match label {
        "utf-16" | "utf-16be" | "utf-16le" | "utf16" | "unicode" | "ucs-2" | "unicodefffe"
        | "iso-10646-ucs-2" | "csunicode" => utf_16(bytes, label),
        "utf-32" | "utf-32be" | "utf-32le" | "utf32" | "ucs-4" | "iso-10646-ucs-4" => utf_32(bytes, label),
        "cp437" => {
            let page = &*PAGE_437;
            let sign = |byte: &u8| match byte.checked_sub(0x80) {
                Some(upper) => page.get(usize::from(upper)).copied().unwrap_or('\u{fffd}'),
                None => char::from(*byte),
            };
            Some((bytes.iter().map(sign).collect(), true))
        }
        _ => None,
    }
}

/// UTF-16 that says so by its byte order mark, whatever its label says.
pub(super) fn marked(bytes: &[u8]) -> Option<String> {
    let (encoding, _) =
        Encoding::for_bom(bytes).filter(|(encoding, _)| [UTF_16BE, UTF_16LE].contains(encoding))?;
    let (text, _, malformed) = encoding.decode(bytes);
    (!malformed).then(|| text.into_owned())
}

/// UTF-16 by its byte order mark, or else by where its zeros stand. What has neither and is made of single octets was never that.
fn utf_16(bytes: &[u8], label: &str) -> Option<(String, bool)> {
    if let Some(restored) = restored(bytes) {
        return utf_16(&restored, label).map(|(text, _)| (text, false));
    }
    let zeros = |odd: usize| {
        bytes
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (high_first, low_first) = (zeros(0), zeros(1));
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if high_first + low_first == 0 && is_of_single_octets(bytes) => {
            return Some((super::decode_unlabelled(bytes, false, true).0, false));
        }
        None if high_first > low_first => UTF_16BE,
        None if label.ends_with("be") && high_first == low_first => UTF_16BE,
        None => UTF_16LE,
    };
    let (text, _, malformed) = encoding.decode(bytes);
    Some((text.into_owned(), !malformed))
}

/// A text with its zeros, for which Dovecot has put 0x80: IMAP cannot say a zero (RFC 3501, section 4.3). It has also put a carriage
/// return before each line feed, which had a zero before it. Beside each 0x80 stands an octet of the Latin script, which in signs
/// of Chinese from U+8000 to U+80FF they do not one after the other.
fn restored(bytes: &[u8]) -> Option<Vec<u8>> {
    const FOR_ZERO: u8 = 0x80;
    if bytes.len() < 8 || bytes.contains(&0) || !bytes.contains(&FOR_ZERO) {
        return None;
    }
    let is_put_in = |at: usize| bytes.get(at..at + 2) == Some(b"\r\n");
    let mut octets: Vec<u8> = (0..bytes.len())
        .filter(|at| !is_put_in(*at))
        .filter_map(|at| bytes.get(at).copied())
        .collect();
    // The last line of a letter ends in single octets, as its sender's program has written it.
    if octets.len() % 2 == 1 && octets.last() == Some(&b'\n') {
        octets.pop();
    }
    let units = octets.len() / 2;
    let count = |side: usize, is: &dyn Fn(u8) -> bool| {
        let there = octets.iter().skip(side).step_by(2);
        there.filter(|octet| is(**octet)).count()
    };
    let is_plain = |octet: u8| matches!(octet, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let most = |count: usize| count * 4 > units * 3;
    let side = [0, 1]
        .into_iter()
        .find(|side| most(count(*side, &|octet| octet == FOR_ZERO)) && most(count(1 - side, &is_plain)))?;
    for octet in octets.iter_mut().skip(side).step_by(2) {
        if *octet == FOR_ZERO {
            *octet = 0;
        }
    }
    Some(octets)
}

/// Whether octets are ASCII, UTF-8, or a text in which hardly anything is not ASCII: in UTF-16 without a zero, which has no sign of the
/// Latin script, about half of them look so.
fn is_of_single_octets(bytes: &[u8]) -> bool {
    let foreign = bytes
        .iter()
        .filter(|byte| !matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~'))
        .count();
    foreign * 8 <= bytes.len() && bytes.len() >= 8 || std::str::from_utf8(bytes).is_ok()
}

/// UTF-32 by its byte order mark, or else by where its zeros stand. What is none of it is another set.
fn utf_32(bytes: &[u8], label: &str) -> Option<(String, bool)> {
    let high_first = match bytes.get(..4) {
        Some([0xff, 0xfe, 0, 0]) => false,
        Some([0, 0, 0xfe, 0xff]) => true,
        Some([0, _, _, low]) if *low != 0 => true,
        Some([low, _, _, 0]) if *low != 0 => false,
        _ => label.ends_with("be"),
    };
    let mut faults = 0_usize;
    let text: String = bytes
        .chunks(4)
        .filter_map(|sign| {
            let sign = <[u8; 4]>::try_from(sign).ok();
            let number = sign.map(|sign| match high_first {
                true => u32::from_be_bytes(sign),
                false => u32::from_le_bytes(sign),
            });
            let sign = number.and_then(char::from_u32);
            faults += usize::from(sign.is_none());
            (sign != Some('\u{feff}')).then_some(sign.unwrap_or('\u{fffd}'))
        })
        .collect();
    let is_it = faults * 2 <= text.chars().count();
    Some(match is_it {
        true => (text, faults == 0),
        false => (super::decode_unlabelled(bytes, false, true).0, false),
    })
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_alike;

    use super::*;

    #[test]
    fn what_says_that_it_is_utf_16_and_is_of_single_octets_is_read_as_that() {
        for (bytes, text) in [
            (&b"Bring the lamp, please."[..], "Bring the lamp, please."),
            ("Gr\u{fc}\u{df}e aus K\u{f6}ln".as_bytes(), "Grüße aus Köln"),
            ("灯台".as_bytes(), "灯台"),
            (b"Viele Gr\xfc\xdfe aus der Werft", "Viele Grüße aus der Werft"),
        ] {
            for label in ["utf-16", "utf-16be", "utf-16le", "unicode"] {
                assert_eq!(decode(bytes, label), Some((text.to_owned(), false)), "{label}");
            }
        }
        let chinese: Vec<u8> = "船屋的钥匙在第二扇门后面请注意台阶"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(
            decode(&chinese, "utf-16be").map(|(text, _)| text).as_deref(),
            Some("船屋的钥匙在第二扇门后面请注意台阶"),
            "it has no zero either"
        );
    }

    #[test]
    fn the_whole_of_code_page_437_is_read_and_no_sign_is_looked_for() {
        let octets: Vec<u8> = (0..=255).collect();
        let (text, is_it) = decode(&octets, "cp437").unwrap();
        let lower: String = octets.iter().take(128).map(|octet| char::from(*octet)).collect();
        assert_eq!((text, is_it), (lower + UPPER_437, true));
        let [first, last] = [0x80, 0xff].map(|octet| vec![octet; 20_000]);
        assert_alike(
            "the last sign of the page is found as the first one is",
            || decode(&first, "cp437"),
            || decode(&last, "cp437"),
        );
    }

    #[test]
    fn zeros_that_a_server_could_not_say_are_put_back() {
        let text = "The lamp is lit.\r\nÜber dem Kai.";
        for (label, octets) in [
            (
                "utf-16le",
                text.encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<u8>>(),
            ),
            ("utf-16", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            let zeros = octets.iter().map(|byte| if *byte == 0 { 0x80 } else { *byte });
            let said: Vec<u8> = zeros
                .flat_map(|byte| {
                    if byte == b'\n' {
                        vec![b'\r', b'\n']
                    } else {
                        vec![byte]
                    }
                })
                .chain(*b"\r\n")
                .collect();
            assert_eq!(decode(&said, label), Some((text.to_owned(), false)), "{label}");
        }
        // Signs whose octets are the same beside each other, and a text that is too short to tell.
        for kept in ["肀胂胆胵肺背", "\u{8041}"] {
            let octets: Vec<u8> = kept.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(
                decode(&octets, "utf-16be"),
                Some((kept.to_owned(), true)),
                "{kept}"
            );
        }
    }
}
