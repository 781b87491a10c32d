//! Single addresses and names, as they were cut out of a list, made what they mean.

use crate::{visible, words};

/// Whether a word is an address by itself.
pub(super) fn is_whole(word: &str) -> bool {
    let word = word.trim_matches(['<', '>', '[', ']']);
    word.split_once('@')
        .is_some_and(|(user, domain)| !user.is_empty() && !domain.is_empty() && !domain.contains('@'))
}

/// Whether an encoded word with raw signs in it ends where its end stands for those too who know nothing of encoded words: outside
/// of quoted strings and comments (RFC 5322, sections 3.2.2 and 3.2.4), and with no address in angle brackets in it. A backslash
/// elsewhere is in no grammar, and each reads it in its own way.
pub(super) fn is_one_piece(word: &str) -> bool {
    let (mut is_quoted, mut depth, mut has_angle) = (false, 0u32, false);
    let mut signs = word.bytes();
    while let Some(sign) = signs.next() {
        match sign {
            b'@' if has_angle => return false,
            b'\\' if is_quoted || depth > 0 => {
                signs.next();
            }
            b'\\' => return false,
            b'"' if depth == 0 => is_quoted = !is_quoted,
            b'(' if !is_quoted => depth += 1,
            b')' if !is_quoted => depth = depth.saturating_sub(1),
            b'<' => has_angle = true,
            _ => {}
        }
    }
    !is_quoted && depth == 0
}

/// An address without brackets, and the words before it. White space about its "@" is none of a name's, and where dots alone join
/// all the words, they are one local part (section 4.4, obs-local-part).
pub(super) fn split_bare(phrase: &str) -> (Option<String>, String) {
    let (user, domain) = phrase.rsplit_once('@').unwrap_or((phrase, ""));
    let (user, domain) = (user.trim_end(), domain.trim_start());
    let joined = |words: &str| {
        let words: Vec<&str> = words.split(' ').collect();
        words.windows(2).all(|pair| match pair {
            [left, right] => left.ends_with('.') || right.starts_with('.'),
            _ => true,
        })
    };
    let whole = || (None, phrase.to_owned());
    // Words behind the address.
    if domain.is_empty() || user.is_empty() || !joined(domain) || user.starts_with('"') || joined(user) {
        return whole();
    }
    match user.rsplit_once(' ') {
        Some((words, last)) => (Some(words.to_owned()), format!("{last}@{domain}")),
        None => whole(),
    }
}

pub(super) fn clean_email(text: &str) -> String {
    let text = visible::one_line(text);
    let keeps_spaces = text.starts_with('"');
    if keeps_spaces {
        return text;
    }
    let text = text.trim_matches(['<', '>']);
    let text = match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(inner) if inner.contains('@') => inner,
        _ => text,
    };
    let scheme = ["mailto:", "smtp:"].into_iter().find(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let text = text.get(scheme.map_or(0, str::len)..).unwrap_or_default();
    let text = match text.starts_with('@') {
        true => text.split_once(':').map_or(text, |(_, address)| address),
        false => text,
    };
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.trim_matches('\'').to_owned()
}

pub(super) fn clean_name(text: &str) -> String {
    let name = visible::collapse(&visible::one_line(&words::decode(text)));
    let unquoted = ['\'', '"']
        .iter()
        .find_map(|&quote| name.strip_prefix(quote)?.strip_suffix(quote));
    unquoted.map(|name| name.trim().to_owned()).unwrap_or(name)
}
