//! The one transaction in which an IMAP account becomes a POP3 account (ADR 26). What its letters look like is noted as of messages
//! that have vanished from the maildrop: the first look recognises them under their names there, and fetches none twice.

use std::collections::HashSet;

use waxwing_model::{EmailId, Keeping, Protocol, Retention, Role};
use waxwing_store::{Looks, StoreError, Writing};

use super::ProtocolChange;
use super::become_imap::account_at_rest;
use crate::accounts::LOCAL_FOLDERS;
use crate::accounts::add::insert_folders;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::operations::Refusal;
use crate::sync::pop3::{Face, was};

/// Letters that are read together.
const AT_ONCE: usize = 50;

/// What each letter looks like to a maildrop. Those that the server has in its inbox come first, since POP3 shows these; of the
/// others only what looks like none of them, for servers that show more, or that get a letter back into the inbox.
pub(super) async fn looks(
    engine: &Engine,
    letters: Vec<EmailId>,
    tell: &(dyn Fn(u32, u32) + Sync),
) -> Result<Vec<(EmailId, Looks)>> {
    let total = super::census::count(letters.len());
    let mut seen = HashSet::new();
    let mut found = Vec::with_capacity(letters.len());
    let mut done = 0;
    for window in letters.chunks(AT_ONCE) {
        let ids = window.to_vec();
        let faces = engine
            .read(move |reading| {
                let mut faces = Vec::with_capacity(ids.len());
                for id in ids {
                    let in_inbox = is_in_inbox(reading, id)?;
                    if let Some(raw) = reading.raw(id)? {
                        let size = u32::try_from(raw.len()).unwrap_or(u32::MAX);
                        faces.push((id, in_inbox, Face::of_whole(&raw).looks(size)));
                    }
                }
                Ok(faces)
            })
            .await?;
        for (id, in_inbox, looks) in faces {
            let known = !seen.insert(looks.content.clone());
            if in_inbox || !known {
                found.push((id, looks));
            }
        }
        done += super::census::count(window.len());
        tell(done, total);
    }
    Ok(found)
}

pub(super) fn is_in_inbox(reading: &waxwing_store::Reading<'_>, email: EmailId) -> Result<bool, StoreError> {
    for location in reading.locations(&[email])? {
        let role = reading
            .mailbox(location.mailbox)?
            .and_then(|mailbox| mailbox.role);
        if role == Some(Role::Inbox) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn become_pop3(
    writing: &mut Writing<'_>,
    change: &ProtocolChange,
    looks: &[(EmailId, Looks)],
) -> Result<(), Refusal> {
    let mut account = account_at_rest(writing, change, Protocol::Imap)?;
    account.protocol = Protocol::Pop3;
    account.incoming = Some(change.server.clone());
    // Nothing is removed from the server before the person has said so of this account.
    account.retention = Retention::Keep;
    writing.update_account(&account)?;
    writing.put_keeping(account.id, &Keeping::default())?;
    for id in writing.letters_of(account.id)? {
        let Some(email) = writing.email(id)? else { continue };
        if !email.mailboxes.is_empty() {
            continue;
        }
        // Shown nowhere: where the server has it, or nowhere at all.
        let mut places: Vec<_> = writing
            .locations(&[id])?
            .into_iter()
            .map(|location| location.mailbox)
            .collect();
        places.dedup();
        match places.is_empty() {
            true => writing.remove_email(id)?,
            false => writing.set_mailboxes(id, &places)?,
        }
    }
    all_is_here(writing, change)?;
    writing.forget_server(account.id)?;
    let mut missing = LOCAL_FOLDERS.to_vec();
    for mailbox in writing.mailboxes(Some(account.id))? {
        missing.retain(|(role, _)| mailbox.role != Some(*role));
        let role = mailbox.role.filter(|role| *role != Role::All);
        writing.update_mailbox_facts(mailbox.id, role, true)?;
    }
    insert_folders(writing, account.id, &missing)?;
    writing.forget_maildrop(account.id)?;
    let moment = now();
    let mut names = Vec::with_capacity(looks.len());
    for (email, looks) in looks {
        if !writing.has_email(*email)? {
            continue;
        }
        let name = was(*email);
        writing.remember_uidl(account.id, &name, Some(*email), moment)?;
        writing.describe_uidl(account.id, &name, looks)?;
        names.push(name);
    }
    writing.set_uidls_gone(account.id, &names, moment)?;
    Ok(())
}

/// What is not here would not come any more.
fn all_is_here(writing: &Writing<'_>, change: &ProtocolChange) -> Result<(), Refusal> {
    let (absent, _) = writing.letters_without_body(change.account)?;
    if absent > 0 {
        return Err(EngineError::Invalid(format!(
            "{absent} letters could not be brought to this computer, and would be lost with POP3"
        ))
        .into());
    }
    if writing.copies_waiting(change.account)? > 0 {
        return Err(EngineError::Invalid(
            "a copy of a sent letter has still to be filed on the server; please try again in a minute"
                .into(),
        )
        .into());
    }
    Ok(())
}
