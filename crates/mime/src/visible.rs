//! What may be shown of a text: no control characters, and in one-line texts none that turn the direction of
//! what stands around them. Nothing here decodes anything.

/// A text for one line: names, subjects, file names. Line breaks and tabs become spaces.
pub(crate) fn one_line(text: &str) -> String {
    // Most are plain.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.trim().to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => line.push(' '),
            c if c.is_control() || turns_direction(c) || is_format(c) => {}
            c => line.push(c),
        }
    }
    line.trim().to_owned()
}

/// A text of many lines: line ends become LF, other control characters go. Direction marks stay, for they are
/// part of how Arabic and Hebrew are written and cannot reach beyond the text.
pub(crate) fn many_lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(begins_something_odd) {
        let (plain, odd) = rest.split_at(at);
        lines.push_str(plain);
        let mut characters = odd.chars();
        let odd = characters.next();
        rest = characters.as_str();
        match odd {
            Some('\r') => {
                lines.push('\n');
                // Some programs write two carriage returns before a line feed.
                let end = ["\n", "\r\n"].into_iter().find(|end| rest.starts_with(end));
                rest = rest.get(end.map_or(0, str::len)..).unwrap_or_default();
            }
            // What a program wrote for a terminal: colours would stand before the first word and behind the last.
            Some('\u{1b}') => rest = rest.get(of_terminal(rest)..).unwrap_or_default(),
            Some(c) if c.is_control() || c == '\u{feff}' => {}
            Some(c) => lines.push(c),
            None => {}
        }
    }
    lines.push_str(rest);
    lines
}

/// Octets behind an escape that tell a terminal what to do (ECMA-48, section 5.4): a bracket, numbers, and the letter of a command.
fn of_terminal(rest: &str) -> usize {
    const LONGEST: usize = 32;
    let Some(inside) = rest.strip_prefix('[') else {
        return 0;
    };
    let end = inside.bytes().position(|byte| !matches!(byte, b' '..=b'?'));
    let is_command = |at: &usize| {
        inside
            .as_bytes()
            .get(*at)
            .is_some_and(|byte| matches!(byte, b'@'..=b'~'))
    };
    // One that does not end is none, and what stands in it is kept.
    end.filter(|at| *at < LONGEST)
        .filter(is_command)
        .map_or(0, |at| at + 2)
}

/// The first byte of a control character, or of a character that begins with the same byte as one: U+0080 to U+00BF,
/// and those about U+FEFF.
fn begins_something_odd(byte: u8) -> bool {
    matches!(byte, 0..=0x08 | 0x0b..=0x1f | 0x7f | 0xc2 | 0xef)
}

/// Several spaces of any kind become one.
pub(crate) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

/// Unicode's bidirectional controls (UAX #9): embeddings, overrides, isolates and marks.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing and could hide something: byte order marks, annotations, tags, fillers.
fn is_format(c: char) -> bool {
    matches!(
        c,
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Characters that nobody sees and that take no room (Unicode's Default_Ignorable_Code_Point, and controls). Some of them belong into
/// names, as between the signs of an emoji or the letters of Persian; into the ending of a name none does.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || turns_direction(c)
        || is_format(c)
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200c}' | '\u{200d}' | '\u{2065}' | '\u{fe00}'..='\u{fe0f}' | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}' | '\u{e0080}'..='\u{e0fff}'
        )
}

/// Characters that show as a blank and are called none: the empty pattern of Braille, and fillers of Hangul.
pub(crate) fn is_filler(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_turn_the_direction_of_the_line_it_stands_in() {
        assert_eq!(
            one_line("Lena\u{202e}gnp.exe\u{2066}"),
            "Lenagnp.exe",
            "overrides and isolates go"
        );
    }

    #[test]
    fn a_name_cannot_break_its_line() {
        assert_eq!(
            one_line("Lena\r\nBcc: x\0"),
            "Lena  Bcc: x",
            "line breaks are spaces, NUL is nothing"
        );
    }

    #[test]
    fn a_body_keeps_its_lines_and_its_direction_marks() {
        assert_eq!(
            many_lines("a\r\nb\rc\n\u{200f}d\u{7}\r\r\ne\r\rf"),
            "a\nb\nc\n\u{200f}d\ne\n\nf",
            "only line ends are normalised"
        );
    }

    #[test]
    fn what_colours_a_terminal_is_no_part_of_a_word() {
        for (text, shown) in [
            (
                "\u{1b}[1mThe\u{1b}[0m \u{1b}[38;5;12mlamp\u{1b}[K is lit.",
                "The lamp is lit.",
            ),
            ("\u{1b}[?25lThe lamp\u{1b}[2 q", "The lamp"),
            ("\u{1b}[", "["),
            ("\u{1b}[12", "[12"),
            ("\u{1b}[1;\nThe lamp", "[1;\nThe lamp"),
            ("\u{1b}[\u{fc}", "[\u{fc}"),
            ("\u{1b}The lamp", "The lamp"),
        ] {
            assert_eq!(many_lines(text), shown, "{}", text.escape_debug());
        }
        let long = format!("\u{1b}[{}m", "1;".repeat(40));
        assert_eq!(
            many_lines(&long),
            long.get(1..).unwrap(),
            "no program writes so many"
        );
    }
}
