//! What becomes of each element of HTML. Not here: its attributes.

use html5ever::tokenizer::TokenSinkResult;
use html5ever::tokenizer::states::{Rawtext, Rcdata};

/// The fate of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays, if its attributes are good.
    Keep,
    /// Its tags go and what is in it stays: forms, fallbacks of media, whatever is not known.
    Unwrap,
    /// It goes with all that is in it, up to its end tag.
    Remove,
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

pub(crate) fn fate(name: &str) -> Fate {
    match name {
        "html" | "body" => Fate::Root,
        "style" => Fate::Sheet,
        "title" => Fate::RemoveText(Text::Rcdata),
        "script" | "iframe" | "noembed" | "noframes" => Fate::RemoveText(Text::Rawtext),
        "textarea" => Fate::KeepText(Text::Rcdata),
        "xmp" => Fate::KeepText(Text::Rawtext),
        "plaintext" => Fate::KeepText(Text::Plain),
        "svg" | "math" | "template" | "select" | "datalist" => Fate::Remove,
        _ if KEPT.binary_search(&name).is_ok() => Fate::Keep,
        _ => Fate::Unwrap,
    }
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

/// How the tokenizer goes on behind a start tag. It depends on the name alone, wherever the tag stands, because the
/// pass for crowds of attributes walks the same way. Scripts are read like styles: nobody runs them, so the odd rules
/// for comments in scripts do not matter.
pub(crate) fn reading(name: &str) -> TokenSinkResult<()> {
    match fate(name) {
        Fate::Sheet => TokenSinkResult::RawData(Rawtext),
        Fate::KeepText(text) | Fate::RemoveText(text) => match text {
            Text::Rcdata => TokenSinkResult::RawData(Rcdata),
            Text::Rawtext => TokenSinkResult::RawData(Rawtext),
            Text::Plain => TokenSinkResult::Plaintext,
        },
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::KEPT;

    #[test]
    fn the_kept_elements_stand_in_order_and_hold_nothing_that_loads_or_runs() {
        assert!(KEPT.is_sorted(), "the list is searched by halves");
        for name in [
            "script", "style", "svg", "math", "form", "input", "base", "meta", "link", "video", "iframe",
        ] {
            assert!(!KEPT.contains(&name), "{name} must not stay");
        }
    }
}
