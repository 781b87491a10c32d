//! Words in lower case, as most come already.

use std::borrow::Cow;

/// The very word where nothing in it is to be changed.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(word.to_ascii_lowercase()),
        false => Cow::Borrowed(word),
    }
}
