//! From nothing to a signed-in session: greeting, encryption, capabilities, signing in, capabilities again.
//!
//! Not here: the signing in itself (`sign_in`), TCP and TLS.

use waxwing_model::{Security, ServerSettings};

use super::{answer::Answer, capabilities::Capabilities, dialogue::Dialogue, session::Session};
use crate::{
    Credentials, RemoteError, Trust, Wire,
    cleartext::Cleartext,
    lines::Lines,
    tls::{self, Connected},
};

const GREETING: &str = "waiting for the greeting of the POP3 server";

impl Session {
    /// Connects and signs in. With [`Security::StartTls`] nothing but STLS is said before TLS stands, and what was
    /// heard before it is forgotten.
    pub async fn connect(
        server: &ServerSettings,
        credentials: &Credentials,
        trust: &Trust,
    ) -> Result<Self, RemoteError> {
        match Self::begin(server, credentials, trust).await {
            Err(error) => Err(tls::explain(server, trust, error).await),
            begun => begun,
        }
    }

    async fn begin(
        server: &ServerSettings,
        credentials: &Credentials,
        trust: &Trust,
    ) -> Result<Self, RemoteError> {
        let dialogue = match tls::connect(server, trust).await? {
            Connected::Ready(wire) => greeted(wire).await?,
            // There is no second greeting behind STLS (RFC 2595, section 4).
            Connected::MustUpgrade(clear) => Dialogue::new(Lines::new(upgraded(clear, trust).await?)),
        };
        Self::open(dialogue, server, credentials).await
    }

    pub(super) async fn open(
        mut dialogue: Dialogue,
        server: &ServerSettings,
        credentials: &Credentials,
    ) -> Result<Self, RemoteError> {
        if server.security != Security::Plain && !dialogue.lines.is_encrypted() {
            return Err(RemoteError::tls_refused(
                &server.host,
                "the connection is not encrypted",
            ));
        }
        let offered = capabilities(&mut dialogue).await?;
        if offered.utf8 {
            // Before signing in (RFC 6856, section 2.1), or letters in UTF-8 would come rewritten or not at all. A server
            // that thinks better of it is as good as one that never offered it.
            let _ = dialogue.ask("UTF8", "asking for letters in UTF-8").await?;
        }
        super::sign_in::sign_in(&mut dialogue, &offered, server.authentication, credentials).await?;
        // What holds after signing in may differ (RFC 2449, section 5): PIPELINING often does.
        let capabilities = capabilities(&mut dialogue).await?;
        Ok(Self {
            dialogue,
            capabilities,
            sizes: Default::default(),
        })
    }
}

/// The greeting. A server in trouble greets with -ERR, and its words say why (RFC 2449, section 8).
pub(super) async fn greeted(wire: Wire) -> Result<Dialogue, RemoteError> {
    let mut dialogue = Dialogue::new(Lines::new(wire));
    match dialogue.verdict(GREETING).await? {
        Ok(words) => {
            dialogue.timestamp = super::apop::timestamp(&words);
            Ok(dialogue)
        }
        Err(refusal) => Err(refusal.into_error(GREETING)),
    }
}

/// STLS (RFC 2595, section 4). It is asked for without looking at CAPA: in clear that list is worth nothing, and
/// without encryption we do not go on anyway.
async fn upgraded(mut clear: Cleartext, trust: &Trust) -> Result<Wire, RemoteError> {
    let host = clear.host().to_owned();
    let greeting = clear.read_line().await?;
    match Answer::parse(greeting.as_bytes()) {
        Some(Answer::Ok(_)) => {}
        Some(Answer::Refused(refusal)) => return Err(refusal.into_error(GREETING)),
        _ => return Err(RemoteError::protocol(GREETING, greeting)),
    }
    clear.write_line("STLS").await?;
    let answer = clear.read_line().await?;
    match Answer::parse(answer.as_bytes()) {
        Some(Answer::Ok(_)) => clear.upgrade(trust).await,
        _ => Err(RemoteError::tls_refused(&host, answer)),
    }
}

/// CAPA. A server that does not know it can still do all that RFC 1939 wants.
async fn capabilities(dialogue: &mut Dialogue) -> Result<Capabilities, RemoteError> {
    let listing = dialogue
        .ask_listing("CAPA", "asking what the POP3 server can do")
        .await?;
    Ok(listing
        .map(|lines| Capabilities::parse(&lines))
        .unwrap_or_default())
}
