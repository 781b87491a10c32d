//! What the codes of a font mean where it has no table of its own, but names an encoding that is known (ISO 32000-1, sections 9.6.6
//! and 9.7.5.2): those of Windows and the Mac for Western letters, and those for Chinese, Japanese and Korean, which are the
//! character sets that letters are written in as well.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE, WINDOWS_1252,
};

/// The character set of a simple font's encoding. Where none is named it is Windows' in by far most files.
pub(super) fn of_letters(encoding: &[u8]) -> &'static Encoding {
    match encoding {
        b"MacRomanEncoding" => MACINTOSH,
        _ => WINDOWS_1252,
    }
}

/// The character set of a composite font's encoding, which is called after it: `UniGB-UCS2-H`, `90ms-RKSJ-V`. `None`: its codes
/// are numbers of the font's own.
pub(super) fn of_ideographs(encoding: &[u8]) -> Option<&'static Encoding> {
    let name = std::str::from_utf8(encoding).ok()?;
    let name = name.strip_suffix("-H").or_else(|| name.strip_suffix("-V"))?;
    let has = |part: &str| name.split('-').any(|one| one == part);
    Some(match name {
        _ if has("UCS2") || has("UTF16") => UTF_16BE,
        _ if has("UTF8") => UTF_8,
        "GB-EUC" | "GBpc-EUC" | "GBK-EUC" | "GBKp-EUC" | "GBK2K" => GB18030,
        "B5pc" | "ETen-B5" | "ETenms-B5" | "HKscs-B5" => BIG5,
        "EUC" => EUC_JP,
        _ if has("RKSJ") => SHIFT_JIS,
        "KSC-EUC" | "KSCms-UHC" | "KSCms-UHC-HW" | "KSCpc-EUC" => EUC_KR,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_called_after_its_character_set() {
        for (encoding, expected) in [
            ("UniGB-UCS2-H", Some(UTF_16BE)),
            ("UniJIS-UTF16-V", Some(UTF_16BE)),
            ("GBK-EUC-H", Some(GB18030)),
            ("90ms-RKSJ-H", Some(SHIFT_JIS)),
            ("EUC-H", Some(EUC_JP)),
            ("ETen-B5-V", Some(BIG5)),
            ("KSCms-UHC-HW-H", Some(EUC_KR)),
            ("Identity-H", None),
            ("H", None),
        ] {
            assert_eq!(of_ideographs(encoding.as_bytes()), expected, "{encoding}");
        }
        assert_eq!(of_letters(b"MacRomanEncoding"), MACINTOSH);
        assert_eq!(of_letters(b"WinAnsiEncoding"), WINDOWS_1252);
    }
}
