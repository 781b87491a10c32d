//! The two calls with which async-imap brings a connection further: the sign-in, and compression (RFC 4978).
//!
//! Not here: which way of signing in is taken, and what a refusal means (`sign_in`).

use std::mem;
use std::time::Duration;

use async_imap::{Authenticator, DeflateStream};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use super::cancel::Cancel;
use super::dialogue::Dialogue;
use super::exchange::Exchange;
use super::response::{Condition, Response, State};
use super::tap::{Manner, Tap};
use crate::sasl::Conversation;
use crate::{Credentials, RemoteError, Wire};

const SIGNING_IN: &str = "signing in";
const A_DAY: Duration = Duration::from_secs(86_400);

impl Exchange {
    /// The LOGIN command. Its strings are quoted whatever they hold (UTF-8 in them is RFC 9051's, section 4.3).
    pub(super) async fn login(&mut self, credentials: &Credentials) -> Result<Condition, RemoteError> {
        let password = credentials.password.expose_secret();
        if [credentials.username.as_str(), password]
            .iter()
            .any(|string| string.contains(['\r', '\n', '\0']))
        {
            return Err(RemoteError::refused(
                SIGNING_IN,
                "a line end cannot be part of a user name or password",
            ));
        }
        let client = self.take_client()?;
        match client.login(&credentials.username, password).await {
            Ok(session) => self.enter(session),
            Err((_, client)) => self.stay(client),
        }
    }

    /// AUTHENTICATE (RFC 9051, section 6.2.2). `longest` is the room for the first message behind the mechanism's name;
    /// there is none where the server takes no message there (SASL-IR, RFC 4959).
    pub(super) async fn authenticate(
        &mut self,
        conversation: &mut Conversation,
        longest: usize,
    ) -> Result<Condition, RemoteError> {
        let opening = conversation.command(longest);
        let mut client = self.take_client()?;
        let cancel = Cancel::default();
        client.get_mut().set_cancel(Some(cancel.clone()));
        let respondent = Respondent { conversation, cancel };
        let outcome = match client.authenticate(opening.as_str(), respondent).await {
            Ok(session) => self.enter(session),
            Err((_, client)) => self.stay(client),
        };
        if let Ok(tap) = self.tap(SIGNING_IN) {
            tap.set_cancel(None);
        }
        outcome
    }

    fn take_client(&mut self) -> Result<async_imap::Client<Tap>, RemoteError> {
        self.begin(SIGNING_IN)?;
        match mem::replace(&mut self.dialogue, Dialogue::Over) {
            Dialogue::Greeted(mut client) => {
                client.get_mut().set_manner(Manner::UntaggedApart);
                Ok(client)
            }
            dialogue => {
                self.dialogue = dialogue;
                Err(RemoteError::closed(SIGNING_IN))
            }
        }
    }

    fn enter(&mut self, mut session: async_imap::Session<Tap>) -> Result<Condition, RemoteError> {
        session.get_mut().set_manner(Manner::Each);
        self.dialogue = Dialogue::SignedIn(session);
        self.conclude()
    }

    fn stay(&mut self, client: async_imap::Client<Tap>) -> Result<Condition, RemoteError> {
        self.dialogue = Dialogue::Greeted(client);
        self.conclude()
    }

    fn conclude(&mut self) -> Result<Condition, RemoteError> {
        let condition = self.hear_out(SIGNING_IN, &mut |_| false)?;
        self.end(&condition);
        Ok(condition)
    }

    /// Has both sides compress from now on. A server that refuses goes on without.
    pub(super) async fn compress(&mut self) -> Result<(), RemoteError> {
        const DOING: &str = "asking for compression";
        self.begin(DOING)?;
        let Dialogue::SignedIn(mut session) = mem::replace(&mut self.dialogue, Dialogue::Over) else {
            return Err(RemoteError::closed(DOING));
        };
        session.get_mut().set_manner(Manner::AlwaysWell);
        let silence = self.silence;
        let mut agreed = false;
        let session = session
            .compress(|deflate| above(deflate, silence, &mut agreed))
            .await;
        // The stream has gone with the error, and with it what there would be to tell.
        let session = session.map_err(|_| RemoteError::closed(DOING))?;
        self.dialogue = Dialogue::SignedIn(session);
        self.compressed = agreed;
        self.unfinished = false;
        Ok(())
    }
}

/// The stream of a session that was to be compressed: with compression or, where that was refused, as it was.
fn above(mut deflate: DeflateStream<Tap>, silence: Duration, agreed: &mut bool) -> Tap {
    let beneath = deflate.get_mut();
    while let Some(frame) = beneath.take_heard() {
        if let Some(Response::Done(condition)) = Response::read(&frame) {
            *agreed = condition.state == State::Ok;
        }
    }
    if !*agreed {
        let mut tap = deflate.into_inner();
        tap.set_manner(Manner::Each);
        return tap;
    }
    beneath.set_manner(Manner::Beneath);
    // The silence is measured above; a second clock beneath would only ring too soon.
    beneath.wire_mut().set_patience(A_DAY);
    let (peer, encrypted) = (beneath.wire().peer(), beneath.wire().is_encrypted());
    let mut wire = Wire::new(Box::new(deflate), peer, encrypted);
    wire.set_patience(silence);
    Tap::new(wire)
}

/// Answers in async-imap's name.
struct Respondent<'a> {
    conversation: &'a mut Conversation,
    cancel: Cancel,
}

impl Authenticator for Respondent<'_> {
    type Response = Zeroizing<Vec<u8>>;

    /// A hash of many rounds keeps this task's thread busy for a moment: async-imap does not wait for an answer.
    fn process(&mut self, challenge: &[u8]) -> Self::Response {
        self.conversation.reply(challenge).unwrap_or_else(|| {
            self.cancel.ask();
            Zeroizing::new(Vec::new())
        })
    }
}
