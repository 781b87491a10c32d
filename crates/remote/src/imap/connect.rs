//! From settings to a session: connect, encrypt, sign in, and ask what the server can do.

use std::time::Duration;

use waxwing_model::ServerSettings;

use super::Session;
use super::capabilities::Capabilities;
use super::command::Command;
use super::exchange::Exchange;
use super::sign_in::sign_in;
use super::starttls::starttls;
use crate::dial;
use crate::tls::Connected;
use crate::{Credentials, RemoteError, Trust, Wire, tls, wire};

const COMPRESS: &str = "COMPRESS=DEFLATE";

/// Whether the server is still to greet. After STARTTLS it does not greet again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greeting {
    Due,
    Heard,
}

/// How long the server may be silent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub(super) connecting: Duration,
    pub(super) afterwards: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connecting: dial::PATIENCE,
            afterwards: wire::SILENCE,
        }
    }
}

impl Session {
    /// Connects and signs in. Nothing of worth is said before the certificate is checked, unless the settings
    /// say that there is no encryption.
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
        match tls::connect(server, trust).await? {
            Connected::Ready(wire) => {
                Self::over(wire, Greeting::Due, server, credentials, Patience::default()).await
            }
            Connected::MustUpgrade(clear) => {
                let wire = starttls(clear, trust).await?;
                Self::over(wire, Greeting::Heard, server, credentials, Patience::default()).await
            }
        }
    }

    pub(super) async fn over(
        wire: Wire,
        greeting: Greeting,
        server: &ServerSettings,
        credentials: &Credentials,
        patience: Patience,
    ) -> Result<Self, RemoteError> {
        let mut exchange = Exchange::new(wire, patience.connecting);
        if greeting == Greeting::Due {
            exchange.greeting("connecting").await?;
        }
        let mut session = Self {
            exchange,
            capabilities: Capabilities::default(),
            selected: None,
            namespaces: None,
        };
        session.learn_capabilities().await?;
        // What was told before the sign-in does not count after it (RFC 9051, section 6.2.2).
        session.exchange.news.forget_capabilities();
        sign_in(
            &mut session.exchange,
            &session.capabilities,
            server.authentication,
            credentials,
        )
        .await?;
        session.learn_capabilities().await?;
        session.introduce().await?;
        if session.capabilities.has(COMPRESS) {
            session.exchange.compress().await?;
        }
        session.exchange.set_silence(patience.afterwards);
        Ok(session)
    }

    /// Takes the capabilities that came by themselves, or asks.
    async fn learn_capabilities(&mut self) -> Result<(), RemoteError> {
        let mut told = self.exchange.news.take_capabilities();
        if told.is_none() {
            let command = Command::new("asking what the server can do", "CAPABILITY");
            self.exchange.run(command, &mut |_| false).await?;
            told = self.exchange.news.take_capabilities();
        }
        self.capabilities = told.unwrap_or_default();
        self.exchange.literal_at_once = self.capabilities.literal_at_once();
        if self.capabilities.only_rev2() {
            self.exchange.news.speak_utf8();
        }
        Ok(())
    }

    /// ID (RFC 2971): some providers serve nobody who has not said who he is. Nothing of the person is in it.
    async fn introduce(&mut self) -> Result<(), RemoteError> {
        if !self.capabilities.has("ID") {
            return Ok(());
        }
        let who = concat!(
            "ID (\"name\" \"Waxwing\" \"version\" \"",
            env!("CARGO_PKG_VERSION"),
            "\")"
        );
        const DOING: &str = "introducing ourselves";
        // What it says does not matter, a refusal included, so nobody waits for it; but the stream does not change under an
        // answer that is still to come.
        if self.capabilities.has(COMPRESS) {
            self.exchange
                .attempt(Command::new(DOING, who), &mut |_| false)
                .await
                .map(drop)
        } else {
            self.exchange.say_ahead(DOING, who).await
        }
    }
}
