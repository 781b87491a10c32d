//! Rich text as HTML: the HTML that Outlook has put into it (MS-OXRTFEX), or its words in paragraphs, bold, slanted and
//! underlined, where a person wrote in rich text. Each byte is looked at once. Not here: how it was packed.

mod tokens;

use std::collections::HashMap;

use tokens::{Token, Tokens};

use super::label;
use crate::charset;

/// Groups in groups deeper than this are read as if they were not there.
const DEEPEST: usize = 200;
/// Fonts of one letter whose character set is remembered.
const MOST_FONTS: usize = 500;
/// Octets of HTML that are made. Marks make more of it than there was; nobody reads so much.
const LONGEST: usize = 32 << 20;

/// The letter as HTML, about so many octets of it at the most. `None`: it is not rich text.
pub(crate) fn html(rtf: &[u8], code_page: Option<u32>, longest: usize) -> Option<String> {
    if !rtf.trim_ascii_start().starts_with(b"{\\rtf") {
        return None;
    }
    let mut page = Page {
        code_page: code_page.unwrap_or(1252),
        // One, where `\uc` says nothing (the RTF specification, version 1.9.1, "Unicode RTF").
        groups: vec![Group {
            after_unicode: 1,
            ..Group::default()
        }],
        ..Page::default()
    };
    for token in Tokens::of(rtf) {
        if page.html.len() >= longest.min(LONGEST) {
            break;
        }
        page.read(token);
    }
    page.flush();
    page.mark(Marks::default());
    Some(page.html)
}

/// Where words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Letter,
    /// HTML that stands in the rich text.
    Html,
    Fonts,
    /// Not into the letter.
    Nowhere,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Marks {
    bold: bool,
    slanted: bool,
    underlined: bool,
    struck: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Group {
    place: Place,
    /// What stands for HTML that is here anyway.
    doubled: bool,
    marks: Marks,
    font: i32,
    /// So many characters follow a `\u` for those who do not know it.
    after_unicode: usize,
    /// The next word names what the group is, and may be one that need not be known.
    optional: bool,
}

#[derive(Default)]
struct Page {
    html: String,
    /// HTML stands in this rich text, or plain text that was one.
    from_html: bool,
    from_text: bool,
    groups: Vec<Group>,
    too_deep: usize,
    code_page: u32,
    fonts: HashMap<i32, u32>,
    /// Bytes of words in the code page of now.
    words: Vec<u8>,
    skip: usize,
    high: Option<u16>,
    shown: Marks,
}

impl Page {
    fn read(&mut self, token: Token<'_>) {
        match token {
            Token::Open => {
                self.flush();
                match self.groups.last().copied() {
                    Some(group) if self.groups.len() < DEEPEST => self.groups.push(group),
                    _ => self.too_deep += 1,
                }
            }
            Token::Close => {
                self.flush();
                self.skip = 0;
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else if self.groups.len() > 1 {
                    self.groups.pop();
                }
            }
            Token::Bytes(bytes) => {
                let skipped = self.skip.min(bytes.len());
                self.skip -= skipped;
                self.words
                    .extend_from_slice(bytes.get(skipped..).unwrap_or_default());
            }
            Token::Byte(byte) => match self.skip {
                0 => self.words.push(byte),
                _ => self.skip -= 1,
            },
            Token::Optional => self.group(|group| group.optional = true),
            Token::Word(word, number) => self.word(word, number),
        }
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        self.flush();
        let on = number != Some(0);
        let optional = self.groups.last().is_some_and(|group| group.optional);
        self.group(|group| group.optional = false);
        match word {
            b"fromhtml" => self.from_html = on,
            b"fromtext" => self.from_text = on,
            b"ansicpg" => self.code_page = number.and_then(|page| page.try_into().ok()).unwrap_or(1252),
            b"htmltag" => self.group(|group| group.place = Place::Html),
            b"htmlrtf" => self.group(|group| group.doubled = on),
            b"fonttbl" => self.group(|group| group.place = Place::Fonts),
            b"colortbl" | b"stylesheet" | b"info" | b"pict" | b"object" | b"header" | b"footer"
            | b"mhtmltag" | b"listtable" | b"fldinst" | b"pntext" | b"nonshppict" => {
                self.group(|group| group.place = Place::Nowhere);
            }
            b"f" => self.group(|group| group.font = number.unwrap_or(0)),
            b"fcharset" => self.charset(number),
            b"uc" => {
                let count = number.and_then(|count| count.try_into().ok()).unwrap_or(1);
                self.group(|group| group.after_unicode = count);
            }
            b"u" => self.unicode(number),
            b"par" | b"line" | b"sect" | b"page" => self.line_end(),
            b"tab" | b"cell" => self.put("\t"),
            b"row" => self.line_end(),
            b"lquote" => self.put("\u{2018}"),
            b"rquote" => self.put("\u{2019}"),
            b"ldblquote" => self.put("\u{201c}"),
            b"rdblquote" => self.put("\u{201d}"),
            b"bullet" => self.put("\u{2022}"),
            b"endash" => self.put("\u{2013}"),
            b"emdash" => self.put("\u{2014}"),
            b"~" => self.put("\u{a0}"),
            b"_" => self.put("\u{2011}"),
            b"-" => self.put("\u{ad}"),
            b"b" => self.group(|group| group.marks.bold = on),
            b"i" => self.group(|group| group.marks.slanted = on),
            b"ul" => self.group(|group| group.marks.underlined = on),
            b"ulnone" => self.group(|group| group.marks.underlined = false),
            b"strike" => self.group(|group| group.marks.struck = on),
            b"plain" => self.group(|group| group.marks = Marks::default()),
            _ if optional => self.group(|group| group.place = Place::Nowhere),
            _ => {}
        }
    }

    fn group(&mut self, change: impl FnOnce(&mut Group)) {
        if self.too_deep == 0
            && let Some(group) = self.groups.last_mut()
        {
            change(group);
        }
    }

    fn now(&self) -> Group {
        self.groups.last().copied().unwrap_or_default()
    }

    /// Whether words of now are part of the letter.
    fn is_shown(&self) -> bool {
        let now = self.now();
        match now.place {
            Place::Html => self.from_html,
            Place::Letter => !now.doubled,
            Place::Fonts | Place::Nowhere => false,
        }
    }

    /// A character set of the font that is being told of (the numbers of Windows).
    fn charset(&mut self, number: Option<i32>) {
        let now = self.now();
        let page = match number {
            Some(128) => 932,
            Some(129) => 949,
            Some(134) => 936,
            Some(136) => 950,
            Some(161) => 1253,
            Some(162) => 1254,
            Some(163) => 1258,
            Some(177) => 1255,
            Some(178) => 1256,
            Some(186) => 1257,
            Some(204) => 1251,
            Some(222) => 874,
            Some(238) => 1250,
            _ => return,
        };
        if now.place == Place::Fonts && self.fonts.len() < MOST_FONTS {
            self.fonts.insert(now.font, page);
        }
    }

    fn unicode(&mut self, number: Option<i32>) {
        // Numbers above 32,767 are written as negative ones.
        let unit = number.and_then(|number| u16::try_from(number.rem_euclid(0x1_0000)).ok());
        self.skip = self.now().after_unicode;
        let Some(unit) = unit else { return };
        let units = [self.high.take().unwrap_or(0), unit];
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units = units.get(usize::from(units[0] == 0)..).unwrap_or_default();
        let text = String::from_utf16_lossy(units);
        self.put(&text);
    }

    fn line_end(&mut self) {
        let now = self.now();
        match (now.place, self.from_html) {
            (Place::Letter, false) if self.is_shown() => {
                self.mark(Marks::default());
                self.html.push_str("<br>\n");
            }
            (Place::Letter | Place::Html, true) if self.is_shown() => self.html.push_str("\r\n"),
            _ => {}
        }
    }

    /// Writes what stands in bytes.
    fn flush(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.words);
        if !self.is_shown() {
            return;
        }
        let page = self
            .fonts
            .get(&self.now().font)
            .copied()
            .unwrap_or(self.code_page);
        let text = charset::decode(&bytes, label(page).as_deref()).0;
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        if !self.is_shown() {
            return;
        }
        let now = self.now();
        if now.place == Place::Html {
            self.html.push_str(text);
            return;
        }
        if !self.from_html {
            self.mark(now.marks);
        }
        for one in text.chars() {
            match one {
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '&' => self.html.push_str("&amp;"),
                '\t' if !self.from_html => self.html.push_str("&emsp;"),
                one => self.html.push(one),
            }
        }
    }

    /// Ends and begins elements, so that what follows looks like this.
    fn mark(&mut self, wanted: Marks) {
        if wanted == self.shown || self.from_text {
            return;
        }
        let elements = |marks: Marks| {
            [
                (marks.bold, "b"),
                (marks.slanted, "i"),
                (marks.underlined, "u"),
                (marks.struck, "s"),
            ]
        };
        for (_, name) in elements(self.shown).iter().rev().filter(|(is_on, _)| *is_on) {
            self.html.push_str(&format!("</{name}>"));
        }
        for (_, name) in elements(wanted).iter().filter(|(is_on, _)| *is_on) {
            self.html.push_str(&format!("<{name}>"));
        }
        self.shown = wanted;
    }
}

#[cfg(test)]
mod tests;
