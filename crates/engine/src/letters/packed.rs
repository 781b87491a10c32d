//! Archives that came with letters: what is in one is looked into before it is opened, handed out or shown, since whoever opens it is not
//! asked again for what it brings. It is done when the bytes are at hand, and not for a list.

use waxwing_mime::{Contents, Danger};
use waxwing_model::EmailId;

use super::attachments::Attachment;
use crate::engine::{Engine, blocking};
use crate::error::Result;

/// Names of files in an archive that a person is told.
const NAMED: usize = 5;

/// A file that was looked at as far as can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedInto {
    /// With what is dangerous about what is in it.
    pub attachment: Attachment,
    pub bytes: Vec<u8>,
    /// What is in it, where it is an archive.
    pub contents: Option<Contents>,
}

impl LookedInto {
    /// What in it may do harm, by name: the first few.
    pub fn harmful(&self) -> Vec<String> {
        let all = self.contents.iter().flat_map(Contents::harmful);
        all.take(NAMED).map(|file| file.name.clone()).collect()
    }
}

impl Engine {
    /// One attachment, as [`Engine::attachment`] has it, and what is in it.
    pub async fn looked_into(&self, email: EmailId, part: &str) -> Result<LookedInto> {
        let (attachment, bytes) = self.attachment(email, part).await?;
        blocking(move || look(attachment, bytes)).await
    }
}

fn look(mut attachment: Attachment, bytes: Vec<u8>) -> LookedInto {
    let contents = waxwing_mime::look_into(&attachment.media_type, &attachment.name, &bytes);
    let found: Vec<Danger> = contents.iter().flat_map(Contents::dangers).collect();
    attachment.dangers.extend(found);
    LookedInto {
        attachment,
        bytes,
        contents,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::shows::Shows;

    /// A ZIP archive of one empty file: its header, the directory of it and the end (APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16).
    fn archive(name: &str) -> Vec<u8> {
        let size = u16::try_from(name.len()).unwrap().to_le_bytes();
        let header = [&b"PK\x03\x04"[..], &[0; 22], &size, &[0; 2], name.as_bytes()].concat();
        let line = [&b"PK\x01\x02"[..], &[0; 24], &size, &[0; 16], name.as_bytes()].concat();
        let at = u32::try_from(header.len()).unwrap().to_le_bytes();
        let length = u32::try_from(line.len()).unwrap().to_le_bytes();
        let end = [&b"PK\x05\x06"[..], &[0; 4], &[1, 0, 1, 0], &length, &at, &[0; 2]].concat();
        [header, line, end].concat()
    }

    fn file(name: &str) -> Attachment {
        Attachment {
            part: "2".to_owned(),
            name: name.to_owned(),
            media_type: "application/octet-stream".to_owned(),
            charset: None,
            size: 100,
            here: true,
            dangers: Vec::new(),
            shows: Shows::Archive,
        }
    }

    #[test]
    fn what_may_do_harm_in_an_archive_is_told_with_its_name() {
        for (name, bytes, dangers, harmful) in [
            (
                "bills.zip",
                archive("bill.pdf.exe"),
                vec![Danger::Packed],
                vec!["bill.pdf.exe"],
            ),
            ("bills.zip", archive("bill.pdf"), vec![], vec![]),
            ("bills.rar", b"Rar!".to_vec(), vec![Danger::Closed], vec![]),
            ("bill.pdf", archive("bill.pdf.exe"), vec![], vec![]),
        ] {
            let found = look(file(name), bytes);
            assert_eq!(found.attachment.dangers, dangers, "{name}");
            assert_eq!(found.harmful(), harmful, "{name}");
        }
    }
}
