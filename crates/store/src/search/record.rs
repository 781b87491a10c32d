//! What the search index is given of a letter's body, as one text that stands behind the letter in its pack: the readable
//! text, and behind it what the mailing list is called, the names of the files, what kind they are, and whether there is
//! text in them. Letters of the time before that have the readable text alone.

use crate::BodyFacts;

/// Between the parts. It stands in no text that people write (U+001C, file separator).
const SEPARATOR: char = '\u{1c}';

/// Octets of text that are indexed of one body, and of one letter's files. A longer one is data rather than a letter.
pub(crate) const INDEXED: usize = 1 << 20;

/// The mark of a file with text. It is another one whenever more, or something else, is read from files of any kind: then letters with
/// such files have another record, and those that are read anew are indexed anew. Before it came `+` and `*`.
const READERS: char = '#';

/// A file that hangs on a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileFact {
    pub name: String,
    /// Words for what kind of file it is: `pdf`, `image`.
    pub kinds: String,
    /// Whether text can be read from it, for the search index too.
    pub readable: bool,
}

/// A record taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    pub text: &'a str,
    pub list: &'a str,
    pub files: &'a str,
    pub kinds: &'a str,
    pub rest: Rest,
}

/// Whether there is more to be found in the letter than stands in its record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Rest {
    #[default]
    Nothing,
    /// There is text in its files.
    Files,
    /// The record is of the time before files were told of. Where there are any, they are not known.
    Untold,
}

impl BodyFacts {
    pub(crate) fn record(&self) -> String {
        let clean = |text: &str| text.replace([SEPARATOR, '\n'], " ");
        let mut record = match self.text.contains(SEPARATOR) {
            true => self.text.replace(SEPARATOR, " "),
            false => self.text.clone(),
        };
        record.push(SEPARATOR);
        record.push_str(&clean(&self.list));
        record.push(SEPARATOR);
        let names: Vec<String> = self.files.iter().map(|file| clean(&file.name)).collect();
        record.push_str(&names.join("\n"));
        record.push(SEPARATOR);
        let kinds: Vec<String> = self.files.iter().map(|file| clean(&file.kinds)).collect();
        record.push_str(&kinds.join(" "));
        record.push(SEPARATOR);
        // A mark for each, so that a reader which reads one more of them leaves another record.
        let readable = self.files.iter().filter(|file| file.readable);
        record.extend(readable.map(|_| READERS));
        // Most letters have no more than their text.
        let end = record.trim_end_matches(SEPARATOR).len().max(self.text.len());
        record.truncate(end + SEPARATOR.len_utf8());
        record
    }
}

impl<'a> Record<'a> {
    pub fn read(record: &'a str) -> Self {
        let mut parts = record.split(SEPARATOR);
        let text = beginning(parts.next().unwrap_or_default());
        let Some(list) = parts.next() else {
            return Self {
                text,
                rest: Rest::Untold,
                ..Self::default()
            };
        };
        Self {
            text,
            list,
            files: beginning(parts.next().unwrap_or_default()),
            kinds: parts.next().unwrap_or_default(),
            rest: match parts.next() {
                Some("") | None => Rest::Nothing,
                Some(_) => Rest::Files,
            },
        }
    }
}

/// As much of a text as is indexed.
pub(crate) fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(INDEXED)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_holds_what_is_to_be_found_beside_the_text() {
        let facts = BodyFacts {
            text: "a boat\u{1c}".to_owned(),
            list: "Rust\nNieuws".to_owned(),
            files: vec![
                FileFact {
                    name: "plan\n.pdf".to_owned(),
                    kinds: "pdf".to_owned(),
                    readable: true,
                },
                FileFact {
                    name: "boat.png".to_owned(),
                    kinds: "image png".to_owned(),
                    readable: false,
                },
            ],
            ..BodyFacts::default()
        };
        let expected = Record {
            text: "a boat ",
            list: "Rust Nieuws",
            files: "plan .pdf\nboat.png",
            kinds: "pdf image png",
            rest: Rest::Files,
        };
        assert_eq!(Record::read(&facts.record()), expected);
        let nothing = BodyFacts::default().record();
        assert_eq!(Record::read(&nothing), Record::default(), "nothing is to be read");
        for older in ["as it was", ""] {
            assert_eq!(
                Record::read(older).rest,
                Rest::Untold,
                "an older one does not know of its files, also where it has no text: {older:?}"
            );
        }
    }
}
