//! What the server can do (CAPA, RFC 2449 section 5).
//!
//! What is not here: asking for it.

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Capabilities {
    /// Whether the server answered CAPA at all. Servers of 1996 do not, and then nothing can be told from silence.
    pub(super) known: bool,
    pub(super) stls: bool,
    pub(super) user: bool,
    pub(super) uidl: bool,
    pub(super) pipelining: bool,
    /// A wrong password is marked with `[AUTH]` (RFC 3206, section 6).
    pub(super) coded_sign_in: bool,
    pub(super) top: bool,
    /// Letters and names in UTF-8 may come as they are, if we say so first (RFC 6856, section 2).
    pub(super) utf8: bool,
    /// Seconds that have to lie between two sessions (RFC 2449, section 6.5).
    pub(super) login_delay: Option<u32>,
    pub(super) expire: Option<Expire>,
    /// SASL mechanisms in upper case.
    pub(super) mechanisms: Vec<String>,
}

/// How long the server keeps a letter (EXPIRE, RFC 2449 section 6.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expire {
    Never,
    /// So many days. With 0 a letter goes when it has been downloaded, whatever we ask for.
    Days(u32),
}

impl Capabilities {
    pub(super) fn parse(lines: &[String]) -> Self {
        let mut capabilities = Self {
            known: true,
            ..Self::default()
        };
        for line in lines {
            let mut words = line.split_ascii_whitespace().map(str::to_ascii_uppercase);
            match words.next().as_deref() {
                Some("STLS") => capabilities.stls = true,
                Some("USER") => capabilities.user = true,
                Some("UIDL") => capabilities.uidl = true,
                Some("PIPELINING") => capabilities.pipelining = true,
                Some("AUTH-RESP-CODE") => capabilities.coded_sign_in = true,
                Some("TOP") => capabilities.top = true,
                Some("UTF8") => capabilities.utf8 = true,
                Some("LOGIN-DELAY") => capabilities.login_delay = number(words.next()),
                Some("EXPIRE") => {
                    capabilities.expire = match words.next() {
                        Some(word) if word == "NEVER" => Some(Expire::Never),
                        word => number(word).map(Expire::Days),
                    }
                }
                Some("SASL") => capabilities.mechanisms.extend(words),
                _ => {}
            }
        }
        capabilities
    }

    /// USER and PASS may be tried: they are offered, or the server does not say what it offers.
    pub(super) fn takes_user(&self) -> bool {
        self.user || !self.known
    }

    /// The ways of signing in, in words, for an error.
    pub(super) fn ways(&self) -> String {
        let user = self.user.then_some("USER");
        user.into_iter()
            .chain(self.mechanisms.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn number(word: Option<String>) -> Option<u32> {
    word?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_letters_stay_and_how_often_one_may_look_is_read() {
        let parsed = |line: &str| Capabilities::parse(&[line.to_owned()]);
        assert_eq!(parsed("EXPIRE NEVER").expire, Some(Expire::Never));
        assert_eq!(parsed("EXPIRE 0").expire, Some(Expire::Days(0)));
        assert_eq!(
            parsed("expire 60 USER").expire,
            Some(Expire::Days(60)),
            "it may differ by user"
        );
        assert_eq!(parsed("EXPIRE soon").expire, None, "that says nothing");
        assert_eq!(parsed("LOGIN-DELAY 900").login_delay, Some(900));
        assert_eq!(parsed("LOGIN-DELAY").login_delay, None);
        assert!(parsed("UTF8 USER").utf8 && parsed("TOP").top);
    }

    #[test]
    fn capabilities_are_read_in_any_case_and_unknown_ones_are_passed_over() {
        let lines = [
            "top",
            "Uidl",
            "SASL plain LOGIN",
            "STLS",
            "X-ODD 1 2",
            "",
            "PIPELINING",
        ]
        .map(str::to_owned);
        let capabilities = Capabilities::parse(&lines);
        assert!(capabilities.stls && capabilities.uidl && capabilities.pipelining);
        assert_eq!(capabilities.mechanisms, ["PLAIN", "LOGIN"]);
        assert!(!capabilities.takes_user(), "USER is not offered");
        assert_eq!(capabilities.ways(), "PLAIN LOGIN");
    }

    #[test]
    fn a_server_without_capa_may_be_asked_for_user_and_pass() {
        assert!(Capabilities::default().takes_user());
    }
}
