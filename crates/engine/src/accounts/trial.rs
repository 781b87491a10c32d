//! What came of trying a server before it is used: how far the try came, how the connection was encrypted, and what stood in
//! the way. Nothing is saved here.

use waxwing_model::{Authentication, CertificateException, Protocol, ServerSettings, Trouble, TroubleKind};
use waxwing_remote::{Encryption, RemoteError, Trust, imap, pop3, smtp};

use super::shown::Shown;
use crate::error::EngineError;

/// One server, tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    pub server: ServerSettings,
    /// Whether anything answered there.
    pub reached: bool,
    /// `None`: it is not encrypted, or it did not come so far.
    pub encryption: Option<Encryption>,
    pub signed_in: bool,
    /// Of a server that sends, whether it takes letters from this sender as well.
    pub outcome: Result<(), Trouble>,
}

impl Tried {
    /// Whether all that was tried went well.
    pub fn is_ok(&self) -> bool {
        self.outcome.is_ok()
    }

    /// Whether it failed for want of a connection, so that nothing is known of the password.
    pub fn is_unknown(&self) -> bool {
        matches!(&self.outcome, Err(trouble) if trouble.kind == TroubleKind::Unreachable)
    }

    fn of(
        server: &ServerSettings,
        encryption: Option<Encryption>,
        signed_in: bool,
        outcome: Result<(), EngineError>,
    ) -> Self {
        let nobody_there = matches!(
            &outcome,
            Err(EngineError::Remote(RemoteError::Unreachable { .. }))
        );
        Self {
            server: server.clone(),
            reached: !nobody_there,
            encryption,
            signed_in,
            outcome: outcome.map_err(|error| error.trouble()),
        }
    }
}

/// What the person accepted for this server and was really shown there, with what it says of itself.
pub(crate) fn used(
    server: &ServerSettings,
    encryption: Option<&Encryption>,
    accepted: &[CertificateException],
) -> Option<CertificateException> {
    let Encryption {
        certificate,
        by_exception: true,
        ..
    } = encryption?
    else {
        return None;
    };
    // A host in another script is known to certificates by another spelling; the fingerprint is the same.
    let found = accepted.iter().find(|exception| {
        exception.port == server.port && exception.certificate.fingerprint == certificate.fingerprint
    })?;
    Some(CertificateException {
        certificate: certificate.clone(),
        ..found.clone()
    })
}

/// Connects, signs in and leaves.
pub(super) async fn try_incoming(
    protocol: Protocol,
    server: &ServerSettings,
    shown: &Shown,
    trust: Trust,
) -> Tried {
    let (tried, session) = sign_in(protocol, server, shown, trust).await;
    if let Some(session) = session {
        session.logout().await;
    }
    tried
}

/// Connects and signs in. With IMAP the session stays, for whoever has more to ask.
pub(super) async fn sign_in(
    protocol: Protocol,
    server: &ServerSettings,
    shown: &Shown,
    trust: Trust,
) -> (Tried, Option<imap::Session>) {
    let (trust, observation) = trust.observed();
    let credentials = shown.to(server);
    let outcome = async {
        Ok::<_, RemoteError>(match protocol {
            Protocol::Imap => Some(imap::Session::connect(server, &credentials, &trust).await?),
            Protocol::Pop3 => {
                let session = pop3::Session::connect(server, &credentials, &trust).await?;
                // Signed in is signed in, however the goodbye goes.
                let _ = session.quit().await;
                None
            }
            Protocol::Local => None,
        })
    }
    .await;
    let (session, outcome) = match outcome {
        Ok(session) => (session, Ok(())),
        Err(error) => (None, Err(shown.told(server, error))),
    };
    let tried = Tried::of(server, observation.encryption(), outcome.is_ok(), outcome);
    (tried, session)
}

/// Connects, signs in, asks whether letters of this sender are taken, and leaves.
pub(super) async fn try_outgoing(
    server: &ServerSettings,
    shown: Option<&Shown>,
    trust: Trust,
    sender: &str,
) -> Tried {
    let (trust, observation) = trust.observed();
    let shown = shown.filter(|_| server.authentication != Authentication::None);
    let credentials = shown.map(|shown| shown.to(server));
    let rehearsal = smtp::rehearse(server, credentials.as_ref(), &trust, sender).await;
    let outcome = rehearsal.outcome.map_err(|error| match shown {
        Some(shown) => shown.told(server, error),
        None => error.into(),
    });
    Tried::of(server, observation.encryption(), rehearsal.signed_in, outcome)
}
