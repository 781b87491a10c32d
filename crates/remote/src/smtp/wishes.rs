//! What is asked of the server beyond taking the letter, each by an extension that it may lack.
//!
//! Not here: which letter wants what.

use lettre::{
    Address,
    transport::smtp::extension::{MailParameter, RcptParameter},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use waxwing_model::Timestamp;

use super::features::Features;

/// 100 characters once those that cannot stand there are written as three (RFC 3461, sections 4 and 4.4).
const LONGEST_NAME: usize = 80;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Reports of how the letter fares, delivered or not (RFC 3461), under this name. Without the extension nothing is
    /// asked, and the receipt says so; failures are reported anyway.
    pub notices: Option<String>,
    /// The letter goes on over TLS only, all the way, or comes back (RFC 8689). Without the extension it is not sent.
    pub tls_all_the_way: bool,
    /// The server keeps the letter until this moment (RFC 4865). Without the extension it is not sent.
    pub hold_until: Option<Timestamp>,
}

impl Wishes {
    /// The further parameters of MAIL, or a sentence about what this server cannot promise.
    pub(super) fn parameters(
        &self,
        features: &Features,
        encrypted: bool,
        now: Timestamp,
    ) -> Result<Vec<MailParameter>, String> {
        let mut parameters = Vec::new();
        if let Some(name) = self.notices.as_ref().filter(|_| features.dsn) {
            // The header alone comes back: whoever wrote the letter has it (RFC 3461, section 4.3).
            parameters.push(parameter("RET", Some("HDRS")));
            // A name of somebody else's may be longer than is allowed, or in letters that are not; then the header
            // that comes back has to do.
            if name.is_ascii() && name.len() <= LONGEST_NAME {
                parameters.push(parameter("ENVID", Some(name)));
            }
        }
        if self.tls_all_the_way {
            if !encrypted {
                return Err(
                    "The connection to this server is not encrypted, so it cannot promise encryption on the \
                     letter's further way."
                        .to_owned(),
                );
            }
            if !features.require_tls {
                return Err("This server cannot promise encryption on the letter's further way (it has no REQUIRETLS). \
                     Send it without this wish, or not at all."
                    .to_owned());
            }
            parameters.push(parameter("REQUIRETLS", None));
        }
        if let Some(until) = self.hold_until {
            let moment = OffsetDateTime::from_unix_timestamp(until.div_euclid(1_000))
                .ok()
                .and_then(|moment| moment.format(&Rfc3339).ok());
            let (true, Some(moment)) = (
                features
                    .future_release
                    .is_some_and(|offered| offered.covers(now, until)),
                moment,
            ) else {
                return Err("This server does not keep a letter until then.".to_owned());
            };
            parameters.push(parameter("HOLDUNTIL", Some(&moment)));
        }
        Ok(parameters)
    }

    /// The parameters of RCPT.
    pub(super) fn of_recipient(&self, features: &Features, recipient: &Address) -> Vec<RcptParameter> {
        let parameter = |keyword: &str, value: String| RcptParameter::Other {
            keyword: keyword.to_owned(),
            value: Some(value),
        };
        if self.notices.is_none() || !features.dsn {
            return Vec::new();
        }
        let mut parameters = vec![parameter("NOTIFY", "SUCCESS,FAILURE,DELAY".to_owned())];
        // Other letters would want another kind of address (RFC 6533, section 3); without it, it is the one of RCPT.
        let address = recipient.to_string();
        if address.is_ascii() {
            parameters.push(parameter("ORCPT", format!("rfc822;{address}")));
        }
        parameters
    }

    pub(super) fn go_without_notices(&self, features: &Features) -> bool {
        self.notices.is_some() && !features.dsn
    }
}

fn parameter(keyword: &str, value: Option<&str>) -> MailParameter {
    MailParameter::Other {
        keyword: keyword.to_owned(),
        value: value.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = 43_200_000;

    fn written(wishes: &Wishes, features: &Features) -> Result<String, String> {
        let parameters = wishes.parameters(features, true, 0)?;
        let written: Vec<String> = parameters.iter().map(ToString::to_string).collect();
        Ok(written.join(" "))
    }

    #[test]
    fn a_name_with_strange_characters_cannot_become_another_parameter() {
        let features = Features {
            dsn: true,
            ..Features::default()
        };
        let wishes = Wishes {
            notices: Some("a+b@c SIZE=1".to_owned()),
            ..Wishes::default()
        };
        assert_eq!(
            written(&wishes, &features).unwrap(),
            "RET=HDRS ENVID=a+2Bb@c+20SIZE+3D1"
        );
        let lena = Address::new_dangerous("le+na", "waxwing.test");
        let recipient: Vec<String> = wishes
            .of_recipient(&features, &lena)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            recipient,
            [
                "NOTIFY=SUCCESS,FAILURE,DELAY",
                "ORCPT=rfc822;le+2Bna@waxwing.test"
            ]
        );
    }

    #[test]
    fn a_name_that_cannot_be_told_is_left_out() {
        let features = Features {
            dsn: true,
            ..Features::default()
        };
        for name in ["x".repeat(200), "grüße@waxwing.test".to_owned()] {
            let wishes = Wishes {
                notices: Some(name),
                ..Wishes::default()
            };
            assert_eq!(written(&wishes, &features).unwrap(), "RET=HDRS");
        }
    }

    #[test]
    fn what_is_not_offered_is_left_out_or_refused_in_a_sentence() {
        let nothing = Features::default();
        let notices = Wishes {
            notices: Some("x".to_owned()),
            ..Wishes::default()
        };
        assert_eq!(written(&notices, &nothing).unwrap(), "", "reports are a courtesy");
        assert!(notices.go_without_notices(&nothing), "and their lack is told");
        let encrypted = Wishes {
            tls_all_the_way: true,
            ..Wishes::default()
        };
        assert!(
            written(&encrypted, &nothing).unwrap_err().contains("REQUIRETLS"),
            "a promise that cannot be given"
        );
        let later = Wishes {
            hold_until: Some(NOON),
            ..Wishes::default()
        };
        assert!(written(&later, &nothing).is_err(), "it would go at once");
    }

    #[test]
    fn a_moment_is_written_as_the_standard_has_it() {
        let features = Features::parse(&super::super::reply::Reply {
            code: 250,
            lines: vec![
                "mail".to_owned(),
                "FUTURERELEASE 86400 2030-01-01T00:00:00Z".to_owned(),
            ],
        });
        let later = Wishes {
            hold_until: Some(NOON),
            ..Wishes::default()
        };
        assert_eq!(
            written(&later, &features).unwrap(),
            "HOLDUNTIL=1970-01-01T12:00:00Z"
        );
        let plain = Wishes {
            tls_all_the_way: true,
            ..Wishes::default()
        };
        assert!(
            plain.parameters(&features, false, 0).is_err(),
            "in clear nothing is promised"
        );
    }
}
