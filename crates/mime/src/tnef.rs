//! What Outlook wraps into one file called winmail.dat: the text and the files of a letter (MS-OXTNEF, TNEF).
//!
//! The file is a row of attributes, each with its length, and of properties within two of them. Everything is bounded by the
//! bytes that are there; what cannot be read ends the reading, and what was read until then is kept. Rich text, in which
//! Outlook may keep all that a letter says, is read where there is no HTML beside it.

mod attached;
mod lzfu;
mod meeting;
mod properties;
mod rtf;

pub use meeting::TnefMeeting;
use properties::{Properties, Value};
pub(crate) use rtf::html as html_from_rich_text;

use crate::{charset, file_name, visible};

/// Files of one wrapper that are kept.
const FILE_LIMIT: usize = 500;
const SIGNATURE: u32 = 0x223e_9f78;

// Attributes (MS-OXTNEF, section 2.1.3.3).
const SUBJECT: u32 = 0x0001_8004;
const BODY: u32 = 0x0002_800c;
const MESSAGE_CLASS: u32 = 0x0007_8008;
const MESSAGE_PROPERTIES: u32 = 0x0006_9003;
const CODE_PAGE: u32 = 0x0006_9007;
const FILE_BEGINS: u32 = 0x0006_9002;
const FILE_TITLE: u32 = 0x0001_8010;
const FILE_DATA: u32 = 0x0006_800f;
const FILE_PROPERTIES: u32 = 0x0006_9005;

// Properties (MS-OXPROPS).
const PLAIN_BODY: u16 = 0x1000;
const RICH_TEXT: u16 = 0x1009;
const HTML_BODY: u16 = 0x1013;
const LONG_NAME: u16 = 0x3707;
const SHORT_NAME: u16 = 0x3704;
const DISPLAY_NAME: u16 = 0x3001;
const MEDIA_TYPE: u16 = 0x370e;
const CONTENT_ID: u16 = 0x3712;
const OBJECT: u16 = 0x3701;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tnef {
    pub subject: Option<String>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub files: Vec<TnefFile>,
    /// What it says of a meeting, where it is about one.
    pub meeting: Option<TnefMeeting>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TnefFile {
    /// Safe to save under; never empty.
    pub name: String,
    pub media_type: Option<String>,
    pub content_id: Option<String>,
    pub data: Vec<u8>,
}

/// Whether an attachment goes by this name or type.
pub fn is_tnef(media_type: &str, name: &str) -> bool {
    matches!(media_type, "application/ms-tnef" | "application/vnd.ms-tnef")
        || name.eq_ignore_ascii_case("winmail.dat")
}

/// Opens the wrapper. `None`: it is none.
pub fn open_tnef(bytes: &[u8]) -> Option<Tnef> {
    let opened = Opened::read(bytes, usize::MAX)?;
    let files = opened.files.into_iter().map(File::kept).collect();
    Some(Tnef { files, ..opened.tnef })
}

/// What a wrapper says and which files it has, for whoever wants none of their octets: nothing of them is copied.
pub(crate) struct Glimpse<'a> {
    pub(crate) text: Option<String>,
    pub(crate) html: Option<String>,
    pub(crate) files: Vec<File<'a>>,
}

/// Looks into the wrapper, and reads so many octets of each of its texts at about the most. `None`: it is none.
pub(crate) fn glimpse(bytes: &[u8], longest: usize) -> Option<Glimpse<'_>> {
    let Opened { tnef, files, .. } = Opened::read(bytes, longest)?;
    Some(Glimpse {
        text: tnef.text,
        html: tnef.html,
        files,
    })
}

/// A file where it stands in its wrapper.
#[derive(Default)]
pub(crate) struct File<'a> {
    pub(crate) name: String,
    pub(crate) media_type: Option<String>,
    pub(crate) content_id: Option<String>,
    /// A wrapper, where it is a letter.
    pub(crate) data: &'a [u8],
}

impl File<'_> {
    fn kept(self) -> TnefFile {
        TnefFile {
            data: match attached::is_letter(self.data) {
                true => attached::letter(self.data),
                false => self.data.to_vec(),
            },
            name: self.name,
            media_type: self.media_type,
            content_id: self.content_id,
        }
    }
}

#[derive(Default)]
struct Opened<'a> {
    /// But for its files.
    tnef: Tnef,
    files: Vec<File<'a>>,
    /// Octets of a text that are read. 0: nobody asks what it says.
    longest: usize,
    code_page: Option<u32>,
    file: Option<File<'a>>,
    /// As it is packed.
    rich_text: Option<&'a [u8]>,
    class: String,
    meeting: TnefMeeting,
}

impl<'a> Opened<'a> {
    fn read(bytes: &'a [u8], longest: usize) -> Option<Self> {
        let mut rest = Bytes(bytes);
        if rest.u32()? != SIGNATURE {
            return None;
        }
        rest.u16()?;
        let mut opened = Self {
            longest,
            ..Self::default()
        };
        while opened.attribute(&mut rest).is_some() {}
        opened.finish_file();
        opened.finish_meeting();
        if opened.tnef.html.is_none() {
            let rich = opened.rich_text.and_then(lzfu::unpacked);
            opened.tnef.html = rich.and_then(|rich| rtf::html(&rich, opened.code_page, longest));
        }
        Some(opened)
    }

    fn attribute(&mut self, rest: &mut Bytes<'a>) -> Option<()> {
        // The level says whether it is about the letter or a file, which the name says too.
        rest.take(1)?;
        let name = rest.u32()?;
        let length = usize::try_from(rest.u32()?).ok()?;
        // A file that was cut off on its way is given as far as it came.
        let data = rest.take(length).unwrap_or_else(|| rest.all());
        match name {
            SUBJECT => self.tnef.subject = Some(visible::one_line(&self.text(data))),
            BODY if self.longest > 0 => {
                self.tnef.text = Some(visible::many_lines(&self.text(self.wanted(data))));
            }
            CODE_PAGE => self.code_page = Bytes(data).u32(),
            MESSAGE_CLASS => self.class = visible::one_line(&self.text(data)),
            MESSAGE_PROPERTIES if self.longest > 0 => self.message(data),
            FILE_BEGINS => {
                self.finish_file();
                self.file = Some(File::default());
            }
            FILE_TITLE => {
                let title = visible::one_line(&self.text(data));
                if let Some(file) = self.file.as_mut().filter(|file| file.name.is_empty()) {
                    file.name = title;
                }
            }
            FILE_DATA => {
                if let Some(file) = &mut self.file {
                    file.data = data;
                }
            }
            FILE_PROPERTIES => self.file_properties(data),
            _ => {}
        }
        // The checksum tells of damage that there is nothing to be done about.
        rest.take(2).map(|_| ())
    }

    fn message(&mut self, data: &'a [u8]) {
        for (name, mut value) in Properties::of(data) {
            value.bytes = self.wanted(value.bytes);
            let string = self.string(&value);
            self.meeting.take(name, &value, string);
            match name {
                _ if value.is_fixed => {}
                PLAIN_BODY => self.tnef.text = self.string(&value).or_else(|| self.tnef.text.take()),
                HTML_BODY => {
                    let label = crate::html_text::charset(value.bytes).or_else(|| self.label());
                    self.tnef.html = Some(match value.is_unicode {
                        true => value.utf16(),
                        false => charset::decode(value.bytes, label.as_deref()).0,
                    });
                }
                RICH_TEXT => self.rich_text = Some(value.bytes),
                _ => {}
            }
        }
    }

    fn file_properties(&mut self, data: &'a [u8]) {
        let found: Vec<(u16, Value<'a>)> = Properties::of(data)
            .filter(|(_, value)| !value.is_fixed)
            .collect();
        let string = |wanted: u16| {
            let value = &found.iter().find(|(name, _)| *name == wanted)?.1;
            self.string(value)
                .map(|text| visible::one_line(&text))
                .filter(|text| !text.is_empty())
        };
        let name = string(LONG_NAME)
            .or_else(|| string(SHORT_NAME))
            .or_else(|| string(DISPLAY_NAME));
        let (media_type, content_id) = (string(MEDIA_TYPE), string(CONTENT_ID));
        let object = found
            .iter()
            .find(|(name, _)| *name == OBJECT)
            .map(|(_, value)| value.bytes);
        let Some(file) = &mut self.file else { return };
        if let Some(name) = name {
            file.name = name;
        }
        file.media_type = media_type.map(|kind| kind.to_ascii_lowercase());
        file.content_id = content_id;
        if file.data.is_empty()
            && let Some(object) = object
        {
            file.data = object;
        }
    }

    fn finish_file(&mut self) {
        let Some(mut file) = self.file.take() else { return };
        if self.files.len() >= FILE_LIMIT || (file.data.is_empty() && file.name.is_empty()) {
            return;
        }
        if attached::is_letter(file.data) {
            attached::call_letter(&mut file);
        }
        let kind = file.media_type.as_deref().unwrap_or("application/octet-stream");
        let number = (self.files.len() + 1).to_string();
        file.name = file_name::safe(&file.name).unwrap_or_else(|| file_name::invented(kind, &number));
        self.files.push(file);
    }

    fn finish_meeting(&mut self) {
        let meeting = std::mem::take(&mut self.meeting);
        self.tnef.meeting = meeting.finished(&self.class, self.tnef.subject.as_deref());
    }

    /// As much of a text as is to be read. Rich text may stand in front of what it says with all of a picture.
    fn wanted<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        text.get(..self.longest.saturating_mul(2)).unwrap_or(text)
    }

    /// Text in the code page of the letter.
    fn text(&self, bytes: &[u8]) -> String {
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        let label = self.label();
        charset::decode(bytes.get(..end).unwrap_or_default(), label.as_deref()).0
    }

    fn string(&self, value: &Value<'_>) -> Option<String> {
        if value.is_unicode {
            return Some(value.utf16());
        }
        value.is_text.then(|| self.text(value.bytes))
    }

    fn label(&self) -> Option<String> {
        label(self.code_page?)
    }
}

/// The name of a code page of Windows.
fn label(code_page: u32) -> Option<String> {
    Some(match code_page {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        20866 => "koi8-r".to_owned(),
        page @ 28591..=28606 => format!("iso-8859-{}", page - 28590),
        page => format!("windows-{page}"),
    })
}

/// Bytes that are taken from the front, little end first.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn all(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }
}

#[cfg(test)]
pub(crate) mod tests;
