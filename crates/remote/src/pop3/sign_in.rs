//! Signing in: AUTH PLAIN (RFC 5034), USER and PASS (RFC 1939, section 7), or AUTH LOGIN where nothing else is left.
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
use crate::{Credentials, RemoteError, sasl};

const DOING: &str = "signing in to the POP3 server";

/// A command line of 255 octets with its end is the longest that RFC 5034, section 4, allows.
const LONGEST_COMMAND: usize = 253;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Plain,
    User,
    Login,
}

pub(super) async fn sign_in(
    dialogue: &mut Dialogue,
    offered: &Capabilities,
    wanted: Authentication,
    credentials: &Credentials,
) -> Result<(), RemoteError> {
    let way = way(offered, wanted).ok_or_else(|| RemoteError::MethodRefused {
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
                converse(dialogue, &whole, &[]).await?.map_err(refused)
            } else {
                converse(dialogue, "AUTH PLAIN", &[message])
                    .await?
                    .map_err(refused)
            }
        }
        Way::Login => converse(dialogue, "AUTH LOGIN", &sasl::login(credentials))
            .await?
            .map_err(refused),
    }
}

/// `None`: the settings and the server have nothing in common.
fn way(offered: &Capabilities, wanted: Authentication) -> Option<Way> {
    let plain = offered.offers("PLAIN").then_some(Way::Plain);
    let user = offered.takes_user().then_some(Way::User);
    let login = offered.offers("LOGIN").then_some(Way::Login);
    match wanted {
        Authentication::Auto | Authentication::Plain => plain.or(user).or(login),
        Authentication::Login => user.or(login),
        Authentication::CramMd5 | Authentication::None => None,
    }
}

/// One SASL conversation: a message for each challenge, until the server has heard enough.
async fn converse(
    dialogue: &mut Dialogue,
    command: &str,
    messages: &[Zeroizing<String>],
) -> Result<Result<(), Refusal>, RemoteError> {
    dialogue.begin(DOING)?;
    dialogue.tell(command, DOING).await?;
    let mut messages = messages.iter();
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
            Answer::Challenge(_) => match messages.next() {
                Some(message) => dialogue.tell(message, DOING).await?,
                None => {
                    return Err(RemoteError::protocol(
                        DOING,
                        "the server asks for more than there is to say",
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
        let all = offering(&["USER", "SASL PLAIN LOGIN"]);
        assert_eq!(way(&all, Authentication::Auto), Some(Way::Plain));
        assert_eq!(way(&all, Authentication::Login), Some(Way::User));
        assert_eq!(way(&offering(&["USER"]), Authentication::Plain), Some(Way::User));
        assert_eq!(
            way(&offering(&["SASL LOGIN"]), Authentication::Auto),
            Some(Way::Login)
        );
        assert_eq!(
            way(&Capabilities::default(), Authentication::Auto),
            Some(Way::User),
            "no CAPA at all"
        );
        assert_eq!(way(&offering(&["SASL XOAUTH2"]), Authentication::Auto), None);
        assert_eq!(
            way(&all, Authentication::None),
            None,
            "a maildrop without an owner there is not"
        );
    }
}
