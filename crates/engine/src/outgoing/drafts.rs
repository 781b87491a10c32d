//! Letters being written. They stand in the store as one types.

use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use waxwing_mime::Letter;
use waxwing_model::{
    Account, AccountId, AttachmentId, Draft, DraftAttachment, DraftContent, DraftId, DraftOrigin,
    ResponseKind, Timestamp,
};
use waxwing_store::{Parcel, Store, StoreError};

use super::sender::{answering, named_in, signature_block};
use crate::clock::{now, utc_offset_minutes};
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};
use crate::letters::letter_ref::LetterRef;
use crate::operations::{filing, transact};

/// What a draft may carry: servers refuse more, and the person should hear it before writing on.
const LARGEST_ATTACHMENT: u64 = 100 * 1024 * 1024;

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

    /// A draft that answers a letter or passes it on. One that answers a letter within another says nothing of that one: neither of
    /// them is marked as answered, since the one that came was not.
    pub async fn respond(&self, letter: impl Into<LetterRef>, kind: ResponseKind) -> Result<Draft> {
        let meant = letter.into();
        let (email, is_within) = (meant.email, meant.is_within());
        // An answer quotes the text; what is passed on is the whole letter.
        let raw = match kind {
            ResponseKind::Reply | ResponseKind::ReplyAll if !is_within => self.readable(email).await?.raw,
            _ => self.source(meant).await?,
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
        let store = self.inner.store.clone();
        let (response, attachments, whole, sender) = blocking(move || {
            let letter = waxwing_mime::parse(&raw);
            let mut candidates = identities;
            candidates.retain(|identity| identity.account == account);
            // Whom the letter within names is meant more than whom the one around it came to.
            let within = is_within
                .then(|| named_in(&candidates, &letter.headers))
                .flatten();
            let written_to = within.or_else(|| answering(&candidates, &original, &letter.headers));
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
            let attachments = match kind {
                ResponseKind::Forward => carried(&store, &raw, &letter)?,
                ResponseKind::Reply | ResponseKind::ReplyAll => Vec::new(),
            };
            // Whoever gets what is passed on gets all of it.
            let whole = match kind == ResponseKind::Forward && response.is_shortened {
                true => Some((file_name(&letter), store.pack(|out| out.write_all(&raw))?)),
                false => None,
            };
            Ok::<_, EngineError>((response, attachments, whole, sender))
        })
        .await??;
        let (signature, identity, from) = sender;
        let content = DraftContent {
            to: response.to,
            cc: response.cc,
            subject: response.subject,
            // One line to write on, and one between that and what others have written.
            html: format!("<div><br></div>{signature}<div><br></div>{}", response.quote_html),
            identity,
            from,
            ..DraftContent::default()
        };
        let id = self
            .write(move |writing| {
                let origin = (!is_within).then_some(DraftOrigin { email, kind });
                let id = writing.insert_draft(
                    account,
                    &content,
                    origin,
                    &response.in_reply_to,
                    &response.references,
                )?;
                for (attachment, data) in attachments {
                    let content_id = attachment.content_id.as_deref();
                    writing.attach(id, &attachment.name, &attachment.media_type, &data, content_id)?;
                }
                if let Some((name, data)) = whole {
                    writing.attach(id, &name, "message/rfc822", &data, None)?;
                }
                Ok(id)
            })
            .await?;
        self.draft(id).await
    }

    /// Letters being written, of all accounts, the one last saved first.
    pub async fn drafts(&self) -> Result<Vec<Draft>> {
        self.read(|reading| reading.drafts()).await
    }

    /// One of them; [`EngineError::Gone`] where it was sent or discarded.
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

    /// Puts a file with the draft. One of more than 100 MB is [`EngineError::Invalid`].
    pub async fn attach(
        &self,
        draft: DraftId,
        name: String,
        media_type: String,
        data: Vec<u8>,
    ) -> Result<DraftAttachment> {
        too_large(&name, data.len() as u64)?;
        self.draft(draft).await?;
        let data = self.pack(move |out| out.write_all(&data)).await?;
        self.hang(draft, name, media_type, data).await
    }

    /// The same for a file on this computer, which is copied without being taken into memory.
    pub async fn attach_file(
        &self,
        draft: DraftId,
        name: String,
        media_type: String,
        path: PathBuf,
    ) -> Result<DraftAttachment> {
        let unread = |name: &str, error: std::io::Error| {
            EngineError::Invalid(format!("“{name}” could not be read: {error}"))
        };
        let opened = blocking(move || {
            let file = File::open(path)?;
            let metadata = file.metadata()?;
            match metadata.is_dir() {
                true => Err(std::io::ErrorKind::IsADirectory.into()),
                false => Ok((file, metadata.len())),
            }
        });
        let (file, size) = opened.await?.map_err(|error| unread(&name, error))?;
        too_large(&name, size)?;
        self.draft(draft).await?;
        let failure = Arc::new(Mutex::new(None));
        let failed = Arc::clone(&failure);
        let packed = self.pack(move |out| copy(file, out, &failed)).await;
        // What is wrong with the file is not the store's failure.
        if let Some(error) = locked(&failure).take() {
            return Err(unread(&name, error));
        }
        self.hang(draft, name, media_type, packed?).await
    }

    async fn hang(
        &self,
        draft: DraftId,
        name: String,
        media_type: String,
        data: Parcel,
    ) -> Result<DraftAttachment> {
        // It may have grown since it was looked at.
        too_large(&name, data.size())?;
        let size = u32::try_from(data.size()).unwrap_or(u32::MAX);
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

    /// Takes a file off its draft.
    pub async fn detach(&self, attachment: AttachmentId) -> Result<()> {
        self.write(move |writing| writing.detach(attachment)).await
    }
}

fn too_large(name: &str, size: u64) -> Result<()> {
    if size > LARGEST_ATTACHMENT {
        return Err(EngineError::Invalid(format!(
            "“{name}” is larger than 100 MB; no mail server takes it in a letter"
        )));
    }
    Ok(())
}

/// Copies a file, and tells apart what reading it and what writing it came to.
fn copy(mut file: File, out: &mut dyn Write, unread: &Mutex<Option<std::io::Error>>) -> std::io::Result<()> {
    // One that grows meanwhile is not copied without end.
    let mut left = LARGEST_ATTACHMENT + 1;
    let mut piece = vec![0; 64 * 1024];
    while left > 0 {
        let count = match file.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => {
                *locked(unread) = Some(error);
                return Err(std::io::ErrorKind::Other.into());
            }
        };
        out.write_all(piece.get(..count).unwrap_or_default())?;
        left = left.saturating_sub(count as u64);
    }
    Ok(())
}

/// What a letter is called as a file.
fn file_name(letter: &Letter) -> String {
    waxwing_mime::safe_file_name(&format!("{}.eml", letter.headers.subject))
        .unwrap_or_else(|| "letter.eml".to_owned())
}

/// The files of a letter that is passed on, one in memory at a time.
pub(super) fn carried(
    store: &Store,
    raw: &[u8],
    letter: &Letter,
) -> Result<Vec<(waxwing_mime::Attachment, Parcel)>, StoreError> {
    letter
        .attachments
        .iter()
        .filter_map(|attachment| waxwing_mime::attachment(raw, &attachment.part))
        .map(|(attachment, data)| Ok((attachment, store.pack(|out| out.write_all(&data))?)))
        .collect()
}
