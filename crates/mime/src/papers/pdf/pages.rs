//! What a page shows: its operators for text, one after the other (ISO 32000-1, section 9.4).

use std::rc::Rc;

use super::fonts::Font;
use super::objects::Objects;
use super::syntax::{Reader, Value};

/// Steps from a page to the one that its resources are inherited from.
const PARENTS: usize = 16;
/// Forms within forms.
const FORMS: usize = 4;
/// Values of one operator.
const OPERANDS: usize = 4_000;
/// Thousandths of the font's size, back in a list: about half a space.
const GAP: f64 = -180.0;

pub(super) struct Page<'a, 'b> {
    objects: &'a mut Objects<'b>,
    most: usize,
    font: Option<Rc<Font>>,
    size: f64,
    /// Where the line begins, as far as it was told.
    line: (f64, f64),
    /// Characters that the last string had: a page may be set letter by letter.
    shown: usize,
}

impl<'a, 'b> Page<'a, 'b> {
    pub fn new(objects: &'a mut Objects<'b>, most: usize) -> Self {
        Self {
            objects,
            most,
            font: None,
            size: 1.0,
            line: (0.0, 0.0),
            shown: 0,
        }
    }

    pub fn show(&mut self, page: u32, out: &mut String) {
        let resources = self.resources(page);
        let contents = self.objects.entry(page, b"Contents");
        let contents = contents.as_ref().map(Value::list).unwrap_or_default();
        self.objects.budget.work(contents.len().saturating_mul(8));
        // A content may be an array of streams, which are one text; or a reference, which `entry` has followed.
        let direct = self.objects.reference(page, b"Contents");
        let parts: Vec<u32> = contents
            .iter()
            .filter_map(|part| match part {
                Value::Reference(number) => Some(*number),
                _ => None,
            })
            .collect();
        let mut content = Vec::new();
        let parts = if parts.is_empty() {
            direct.into_iter().collect()
        } else {
            parts
        };
        for part in parts {
            content.extend(self.objects.stream(part));
            content.push(b'\n');
        }
        self.run(&content, &resources, 0, out);
    }

    fn resources(&self, page: u32) -> Value {
        let mut page = page;
        for _ in 0..PARENTS {
            if let Some(resources) = self.objects.entry(page, b"Resources") {
                return resources;
            }
            match self.objects.reference(page, b"Parent") {
                Some(parent) => page = parent,
                None => break,
            }
        }
        Value::List(Vec::new().into())
    }

    fn run(&mut self, content: &[u8], resources: &Value, depth: usize, out: &mut String) {
        let mut reader = Reader::new(content, self.objects.budget);
        let mut operands: Vec<Value> = Vec::new();
        while let Some(value) = reader.value(false) {
            if out.len() >= self.most {
                return;
            }
            let Value::Word(operator) = value else {
                if operands.len() < OPERANDS {
                    operands.push(value);
                }
                continue;
            };
            match &*operator {
                b"BI" => skip_picture(&mut reader),
                b"Do" => self.form(&operands, resources, depth, out),
                other => self.step(other, &operands, resources, out),
            }
            operands.clear();
            reader.let_go();
        }
    }

    fn step(&mut self, operator: &[u8], operands: &[Value], resources: &Value, out: &mut String) {
        let number = |place: usize| operands.get(place).and_then(Value::number).unwrap_or(0.0);
        match operator {
            b"Tf" => {
                self.size = number(1).abs().max(0.01);
                if let Some(Value::Name(name)) = operands.first() {
                    self.font = self.font_named(name, resources);
                }
            }
            b"Td" | b"TD" => self.go_on(number(0), number(1), self.size, out),
            b"Tm" => {
                let (x, y) = self.line;
                // The matrix scales what the font's size is.
                let size = self.size * number(0).abs().max(0.01);
                self.go_on(number(4) - x, number(5) - y, size, out);
            }
            b"T*" | b"ET" => self.part(out),
            b"Tj" => self.string(operands.first(), out),
            b"'" | b"\"" => {
                self.part(out);
                self.string(operands.last(), out);
            }
            b"TJ" => {
                for value in operands.first().map(Value::list).unwrap_or_default() {
                    match value {
                        Value::Number(shift) if *shift < GAP => self.part(out),
                        value => self.string(Some(value), out),
                    }
                }
            }
            _ => {}
        }
    }

    /// The text goes on so far from where the line began: in the same word only where it was set letter by letter.
    fn go_on(&mut self, right: f64, up: f64, size: f64, out: &mut String) {
        self.line = (self.line.0 + right, self.line.1 + up);
        let same_word = up.abs() < 0.01 && self.shown == 1 && right > 0.0 && right < size;
        if !same_word {
            self.part(out);
        }
    }

    fn part(&mut self, out: &mut String) {
        self.shown = 0;
        if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }

    fn string(&mut self, value: Option<&Value>, out: &mut String) {
        if let (Some(Value::Text(codes)), Some(font)) = (value, &self.font) {
            // What is not shown makes work too.
            self.objects.budget.work(codes.len().saturating_mul(4));
            let text = font.text(codes, self.most.saturating_sub(out.len()));
            self.shown = text.chars().count();
            out.push_str(&text);
        }
    }

    fn font_named(&mut self, name: &[u8], resources: &Value) -> Option<Rc<Font>> {
        let fonts = self.objects.get(resources, b"Font")?;
        let font = fonts.get(name)?.clone();
        Some(Font::of(self.objects, &font))
    }

    /// A page within the page.
    fn form(&mut self, operands: &[Value], resources: &Value, depth: usize, out: &mut String) {
        let Some(Value::Name(name)) = operands.first() else {
            return;
        };
        let named = self.objects.get(resources, b"XObject");
        let Some(Value::Reference(number)) = named.as_ref().and_then(|all| all.get(name)).cloned() else {
            return;
        };
        let is_form = self
            .objects
            .entry(number, b"Subtype")
            .is_some_and(|kind| kind.is_name(b"Form"));
        if !is_form || depth >= FORMS {
            return;
        }
        let content = self.objects.stream(number);
        let own = self.objects.entry(number, b"Resources");
        self.part(out);
        self.run(&content, own.as_ref().unwrap_or(resources), depth + 1, out);
    }
}

/// A picture within the text: its octets are no operators (section 8.9.7).
fn skip_picture(reader: &mut Reader<'_>) {
    let rest = reader.bytes.get(reader.at..).unwrap_or_default();
    let end = memchr::memmem::find_iter(rest, b"EI").find(|at| {
        let around = |place: Option<usize>| {
            place
                .and_then(|place| rest.get(place))
                .is_none_or(u8::is_ascii_whitespace)
        };
        around(at.checked_sub(1)) && around(Some(at + 2))
    });
    reader.at += end.map_or(rest.len(), |at| at + 2);
}
