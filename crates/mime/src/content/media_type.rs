//! The media type at the start of a Content-Type (RFC 2045, section 5.1), however it is cut off from what follows it.

/// A media type as it was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// `type/subtype` in lower case, if there is one.
    pub(super) media_type: Option<String>,
    /// What follows it, in which parameters stand.
    pub(super) rest: &'a str,
    /// Whether it stands there as it should: a type, and a semicolon before anything else.
    pub(super) well_formed: bool,
}

/// Names by which programs call types that have others.
const ALIASES: [(&str, &str); 6] = [
    ("multipart", "multipart/mixed"),
    ("multipart/", "multipart/mixed"),
    ("html", "text/html"),
    ("text/htm", "text/html"),
    ("text/x-html", "text/html"),
    ("plain", "text/plain"),
];
/// Octets of a type, and of a subtype (RFC 6838, section 4.2).
const LONGEST: usize = 127;

/// Reads the type: the first token of the field, with a slash and another one.
pub(super) fn read(field: &str) -> Found<'_> {
    let bare = field.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '='));
    let (kind, after) = token(bare);
    let (slash, subtype, after) = match after.trim_start().strip_prefix('/') {
        Some(behind) => {
            let (subtype, after) = token(behind.trim_start());
            ("/", subtype, after)
        }
        None => ("", "", after),
    };
    let given = format!("{kind}{slash}{subtype}").to_ascii_lowercase();
    let alias = ALIASES.iter().find(|(alias, _)| *alias == given);
    let is_type = !kind.is_empty() && !subtype.is_empty() && kind.len().max(subtype.len()) <= LONGEST;
    let media_type = match alias {
        Some((_, known)) => Some((*known).to_owned()),
        // Two slashes are no type, but for one at the very end.
        None if after
            .strip_prefix('/')
            .is_some_and(|more| !token(more).0.is_empty()) =>
        {
            None
        }
        None => is_type.then(|| given.clone()),
    };
    // A comment may stand there (RFC 5322, section 3.2.2).
    let ends_well = match after.trim_start() {
        "" => true,
        comment if comment.starts_with('(') => comment
            .split_once(')')
            .is_some_and(|(_, after)| matches!(after.trim_start().chars().next(), None | Some(';'))),
        rest => rest.starts_with(';'),
    };
    let renamed = alias.is_some_and(|(_, known)| !given.contains('/') || known.starts_with("multipart/"));
    Found {
        well_formed: media_type.is_some() && bare.len() == field.trim_start().len() && ends_well && !renamed,
        media_type,
        rest: after.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ':' | ';' | '"' | '\'' | '>' | '.' | '/')
        }),
    }
}

/// The signs of a token at the start (RFC 6838, section 4.2), but for full stops at its end, and what follows them.
fn token(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let found = text.get(..end).unwrap_or_default().trim_end_matches('.');
    text.split_at(found.len())
}
