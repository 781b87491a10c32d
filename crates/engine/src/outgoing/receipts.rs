//! The reader's word that a letter was read (RFC 8098): given when the person says so, and never by itself.

use waxwing_mime::Headers;
use waxwing_model::{Address, EmailId, Keyword, Keywords, SendWishes, SubmissionId};
use waxwing_store::NewSubmission;

use crate::clock::{now, utc_offset_minutes};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::operations::Action;

/// The keyword by which all clients know that the question was answered, either way (RFC 3503).
const ANSWERED: &str = "$mdnsent";

/// What the person says to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptAnswer {
    Give,
    Decline,
}

impl Engine {
    /// Who asks to hear that this letter was read, as long as the person has not answered.
    pub(crate) async fn receipt_wanted(&self, email: EmailId, headers: &Headers) -> Result<Vec<Address>> {
        let askers = headers.receipt_to();
        if askers.is_empty() {
            return Ok(askers);
        }
        let identities = self.identities().await?;
        let letter = self.emails(vec![email]).await?.into_iter().next();
        // In a folder of this computer nobody could answer.
        let answerable = match &letter {
            Some(letter) => self.account(letter.account).await?.can_send(),
            None => false,
        };
        let open = answerable
            && letter.is_some_and(|letter| {
                let own = letter
                    .from
                    .iter()
                    .any(|from| identities.iter().any(|identity| identity.receives(&from.email)));
                !own && !letter.keywords.has(ANSWERED) && !letter.keywords.has(Keyword::DRAFT)
            });
        Ok(if open { askers } else { Vec::new() })
    }

    /// Gives the receipt, or has nobody ask again. Gives the receipt's place in the outbox.
    pub async fn answer_receipt(
        &self,
        email: EmailId,
        answer: ReceiptAnswer,
    ) -> Result<Option<SubmissionId>> {
        let given = match answer {
            ReceiptAnswer::Give => self.give_receipt(email).await?,
            ReceiptAnswer::Decline => None,
        };
        self.perform(Action::SetKeywords {
            emails: vec![email],
            add: Keywords::only(ANSWERED),
            remove: Keywords::none(),
        })
        .await?;
        Ok(given)
    }

    async fn give_receipt(&self, email: EmailId) -> Result<Option<SubmissionId>> {
        let raw = self.readable(email).await?.raw;
        let headers = blocking(move || waxwing_mime::parse_headers(&raw)).await?;
        if self.receipt_wanted(email, &headers).await?.is_empty() {
            return Ok(None);
        }
        let original = self.emails(vec![email]).await?.into_iter().next();
        let original = original.ok_or(EngineError::Gone("the letter"))?;
        let account = self.account(original.account).await?;
        let mut identities = self.identities().await?;
        identities.retain(|identity| identity.account == account.id);
        let reader = match super::sender::answering(&identities, &original, &headers) {
            Some((identity, tagged)) => Address::new("", tagged.unwrap_or_else(|| identity.email.clone())),
            None => Address::new("", self.usual_identity(account.id).await?.email),
        };
        let moment = now();
        let made = waxwing_mime::receipt(&headers, &reader, moment, utc_offset_minutes(moment))?;
        let Some(made) = made else { return Ok(None) };
        let submission = NewSubmission {
            account: account.id,
            message_id: made.message_id,
            subject: format!("Read: {}", original.subject),
            recipients: headers.receipt_to(),
            envelope: made.envelope,
            raw: made.raw.into(),
            answers: None,
            send_at: moment,
            draft: None,
            wishes: SendWishes::default(),
        };
        self.submit(&account, submission).await.map(Some)
    }
}
