//! What the server can do: the answer to EHLO (RFC 5321, section 4.1.1.1).
//!
//! Not here: asking for it.

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
    /// SASL mechanisms in upper case (RFC 4954).
    pub(super) mechanisms: Vec<String>,
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
    fn a_limit_of_nothing_is_no_limit_and_a_name_is_no_feature() {
        assert_eq!(features(&["mail", "SIZE 0"]).size_limit, None);
        assert_eq!(features(&["mail", "SIZE"]).size_limit, None);
        assert!(
            !features(&["STARTTLS"]).starttls,
            "the first line is the server's name"
        );
    }
}
