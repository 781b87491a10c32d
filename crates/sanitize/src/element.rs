//! What becomes of each element of HTML. Not here: its attributes.

use std::sync::LazyLock;

use foldhash::HashMap;

/// The fate of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays, if its attributes are good.
    Keep,
    /// It stays as another element that only looks like it.
    As(&'static str),
    /// Its tags go and what is in it stays: fallbacks of media, whatever is not known.
    Unwrap,
    /// It goes with all that is in it, up to its end tag.
    Remove,
    /// It is of another language, and goes with its elements; its words stay.
    Foreign,
    /// Its content is text to the tokenizer, and goes.
    RemoveText(Text),
    /// Its content is text to the tokenizer, and stays as text.
    KeepText(Text),
    /// Its content is a style sheet.
    Sheet,
    /// `html` and `body`, of which a fragment keeps only the colours and the direction.
    Root,
}

/// How the tokenizer reads what is in such an element (WHATWG HTML, section 13.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    Rcdata,
    Rawtext,
    Plain,
}

/// Elements that stay. The allow-list of the last filter is this same list.
pub(crate) const KEPT: [&str; 82] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "map",
    "mark",
    "menu",
    "nav",
    "nobr",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// All other elements whose names matter. Whatever is not known loses its tags, and what is in it stays.
const OTHERS: [(&str, Fate); 27] = [
    ("html", Fate::Root),
    ("body", Fate::Root),
    ("style", Fate::Sheet),
    ("title", Fate::RemoveText(Text::Rcdata)),
    ("script", Fate::RemoveText(Text::Rawtext)),
    ("iframe", Fate::RemoveText(Text::Rawtext)),
    ("noembed", Fate::RemoveText(Text::Rawtext)),
    ("noframes", Fate::RemoveText(Text::Rawtext)),
    ("textarea", Fate::KeepText(Text::Rcdata)),
    ("xmp", Fate::KeepText(Text::Rawtext)),
    ("plaintext", Fate::KeepText(Text::Plain)),
    ("svg", Fate::Foreign),
    ("math", Fate::Foreign),
    ("template", Fate::Remove),
    ("datalist", Fate::Remove),
    // No letter ends a section where it means to end a block of another kind.
    ("form", Fate::As("section")),
    ("fieldset", Fate::As("section")),
    ("button", Fate::As("span")),
    ("select", Fate::As("span")),
    ("label", Fate::As("span")),
    ("option", Fate::Unwrap),
    // What they say is counted, or decides what is shown of a drawing or a formula.
    ("link", Fate::Unwrap),
    ("text", Fate::Unwrap),
    ("annotation", Fate::Unwrap),
    ("annotation-xml", Fate::Unwrap),
    // They had pictures.
    ("video", Fate::Unwrap),
    ("input", Fate::Unwrap),
];

/// An element by its name in any case: the name as it is known here, empty if it is not, and what becomes of it. How a
/// tokenizer goes on behind it depends on the name alone, wherever the tag stands. Scripts are read like styles: nobody
/// runs them, so the odd rules for comments in scripts do not matter.
pub(crate) fn known(name: &[u8]) -> (&'static str, Fate) {
    static KNOWN: LazyLock<HashMap<u128, (&'static str, Fate)>> = LazyLock::new(|| {
        let kept = KEPT.into_iter().map(|name| (name, Fate::Keep));
        kept.chain(OTHERS)
            .filter_map(|known| Some((key(known.0.as_bytes())?, known)))
            .collect()
    });
    let found = key(name).and_then(|key| KNOWN.get(&key).copied());
    found.unwrap_or(("", Fate::Unwrap))
}

/// A name as a number, so that names are compared at once: its signs behind a one, which tells how many they are. No known
/// name is longer than this holds.
fn key(name: &[u8]) -> Option<u128> {
    let longer = |key: u128, byte: &u8| (key << 8) | u128::from(byte.to_ascii_lowercase());
    (name.len() < 16).then(|| name.iter().fold(1, longer))
}

/// Elements without content and without an end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(name, "area" | "br" | "col" | "hr" | "img" | "wbr")
}

/// Elements that the parser opens again after they were cut off (the "formatting" category of the HTML parser).
pub(crate) fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// Elements inside a line, which no end tag of another such element reaches through a block.
pub(crate) fn is_phrase(name: &str) -> bool {
    is_formatting(name)
        || matches!(
            name,
            "abbr"
                | "acronym"
                | "bdi"
                | "bdo"
                | "cite"
                | "del"
                | "dfn"
                | "ins"
                | "kbd"
                | "map"
                | "mark"
                | "q"
                | "rp"
                | "rt"
                | "ruby"
                | "samp"
                | "span"
                | "sub"
                | "sup"
                | "time"
                | "var"
        )
}

/// Elements whose start tag ends an open paragraph.
pub(crate) fn ends_paragraph(name: &str) -> bool {
    !is_phrase(name) && !matches!(name, "br" | "img" | "wbr" | "area" | "col" | "td" | "th" | "tr")
}

/// In SVG and MathML these start tags end the foreign content (WHATWG HTML, section 13.2.6.5).
pub(crate) fn ends_foreign(name: &str) -> bool {
    matches!(
        name,
        "b" | "big"
            | "blockquote"
            | "body"
            | "br"
            | "center"
            | "code"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "i"
            | "img"
            | "li"
            | "menu"
            | "nobr"
            | "ol"
            | "p"
            | "pre"
            | "ruby"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "table"
            | "tt"
            | "u"
            | "ul"
            | "var"
    )
}

#[cfg(test)]
mod tests {
    use super::{Fate, KEPT, OTHERS, known};

    #[test]
    fn every_element_is_known_by_its_name_in_any_case() {
        for name in KEPT {
            assert_eq!(
                known(name.to_uppercase().as_bytes()),
                (name, Fate::Keep),
                "{name}"
            );
        }
        for (name, fate) in OTHERS {
            assert_eq!(known(name.as_bytes()), (name, fate), "{name}");
        }
        for name in ["", "bx", "x-y", "dialog", "a\0", "\0a", "annotation-xml-and-more"] {
            assert_eq!(
                known(name.as_bytes()),
                ("", Fate::Unwrap),
                "{name:?} is none of them"
            );
        }
    }

    #[test]
    fn the_kept_elements_hold_nothing_that_loads_or_runs() {
        for name in [
            "script", "style", "svg", "math", "form", "input", "base", "meta", "link", "video", "iframe",
            "select", "button",
        ] {
            assert!(!KEPT.contains(&name), "{name} must not stay");
        }
    }
}
