//! Signing in: AUTH PLAIN (RFC 5034), USER and PASS (RFC 1939, section 7), or AUTH LOGIN where nothing else is left;
//! CRAM-MD5 where it is asked for, or where there is no encryption.
//!
//! Each password is tried once. A second way of saying the same password would count as a second wrong guess, and
//! some servers lock a person out after three.

use secrecy::{ExposeSecret, zeroize::Zeroizing};
use waxwing_model::Authentication;

use super::{
    answer::{Answer, Refusal},
    capabilities::Capabilities,
    dialogue::Dialogue,
};
use crate::{Credentials, RemoteError, cram_md5, sasl};

const DOING: &str = "signing in to the POP3 server";

/// A command line of 255 octets with its end is the longest that RFC 5034, section 4, allows.
const LONGEST_COMMAND: usize = 253;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Plain,
    User,
    Login,
    CramMd5,
}

pub(super) async fn sign_in(
    dialogue: &mut Dialogue,
    offered: &Capabilities,
    wanted: Authentication,
    credentials: &Credentials,
) -> Result<(), RemoteError> {
    let way =
        way(offered, wanted, dialogue.lines.is_encrypted()).ok_or_else(|| RemoteError::MethodRefused {
            offered: offered.ways(),
        })?;
    let refused = |refusal: Refusal| refusal.into_sign_in_error(offered.coded_sign_in, DOING);
    match way {
        Way::User => {
            dialogue
                .ask(&format!("USER {}", credentials.username), DOING)
                .await?
                .map_err(refused)?;
            let pass = Zeroizing::new(format!("PASS {}", credentials.password.expose_secret()));
            dialogue.ask(&pass, DOING).await?.map_err(refused)?;
            Ok(())
        }
        Way::Plain => {
            let message = sasl::plain(credentials)?;
            let whole = Zeroizing::new(format!("AUTH PLAIN {}", message.as_str()));
            if whole.len() <= LONGEST_COMMAND {
                converse(dialogue, &whole, |_| None).await?.map_err(refused)
            } else {
                let mut message = Some(message);
                converse(dialogue, "AUTH PLAIN", |_| message.take())
                    .await?
                    .map_err(refused)
            }
        }
        Way::Login => {
            let mut messages = sasl::login(credentials).into_iter();
            converse(dialogue, "AUTH LOGIN", |_| messages.next())
                .await?
                .map_err(refused)
        }
        Way::CramMd5 => {
            // One challenge only: who asks on is collecting proofs.
            let mut asked = false;
            let proof = |challenge: &str| {
                (!std::mem::replace(&mut asked, true))
                    .then(|| cram_md5::answer(credentials, challenge.as_bytes()))
                    .flatten()
            };
            converse(dialogue, "AUTH CRAM-MD5", proof).await?.map_err(refused)
        }
    }
}

/// `None`: the settings and the server have nothing in common.
fn way(offered: &Capabilities, wanted: Authentication, encrypted: bool) -> Option<Way> {
    let plain = offered.offers("PLAIN").then_some(Way::Plain);
    let user = offered.takes_user().then_some(Way::User);
    let login = offered.offers("LOGIN").then_some(Way::Login);
    let proof = offered.offers("CRAM-MD5").then_some(Way::CramMd5);
    match wanted {
        // Where anybody can read along, the password itself had better not be said.
        Authentication::Auto if !encrypted => proof.or(plain).or(user).or(login),
        Authentication::Auto => plain.or(user).or(login).or(proof),
        Authentication::Plain => plain.or(user).or(login),
        Authentication::Login => user.or(login),
        Authentication::CramMd5 => proof,
        Authentication::None => None,
    }
}

/// One SASL conversation: a message for each challenge, until the server has heard enough.
async fn converse(
    dialogue: &mut Dialogue,
    command: &str,
    mut message: impl FnMut(&str) -> Option<Zeroizing<String>>,
) -> Result<Result<(), Refusal>, RemoteError> {
    dialogue.begin(DOING)?;
    dialogue.tell(command, DOING).await?;
    loop {
        match dialogue.answer(DOING).await? {
            Answer::Ok(_) => {
                dialogue.end();
                return Ok(Ok(()));
            }
            Answer::Refused(refusal) => {
                dialogue.end();
                return Ok(Err(refusal));
            }
            Answer::Challenge(challenge) => match message(&challenge) {
                Some(message) => dialogue.tell(&message, DOING).await?,
                None => {
                    return Err(RemoteError::protocol(
                        DOING,
                        "the server asks what there is no answer to",
                    ));
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offering(lines: &[&str]) -> Capabilities {
        Capabilities::parse(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_way_follows_what_is_offered_and_what_is_wanted() {
        let all = offering(&["USER", "SASL PLAIN LOGIN CRAM-MD5"]);
        assert_eq!(way(&all, Authentication::Auto, true), Some(Way::Plain));
        assert_eq!(
            way(&all, Authentication::Auto, false),
            Some(Way::CramMd5),
            "a listener learns less"
        );
        assert_eq!(way(&all, Authentication::Login, true), Some(Way::User));
        assert_eq!(way(&all, Authentication::CramMd5, true), Some(Way::CramMd5));
        assert_eq!(
            way(&offering(&["USER"]), Authentication::CramMd5, true),
            None,
            "asked for and not there"
        );
        assert_eq!(
            way(&offering(&["USER"]), Authentication::Plain, true),
            Some(Way::User)
        );
        assert_eq!(
            way(&offering(&["SASL LOGIN"]), Authentication::Auto, true),
            Some(Way::Login)
        );
        assert_eq!(
            way(&Capabilities::default(), Authentication::Auto, true),
            Some(Way::User),
            "no CAPA at all"
        );
        assert_eq!(
            way(&offering(&["SASL XOAUTH2"]), Authentication::Auto, true),
            None
        );
        assert_eq!(
            way(&all, Authentication::None, true),
            None,
            "a maildrop without an owner there is not"
        );
    }
}
