//! Paths and addresses for the eye: percent-encoding is taken off where the sign behind it is plainly seen and means nothing else.

/// What may be read without its encoding. Signs that turn the text, hide, look like blanks or strokes, or part a path stay as they
/// travel, as do octets that are no text.
pub(super) fn legible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = escapes(rest);
        if run == 0 {
            let after = rest.get(first.len_utf8()..).unwrap_or_default();
            match is_plain(first) {
                true => shown.push(first),
                false => escape(&mut shown, first),
            }
            rest = after;
            continue;
        }
        let (taken, after) = rest.split_at(run);
        push_run(&mut shown, taken);
        rest = after;
    }
    shown
}

/// The length of the octets at the beginning that are written as `%` and two digits.
fn escapes(text: &str) -> usize {
    let triples = text.as_bytes().chunks_exact(3);
    3 * triples
        .take_while(|triple| matches!(triple, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()))
        .count()
}

fn push_run(shown: &mut String, run: &str) {
    let octets: Vec<u8> = run
        .split('%')
        .filter_map(|digits| u8::from_str_radix(digits, 16).ok())
        .collect();
    for chunk in octets.utf8_chunks() {
        for sign in chunk.valid().chars() {
            match is_plain(sign) && !matches!(sign, '/' | '\\' | '?' | '#' | '%' | '@' | ':') {
                true => shown.push(sign),
                false => escape(shown, sign),
            }
        }
        for octet in chunk.invalid() {
            shown.push_str(&format!("%{octet:02X}"));
        }
    }
}

fn escape(shown: &mut String, sign: char) {
    for octet in sign.encode_utf8(&mut [0; 4]).bytes() {
        shown.push_str(&format!("%{octet:02X}"));
    }
}

/// Whether a sign is seen, and as what it is. Of blanks it is only the common one.
fn is_plain(sign: char) -> bool {
    let hides_or_turns = matches!(
        sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    );
    // Those that look like the stroke, the dot or the sign before a query.
    let parts = matches!(
        sign,
        '\u{2044}'
            | '\u{2215}'
            | '\u{29f8}'
            | '\u{ff0f}'
            | '\u{2024}'
            | '\u{ff0e}'
            | '\u{ff1f}'
            | '\u{ff03}'
            | '\u{ff20}'
    );
    sign == ' ' || !(sign.is_control() || sign.is_whitespace() || hides_or_turns || parts)
}
