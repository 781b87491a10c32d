//! One sign-in under way, in the shape that IMAP, POP3 and SMTP share: messages in base64, one for each challenge, `*`
//! to give up (RFC 9051, section 6.2.2; RFC 5034, section 4; RFC 4954, section 4).
//!
//! Whoever leads it sends [`Conversation::command`] behind the protocol's own word, then an [`Conversation::answer`] for
//! each challenge, until the server says yes ([`Conversation::accepted`]) or no ([`Conversation::refused`]).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::zeroize::Zeroizing;

use super::{DOING, Mechanism, Secret};
use crate::RemoteError;

pub(crate) struct Conversation {
    name: &'static str,
    /// Away only while an answer is worked out.
    mechanism: Option<Box<dyn Mechanism>>,
    /// The client's first message, until the server has surely read it.
    first: Option<Zeroizing<String>>,
    /// Whether it stood in the command itself.
    begun: bool,
    /// Whether a challenge has found us without an answer. A refusal that follows says more than that.
    spent: bool,
    /// Why we have given up, once we have.
    trouble: Option<RemoteError>,
}

impl Conversation {
    pub(crate) fn new(mut mechanism: Box<dyn Mechanism>) -> Self {
        Self {
            name: mechanism.name(),
            first: mechanism.initial().map(|message| encoded(&message)),
            mechanism: Some(mechanism),
            begun: false,
            spent: false,
            trouble: None,
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The mechanism's name, and the first message behind it where there is one and both fit into `longest` octets.
    /// What does not fit is the answer to the first challenge.
    pub(crate) fn command(&mut self, longest: usize) -> Zeroizing<String> {
        let Some(first) = &self.first else {
            return Zeroizing::new(self.name.to_owned());
        };
        if self.name.len() + 1 + first.len() > longest {
            return Zeroizing::new(self.name.to_owned());
        }
        self.begun = true;
        Zeroizing::new([self.name, " ", first.as_str()].concat())
    }

    /// The line that answers a challenge, both in base64. After a `*` the server has to refuse; one that asks on is not
    /// answered again.
    pub(crate) async fn answer(&mut self, challenge: &[u8]) -> Result<Zeroizing<String>, RemoteError> {
        if self.trouble.is_some() {
            return Err(RemoteError::protocol(
                DOING,
                "the server asks for more than there is to say",
            ));
        }
        let heeds = self.mechanism.as_ref().is_some_and(|one| one.heeds_challenges());
        if let Some(first) = self.first.take()
            // Some servers overlook the message in the command and ask for it with nothing.
            && (!self.begun || !heeds || challenge.is_empty())
        {
            return Ok(first);
        }
        let answer = match STANDARD.decode(challenge) {
            Ok(challenge) => self.worked_out(challenge).await,
            Err(_) if !heeds => self.worked_out(Vec::new()).await,
            Err(_) => Err(RemoteError::protocol(DOING, "a challenge that is none")),
        };
        match answer {
            Ok(Some(message)) => Ok(encoded(&message)),
            Ok(None) => Ok(self.give_up(RemoteError::protocol(
                DOING,
                "the server asks what there is no answer to",
            ))),
            Err(error) => Ok(self.give_up(error)),
        }
    }

    /// The server says yes. An error here means that it is not the server we know, and the connection must end.
    pub(crate) fn accepted(self) -> Result<(), RemoteError> {
        match (self.trouble, self.mechanism) {
            (Some(trouble), _) => Err(trouble),
            (None, _) if self.spent => Err(RemoteError::protocol(
                DOING,
                "the server takes a sign-in that was taken back",
            )),
            (None, Some(mut mechanism)) => mechanism.accept(None),
            (None, None) => Err(RemoteError::closed(DOING)),
        }
    }

    /// The server says no, which alone would mean `plainly`: what is really the matter.
    pub(crate) fn refused(self, plainly: RemoteError) -> RemoteError {
        self.trouble
            .or_else(|| self.mechanism.and_then(|mechanism| mechanism.reason()))
            .unwrap_or(plainly)
    }

    /// The same for a caller that speaks bytes and cannot wait. `None`: take the sign-in back.
    pub(crate) fn reply(&mut self, challenge: &[u8]) -> Option<Secret> {
        if self.trouble.is_some() || self.spent {
            return None;
        }
        let heeds = self.mechanism.as_ref().is_some_and(|one| one.heeds_challenges());
        if let Some(first) = self.first.take()
            && (!self.begun || !heeds || challenge.is_empty())
        {
            return STANDARD.decode(first.as_bytes()).ok().map(Zeroizing::new);
        }
        let answer = match &mut self.mechanism {
            Some(mechanism) => mechanism.answer(challenge),
            None => Err(RemoteError::closed(DOING)),
        };
        match answer {
            Ok(Some(message)) => return Some(message),
            Ok(None) => self.spent = true,
            Err(error) => self.trouble = Some(error),
        }
        None
    }

    fn give_up(&mut self, why: RemoteError) -> Zeroizing<String> {
        self.trouble = Some(why);
        Zeroizing::new("*".to_owned())
    }

    /// On a thread that may be busy: millions of rounds of a hash, which a server may ask for, take a second.
    async fn worked_out(&mut self, challenge: Vec<u8>) -> Result<Option<Secret>, RemoteError> {
        let mut mechanism = self.mechanism.take().ok_or_else(|| RemoteError::closed(DOING))?;
        let work = tokio::task::spawn_blocking(move || {
            let answer = mechanism.answer(&challenge);
            (mechanism, answer)
        });
        let (mechanism, answer) = work.await.map_err(|_| RemoteError::closed(DOING))?;
        self.mechanism = Some(mechanism);
        answer
    }
}

fn encoded(message: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Credentials;
    use crate::sasl::{cram_md5::CramMd5, login::Login, plain::Plain};

    fn lena() -> Credentials {
        Credentials {
            username: "lena".into(),
            password: "correct horse".into(),
        }
    }

    fn plain() -> Conversation {
        Conversation::new(Box::new(Plain::new(&lena()).unwrap()))
    }

    #[tokio::test]
    async fn the_first_message_stands_in_the_command_or_behind_the_first_challenge() {
        assert_eq!(
            plain().command(100).as_str(),
            "PLAIN AGxlbmEAY29ycmVjdCBob3JzZQ=="
        );
        let mut talk = plain();
        assert_eq!(talk.command(20).as_str(), "PLAIN", "it does not fit");
        assert_eq!(
            talk.answer(b"").await.unwrap().as_str(),
            "AGxlbmEAY29ycmVjdCBob3JzZQ=="
        );
        talk.accepted().expect("the server is content, and so are we");
    }

    #[tokio::test]
    async fn a_server_that_overlooks_the_first_message_hears_it_once_more_and_not_twice() {
        let mut talk = plain();
        talk.command(100);
        assert_eq!(
            talk.answer(b"go on!").await.unwrap().as_str(),
            "AGxlbmEAY29ycmVjdCBob3JzZQ=="
        );
        assert_eq!(talk.answer(b"").await.unwrap().as_str(), "*");
        assert!(talk.answer(b"").await.is_err(), "who asks on after that is left");
    }

    #[tokio::test]
    async fn prompts_of_login_may_be_anything_and_a_third_is_refused() {
        let mut talk = Conversation::new(Box::new(Login::new(&lena())));
        assert_eq!(talk.command(100).as_str(), "LOGIN");
        assert_eq!(talk.answer(b"VXNlcm5hbWU6").await.unwrap().as_str(), "bGVuYQ==");
        assert_eq!(
            talk.answer(b"your password, please").await.unwrap().as_str(),
            "Y29ycmVjdCBob3JzZQ=="
        );
        assert_eq!(talk.answer(b"").await.unwrap().as_str(), "*");
        let error = talk.refused(RemoteError::authentication_failed("no"));
        assert!(
            matches!(error, RemoteError::Protocol { .. }),
            "we gave up, so the password is not to blame: {error}"
        );
    }

    #[tokio::test]
    async fn garbage_is_not_signed_and_success_after_giving_up_is_none() {
        let mut talk = Conversation::new(Box::new(CramMd5::new(&lena())));
        talk.command(100);
        assert_eq!(talk.answer(b"!!!").await.unwrap().as_str(), "*");
        assert!(
            talk.accepted().is_err(),
            "who lets us in without a proof is not believed"
        );
    }

    #[tokio::test]
    async fn a_refusal_keeps_its_own_meaning_where_nothing_better_is_known() {
        let talk = plain();
        let error = talk.refused(RemoteError::authentication_failed("no"));
        assert!(
            matches!(error, RemoteError::AuthenticationFailed { .. }),
            "{error}"
        );
    }
}
