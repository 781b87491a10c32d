//! What counts as a clear sentence.

/// Whether a person can read it: it begins and ends like a sentence and holds nothing of a program's insides. The other
/// side's own words, which stand behind it in brackets, may be anything.
pub fn is_a_sentence(text: &str) -> bool {
    let text = match text.find(". (") {
        Some(end) => text.get(..=end).unwrap_or(text),
        None => text,
    };
    let inside = ["Error", "Some(", "None", "Err(", "{", "::", "\u{fffd}"];
    (text.starts_with(|first: char| first.is_uppercase() || first == '“') || text.starts_with("localhost "))
        && text.len() > 20
        && text.ends_with(['.', ')', '!', '?', '”'])
        && !inside.iter().any(|inside| text.contains(inside))
}
