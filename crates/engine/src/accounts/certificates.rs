//! Certificates that a person has accepted for an account's servers, and how one is given up again. They are accepted where
//! an account is added and where its servers are changed, and nowhere else (ADR 31).

use waxwing_model::{AccountId, CertificateException};

use crate::engine::Engine;
use crate::error::{EngineError, Result};

impl Engine {
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
}
