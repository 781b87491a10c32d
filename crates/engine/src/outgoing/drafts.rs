//! Letters being written. They stand in the store as one types.

use waxwing_mime::Letter;
use waxwing_model::{
    Account, AccountId, AttachmentId, Draft, DraftAttachment, DraftContent, DraftId, DraftOrigin, EmailId,
    ResponseKind, Timestamp,
};

use super::sender::{answering, signature_block};
use crate::clock::{now, utc_offset_minutes};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::operations::{filing, transact};

/// What a draft may carry: servers refuse more, and the person should hear it before writing on.
const LARGEST_ATTACHMENT: usize = 100 * 1024 * 1024;

impl Engine {
    /// An empty draft, from the account given or the first one that can send.
    pub async fn new_draft(&self, account: Option<AccountId>, content: DraftContent) -> Result<Draft> {
        let mut content = content;
        let account = match account {
            Some(account) => self.account(account).await?,
            None => self
                .accounts()
                .await?
                .into_iter()
                .find(Account::can_send)
                .ok_or(EngineError::Gone("the account to write from"))?,
        };
        let signature = signature_block(&self.sender(&account, &content).await?.0);
        if !signature.is_empty() {
            content.html = format!("{}<div><br></div>{signature}", content.html);
        }
        let id = self
            .write(move |writing| writing.insert_draft(account.id, &content, None, &[], &[]))
            .await?;
        self.draft(id).await
    }

    /// A draft that answers a letter or passes it on.
    pub async fn respond(&self, email: EmailId, kind: ResponseKind) -> Result<Draft> {
        // An answer quotes the text; what is passed on is the whole letter.
        let raw = match kind {
            ResponseKind::Forward => self.raw(email).await?,
            ResponseKind::Reply | ResponseKind::ReplyAll => self.readable(email).await?.raw,
        };
        let accounts = self.accounts().await?;
        let original = self
            .emails(vec![email])
            .await?
            .into_iter()
            .next()
            .ok_or(EngineError::Gone("the letter"))?;
        // What lies in a folder of this computer is answered from the first account.
        let account = accounts
            .iter()
            .find(|account| account.id == original.account && account.can_send())
            .or_else(|| accounts.iter().find(|account| account.can_send()))
            .ok_or(EngineError::Gone("the account to write from"))?
            .id;
        let identities = self.identities().await?;
        let mut own: Vec<String> = accounts
            .into_iter()
            .map(|account: Account| account.email)
            .chain(identities.iter().map(|identity| identity.email.clone()))
            .collect();
        let (response, attachments, sender) = blocking(move || {
            let letter = waxwing_mime::parse(&raw);
            let mut candidates = identities;
            candidates.retain(|identity| identity.account == account);
            let written_to = answering(&candidates, &original, &letter.headers);
            // Nobody answers to their own tagged address.
            own.extend(written_to.iter().filter_map(|(_, tagged)| tagged.clone()));
            let identity = written_to
                .as_ref()
                .map(|(identity, _)| *identity)
                .or(candidates.first());
            let sender = (
                identity.map(signature_block).unwrap_or_default(),
                identity.map(|identity| identity.id),
                written_to.as_ref().and_then(|(_, tagged)| tagged.clone()),
            );
            // The person's own clock, not the sender's: it is the one that the window shows above the letter.
            let offset = utc_offset_minutes(letter.headers.date.unwrap_or_else(now));
            let response = waxwing_mime::respond(kind, &letter, &own, offset, now());
            let attachments = if kind == ResponseKind::Forward {
                carried(&raw, &letter)
            } else {
                Vec::new()
            };
            (response, attachments, sender)
        })
        .await?;
        let (signature, identity, from) = sender;
        let content = DraftContent {
            to: response.to,
            cc: response.cc,
            subject: response.subject,
            html: format!("<div><br></div>{signature}{}", response.quote_html),
            identity,
            from,
            ..DraftContent::default()
        };
        let id = self
            .write(move |writing| {
                let origin = DraftOrigin { email, kind };
                let id = writing.insert_draft(
                    account,
                    &content,
                    Some(origin),
                    &response.in_reply_to,
                    &response.references,
                )?;
                for (attachment, data) in attachments {
                    let content_id = attachment.content_id.as_deref();
                    writing.attach(id, &attachment.name, &attachment.media_type, &data, content_id)?;
                }
                Ok(id)
            })
            .await?;
        self.draft(id).await
    }

    pub async fn drafts(&self) -> Result<Vec<Draft>> {
        self.read(|reading| reading.drafts()).await
    }

    pub async fn draft(&self, draft: DraftId) -> Result<Draft> {
        self.read(move |reading| reading.draft(draft))
            .await?
            .ok_or(EngineError::Gone("the draft"))
    }

    /// Keeps what the person has typed. Gives the moment for "saved at".
    pub async fn save_draft(
        &self,
        draft: DraftId,
        account: AccountId,
        content: DraftContent,
    ) -> Result<Timestamp> {
        self.draft(draft).await?;
        self.write(move |writing| writing.save_draft(draft, account, &content))
            .await?;
        self.file_later(draft);
        Ok(now())
    }

    /// What stands of it in Drafts goes too.
    pub async fn discard_draft(&self, draft: DraftId) -> Result<()> {
        let store = self.inner.store.clone();
        let touched = blocking(move || {
            transact(&store, |writing| {
                let touched = filing::withdraw(writing, draft)?;
                writing.remove_draft(draft)?;
                Ok(touched)
            })
        })
        .await??;
        if let Some(account) = touched {
            self.wake(account);
        }
        Ok(())
    }

    pub async fn attach(
        &self,
        draft: DraftId,
        name: String,
        media_type: String,
        data: Vec<u8>,
    ) -> Result<DraftAttachment> {
        if data.len() > LARGEST_ATTACHMENT {
            return Err(EngineError::Invalid(format!(
                "“{name}” is larger than 100 MB; no mail server takes it in a letter"
            )));
        }
        self.draft(draft).await?;
        let size = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let (kept_name, kept_type) = (name.clone(), media_type.clone());
        let id = self
            .write(move |writing| writing.attach(draft, &kept_name, &kept_type, &data, None))
            .await?;
        self.file_later(draft);
        Ok(DraftAttachment {
            id,
            name,
            media_type,
            size,
        })
    }

    pub async fn detach(&self, attachment: AttachmentId) -> Result<()> {
        self.write(move |writing| writing.detach(attachment)).await
    }
}

/// The files of a letter that is passed on.
pub(super) fn carried(raw: &[u8], letter: &Letter) -> Vec<(waxwing_mime::Attachment, Vec<u8>)> {
    letter
        .attachments
        .iter()
        .filter_map(|attachment| waxwing_mime::attachment(raw, &attachment.part))
        .collect()
}
