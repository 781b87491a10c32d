//! The properties inside an attribute of a TNEF file (MS-OXTNEF, section 2.1.3.4): a number of them, each with a type, a
//! name and one or several values, of which the first is given.

use super::Bytes;

/// More than any letter has.
const PROPERTY_LIMIT: u32 = 2_000;

/// A set of properties, by the octets of its name.
pub(super) type Set = [u8; 16];

pub(super) struct Value<'a> {
    pub(super) bytes: &'a [u8],
    /// The set and the number in it, where the name is a program's own.
    pub(super) named: Option<(Set, u32)>,
    /// A number or a time, and neither text nor octets.
    pub(super) is_fixed: bool,
    pub(super) is_text: bool,
    pub(super) is_unicode: bool,
}

impl Value<'_> {
    /// Text in UTF-16, without what pads it.
    pub(super) fn utf16(&self) -> String {
        let units = self
            .bytes
            .chunks_exact(2)
            .filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?)));
        let text = char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER));
        text.take_while(|one| *one != '\0').collect()
    }
}

pub(super) struct Properties<'a> {
    rest: Bytes<'a>,
    left: u32,
}

impl<'a> Properties<'a> {
    pub(super) fn of(data: &'a [u8]) -> Self {
        let mut rest = Bytes(data);
        let left = rest.u32().unwrap_or_default().min(PROPERTY_LIMIT);
        Self { rest, left }
    }

    /// One property. `Some(None)`: one without a value.
    fn read(&mut self) -> Option<Option<(u16, Value<'a>)>> {
        let kind = self.rest.u16()?;
        let name = self.rest.u16()?;
        let named = match name >= 0x8000 {
            true => self.own_name()?,
            false => None,
        };
        let several = kind & 0x1000 != 0;
        let kind = kind & !0x1000;
        let fixed = match kind {
            // Two octets stand in four.
            0x0002 | 0x000b | 0x0003 | 0x0004 | 0x000a => Some(4),
            0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => Some(8),
            0x0048 => Some(16),
            0x000d | 0x001e | 0x001f | 0x0102 => None,
            _ => return None,
        };
        let count = match fixed {
            Some(_) if !several => 1,
            _ => self.rest.u32()?,
        };
        if let Some(size) = fixed {
            let bytes = self.rest.take(usize::try_from(count).ok()?.checked_mul(size)?)?;
            let value = |bytes| Value {
                bytes,
                named,
                is_fixed: true,
                is_text: false,
                is_unicode: false,
            };
            return Some(bytes.get(..size).map(|bytes| (name, value(bytes))));
        }
        let mut first = None;
        for _ in 0..count {
            let length = usize::try_from(self.rest.u32()?).ok()?;
            let mut bytes = self.rest.take(length)?;
            self.rest.take(padding(length))?;
            if kind == 0x000d {
                // An object begins with the name of its interface.
                bytes = bytes.get(16..).unwrap_or_default();
            }
            first.get_or_insert(bytes);
        }
        Some(first.map(|bytes| {
            let value = Value {
                bytes,
                named,
                is_fixed: false,
                is_text: kind == 0x001e,
                is_unicode: kind == 0x001f,
            };
            (name, value)
        }))
    }

    /// A property of a program's own has a set, and a number or a name in it. `Some(None)`: a name.
    fn own_name(&mut self) -> Option<Option<(Set, u32)>> {
        let set: Set = self.rest.take(16)?.try_into().ok()?;
        if self.rest.u32()? == 0 {
            return Some(Some((set, self.rest.u32()?)));
        }
        let length = usize::try_from(self.rest.u32()?).ok()?;
        self.rest.take(length)?;
        self.rest.take(padding(length))?;
        Some(None)
    }
}

impl<'a> Iterator for Properties<'a> {
    type Item = (u16, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.left > 0 {
            self.left -= 1;
            match self.read() {
                Some(Some(found)) => return Some(found),
                Some(None) => {}
                None => self.left = 0,
            }
        }
        None
    }
}

/// Values begin at multiples of four.
fn padding(length: usize) -> usize {
    (4 - length % 4) % 4
}
