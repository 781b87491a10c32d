//! Which elements hold what somebody wrote before: the marks that mail programs leave on their quotes.

use crate::attributes::Attributes;

/// The class that the interface folds.
pub(crate) const CLASS: &str = "waxwing-quote";

const CLASSES: [&str; 8] = [
    "gmail_quote",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "moz-forward-container",
    "quoted-message",
    CLASS,
];

/// Whether this element is a quote of an earlier letter. A `<blockquote>` alone is not one: people quote books.
pub(crate) fn is_quote(element: &str, attributes: &Attributes) -> bool {
    match element {
        "blockquote" => {
            attributes
                .get("type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("cite"))
                || attributes.get("cite").is_some()
                || marked(attributes)
        }
        "div" => marked(attributes),
        _ => false,
    }
}

/// Outlook prefixes classes with `x_`, once for every time a letter went through it.
fn marked(attributes: &Attributes) -> bool {
    attributes.classes().any(|class| {
        let mut class = class;
        while let Some(shorter) = class.strip_prefix("x_") {
            class = shorter;
        }
        CLASSES.iter().any(|known| known.eq_ignore_ascii_case(class))
    })
}
