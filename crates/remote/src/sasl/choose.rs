//! Which mechanism is taken: the best that the server offers, the settings allow, and the secret is made for.
//!
//! A bound SCRAM comes before an unbound one, a proof before the password itself, and CRAM-MD5 last of all behind
//! encryption, since a server must keep the password readable for it. In clear a listener counts for more than that, so
//! there every proof comes before the password.

use waxwing_model::Authentication;

use super::cram_md5::CramMd5;
use super::login::Login;
use super::oauth::{Dialect, OAuth};
use super::plain::Plain;
use super::scram::{Gs2, Hash, Scram};
use super::{DOING, Mechanism};
use crate::binding::ChannelBinding;
use crate::{Credentials, RemoteError, Secret};

/// What a server offers, over which connection.
#[derive(Debug, Default)]
pub(crate) struct Offer<'o> {
    /// The names of its mechanisms, in any case.
    pub(crate) mechanisms: Vec<&'o str>,
    /// Those it has refused as such since, though it had offered them.
    pub(crate) refused: Vec<&'static str>,
    /// Whether the protocol's own command may be used: LOGIN of IMAP, USER and PASS of POP3.
    pub(crate) command: bool,
    pub(crate) encrypted: bool,
    pub(crate) binding: Option<&'o ChannelBinding>,
}

/// How to sign in.
pub(crate) enum Way {
    Sasl(Box<dyn Mechanism>),
    /// By the protocol's own command, with the user name and the password.
    Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Tied to the TLS connection, or not.
    Scram(Hash, bool),
    Plain,
    Command,
    Login,
    CramMd5,
    OAuth(Dialect),
}

/// `None`: the settings and the server have nothing in common.
pub(crate) fn choose(
    offer: &Offer<'_>,
    wanted: Authentication,
    credentials: &Credentials,
) -> Result<Option<Way>, RemoteError> {
    if credentials.username.contains('\0') {
        return Err(RemoteError::refused(DOING, "NUL cannot be part of a user name"));
    }
    acceptable(wanted, offer.encrypted, &credentials.password)
        .iter()
        .find(|kind| kind.is_offered(offer))
        .map(|kind| kind.begin(offer, credentials))
        .transpose()
}

/// What may be used at all, best first.
fn acceptable(wanted: Authentication, encrypted: bool, secret: &Secret) -> &'static [Kind] {
    use Kind::{Command, CramMd5, Login, OAuth, Plain, Scram};
    match (wanted, secret) {
        // A token is for mechanisms that are made for it, and never in clear (RFC 6750, section 5.3).
        (_, Secret::AccessToken(_)) if !encrypted => &[],
        (Authentication::Auto, Secret::AccessToken(_)) => {
            &[OAuth(Dialect::OAuthBearer), OAuth(Dialect::XOAuth2)]
        }
        (Authentication::OAuthBearer, Secret::AccessToken(_)) => &[OAuth(Dialect::OAuthBearer)],
        (Authentication::XOAuth2, Secret::AccessToken(_)) => &[OAuth(Dialect::XOAuth2)],
        (_, Secret::AccessToken(_)) => &[],
        (Authentication::Auto, Secret::Password(_)) if !encrypted => &[
            Scram(Hash::Sha256, false),
            Scram(Hash::Sha1, false),
            CramMd5,
            Plain,
            Command,
            Login,
        ],
        (Authentication::Auto, Secret::Password(_)) => &[
            Scram(Hash::Sha256, true),
            Scram(Hash::Sha1, true),
            Scram(Hash::Sha256, false),
            Scram(Hash::Sha1, false),
            Plain,
            Command,
            Login,
            CramMd5,
        ],
        (Authentication::ScramSha256, Secret::Password(_)) => {
            &[Scram(Hash::Sha256, true), Scram(Hash::Sha256, false)]
        }
        (Authentication::Plain, Secret::Password(_)) => &[Plain, Command, Login],
        (Authentication::Login, Secret::Password(_)) => &[Login, Command],
        (Authentication::CramMd5, Secret::Password(_)) => &[CramMd5],
        (
            // APOP is no mechanism; POP3 sees to it.
            Authentication::None
            | Authentication::Apop
            | Authentication::OAuthBearer
            | Authentication::XOAuth2,
            Secret::Password(_),
        ) => &[],
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Scram(hash, bound) => hash.mechanism(bound),
            Self::Plain => "PLAIN",
            Self::Login => "LOGIN",
            Self::CramMd5 => "CRAM-MD5",
            Self::OAuth(Dialect::OAuthBearer) => "OAUTHBEARER",
            Self::OAuth(Dialect::XOAuth2) => "XOAUTH2",
            Self::Command => "",
        }
    }

    fn is_offered(&self, offer: &Offer<'_>) -> bool {
        let name = self.name();
        match self {
            Self::Command => offer.command,
            Self::Scram(_, true) if offer.binding.is_none() => false,
            _ => offer.offers(name) && !offer.refused.contains(&name),
        }
    }

    fn begin(self, offer: &Offer<'_>, credentials: &Credentials) -> Result<Way, RemoteError> {
        let (username, secret) = (&credentials.username, &credentials.password);
        Ok(Way::Sasl(match (self, secret) {
            (Self::Command, _) => return Ok(Way::Command),
            (Self::Scram(hash, bound), _) => Box::new(Scram::new(hash, offer.gs2(bound), username, secret)?),
            (Self::Plain, _) => Box::new(Plain::new(credentials)?),
            (Self::Login, _) => Box::new(Login::new(credentials)),
            (Self::CramMd5, _) => Box::new(CramMd5::new(credentials)),
            (Self::OAuth(dialect), Secret::AccessToken(token) | Secret::Password(token)) => {
                Box::new(OAuth::new(dialect, username, token)?)
            }
        }))
    }
}

impl Offer<'_> {
    fn offers(&self, name: &str) -> bool {
        self.mechanisms
            .iter()
            .any(|offered| offered.eq_ignore_ascii_case(name))
    }

    /// What we say about binding (RFC 5802, section 6). Whoever has struck the bound mechanisms from the server's list
    /// is found out by "we could, and think that you cannot".
    fn gs2(&self, bound: bool) -> Gs2 {
        let server_can = [Hash::Sha256, Hash::Sha1]
            .iter()
            .any(|hash| self.offers(hash.mechanism(true)));
        match self.binding {
            Some(binding) if bound => Gs2::Bound(binding.clone()),
            Some(_) if !server_can => Gs2::Willing,
            _ => Gs2::Unbound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(mechanisms: &str, command: bool, wanted: Authentication, encrypted: bool) -> String {
        with(mechanisms, command, wanted, encrypted, "correct horse".into())
    }

    fn with(
        mechanisms: &str,
        command: bool,
        wanted: Authentication,
        encrypted: bool,
        password: Secret,
    ) -> String {
        let binding = ChannelBinding::new("tls-exporter", vec![7; 32]);
        let offer = Offer {
            mechanisms: mechanisms.split_whitespace().collect(),
            command,
            encrypted,
            binding: encrypted.then_some(&binding),
            ..Offer::default()
        };
        let credentials = Credentials {
            username: "lena".into(),
            password,
        };
        match choose(&offer, wanted, &credentials).unwrap() {
            Some(Way::Sasl(mechanism)) => mechanism.name().to_owned(),
            Some(Way::Command) => "the command".to_owned(),
            None => "nothing".to_owned(),
        }
    }

    const ALL: &str = "plain Login CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS";

    #[test]
    fn the_best_is_taken_of_what_is_left() {
        use Authentication::Auto;
        for (offered, encrypted, in_clear) in [
            (ALL, "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"),
            (
                "SCRAM-SHA-256 SCRAM-SHA-1-PLUS",
                "SCRAM-SHA-1-PLUS",
                "SCRAM-SHA-256",
            ),
            ("PLAIN CRAM-MD5 SCRAM-SHA-1", "SCRAM-SHA-1", "SCRAM-SHA-1"),
            ("PLAIN LOGIN CRAM-MD5", "PLAIN", "CRAM-MD5"),
            ("LOGIN CRAM-MD5", "LOGIN", "CRAM-MD5"),
            ("LOGIN", "LOGIN", "LOGIN"),
            ("CRAM-MD5 GSSAPI", "CRAM-MD5", "CRAM-MD5"),
            ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-PLUS", "nothing"),
            ("GSSAPI XOAUTH2", "nothing", "nothing"),
        ] {
            assert_eq!(chosen(offered, false, Auto, true), encrypted, "{offered}");
            assert_eq!(
                chosen(offered, false, Auto, false),
                in_clear,
                "{offered} in clear"
            );
        }
    }

    #[test]
    fn the_protocols_own_command_stands_between_plain_and_login() {
        use Authentication::{Auto, CramMd5, Login, Plain, ScramSha256};
        for (offered, wanted, expected) in [
            ("PLAIN", Auto, "PLAIN"),
            ("LOGIN CRAM-MD5", Auto, "the command"),
            ("", Auto, "the command"),
            ("LOGIN", Plain, "the command"),
            ("LOGIN", Login, "LOGIN"),
            ("PLAIN", Login, "the command"),
            ("PLAIN", CramMd5, "nothing"),
            ("PLAIN", ScramSha256, "nothing"),
        ] {
            assert_eq!(
                chosen(offered, true, wanted, true),
                expected,
                "{wanted:?} of {offered:?}"
            );
        }
    }

    #[test]
    fn what_is_asked_for_is_taken_or_nothing() {
        use Authentication::{CramMd5, Login, None as Nobody, OAuthBearer, Plain, ScramSha256, XOAuth2};
        for (wanted, expected) in [
            (Plain, "PLAIN"),
            (Login, "LOGIN"),
            (CramMd5, "CRAM-MD5"),
            (ScramSha256, "SCRAM-SHA-256-PLUS"),
            (Nobody, "nothing"),
            (XOAuth2, "nothing"),
            (OAuthBearer, "nothing"),
        ] {
            assert_eq!(chosen(ALL, false, wanted, true), expected, "{wanted:?}");
        }
        assert_eq!(
            chosen("SCRAM-SHA-1 PLAIN", false, ScramSha256, true),
            "nothing",
            "no quiet step down"
        );
    }

    #[test]
    fn a_token_is_shown_only_to_what_is_made_for_it_and_only_behind_encryption() {
        use Authentication::{Auto, OAuthBearer, Plain, XOAuth2};
        let token = || Secret::AccessToken("token".into());
        let offered = "PLAIN LOGIN SCRAM-SHA-256 XOAUTH2 OAUTHBEARER";
        for (wanted, expected) in [
            (Auto, "OAUTHBEARER"),
            (OAuthBearer, "OAUTHBEARER"),
            (XOAuth2, "XOAUTH2"),
            (Plain, "nothing"),
        ] {
            assert_eq!(with(offered, true, wanted, true, token()), expected, "{wanted:?}");
            assert_eq!(
                with(offered, true, wanted, false, token()),
                "nothing",
                "{wanted:?} in clear"
            );
        }
        assert_eq!(with("PLAIN LOGIN", true, Auto, true, token()), "nothing");
        assert_eq!(
            chosen("XOAUTH2 OAUTHBEARER", true, Auto, true),
            "the command",
            "and a password is no token"
        );
    }

    #[test]
    fn binding_is_claimed_as_it_is() {
        let binding = ChannelBinding::new("tls-exporter", vec![7; 32]);
        let offer = |mechanisms: &'static str, binding| Offer {
            mechanisms: mechanisms.split_whitespace().collect(),
            binding,
            ..Offer::default()
        };
        let unbound = |mechanisms, binding| offer(mechanisms, binding).gs2(false);
        assert_eq!(unbound("SCRAM-SHA-256", Some(&binding)), Gs2::Willing);
        assert_eq!(unbound("SCRAM-SHA-256", None), Gs2::Unbound);
        assert_eq!(
            unbound("SCRAM-SHA-256 SCRAM-SHA-1-PLUS", Some(&binding)),
            Gs2::Unbound,
            "the server can, so we may not say that we think it cannot"
        );
        assert_eq!(
            offer("SCRAM-SHA-256-PLUS", Some(&binding)).gs2(true),
            Gs2::Bound(binding.clone())
        );
    }

    #[test]
    fn what_was_refused_is_not_tried_again_and_still_counts_as_offered() {
        let binding = ChannelBinding::new("tls-exporter", vec![7; 32]);
        let offer = Offer {
            mechanisms: vec!["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"],
            refused: vec!["SCRAM-SHA-256-PLUS"],
            command: false,
            encrypted: true,
            binding: Some(&binding),
        };
        let lena = Credentials {
            username: "lena".into(),
            password: "correct horse".into(),
        };
        let Some(Way::Sasl(mut mechanism)) = choose(&offer, Authentication::Auto, &lena).unwrap() else {
            panic!("there is one left")
        };
        assert_eq!(mechanism.name(), "SCRAM-SHA-256");
        assert!(mechanism.initial().unwrap().starts_with(b"n,,"), "not y");
    }

    #[test]
    fn a_nul_in_a_name_or_password_is_said_to_nobody() {
        for (username, password) in [("lena\0amara", "x"), ("lena", "x\0y")] {
            let offer = Offer {
                mechanisms: vec!["PLAIN"],
                ..Offer::default()
            };
            let credentials = Credentials {
                username: username.into(),
                password: password.into(),
            };
            assert!(choose(&offer, Authentication::Plain, &credentials).is_err());
        }
    }
}
