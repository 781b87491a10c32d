//! The objects of a file, wherever they stand in it (ISO 32000-1, sections 7.3.8 to 7.5.7).

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use memchr::memmem;

use super::super::budget::Budget;
use super::filters;
use super::fonts::Fonts;
use super::syntax::{Reader, Value};

/// Objects of one file that are kept.
const OBJECTS: usize = 200_000;
/// Octets of one stream, and of all streams of a file, that are unpacked.
const STREAM: usize = 8 << 20;
const STREAMS: usize = 48 << 20;
/// References that lead to references.
const STEPS: usize = 8;
/// What it is worth as work that a stream is looked at.
const LOOK: usize = 512;

struct Object {
    value: Value,
    stream: Option<Range<usize>>,
}

pub(super) struct Objects<'a> {
    file: &'a [u8],
    all: BTreeMap<u32, Object>,
    /// Octets that may still be unpacked.
    room: usize,
    pub budget: &'a Budget,
    pub encrypted: bool,
    pub fonts: Fonts,
}

impl<'a> Objects<'a> {
    pub fn read(file: &'a [u8], budget: &'a Budget) -> Self {
        let mut objects = Self {
            file,
            all: BTreeMap::new(),
            room: STREAMS,
            budget,
            encrypted: memmem::find(file, b"/Encrypt").is_some(),
            fonts: Fonts::default(),
        };
        let mut behind = 0;
        for at in memmem::find_iter(file, b" obj") {
            if objects.all.len() >= OBJECTS || objects.encrypted || budget.left() == 0 {
                break;
            }
            // Within a stream there is none.
            if at < behind {
                continue;
            }
            if let Some(number) = number_before(file.get(..at).unwrap_or_default()) {
                behind = objects.take(number, at + 4);
            }
        }
        objects.open_object_streams();
        objects
    }

    /// Reads the object that stands there. Says where its stream ends, or where it began.
    fn take(&mut self, number: u32, at: usize) -> usize {
        let mut reader = Reader::new(self.file, self.budget);
        reader.at = at;
        let Some(value) = self.kept(&mut reader) else {
            return at;
        };
        reader.skip_space();
        let rest = self.file.get(reader.at..).unwrap_or_default();
        let stream = rest.strip_prefix(b"stream").map(|_| {
            let mut start = reader.at + 6;
            if self.file.get(start) == Some(&b'\r') {
                start += 1;
            }
            if self.file.get(start) == Some(&b'\n') {
                start += 1;
            }
            start..self.end_of_stream(start, &value)
        });
        let end = stream.as_ref().map_or(at, |stream| stream.end);
        // The last of several with one number counts (section 7.5.6).
        self.all.insert(number, Object { value, stream });
        end
    }

    /// The value that stands there, if there is room for it.
    fn kept(&self, reader: &mut Reader<'_>) -> Option<Value> {
        let room = self.budget.room();
        reader.room = room;
        let value = reader.value(true)?;
        self.budget.keep(room - reader.room);
        Some(value)
    }

    fn end_of_stream(&self, start: usize, dictionary: &Value) -> usize {
        let told = dictionary
            .get(b"Length")
            .and_then(Value::count)
            .map(|length| start + length);
        let is_there = |end: &usize| {
            let behind = self.file.get(*end..end.saturating_add(16)).unwrap_or_default();
            memmem::find(behind, b"endstream").is_some()
        };
        told.filter(is_there).unwrap_or_else(|| {
            let rest = self.file.get(start..).unwrap_or_default();
            start + memmem::find(rest, b"endstream").unwrap_or(rest.len())
        })
    }

    fn open_object_streams(&mut self) {
        for number in self.of_type(b"ObjStm") {
            let Some(first) = self.entry(number, b"First").and_then(|value| value.count()) else {
                continue;
            };
            let bytes = self.stream(number);
            let heads = bytes.get(..first.min(bytes.len())).unwrap_or_default();
            let mut heads = Reader::new(heads, self.budget);
            // Many numbers may be told to stand at one place: the first has it.
            let mut read = HashSet::new();
            while self.all.len() < OBJECTS {
                heads.let_go();
                let (Some(number), Some(offset)) = (heads.value(false), heads.value(false)) else {
                    break;
                };
                let (Some(number), Some(offset)) = (number.count(), offset.count()) else {
                    break;
                };
                let Ok(number) = u32::try_from(number) else {
                    continue;
                };
                if self.all.contains_key(&number) || !read.insert(offset) {
                    continue;
                }
                let mut reader = Reader::new(&bytes, self.budget);
                reader.at = first.saturating_add(offset);
                if let Some(value) = self.kept(&mut reader) {
                    self.all.insert(number, Object { value, stream: None });
                }
            }
        }
    }

    /// The numbers of the objects of a type.
    pub fn of_type(&self, kind: &[u8]) -> Vec<u32> {
        self.all
            .iter()
            .filter(|(_, object)| object.value.get(b"Type").is_some_and(|value| value.is_name(kind)))
            .map(|(number, _)| *number)
            .collect()
    }

    /// An entry of an object's dictionary.
    pub fn entry(&self, number: u32, key: &[u8]) -> Option<Value> {
        self.resolve(self.all.get(&number)?.value.get(key)?)
    }

    /// The object that an entry points to.
    pub fn reference(&self, number: u32, key: &[u8]) -> Option<u32> {
        match self.all.get(&number)?.value.get(key)? {
            Value::Reference(number) => Some(*number),
            _ => None,
        }
    }

    /// What a value is when its references are followed.
    pub fn resolve(&self, value: &Value) -> Option<Value> {
        let mut value = value;
        for _ in 0..STEPS {
            match value {
                Value::Reference(number) => value = &self.all.get(number)?.value,
                other => return Some(other.clone()),
            }
        }
        None
    }

    pub fn get(&self, value: &Value, key: &[u8]) -> Option<Value> {
        self.resolve(value)?
            .get(key)
            .and_then(|entry| self.resolve(entry))
    }

    /// The octets of an object's stream, unpacked. What is packed in ways that text is not has none.
    pub fn stream(&mut self, number: u32) -> Vec<u8> {
        let Some(packed) = self
            .all
            .get(&number)
            .and_then(|object| object.stream.clone())
            .and_then(|stream| self.file.get(stream))
        else {
            return Vec::new();
        };
        let filter = self.entry(number, b"Filter");
        let names = match &filter {
            Some(Value::List(list)) => list.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        self.budget.work(LOOK);
        let most = STREAM.min(self.room);
        // What is packed may be long and give nothing.
        let packed = packed
            .get(..self.budget.left().min(packed.len()))
            .unwrap_or_default();
        let (unpacked, work) = filters::unpack(packed, names, most);
        self.budget.work(work);
        self.room -= unpacked.len().min(self.room);
        unpacked
    }
}

/// The object's number in `12 0`, which ends here.
fn number_before(text: &[u8]) -> Option<u32> {
    let tail = text.get(text.len().saturating_sub(24)..)?;
    let mut words = tail
        .rsplit(|byte| byte.is_ascii_whitespace())
        .filter(|word| !word.is_empty());
    let generation = words.next()?;
    let number = words.next()?;
    let digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    // Files exist in which a number follows the word before it without a space.
    let start = number
        .iter()
        .rposition(|byte| !byte.is_ascii_digit())
        .map_or(0, |at| at + 1);
    let number = number.get(start..)?;
    if !digits(generation) || number.is_empty() {
        return None;
    }
    std::str::from_utf8(number).ok()?.parse().ok()
}
