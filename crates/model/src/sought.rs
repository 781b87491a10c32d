//! Words that letters are asked for, in a form that a server understands too (RFC 9051, section 6.4.4).

/// What a letter must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// Each of them.
    All(Vec<Sought>),
    /// One of them.
    Any(Vec<Sought>),
    Not(Box<Sought>),
    Words {
        place: SoughtIn,
        text: String,
    },
}

/// Where it must say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoughtIn {
    Anywhere,
    From,
    /// Whoever got it.
    Recipients,
    Cc,
    Subject,
    Body,
    /// The field that names a mailing list.
    List,
}
