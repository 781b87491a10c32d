//! The lines of a calendar file (RFC 5545, section 3.1): unfolded, taken apart, their text unescaped.

use crate::visible;

/// Lines of one file that are read, and octets of one of them.
const LINE_LIMIT: usize = 20_000;
const LENGTH_LIMIT: usize = 64 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// In capitals.
    pub(super) name: String,
    /// Names in capitals.
    pub(super) parameters: Vec<(String, String)>,
    pub(super) value: String,
    /// As it stands in the file, unfolded.
    pub(super) whole: String,
}

impl Line {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value as text (section 3.3.11), without what cannot be shown.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut characters = self.value.chars();
        while let Some(one) = characters.next() {
            match one {
                '\\' => match characters.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => {}
                },
                one => text.push(one),
            }
        }
        visible::many_lines(&text)
    }
}

/// The lines that can be read. A line that goes on on the next begins there with a space.
pub(super) fn lines(file: &str) -> Vec<Line> {
    let mut unfolded: Vec<String> = Vec::new();
    // Before anything is understood: what is left out later would make other lines of these.
    // Some programs end their lines as old Macs did.
    let file: String = file
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|one| !one.is_control() || matches!(one, '\n' | '\t'))
        .collect();
    // An empty line says nothing, and does not end the one before it.
    for line in file.split('\n').filter(|line| !line.is_empty()) {
        let goes_on = match line.strip_prefix([' ', '\t']) {
            Some(rest) => Some(rest),
            // Whatever broke the line on its way has left out the space.
            None => Some(line).filter(|line| !has_name(line)),
        };
        let goes_on = goes_on.filter(|_| !unfolded.is_empty());
        match (goes_on, unfolded.last_mut()) {
            (Some(rest), Some(last)) => {
                if last.len() + rest.len() <= LENGTH_LIMIT {
                    last.push_str(rest);
                }
            }
            _ => unfolded.push(line.to_owned()),
        }
        if unfolded.len() > LINE_LIMIT {
            break;
        }
    }
    unfolded.into_iter().filter_map(line).collect()
}

/// Whether it begins as a line does: `DTSTART:`, `DTSTART;`.
fn has_name(line: &str) -> bool {
    let name = line.split([':', ';']).next().unwrap_or_default();
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    name.len() < line.len() && !name.is_empty() && name.trim_end().bytes().all(is_of_name)
}

fn line(whole: String) -> Option<Line> {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut quoted = false;
    let mut value = None;
    for (at, one) in whole.char_indices() {
        match one {
            '"' => quoted = !quoted,
            ';' if !quoted => pieces.push(String::new()),
            ':' if !quoted => {
                value = whole.get(at + 1..);
                break;
            }
            one => pieces.last_mut()?.push(one),
        }
    }
    let value = value?.to_owned();
    let mut pieces = pieces.into_iter();
    let name = pieces.next()?.trim().to_ascii_uppercase();
    let parameters = pieces
        .filter_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            Some((name.trim().to_ascii_uppercase(), value.to_owned()))
        })
        .collect();
    (!name.is_empty()).then_some(Line {
        name,
        parameters,
        value,
        whole,
    })
}
