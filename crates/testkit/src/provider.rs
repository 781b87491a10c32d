//! A provider that signs people in (OAuth 2.0), at `login.nordlicht.test` in a small internet: its description (RFC 8414), client
//! ids for whoever asks (RFC 7591), the page where a person agrees or does not, tokens with PKCE, fresh ones with and without
//! rotation, what it knows of a person, taking back (RFC 7009), and introspection (RFC 7662) for the mail server. It counts what it is asked, and does on
//! request what no good provider does.
//!
//! The person in the browser is played by [`Provider::browse`]: what happens between a browser and a provider is their affair.

mod browser;
mod desk;
mod rules;

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use crate::Internet;
use crate::web::{Page, WebServer};

pub use browser::Decision;
use desk::Desk;
pub use desk::Heard;

/// Where the usual one stands.
pub const HOST: &str = "login.nordlicht.test";

/// How it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderOptions {
    /// Where it stands.
    pub host: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How long an access token is good, as it says.
    pub lifetime: Duration,
    /// Whether each refresh token is good once, and another one comes with each answer.
    pub rotates: bool,
    /// Whether it gives client ids to whoever asks.
    pub registers: bool,
    /// Whether each answer says whose it is (RFC 9207).
    pub says_who: bool,
    /// Whether it tells programs who has signed in.
    pub names_people: NamesPeople,
}

/// Where programs are told who has signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesPeople {
    /// By an ID token, and at its page about people.
    Everywhere,
    /// At the page alone.
    AtItsPage,
    Nowhere,
}

impl Default for ProviderOptions {
    fn default() -> Self {
        ProviderOptions {
            host: HOST,
            name: "Nordlicht",
            lifetime: Duration::from_secs(3_600),
            rotates: false,
            registers: true,
            says_who: true,
            names_people: NamesPeople::Everywhere,
        }
    }
}

/// What it does with the next question for a token, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mood {
    /// It answers with this page and does nothing.
    Says(Page),
    /// It does what it was asked, and its answer comes so late.
    AnswersLate(Duration),
    /// It does what it was asked, and never answers.
    NeverAnswers,
}

/// A provider in an internet. It is known there as long as the internet stands.
pub struct Provider {
    desk: Arc<Mutex<Desk>>,
    introspection: WebServer,
}

impl Provider {
    /// Opens a provider in this internet.
    pub async fn open(internet: &Internet, options: ProviderOptions) -> io::Result<Provider> {
        let host = options.host;
        let desk = Arc::new(Mutex::new(Desk::new(options)));
        let (web, inside) = (Arc::clone(&desk), Arc::clone(&desk));
        internet.publish_all(host, move |asked| rules::answer(&mut lock(&web), asked));
        // The mail server asks from within, where there is no TLS.
        let introspection =
            WebServer::start_plain(move |asked| rules::introspect(&mut lock(&inside), asked)).await?;
        Ok(Provider { desk, introspection })
    }

    /// Of the usual one.
    pub fn issuer() -> String {
        format!("https://{HOST}")
    }

    /// Where a mail server asks what a token is worth.
    pub fn introspection(&self) -> String {
        format!("http://127.0.0.1:{}/introspect", self.introspection.port())
    }

    /// As Waxwing's file about a provider has it: its issuer, which is asked for the rest. `client` is a client id that is known
    /// to it, if one came with the program.
    pub fn file(&self, hosts: &[&str], client: Option<&str>) -> Value {
        let mut desk = lock(&self.desk);
        if let Some(client) = client {
            desk.clients.push(client.to_owned());
        }
        json!({
            "name": desk.options.name,
            "hosts": hosts,
            "issuer": desk.issuer(),
            "scopes": ["mail", "openid", "email"],
            "client_id": client,
        })
    }

    /// The same with all that could be asked, so that nobody is asked for it, and no client id is given to whoever asks.
    pub fn whole_file(&self, hosts: &[&str], client: Option<&str>) -> Value {
        let mut file = self.file(hosts, client);
        let at = |path: &str| lock(&self.desk).at(path);
        let further = json!({
            "authorization": at("authorize"),
            "token": at("token"),
            "person": at("userinfo"),
            "revocation": at("revoke"),
            "own_client": at("clients"),
            "app_password": {
                "page": at("passwords"),
                "words": "Nordlicht makes a password for mail programs: choose “New password”, and copy what is shown.",
            },
        });
        if let (Some(file), Value::Object(further)) = (file.as_object_mut(), further) {
            file.extend(further);
        }
        file
    }

    /// Makes a client id known, as its page for developers would.
    pub fn knows_client(&self, client: &str) {
        lock(&self.desk).clients.push(client.to_owned());
    }

    /// Takes back all that this person has granted: tokens, and what fresh ones come from.
    pub fn revoke(&self, person: &str) {
        let mut desk = lock(&self.desk);
        desk.access.retain(|_, token| token.person != person);
        desk.refresh.retain(|_, grant| grant.person != person);
    }

    /// Access tokens are good no longer, though they were said to be. Fresh ones can be had.
    pub fn forget_access(&self) {
        lock(&self.desk).access.clear();
    }

    /// Mail servers are told that no token is good, whatever it is.
    pub fn disown_all(&self, disowns: bool) {
        lock(&self.desk).disowns = disowns;
    }

    pub fn set_lifetime(&self, lifetime: Duration) {
        lock(&self.desk).options.lifetime = lifetime;
    }

    /// What the next questions for tokens meet, in their order.
    pub fn expect_moods(&self, moods: impl IntoIterator<Item = Mood>) {
        lock(&self.desk).moods.extend(moods);
    }

    /// What it was asked so far.
    pub fn heard(&self) -> Heard {
        lock(&self.desk).heard
    }

    /// Every secret that it has given out: codes and tokens.
    pub fn secrets(&self) -> Vec<String> {
        lock(&self.desk).given_out.clone()
    }

    /// Plays the person in the browser: opens this address, decides, and follows where it leads. Gives the page that is shown at
    /// the end.
    pub async fn browse(&self, address: &str, decision: Decision) -> io::Result<String> {
        let to = browser::decide(&mut lock(&self.desk), address, &decision).map_err(io::Error::other)?;
        browser::follow(&to).await
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
