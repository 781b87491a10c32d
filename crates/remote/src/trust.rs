//! Whom we believe: the certificate authorities of this computer, and those that a person adds.
//!
//! Not here: who we are (`credentials`), and what is wrong with a certificate (`certificate`).

use std::sync::{Arc, LazyLock, OnceLock};

use rustls::ClientConfig;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

use crate::certificate::Explaining;
use crate::{CertificateProblem, RemoteError};

/// The certificate authorities a server's certificate may come from. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Trust {
    extra: Arc<Vec<CertificateDer<'static>>>,
    /// Made at the first connection: reading a system's authorities takes a moment, and may fail.
    config: Arc<OnceLock<Arc<ClientConfig>>>,
}

/// The system's authorities are the same for every account, and so is what TLS remembers to resume a session.
static SYSTEM: LazyLock<Trust> = LazyLock::new(|| Trust {
    extra: Arc::default(),
    config: Arc::default(),
});

impl Trust {
    /// The authorities that this computer's owner or maker has put there.
    pub fn system() -> Self {
        SYSTEM.clone()
    }

    /// Those, and the ones in this PEM text: for servers of one's own.
    pub fn with_extra_ca(pem: &str) -> Result<Self, RemoteError> {
        let unreadable = |detail: String| RemoteError::Certificate {
            host: "the additional authority".to_owned(),
            problem: CertificateProblem::Other(detail),
        };
        let extra = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unreadable(error.to_string()))?;
        if extra.is_empty() {
            return Err(unreadable("there is no certificate in the file".to_owned()));
        }
        Ok(Self {
            config: Arc::default(),
            extra: Arc::new(extra),
        })
    }

    /// How TLS is to be spoken under this trust.
    pub fn config(&self) -> Result<Arc<ClientConfig>, RemoteError> {
        if let Some(config) = self.config.get() {
            return Ok(config.clone());
        }
        let config = build(&self.extra).map_err(|error| RemoteError::Certificate {
            host: "this computer".to_owned(),
            problem: CertificateProblem::Other(error.to_string()),
        })?;
        Ok(self.config.get_or_init(|| config).clone())
    }
}

fn build(extra: &[CertificateDer<'static>]) -> Result<Arc<ClientConfig>, rustls::Error> {
    // The provider is named rather than taken from the process, so that no other crate's default changes it.
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let platform: Arc<dyn ServerCertVerifier> = Arc::new(Verifier::new_with_extra_roots(
        extra.iter().cloned(),
        provider.clone(),
    )?);
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Explaining(platform)))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_certificate_is_told_at_once() {
        for pem in [
            "",
            "hello",
            "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
        ] {
            assert!(Trust::with_extra_ca(pem).is_err(), "{pem:?} holds no authority");
        }
    }
}
