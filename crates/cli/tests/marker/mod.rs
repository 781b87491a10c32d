//! A marker password as a protocol, a log or a program's memory may spell it, and where it is looked for.

use std::fs;
use std::path::Path;

/// A secret as it is, in Base64 wherever in a message it begins, in hexadecimal, and as UTF-16.
pub fn spellings(secret: &str) -> Vec<Vec<u8>> {
    let mut all = vec![
        secret.as_bytes().to_vec(),
        secret.bytes().rev().collect(),
        hex(secret).into_bytes(),
        hex(secret).to_uppercase().into_bytes(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    for before in 0..3 {
        let padded = [&vec![0; before], secret.as_bytes()].concat();
        let text = base64(&padded);
        // Its first and last letters hold bits of what stands beside it.
        all.push(text.get(4..text.len() - 4).unwrap_or_default().to_vec());
    }
    all
}

/// RFC 4648, section 4, without what fills up the end.
pub fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = Vec::new();
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for letter in 0..=three.len() {
            text.extend(LETTERS.get((bits >> (18 - 6 * letter)) as usize & 63));
        }
    }
    text
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

pub fn holds(bytes: &[u8], secret: &[u8]) -> bool {
    bytes.windows(secret.len()).any(|window| window == secret)
}

pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the profile is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(bytes) = fs::read(&path) {
            found.push((path.display().to_string(), bytes));
        }
    }
    found
}
