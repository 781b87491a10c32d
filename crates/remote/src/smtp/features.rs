//! What the server can do: the answer to EHLO (RFC 5321, section 4.1.1.1).
//!
//! Not here: asking for it.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use waxwing_model::Timestamp;

use super::reply::Reply;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Features {
    pub(super) starttls: bool,
    /// RFC 6152.
    pub(super) eight_bit: bool,
    /// RFC 6531.
    pub(super) utf8: bool,
    /// RFC 2920.
    pub(super) pipelining: bool,
    /// RFC 1870: offered at all, and the fixed limit if there is one.
    pub(super) size: bool,
    pub(super) size_limit: Option<u64>,
    /// RFC 3461.
    pub(super) dsn: bool,
    /// RFC 8689.
    pub(super) require_tls: bool,
    /// RFC 4865.
    pub(super) future_release: Option<FutureRelease>,
    /// SASL mechanisms in upper case (RFC 4954).
    pub(super) mechanisms: Vec<String>,
}

/// How long a server keeps a letter that is to be sent later (RFC 4865, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FutureRelease {
    /// Seconds.
    longest: i64,
    /// Milliseconds since 1970; a server that tells no date knows no last one.
    latest: Timestamp,
}

impl FutureRelease {
    /// "FUTURERELEASE 86400 2027-01-01T00:00:00Z", with numbers of nine digits at most.
    fn parse<'a>(mut words: impl Iterator<Item = &'a str>) -> Option<Self> {
        let longest = words.next()?.parse().ok()?;
        let latest = words
            .next()
            .and_then(|date| OffsetDateTime::parse(date, &Rfc3339).ok())
            .map_or(Timestamp::MAX, |date| date.unix_timestamp().saturating_mul(1_000));
        Some(Self { longest, latest })
    }

    pub(super) fn covers(self, now: Timestamp, until: Timestamp) -> bool {
        until <= self.latest && until.saturating_sub(now) <= self.longest.saturating_mul(1_000)
    }
}

impl Features {
    /// The first line is the server's name and greeting.
    pub(super) fn parse(reply: &Reply) -> Self {
        let mut features = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            // "AUTH=PLAIN LOGIN" is how servers wrote it before RFC 2554, and some still do both.
            let line = line
                .strip_prefix("AUTH=")
                .map_or(line.clone(), |rest| format!("AUTH {rest}"));
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("STARTTLS") => features.starttls = true,
                Some("8BITMIME") => features.eight_bit = true,
                Some("SMTPUTF8") => features.utf8 = true,
                Some("PIPELINING") => features.pipelining = true,
                Some("DSN") => features.dsn = true,
                Some("REQUIRETLS") => features.require_tls = true,
                Some("FUTURERELEASE") => features.future_release = FutureRelease::parse(words),
                Some("SIZE") => {
                    features.size = true;
                    // 0 is "no fixed maximum" (RFC 1870, section 4).
                    let limit = words.next().and_then(|limit| limit.parse().ok());
                    features.size_limit = limit.filter(|limit| *limit > 0);
                }
                Some("AUTH") => {
                    for mechanism in words {
                        if !features.offers(mechanism) {
                            features.mechanisms.push(mechanism.to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
        features
    }

    pub(super) fn offers(&self, mechanism: &str) -> bool {
        self.mechanisms.iter().any(|offered| offered == mechanism)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(lines: &[&str]) -> Features {
        Features::parse(&Reply {
            code: 250,
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        })
    }

    #[test]
    fn features_are_read_in_any_case_and_either_spelling() {
        let features = features(&[
            "mail",
            "size 1000",
            "Auth plain",
            "AUTH=PLAIN LOGIN",
            "8bitmime",
            "",
            "X-ODD",
        ]);
        assert_eq!((features.size, features.size_limit), (true, Some(1000)));
        assert_eq!(features.mechanisms, ["PLAIN", "LOGIN"]);
        assert!(features.eight_bit && !features.utf8 && !features.starttls);
    }

    #[test]
    fn how_long_a_letter_may_be_kept_is_read_with_and_without_a_last_day() {
        let day = 86_400_000;
        let offered = features(&["mail", "FutureRelease 86400 1970-01-01T12:00:00Z"]).future_release;
        let offered = offered.expect("it is offered");
        assert!(offered.covers(0, day / 2), "by noon of the first day");
        assert!(!offered.covers(0, day / 2 + 1), "not after the last moment");
        let endless = features(&["mail", "FUTURERELEASE 86400"]).future_release;
        let endless = endless.expect("it is offered");
        assert!(endless.covers(day, 2 * day) && !endless.covers(day, 2 * day + 1));
        assert_eq!(features(&["mail", "FUTURERELEASE soon"]).future_release, None);
    }

    #[test]
    fn a_limit_of_nothing_is_no_limit_and_a_name_is_no_feature() {
        assert_eq!(features(&["mail", "SIZE 0"]).size_limit, None);
        assert_eq!(features(&["mail", "SIZE"]).size_limit, None);
        assert!(
            !features(&["STARTTLS"]).starttls,
            "the first line is the server's name"
        );
    }
}
