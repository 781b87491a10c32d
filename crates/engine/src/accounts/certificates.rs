//! Certificates that a person has accepted for an account's servers, and how one is given up again. They are accepted where
//! an account or one of its addresses gets a server, and nowhere else (ADR 31, ADR 34).

use waxwing_model::{Account, AccountId, CertificateException, ServerSettings};
use waxwing_remote::Trust;
use waxwing_remote::tls::ascii;
use waxwing_store::{StoreError, Writing};

use crate::engine::Engine;
use crate::error::{EngineError, Result};

impl Engine {
    /// Those that the person has accepted for the account's servers and those of its addresses. Empty for an account that is gone.
    pub async fn certificate_exceptions(&self, account: AccountId) -> Result<Vec<CertificateException>> {
        self.read(move |reading| reading.certificate_exceptions(account))
            .await
    }

    /// From now on the server has to show a certificate that somebody vouches for. Connections that stand end.
    pub async fn remove_certificate_exception(
        &self,
        account: AccountId,
        host: &str,
        port: u16,
    ) -> Result<()> {
        let host = host.to_owned();
        let removed = self
            .write(move |writing| writing.remove_certificate_exception(account, &host, port))
            .await?;
        if !removed {
            return Err(EngineError::Gone("the certificate"));
        }
        self.go_on(account).await;
        Ok(())
    }

    /// Whom the account's connections trust, with what the person has just accepted in the place of what they accepted before.
    pub(crate) async fn trust_of(
        &self,
        account: &Account,
        accepted: &[CertificateException],
    ) -> Result<Trust> {
        let id = account.id;
        let mut exceptions = self
            .read(move |reading| reading.certificate_exceptions(id))
            .await?;
        exceptions.retain(|old| !accepted.iter().any(|new| new.is_for(&old.host, old.port)));
        exceptions.extend(accepted.iter().cloned());
        Ok(self
            .trust_with(account.extra_ca.as_deref())?
            .with_exceptions(exceptions))
    }
}

/// Of a server that neither the account nor any of its addresses has any more, nothing is accepted.
pub(crate) fn drop_idle_exceptions(writing: &mut Writing<'_>, account: AccountId) -> Result<(), StoreError> {
    let mut servers: Vec<ServerSettings> = Vec::new();
    if let Some(known) = writing.account(account)? {
        servers.extend([known.incoming, known.outgoing].into_iter().flatten());
    }
    let identities = writing.identities()?;
    let own = identities.into_iter().filter(|each| each.account == account);
    servers.extend(own.filter_map(|each| each.outgoing));
    for exception in writing.certificate_exceptions(account)? {
        let is_needed = |server: &ServerSettings| exception.is_for(&ascii(&server.host), server.port);
        if !servers.iter().any(is_needed) {
            writing.remove_certificate_exception(account, &exception.host, exception.port)?;
        }
    }
    Ok(())
}
