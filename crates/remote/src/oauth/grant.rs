//! What a person has granted: the tokens, where fresh ones come from, and to which servers they may be shown. It is kept sealed,
//! as one text; nothing of it is ever shown.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use super::client::Client;
use super::wiped::Wiped;
use crate::RemoteError;

/// A token is made fresh when less than this is left of its time, or a fifth of it where it lives shortly.
const AHEAD: u64 = 300;
/// A clock that says that the token comes from the future, by more than this, was set back since.
const ASTRAY: u64 = 60;

#[derive(Debug, Clone)]
pub struct Grant {
    /// The provider's name, for a person.
    pub provider: String,
    pub issuer: Option<String>,
    /// Where fresh tokens are given out.
    pub(super) token: String,
    /// Where the provider is told that it is wanted no more.
    pub(super) revocation: Option<String>,
    pub client: Client,
    /// The client id was typed by the person, who need not type it again.
    pub own_client: bool,
    /// The servers that tokens may be shown to.
    pub hosts: Vec<String>,
    pub(super) refresh: Option<SecretString>,
    pub(super) access: SecretString,
    /// In seconds since 1970.
    pub(super) obtained: u64,
    /// `None`: nobody has told.
    pub(super) lifetime: Option<u64>,
    /// Why it counts no longer. Nobody is asked for a token after that.
    pub ended: Option<String>,
}

impl Grant {
    /// The token that is shown to servers.
    pub fn access(&self) -> &SecretString {
        &self.access
    }

    /// Whether this server may see a token.
    pub fn covers(&self, host: &str) -> bool {
        self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Whether a token can be made fresh without the person.
    pub fn can_be_renewed(&self) -> bool {
        self.refresh.is_some() && self.ended.is_none()
    }

    /// Whether it is time for a fresh token, though this one may be good for a while.
    pub fn is_due(&self) -> bool {
        self.left(now())
            .is_some_and(|left| left <= AHEAD.min(self.lifetime.unwrap_or(0) / 5))
    }

    /// Whether the token is past its time, by this computer's clock.
    pub fn is_over(&self) -> bool {
        self.left(now()) == Some(0)
    }

    /// The same, and it counts no longer.
    pub fn ended(mut self, reason: &str) -> Self {
        self.ended = Some(reason.to_owned());
        self.refresh = None;
        self
    }

    /// Whether another grant is of the same program at the same provider. Some providers take back both with one of them.
    pub fn is_kin_of(&self, other: &Self) -> bool {
        (&self.token, &self.client.id) == (&other.token, &other.client.id)
    }

    /// Seconds. `None`: nobody knows.
    fn left(&self, now: u64) -> Option<u64> {
        let lifetime = self.lifetime?;
        if now + ASTRAY < self.obtained {
            return Some(0);
        }
        Some((self.obtained + lifetime).saturating_sub(now))
    }

    /// As one text, to be sealed.
    pub fn to_text(&self) -> SecretString {
        let plain = json!({
            "provider": self.provider,
            "issuer": self.issuer,
            "token": self.token,
            "revocation": self.revocation,
            "client": self.client.id,
            "own_client": self.own_client,
            "hosts": self.hosts,
            "obtained": self.obtained,
            "lifetime": self.lifetime,
            "ended": self.ended,
        });
        let mut fields = match plain {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        // Not by the macro, which makes copies.
        for (name, secret) in [
            ("client_secret", self.client.secret.as_ref()),
            ("refresh", self.refresh.as_ref()),
            ("access", Some(&self.access)),
        ] {
            let text = secret.map(|secret| secret.expose_secret().to_owned());
            fields.insert(name.to_owned(), text.map_or(Value::Null, Value::String));
        }
        Wiped::from(fields).to_text()
    }

    pub fn from_text(text: &SecretString) -> Result<Self, RemoteError> {
        let unreadable = || RemoteError::protocol("signing in", "what is kept of the sign-in cannot be read");
        let value = Wiped::read(text.expose_secret().as_bytes()).ok_or_else(unreadable)?;
        let word = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let needed = |name: &str| word(name).ok_or_else(unreadable);
        let secret = |name: &str| word(name).map(SecretString::from);
        let hosts = value.get("hosts").and_then(Value::as_array).into_iter().flatten();
        Ok(Self {
            provider: needed("provider")?,
            issuer: word("issuer"),
            token: needed("token")?,
            revocation: word("revocation"),
            client: Client {
                id: needed("client")?,
                secret: secret("client_secret"),
            },
            own_client: value.get("own_client").and_then(Value::as_bool).unwrap_or(false),
            hosts: hosts.filter_map(Value::as_str).map(str::to_owned).collect(),
            refresh: secret("refresh"),
            access: secret("access").ok_or_else(unreadable)?,
            obtained: value.get("obtained").and_then(Value::as_u64).unwrap_or(0),
            lifetime: value.get("lifetime").and_then(Value::as_u64),
            ended: word("ended"),
        })
    }

    /// All that a server or a page could repeat of it.
    pub(super) fn secrets(&self) -> impl Iterator<Item = Zeroizing<String>> {
        let all = [Some(&self.access), self.refresh.as_ref()];
        all.into_iter()
            .flatten()
            .map(|secret| Zeroizing::new(secret.expose_secret().to_owned()))
    }
}

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or(Duration::ZERO)
        .as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(obtained: u64, lifetime: Option<u64>) -> Grant {
        Grant {
            provider: "Nordlicht".into(),
            issuer: Some("https://login.nordlicht.test".into()),
            token: "https://login.nordlicht.test/token".into(),
            revocation: Some("https://login.nordlicht.test/revoke".into()),
            client: Client::new("waxwing", Some("no-secret")).unwrap(),
            own_client: true,
            hosts: vec!["imap.nordlicht.test".into()],
            refresh: Some("the-refresh-token".into()),
            access: "the-access-token".into(),
            obtained,
            lifetime,
            ended: None,
        }
    }

    #[test]
    fn it_comes_back_as_it_was_kept_and_shows_nothing() {
        let kept = grant(1_000, Some(3_600));
        let back = Grant::from_text(&kept.to_text()).unwrap();
        assert_eq!(back.to_text().expose_secret(), kept.to_text().expose_secret());
        let shown = format!("{back:?}");
        for secret in ["the-refresh-token", "the-access-token", "no-secret"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert!(back.covers("IMAP.nordlicht.test") && !back.covers("nordlicht.test"));
        for bad in ["", "{}", "[]", r#"{"provider":"x","token":"y","client":"z"}"#] {
            assert!(Grant::from_text(&bad.into()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_fresh_token_is_asked_for_ahead_of_the_end() {
        let hour = grant(10_000, Some(3_600));
        for (now, left) in [(10_000, 3_600), (13_000, 600), (13_600, 0), (99_999, 0)] {
            assert_eq!(hour.left(now), Some(left), "at {now}");
        }
        assert!(!grant(now(), Some(3_600)).is_due(), "it has just come");
        assert!(grant(now() - 3_400, Some(3_600)).is_due(), "200 seconds are left");
        assert!(!grant(now() - 3_400, Some(3_600)).is_over());
        assert!(
            !grant(now() - 10, Some(60)).is_due(),
            "one of a minute is not always due"
        );
        assert!(grant(now() - 50, Some(60)).is_due());
        assert!(!grant(0, None).is_due(), "nobody said when it ends");
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_make_an_old_token_young() {
        let tomorrow = grant(now() + 86_400, Some(3_600));
        assert!(tomorrow.is_due() && tomorrow.is_over());
        assert!(
            !grant(now() + 30, Some(3_600)).is_due(),
            "half a minute is no matter"
        );
    }

    #[test]
    fn what_has_ended_is_renewed_no_more() {
        let ended = grant(now(), None).ended("invalid_grant");
        assert!(!ended.can_be_renewed());
        let back = Grant::from_text(&ended.to_text()).unwrap();
        assert_eq!(back.ended.as_deref(), Some("invalid_grant"));
        assert!(!back.can_be_renewed());
    }
}
