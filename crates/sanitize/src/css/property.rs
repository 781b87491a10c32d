//! The properties that may stay, and what their values may hold beyond words and numbers. Not here: the values.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::dark::Role;

/// What the value of a property may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words, numbers, colours and the known functions.
    Plain,
    /// The same; a picture in it is replaced by `none`, so that the colour beside it stays.
    Picture,
    /// The same, and quoted strings.
    Text,
    /// The same, and quoted strings of signs that no word has: what a style writes stands in no text that is looked at.
    Ornament,
    /// The same; what is larger than may be is as large as may be. It only holds others down.
    Most,
    /// One of the positions that cannot leave the flow of the frame.
    Position,
    /// Counts of rows and columns, which are made whether anything stands in them or not.
    Tracks,
    /// Shadows, which are drawn slowly where they are wide.
    Shadow,
    /// Those of letters, of which there are more.
    LetterShadow,
    /// Moved or turned on the paper, and not out of it: what has depth has a layer of its own.
    Flat,
    /// Places in an order, which cost nothing however high.
    Order,
    /// What others are as wide as. What is held to its height as well would be as high as nothing.
    Container,
}

/// The kind of a property, or `None` if it must not stay. `name` is in lower case.
pub(super) fn kind(name: &str) -> Option<Kind> {
    // A newsletter asks thousands of times.
    static KINDS: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| {
        let plain = PLAIN.iter().map(|&name| (name, kind_of_plain(name)));
        plain.chain(OTHERS.iter().copied()).collect()
    });
    KINDS.get(name).copied()
}

fn kind_of_plain(name: &str) -> Kind {
    match name.starts_with("grid") {
        true => Kind::Tracks,
        false => Kind::Plain,
    }
}

/// Properties of whose values something is to be known.
const OTHERS: [(&str, Kind); 25] = [
    ("-webkit-box-shadow", Kind::Shadow),
    ("background", Kind::Picture),
    ("background-image", Kind::Picture),
    ("box-shadow", Kind::Shadow),
    ("container", Kind::Container),
    ("container-name", Kind::Container),
    ("container-type", Kind::Container),
    ("content", Kind::Ornament),
    ("font", Kind::Text),
    ("font-family", Kind::Text),
    ("font-size", Kind::Text),
    ("list-style", Kind::Picture),
    ("list-style-image", Kind::Picture),
    ("max-block-size", Kind::Most),
    ("max-height", Kind::Most),
    ("max-inline-size", Kind::Most),
    ("max-width", Kind::Most),
    ("order", Kind::Order),
    ("position", Kind::Position),
    ("quotes", Kind::Ornament),
    ("rotate", Kind::Flat),
    ("scale", Kind::Flat),
    ("text-shadow", Kind::LetterShadow),
    ("translate", Kind::Flat),
    ("z-index", Kind::Order),
];

/// Words that no style of a letter holds: places that leave the flow of the frame, and what its lines may not do.
pub(super) fn is_barred(word: &str) -> bool {
    [
        "fixed",
        "sticky",
        "writing-mode",
        "text-orientation",
        "behavior",
        "-moz-binding",
        "cursor",
        "subgrid",
    ]
    .iter()
    .any(|barred| barred.eq_ignore_ascii_case(word))
}

/// Whether a property gives the letter colours that were chosen for a paper of its own.
pub(super) fn is_colour(name: &str) -> bool {
    matches!(
        name,
        "color" | "-webkit-text-fill-color" | "background" | "background-color" | "background-image"
    )
}

/// What the colours of a property are for.
pub(super) fn role(name: &str) -> Role {
    match name {
        "color" | "-webkit-text-fill-color" => Role::Text,
        "background" | "background-color" | "background-image" => Role::Paper,
        "box-shadow" | "-webkit-box-shadow" | "text-shadow" => Role::Shadow,
        name if name.starts_with("text-decoration") => Role::Text,
        _ => Role::Line,
    }
}

/// Whether a property changes nothing but colours and lines that take no room: neither where anything stands, nor whether it
/// is there, nor whether a picture is asked for.
pub(super) fn only_paints(name: &str) -> bool {
    let is_border = || {
        name.strip_prefix("border-")
            .is_some_and(|rest| rest.ends_with("color"))
    };
    matches!(
        name,
        "color"
            | "-webkit-text-fill-color"
            | "background-color"
            | "column-rule-color"
            | "box-shadow"
            | "-webkit-box-shadow"
            | "text-shadow"
            | "text-underline-offset"
            | "outline"
            | "outline-color"
            | "outline-offset"
            | "outline-style"
            | "outline-width"
    ) || name.starts_with("text-decoration")
        || is_border()
}

/// In the order of the alphabet. Left out on purpose: `behavior` and
/// `-moz-binding` (scripts), `cursor`, `filter`, `mask`, `clip-path`, `border-image` and `src` (URLs), `animation`
/// and `transition` (motion), `color-scheme` and `all` (the look of the app), custom properties (they carry values
/// past the filter), `writing-mode` (lines from top to bottom are as long as the frame is high, and the frame is as high as
/// its lines are long), `columns`, `column-count` and `column-width` (each level of columns in columns is laid out several
/// times for each of the one around it), and everything of `mso-`.
const PLAIN: &[&str] = &[
    "-moz-text-size-adjust",
    "-ms-text-size-adjust",
    "-webkit-border-radius",
    "-webkit-box-orient",
    "-webkit-box-sizing",
    "-webkit-line-clamp",
    "-webkit-text-fill-color",
    "-webkit-text-size-adjust",
    "align-content",
    "align-items",
    "align-self",
    "aspect-ratio",
    "background-blend-mode",
    "background-clip",
    "background-color",
    "background-origin",
    "background-position",
    "background-position-x",
    "background-position-y",
    "background-repeat",
    "background-size",
    "block-size",
    "border",
    "border-block",
    "border-block-end",
    "border-block-start",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-end-end-radius",
    "border-end-start-radius",
    "border-inline",
    "border-inline-end",
    "border-inline-start",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-start-end-radius",
    "border-start-start-radius",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-top-style",
    "border-top-width",
    "border-width",
    "bottom",
    "box-sizing",
    "break-after",
    "break-before",
    "break-inside",
    "caption-side",
    "clear",
    "clip",
    "color",
    "column-gap",
    "column-rule",
    "column-rule-color",
    "column-rule-style",
    "column-rule-width",
    "column-span",
    "counter-increment",
    "counter-reset",
    "counter-set",
    "direction",
    "display",
    "empty-cells",
    "flex",
    "flex-basis",
    "flex-direction",
    "flex-flow",
    "flex-grow",
    "flex-shrink",
    "flex-wrap",
    "float",
    "font-kerning",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-variant-caps",
    "font-variant-ligatures",
    "font-variant-numeric",
    "font-weight",
    "gap",
    "grid",
    "grid-area",
    "grid-auto-columns",
    "grid-auto-flow",
    "grid-auto-rows",
    "grid-column",
    "grid-column-end",
    "grid-column-start",
    "grid-gap",
    "grid-row",
    "grid-row-end",
    "grid-row-start",
    "grid-template",
    "grid-template-columns",
    "grid-template-rows",
    "height",
    "hyphens",
    "inline-size",
    "inset",
    "inset-block",
    "inset-block-end",
    "inset-block-start",
    "inset-inline",
    "inset-inline-end",
    "inset-inline-start",
    "justify-content",
    "justify-items",
    "justify-self",
    "left",
    "letter-spacing",
    "line-break",
    "line-clamp",
    "line-height",
    "list-style-position",
    "list-style-type",
    "margin",
    "margin-block",
    "margin-block-end",
    "margin-block-start",
    "margin-bottom",
    "margin-inline",
    "margin-inline-end",
    "margin-inline-start",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-block-size",
    "max-height",
    "max-inline-size",
    "max-width",
    "min-block-size",
    "min-height",
    "min-inline-size",
    "min-width",
    "object-fit",
    "object-position",
    "opacity",
    "orphans",
    "outline",
    "outline-color",
    "outline-offset",
    "outline-style",
    "outline-width",
    "overflow",
    "overflow-wrap",
    "overflow-x",
    "overflow-y",
    "padding",
    "padding-block",
    "padding-block-end",
    "padding-block-start",
    "padding-bottom",
    "padding-inline",
    "padding-inline-end",
    "padding-inline-start",
    "padding-left",
    "padding-right",
    "padding-top",
    "page-break-after",
    "page-break-before",
    "page-break-inside",
    "place-content",
    "place-items",
    "place-self",
    "right",
    "row-gap",
    "tab-size",
    "table-layout",
    "text-align",
    "text-align-last",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-style",
    "text-decoration-thickness",
    "text-indent",
    "text-justify",
    "text-overflow",
    "text-size-adjust",
    "text-transform",
    "text-underline-offset",
    "text-wrap",
    "top",
    "transform",
    "transform-origin",
    "unicode-bidi",
    "vertical-align",
    "visibility",
    "white-space",
    "widows",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_properties_stand_in_the_order_of_the_alphabet() {
        let mut sorted = PLAIN.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(PLAIN, sorted, "each is found in the list, once");
    }

    #[test]
    fn properties_that_load_run_or_keep_a_web_view_busy_are_not_known() {
        for name in [
            "behavior",
            "-moz-binding",
            "cursor",
            "filter",
            "mask-image",
            "border-image",
            "src",
            "--x",
            "columns",
            "column-count",
            "column-width",
        ] {
            assert_eq!(kind(name), None, "{name} must not stay");
        }
    }
}
