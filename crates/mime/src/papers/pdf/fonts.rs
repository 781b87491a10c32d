//! What the codes of a font mean (ISO 32000-1, sections 9.6, 9.7 and 9.10).

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::Encoding;

use super::super::budget::Budget;
use super::encodings;
use super::objects::Objects;
use super::syntax::{Reader, Value};

/// Codes of one font that are kept.
const CODES: usize = 70_000;
/// Octets of what one code means: no ligature is longer.
const MEANING: usize = 64;
/// Octets of memory that a code takes beside its meaning, and what one is worth as work.
const CODE: usize = 96;
const WORK: usize = 16;

/// Fonts that have been read: by the number of their object, or by where those stand that have none. These are kept with
/// their font, so that nothing else ever stands there.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    numbered: HashMap<u32, Rc<Font>>,
    unnumbered: HashMap<usize, (Value, Rc<Font>)>,
}

#[derive(Debug, Default)]
pub(super) struct Font {
    /// Octets of a code.
    wide: bool,
    /// By its table, or by the names of its letters.
    meanings: HashMap<u32, String>,
    /// The character set of its codes where nothing else is said.
    charset: Option<&'static Encoding>,
}

impl Font {
    pub fn of(objects: &mut Objects<'_>, font: &Value) -> Rc<Self> {
        match font {
            Value::Reference(number) => {
                if let Some(known) = objects.fonts.numbered.get(number) {
                    return Rc::clone(known);
                }
                let read = Rc::new(Self::read(objects, font));
                objects.fonts.numbered.insert(*number, Rc::clone(&read));
                read
            }
            Value::Dictionary(entries) => {
                let place = Rc::as_ptr(entries).addr();
                if let Some((_, known)) = objects.fonts.unnumbered.get(&place) {
                    return Rc::clone(known);
                }
                let read = Rc::new(Self::read(objects, font));
                objects
                    .fonts
                    .unnumbered
                    .insert(place, (font.clone(), Rc::clone(&read)));
                read
            }
            // No font: its codes are taken for Western ones.
            _ => Rc::new(Self {
                charset: Some(encodings::of_letters(b"")),
                ..Self::default()
            }),
        }
    }

    fn read(objects: &mut Objects<'_>, font: &Value) -> Self {
        let wide = objects
            .get(font, b"Subtype")
            .is_some_and(|kind| kind.is_name(b"Type0"));
        let encoding = objects.get(font, b"Encoding");
        // It has a name, or differs from one that has.
        let named = match &encoding {
            Some(Value::Name(name)) => Some(Rc::clone(name)),
            Some(other) => match objects.get(other, b"BaseEncoding") {
                Some(Value::Name(name)) => Some(name),
                _ => None,
            },
            None => None,
        };
        let named = named.as_deref().unwrap_or_default();
        let mut read = Self {
            wide,
            charset: match wide {
                true => encodings::of_ideographs(named),
                false => Some(encodings::of_letters(named)),
            },
            meanings: HashMap::new(),
        };
        if let Some(Value::List(differences)) =
            encoding.and_then(|encoding| objects.get(&encoding, b"Differences"))
        {
            read.take_names(&differences, objects.budget);
        }
        let table = objects
            .resolve(font)
            .and_then(|font| font.get(b"ToUnicode").cloned());
        if let Some(Value::Reference(number)) = table {
            read.take_table(&objects.stream(number), objects.budget);
        }
        read
    }

    /// The text of a string that the font shows, up to a length.
    pub fn text(&self, codes: &[u8], most: usize) -> String {
        let mut text = String::new();
        if let (Some(charset), true) = (self.charset, self.meanings.is_empty()) {
            // Its characters may be of one octet or of several.
            let codes = codes.get(..most.min(codes.len())).unwrap_or_default();
            text = charset.decode_without_bom_handling(codes).0.into_owned();
        } else {
            for code in codes.chunks(if self.wide { 2 } else { 1 }) {
                if text.len() >= most {
                    break;
                }
                let number = code.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
                match (self.meanings.get(&number), self.charset) {
                    (Some(meaning), _) => text.push_str(meaning),
                    (None, Some(charset)) => {
                        text.push_str(&charset.decode_without_bom_handling(code).0);
                    }
                    (None, None) => {}
                }
            }
        }
        text.retain(|character| !character.is_control());
        text
    }

    /// `[65 /adieresis /B]`: from that code on, one after the other.
    fn take_names(&mut self, differences: &[Value], budget: &Budget) {
        let mut code = 0_u32;
        for value in differences.iter().take(CODES) {
            budget.work(WORK);
            if budget.left() == 0 {
                return;
            }
            match value {
                Value::Number(_) => {
                    code = value
                        .count()
                        .and_then(|code| u32::try_from(code).ok())
                        .unwrap_or(0)
                }
                Value::Name(name) => {
                    if let Some(meaning) = letter_named(name) {
                        self.learn(code, meaning, budget);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    /// The table to Unicode: `bfchar` names codes one by one, `bfrange` many at once.
    fn take_table(&mut self, table: &[u8], budget: &Budget) {
        let mut reader = Reader::new(table, budget);
        let mut values: Vec<Value> = Vec::new();
        while let Some(value) = reader.value(false) {
            let Value::Word(word) = &value else {
                if values.len() < CODES {
                    values.push(value);
                }
                continue;
            };
            match &**word {
                b"endcodespacerange" => {
                    if let Some(Value::Text(code)) = values.last() {
                        self.wide = code.len() > 1;
                    }
                }
                b"endbfchar" => {
                    for pair in values.chunks(2) {
                        if let [Value::Text(code), Value::Text(meaning)] = pair {
                            self.learn(number(code), utf16(meaning), budget);
                        }
                    }
                }
                b"endbfrange" => {
                    for triple in values.chunks(3) {
                        if let [Value::Text(first), Value::Text(last), meaning] = triple {
                            self.learn_range(number(first), number(last), meaning, budget);
                        }
                    }
                }
                _ => {}
            }
            values.clear();
            reader.let_go();
        }
    }

    /// `false`: no more can be learned.
    fn learn(&mut self, code: u32, meaning: String, budget: &Budget) -> bool {
        let octets = CODE + meaning.len();
        budget.work(octets);
        let may = self.meanings.len() < CODES && budget.left() > 0 && budget.keep(octets);
        if may {
            self.meanings.insert(code, meaning);
        }
        may
    }

    fn learn_range(&mut self, first: u32, last: u32, meaning: &Value, budget: &Budget) {
        let last = last.min(first.saturating_add(0xffff));
        for (code, place) in (first..=last).zip(0_usize..) {
            let meaning = match meaning {
                Value::Text(start) => {
                    let mut start = start.get(..MEANING.min(start.len())).unwrap_or_default().to_vec();
                    let added = u8::try_from(place & 0xff).unwrap_or_default();
                    if let Some(end) = start.last_mut() {
                        *end = end.wrapping_add(added);
                    }
                    utf16(&start)
                }
                Value::List(each) => match each.get(place) {
                    Some(Value::Text(meaning)) => utf16(meaning),
                    _ => return,
                },
                _ => return,
            };
            if !self.learn(code, meaning, budget) {
                return;
            }
        }
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter()
        .take(4)
        .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

fn utf16(octets: &[u8]) -> String {
    let units: Vec<u16> = octets
        .chunks(2)
        .take(MEANING / 2)
        .map(|unit| unit.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte)))
        .collect();
    String::from_utf16_lossy(&units)
}

/// The letter that a name of Adobe's list stands for.
fn letter_named(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    // `a.alt` is another form of `a`.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let mut characters = name.chars();
    if let (Some(one), None) = (characters.next(), characters.next()) {
        return Some(one.to_string());
    }
    for prefix in ["uni", "u"] {
        let digits = name
            .strip_prefix(prefix)
            .filter(|digits| (4..=6).contains(&digits.len()));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(character) = number.and_then(char::from_u32) {
            return Some(character.to_string());
        }
    }
    if let Some((_, found)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some((*found).to_owned());
    }
    // `eacute`: a letter and its accent.
    let (_, mark) = ACCENTS.iter().find(|(accent, _)| name.get(1..) == Some(accent))?;
    let letter = name.chars().next()?;
    let both: String = [letter, *mark].iter().collect();
    Some(composed(&both).unwrap_or(both))
}

/// The letters of Western Europe that have a character of their own; the index folds accents, so others may stay in two.
fn composed(both: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 8] = [
        ("a\u{308}", "ä"),
        ("o\u{308}", "ö"),
        ("u\u{308}", "ü"),
        ("A\u{308}", "Ä"),
        ("O\u{308}", "Ö"),
        ("U\u{308}", "Ü"),
        ("e\u{301}", "é"),
        ("n\u{303}", "ñ"),
    ];
    PAIRS
        .iter()
        .find(|(pair, _)| *pair == both)
        .map(|(_, one)| (*one).to_owned())
}

const ACCENTS: [(&str, char); 9] = [
    ("dieresis", '\u{308}'),
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("ring", '\u{30a}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
];

const NAMED: [(&str, &str); 44] = [
    ("space", " "),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("period", "."),
    ("comma", ","),
    ("colon", ":"),
    ("semicolon", ";"),
    ("hyphen", "-"),
    ("minus", "-"),
    ("endash", "–"),
    ("emdash", "—"),
    ("slash", "/"),
    ("backslash", "\\"),
    ("at", "@"),
    ("ampersand", "&"),
    ("percent", "%"),
    ("plus", "+"),
    ("equal", "="),
    ("underscore", "_"),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("Euro", "€"),
    ("sterling", "£"),
    ("section", "§"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("quotedbl", "\""),
    ("parenleft", "("),
    ("parenright", ")"),
    ("germandbls", "ß"),
    ("oslash", "ø"),
    ("ae", "æ"),
    ("lslash", "ł"),
    ("ff", "ff"),
    ("fi", "fi"),
    ("fl", "fl"),
];
