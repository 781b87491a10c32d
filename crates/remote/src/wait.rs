//! What has to pass before a server can do again what it refused for now, and how that is told.

/// What has to pass before a server can again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wait {
    /// It does not say.
    #[default]
    AWhile,
    /// Another session has the maildrop open: `[IN-USE]` (RFC 2449, section 8.1.2).
    InUse,
    /// It was looked at too short a while ago: `[LOGIN-DELAY]` (RFC 2449, section 8.1.1). So many seconds have to lie
    /// between two looks, where the server says how many (section 6.5).
    LoginDelay { seconds: Option<u32> },
}

impl Wait {
    pub(crate) fn sentence(self, doing: &str) -> String {
        match self {
            Self::AWhile => format!("The server cannot do this at the moment ({doing})."),
            Self::InUse => {
                "Another program or device has this mailbox open. Waxwing waits until it is free.".to_owned()
            }
            Self::LoginDelay {
                seconds: Some(seconds),
            } => format!(
                "The server wants {} between two looks at this mailbox. Waxwing waits for that long.",
                minutes(seconds)
            ),
            Self::LoginDelay { seconds: None } => {
                "The server wants more time between two looks at this mailbox. Waxwing waits.".to_owned()
            }
        }
    }
}

fn minutes(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}
