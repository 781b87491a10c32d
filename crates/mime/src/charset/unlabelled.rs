//! Files of which nobody says in which character set they are, as most that were written with an editor and attached: read by what
//! their letters look like. Letters themselves and their headers are not read so, for a few words tell too little.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::{japanese, nearly_utf8, said};

/// Octets that are looked at to tell the set.
const ENOUGH: usize = 64 * 1024;
/// Octets of which at least one in so many is a zero at every other place where a text is in UTF-16.
const ZEROS: usize = 5;
/// Control signs that are no reason to take a text for none.
const FEW: usize = 8;

/// Whether octets that are called a text can be one: other files have more control signs among them than one in twenty, and more than
/// a few, such as the one with which DOS ends a text. They are counted in the text where a label says its set and is true, since the
/// octets of some sets look like them; else in the octets. What has a byte order mark is taken at its word, and zeros are half of any
/// UTF-16.
pub fn is_text(bytes: &[u8], label: Option<&str>) -> bool {
    Encoding::for_bom(bytes).is_some()
        || has_few(
            bytes.iter().copied().filter(u8::is_ascii).map(char::from),
            bytes.len(),
        )
        || in_its_set(bytes, label).is_some_and(|text| has_few(text.chars(), text.chars().count()))
}

/// Whether there are few control signs among so many signs.
fn has_few(signs: impl Iterator<Item = char>, many: usize) -> bool {
    let is_control =
        |sign: &char| matches!(sign, '\x01'..='\x06' | '\x0e'..='\x1a' | '\x1c'..='\x1f' | '\x7f');
    signs.filter(is_control).count() <= (many / 20).max(FEW)
}

/// The text, in the set that the label says, if that is true but perhaps for a sign that was cut at the end.
fn in_its_set(bytes: &[u8], label: Option<&str>) -> Option<String> {
    let (text, was_true) = super::decode(bytes, Some(&said(label)?));
    let is_cut = || text.trim_end_matches('\u{fffd}').contains('\u{fffd}');
    (was_true || !is_cut()).then_some(text)
}

/// The text of a file without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return japanese::unlabelled(bytes).map_or_else(|| text.to_owned(), |(text, _)| text);
    }
    utf_16(bytes)
        .or_else(|| nearly_utf8(bytes, false))
        .unwrap_or_else(|| by_its_letters(bytes))
}

/// UTF-16, where zeros stand at every other place and hardly anywhere else.
fn utf_16(bytes: &[u8]) -> Option<String> {
    let some = bytes.get(..ENOUGH.min(bytes.len()))?;
    let zeros = |odd: usize| {
        some.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (high_first, low_first) = (zeros(0), zeros(1));
    let (most, least) = (high_first.max(low_first), high_first.min(low_first));
    if most < some.len().div_ceil(ZEROS) || least > most / 8 {
        return None;
    }
    let encoding = if high_first > low_first {
        UTF_16BE
    } else {
        UTF_16LE
    };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    (!malformed).then(|| text.into_owned())
}

/// By how often letters stand beside one another in each language (chardetng, as browsers read pages that do not say it).
fn by_its_letters(bytes: &[u8]) -> String {
    let some = bytes.get(..ENOUGH.min(bytes.len())).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(some, some.len() == bytes.len());
    let encoding = detector.guess(None, Utf8Detection::Deny);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

    use super::*;

    #[test]
    fn files_that_say_nothing_are_read_in_the_set_that_they_were_written_in() {
        let russian = "Здравствуйте! Это письмо о лодочном сарае. Ключи висят за второй дверью.\n";
        let japanese = "こんにちは。ボートハウスの鍵は二番目の扉の後ろにあります。\n";
        let german = "Grüße aus Köln, schöne Straße, 20 € für Käse\n";
        for (encoding, text) in [
            (WINDOWS_1251, russian),
            (KOI8_R, russian),
            (SHIFT_JIS, japanese),
            (EUC_JP, japanese),
            (GB18030, "你好，船屋的钥匙在第二扇门后面。请注意台阶。\n"),
            (BIG5, "你好，船屋的鑰匙在第二扇門後面。請注意台階。\n"),
            (
                EUC_KR,
                "안녕하세요. 보트하우스 열쇠는 두 번째 문 뒤에 있습니다.\n",
            ),
            (WINDOWS_1252, german),
            (WINDOWS_1252, "señor, naïve façade, año nuevo en España\n"),
        ] as [(&'static Encoding, &str); 9]
        {
            assert_eq!(decode(&encoding.encode(text).0), text, "{}", encoding.name());
        }
        assert_eq!(decode(b"Gr\xfc\xdfe"), "Grüße", "a word alone");
        assert_eq!(decode(german.as_bytes()), german, "UTF-8 is that");
        let jis = b"\x1b$BEtBf\x1b(B\n";
        assert_eq!(decode(jis), "灯台\n", "and seven bits that shift");
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_zeros() {
        let low: Vec<u8> = "Names; boats".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<u8> = "Names; boats".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&low), "Names; boats");
        assert_eq!(decode(&high), "Names; boats");
        assert_eq!(decode(b"abc\0def gh"), "abc\0def gh", "one zero makes no set");
    }

    #[test]
    fn what_is_called_a_text_and_is_none_is_not_read() {
        let program: Vec<u8> = (0..=255).cycle().take(2_000).collect();
        assert!(!is_text(&program, None));
        assert!(
            is_text(b"\x1b[31mred\x1b[0m\r\nabc\0def\x07", None),
            "what a terminal wrote"
        );
        assert!(is_text(
            "\u{feff}灯台"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>()
                .as_slice(),
            None
        ));
        assert!(is_text(b"", None), "an empty one is one");
        assert!(is_text(b"One\r\nTwo\x1a", None), "a short one that DOS has ended");
    }

    #[test]
    fn a_text_of_which_is_said_what_set_it_is_in_is_one_though_its_octets_do_not_look_like_it() {
        let russian = "Ключи висят за второй дверью. ".repeat(20);
        for text in [
            russian.as_str(),
            &"Τα κλειδιά ".repeat(20),
            &"המפתחות ".repeat(20),
            &"المفاتيح ".repeat(20),
        ] {
            let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert!(
                is_text(&low, Some("UTF-16LE")) && is_text(&high, Some("utf-16be")),
                "{text}"
            );
            let cut = &low[..low.len() - 1];
            assert!(
                is_text(cut, Some("utf-16le")),
                "the beginning of a long one: {text}"
            );
        }
        let korean = [&b"\x1b$)C"[..], &b"\x0e5n4k\x0f ".repeat(40)].concat();
        assert!(is_text(&korean, Some("iso-2022-kr")));
        assert!(!is_text(&korean, Some("nobody-knows-this")));
        let program: Vec<u8> = (0..=255).cycle().take(2_000).collect();
        for label in [
            "utf-16le",
            "iso-2022-kr",
            "iso-8859-1",
            "windows-1251",
            "us-ascii",
            "gb18030",
            "cp437",
        ] {
            assert!(!is_text(&program, Some(label)), "{label}");
        }
    }
}
