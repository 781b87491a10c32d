//! Names of files in archives, of which mostly nothing says in which set they are.

use super::{labelled, text_of};

/// What a packed file is called. An ending of ASCII stays what it is: whoever unpacks the file goes by it, and a name that begins like
/// UTF-16 would be shown with another one.
pub(crate) fn name_of(bytes: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(bytes) {
        return name.to_owned();
    }
    let name = text_of(bytes, None);
    let ending = bytes.rsplit(|octet| *octet == b'.').next().unwrap_or_default();
    match ending.is_ascii() && !name.as_bytes().ends_with(ending) {
        // What the first programs wrote (APPNOTE 6.3.9, appendix D).
        true => labelled(bytes, "cp437").0,
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_packed_file_keeps_its_ending() {
        for (bytes, name) in [
            ("灯台.txt".as_bytes(), "灯台.txt"),
            (b"Gr\xfc\xdfe aus K\xf6ln.txt", "Grüße aus Köln.txt"),
            (b"\xff\xfebill.exe", "\u{a0}■bill.exe"),
        ] {
            assert_eq!(name_of(bytes), name);
        }
    }
}
