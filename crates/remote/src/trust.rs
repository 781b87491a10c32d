//! Whom we believe: the certificate authorities of this computer, those that a person adds, single certificates that a person has
//! accepted for one server (ADR 31), and, in the small internet of a test, its DNS.
//!
//! Not here: who we are (`credentials`), and what is wrong with a certificate (`certificate`).

use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use rustls::ClientConfig;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;
use waxwing_model::{Certificate, CertificateException};

use crate::certificate::Explaining;
use crate::certificate::accepted::Accepted;
#[cfg(all(unix, not(target_vendor = "apple")))]
use crate::certificate::added::Added;
use crate::discover::{Names, Surroundings};
use crate::{CertificateProblem, RemoteError};

/// The certificate authorities a server's certificate may come from. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Trust {
    extra: Arc<Vec<CertificateDer<'static>>>,
    /// Made at the first connection: reading a system's authorities takes a moment, and may fail.
    config: Arc<OnceLock<Arc<ClientConfig>>>,
    /// They are asked for before the authorities are.
    exceptions: Arc<Vec<CertificateException>>,
    observed: Option<Observation>,
    /// Who says where a host is. `None`: the system.
    names: Option<Names>,
}

/// How a connection was encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encryption {
    /// Such as "TLS 1.3".
    pub protocol: String,
    pub certificate: Certificate,
    /// Nobody but the person vouches for the certificate.
    pub by_exception: bool,
}

/// Where connections under a trust leave word of how they were encrypted, also when what follows fails.
#[derive(Debug, Clone, Default)]
pub struct Observation(Arc<Mutex<Option<Encryption>>>);

impl Observation {
    /// Of the last connection that was encrypted.
    pub fn encryption(&self) -> Option<Encryption> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The system's authorities are the same for every account, and so is what TLS remembers to resume a session.
static SYSTEM: LazyLock<Trust> = LazyLock::new(|| Trust {
    extra: Arc::default(),
    config: Arc::default(),
    exceptions: Arc::default(),
    observed: None,
    names: None,
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
            shown: None,
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
            exceptions: Arc::default(),
            observed: None,
            names: None,
        })
    }

    /// The same, and these certificates at their servers. At such a server no other one is taken.
    pub fn with_exceptions(self, exceptions: Vec<CertificateException>) -> Self {
        Self {
            exceptions: Arc::new(exceptions),
            ..self
        }
    }

    /// The same for servers that stand in these surroundings: in a small internet for tests, its DNS says where they are.
    pub fn within(self, surroundings: &Surroundings) -> Self {
        Self {
            names: surroundings.staged_names().cloned(),
            ..self
        }
    }

    /// The same, with a place where its connections leave word.
    pub fn observed(self) -> (Self, Observation) {
        let observation = Observation::default();
        let observed = Self {
            observed: Some(observation.clone()),
            ..self
        };
        (observed, observation)
    }

    /// How TLS is to be spoken with this server under this trust.
    pub(crate) fn config_for(&self, host: &str, port: Option<u16>) -> Result<Arc<ClientConfig>, RemoteError> {
        match self.exception(host, port) {
            Some(exception) => accepting(exception).map_err(unready),
            None => self.config(),
        }
    }

    pub(crate) fn exception(&self, host: &str, port: Option<u16>) -> Option<&CertificateException> {
        let port = port?;
        self.exceptions
            .iter()
            .find(|exception| exception.is_for(host, port))
    }

    /// Who says where a host is, where it is not the system.
    pub(crate) fn names(&self) -> Option<&Names> {
        self.names.as_ref()
    }

    pub(crate) fn note(&self, encryption: impl FnOnce() -> Option<Encryption>) {
        if let Some(Observation(place)) = &self.observed {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = encryption();
        }
    }

    /// Has [`Trust::config`] ready, for whoever waits for something else meanwhile. What is wrong is told there.
    pub(crate) async fn prepare(&self) {
        if self.config.get().is_none() {
            let trust = self.clone();
            let _told_there = tokio::task::spawn_blocking(move || trust.config().map(drop)).await;
        }
    }

    /// How TLS is to be spoken under this trust.
    pub fn config(&self) -> Result<Arc<ClientConfig>, RemoteError> {
        if let Some(config) = self.config.get() {
            return Ok(config.clone());
        }
        let config = build(&self.extra).map_err(unready)?;
        Ok(self.config.get_or_init(|| config).clone())
    }
}

/// What a failure of this computer's own is told as.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn unready(error: rustls::Error) -> RemoteError {
    RemoteError::Certificate {
        host: "this computer".to_owned(),
        problem: CertificateProblem::Other(error.to_string()),
        shown: None,
    }
}

/// A configuration of its own for each connection: what TLS remembers of one that was accepted is good for no other.
fn accepting(exception: &CertificateException) -> Result<Arc<ClientConfig>, rustls::Error> {
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let accepted = Accepted {
        fingerprint: exception.certificate.fingerprint,
        algorithms: provider.signature_verification_algorithms,
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(accepted))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn build(extra: &[CertificateDer<'static>]) -> Result<Arc<ClientConfig>, rustls::Error> {
    // The provider is named rather than taken from the process, so that no other crate's default changes it.
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = match extra {
        [] => Arc::new(Verifier::new(provider.clone())?),
        // The verifiers of other systems have rules of their own and look at revocation, so they are always asked.
        #[cfg(not(all(unix, not(target_vendor = "apple"))))]
        added => Arc::new(Verifier::new_with_extra_roots(
            added.iter().cloned(),
            provider.clone(),
        )?),
        #[cfg(all(unix, not(target_vendor = "apple")))]
        added => Arc::new(Added::new(added, provider.clone())?),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Explaining(verifier)))
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
