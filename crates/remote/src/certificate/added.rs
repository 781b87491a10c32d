//! The verifier for authorities that a person has added: they are asked before those of this computer, which are hundreds of
//! files that have to be read first. Where they vouch for a server those are never read; where they do not, the computer's
//! verifier decides, which knows the added ones too.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use rustls::{DigitallySignedStruct, OtherError, RootCertStore, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use rustls_platform_verifier::Verifier;

#[derive(Debug)]
pub(crate) struct Added {
    authorities: Vec<CertificateDer<'static>>,
    own: Arc<WebPkiServerVerifier>,
    /// Made when the added ones do not vouch for somebody.
    all: OnceLock<Arc<Verifier>>,
    provider: Arc<CryptoProvider>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Added {
    pub(crate) fn new(
        authorities: &[CertificateDer<'static>],
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, rustls::Error> {
        let mut roots = RootCertStore::empty();
        for authority in authorities {
            roots.add(authority.clone())?;
        }
        let own = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
            .build()
            .map_err(|error| rustls::Error::Other(OtherError(Arc::new(error))))?;
        Ok(Self {
            authorities: authorities.to_vec(),
            own,
            all: OnceLock::new(),
            algorithms: provider.signature_verification_algorithms,
            provider,
        })
    }

    fn all(&self) -> Result<Arc<Verifier>, rustls::Error> {
        if let Some(all) = self.all.get() {
            return Ok(all.clone());
        }
        let all = Verifier::new_with_extra_roots(self.authorities.iter().cloned(), self.provider.clone())?;
        Ok(self.all.get_or_init(|| Arc::new(all)).clone())
    }
}

impl ServerCertVerifier for Added {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let vouched = self
            .own
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        match vouched {
            Ok(verified) => Ok(verified),
            Err(_) => {
                self.all()?
                    .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
