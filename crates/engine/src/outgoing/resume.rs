//! A letter in Drafts taken up again, whoever left it there: this program, another one, another device.

use waxwing_mime::Letter;
use waxwing_model::{
    Account, Asks, Draft, DraftContent, DraftId, DraftOrigin, EmailId, Identity, Keyword, ResponseKind,
};
use waxwing_store::FiledDraft;

use super::drafts::carried;
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};

impl Engine {
    /// The draft that a letter in Drafts is a version of; one that was not written here is read from the letter.
    pub async fn edit_draft(&self, email: EmailId) -> Result<Draft> {
        if let Some(draft) = self.draft_of(email).await? {
            return self.draft(draft).await;
        }
        let there = self
            .read(move |reading| reading.email(email))
            .await?
            .filter(|letter| letter.keywords.has(Keyword::DRAFT) || !letter.mailboxes.is_empty())
            .ok_or(EngineError::Gone("the draft"))?;
        let raw = self.raw(email).await?;
        let accounts = self.accounts().await?;
        let account = accounts
            .iter()
            .find(|account| account.id == there.account && account.can_send())
            .or_else(|| accounts.iter().find(|account| account.can_send()))
            .map(|account: &Account| account.id)
            .ok_or(EngineError::Gone("the account to write from"))?;
        let mut identities = self.identities().await?;
        identities.retain(|identity| identity.account == account);
        let store = self.inner.store.clone();
        let (letter, attachments, content) = blocking(move || {
            let letter = waxwing_mime::parse(&raw);
            let content = content(&letter, &identities);
            let attachments = carried(&store, &raw, &letter)?;
            Ok::<_, EngineError>((letter, attachments, content))
        })
        .await??;
        let id = self
            .write(move |writing| {
                let headers = &letter.headers;
                let answered = match headers.in_reply_to.first() {
                    Some(answered) => writing.email_with_message_id(there.account, answered)?,
                    None => Vec::new(),
                };
                let origin = answered.first().copied().map(|email| DraftOrigin {
                    email,
                    kind: ResponseKind::Reply,
                });
                let id = writing.insert_draft(
                    account,
                    &content,
                    origin,
                    &headers.in_reply_to,
                    &headers.references,
                )?;
                for (attachment, data) in attachments {
                    let content_id = attachment.content_id.as_deref();
                    writing.attach(id, &attachment.name, &attachment.media_type, &data, content_id)?;
                }
                let version = writing.draft(id)?.map_or(0, |draft| draft.updated_at);
                let filed = FiledDraft {
                    email: Some(email),
                    version,
                    arrived: true,
                };
                writing.note_filed(id, &filed)?;
                Ok(id)
            })
            .await?;
        self.draft(id).await
    }

    /// The draft that a letter is a version of, or was one of: a list shows for a moment what a newer version has taken the
    /// place of, and a second draft made of that would lack the last words.
    async fn draft_of(&self, email: EmailId) -> Result<Option<DraftId>> {
        if let Some(draft) = self.read(move |reading| reading.draft_filed_as(email)).await? {
            return Ok(Some(draft));
        }
        let Some(draft) = locked(&self.inner.filed_as).get(&email).copied() else {
            return Ok(None);
        };
        let letter = self.read(move |reading| reading.email(email)).await?;
        // One that the person has put somewhere else stands there as a letter of its own.
        Ok(letter
            .is_none_or(|letter| letter.mailboxes.is_empty())
            .then_some(draft))
    }
}

/// What a letter says, as the editor wants it.
fn content(letter: &Letter, identities: &[Identity]) -> DraftContent {
    let headers = &letter.headers;
    let html = match letter.html_parts.as_slice() {
        [] => waxwing_mime::html_from_text(letter.text.as_deref().unwrap_or_default()),
        // Each by itself: a tag left open in one part must not swallow the next.
        parts => {
            let clean: Vec<String> = parts
                .iter()
                .map(|part| waxwing_sanitize::for_sending(part))
                .collect();
            clean.join("\n")
        }
    };
    let sender = headers.from.iter().find_map(|from| {
        let exact = identities
            .iter()
            .find(|identity| identity.email.eq_ignore_ascii_case(&from.email));
        let identity = exact.or_else(|| identities.iter().find(|one| one.receives(&from.email)))?;
        let tagged = exact.is_none().then(|| from.email.clone());
        Some((identity.id, tagged))
    });
    let (identity, from) = sender.map_or((None, None), |(identity, tagged)| (Some(identity), tagged));
    DraftContent {
        to: headers.to.clone(),
        cc: headers.cc.clone(),
        bcc: headers.bcc.clone(),
        subject: headers.subject.clone(),
        html,
        identity,
        from,
        asks: Asks {
            receipt: !headers.receipt_to().is_empty(),
            ..Asks::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::content;

    #[test]
    fn a_tag_left_open_in_one_part_does_not_swallow_the_next() {
        let raw = b"From: amara@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<p>one</p><img src=\"https://evil.example/?\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<p>two\"></p>\r\n--b--\r\n";
        let letter = waxwing_mime::parse(raw);
        assert_eq!(letter.html_parts.len(), 2, "both are read");
        let html = content(&letter, &[]).html;
        assert!(html.contains("<p>one</p>") && html.contains("<p>two"), "{html}");
        assert!(!html.contains("evil.example"), "{html}");
    }
}
