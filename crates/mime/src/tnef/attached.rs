//! A letter that is attached within a wrapper: a wrapper of its own (MS-OXTNEF, section 2.1.3.3.15, PidTagAttachDataObject). It
//! becomes a letter in which that wrapper is the only part, so that it is read like any other.

use super::{Bytes, CODE_PAGE, File, Opened, SIGNATURE, SUBJECT};
use crate::compose::base64_lines;
use crate::visible;

/// Whether the octets of a file are a wrapper.
pub(super) fn is_letter(data: &[u8]) -> bool {
    data.starts_with(&SIGNATURE.to_le_bytes())
}

/// Calls the file what it is.
pub(super) fn call_letter(file: &mut File<'_>) {
    if file.name.is_empty() {
        let subject = subject(file.data).unwrap_or_default();
        file.name = match subject.is_empty() {
            true => "letter".to_owned(),
            false => subject.replace(['/', '\\'], "_"),
        };
    }
    if !file.name.to_ascii_lowercase().ends_with(".eml") {
        file.name.push_str(".eml");
    }
    file.media_type = Some("message/rfc822".to_owned());
}

/// Makes a letter of the file.
pub(super) fn letter(data: &[u8]) -> Vec<u8> {
    let subject = subject(data).unwrap_or_default();
    // A field in UTF-8 (RFC 6532, section 3.2): nobody but this program reads it.
    let mut letter = format!(
        "Subject: {subject}\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\
         Content-Disposition: attachment; filename=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    .into_bytes();
    base64_lines(data, &mut letter);
    letter.extend(b"\r\n");
    letter
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
