//! What was odd about a letter, or what kind of letter it is, for whoever wants to know. Nothing here decides what is done about it.

/// Something that a well-made letter does not have. Its `Display` is a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Oddity {
    #[error("The letter is nested too deeply; the innermost parts are kept as one piece.")]
    TooDeep,
    #[error("The letter has too many parts; the last ones are kept as one piece.")]
    TooManyParts,
    #[error("The letter ends in the middle of a part.")]
    Truncated,
    #[error("The letter has no header fields.")]
    NoHeaders,
    #[error("The letter's header is too long and was read only in part.")]
    HeaderTooLong,
    #[error("A text is too long and is shown only in part.")]
    TextTooLong,
    #[error("A text is not in the character set that it claims.")]
    BadCharset,
    #[error("A part is not in the transfer encoding that it claims.")]
    BadEncoding,
    #[error("A multipart does not say, or does not keep, the boundary of its parts.")]
    BadBoundary,
    #[error("A part does not say as it should what kind of thing it is.")]
    BadType,
    #[error("Lines in a header are damaged. What they say stands in the source only.")]
    DamagedHeader,
    #[error("No empty line stands between a header and its text.")]
    NoEmptyLine,
    #[error("The lines of the letter do not end as lines of letters do.")]
    LineEnds,
    #[error("Something that is no header field stands before the letter's header.")]
    BeforeHeader,
    #[error(
        "The letter came in an S/MIME wrapping with a signature. It was unwrapped to be read, and the signature was not checked."
    )]
    NotVerified,
    #[error("The letter is encrypted, and Waxwing cannot decrypt it.")]
    Encrypted,
    #[error("This is one piece of a letter that was sent in several pieces.")]
    Piece,
    #[error("A part of the letter is kept elsewhere and does not stand in it. Waxwing does not fetch it.")]
    Elsewhere,
}

impl Oddity {
    /// Nothing is odd about it: it says what kind of letter this is, and what is not done with it here.
    pub fn is_kind(self) -> bool {
        matches!(
            self,
            Self::NotVerified | Self::Encrypted | Self::Piece | Self::Elsewhere
        )
    }
}
