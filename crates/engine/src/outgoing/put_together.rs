//! A draft made into a letter. Its large files are read into their places when it is written into the outbox.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use waxwing_mime::{AttachedData, Framed, Outgoing, OutgoingAttachment};
use waxwing_model::{Address, AttachmentId, Draft, Identity};
use waxwing_store::{Parcel, StoreError};

use crate::clock::{now, utc_offset_minutes};
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// A file of this size is not taken into memory to be sent.
const LARGE: u64 = 256 * 1024;

/// A file that hangs on a draft, and how the letter's HTML names it.
pub(super) type Hanging = (Parcel, Option<String>);

/// A letter, and the files that it is still without.
pub(super) struct PutTogether {
    pub(super) framed: Framed,
    /// By their place in the list of attachments.
    files: BTreeMap<usize, Parcel>,
}

impl PutTogether {
    pub(super) fn write(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let open = |number: usize| -> Option<Box<dyn Read + '_>> {
            let file = self.files.get(&number)?;
            Some(Box::new(file.reader()))
        };
        self.framed.write(out, &open)
    }
}

impl Engine {
    /// The files of a draft, each proved to be what it was.
    pub(super) async fn files_of(&self, attachments: Vec<AttachmentId>) -> Result<Vec<Hanging>> {
        self.read(move |reading| {
            let mut files = Vec::with_capacity(attachments.len());
            for id in attachments {
                let data = reading.attachment_data(id)?.ok_or(StoreError::NoSuch {
                    what: "attachment",
                    id: id.0,
                })?;
                files.push((data, reading.attachment_content_id(id)?));
            }
            Ok(files)
        })
        .await
    }
}

/// What is to become of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Sending,
    /// It stands among the drafts, as far as it is written.
    Keeping,
}

/// Reads files, so it blocks.
pub(super) fn compose(
    draft: &Draft,
    identity: &Identity,
    from: Address,
    files: &[Hanging],
    purpose: Purpose,
) -> Result<PutTogether> {
    let html = waxwing_sanitize::for_sending(&draft.content.html);
    let mut attachments = Vec::with_capacity(files.len());
    let mut large = BTreeMap::new();
    for (number, (attachment, (file, content_id))) in draft.attachments.iter().zip(files).enumerate() {
        let data = match file.size() {
            0..LARGE => AttachedData::Here(file.beginning(LARGE).map_err(unread)?),
            _ => {
                large.insert(number, file.clone());
                let is_letter = attachment.media_type.trim_start().starts_with("message/");
                let is_plain = is_letter && waxwing_mime::is_plain(&mut file.reader()).map_err(unread)?;
                AttachedData::Apart { is_plain }
            }
        };
        // A file that the text does not show would be hidden in it; it is an attachment like any other.
        let shown = |content_id: &&String| html.contains(&format!("cid:{content_id}"));
        attachments.push(OutgoingAttachment {
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            content_id: content_id.as_ref().filter(shown).cloned(),
            data,
        });
    }
    let date = now();
    let letter = Outgoing {
        from,
        to: draft.content.to.clone(),
        cc: draft.content.cc.clone(),
        bcc: draft.content.bcc.clone(),
        reply_to: identity
            .reply_to
            .as_deref()
            .map(waxwing_mime::parse_addresses)
            .transpose()?
            .unwrap_or_default(),
        subject: draft.content.subject.clone(),
        text: waxwing_mime::text_from_html(&html),
        html: Some(html),
        attachments,
        in_reply_to: draft.in_reply_to.clone(),
        references: draft.references.clone(),
        date,
        // The Date field tells the person's own clock (RFC 5322, section 3.3).
        utc_offset_minutes: utc_offset_minutes(date),
        asks_for_receipt: draft.content.asks.receipt,
    };
    let framed = match purpose {
        Purpose::Sending => waxwing_mime::compose_around(&letter)?,
        Purpose::Keeping => waxwing_mime::compose_draft_around(&letter)?,
    };
    Ok(PutTogether { framed, files: large })
}

fn unread(error: std::io::Error) -> EngineError {
    StoreError::io("reading an attachment", error).into()
}
