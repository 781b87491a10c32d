//! How a message is built, as a server outlines it (BODYSTRUCTURE, RFC 9051, section 7.5.2): which parts there are, of
//! what type, and how large. Read leniently, since real servers err: Exchange writes `"inline"` and `(NIL NIL)` for a
//! disposition, Yandex leaves values out. Nothing is believed but the tree, the types and the sizes; what else there is
//! to know stands in each part's own header.
//!
//! Not here: fetching an outline or a part (`parts`).

use super::grammar::Cursor;

/// Multiparts within multiparts that are followed, as in our own parser.
const DEEPEST: usize = 40;
/// A message of more parts is taken whole or not at all.
const MOST: usize = 500;

/// The encodings there are (RFC 2045, section 6.1).
const ENCODINGS: [&str; 5] = ["7bit", "8bit", "binary", "base64", "quoted-printable"];

/// One part. A multipart comes before its children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlinedPart {
    /// Its number (RFC 9051, section 6.4.5); empty for the multipart that is the message itself.
    pub section: String,
    /// How many multiparts it stands in.
    pub depth: usize,
    pub multipart: bool,
    /// In lower case: `text/plain`.
    pub media_type: String,
    /// Octets as they stand in the message; 0 where it is not told.
    pub size: u32,
    /// Whether it is in base64, which makes a file a third larger.
    pub base64: bool,
}

/// A value of any kind. Lists have their own elements, told by indices.
enum Value {
    /// NIL, or what cannot be made sense of.
    Nothing,
    Text(String),
    List(Vec<usize>),
}

impl OutlinedPart {
    /// Reads the value behind BODYSTRUCTURE. `None`: it is no outline of anything.
    pub(super) fn read_all(cursor: &mut Cursor<'_>) -> Option<Vec<Self>> {
        let values = values(cursor)?;
        let mut parts = Vec::new();
        // A stack rather than recursion: the last one is the next to be read.
        let mut waiting = vec![(0_usize, String::new(), 0_usize)];
        while let Some((index, section, depth)) = waiting.pop() {
            if parts.len() >= MOST || depth > DEEPEST {
                return None;
            }
            let Some(Value::List(elements)) = values.get(index) else {
                return None;
            };
            let children: Vec<usize> = elements
                .iter()
                .copied()
                .take_while(|child| matches!(values.get(*child), Some(Value::List(_))))
                .collect();
            let text = |at: usize| match elements.get(at).and_then(|index| values.get(*index)) {
                Some(Value::Text(text)) => Some(text.to_ascii_lowercase()),
                _ => None,
            };
            if children.is_empty() {
                let section = if section.is_empty() { "1".into() } else { section };
                parts.push(Self::leaf(section, depth, text));
                continue;
            }
            for (before, child) in children.iter().enumerate().rev() {
                let number = before + 1;
                let number = match section.as_str() {
                    "" => format!("{number}"),
                    section => format!("{section}.{number}"),
                };
                waiting.push((*child, number, depth + 1));
            }
            let subtype = text(children.len()).unwrap_or_else(|| "mixed".into());
            parts.push(Self {
                section,
                depth,
                multipart: true,
                media_type: format!("multipart/{subtype}"),
                size: 0,
                base64: false,
            });
        }
        Some(parts)
    }

    fn leaf(section: String, depth: usize, text: impl Fn(usize) -> Option<String>) -> Self {
        let media_type = match (text(0), text(1)) {
            (Some(kind), Some(subtype)) => format!("{kind}/{subtype}"),
            _ => "application/octet-stream".into(),
        };
        let number = |at: usize| text(at).and_then(|text| text.parse::<u64>().ok());
        // Type, subtype, parameters, id, description, encoding, octets. Where one of them is left out, the octets still
        // stand behind the encoding.
        let encoding = (2..6).find(|at| text(*at).is_some_and(|text| ENCODINGS.contains(&text.as_str())));
        let size = number(encoding.map_or(6, |at| at + 1)).unwrap_or(0);
        Self {
            section,
            depth,
            multipart: false,
            media_type,
            size: u32::try_from(size).unwrap_or(u32::MAX),
            base64: encoding.and_then(text).as_deref() == Some("base64"),
        }
    }
}

/// Reads one list with all that is in it. The outermost is the first.
fn values(cursor: &mut Cursor<'_>) -> Option<Vec<Value>> {
    let mut values: Vec<Value> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        cursor.spaces();
        let value = match cursor.peek()? {
            b')' => {
                cursor.eat(b')')?;
                open.pop()?;
                if open.is_empty() {
                    return Some(values);
                }
                continue;
            }
            b'(' => {
                cursor.eat(b'(')?;
                Value::List(Vec::new())
            }
            b'"' | b'{' => Value::Text(String::from_utf8_lossy(&cursor.string()?).into_owned()),
            _ => match cursor.atom()? {
                nil if nil.eq_ignore_ascii_case(b"NIL") => Value::Nothing,
                atom => Value::Text(String::from_utf8_lossy(atom).into_owned()),
            },
        };
        // A list of lists of parameters is long before it is deep; both have an end.
        if values.len() > 64 * MOST || open.len() > 2 * DEEPEST {
            return None;
        }
        let index = values.len();
        match open.last().and_then(|list| values.get_mut(*list)) {
            Some(Value::List(elements)) => elements.push(index),
            Some(_) => return None,
            // The outermost value is a list, or there is nothing to outline.
            None if matches!(value, Value::List(_)) => {}
            None => return None,
        }
        if matches!(value, Value::List(_)) {
            open.push(index);
        }
        values.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Option<Vec<(String, String, u32)>> {
        let mut cursor = Cursor::new(text.as_bytes());
        let parts = OutlinedPart::read_all(&mut cursor)?;
        Some(
            parts
                .into_iter()
                .map(|part| (part.section, part.media_type, part.size))
                .collect(),
        )
    }

    fn told(parts: &[(&str, &str, u32)]) -> Option<Vec<(String, String, u32)>> {
        let parts = parts.iter();
        Some(
            parts
                .map(|(section, kind, size)| ((*section).to_owned(), (*kind).to_owned(), *size))
                .collect(),
        )
    }

    #[test]
    fn a_text_with_files_is_told_by_its_sections() {
        assert_eq!(
            outline(
                "(((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"7BIT\" 12 1 NIL NIL NIL NIL)\
                 (\"text\" \"html\" NIL NIL NIL \"quoted-printable\" 40 2) \"ALTERNATIVE\" (\"boundary\" \"b\") NIL NIL)\
                 (\"application\" \"pdf\" (\"name\" {5}\r\na b\"c) NIL NIL \"base64\" 30000000 NIL \
                 (\"attachment\" (\"filename\" \"a.pdf\")) NIL) \"mixed\" (\"boundary\" \"a\"))"
            ),
            told(&[
                ("", "multipart/mixed", 0),
                ("1", "multipart/alternative", 0),
                ("1.1", "text/plain", 12),
                ("1.2", "text/html", 40),
                ("2", "application/pdf", 30_000_000),
            ]),
        );
    }

    #[test]
    fn a_message_of_one_part_is_section_one() {
        assert_eq!(
            outline("(\"text\" \"plain\" NIL NIL NIL \"7bit\" 5 1)"),
            told(&[("1", "text/plain", 5)])
        );
    }

    #[test]
    fn an_attached_letter_is_one_part() {
        assert_eq!(
            outline(
                "((\"text\" \"plain\" NIL NIL NIL \"7bit\" 5 1)(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 900 \
                 (NIL \"a subject\" NIL NIL NIL NIL NIL NIL NIL NIL) (\"text\" \"plain\" NIL NIL NIL \"7bit\" 7 1) 20) \
                 \"mixed\")"
            ),
            told(&[
                ("", "multipart/mixed", 0),
                ("1", "text/plain", 5),
                ("2", "message/rfc822", 900)
            ]),
        );
    }

    #[test]
    fn what_real_servers_write_is_understood() {
        assert_eq!(
            outline(
                "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 5 1 NIL \"inline\" NIL)\
                 (\"image\" \"png\" NIL \"<a>\" NIL \"base64\" 99 NIL (NIL NIL) NIL) \"related\" NIL (NIL NIL))"
            ),
            told(&[
                ("", "multipart/related", 0),
                ("1", "text/plain", 5),
                ("2", "image/png", 99)
            ]),
            "Exchange's dispositions"
        );
        assert_eq!(
            outline("(() (\"text\" \"html\" NIL NIL NIL NIL 7) NIL)"),
            told(&[
                ("", "multipart/mixed", 0),
                ("1", "application/octet-stream", 0),
                ("2", "text/html", 7)
            ]),
            "an empty part keeps its number, and a multipart without a kind is mixed"
        );
        assert_eq!(
            outline("(NIL NIL NIL NIL NIL NIL NIL)"),
            told(&[("1", "application/octet-stream", 0)]),
            "a part of which nothing is known"
        );
        assert_eq!(
            outline("(\"text\" \"plain\" NIL NIL \"7bit\" 31 2)"),
            told(&[("1", "text/plain", 31)]),
            "a field left out"
        );
    }

    #[test]
    fn what_is_no_outline_is_none() {
        for text in ["", "NIL", "\"text\"", "(", "((\"a\" \"b\")", "(\"a", ")"] {
            assert_eq!(outline(text), None, "{text}");
        }
        let deep = "(".repeat(100_000);
        assert_eq!(outline(&deep), None, "nesting without end costs nothing");
        let wide = format!("({} \"mixed\")", "(\"a\" \"b\")".repeat(MOST + 1));
        assert_eq!(outline(&wide), None, "nor does a crowd");
    }
}
