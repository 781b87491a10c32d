//! From bytes to rows: what a header block or a whole message says, as the store wants it.

use std::collections::BTreeMap;

use waxwing_mime::{Glance, Headers};
use waxwing_model::{AccountId, EmailId, Keywords, MailboxId, Timestamp};
use waxwing_store::{BodyFacts, FileFact, FoundReport, ListFact, NewEmail, StoreError, Writing};

use super::listed_files::listed_files_of;

/// What the message itself does not say.
#[derive(Debug, Clone)]
pub(crate) struct Circumstances {
    pub(crate) received_at: Timestamp,
    pub(crate) keywords: Keywords,
    /// Where the server has it, in the mailbox it is put into.
    pub(crate) uid: Option<u32>,
}

/// A row from a header block alone. The body comes later.
pub(crate) fn from_header(
    account: AccountId,
    mailbox: MailboxId,
    header: &[u8],
    size: u32,
    circumstances: Circumstances,
) -> NewEmail {
    let headers = waxwing_mime::parse_envelope(header);
    // Until the body is here, the kind of the top level is the only sign of an attachment (RFC 2046, section 5.1.3).
    let has_attachment = headers.content_type.as_deref() == Some("multipart/mixed");
    row(
        account,
        mailbox,
        headers,
        size,
        has_attachment,
        String::new(),
        circumstances,
    )
}

/// A row and its body from a whole message, in the caller's transaction.
pub(crate) fn insert_whole(
    writing: &mut Writing<'_>,
    account: AccountId,
    mailbox: MailboxId,
    raw: &[u8],
    circumstances: Circumstances,
) -> Result<EmailId, StoreError> {
    let (email, facts) = from_whole(account, mailbox, raw, circumstances);
    let id = writing.insert_email(&email)?;
    writing.put_body(id, raw, &facts)?;
    Ok(id)
}

/// A row from a whole message, and what its body tells.
pub(crate) fn from_whole(
    account: AccountId,
    mailbox: MailboxId,
    raw: &[u8],
    circumstances: Circumstances,
) -> (NewEmail, BodyFacts) {
    let facts = facts(raw);
    let size = u32::try_from(raw.len()).unwrap_or(u32::MAX);
    let email = row(
        account,
        mailbox,
        waxwing_mime::parse_envelope(raw),
        size,
        facts.has_attachment,
        facts.preview.clone(),
        circumstances,
    );
    (email, facts)
}

/// What the body tells beyond the header.
pub(crate) fn facts(raw: &[u8]) -> BodyFacts {
    facts_of_part(raw, &BTreeMap::new())
}

/// The same of a letter of which these parts are on the server alone, with about their octets.
pub(crate) fn facts_of_part(raw: &[u8], absent: &BTreeMap<String, u32>) -> BodyFacts {
    let (glance, letter) = waxwing_mime::glance_with_letter(raw);
    // Most letters have no files.
    let listed = letter.map(|letter| listed_files_of(raw, &letter, absent));
    BodyFacts {
        listed: Some(listed.unwrap_or_default()),
        ..facts_to_find(glance)
    }
}

/// What a letter is found by. Its files are not listed.
pub(crate) fn facts_at_a_glance(raw: &[u8]) -> BodyFacts {
    facts_to_find(waxwing_mime::glance(raw))
}

fn facts_to_find(glance: Glance) -> BodyFacts {
    let Glance {
        preview,
        has_attachment,
        sent_by,
        mut text,
        beside,
        report,
        list,
        mailing_list,
        files,
    } = glance;
    if !beside.is_empty() {
        text.push('\n');
        text.push_str(&beside);
    }
    BodyFacts {
        sent_by,
        listed: None,
        read_by: waxwing_mime::READING,
        preview,
        has_attachment,
        text,
        // One that names no letter is about none that is here.
        report: report.and_then(|report| {
            Some(FoundReport {
                about: report.about?,
                lines: report.lines,
            })
        }),
        list,
        mailing_list: mailing_list.map(|list| ListFact {
            id: list.id,
            name: list.name,
        }),
        files: files
            .into_iter()
            .map(|file| FileFact {
                name: file.name,
                kinds: file.kinds,
                readable: file.readable,
            })
            .collect(),
    }
}

fn row(
    account: AccountId,
    mailbox: MailboxId,
    headers: Headers,
    size: u32,
    has_attachment: bool,
    preview: String,
    circumstances: Circumstances,
) -> NewEmail {
    let sent_by = headers.sent_by().cloned();
    NewEmail {
        account,
        mailbox,
        uid: circumstances.uid,
        message_id: headers.message_id,
        in_reply_to: headers.in_reply_to,
        references: headers.references,
        subject: headers.subject,
        from: headers.from,
        to: headers.to,
        cc: headers.cc,
        bcc: headers.bcc,
        sent_by,
        reply_to: headers.reply_to,
        sent_at: headers.date,
        received_at: circumstances.received_at,
        size,
        keywords: circumstances.keywords,
        has_attachment,
        preview,
    }
}
