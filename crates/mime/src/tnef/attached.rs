//! A letter that is attached within a wrapper: a wrapper of its own (MS-OXTNEF, section 2.1.3.3.15, PidTagAttachDataObject). It
//! becomes a letter in which that wrapper is the only part, so that it is read like any other.

use super::{Bytes, CODE_PAGE, Opened, SIGNATURE, SUBJECT, TnefFile};
use crate::compose::base64_lines;
use crate::visible;

/// Whether the octets of a file are a wrapper.
pub(super) fn is_letter(data: &[u8]) -> bool {
    data.starts_with(&SIGNATURE.to_le_bytes())
}

/// Makes a letter of the file.
pub(super) fn as_letter(file: &mut TnefFile) {
    let subject = subject(&file.data).unwrap_or_default();
    if file.name.is_empty() {
        file.name = match subject.is_empty() {
            true => "letter".to_owned(),
            false => subject.replace(['/', '\\'], "_"),
        };
    }
    if !file.name.to_ascii_lowercase().ends_with(".eml") {
        file.name.push_str(".eml");
    }
    file.media_type = Some("message/rfc822".to_owned());
    // A field in UTF-8 (RFC 6532, section 3.2): nobody but this program reads it.
    let mut letter = format!(
        "Subject: {subject}\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\
         Content-Disposition: attachment; filename=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    .into_bytes();
    base64_lines(&file.data, &mut letter);
    letter.extend(b"\r\n");
    file.data = letter;
}

/// What the letter says it is about. Nothing else of it is read, for it may hold letters itself.
fn subject(data: &[u8]) -> Option<String> {
    let mut rest = Bytes(data);
    rest.take(6)?;
    let mut opened = Opened::default();
    loop {
        rest.take(1)?;
        let name = rest.u32()?;
        let length = usize::try_from(rest.u32()?).ok()?;
        let data = rest.take(length)?;
        match name {
            CODE_PAGE => opened.code_page = Bytes(data).u32(),
            SUBJECT => return Some(visible::one_line(&opened.text(data))),
            _ => {}
        }
        rest.take(2)?;
    }
}
