//! TLS: from the first byte, or around a connection that has asked for it in clear (see `cleartext`).
//!
//! Not here: whom we believe (`trust`).

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use rustls::{ClientConnection, ProtocolVersion};
use rustls_pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use waxwing_model::{RefusedCertificate, Security, ServerSettings};

use crate::binding::ChannelBinding;
use crate::cleartext::Cleartext;
use crate::dial::{PATIENCE, dial, dial_at};
use crate::overheard::{Overheard, Speaks, is_web};
use crate::trust::Encryption;
use crate::wire::{Channel, Wire};
use crate::{CertificateProblem, RemoteError, Trust, certificate};

/// How long a port that said nothing may take to show that it wants TLS.
const SECOND_LOOK: Duration = Duration::from_secs(5);

/// A fresh connection, as the settings want it.
#[derive(Debug)]
pub enum Connected {
    /// Encrypted from the first byte, or left in clear by an explicit choice: ready for the protocol.
    Ready(Wire),
    /// STARTTLS or STLS has to come first, and nothing else may.
    MustUpgrade(Cleartext),
}

/// Connects. With [`Security::Tls`] the handshake is done and the certificate checked.
pub async fn connect(server: &ServerSettings, trust: &Trust) -> Result<Connected, RemoteError> {
    let host = ascii(&server.host);
    // Reading this computer's authorities takes a moment.
    let prepared = async {
        if server.security != Security::Plain {
            trust.prepare().await;
        }
    };
    let (stream, ()) = tokio::join!(reach(&host, server.port, trust), prepared);
    begin(stream?, &host, server.security, trust).await
}

async fn reach(host: &str, port: u16, trust: &Trust) -> Result<TcpStream, RemoteError> {
    let Some(names) = trust.names() else {
        return dial(host, port).await;
    };
    let found = names.addresses(host).await;
    let addresses = found.map_err(|error| RemoteError::Unreachable {
        host: host.to_owned(),
        port,
        source: io::Error::other(error.to_string()),
    })?;
    let addresses = addresses.into_iter().map(|address| (address, port).into());
    dial_at(addresses.collect(), host, port).await
}

/// The same where the addresses of the host are known already.
pub(crate) async fn connect_at(
    addresses: Vec<IpAddr>,
    server: &ServerSettings,
    trust: &Trust,
) -> Result<Connected, RemoteError> {
    let host = ascii(&server.host);
    let addresses = addresses.into_iter().map(|address| (address, server.port).into());
    let stream = dial_at(addresses.collect(), &host, server.port).await?;
    begin(stream, &host, server.security, trust).await
}

async fn begin(
    stream: TcpStream,
    host: &str,
    security: Security,
    trust: &Trust,
) -> Result<Connected, RemoteError> {
    let peer = stream.peer_addr().ok();
    let in_clear = |stream| Wire::new(Box::new(stream), peer, false);
    Ok(match security {
        Security::Tls => Connected::Ready(encrypt(Box::new(stream), peer, host, trust).await?),
        Security::StartTls => Connected::MustUpgrade(Cleartext::new(in_clear(stream), host)),
        Security::Plain => Connected::Ready(in_clear(stream)),
    })
}

/// A host as resolvers and certificates know it (RFC 5891): `münchen.example` is `xn--mnchen-3ya.example` to them.
pub fn ascii(host: &str) -> String {
    match url::Host::parse(host) {
        Ok(url::Host::Domain(ascii)) if !host.is_ascii() => ascii,
        _ => host.to_owned(),
    }
}

/// Puts TLS around a channel. The name in the certificate must be `host`.
pub async fn encrypt(
    channel: Box<dyn Channel>,
    peer: Option<SocketAddr>,
    host: &str,
    trust: &Trust,
) -> Result<Wire, RemoteError> {
    let name = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .trim_end_matches('.');
    let name = ServerName::try_from(name.to_owned())
        .map_err(|_| RemoteError::tls_refused(host, "this is not a host name"))?;
    let port = peer.map(|peer| peer.port());
    let connector = TlsConnector::from(trust.config_for(host, port)?);
    let handshake = connector.connect(name, Overheard::new(channel)).into_fallible();
    let handshake = tokio::time::timeout(PATIENCE, handshake)
        .await
        .map_err(|_| RemoteError::timed_out("agreeing on encryption"))?;
    match handshake {
        Ok(stream) => {
            let connection = stream.get_ref().1;
            let by_exception = trust.exception(host, port).is_some();
            trust.note(|| encryption(connection, by_exception));
            let binding = ChannelBinding::of(connection);
            Ok(Wire::new(Box::new(stream), peer, true).bound(binding))
        }
        Err((_, overheard)) if overheard.is_web() => Err(wrong_port(host, peer, Speaks::Web)),
        Err((error, _)) => Err(failure(host, peer, &error)),
    }
}

fn encryption(connection: &ClientConnection, by_exception: bool) -> Option<Encryption> {
    let protocol = match connection.protocol_version()? {
        ProtocolVersion::TLSv1_3 => "TLS 1.3".to_owned(),
        ProtocolVersion::TLSv1_2 => "TLS 1.2".to_owned(),
        other => format!("{other:?}"),
    };
    let certificate = connection.peer_certificates()?.first()?;
    Some(Encryption {
        protocol,
        certificate: certificate::facts::facts(certificate),
        by_exception,
    })
}

/// What stands behind a failure to begin, where the server's behaviour tells more than the failure: one that says
/// nothing may wait for TLS, and one that talks nonsense may be a web server.
pub(crate) async fn explain(server: &ServerSettings, trust: &Trust, error: RemoteError) -> RemoteError {
    let speaks = match &error {
        // Only before anything else was understood.
        RemoteError::Protocol { doing, detail } if is_introduction(doing) && is_web(detail) => Speaks::Web,
        RemoteError::TimedOut { .. } if server.security != Security::Tls => {
            let with_tls = ServerSettings {
                security: Security::Tls,
                ..server.clone()
            };
            match tokio::time::timeout(SECOND_LOOK, connect(&with_tls, trust)).await {
                // Whose certificate it is does not matter here.
                Ok(Ok(_) | Err(RemoteError::Certificate { .. })) => Speaks::Tls,
                _ => return error,
            }
        }
        _ => return error,
    };
    RemoteError::WrongPort {
        place: format!("{}:{}", server.host, server.port),
        speaks,
    }
}

/// Whether a server was about to show who it is, as the three protocols call that.
fn is_introduction(doing: &str) -> bool {
    doing == "connecting" || doing.contains("greeting")
}

fn wrong_port(host: &str, peer: Option<SocketAddr>, speaks: Speaks) -> RemoteError {
    RemoteError::WrongPort {
        place: match peer {
            Some(peer) => format!("{host}:{}", peer.port()),
            None => host.to_owned(),
        },
        speaks,
    }
}

fn failure(host: &str, peer: Option<SocketAddr>, error: &io::Error) -> RemoteError {
    match error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
    {
        Some(rustls::Error::InvalidCertificate(error)) => {
            let (problem, shown) = certificate::explained(error);
            let shown = shown.map(|certificate| {
                Box::new(RefusedCertificate {
                    host: host.to_owned(),
                    port: peer.map_or(0, |peer| peer.port()),
                    flaw: problem.flaw(),
                    certificate,
                    accepted: match &problem {
                        CertificateProblem::Changed { accepted } => Some(*accepted),
                        _ => None,
                    },
                })
            });
            RemoteError::Certificate {
                host: host.to_owned(),
                problem,
                shown,
            }
        }
        // A server that speaks plain text at this port greets with something that is no TLS record.
        Some(rustls::Error::InvalidMessage(_)) => wrong_port(host, peer, Speaks::Plain),
        Some(other) => RemoteError::tls_refused(host, other.to_string()),
        None => RemoteError::from_io("agreeing on encryption", error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_in_any_script_has_a_name_on_the_wire() {
        assert_eq!(ascii("mail.münchen.example"), "mail.xn--mnchen-3ya.example");
        for host in ["Mail.Waxwing.test", "127.0.0.1", "[::1]", "::1", "not a host", ""] {
            assert_eq!(ascii(host), host, "what is ASCII stays as it was written");
        }
    }

    #[tokio::test]
    async fn a_port_that_speaks_something_else_is_no_tls() {
        let (near, mut far) = tokio::io::duplex(1024);
        tokio::io::AsyncWriteExt::write_all(&mut far, b"* OK hello, no TLS here\r\n")
            .await
            .expect("it is heard");
        let error = encrypt(Box::new(near), None, "localhost", &Trust::system())
            .await
            .expect_err("a greeting");
        assert!(
            matches!(
                error,
                RemoteError::WrongPort {
                    speaks: Speaks::Plain,
                    ..
                }
            ),
            "{error:?}"
        );
        let (near, mut far) = tokio::io::duplex(1024);
        tokio::io::AsyncWriteExt::write_all(&mut far, b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .expect("it is heard");
        let error = encrypt(Box::new(near), None, "localhost", &Trust::system())
            .await
            .expect_err("a page");
        assert!(
            matches!(
                error,
                RemoteError::WrongPort {
                    speaks: Speaks::Web,
                    ..
                }
            ),
            "{error:?}"
        );
    }
}
