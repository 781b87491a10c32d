//! Text on its way into a letter: a line ends with CRLF, and neither stands alone (RFC 5321, section 2.3.8). NUL goes
//! (RFC 5322, section 4).

use std::io::{Read, Result, Write};

/// How much is taken in and written at once.
const PIECE: usize = 16 * 1024;

/// What becomes of a last line that does not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastLine {
    Ended,
    AsItIs,
}

pub(super) fn copy(from: &mut dyn Read, out: &mut dyn Write, last_line: LastLine) -> Result<()> {
    let mut taken = [0; PIECE];
    let mut piece = Vec::with_capacity(2 * PIECE);
    let mut last = b'\n';
    loop {
        let count = match from.read(&mut taken) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if count == 0 {
            break;
        }
        for &byte in taken.get(..count).unwrap_or_default() {
            match byte {
                b'\n' if last == b'\r' => {}
                b'\n' | b'\r' => piece.extend_from_slice(b"\r\n"),
                0 => {}
                byte => piece.push(byte),
            }
            last = byte;
        }
        out.write_all(&piece)?;
        piece.clear();
    }
    if last_line == LastLine::Ended && last != b'\n' && last != b'\r' {
        out.write_all(b"\r\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_one_way_wherever_the_pieces_end() {
        for shift in 0..4 {
            let mut text = vec![b'x'; PIECE - shift];
            text.extend_from_slice(b"\r\n\n\r\0y");
            let mut out = Vec::new();
            copy(&mut &*text, &mut out, LastLine::Ended).unwrap();
            assert!(out.ends_with(b"x\r\n\r\n\r\ny\r\n"), "shifted by {shift}");
            let mut open = Vec::new();
            copy(&mut &*text, &mut open, LastLine::AsItIs).unwrap();
            assert_eq!(open, out[..out.len() - 2], "the last line is left open");
        }
    }
}
