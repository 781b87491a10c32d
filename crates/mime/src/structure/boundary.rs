//! Boundaries of multiparts (RFC 2046, section 5.1.1): which line ends a part of which, and which lines are used as
//! boundaries where no named one comes.

use crate::fields::line_at;

/// Octets of a boundary that is found and not named; one that is named has 70 (RFC 2046, section 5.1.1).
const LONGEST_FOUND: usize = 200;

/// A multipart that is being passed. Its closing boundary may have come; it goes on where another part follows all the same.
pub(super) struct Open {
    pub(super) node: usize,
    /// `None` until the first line that looks like one, where the letter does not say.
    pub(super) boundary: Option<Vec<u8>>,
    pub(super) closed: bool,
}

/// What a line is to the open multiparts.
pub(super) struct Met {
    /// How many multiparts are around the one that it divides.
    pub(super) depth: usize,
    /// Whether it is the closing one.
    pub(super) closing: bool,
    /// It is written as no such line is, and what follows says what it is.
    pub(super) damaged: bool,
}

impl Open {
    /// Whether a line (without its two dashes) is this boundary, and whether it is the closing one.
    fn ends_at(&self, line: &[u8]) -> Option<bool> {
        let boundary = self.boundary.as_deref()?;
        match line.strip_prefix(boundary)?.trim_ascii() {
            b"" => Some(false),
            b"--" => Some(true),
            _ => None,
        }
    }

    /// Whether a line is this boundary with something behind it that no name of another one could begin with.
    fn begins_with_more(&self, line: &[u8]) -> bool {
        let behind = self
            .boundary
            .as_deref()
            .and_then(|boundary| line.strip_prefix(boundary));
        behind.is_some_and(|behind| matches!(behind.first(), Some(b' ' | b'\t' | b'-' | 0)))
    }

    /// Whether a line is this boundary with words behind it, apart from it, as no line of a text is.
    fn begins_with_words(&self, line: &[u8]) -> bool {
        let boundary = self.boundary.as_deref().unwrap_or_default();
        let behind = line.strip_prefix(boundary).and_then(<[u8]>::first);
        boundary.iter().any(u8::is_ascii_alphanumeric) && matches!(behind, Some(b' ' | b'\t' | 0))
    }

    /// Whether a line is this boundary as the closing one, with something behind it that does not belong there.
    fn closes_with_more(&self, line: &[u8]) -> bool {
        let behind = self
            .boundary
            .as_deref()
            .and_then(|boundary| line.strip_prefix(boundary));
        behind.is_some_and(|behind| behind.starts_with(b"--"))
    }
}

/// Which multipart a line ends a part of, innermost first. `rest` is what follows the line.
pub(super) fn meet(open: &[Open], line: &[u8], rest: &[u8]) -> Option<Met> {
    let line = line.strip_prefix(b"--")?.trim_ascii_end();
    let mut ended = None;
    for (depth, multipart) in open.iter().enumerate().rev() {
        match (multipart.ends_at(line), multipart.closed) {
            (Some(closing), false) => {
                // Behind the last one no part says what it is.
                let damaged = closing && begins_with_content(rest);
                return Some(Met {
                    depth,
                    closing: closing && !damaged,
                    damaged,
                });
            }
            (Some(false), true) if ended.is_none() && begins_part(rest) => {
                ended = Some(Met {
                    depth,
                    closing: false,
                    damaged: false,
                });
            }
            _ => {}
        }
    }
    // A part follows that says what it is, or one without a header.
    let with_part = || {
        let depth = match begins_with_content(rest) {
            true => open
                .iter()
                .rposition(|open| !open.closed && open.begins_with_more(line))?,
            false => open
                .iter()
                .rposition(|open| !open.closed && open.begins_with_words(line))
                .filter(|_| begins_with_empty_line(rest))?,
        };
        Some(Met {
            depth,
            closing: false,
            damaged: true,
        })
    };
    // At the very end nothing is lost by taking a line for the closing one.
    let with_more = || {
        let depth = open
            .iter()
            .rposition(|open| !open.closed && open.closes_with_more(line))?;
        let closing = true;
        rest.trim_ascii_start().is_empty().then_some(Met {
            depth,
            closing,
            damaged: false,
        })
    };
    ended.or_else(with_part).or_else(with_more)
}

/// Whether a part begins here as parts do: with a field of its content, or without a header. What is quoted behind the
/// last part hardly does.
fn begins_part(rest: &[u8]) -> bool {
    begins_with_content(rest) || begins_with_empty_line(rest)
}

fn begins_with_empty_line(rest: &[u8]) -> bool {
    let (line, next) = line_at(rest, 0);
    line.is_empty() && next > 0
}

pub(super) fn begins_with_content(part: &[u8]) -> bool {
    part.get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"content-"))
}

/// What stands behind two dashes on the first line behind which a part begins as parts do: with a field of its content.
pub(super) fn boundary_in_use(body: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        let (line, next) = line_at(body, at);
        let part = body.get(next..).filter(|part| !part.is_empty())?;
        let begins = begins_with_content(part);
        let boundary = line.strip_prefix(b"--").map(<[u8]>::trim_ascii_end);
        if let Some(boundary) = boundary.filter(|line| begins && (1..=LONGEST_FOUND).contains(&line.len())) {
            return Some(boundary);
        }
        at = next;
    }
}
