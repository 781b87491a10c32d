//! What a person has granted, as the store keeps it: sealed by the vault, beside the passwords.

use secrecy::SecretString;
use waxwing_model::{AccountId, Authentication, ServerSettings};
use waxwing_remote::oauth::Grant;
use waxwing_vault::Sealed;

use crate::accounts::credentials::{Purpose, context, write_sealing};
use crate::accounts::keeper::unseal;
use crate::engine::{Engine, blocking, locked};
use crate::error::Result;

impl Engine {
    /// What the account's person has granted, if anything.
    pub(crate) async fn grant(&self, account: AccountId) -> Result<Option<Grant>> {
        Ok(self.sealed_grant(account).await?.map(|(grant, _)| grant))
    }

    /// The same with the bytes that the store has, by which it is known whether they are still those.
    pub(super) async fn sealed_grant(&self, account: AccountId) -> Result<Option<(Grant, Vec<u8>)>> {
        let inner = self.inner.clone();
        let kept = blocking(move || {
            let purpose = Purpose::Grant.to_text();
            let Some(sealed) = inner
                .store
                .read(|reading| reading.sealed_secret(account, &purpose))?
            else {
                return Ok::<_, crate::EngineError>(None);
            };
            let text = unseal(
                &inner,
                &[context(account, Purpose::Grant)],
                &Sealed(sealed.clone()),
            )?;
            Ok(Some((Grant::from_text(&text)?, sealed)))
        })
        .await??;
        // What could not be kept is newer.
        Ok(kept.map(
            |(grant, sealed)| match locked(&self.inner.oauth.unkept).get(&account) {
                Some(newer) => (newer.clone(), sealed),
                None => (grant, sealed),
            },
        ))
    }

    /// Puts a grant in the place of the one that was read, unless somebody else has put another one there: a person who has signed
    /// in again meanwhile is right.
    pub(super) async fn replace_grant(&self, account: AccountId, grant: &Grant, read: Vec<u8>) -> Result<()> {
        let inner = self.inner.clone();
        let text: SecretString = grant.to_text();
        let kept = blocking(move || {
            write_sealing(&inner, |writing, seal| {
                if writing
                    .sealed_secret(account, &Purpose::Grant.to_text())?
                    .as_ref()
                    == Some(&read)
                {
                    seal(writing, account, Purpose::Grant, &text)?;
                }
                Ok(())
            })
        })
        .await?;
        let mut unkept = locked(&self.inner.oauth.unkept);
        match &kept {
            Ok(()) => unkept.remove(&account),
            Err(_) => unkept.insert(account, grant.clone()),
        };
        kept
    }

    /// Another grant stands in the store now, or none.
    pub(crate) fn forget_tokens(&self, account: AccountId) {
        locked(&self.inner.oauth.unkept).remove(&account);
        locked(&self.inner.oauth.on_trial).remove(&account);
    }
}

/// A server that was told to take passwords in one way takes tokens in the best.
pub(crate) fn for_tokens(server: &mut ServerSettings) {
    if !server.authentication.takes_token() {
        server.authentication = Authentication::Auto;
    }
}
