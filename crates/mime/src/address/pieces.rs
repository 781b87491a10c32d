//! Single addresses and names, as they were cut out of a list, made what they mean.

use crate::{visible, words};

/// Whether a word is an address by itself.
pub(super) fn is_whole(word: &str) -> bool {
    let word = word.trim_matches(['<', '>', '[', ']']);
    word.split_once('@')
        .is_some_and(|(user, domain)| !user.is_empty() && !domain.is_empty() && !domain.contains('@'))
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
